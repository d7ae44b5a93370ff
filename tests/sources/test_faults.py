"""A server at its worst: whatever it does costs bounded time and memory, ends in one line, spoils nothing."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from papertrail.domain.errors import NetworkError
from papertrail.sources.arxiv_api import ArxivSource
from tests import arxiv_faults, arxiv_server
from tests.arxiv_server import ArxivServer, Behaviour, record


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def server() -> Iterator[ArxivServer]:
    with ArxivServer(timeout=0.5) as running:
        yield running


@pytest.fixture
def source(server: ArxivServer, tmp_path: Path) -> ArxivSource:
    return ArxivSource.from_environment(server.env(), tmp_path, print)


def cause_of_failure(source: ArxivSource, *ids: str) -> str:
    """Ask, expect no answer, and check that the error is fit to be shown."""
    with pytest.raises(NetworkError) as caught:
        list(source.by_ids(ids or ("1512.03385",)))
    assert caught.value.remedy
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 200
    return caught.value.cause


LATE = "arXiv's reply was not complete within 0.625 s"
BROKEN = "the connection to arXiv broke off"
FAULTS: dict[str, tuple[Behaviour, str]] = {
    "trickling body": (arxiv_faults.trickling_body, LATE),
    "trickling body without length": (arxiv_faults.trickling_without_length, LATE),
    "trickling head": (arxiv_faults.trickling_head, LATE),
    "trickling chunk": (arxiv_faults.trickling_chunk, LATE),
    "silence": (arxiv_server.silence, "arXiv did not answer within 0.5 s"),
    "endless head": (arxiv_faults.endless_head, BROKEN),
    "endless refusal": (arxiv_faults.endless_refusal, "arXiv refused the request (HTTP 400)"),
    "reset": (arxiv_faults.reset, BROKEN),
    "reset at once": (arxiv_faults.reset_at_once, BROKEN),
    "no HTTP": (arxiv_faults.no_http, BROKEN),
    "short body": (arxiv_server.cut_transfer, BROKEN),
    "cut gzip": (arxiv_faults.cut_gzip, "arXiv's reply is cut short"),
    "damaged gzip": (arxiv_faults.damaged_gzip, "arXiv's reply is damaged"),
    "brotli": (arxiv_faults.packed(b"", "br"), "arXiv's reply is packed in a way that was not asked for"),
    "gzip often": (
        arxiv_faults.packed(b"", "gzip," * 9),
        "arXiv's reply is packed in a way that was not asked for",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_one_line_and_one_request(name: str, source: ArxivSource, server: ArxivServer) -> None:
    behaviour, cause = FAULTS[name]
    server.always(behaviour)
    began = time.monotonic()
    assert cause_of_failure(source) == cause
    assert time.monotonic() - began < 20, "a second and what a busy machine adds"
    assert len(server.requests) == 1


def test_a_packed_reply_is_read(source: ArxivSource, server: ArxivServer) -> None:
    server.always(arxiv_faults.well_packed)
    (batch,) = source.by_ids(["1512.03385"])
    assert len(batch.found) == 1
    assert server.requests[0].headers["Accept-Encoding"] == "gzip"


# Memory

ASK_AND_MEASURE = """
import os, re, sys
from pathlib import Path
from papertrail.domain.errors import NetworkError
from papertrail.sources.arxiv_api import ArxivSource

def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024

source = ArxivSource.from_environment(os.environ, Path(sys.argv[1]), print)
list(source.by_ids(["1512.03385"]))
before = peak()
for _ in range(int(sys.argv[2])):
    try:
        print([len(p.title) for batch in source.by_ids(["1512.03385"]) for p in batch.found])
    except NetworkError as error:
        print(error.cause)
    print(f"{peak() - before:.0f}", file=sys.stderr)
"""

TOO_LARGE = "arXiv's reply is larger than 32 MB, which nothing it should send is"
TOO_MUCH = "arXiv's reply holds more than arXiv's replies do"
FLOODS: list[tuple[Behaviour, str]] = [
    (arxiv_faults.endless_body, TOO_LARGE),
    (arxiv_faults.endless_chunks, TOO_LARGE),
    (arxiv_faults.gzip_bomb, TOO_LARGE),
    (arxiv_faults.double_gzip_bomb, TOO_LARGE),
    (arxiv_faults.hollow_gzip_bomb, "arXiv's reply is damaged"),
    (arxiv_faults.many_elements, TOO_MUCH),
    (arxiv_faults.many_entries(20_000), "[44]"),
]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="measured where Linux tells it")
def test_a_flood_takes_little_memory(tmp_path: Path) -> None:
    with ArxivServer(timeout=30) as server:
        server.next(arxiv_server.well, *(behaviour for behaviour, _ in FLOODS))
        done = subprocess.run(
            [sys.executable, "-c", ASK_AND_MEASURE, str(tmp_path), str(len(FLOODS))],
            env={**os.environ, **server.env()},
            capture_output=True,
            text=True,
            timeout=300,
            check=True,
        )
    assert done.stdout.splitlines() == [cause for _, cause in FLOODS]
    peaks = [int(line) for line in done.stderr.splitlines()]
    assert max(peaks) < 200, f"MB, one after the other: {peaks}"


# Fields


def test_a_title_of_a_million_letters_is_cut(tmp_path: Path, server: ArxivServer) -> None:
    said: list[str] = []
    server.add(record("2406.00001", "word " * 200_000), record("2406.00002"))
    source = ArxivSource.from_environment(server.env(), tmp_path, said.append)
    (batch,) = source.by_ids(["2406.00001", "2406.00002"])
    assert [len(paper.title) for paper in batch.found] == [5000, len("Paper 2406.00002")]
    assert batch.found[0].title.endswith("word…")
    assert said == ["the title of 2406.00001 has 999,999 letters: cut to 5,000"]


def test_every_field_has_its_limit(tmp_path: Path, server: ArxivServer) -> None:
    long = "x" * 300_000
    server.add(
        record(
            "2406.00001",
            long,
            authors=("A" * 10_000, *(f"Author {number}" for number in range(12_000))),
            summary=long,
            comment=long,
            journal_ref=long,
            doi="10.1000/" + long,
            affiliation="At home",
            categories=("cs.CV", long, *(f"cs.{number}" for number in range(500))),
        )
    )
    source = ArxivSource.from_environment(server.env() | {"PAPERTRAIL_ARXIV_TIMEOUT": "30"}, tmp_path, print)
    ((paper,),) = [batch.found for batch in source.by_ids(["2406.00001"])]
    assert len(paper.title) == 5_000
    assert len(paper.authors) == 10_000 and max(map(len, paper.authors)) == 500
    assert len(paper.abstract) == 50_000
    assert paper.comment is not None and len(paper.comment) == 5_000
    assert paper.journal_ref is not None and len(paper.journal_ref) == 2_000
    assert paper.doi is None and len(paper.urls) == 2
    assert len(paper.categories) == 99 and max(map(len, paper.categories)) < 10


# Redirects


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("file:///etc/passwd", "an address of the kind file:"),
        ("ftp://127.0.0.1/feed", "an address of the kind ftp:"),
        ("data:text/xml,<feed/>", "an address of the kind data:"),
        ("http://localhost:1/api/query", "http://localhost:1"),
        ("http://127.0.0.1:1/api/query", "http://127.0.0.1:1"),
        ("http://127.0.0.1/api/query", "http://127.0.0.1"),
        ("http://2130706433:{port}/api/query", "http://2130706433:{port}"),
        ("http://0x7f.1:{port}/api/query", "http://0x7f.1:{port}"),
        ("http://[::1]:{port}/api/query", "http://::1:{port}"),
        ("https://127.0.0.1:{port}/api/query", "https://127.0.0.1:{port}"),
        ("//example.org/api/query", "http://example.org"),
        ("https://example.org/api/query", "https://example.org"),
        ("https://export.arxiv.org/api/query", "https://export.arxiv.org"),
        ("http://me:secret@127.0.0.1:{port}/api/query", "http://127.0.0.1:{port}"),
        ("http://127.0.0.1:{port}\\@example.org/", "http://example.org"),
        ("http://[", "an address of the kind http:"),
        ("http://127.0.0.1:0/", "an address of the kind http:"),
    ],
)
def test_no_redirect_leads_elsewhere(
    place: str, shown: str, source: ArxivSource, server: ArxivServer
) -> None:
    port = server.url.rpartition(":")[2].partition("/")[0]
    server.always(arxiv_faults.redirect(place.format(port=port)))
    cause = cause_of_failure(source)
    assert cause == f"http://127.0.0.1:{port} sends us to {shown.format(port=port)}, which is not followed"
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_the_same_place_is_followed(
    status: int, source: ArxivSource, server: ArxivServer
) -> None:
    server.next(arxiv_faults.redirect("/api/query?id_list=1512.03385&max_results=10", status))
    (batch,) = source.by_ids(["1512.03385"])
    assert [paper.arxiv_id for paper in batch.found] == ["1512.03385"]
    assert len(server.requests) == 2


def test_redirects_keep_their_distance(server: ArxivServer, tmp_path: Path) -> None:
    server.next(arxiv_faults.redirect("/api/query?id_list=1512.03385&max_results=10"))
    env = {**server.env(), "PAPERTRAIL_ARXIV_DELAY": "0.4"}
    list(ArxivSource.from_environment(env, tmp_path, print).by_ids(["1512.03385"]))
    first, second = server.requests
    assert second.began - first.ended >= 0.4


def test_no_redirect_goes_in_circles(source: ArxivSource, server: ArxivServer) -> None:
    server.next(arxiv_faults.redirect("/a"), arxiv_faults.redirect("/b"))
    server.always(arxiv_faults.redirect("/a"))
    assert cause_of_failure(source) == "127.0.0.1 sends us from one address to the next"
    assert len(server.requests) == 3


def test_redirects_have_an_end(source: ArxivSource, server: ArxivServer) -> None:
    server.next(*(arxiv_faults.redirect(f"/{number}") for number in range(9)))
    assert cause_of_failure(source) == "127.0.0.1 sends us from one address to the next"
    assert len(server.requests) == 4


def test_a_redirect_to_nowhere_is_refused(source: ArxivSource, server: ArxivServer) -> None:
    server.always(lambda _: arxiv_server.Answer(b"", 302, {}))
    assert cause_of_failure(source) == "arXiv refused the request (HTTP 302)"

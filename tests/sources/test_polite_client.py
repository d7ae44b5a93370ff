"""The client that feeds and PDFs use as well: who is asked, where bodies go, and how names are looked up."""

import io
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from papertrail.domain.errors import NetworkError, StorageError
from papertrail.sources.addresses import Addresses
from papertrail.sources.patience import Patience
from papertrail.sources.polite_client import Limits, PoliteClient
from papertrail.sources.request_spacing import RequestSpacing
from tests import arxiv_faults
from tests.arxiv_server import Answer, ArxivServer
from tests.cases import each
from tests.examples import examples


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ArxivServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with ArxivServer() as running:
        yield running


@pytest.fixture
def client(server: ArxivServer, tmp_path: Path) -> Iterator[PoliteClient]:
    patience = Patience(60)
    spacing = RequestSpacing(tmp_path, 0, patience=patience, say=print)
    with PoliteClient(Addresses([server.url]), spacing, patience, limits=Limits(2, 1, 2), say=print) as made:
        yield made


def test_a_body_is_written_as_it_comes(client: PoliteClient, server: ArxivServer) -> None:
    server.always(lambda _: Answer(b"%PDF-1.5 ...", 206, {"Content-Range": "bytes 5-16/17", "ETag": '"a"'}))
    file = io.BytesIO()
    reply = client.ask(server.url, headers={"Range": "bytes=5-", "If-Range": '"a"'}, into=file)
    assert (reply.status, reply.body, file.getvalue()) == (206, b"", b"%PDF-1.5 ...")
    assert reply.headers["content-range"] == "bytes 5-16/17" and reply.headers["etag"] == '"a"'
    assert server.requests[0].headers["Range"] == "bytes=5-"


def test_what_came_before_the_end_stays(client: PoliteClient, server: ArxivServer) -> None:
    server.always(arxiv_faults.trickling_without_length)
    file = io.BytesIO()
    with pytest.raises(NetworkError):
        client.ask(server.url, into=file)
    assert file.getvalue().startswith(b"<?xml")


def test_what_is_too_large_is_not_written_to_the_end(client: PoliteClient, server: ArxivServer) -> None:
    server.always(arxiv_faults.endless_body)
    file = io.BytesIO()
    with pytest.raises(NetworkError, match="larger than 1 MB"):
        client.ask(server.url, limits=replace(client.limits, size=2**20), into=file)
    assert len(file.getvalue()) <= 2**20


def test_a_refusal_is_not_written(client: PoliteClient, server: ArxivServer) -> None:
    server.always(lambda _: Answer(b"not here", 404, {}))
    file = io.BytesIO()
    reply = client.ask(server.url, into=file)
    assert (reply.status, reply.body, file.getvalue()) == (404, b"not here", b"")


def test_a_full_disk_is_told_as_that(client: PoliteClient, server: ArxivServer) -> None:
    class Full(io.BytesIO):
        def write(self, data: Any) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(StorageError, match="No space left on device"):
        client.ask(server.url, into=Full())


def test_a_name_that_is_looked_up_for_ever(
    client: PoliteClient, server: ArxivServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: done.wait(60))
    began = time.monotonic()
    with pytest.raises(NetworkError) as caught:
        client.ask(server.url, limits=Limits(connect=0.3))
    done.set()
    assert caught.value.cause == "the name 127.0.0.1 was not found within 0.3 s"
    assert time.monotonic() - began < 30
    assert not (tmp_path / "arxiv-last-request").exists(), "nobody's turn was taken"


# Who is asked

OTHERS = [
    "http://arxiv.org/pdf/1512.03385",
    "https://arxiv.org.example.org/",
    "https://notarxiv.org/",
    "https://arxiv.org:8443/",
    "https://arxiv.org@example.org/",
    "https://me@arxiv.org/",
    "https://arxiv.org\\@example.org/",
    "https://example.org/https://arxiv.org/",
    "https://example.org#@arxiv.org/",
    "https://arxiv.org\n.example.org/",
    "https://arxiv.org\t/",
    "https://\u0430rxiv.org/",
    "file:///arxiv.org/etc/passwd",
    "javascript:alert(1)",
    "//arxiv.org/",
    "arxiv.org",
    "",
]


@each("url", OTHERS)
def test_others_are_not_asked(url: str) -> None:
    with pytest.raises(NetworkError) as caught:
        Addresses().check(url)
    assert str(caught.value).isprintable()
    for asked in ("https://arxiv.org/", "http://127.0.0.1:8000/api"):
        with pytest.raises(NetworkError):
            Addresses(["http://127.0.0.1:8000/api"]).check_step(asked, url)


@pytest.mark.parametrize(
    "url",
    [
        "https://export.arxiv.org/api/query?id_list=1",
        "https://rss.arxiv.org/rss/cs.CV",
        "https://arxiv.org/pdf/1512.03385",
        "https://arxiv.org:443/pdf/1512.03385",
        "https://ARXIV.org/pdf/1512.03385",
    ],
)
def test_arxiv_is_asked_and_leads_on_to_arxiv(url: str) -> None:
    Addresses().check(url)
    Addresses().check_step("https://arxiv.org/pdf/1512.03385.pdf", url)
    Addresses(["http://arxiv.org/api/query"]).check_step("http://arxiv.org/api/query", url)
    with pytest.raises(NetworkError):
        Addresses(["http://127.0.0.1:8000/api"]).check_step("http://127.0.0.1:8000/api", url)


@given(
    url=st.from_regex(
        r"(https?|file|ftp)://([a-z0-9@:.\\/#\[\]%-]|arxiv\.org|127\.0\.0\.1){1,30}", fullmatch=True
    )
)
@examples(200)
@example("https://.arxiv.org")
@example("https://-.arxiv.org")
@example("https://*.arxiv.org")
@example("https://www.arxiv.org:443/abs")
def test_nothing_leads_from_arxiv_elsewhere(url: str) -> None:
    try:
        Addresses().check_step("https://arxiv.org/", url)
    except NetworkError as error:
        assert str(error).isprintable() and len(str(error)) < 200
        return
    import requests

    host = requests.Request("GET", url).prepare().url or ""
    place = host.removeprefix("https://").partition("/")[0].partition("?")[0].partition("#")[0]
    assert host.startswith("https://")
    assert place.removesuffix(":443") == "arxiv.org" or place.removesuffix(":443").endswith(".arxiv.org")

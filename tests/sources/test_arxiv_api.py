"""Asking arXiv, over a real HTTP server: what comes back, how politely it is asked, what is not believed."""

from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest

from papertrail import __version__
from papertrail.domain.errors import BadInput, NetworkError, PapertrailError
from papertrail.domain.metadata import Metadata, MetadataBatch, MetadataSource
from papertrail.sources.arxiv_api import ArxivSource
from papertrail.sources.patience import Patience
from tests import arxiv_server
from tests.arxiv_server import HOSTILE, STYLES, ArxivServer, Behaviour, Style, busy, closed_url, record


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """requests reads these from the process; a machine behind a proxy must still reach 127.0.0.1."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def server() -> Iterator[ArxivServer]:
    with ArxivServer(timeout=0.5) as running:
        yield running


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def source(server: ArxivServer, tmp_path: Path, said: list[str]) -> ArxivSource:
    return ArxivSource.from_environment(server.env(), tmp_path, said.append)


def ask(source: MetadataSource, *ids: str) -> MetadataBatch:
    """Ask for what fits into one request."""
    (batch,) = source.by_ids(ids)
    return batch


def one(source: MetadataSource, id_: str) -> Metadata:
    (paper,) = ask(source, id_).found
    return paper


def failure(source: MetadataSource, *ids: str) -> PapertrailError:
    """Ask, expect no answer, and check that the error is fit to be shown."""
    with pytest.raises(NetworkError) as caught:
        list(source.by_ids(ids))
    error = caught.value
    assert error.exit_code == 6
    assert error.cause
    assert error.remedy
    assert str(error).isprintable(), "one line"
    assert len(str(error)) < 200
    return error


# What comes back


@pytest.mark.parametrize("style", STYLES)
def test_both_formats_give_the_same_paper(style: Style, tmp_path: Path) -> None:
    with ArxivServer(style=style) as server:
        source = ArxivSource.from_environment(server.env(), tmp_path, print)
        paper = one(source, "1506.01497")
    assert paper == Metadata(
        arxiv_id="1506.01497",
        version=3,
        title="Faster R-CNN: Towards Real-Time Object Detection with Region Proposal Networks",
        authors=("Shaoqing Ren", "Kaiming He", "Ross Girshick", "Jian Sun"),
        abstract="Proposing regions had become the slow part.\n\nA small network that shares its "
        "convolutions with the detector proposes them at almost no cost & a frame takes <0.2 s.",
        published=datetime(2015, 6, 4, 7, 58, 34, tzinfo=timezone.utc),
        updated=datetime(2016, 1, 6, 9, 30, tzinfo=timezone.utc),
        categories=("cs.CV",),
        comment="Extended tech report",
        journal_ref=None,
        doi="10.1109/TPAMI.2016.2577031",
        urls=(
            "https://arxiv.org/abs/1506.01497",
            "https://arxiv.org/pdf/1506.01497",
            "https://doi.org/10.1109/TPAMI.2016.2577031",
        ),
    )


@pytest.mark.parametrize("style", STYLES)
def test_papers_come_in_the_order_asked_and_unknown_ones_are_named(style: Style, tmp_path: Path) -> None:
    with ArxivServer(style=style) as server:
        source = ArxivSource.from_environment(server.env(), tmp_path, print)
        batch = ask(source, "1706.03762", "9912.99999", "quant-ph/0201082", "1412.6980", "cs/9901001")
    assert [(p.arxiv_id, p.version) for p in batch.found] == [
        ("1706.03762", 7),
        ("quant-ph/0201082", 1),
        ("1412.6980", 9),
    ]
    assert batch.missing == ("9912.99999", "cs/9901001")


def test_an_old_paper_and_its_links(source: ArxivSource) -> None:
    paper = one(source, "quant-ph/0201082")
    assert paper.urls == ("https://arxiv.org/abs/quant-ph/0201082", "https://arxiv.org/pdf/quant-ph/0201082")
    assert paper.authors == ("Ada Example", "Bo Sample")
    assert paper.journal_ref == "J. Old Phys. 1, 2 (2002)"


def test_an_unknown_id_is_missing_after_one_request(source: ArxivSource, server: ArxivServer) -> None:
    assert ask(source, "9912.99999") == MetadataBatch((), ("9912.99999",))
    assert len(server.requests) == 1


def test_nothing_asked_is_no_request(source: ArxivSource, server: ArxivServer) -> None:
    assert list(source.by_ids([])) == []
    assert server.requests == []


def test_repeated_and_versioned_ids_are_one_paper(source: ArxivSource, server: ArxivServer) -> None:
    batch = ask(source, "1512.03385", "1512.03385v1", "arXiv:1512.03385", "math.GT/0309136")
    assert [p.arxiv_id for p in batch.found] == ["1512.03385"]
    assert batch.missing == ("math/0309136",)
    assert server.asked == [["1512.03385", "math/0309136"]]


def test_a_malformed_id_is_refused_before_anything_is_asked(source: ArxivSource, server: ArxivServer) -> None:
    with pytest.raises(BadInput):
        list(source.by_ids(["1512.03385", "1512.3385"]))
    assert server.requests == []


def test_250_papers_are_three_requests(source: ArxivSource, server: ArxivServer) -> None:
    ids = [f"2405.{number:05}" for number in range(1, 251)]
    server.add(*map(record, ids))
    batches = list(source.by_ids(ids))
    assert [len(batch.found) for batch in batches] == [100, 100, 50]
    assert [p.arxiv_id for batch in batches for p in batch.found] == ids
    assert [len(asked) for asked in server.asked] == [100, 100, 50]
    assert all("max_results=100" in request.path for request in server.requests)


@pytest.mark.parametrize("style", STYLES)
def test_hostile_text_comes_out_clean(style: Style, tmp_path: Path) -> None:
    with ArxivServer(HOSTILE, style=style) as server:
        source = ArxivSource.from_environment(server.env(), tmp_path, print)
        batch = ask(source, *(each.id for each in HOSTILE))
    titles = [p.title for p in batch.found]
    assert titles[:5] == [
        "a [/] b",
        "[@click=app.quit]x",
        "52;c;ZXZpbA== clipboard",
        "left gnidaer right end",
        "残差网络",
    ]
    assert titles[5] == "long " + "x" * 4995
    assert batch.found[0].authors == ("[red]Ada[/red]",)
    assert batch.found[2].authors == ("31m Red",)
    assert batch.found[2].comment == "2J gone"
    everything = repr([(p.title, p.authors, p.abstract, p.comment) for p in batch.found])
    assert everything.isprintable()


def test_abstracts_keep_their_paragraphs_only(source: ArxivSource, server: ArxivServer) -> None:
    server.add(record("2406.00001", summary="  One line\nand its end.\n\nTwo. \n  Three\nends.\n \n\n"))
    assert one(source, "2406.00001").abstract == "One line and its end.\n\nTwo.\n\nThree ends."


def test_two_dois_in_one_field_make_one_link(source: ArxivSource, server: ArxivServer) -> None:
    server.add(record("2406.00001", doi="10.1000/a<b>[1], 10.1000/c"))
    paper = one(source, "2406.00001")
    assert paper.doi == "10.1000/a<b>[1], 10.1000/c"
    assert paper.urls[2] == "https://doi.org/10.1000/a%3Cb%3E%5B1%5D"


# How politely it is asked


def test_who_asks(source: ArxivSource, server: ArxivServer) -> None:
    ask(source, "1512.03385")
    assert server.requests[0].headers["User-Agent"] == f"papertrail/{__version__}"


def test_after_429_it_asks_again(source: ArxivSource, server: ArxivServer) -> None:
    server.next(busy(429), busy(503), busy(500))
    assert one(source, "1512.03385").version == 1
    assert len(server.requests) == 4


def test_it_waits_as_long_as_it_is_asked_to(
    source: ArxivSource, server: ArxivServer, said: list[str]
) -> None:
    server.next(busy(429, retry_after=1))
    assert one(source, "1512.03385")
    first, second = server.requests
    assert second.began - first.ended >= 1
    assert said == ["arXiv asks to wait 1 s"]


# What is not believed

FASTER = "Faster R-CNN: Towards Real-Time Object Detection with Region Proposal Networks"

BAD_REPLIES: dict[str, tuple[Behaviour, int, str]] = {
    "429 for ever": (busy(429), 4, "arXiv is busy and turns us away (HTTP 429)"),
    "503 for ever": (busy(503), 4, "arXiv is busy and turns us away (HTTP 503)"),
    "403": (busy(403), 1, "arXiv refused the request (HTTP 403)"),
    "404": (busy(404), 1, "arXiv refused the request (HTTP 404)"),
    "web page": (arxiv_server.web_page, 1, "a web page came instead of arXiv's data"),
    "text": (arxiv_server.rate_exceeded, 1, 'arXiv sent no data but "Rate exceeded."'),
    "empty": (arxiv_server.empty, 1, "arXiv sent an empty reply"),
    "cut feed": (arxiv_server.cut_feed, 1, "arXiv's reply is cut short or damaged"),
    "cut transfer": (arxiv_server.cut_transfer, 1, "the connection to arXiv broke off"),
    "no total": (
        arxiv_server.with_text("totalResults>2", "totalResults>two"),
        1,
        "arXiv's reply does not say how many papers it holds",
    ),
    "refused": (
        arxiv_server.refused("incorrect id format for \x9bx"),
        1,
        "arXiv refused the request (HTTP 400: incorrect id format for x)",
    ),
    "refused with 200": (
        arxiv_server.refused("no such\nthing", 200),
        1,
        "arXiv refused the request: no such thing",
    ),
    "another feed": (
        arxiv_server.with_text("http://www.w3.org/2005/Atom", "http://example.org/other"),
        1,
        "arXiv's reply is no list of papers",
    ),
    "entities": (
        arxiv_server.with_text(
            "<feed ", '<!DOCTYPE feed [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>\n<feed '
        ),
        1,
        "arXiv's reply is cut short or damaged",
    ),
}


@pytest.mark.parametrize("name", BAD_REPLIES)
def test_a_bad_reply_is_one_line_and_no_papers(name: str, source: ArxivSource, server: ArxivServer) -> None:
    behaviour, requests, cause = BAD_REPLIES[name]
    server.always(behaviour)
    assert failure(source, "1506.01497", "1512.03385").cause == cause
    assert len(server.requests) == requests


@pytest.mark.parametrize(
    ("behaviour", "remedy"),
    [
        (arxiv_server.refused("malformed query au:"), "ask for something else"),
        (arxiv_server.busy(400), "try again later"),  # it does not say why
        (arxiv_server.busy(404), "try again later"),
    ],
)
def test_what_is_refused_for_what_was_asked_is_not_to_be_asked_again(
    behaviour: Behaviour, remedy: str, source: ArxivSource, server: ArxivServer
) -> None:
    server.always(behaviour)
    assert failure(source, "1506.01497").remedy == remedy


ODD_ENTRIES: dict[str, tuple[Behaviour, str]] = {
    "no published": (
        arxiv_server.in_last(arxiv_server.without("published")),
        "arXiv's reply says no date for 1506.01497 in its field published",
    ),
    "no updated": (
        arxiv_server.in_last(arxiv_server.without("updated")),
        "arXiv's reply says no date for 1506.01497 in its field updated",
    ),
    "bad date": (
        arxiv_server.with_text("2015-06-04T", "yesterday"),
        "arXiv's reply says no date for 1506.01497 in its field published",
    ),
    "a date before all zones": (
        arxiv_server.with_text("2015-06-04T07:58:34Z", "0001-01-01T00:00:00+14:00"),
        "arXiv's reply says no date for 1506.01497 in its field published",
    ),
    "no title": (
        arxiv_server.in_last(arxiv_server.without("title")),
        "arXiv's reply gives 1506.01497 no title",
    ),
    "title of nothing": (
        arxiv_server.with_text(FASTER, "&#x9B;&#x202E;"),
        "arXiv's reply gives 1506.01497 no title",
    ),
    "no id": (arxiv_server.in_last(arxiv_server.without("id")), "arXiv's reply holds an entry with no id"),
    "an id of something else": (
        arxiv_server.with_text("http://arxiv.org/abs/1506.01497v3</id>", "http://arxiv.org/list/cs</id>"),
        "arXiv's reply holds an entry with http://arxiv.org/list/cs",
    ),
    "no version": (
        arxiv_server.with_text("/abs/1506.01497v3</id>", "/abs/1506.01497</id>"),
        "arXiv's reply does not say which version of 1506.01497 it means",
    ),
    "an error": (
        arxiv_server.with_text(
            "http://arxiv.org/abs/1506.01497v3</id>", "http://arxiv.org/api/errors#x</id>"
        ),
        "arXiv's reply holds an error: Proposing regions had become the slow part. A small network",
    ),
}


@pytest.mark.parametrize("name", ODD_ENTRIES)
def test_an_odd_entry_harms_only_itself(name: str, source: ArxivSource, server: ArxivServer) -> None:
    behaviour, reason = ODD_ENTRIES[name]
    others = [f"2405.{number:05}" for number in range(1, 100)]
    server.add(*map(record, others))
    server.always(behaviour)
    batch = ask(source, "1506.01497", *others)
    assert [paper.arxiv_id for paper in batch.found] == others
    assert batch.missing == ()
    assert [odd.arxiv_id for odd in batch.odd] == ["1506.01497"]
    assert batch.odd[0].reason.startswith(reason) and batch.odd[0].reason.isprintable()
    assert len(server.requests) == 1


@pytest.mark.parametrize("name", ODD_ENTRIES)
def test_odd_entries_alone_are_no_answer(name: str, source: ArxivSource, server: ArxivServer) -> None:
    server.always(ODD_ENTRIES[name][0])
    if name == "an error":
        assert failure(source, "1506.01497").cause.startswith("arXiv refused the request: Proposing")
        return
    batch = ask(source, "1506.01497")
    assert (batch.found, batch.missing) == ((), ())
    assert batch.odd[0].arxiv_id == "1506.01497"


def test_a_total_that_counts_unknown_papers_is_a_doubt(source: ArxivSource, server: ArxivServer) -> None:
    server.always(arxiv_server.entries_missing)
    batch = ask(source, "1506.01497", "1512.03385")
    assert [paper.arxiv_id for paper in batch.found] == ["1512.03385"]
    assert (batch.missing, batch.odd, batch.is_whole) == (("1506.01497",), (), False)


def test_a_stub_for_an_unknown_paper_is_none(source: ArxivSource, server: ArxivServer) -> None:
    server.always(arxiv_server.with_stub)
    batch = ask(source, "1512.03385", "2312.99999")
    assert [paper.arxiv_id for paper in batch.found] == ["1512.03385"]
    assert (batch.missing, batch.odd, batch.is_whole) == (("2312.99999",), (), True)


def test_marks_in_a_title_do_not_cut_it(source: ArxivSource, server: ArxivServer) -> None:
    server.add(record("2406.00001", "A BOLD B"))
    server.always(arxiv_server.with_text("BOLD", "<i>bold</i>"))
    assert one(source, "2406.00001").title == "A bold B"


def test_nothing_is_said_behind_our_back(
    source: ArxivSource, server: ArxivServer, capfd: pytest.CaptureFixture[str]
) -> None:
    for behaviour, _, _ in BAD_REPLIES.values():
        server.always(behaviour)
        failure(source, "1506.01497", "1512.03385")
    assert capfd.readouterr() == ("", "")


def test_silence_ends_at_the_timeout(source: ArxivSource, server: ArxivServer) -> None:
    server.always(arxiv_server.silence)
    error = failure(source, "1512.03385")
    assert str(error) == "arXiv did not answer within 0.5 s: try again later"
    assert len(server.requests) == 1


def test_offline_ends_at_once(tmp_path: Path, said: list[str]) -> None:
    env = {"PAPERTRAIL_ARXIV_API": closed_url()}
    paused: list[float] = []
    patience = Patience(pause=paused.append)
    source = ArxivSource.from_environment(env, tmp_path, said.append, patience=patience)
    assert failure(source, "1512.03385").cause == "cannot reach 127.0.0.1"
    assert (said, paused) == ([], [])


def test_batches_before_a_failure_are_good(source: ArxivSource, server: ArxivServer) -> None:
    ids = [f"2405.{number:05}" for number in range(1, 151)]
    server.add(*map(record, ids))
    server.next(arxiv_server.well, arxiv_server.cut_feed)
    batches = source.by_ids(ids)
    assert len(next(batches).found) == 100
    with pytest.raises(NetworkError):
        next(batches)


def test_an_empty_answer_about_many_is_asked_for_again(
    source: ArxivSource, server: ArxivServer, said: list[str]
) -> None:
    server.next(arxiv_server.no_papers)
    assert len(ask(source, "1512.03385", "1506.01497").found) == 2
    assert said == ["arXiv says it knows none of 2 papers: asking once more"]
    server.always(arxiv_server.no_papers)
    assert ask(source, "1512.03385", "1506.01497").missing == ("1512.03385", "1506.01497")
    assert len(server.requests) == 4


def test_papers_not_asked_for_are_left_out(source: ArxivSource, server: ArxivServer) -> None:
    server.always(arxiv_server.with_text("abs/1512.03385v1</id>", "abs/1512.99999v1</id>"))
    batch = ask(source, "1512.03385", "1506.01497")
    assert [p.arxiv_id for p in batch.found] == ["1506.01497"]
    assert batch.missing == ("1512.03385",)


def test_an_answer_about_other_papers_only_is_as_good_as_none(
    source: ArxivSource, server: ArxivServer
) -> None:
    server.next(arxiv_server.with_text("abs/15", "abs/16"))
    assert ask(source, "1512.03385", "1506.01497").missing == ()
    assert len(server.requests) == 2


def test_braces_in_the_url_are_asked_as_they_are(server: ArxivServer, tmp_path: Path) -> None:
    env = {**server.env(), "PAPERTRAIL_ARXIV_API": server.url + "/{0}/{}?"}
    error = failure(ArxivSource.from_environment(env, tmp_path, print), "1512.03385")
    assert error.cause == "arXiv refused the request (HTTP 404)"
    assert server.requests[0].path.startswith("/api/query/%7B0%7D/%7B%7D?search_query=&id_list=1512.03385&")


# What the environment may say


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PAPERTRAIL_ARXIV_API", "ftp://example.org/query"),
        ("PAPERTRAIL_ARXIV_API", "export.arxiv.org/api/query"),
        ("PAPERTRAIL_ARXIV_API", "file:///etc/passwd"),
        ("PAPERTRAIL_ARXIV_API", "http://"),
        ("PAPERTRAIL_ARXIV_API", "http://[::1/api"),
        ("PAPERTRAIL_ARXIV_API", "http://host:port/api"),
        ("PAPERTRAIL_ARXIV_API", "http://host/api?a=b"),
        ("PAPERTRAIL_ARXIV_API", "http://host/api#here"),
        ("PAPERTRAIL_ARXIV_API", "http://host/a b"),
        ("PAPERTRAIL_ARXIV_DELAY", "-1"),
        ("PAPERTRAIL_ARXIV_DELAY", "soon"),
        ("PAPERTRAIL_ARXIV_DELAY", "nan"),
        ("PAPERTRAIL_ARXIV_DELAY", "inf"),
        ("PAPERTRAIL_ARXIV_DELAY", "1e99"),
        ("PAPERTRAIL_ARXIV_TIMEOUT", "0"),
        ("PAPERTRAIL_ARXIV_TIMEOUT", "1\x1b[2J"),
    ],
)
def test_nonsense_in_the_environment_is_named(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        ArxivSource.from_environment({name: value}, tmp_path, print)
    assert caught.value.cause.startswith(name)
    assert caught.value.remedy
    assert str(caught.value).isprintable()


def test_an_empty_environment_means_arxiv_itself(tmp_path: Path) -> None:
    empty = dict.fromkeys(("PAPERTRAIL_ARXIV_API", "PAPERTRAIL_ARXIV_DELAY", "PAPERTRAIL_ARXIV_TIMEOUT"), "")
    for environ in ({}, empty):
        source = ArxivSource.from_environment(environ, tmp_path, print)
        assert source._url == "https://export.arxiv.org/api/query"
        with source._client() as client:
            assert client._spacing.delay == 3
            limits = client.limits
        assert (limits.connect, limits.read, limits.total) == (10, 20, 25)

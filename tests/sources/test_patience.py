"""Waiting: as long as a busy server asks for, told, and no longer than the reader wants in all."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path

import pytest

from papertrail.domain.errors import NetworkError, OutOfPatience
from papertrail.sources.arxiv_api import ArxivSource
from papertrail.sources.patience import FOREGROUND, Patience
from tests import arxiv_faults, arxiv_server
from tests.arxiv_server import ArxivServer, busy, record


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ArxivServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with ArxivServer() as running:
        yield running


class Reader:
    """Somebody who waits on a clock that runs only while they do."""

    def __init__(self, server: ArxivServer, folder: Path, delay: str, seconds: float = 3600) -> None:
        self.said: list[str] = []
        self.waits: list[float] = []
        self._began = time.time()
        self._source = ArxivSource.from_environment(
            {**server.env(), "PAPERTRAIL_ARXIV_DELAY": delay},
            folder,
            self.said.append,
            patience=Patience(
                seconds, stop="ctrl+c stops", more="--patient waits longer", pause=self.waits.append
            ),
        )

    def ask(self, *ids: str) -> None:
        with pytest.MonkeyPatch.context() as patch:
            now = "papertrail.sources.request_spacing.time.time"
            patch.setattr(now, lambda: self._began + sum(self.waits))
            list(self._source.by_ids(ids or ("1512.03385",)))


def test_without_a_word_it_waits_half_a_minute_then_a_whole_one(server: ArxivServer, tmp_path: Path) -> None:
    server.next(busy(429), busy(503), busy(429))
    reader = Reader(server, tmp_path, "3")
    reader.ask()
    assert reader.waits == [30, 60, 120]
    assert reader.said == [f"arXiv is busy: asking again in {s} s; ctrl+c stops" for s in (30, 60, 120)]


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("retry_after", "wait"),
    [
        ("0", 3),
        ("1", 3),
        ("5", 5),
        (" 5 ", 5),
        ("1e9", 30),
        ("soon", 30),
        ("-5", 30),
        ("5.5", 30),
        ("", 30),
        ("9" * 5000, 30),
        ("\x9b5", 30),
        (format_datetime(datetime(2020, 1, 1, tzinfo=timezone.utc)), 3),
        (None, 30),
    ],
)
def test_it_waits_as_long_as_the_reply_says(
    status: int, retry_after: str | None, wait: float, server: ArxivServer, tmp_path: Path
) -> None:
    server.next(busy(status, retry_after=retry_after))
    reader = Reader(server, tmp_path, "3")
    reader.ask()
    assert sum(reader.waits) == pytest.approx(wait)
    assert len(server.requests) == 2


def test_it_waits_until_the_moment_that_the_reply_says(server: ArxivServer, tmp_path: Path) -> None:
    later = datetime.now(timezone.utc) + timedelta(seconds=60)
    server.next(busy(503, retry_after=format_datetime(later)))
    reader = Reader(server, tmp_path, "3")
    reader.ask()
    assert len(reader.waits) == 1 and 30 < reader.waits[0] <= 60


@pytest.mark.parametrize(
    ("retry_after", "remedy"),
    [
        (None, "try again in some minutes"),
        ("31", "try again in 31 s"),
        ("1000000000", "try again in 21600 s"),
        (format_datetime(datetime(2099, 1, 1, tzinfo=timezone.utc)), "try again in 21600 s"),
    ],
)
def test_in_the_foreground_it_does_not_wait_for_long(
    retry_after: str | None, remedy: str, server: ArxivServer, tmp_path: Path
) -> None:
    server.always(busy(429, retry_after=retry_after))
    reader = Reader(server, tmp_path, "4", FOREGROUND)
    with pytest.raises(OutOfPatience) as caught:
        reader.ask()
    assert str(caught.value) == (
        f"arXiv is busy and turns us away (HTTP 429): {remedy}; --patient waits longer"
    )
    assert reader.waits == [] and len(server.requests) == 1


def test_all_waits_count_together(server: ArxivServer, tmp_path: Path) -> None:
    server.always(busy(429, retry_after=12))
    reader = Reader(server, tmp_path, "0", FOREGROUND)
    with pytest.raises(OutOfPatience):
        reader.ask()
    assert reader.waits == [12, 12] and len(server.requests) == 3


def test_a_long_list_stops_where_patience_ends(server: ArxivServer, tmp_path: Path) -> None:
    ids = [f"2405.{number:05}" for number in range(1, 301)]
    server.add(*map(record, ids))
    reader = Reader(server, tmp_path, "20", FOREGROUND)
    with pytest.raises(OutOfPatience) as caught:
        reader.ask(*ids)
    assert str(caught.value) == (
        "arXiv would have to be waited for longer than 30 s in all: try again later; --patient waits longer"
    )
    assert len(server.requests) == 2


def test_the_time_of_requests_counts(server: ArxivServer, tmp_path: Path) -> None:
    server.always(arxiv_faults.trickling_body)
    began = time.monotonic()
    env = server.env() | {"PAPERTRAIL_ARXIV_TIMEOUT": "60"}
    source = ArxivSource.from_environment(env, tmp_path, print, patience=Patience(0.5))
    with pytest.raises(OutOfPatience):
        list(source.by_ids(["1512.03385"]))
    assert time.monotonic() - began < 20, "half a second and what a busy machine adds"


def test_a_pause_can_be_broken_off(server: ArxivServer, tmp_path: Path) -> None:
    class Cancelled(Exception):
        pass

    def pause(seconds: float) -> None:
        raise Cancelled

    server.always(busy(429))
    source = ArxivSource.from_environment(server.env(), tmp_path, print, patience=Patience(pause=pause))
    with pytest.raises(Cancelled):
        list(source.by_ids(["1512.03385"]))
    assert len(server.requests) == 1


def test_three_tries_are_enough(server: ArxivServer, tmp_path: Path) -> None:
    server.always(busy(503, retry_after=0))
    with pytest.raises(NetworkError) as caught:
        Reader(server, tmp_path, "0").ask()
    assert str(caught.value) == "arXiv is busy and turns us away (HTTP 503): try again in some minutes"
    assert len(server.requests) == 4


def test_a_busy_server_after_a_redirect_is_asked_where_it_led(server: ArxivServer, tmp_path: Path) -> None:
    server.next(arxiv_faults.redirect("/api/query?id_list=1512.03385&a=b"), busy(429, retry_after=0))
    Reader(server, tmp_path, "0").ask()
    assert [request.path.partition("&")[2] == "a=b" for request in server.requests] == [False, True, True]


def test_other_refusals_are_not_repeated(server: ArxivServer, tmp_path: Path) -> None:
    server.always(arxiv_server.refused("no"))
    with pytest.raises(NetworkError):
        Reader(server, tmp_path, "0").ask()
    assert len(server.requests) == 1

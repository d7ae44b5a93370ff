"""Days whose announcements were missed: noticed by the dates of what came, and asked for by theirs."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from papertrail.domain.errors import NetworkError
from papertrail.domain.inbox.watches import watch_category
from papertrail.library import Library
from papertrail.library import inbox as room
from tests.arxiv_server import ArxivServer, busy, no_papers, record, well
from tests.daily_feeds import Told, daily_feed
from tests.trails import FixedClock, opened, small_trail

WEDNESDAY = date(2026, 4, 22)


class Reader:
    """A trail with a server of feeds, and a clock that goes on by days."""

    def __init__(self, library: Library, server: ArxivServer, clock: FixedClock) -> None:
        self.library, self.server, self.clock = library, server, clock
        self.inbox = library.inbox

    def at(self, day: date) -> None:
        self.clock.moment = datetime(day.year, day.month, day.day, 12, tzinfo=timezone.utc)

    def hear(
        self, day: date, *numbers: int, told: date | None = None, days: int = 0
    ) -> tuple[int, str] | None:
        """Ask on a day for a feed that gives itself a date; return days and date of what lacks."""
        self.at(day)
        feed = daily_feed(tuple(Told(f"2604.{number:05}") for number in numbers))
        dated = (told or day).strftime("%a, %d %b %Y").encode()
        self.server.feeds["cs.CV"] = feed.replace(b"Mon, 27 Apr 2026", dated)
        missed = self.inbox.refresh(days=days).missed
        assert self.inbox.contents().missed == missed
        return None if missed is None else (missed.days, missed.since.isoformat())


@contextmanager
def reading(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    clock = FixedClock()
    with ArxivServer() as server, opened(small_trail(root / "trail"), clock) as library:
        for name, value in server.env().items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("XDG_STATE_HOME", str(root / "state"))
        library.inbox.watch([watch_category("cs.CV")])
        yield Reader(library, server, clock)


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    with reading(tmp_path, monkeypatch) as there:
        yield there


def in_days(number: int) -> date:
    return WEDNESDAY + timedelta(number)


def test_a_week_without_gaps_is_told_of_none(reader: Reader) -> None:
    for number in (0, 1, 2, 5, 6):
        assert reader.hear(in_days(number), number) is None
    assert reader.hear(in_days(10)) == (3, "2026-04-28"), "an empty Saturday, after three days unasked"


def test_weekends_lack_nothing(reader: Reader) -> None:
    assert reader.hear(in_days(2), 1) is None
    assert reader.hear(in_days(3)) is None and reader.hear(in_days(4)) is None
    assert reader.hear(in_days(5), 2) is None


def test_days_unasked_lack_until_they_are_asked_for(reader: Reader) -> None:
    reader.hear(in_days(0), 1)
    assert reader.hear(in_days(5), 2) == (2, "2026-04-22")
    assert reader.hear(in_days(6), 3) == (2, "2026-04-22")
    assert reader.hear(in_days(8), 4) == (3, "2026-04-22"), "another gap"
    assert reader.hear(in_days(8), 4, days=3) == (3, "2026-04-22"), "too few"
    ask = reader.inbox.contents().missed
    assert ask is not None and reader.hear(in_days(8), 4, days=ask.ask) is None


def test_a_feed_that_stands_still_is_no_day(reader: Reader) -> None:
    reader.hear(in_days(0), 1)
    assert reader.hear(in_days(1), 1) is None, "the day before under the new date"
    assert reader.hear(in_days(2), 2) == (1, "2026-04-22")


def test_a_date_that_lags_behind_raises_no_alarm(reader: Reader) -> None:
    reader.hear(in_days(0), 1)
    assert reader.hear(in_days(1), 2, told=in_days(0)) is None
    assert reader.hear(in_days(2), 3) is None


def test_what_lacks_for_too_long_is_not_told(reader: Reader) -> None:
    reader.hear(in_days(0), 1)
    assert reader.hear(in_days(5), 2) is not None
    assert reader.hear(in_days(40), *range(3, 5)) is None


def test_days_gone_by_come_by_their_dates(reader: Reader) -> None:
    reader.hear(in_days(0), 1)
    reader.server.add(
        record("2604.00001", published="2026-04-21T03:04:05Z", categories=("cs.CV",)),
        record("2604.00007", published="2026-04-23T03:04:05Z", categories=("cs.CV",)),
        record("2604.00008", published="2026-04-23T03:04:05Z", categories=("cs.LG", "cs.CV")),
        record("2604.00009", published="2026-04-23T03:04:05Z", categories=("cs.LG",)),
        record("2603.00009", published="2026-03-23T03:04:05Z", categories=("cs.CV",)),
    )
    reader.hear(in_days(5), 2, days=7)
    assert reader.server.searched == ["cat:cs.CV AND submittedDate:[202604150000 TO 202604282359]"]
    waiting = {one.announcement.arxiv_id: one.announcement for one in reader.inbox.contents().waiting}
    assert {*waiting} == {"2604.00001", "2604.00002", "2604.00007", "2604.00008"}
    assert waiting["2604.00008"].type == "cross" and waiting["2604.00007"].type == "new"
    assert waiting["2604.00001"].announced == in_days(0), "the day that the feed told"


def test_more_than_a_page_and_never_more_than_is_allowed(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.server.add(
        *(record(f"2604.1{number:04}", published=f"2026-04-2{number % 3}T03:04:05Z") for number in range(230))
    )
    monkeypatch.setattr(room, "MOST_REQUESTS", 2)
    reader.at(in_days(1))
    reader.server.feeds["cs.CV"] = daily_feed(())
    (one,) = reader.inbox.refresh(days=7).heard
    assert (one.number, one.new, one.older) == (200, 200, 30) and len(reader.server.searched) == 2
    monkeypatch.setattr(room, "MOST_REQUESTS", 20)
    (one,) = reader.inbox.refresh(days=7).heard
    assert (one.number, one.new, one.older) == (230, 30, 0) and len(reader.server.searched) == 5


@pytest.mark.parametrize("behaviour", [busy(404), no_papers])
def test_what_fails_half_way_keeps_what_came_and_lacks_still(reader: Reader, behaviour: object) -> None:
    reader.server.add(*(record(f"2604.1{n:04}", published="2026-04-23T03:04:05Z") for n in range(150)))
    reader.hear(in_days(0), 1)
    reader.server.next(well, well, behaviour)  # type: ignore[arg-type]
    assert reader.hear(in_days(5), 2, days=7) == (2, "2026-04-22")
    assert len(reader.inbox.contents().waiting) >= 100


def test_a_reader_who_stops_keeps_what_came(reader: Reader) -> None:
    reader.server.add(*(record(f"2604.1{n:04}", published="2026-04-23T03:04:05Z") for n in range(150)))
    reader.server.feeds["cs.CV"] = daily_feed(())
    reader.at(in_days(5))
    report = reader.inbox.refresh(days=7, is_cancelled=lambda: len(reader.server.searched) > 0)
    assert report.new == 100 == len(reader.inbox.contents().waiting) and len(reader.server.searched) == 1


def test_offline_days_are_not_asked_for(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERTRAIL_OFFLINE", "1")
    with pytest.raises(NetworkError):
        reader.inbox.refresh(days=7)
    assert reader.server.requests == []

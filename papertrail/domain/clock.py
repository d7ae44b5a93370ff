"""Where the time comes from: passed in everywhere, so that a test can be on any day."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Protocol

from papertrail.domain.errors import BadInput
from papertrail.domain.text import clean_line, shorten

FIRST_DAY, LAST_DAY = (
    date(1900, 1, 8),
    date(2199, 6, 30),
)  # what the present may be: plans have room around it


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Clock(Protocol):
    """Gives the present moment, with the reader's own time zone."""

    def now(self) -> datetime:
        """Return an aware datetime in the reader's time zone."""
        ...


class ReaderZone(tzinfo):
    """The machine's time zone with its rules: the offset of each moment is the one in force then.

    `datetime.astimezone()` gives the offset of one moment only; by that of winter a moment of last summer may
    fall on the day before.
    """

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        """Return the offset in force at a local time."""
        return None if moment is None else moment.replace(tzinfo=None).astimezone().utcoffset()

    def dst(self, moment: datetime | None) -> timedelta | None:
        """Say nothing of daylight saving time: the offset holds it."""
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        """Return the zone's name at a local time."""
        return None if moment is None else moment.replace(tzinfo=None).astimezone().tzname()

    def fromutc(self, moment: datetime) -> datetime:
        """Return a moment in UTC as local time; the second of two that look alike has `fold` 1."""
        known = moment.replace(tzinfo=timezone.utc).astimezone()
        local = known.replace(tzinfo=self)
        return local if local.utcoffset() == known.utcoffset() else local.replace(fold=1)


class SystemClock:
    """The machine's clock and time zone."""

    def now(self) -> datetime:
        """Return the present moment in the machine's time zone.

        Raises:
            BadInput: the clock stands in another century.
        """
        try:
            moment = datetime.now(timezone.utc).astimezone(ReaderZone())
        except (ValueError, OverflowError, OSError):
            raise _too_far("this machine's clock", "set it right") from None
        return _within_reach(moment, "this machine's clock", "set it right")


class StoppedClock:
    """Stands at one moment, given with the reader's time zone."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """Return that moment."""
        return self.moment


def clock_from(environ: Mapping[str, str]) -> Clock:
    """Return the machine's clock, or one that stands at `PAPERTRAIL_NOW`: for demonstrations and scripts.

    A moment with an offset is told in the reader's zone, like every other.

    Raises:
        BadInput: the variable holds no ISO 8601 moment, one of another century, or a local time that is left
            out when clocks are put forward.
    """
    text = environ.get("PAPERTRAIL_NOW")
    if not text:
        return SystemClock()
    said = f"PAPERTRAIL_NOW={shorten(clean_line(text), 40)}"
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        remedy = "give it as 2026-03-01T09:30 or 2026-03-01T09:30+01:00"
        raise BadInput(f"{said} is no moment", remedy) from None
    try:
        local = (moment if moment.tzinfo else moment.astimezone()).astimezone(ReaderZone())
    except (ValueError, OverflowError, OSError):
        raise _too_far(said, "give another one") from None
    if moment.tzinfo is None and local.replace(tzinfo=None, fold=0) != moment.replace(fold=0):
        raise BadInput(
            f"{said} does not exist here, clocks are put forward then",
            f"give {moment + timedelta(hours=1):%Y-%m-%dT%H:%M}",
        )
    return StoppedClock(_within_reach(local, said, "give another one"))


def _within_reach(moment: datetime, what: str, remedy: str) -> datetime:
    """Return a moment that every plan and forecast has room around.

    Raises:
        BadInput: it is in another century.
    """
    if not FIRST_DAY <= moment.date() <= LAST_DAY:
        raise _too_far(what, remedy)
    return moment


def _too_far(what: str, remedy: str) -> BadInput:
    return BadInput(f"{what} is too far away", f"{remedy}, from {FIRST_DAY} to {LAST_DAY}")


def moment_words(at: datetime) -> str:
    """Return a moment of the reader's as operations tell it."""
    return f"{at.day} {at:%b %Y, %H:%M}"


def utc_text(moment: datetime) -> str:
    """Return an aware moment as it is stored: ISO 8601 in UTC, microseconds, sortable as text."""
    return moment.astimezone(timezone.utc).isoformat(timespec="microseconds")


def local_date(moment: datetime, day_starts: str = "00:00") -> date:
    """Return the reader's date at `moment`, whose zone is the reader's.

    Args:
        moment: aware.
        day_starts: the local time, `HH:MM`, before which it still is the day before.
    """
    hour, minute = map(int, day_starts.split(":"))
    return (moment.replace(tzinfo=None) - timedelta(hours=hour, minutes=minute)).date()


def date_of(stored: str, zone: tzinfo | None) -> date:
    """Return the date at a stored moment, by the offset of the zone in force then."""
    return local_date(datetime.fromisoformat(stored).astimezone(zone))

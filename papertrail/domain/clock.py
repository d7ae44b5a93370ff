"""Where the time comes from: passed in everywhere, so that a test can be on any day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timezone
from typing import Protocol

from papertrail.domain.errors import BadInput
from papertrail.domain.text import clean_line, shorten


class Clock(Protocol):
    """Gives the present moment, with the reader's own time zone."""

    def now(self) -> datetime:
        """Return an aware datetime in the reader's time zone."""
        ...


class SystemClock:
    """The machine's clock and time zone."""

    def now(self) -> datetime:
        """Return the present moment in the machine's time zone."""
        return datetime.now(timezone.utc).astimezone()


@dataclass(frozen=True, slots=True)
class StoppedClock:
    """Stands at one moment, given with the reader's time zone."""

    moment: datetime

    def now(self) -> datetime:
        """Return that moment."""
        return self.moment


def clock_from(environ: Mapping[str, str]) -> Clock:
    """Return the machine's clock, or one that stands at `PAPERTRAIL_NOW`: for demonstrations and scripts.

    Raises:
        BadInput: the variable holds no ISO 8601 moment.
    """
    text = environ.get("PAPERTRAIL_NOW")
    if not text:
        return SystemClock()
    try:
        moment = datetime.fromisoformat(text)
        return StoppedClock(moment if moment.tzinfo else moment.astimezone())
    except (ValueError, OverflowError, OSError):
        remedy = "give it as 2026-03-01T09:30 or 2026-03-01T09:30+01:00"
        raise BadInput(f"PAPERTRAIL_NOW={shorten(clean_line(text), 40)} is no moment", remedy) from None


def utc_text(moment: datetime) -> str:
    """Return an aware moment as it is stored: ISO 8601 in UTC, microseconds, sortable as text."""
    return moment.astimezone(timezone.utc).isoformat(timespec="microseconds")


def local_date(moment: datetime) -> date:
    """Return the reader's date at `moment`, whose zone is the reader's."""
    return moment.date()

"""Where the time comes from: passed in everywhere, so that a test can be on any day."""

from datetime import date, datetime, timezone
from typing import Protocol


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


def utc_text(moment: datetime) -> str:
    """Return an aware moment as it is stored: ISO 8601 in UTC, microseconds, sortable as text."""
    return moment.astimezone(timezone.utc).isoformat(timespec="microseconds")


def local_date(moment: datetime) -> date:
    """Return the reader's date at `moment`, whose zone is the reader's."""
    return moment.date()

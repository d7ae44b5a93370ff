"""What a use case has done to the statuses of papers, for the front ends to say.

Apart from the other reports: commands of every day need no more than these.
"""

from dataclasses import dataclass
from datetime import date

from papertrail.domain.paper import PaperSummary, Status

MOST_NAMED = 3  # papers in one sentence


@dataclass(frozen=True, slots=True)
class StatusChange:
    """One paper whose status was asked to change; `before` equals `after` when it already had it.

    Attributes:
        counts_on: the day it counts by; None while it does not count.
        to_come: keys of the papers it builds on that are still to be read, if it has been read by this.
    """

    paper: PaperSummary
    before: Status
    after: Status
    counts_on: date | None = None
    to_come: tuple[str, ...] = ()

    @property
    def gap(self) -> str:
        """What to say of the papers in `to_come`; empty without any."""
        if not self.to_come:
            return ""
        named = self.to_come if len(self.to_come) <= MOST_NAMED + 1 else self.to_come[:MOST_NAMED]
        more = len(self.to_come) - len(named)
        *rest, last = [*named, *([f"{more} more"] if more else [])]
        names = f"{', '.join(rest)} and {last}" if rest else last
        return f"it builds on {names}, still to be read"


@dataclass(frozen=True, slots=True)
class Recounted:
    """A paper that counts by another day now; by the same one if `before` equals `after`."""

    paper: PaperSummary
    before: date
    after: date

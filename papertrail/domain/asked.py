"""A question that somebody really asked about a paper, and how that went."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from papertrail.domain.paper import PaperSummary


class Outcome(StrEnum):
    """How it went."""

    FAILED = "failed"
    HELD = "held"


class Asked(NamedTuple):
    """What became of a question that was asked.

    Attributes:
        paper: as it stands now.
        stood_there: whether the note asked it already.
        to_read_again: whether its paper went from read to the queue by it.
    """

    paper: PaperSummary
    question: str
    where: str
    outcome: Outcome | None
    stood_there: bool
    to_read_again: bool

    @property
    def told(self) -> str:
        """What became of it, on one line."""
        key = self.paper.key
        stands = "asks it already" if self.stood_there else "asks it now"
        again = f"; {key} is queued to be read again" if self.to_read_again else ""
        return f"the note of {key} {stands}{again}"


class AskedOn(NamedTuple):
    """A question that was asked on a day."""

    key: str
    title: str
    year: int | None
    question: str
    where: str
    outcome: Outcome | None
    on: date

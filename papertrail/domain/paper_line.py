"""A paper as long lists show it, a line each."""

from typing import NamedTuple

from papertrail.domain.paper import Standing, Status


class _Line(NamedTuple):
    id: int
    key: str
    title: str
    year: int | None
    status: Status
    counted: bool
    owed: bool
    in_conflict: bool
    notice: str
    marks: str
    explained: bool = False
    note_missing: bool = False


class PaperLine(_Line, Standing):
    """What a line of a list of papers tells; otherwise as in `PaperSummary`.

    A summary has authors and lineages as well, and takes three times as long: lists may have 100,000 lines.
    """

    __slots__ = ()

"""A paper as lists show it, its status, and which papers to list."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple


class Status(StrEnum):
    """How far the reader is with a paper; set by the reader, never by opening a file."""

    UNREAD = "unread"
    QUEUED = "queued"
    READING = "reading"
    READ = "read"
    DROPPED = "dropped"

    @property
    def glyph(self) -> str:
        """The one-cell sign shown beside the word."""
        return _GLYPHS[self]

    @property
    def next(self) -> "Status":
        """The status one step on: anything not begun becomes reading, reading becomes read."""
        return Status.READ if self in (Status.READING, Status.READ) else Status.READING


MOST_AUTHORS_SHOWN = 10  # of one paper: some have three thousand
GONE = "⊘"  # beside a paper that was withdrawn or superseded
EXPLAINED = "◆"  # beside a paper that counts and can be explained today
MISSING = "!"  # beside a read paper whose note's file is gone
STAR = "★"  # before a rating
IN_CONFLICT = "≠"  # beside a paper in whose note a merge has left its marks

_GLYPHS = {
    Status.UNREAD: "○",
    Status.QUEUED: "◔",
    Status.READING: "◐",
    Status.READ: "●",
    Status.DROPPED: "✕",
}


class Standing:
    """Where a paper stands: what the reader is doing with it, and whether it counts.

    What was read counts, owes a note or has lost it, also while it is read again, or queued for that.
    """

    __slots__ = ()

    status: Status
    counted: bool
    owed: bool
    explained: bool
    note_missing: bool = False

    @property
    def mark(self) -> str:
        """The sign beside that of its status: ◆ can be explained, ✓ counted, ✎ a note owed, ! missing."""
        if self.counted:
            return EXPLAINED if self.explained else "✓"
        if self.note_missing:
            return MISSING
        return "✎" if self.owed else ""

    @property
    def is_read(self) -> bool:
        """Whether the reader has read it: a paper that is read again still has been."""
        return self.counted or self.owed or self.note_missing

    @property
    def doing(self) -> str:
        """The status in words: `reading`, and `reading again` for what was read before."""
        again = self.is_read and self.status is not Status.READ
        return f"{self.status} again" if again else self.status.value

    @property
    def state(self) -> str:
        """One word for how far it is: its status, and for what was read `counted`, `owed` or `missing`."""
        if self.note_missing:
            return "missing"
        return "counted" if self.counted else "owed" if self.owed else str(self.status)

    @property
    def word(self) -> str:
        """What a list says of it: `reading again`, `note missing`, else its state."""
        if self.note_missing and self.status is Status.READ:
            return "note missing"
        return self.state if self.status is Status.READ else self.doing


def byline(authors: Sequence[str], most: int = MOST_AUTHORS_SHOWN) -> str:
    """Return authors as they are shown: the first ones, and how many more there are; empty without any.

    Examples:
        >>> byline(["A"] * 2999)
        'A, A, A, A, A, A, A, A, A, A and 2,989 more'
    """
    more = len(authors) - most
    names = ", ".join(authors[:most])
    return f"{names} and {more:,} more" if more > 0 else names


def marks_of(rating: int | None, tags: Sequence[str]) -> str:
    """Return rating and tags on one line.

    Examples:
        >>> marks_of(4, ["cnn", "to show"])
        '★4 #cnn #to show'
    """
    return " ".join([*([f"{STAR}{rating}"] if rating else []), *(f"#{tag}" for tag in tags)])


class _Summary(NamedTuple):
    """What `PaperSummary` holds.

    Attributes:
        id: the library's number of the paper, stable within one trail; never shown.
        counted: has been read, with every required section of the note filled.
        owed: has been read, but a required section is not filled; not where the note is missing.
        in_conflict: a merge has left its marks in the note.
        notice: `withdrawn`, or what it is superseded by, as its comment on arXiv says; empty mostly.
        rating: the reader's own, 1 to 5; None without one.
        tags: the reader's own words for it, by name.
        explained: the reader can explain it today.
        note_missing: it has been read and its note's file is gone, which was there.
    """

    id: int
    key: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    arxiv_id: str | None
    doi: str | None
    status: Status
    lineages: tuple[str, ...]
    counted: bool
    owed: bool
    in_conflict: bool = False
    notice: str = ""
    rating: int | None = None
    tags: tuple[str, ...] = ()
    explained: bool = False
    note_missing: bool = False


class PaperSummary(_Summary, Standing):
    """One line of a list of papers."""

    __slots__ = ()

    @property
    def marks(self) -> str:
        """The rating and tags on one line; empty without any."""
        return marks_of(self.rating, self.tags) if self.rating or self.tags else ""

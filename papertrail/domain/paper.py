"""A paper, its status, and what is known about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from papertrail.domain.note import NoteState


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

    What was read counts or owes a note, also while it is read again, or queued for that.
    """

    __slots__ = ()

    status: Status
    counted: bool
    owed: bool

    @property
    def is_read(self) -> bool:
        """Whether the reader has read it: a paper that is read again still has been."""
        return self.counted or self.owed

    @property
    def doing(self) -> str:
        """The status in words: `reading`, and `reading again` for what was read before."""
        again = self.is_read and self.status is not Status.READ
        return f"{self.status} again" if again else self.status.value

    @property
    def state(self) -> str:
        """One word for how far it is: its status, and for what was read `counted` or `owed`."""
        return "counted" if self.counted else "owed" if self.owed else self.status.value

    @property
    def word(self) -> str:
        """What a list says of it: `reading again`, else its state."""
        return self.state if self.status is Status.READ else self.doing


def byline(authors: Sequence[str]) -> str:
    """Return authors as they are shown: the first ten, and how many more there are; empty without any.

    Examples:
        >>> byline(["A"] * 2999)
        'A, A, A, A, A, A, A, A, A, A and 2,989 more'
    """
    more = len(authors) - MOST_AUTHORS_SHOWN
    names = ", ".join(authors[:MOST_AUTHORS_SHOWN])
    return f"{names} and {more:,} more" if more > 0 else names


@dataclass(frozen=True, slots=True)
class PaperSummary(Standing):
    """One line of a list of papers.

    Attributes:
        id: the library's number of the paper, stable within one trail; never shown.
        counted: has been read, with every required section of the note filled.
        owed: has been read, but a required section is not filled.
        in_conflict: a merge has left its marks in the note.
        notice: `withdrawn`, or what it is superseded by, as its comment on arXiv says; empty mostly.
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


@dataclass(frozen=True, slots=True)
class PaperRef:
    """A paper as another one names it."""

    key: str
    title: str
    year: int | None
    status: Status
    is_read: bool


@dataclass(frozen=True, slots=True)
class LineagePlace:
    """Where a paper stands in one lineage; `position` counts from 1 to `total`."""

    lineage: str
    position: int
    total: int
    previous: PaperRef | None
    next: PaperRef | None


@dataclass(frozen=True, slots=True)
class Paper:
    """All that is known of one paper.

    Attributes:
        published: ISO 8601 moment of the first version, UTC; None until fetched.
        updated: ISO 8601 moment of the version described, UTC; None until fetched.
        metadata_state: `seed`, `waiting`, `fetched`, `not-found`, `failed` or `edited`.
        absent_on: the reader's dates on which arXiv left it out of a whole reply, ISO 8601.
        trouble: why arXiv's last answer could not be used; empty mostly.
        places: one entry for each lineage the paper is in.
    """

    summary: PaperSummary
    venue: str
    abstract: str | None
    published: str | None
    updated: str | None
    categories: tuple[str, ...]
    comment: str | None
    journal_ref: str | None
    version: int | None
    urls: tuple[str, ...]
    metadata_state: str
    builds_on: tuple[PaperRef, ...]
    built_on_by: tuple[PaperRef, ...]
    places: tuple[LineagePlace, ...]
    note: NoteState
    absent_on: tuple[str, ...] = ()
    trouble: str = ""

    @property
    def arxiv_says(self) -> tuple[str, ...]:
        """What arXiv tells besides the abstract, a line each: versions and their days, journal, comment."""
        lines = []
        if self.version is not None and self.published:
            first, last = self.published[:10], (self.updated or self.published)[:10]
            lines.append(f"v1 of {first}" + (f", v{self.version} of {last}" if self.version > 1 else ""))
        if self.journal_ref and self.journal_ref != self.venue:
            lines.append(f"journal: {self.journal_ref}")
        if self.comment:
            lines.append(f"comment: {self.comment}")
        return tuple(lines)

    @property
    def why_no_abstract(self) -> str:
        """Why the abstract is missing, on a line; empty where it is there, or was only never fetched.

        That arXiv leaves a paper out is a doubt at first: it does so now and then with papers that it has.
        """
        if self.abstract:
            return ""
        if self.summary.arxiv_id is None:
            return "not on arXiv, so there is no abstract here"
        if self.metadata_state == "not-found":
            if len(self.absent_on) > 1:
                return f"arXiv does not have it: asked on {self.absent_on[0]} and {self.absent_on[-1]}"
            when = f" on {self.absent_on[0]}" if self.absent_on else ""
            return f"arXiv left it out{when}: it will be asked for again"
        if self.metadata_state == "failed":
            return f"{self.trouble}: it will be asked for again"
        return ""


@dataclass(frozen=True, slots=True)
class PaperQuery:
    """Which papers to list; empty fields do not narrow.

    Attributes:
        text: words that must all stand in the key, title, authors, year, venue or arXiv id.
        status: only papers of this status.
        lineage: only papers of this lineage, by its exact name, in its order.
    """

    text: str = ""
    status: Status | None = None
    lineage: str | None = None

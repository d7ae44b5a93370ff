"""A paper with all that is known of it: its note, its lineages, and the papers around it."""

from typing import NamedTuple

from papertrail.domain.clock import MONTHS
from papertrail.domain.note import NoteState
from papertrail.domain.paper import PaperSummary, Status


class PaperRef(NamedTuple):
    """A paper as another one names it."""

    key: str
    title: str
    year: int | None
    status: Status
    is_read: bool


class LineagePlace(NamedTuple):
    """Where a paper stands in one lineage; `position` counts from 1 to `total`."""

    lineage: str
    position: int
    total: int
    previous: PaperRef | None
    next: PaperRef | None


class Days(NamedTuple):
    """The reader's dates of what was done with a paper, ISO 8601; None for what was not, or is so no more.

    Attributes:
        counted: by which it counts towards the goal.
        reviewed: on which a question about it was answered last.
        reviews: on how many dates any was.
    """

    added: str | None = None
    started: str | None = None
    read: str | None = None
    counted: str | None = None
    reviewed: str | None = None
    reviews: int = 0

    @property
    def told(self) -> tuple[str, ...]:
        """What was done when, in words; two things of one day are told together, a year once.

        Examples:
            >>> Days("2025-12-01", "2026-01-03", "2026-01-05", "2026-01-05").told
            ('added 1 Dec 2025', 'started 3 Jan 2026', 'read and counted 5 Jan')
            >>> Days("2026-01-03", "2026-01-03", "2026-01-03").told
            ('added, started and read 3 Jan 2026',)
        """
        done: dict[str, str] = {}
        for what in ("added", "started", "read", "counted"):
            on: str | None = getattr(self, what)
            if on is not None:
                done[on] = f"{done[on].replace(' and ', ', ')} and {what}" if on in done else what
        told = [(what, on) for on, what in done.items()]
        if self.reviewed is not None:
            often = f"reviewed on {self.reviews} days, last" if self.reviews > 1 else "reviewed"
            told.append((often, self.reviewed))
        words, year = [], ""
        for what, on in told:
            words.append(f"{what} {_day(on)}" + (f" {on[:4]}" if on[:4] != year else ""))
            year = on[:4]
        return tuple(words)


def _day(on: str) -> str:
    """Return day and month of a date: `3 Jan`."""
    return f"{int(on[8:10])} {MONTHS[int(on[5:7]) - 1]}"


class Paper(NamedTuple):
    """All that is known of one paper.

    Attributes:
        published: ISO 8601 moment of the first version, UTC; None until fetched.
        updated: ISO 8601 moment of the version described, UTC; None until fetched.
        metadata_state: `seed`, `waiting`, `fetched`, `not-found`, `failed` or `edited`.
        absent_on: the reader's dates on which arXiv left it out of a whole reply, ISO 8601.
        trouble: why arXiv's last answer could not be used; empty mostly.
        urls: links given by arXiv.
        places: one entry for each lineage the paper is in.
        links: the reader's own, each with what it leads to: `code`, `translation`, `talk`, `blog` or `page`.
        days: when the reader did what with it.
        named_in: the papers whose notes link here as `[[key]]`.
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
    links: tuple[tuple[str, str], ...] = ()
    days: Days = Days()
    named_in: tuple[PaperRef, ...] = ()

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

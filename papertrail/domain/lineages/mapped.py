"""A paper as maps and graphs show it."""

from typing import NamedTuple

from papertrail.domain.paper import PaperSummary, Standing, Status


class _MapPaper(NamedTuple):
    """What `MapPaper` holds.

    Attributes:
        counted: has been read, with every required section of the note filled.
        owed: has been read, but a required section is not filled.
        lineage: None for a paper of the lineage drawn; otherwise the name of the lineage it is at home in,
            empty when it is in none.
        explained: the reader can explain it today.
        title: empty where nobody needs it.
        arxiv_id: None for a paper that is not on arXiv.
        doi: None without one.
        note_missing: has been read, and its note's file is gone.
        name: the one it goes by, where pictures are to say that and not its key.
    """

    key: str
    year: int | None
    status: Status
    counted: bool
    owed: bool
    lineage: str | None = None
    explained: bool = False
    title: str = ""
    arxiv_id: str | None = None
    doi: str | None = None
    note_missing: bool = False
    name: str = ""


class MapPaper(_MapPaper, Standing):
    """A paper in a map."""

    __slots__ = ()

    @classmethod
    def of(cls, paper: PaperSummary, *, elsewhere: bool = False) -> "MapPaper":
        """Return a paper as the map shows it, `elsewhere` with the name of its own lineage, if it has one."""
        lineage = (paper.lineages[0] if paper.lineages else "") if elsewhere else None
        return cls(
            paper.key,
            paper.year,
            paper.status,
            paper.counted,
            paper.owed,
            lineage,
            paper.explained,
            paper.title,
            paper.arxiv_id,
            paper.doi,
            paper.note_missing,
        )

    @property
    def page(self) -> str | None:
        """The address of its page on arXiv, else at its publisher; None where neither is known."""
        from papertrail.domain.links import page_of

        return page_of(self.arxiv_id, self.doi)

"""What the outside world tells about a paper: records from arXiv, rows of a seeds file."""

import re
from bisect import insort
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Protocol

_DOI = re.compile(r"10\.[0-9]{3,9}(\.[0-9]+)*/\S+")


def is_doi(text: str) -> bool:
    """Tell whether a text has the form of one DOI, without an address before it."""
    return _DOI.fullmatch(text) is not None


def title_of(arxiv_id: str) -> str:
    """Return what stands for the title of a paper while arXiv has not told it."""
    return f"arXiv:{arxiv_id}"


@dataclass(frozen=True, slots=True)
class Metadata:
    """One paper as arXiv describes it; all text is clean.

    Attributes:
        arxiv_id: canonical, without a version.
        version: the version described, from 1.
        published: moment of the first version, aware, UTC.
        updated: moment of this version, aware, UTC.
        raw_title: the title as arXiv has it, None if that is `title`.
        raw_authors: the entries of arXiv's list of authors, None if they are `authors`.
    """

    arxiv_id: str
    version: int
    title: str
    authors: tuple[str, ...]
    abstract: str
    published: datetime
    updated: datetime
    categories: tuple[str, ...]
    comment: str | None
    journal_ref: str | None
    doi: str | None
    urls: tuple[str, ...]
    raw_title: str | None = None
    raw_authors: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class OddEntry:
    """What arXiv said of a paper that cannot be used, and why, on one line; nothing is known of the paper."""

    arxiv_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class MetadataBatch:
    """The answer to one request: what was found, and which ids arXiv left out.

    Attributes:
        missing: ids that the reply says nothing of.
        odd: papers of which it says something that cannot be used; each is in none of the others.
        is_whole: whether as many papers came as the reply counts; else `missing` is a doubt.
    """

    found: tuple[Metadata, ...]
    missing: tuple[str, ...]
    odd: tuple[OddEntry, ...] = ()
    is_whole: bool = True

    @property
    def asked(self) -> tuple[str, ...]:
        """The ids it answers."""
        told = (*(paper.arxiv_id for paper in self.found), *(entry.arxiv_id for entry in self.odd))
        return (*told, *self.missing)

    def only(self, ids: Collection[str]) -> "MetadataBatch":
        """Return what it says of these papers."""
        return MetadataBatch(
            tuple(paper for paper in self.found if paper.arxiv_id in ids),
            tuple(id_ for id_ in self.missing if id_ in ids),
            tuple(entry for entry in self.odd if entry.arxiv_id in ids),
            self.is_whole,
        )


@dataclass(frozen=True, slots=True)
class SearchReply:
    """What arXiv finds.

    Attributes:
        found: the first of it, best or newest first.
        total: how many papers there are in all.
        odd: what is wrong with further entries, each in a line.
    """

    found: tuple[Metadata, ...]
    total: int
    odd: tuple[str, ...] = ()


class MetadataSource(Protocol):
    """Where metadata comes from; arXiv, or a test's own."""

    def by_ids(self, arxiv_ids: Sequence[str], *, fresh: bool = False) -> Iterator[MetadataBatch]:
        """Yield one batch a request, each complete in itself.

        Args:
            arxiv_ids: canonical ids, without versions, each once.
            fresh: whether an answer that was kept from today will not do.

        Raises:
            NetworkError: no usable answer; batches yielded before stay valid.
        """
        ...

    def search(self, query: str, *, limit: int, newest: bool) -> SearchReply:
        """Return what is found.

        Args:
            query: in arXiv's grammar.
            limit: how many papers at most, up to 100.
            newest: whether the newest come first, not what fits best.

        Raises:
            NetworkError: no usable answer.
        """
        ...


MOST_TOLD = 10
"""Of what is to be told of a seeds file; of more there is the number."""


@dataclass(frozen=True, slots=True)
class SeedPaper:
    """One paper of a seeds file; `line` is where its row stands, counted from 1.

    Attributes:
        is_more: whether an earlier row told of the paper, and this one only puts it into further lineages: a
            file's order alone cannot say that two lineages hold the same papers in different orders.
    """

    line: int
    key: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    venue: str
    arxiv_id: str | None
    doi: str | None
    lineages: tuple[str, ...]
    builds_on: tuple[str, ...]
    is_more: bool = False


@dataclass(frozen=True, slots=True)
class SeedProblem:
    """What is wrong with one cell of a seeds file; `line` counts from 1, the header is line 1."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}: {self.message}"


class SeedProblems:
    """What is wrong with a seeds file: the first problems by their lines, and how many there are in all."""

    def __init__(self, most: int = MOST_TOLD) -> None:
        self._most = most
        self.first: list[SeedProblem] = []
        self.number = 0

    def add(self, problem: SeedProblem) -> None:
        """Take one in."""
        self.number += 1
        if len(self.first) < self._most or problem.line < self.first[-1].line:
            insort(self.first, problem, key=attrgetter("line"))
            del self.first[self._most :]

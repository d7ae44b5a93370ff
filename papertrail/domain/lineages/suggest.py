"""What to read next, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from papertrail.domain.lineages.lineage import LineageProgress
from papertrail.domain.paper import PaperSummary, Status

_OPEN = (Status.UNREAD, Status.QUEUED)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A paper to read next, and why."""

    paper: PaperSummary
    why: str


@dataclass(frozen=True, slots=True)
class Step:
    """A paper as far as it matters here; `active` when it is in a lineage the next papers come from."""

    id: int
    key: str
    status: Status
    active: bool = True

    @property
    def is_open(self) -> bool:
        """Whether it is still to be read, and not set aside."""
        return self.status in _OPEN


class Shelves(Protocol):
    """Where the papers stand; asked for no more than is needed, for a trail may hold 100,000."""

    def begun(self) -> Sequence[Step]:
        """Return the papers being read."""
        ...

    def queue(self) -> Sequence[Step]:
        """Return the queued papers, first in line first."""
        ...

    def lineages(self) -> Sequence[LineageProgress]:
        """Return the lineages in order."""
        ...

    def members(self, lineage: str) -> Sequence[Step]:
        """Return the papers of a lineage in its order."""
        ...

    def parents(self, paper: int) -> Sequence[Step]:
        """Return the papers that a paper builds on."""
        ...

    def loose(self, limit: int) -> Sequence[Step]:
        """Return papers of no lineage that are still to be read."""
        ...


def suggest(shelves: Shelves, limit: int) -> list[tuple[int, str]]:
    """Return up to `limit` papers to read as id and reason: those begun, the queue, then active lineages.

    Lineages already begun come first, each in its order; a paper waits for those it builds on, wherever they
    stand in an active lineage. Papers of no lineage come last.
    """
    chosen: dict[int, str] = {}
    if limit > 0:
        for paper, why in _candidates(shelves, limit):
            chosen.setdefault(paper.id, why)
            if len(chosen) >= limit:
                break
    return list(chosen.items())


def _candidates(shelves: Shelves, limit: int) -> Iterator[tuple[Step, str]]:
    chosen: set[int] = set()
    for paper in shelves.begun():
        chosen.add(paper.id)
        yield paper, "you are reading it"
    for place, paper in enumerate(shelves.queue(), start=1):
        chosen.add(paper.id)
        yield paper, "first in your queue" if place == 1 else f"number {place} in your queue"
    for line in sorted(shelves.lineages(), key=lambda line: not line.is_begun):  # keeps the order otherwise
        if line.active and line.total > line.read:
            yield from _next_in(line, shelves, chosen)
    for paper in shelves.loose(limit):
        yield paper, "added by you, in no lineage"


def _next_in(line: LineageProgress, shelves: Shelves, chosen: set[int]) -> Iterator[tuple[Step, str]]:
    """Yield what is open in one lineage, in order, each paper after those it builds on."""
    before = ""
    for paper in shelves.members(line.name):
        if not paper.is_open or paper.id in chosen:
            continue
        chosen.add(paper.id)
        yield from _first_its_parents(paper, shelves, chosen)
        yield paper, _reason(line, shelves.parents(paper.id), before)
        before = paper.key


def _first_its_parents(paper: Step, shelves: Shelves, chosen: set[int]) -> Iterator[tuple[Step, str]]:
    """Yield the open papers that `paper` stands on, the oldest first."""
    for parent in shelves.parents(paper.id):
        if parent.is_open and parent.active and parent.id not in chosen:
            chosen.add(parent.id)
            yield from _first_its_parents(parent, shelves, chosen)
            yield parent, f"{paper.key} builds on it"


def _reason(line: LineageProgress, parents: Sequence[Step], before: str) -> str:
    """Say why a paper comes next: papers it builds on that are read, or its place in the lineage."""
    known = [parent.key for parent in parents if parent.status is Status.READ]
    if known:
        *rest, last = known
        names = f"{', '.join(rest)} and {last}" if rest else last
        are = f"parents {names} are" if rest else f"parent {names} is"
        return f"its {are} read; {line.read} of {line.total} in {line.name}"
    if before:
        return f"after {before} in {line.name}"
    return (
        f"next in {line.name}, {line.read} of {line.total} read"
        if line.read
        else f"the beginning of {line.name}"
    )

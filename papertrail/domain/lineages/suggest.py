"""What to read next, and why."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from math import inf
from typing import Literal, NamedTuple, Protocol

from papertrail.domain.lineages.lineage import LineageProgress
from papertrail.domain.paper import PaperSummary, Status

_OPEN = (Status.UNREAD, Status.QUEUED)


class Suggestion(NamedTuple):
    """A paper to read next, and why."""

    paper: PaperSummary
    why: str


class Step(NamedTuple):
    """A paper as far as it matters here."""

    id: int
    key: str
    status: Status
    is_read: bool

    @property
    def is_open(self) -> bool:
        """Whether it is still to be read, and not set aside."""
        return not self.is_read and self.status in _OPEN


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

    def member_ids(self, lineage: str) -> Sequence[int]:
        """Return the ids of the papers of a lineage in its order."""
        ...

    def steps(self, ids: Sequence[int]) -> Iterable[Step]:
        """Return these papers in this order, as they are taken."""
        ...

    def parents(self, paper: int) -> Sequence[Step]:
        """Return the papers that a paper builds on."""
        ...

    def loose(self, limit: int) -> Sequence[Step]:
        """Return papers of no lineage that are still to be read."""
        ...


def suggest(shelves: Shelves, limit: int, depth: int | Literal["all"] = 1) -> list[tuple[int, str]]:
    """Return up to `limit` papers to read as id and reason: those begun, the queue, then active lineages.

    Lineages already begun come first, each in its order; a paper waits for those it builds on, also when
    these are in another lineage, in one at rest or in none. Papers of no lineage come last.

    Args:
        shelves: where the papers stand.
        limit: how many at most.
        depth: how many steps down a paper of a lineage waits for what it builds on outside of it. One
            step is what the paper itself says it builds on; followed to the end, every line begins in 1951.
    """
    chosen: dict[int, str] = {}
    if limit > 0:
        walk = _Walk(shelves, inf if depth == "all" else depth)
        for paper, why in walk.candidates(limit):
            chosen.setdefault(paper.id, why)
            if len(chosen) >= limit:
                break
    return list(chosen.items())


class _Walk:
    """One way along the shelves; no paper is chosen twice."""

    def __init__(self, shelves: Shelves, depth: float) -> None:
        self._shelves = shelves
        self._depth = depth
        self._chosen: set[int] = set()

    def candidates(self, limit: int) -> Iterator[tuple[Step, str]]:
        """Yield papers with the reason for each, the one to read first first."""
        for paper in self._shelves.begun():
            self._chosen.add(paper.id)
            yield paper, "you are reading it again" if paper.is_read else "you are reading it"
        for place, paper in enumerate(self._shelves.queue(), start=1):
            self._chosen.add(paper.id)
            yield paper, "first in your queue" if place == 1 else f"number {place} in your queue"
        lines = self._shelves.lineages()
        for line in sorted(lines, key=lambda line: not line.is_begun):  # keeps the order otherwise
            if line.active and line.total > line.read:
                yield from self._next_in(line)
        for paper in self._shelves.loose(limit):
            if paper.id not in self._chosen:
                yield from self._first_what_it_builds_on(paper, ())
                self._chosen.add(paper.id)
                yield paper, "added by you, in no lineage"

    def _next_in(self, line: LineageProgress) -> Iterator[tuple[Step, str]]:
        """Yield what is open in one lineage, in order, each paper after those it builds on."""
        members = self._shelves.member_ids(line.name)
        inside = set(members)
        before: Step | None = None
        for paper in self._shelves.steps(members):
            if paper.is_open and paper.id not in self._chosen:
                yield from self._first_what_it_builds_on(paper, inside)
                self._chosen.add(paper.id)
                yield paper, _reason(line, self._shelves.parents(paper.id), before)
            if paper.status is not Status.DROPPED:
                before = paper

    def _first_what_it_builds_on(self, paper: Step, inside: Collection[int]) -> Iterator[tuple[Step, str]]:
        """Yield the open papers that `paper` stands on, each after those it builds on itself.

        Args:
            paper: the one in hand.
            inside: ids of its lineage; each of these is in hand itself, however deep it stands.
        """
        parents, child_of = self._below(paper, inside)
        waiting, seen = [paper.id], {paper.id}
        while waiting:
            missing = [one.id for one in parents[waiting[-1]] if one.id not in seen]
            if missing:
                seen.add(missing[0])
                waiting.append(missing[0])
            elif (done := waiting.pop()) != paper.id:
                self._chosen.add(done)
                step, child = child_of[done]
                yield step, f"{child} builds on it"

    def _below(
        self, paper: Step, inside: Collection[int]
    ) -> tuple[dict[int, list[Step]], dict[int, tuple[Step, str]]]:
        """Return what has to come before `paper`.

        Returns:
            For it and each of these the ones it builds on among them; and each with the key of a paper that
            builds on it.
        """
        open_parents: dict[int, list[Step]] = {}
        child_of: dict[int, tuple[Step, str]] = {}
        left = {paper.id: self._depth}  # steps that may still be taken below each
        waiting = [paper]
        for child in waiting:
            if child.id not in open_parents:
                found = self._shelves.parents(child.id)
                open_parents[child.id] = [one for one in found if one.is_open and one.id not in self._chosen]
            for one in open_parents[child.id]:
                steps = self._depth if one.id in inside else left[child.id] - 1
                if steps > left.get(one.id, -1):
                    left[one.id] = steps
                    child_of.setdefault(one.id, (one, child.key))
                    waiting.append(one)
        parents = {id_: [one for one in some if one.id in left] for id_, some in open_parents.items()}
        return parents, child_of


def _reason(line: LineageProgress, parents: Sequence[Step], before: Step | None) -> str:
    """Say why a paper comes next: papers it builds on that are read, or its place in the lineage.

    Args:
        line: the lineage.
        parents: what the paper builds on.
        before: the paper before it in the lineage that was not dropped.
    """
    known = [parent.key for parent in parents if parent.is_read]
    if known:
        *rest, last = known
        names = f"{', '.join(rest)} and {last}" if rest else last
        are = f"parents {names} are" if rest else f"parent {names} is"
        return f"its {are} read; {line.read} of {line.total} in {line.name}"
    if before is None:
        return f"the beginning of {line.name}"
    if before.is_read:
        return f"next in {line.name}, {line.read} of {line.total} read"
    return f"after {before.key} in {line.name}"

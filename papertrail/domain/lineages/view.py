"""One lineage as it is looked at: its papers, what builds on what, how far it is, what is missing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from papertrail.domain.lineages.lineage import LineageProgress, gaps, next_step
from papertrail.domain.lineages.map.parts import Link
from papertrail.domain.lineages.mapped import MapPaper
from papertrail.domain.paper import EXPLAINED, Status

STATES = ("counted", "owed", "missing", "reading", "queued", "unread", "dropped")


def around(key: str, parents: Mapping[str, Sequence[str]], steps: int) -> set[str]:
    """Return a paper with what it builds on and what builds on it, so many steps up and down."""
    children: dict[str, list[str]] = {}
    for child, some in parents.items():
        for parent in some:
            children.setdefault(parent, []).append(child)
    found = {key}
    for links in (parents, children):
        reached = {key}
        for _ in range(steps):
            reached = {other for one in reached for other in links.get(one, ())}
            found |= reached
    return found


@dataclass(frozen=True, slots=True)
class LineageView:
    """A lineage, or all papers of the trail.

    Attributes:
        name: of the lineage, or the key of the paper it is around; None for all papers.
        papers: those of the lineage in its order, then those of other lineages beside it: what it builds on,
            and what builds on it if that was asked for.
        links: for each key the keys it builds on.
        changes: what a paper changed of one it builds on, by the notes.
        filled: share of the sections needed to count that are filled, 0 to 1.
    """

    name: str | None
    progress: LineageProgress
    papers: tuple[MapPaper, ...]
    links: Mapping[str, tuple[str, ...]]
    changes: Mapping[Link, str]
    filled: float

    @property
    def keys(self) -> list[str]:
        """The keys of the lineage's own papers, in its order."""
        return [paper.key for paper in self.papers if paper.lineage is None]

    @property
    def next_step(self) -> str | None:
        """The paper to read next here; None when all are read or left aside."""
        settled = {p.key for p in self.papers if p.is_read or p.status is Status.DROPPED}
        return next_step(self.keys, self.links, settled)

    @property
    def gaps(self) -> list[Link]:
        """Links of which the child is read and the parent is not."""
        read = {p.key for p in self.papers if p.is_read}
        return gaps([p.key for p in self.papers], self.links, read)

    @property
    def has_heirs(self) -> bool:
        """Whether a paper of another lineage that is shown builds on one of this lineage."""
        own = set(self.keys)
        return any(child not in own and not own.isdisjoint(some) for child, some in self.links.items())

    @property
    def states(self) -> dict[str, int]:
        """How many of its papers are in each of `STATES`, in their order."""
        counts = Counter(paper.state for paper in self.papers if paper.lineage is None)
        return {state: counts[state] for state in STATES}

    @property
    def told_links(self) -> dict[Link, str]:
        """Every link with what the child changed; empty where no note tells it."""
        return {
            (child, parent): self.changes.get((child, parent), "")
            for child, parents in self.links.items()
            for parent in parents
        }

    @property
    def joining_alone(self) -> frozenset[str]:
        """The keys of papers of other lineages on which a paper builds that has no link to one of its own."""
        own = {paper.key for paper in self.papers if paper.lineage is None}
        inside = [(child, parent) for child, parent in self.told_links if {child, parent} <= own]
        joined = {key for link in inside for key in link}
        return frozenset(
            parent for child, parent in self.told_links if child in own - joined and parent not in own
        )

    @property
    def without_standing(self) -> "LineageView":
        """The same for somebody to whom it is nothing how far the reader is."""
        papers = (
            one._replace(status=Status.UNREAD, counted=False, owed=False, explained=False)
            for one in self.papers
        )
        return replace(self, papers=tuple(papers))

    @property
    def line(self) -> str:
        """How far it is: `2 of 6 counted · 1 ◆ · 1 owed · 3 unread · 1 gap · 45 % of needed sections`."""
        if not self.keys:
            return "no papers yet"
        counted, *others = self.states.items()
        parts = [f"{counted[1]} of {self.progress.total} counted"]
        parts += [f"{self.progress.explained} {EXPLAINED}"] if self.progress.explained else []
        parts += [f"{number} {state}" for state, number in others if number]
        inside = set(self.keys)
        skipped = sum(parent in inside for _, parent in self.gaps)
        parts += [f"{skipped} {'gap' if skipped == 1 else 'gaps'}"] if skipped else []
        return " · ".join([*parts, f"{round(self.filled * 100)} % of needed sections"])

    @property
    def span(self) -> str:
        """How many papers it has, of which years, and how many count: for somebody who was not there."""
        own = [paper for paper in self.papers if paper.lineage is None]
        years = sorted({paper.year for paper in own if paper.year})
        parts = [f"{len(own)} paper{'' if len(own) == 1 else 's'}"]
        parts += [f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])] if years else []
        counted = self.states["counted"]
        return " · ".join([*parts, *([f"{counted} counted"] if counted else [])])

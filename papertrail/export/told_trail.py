"""What a page and a book tell of: papers, their lineages, how far the reader is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from papertrail.domain.goal.progress import GoalProgress
from papertrail.domain.lineages.lineage import LineageProgress
from papertrail.domain.note_text import NoteContent
from papertrail.domain.whole_paper import Paper
from papertrail.export.story import Sources


@dataclass(frozen=True, slots=True)
class ToldLineage:
    """A lineage, as far as its papers are told of.

    Attributes:
        keys: of its papers, in order.
        summary: what its own note says.
    """

    progress: LineageProgress
    keys: Sequence[str]
    summary: NoteContent


@dataclass(frozen=True, slots=True)
class ToldTrail:
    """All that is told.

    Attributes:
        papers: in reading order.
        lineages: in their order.
        sources: what stories are told from; all papers that are named anywhere.
        goal: where it stands; None where only some papers are told of.
        asked: the query that chose the papers; empty for all.
    """

    papers: Sequence[Paper]
    lineages: Sequence[ToldLineage]
    sources: Sources
    goal: GoalProgress | None
    asked: str = ""

    @property
    def title(self) -> str:
        """What the whole is called."""
        return f"Papers: {self.asked}" if self.asked else "Papers"

    @property
    def by_key(self) -> Mapping[str, Paper]:
        """Its papers by their keys."""
        return {paper.summary.key: paper for paper in self.papers}

    @property
    def homes(self) -> Mapping[str, int]:
        """For each paper the first of the lineages that it is in, by its place."""
        found: dict[str, int] = {}
        for number, lineage in enumerate(self.lineages):
            for key in lineage.keys:
                found.setdefault(key, number)
        return found

    @property
    def elsewhere(self) -> Sequence[Paper]:
        """The papers that are in no lineage."""
        homes = self.homes
        return [paper for paper in self.papers if paper.summary.key not in homes]

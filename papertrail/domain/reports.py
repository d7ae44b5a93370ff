"""What a use case has done, for the front ends to say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from papertrail.domain.goal.goal import Goal
from papertrail.domain.history import Revision
from papertrail.domain.metadata import MOST_TOLD, Metadata, SeedProblem
from papertrail.domain.note import NoteState
from papertrail.domain.paper import PaperSummary
from papertrail.domain.settings import Setting


@dataclass(frozen=True, slots=True)
class NoteMerged:
    """A note made of two texts.

    Attributes:
        is_put_away: whether the second text's file is in the history now; not if it was changed meanwhile.
    """

    saved: "NoteSaved"
    is_put_away: bool


@dataclass(frozen=True, slots=True)
class CardsReport:
    """Questions as cards for another program.

    Attributes:
        text: of the file.
        cards: how many there are in it.
        decks: in how many decks.
        troubles: why cards are left out, each reason once.
        path: of the file; None where none was written.
    """

    text: str
    cards: int
    decks: int
    troubles: tuple[str, ...]
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class NotesRestored:
    """Notes that were gone, by key; those about lineages by `lineages/` and the name of their file.

    Attributes:
        restored: have their last text again.
        lost: those of which it is not kept.
    """

    restored: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AddReport:
    """What became of the ids asked for, each group in the order asked.

    Attributes:
        waiting: papers known by their ids alone; arXiv could not be asked for the rest.
        why_waiting: why it could not, on a line; empty when none waits.
        missing: ids that arXiv does not know.
        odd: what is wrong with answers about others, each in a line; those papers were not added.
        lineage: the lineage that added and known papers are in now; None when none was named.
        new_lineage: whether that lineage was made by this.
        twins: pairs of keys that may be one paper, the one added first.
    """

    added: tuple[PaperSummary, ...]
    known: tuple[PaperSummary, ...]
    missing: tuple[str, ...]
    lineage: str | None
    new_lineage: bool
    odd: tuple[str, ...] = ()
    waiting: tuple[PaperSummary, ...] = ()
    why_waiting: str = ""
    twins: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Edited:
    """What was said of a paper by hand: by field what was and what is, in words, empty for nothing."""

    key: str
    changes: dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Renamed:
    """A paper that has another key: the one it had, and the keys of other papers whose notes link to it."""

    key: str
    linked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AddedByHand:
    """A paper added by hand.

    Attributes:
        paper: as it is now.
        is_known: whether it was there already.
        filled: fields of one that was there which it lacked.
        twins: pairs of keys that may be one paper, this one first.
        lineage: the one it is in by this; None when none was named.
    """

    paper: PaperSummary
    is_known: bool
    filled: tuple[str, ...]
    twins: tuple[tuple[str, str], ...]
    lineage: str | None


@dataclass(frozen=True, slots=True)
class PapersMerged:
    """Two papers made one.

    Attributes:
        paper: as it is now.
        key: the one that is only another key of it now.
        notes: how many of the two had a note.
        identity: arXiv id and DOI of the one that went, as far as the one that stays has another.
        left_out: links that would have closed a circle, child and parent.
    """

    paper: PaperSummary
    key: str
    notes: int
    identity: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SavedLineages:
    """Lineages as a seeds file.

    Attributes:
        text: of the file.
        beside: how many papers in none of them come along, because others build on them.
        empty: names of lineages that have no papers, which such a file cannot tell.
    """

    text: str
    lineages: int
    papers: int
    beside: int
    empty: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FetchReport:
    """How many papers got their metadata, and the keys of those arXiv does not know.

    Attributes:
        changes: what arXiv says that it did not say before, a line a paper.
        odd: what is wrong with answers about others, each in a line; those are asked for again.
        twins: pairs of keys that turned out to be one paper, perhaps.
    """

    fetched: int
    missing: tuple[str, ...]
    odd: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    twins: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A paper found at arXiv; `held` is what the trail has of it, None if nothing."""

    metadata: Metadata
    held: PaperSummary | None


@dataclass(frozen=True, slots=True)
class SearchReport:
    """What arXiv finds.

    Attributes:
        query: what arXiv was asked.
        total: how many papers there are in all, `results` the first of them.
        odd: what is wrong with further entries, each in a line.
    """

    query: str
    results: tuple[Found, ...]
    total: int
    odd: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SeedReport:
    """What loading a seeds file did.

    Attributes:
        lineages: how many are new, longer or in another order.
        problems: the first rows or cells passed over.
        more_problems: how many more of them there are.
        taken_for: what was understood though it is written otherwise, each in a line.
    """

    path: Path
    added: int
    changed: int
    unchanged: int
    lineages: int
    problems: tuple[SeedProblem, ...]
    more_problems: int = 0
    taken_for: tuple[str, ...] = ()

    def guesses(self) -> list[str]:
        """Return what was understood though it is written otherwise, a line each; of many the first."""
        first = self.taken_for[:MOST_TOLD]
        return _and_more(first, len(self.taken_for) - len(first))

    def troubles(self) -> list[str]:
        """Return what is wrong with rows or cells, a line each; of many the first."""
        return _and_more(map(str, self.problems), self.more_problems)


def _and_more(told: Iterable[str], more: int) -> list[str]:
    return [*told, *([f"… and {more:,} more like these"] if more else [])]


@dataclass(frozen=True, slots=True)
class NoteSaved:
    """A note that is on the disk and in the index.

    Attributes:
        sha256: the version now on the disk, the base of the next save.
        newly_counted: whether this save made the paper count.
    """

    note: NoteState
    sha256: str
    newly_counted: bool


@dataclass(frozen=True, slots=True)
class NoteRestored:
    """A note, or a section of it, as it once was.

    Attributes:
        saved: the note as it is now.
        revision: the text it was taken from.
        section: name of the section, empty for the whole note.
    """

    saved: NoteSaved
    revision: Revision
    section: str = ""


@dataclass(frozen=True, slots=True)
class NoteConverted:
    """A note that was not UTF-8 and now is.

    Attributes:
        encoding: what it was taken for.
        kept: the file with the bytes it had.
        sample: some words that are written otherwise than in ASCII, to see whether it was taken well.
    """

    saved: NoteSaved
    encoding: str
    kept: Path
    sample: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PastGoal:
    """A goal that was set once.

    Attributes:
        dropped: whether this is when it was left, without another one.
        on: the reader's date then.
    """

    goal: Goal
    dropped: bool
    on: date


@dataclass(frozen=True, slots=True)
class SettingValue:
    """A setting and its value of now."""

    setting: Setting[Any]
    value: str

    @property
    def is_default(self) -> bool:
        """Whether it is as it was in the beginning."""
        return self.value == str(self.setting.default)


@dataclass(frozen=True, slots=True)
class PdfHere:
    """A PDF in the trail.

    Attributes:
        key: of its paper.
        path: where it is.
        size: bytes.
        is_new: whether it has just come.
    """

    key: str
    path: Path
    size: int
    is_new: bool

"""Files among the notes that are no paper's note."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class StrayKind(StrEnum):
    """What a Markdown file among the notes is that is no paper's note."""

    COPY = "copy"
    MOVED = "moved"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Stray:
    """A Markdown file among the notes that is no paper's note.

    Attributes:
        kind: a second text of a paper, the only one under another name, or nobody's.
        name: its path within the folder of notes, with `/`; not clean.
        key: of its paper; empty where nobody's.
        why: what tells that it is no note, in a few words.
    """

    kind: StrayKind
    name: str
    key: str
    why: str

    @property
    def is_copy(self) -> bool:
        """Whether its paper has a note besides."""
        return self.kind is StrayKind.COPY


def quiet_words(strays: Sequence[Stray]) -> str:
    """Return the line that tells of files which are second texts of papers, or their moved notes; or ""."""
    copies = sum(stray.kind is StrayKind.COPY for stray in strays)
    moved = sum(stray.kind is StrayKind.MOVED for stray in strays)
    told = []
    if copies:
        told.append("a second text of a paper" if copies == 1 else f"{copies} second texts of papers")
    if moved:
        told.append("a note under another name" if moved == 1 else f"{moved} notes under other names")
    return f"{' and '.join(told)} in notes/: papertrail doctor" if told else ""

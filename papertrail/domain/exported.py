"""What an export did, or would do."""

from enum import StrEnum
from pathlib import Path
from typing import NamedTuple


class Becomes(StrEnum):
    """What becomes of one file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    LEFT = "left alone"
    """It is not papertrail's, or was changed since."""


class OutFile(NamedTuple):
    """One file of an export."""

    path: Path
    becomes: Becomes


class ExportReport(NamedTuple):
    """Files of one export, relative to `folder`.

    Attributes:
        written: new ones, and those that hold another text now.
        kept: files that papertrail made and somebody changed, or did not make at all: left alone.
        unreadable: keys of the papers whose notes cannot be read: their pages are left as they are.
        leading_out: keys of the papers whose notes are links out of the trail: their pages are left, too.
        in_conflict: keys of the papers in whose notes a merge has left its marks.
        replaced: those of the written ones that were there before.
        outlived: files of papers and lineages that are no more, or are called otherwise: they stay, as the
            reader wrote in them.
    """

    folder: Path
    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]
    unreadable: tuple[str, ...] = ()
    in_conflict: tuple[str, ...] = ()
    leading_out: tuple[str, ...] = ()
    replaced: frozenset[str] = frozenset()
    outlived: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[OutFile, ...]:
        """Each file with what becomes of it, in the order of their names."""
        told = {
            **{name: Becomes.CHANGED if name in self.replaced else Becomes.NEW for name in self.written},
            **dict.fromkeys(self.unchanged, Becomes.UNCHANGED),
            **dict.fromkeys(self.removed, Becomes.REMOVED),
            **dict.fromkeys((*self.kept, *self.outlived), Becomes.LEFT),
        }
        return tuple(OutFile(self.folder / name, told[name]) for name in sorted(told))

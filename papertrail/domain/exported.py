"""What an export did."""

from pathlib import Path
from typing import NamedTuple


class ExportReport(NamedTuple):
    """Files of one export, relative to `folder`.

    Attributes:
        kept: files that papertrail made and somebody changed, or did not make at all: left alone.
        unreadable: keys of the papers whose notes cannot be read: their pages are left as they are.
        leading_out: keys of the papers whose notes are links out of the trail: their pages are left, too.
        in_conflict: keys of the papers in whose notes a merge has left its marks.
    """

    folder: Path
    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]
    unreadable: tuple[str, ...] = ()
    in_conflict: tuple[str, ...] = ()
    leading_out: tuple[str, ...] = ()

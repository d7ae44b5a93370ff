"""Files written for others: anywhere but among what is the trail's own."""

import os
from collections.abc import Sequence
from pathlib import Path

from papertrail.domain.errors import BadInput
from papertrail.domain.exported import Becomes, OutFile
from papertrail.domain.text import clean_line
from papertrail.library.trail import Home

PAGES = (".html", ".htm")
"""What a page of HTML may end in."""
TEXTS = (".md", ".markdown", ".txt")
"""What a document of Markdown may end in."""


def file_at(to: Path, name: str, endings: Sequence[str]) -> Path:
    """Return the file that a place means: itself by its ending, else of a name in that folder.

    Args:
        to: the place.
        name: that the file has in a folder.
        endings: that files may have.

    Raises:
        BadInput: it ends as a file of another kind, and is no folder that is there.
    """
    if to.suffix.lower() in endings:
        return to
    if to.suffix and not to.is_dir():
        raise BadInput(
            f"{clean_line(to.name)} does not end in {' or '.join(endings)}",
            "let it end so, or name a folder that is there",
        )
    return to / name


class Outgoing:
    """Files that are given away, and what became of each: of a rehearsal, what would.

    Attributes:
        is_rehearsal: whether nothing is written.
        files: all so far.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self.is_rehearsal = False
        self.files: list[OutFile] = []

    def is_made(self, path: Path, made_from: str) -> bool:
        """Tell whether a file is there as it was written from the same; it is taken down as unchanged then.

        Raises:
            BadInput: as `write`.
            StorageError: as `write`.
        """
        from papertrail.export.writer import is_file_written

        refuse_own(self._home, path)
        if not is_file_written(path, self._home.record_of(path), made_from):
            return False
        self.files.append(OutFile(path, Becomes.UNCHANGED))
        return True

    def write(self, path: Path, text: str, made_from: str = "") -> None:
        """Write a file for others, anywhere but among what is the trail's own.

        Args:
            path: of the file.
            text: what it is to hold.
            made_from: what stands for all that the text follows from, for `is_made`.

        Raises:
            BadInput: it would be a note, or another part of the trail; or there is something else of that
                name, which stays.
            StorageError: it cannot be written.
        """
        from papertrail.export.writer import write_file

        refuse_own(self._home, path)
        record = self._home.record_of(path)
        becomes = write_file(path, text, record, made_from=made_from, only_look=self.is_rehearsal)
        self.files.append(OutFile(path, becomes))


def write_out(home: Home, path: Path, text: str) -> None:
    """Write a file for others, as `Outgoing.write` does."""
    Outgoing(home).write(path, text)


def refuse_own(home: Home, path: Path) -> None:
    """Refuse a file or folder among what is the trail's own.

    Raises:
        BadInput: it would be a note, or another part of the trail.
    """
    real = Path(os.path.realpath(path))
    for own, what in (
        (home.notes, "would be a note"),
        (home.private, "is in papertrail's private folder"),
        (home.seeds, "is the trail's own list of papers"),
        (home.seeds.parent, "is the folder of the trail's own list of papers"),
    ):
        inside = real.parents if own in (home.notes, home.private) else ()
        if Path(os.path.realpath(own)) in (real, *inside):
            raise BadInput(f"{clean_line(str(path))} {what}", "choose another place")

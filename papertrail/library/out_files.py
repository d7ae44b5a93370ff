"""Files written for others: anywhere but among what is the trail's own."""

import os
from pathlib import Path

from papertrail.domain.errors import BadInput
from papertrail.domain.text import clean_line
from papertrail.library.trail import Home


def write_out(home: Home, path: Path, text: str) -> None:
    """Write a file for others, anywhere but among what is the trail's own.

    Raises:
        BadInput: it would be a note, or another part of the trail; or there is something else of that
            name, which stays.
        StorageError: it cannot be written.
    """
    from papertrail.export.writer import write_file

    refuse_own(home, path)
    write_file(path, text, home.record_of(path))


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

"""What is being moved, written down before any file is: a killed program leaves it to the next one."""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from papertrail.disk.leftovers import sweep_leftovers
from papertrail.disk.links import way_out
from papertrail.disk.whole_file import disk_errors, make_private_folder, write_whole


@dataclass(slots=True)
class Move:
    """The files of notes that one operation moves, by their keys.

    Attributes:
        files: versions that stand under a key before or after, but not both: key and sha256.
        rewritten: notes that get another text: key, sha256 of that and of the one there was.
        drafts: unsaved texts that get another key: that which they have, and the other one.
    """

    files: list[tuple[str, str]] = field(default_factory=list)
    rewritten: list[tuple[str, str, str]] = field(default_factory=list)
    drafts: list[tuple[str, str]] = field(default_factory=list)


class Moves:
    """The folder of moves that are under way, one file each.

    Args:
        folder: in the trail's private one; made when it is needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def new_path(self) -> Path:
        """Return where a move is to be written down."""
        return self._folder / f"{os.urandom(8).hex()}.json"

    def keep(self, path: Path, move: Move) -> None:
        """Write a move down, for good, before its files are touched."""
        with disk_errors(path):
            make_private_folder(self._folder.parent, self._folder.name)
            write_whole(path, json.dumps(asdict(move)).encode("utf-8"), 0o600)

    def end(self, path: Path) -> None:
        """Forget a move that is done, or given up."""
        with disk_errors(path, "remove"):
            path.unlink(missing_ok=True)

    def under_way(self) -> Iterator[tuple[Path, Move]]:
        """Give the moves that were begun and not ended; what is none of ours is passed over.

        Of one that was not written down to its end no file was touched.
        """
        if way_out(self._folder, self._folder.parent.parent) is not None:
            return  # nothing there is a move of ours
        sweep_leftovers(self._folder)
        try:
            paths = sorted(path for path in self._folder.iterdir() if path.suffix == ".json")
        except OSError:  # mostly, as there was none yet
            return
        for path in paths:
            with suppress(OSError, ValueError, TypeError):
                yield path, Move(**json.loads(path.read_text(encoding="utf-8")))

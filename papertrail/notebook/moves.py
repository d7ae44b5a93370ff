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
from papertrail.domain.keys import is_valid_key


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
        """Give the moves that were begun and not ended; what tells none is passed over.

        Of one that was not written down to its end no file was touched.
        """
        if self._is_ours():
            sweep_leftovers(self._folder)
        return ((path, move) for path, move in self.all() if move is not None)

    def all(self) -> Iterator[tuple[Path, Move | None]]:
        """Give the files among the moves, and what they tell; None where a disk or a program changed them."""
        try:
            paths = sorted(path for path in self._folder.iterdir() if path.suffix == ".json")
        except OSError:  # mostly, as there was none yet
            return
        for path in paths if self._is_ours() else ():
            with suppress(FileNotFoundError):  # ended meanwhile
                yield path, _move_in(path)

    def _is_ours(self) -> bool:
        return way_out(self._folder, self._folder.parent.parent) is None


def _move_in(path: Path) -> Move | None:
    """Return the move that a file tells, or None."""
    try:
        move = Move(**json.loads(path.read_text(encoding="utf-8")))
        parts = (move.files, 2), (move.rewritten, 3), (move.drafts, 2)
        is_ours = all(_is_part(part, length) for rows, length in parts for part in rows)
    except FileNotFoundError:
        raise
    except (OSError, ValueError, TypeError):
        return None
    keys = [key for key, *_ in (*move.files, *move.rewritten)] if is_ours else []
    keys += [key for pair in move.drafts for key in pair] if is_ours else []
    return move if is_ours and all(map(is_valid_key, keys)) else None


def _is_part(part: object, length: int) -> bool:
    return isinstance(part, list) and len(part) == length and all(isinstance(word, str) for word in part)

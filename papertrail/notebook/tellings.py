"""The files of what was told from memory; `notes/` holds none of them."""

import json
import re
from datetime import datetime
from pathlib import Path

from papertrail.disk.leftovers import sweep_leftovers
from papertrail.disk.links import refuse_way_out
from papertrail.disk.whole_file import (
    disk_errors,
    make_private_folder,
    new_numbered,
    read_file,
    write_whole,
)
from papertrail.domain.tellings import Mark, Unfinished
from papertrail.domain.text import clean, fold
from papertrail.domain.yaml_text import yaml_string

FOLDER = "tellings"
_ABOUT = re.compile(r"<!-- Tell it from memory, below: [^\n]*\npapertrail: (\{.*\}) -->\n\n?")
_HEAD = re.compile(r"---\n.*?\n---\n\n?", re.DOTALL)
_NOT_IN_NAMES = re.compile(r"[\W_]+")
_LONGEST_NAME = 60  # characters; 180 bytes of 255 in scripts that take three for one


class TellingFiles:
    """A file a telling, named by moment and lineage; and one a lineage for what was left before its end."""

    def __init__(self, private: Path) -> None:
        self._private = private
        self._folder = private / FOLDER

    def keep(self, lineage: str, at: datetime, seconds: int, text: str) -> str:
        """Write what was told and return the file's name.

        Args:
            lineage: its name.
            at: the moment, in the reader's zone.
            seconds: that it took.
            text: what was told.

        Raises:
            StorageError: it cannot be written.
        """
        name = _NOT_IN_NAMES.sub("-", fold(lineage)).strip("-")[:_LONGEST_NAME].strip("-") or "lineage"
        head = (
            f"---\nlineage: {yaml_string(clean(lineage))}\ntold: {yaml_string(f'{at:%Y-%m-%d %H:%M}')}\n"
            f"minutes: {seconds / 60:.1f}\n---\n\n"
        )
        path = self._folder / f"{at:%Y-%m-%d-%H%M%S}-{name}.md"
        with disk_errors(path):
            make_private_folder(self._private, FOLDER)
            sweep_leftovers(self._folder)
            data = f"{head}{clean(text).strip()}\n".encode()
            return new_numbered(self._folder, path.stem, data, 0o600).name

    def path(self, name: str) -> Path:
        """Return where a telling's text is; the name may come from a database that somebody else made."""
        return self._folder / Path(name).name

    def read(self, name: str) -> str | None:
        """Return what was told, None when its file is gone.

        Raises:
            StorageError: it cannot be read.
        """
        file = read_file(self.path(name))
        if file is None:
            return None
        text = clean(file.data.decode("utf-8", "replace"))
        head = _HEAD.match(text)
        return text[head.end() if head else 0 :]

    def discard(self, name: str) -> None:
        """Remove a telling's file that no telling is of."""
        with disk_errors(self.path(name), "remove"):
            refuse_way_out(self._folder, self._private.parent)
            self.path(name).unlink(missing_ok=True)

    def keep_unfinished(self, lineage: int, telling: Unfinished, years: str) -> Path:
        """Put aside what is told so far, in place of what was put aside before, and return the file.

        Args:
            lineage: the library's number of it.
            telling: so far.
            years: of its papers, which stand above the text.

        Raises:
            StorageError: it cannot be written.
        """
        path = self._unfinished(lineage)
        about = {"seconds": telling.seconds, "shown": telling.shown, "marks": dict(telling.marks)}
        line = f"<!-- Tell it from memory, below: {years}\npapertrail: {json.dumps(about)} -->\n\n"
        with disk_errors(path):
            make_private_folder(self._private, FOLDER)
            write_whole(path, f"{line}{clean(telling.text)}".encode(), 0o600)
        return path

    def unfinished(self, lineage: int) -> Unfinished | None:
        """Return what was put aside of a lineage; a file whose first line is not ours is all text."""
        file = read_file(self._unfinished(lineage))
        if file is None:
            return None
        text = clean(file.data.decode("utf-8", "replace"))
        line = _ABOUT.match(text)
        if line is None:
            return Unfinished(text)
        rest = text[line.end() :]
        try:
            about = json.loads(line[1])
            marks = {str(key): Mark(mark) for key, mark in about["marks"].items()}
            return Unfinished(rest, max(int(about["seconds"]), 0), tuple(map(str, about["shown"])), marks)
        except (ValueError, KeyError, TypeError, AttributeError):  # changed by another hand
            return Unfinished(rest)

    def discard_unfinished(self, lineage: int) -> None:
        """Forget what was put aside; none is fine."""
        path = self._unfinished(lineage)
        with disk_errors(path, "remove"):
            refuse_way_out(self._folder, self._private.parent)
            path.unlink(missing_ok=True)

    def _unfinished(self, lineage: int) -> Path:
        return self._folder / f"unfinished-{lineage}.md"

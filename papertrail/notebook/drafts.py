"""Unsaved text, kept aside in case an editor does not end well."""

import re
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from papertrail.disk.leftovers import sweep_leftovers
from papertrail.disk.links import refuse_way_out
from papertrail.disk.whole_file import disk_errors, make_private_folder, read_file, write_whole
from papertrail.domain.keys import is_valid_key

_FIRST_LINE = re.compile(rb"<!-- unsaved text of papertrail; made from (none|[0-9a-f]{64}) -->\n")


@dataclass(frozen=True, slots=True)
class Draft:
    """Text that was never saved.

    Attributes:
        base: sha256 of the version it was made from; None when there was no file.
        saved_at: when it was put aside, aware, UTC.
    """

    text: str
    base: str | None
    saved_at: datetime


class Drafts:
    """A folder of drafts, one file a paper; the file's first line names the version it was made from.

    Args:
        private: the trail's private folder.
        kind: the folder among those of notes; notes themselves unless given.
    """

    def __init__(self, private: Path, kind: str = "") -> None:
        self._private = private
        self._name = f"drafts/{kind}".rstrip("/")
        self._folder = private / self._name

    def keep(self, key: str, text: bytes, base: str | None) -> None:
        """Put text aside, in place of an earlier draft."""
        path = self._folder / f"{key}.md"
        with disk_errors(path):
            make_private_folder(self._private, self._name)
            line = f"<!-- unsaved text of papertrail; made from {base or 'none'} -->\n"
            write_whole(path, line.encode("utf-8") + text, 0o600)

    def get(self, key: str) -> Draft | None:
        """Return the draft of a paper; one whose first line is not ours is all text."""
        file = read_file(self._folder / f"{key}.md")
        if file is None:
            return None
        line = _FIRST_LINE.match(file.data)
        base = line[1].decode("ascii") if line else "none"
        text = file.data[line.end() if line else 0 :].decode("utf-8", "replace")
        saved_at = datetime.fromtimestamp(file.status.st_mtime, timezone.utc)
        return Draft(text, None if base == "none" else base, saved_at)

    def discard(self, key: str) -> None:
        """Forget a draft; none is fine."""
        path = self._folder / f"{key}.md"
        with disk_errors(path, "remove"):
            refuse_way_out(self._folder, self._private.parent)
            path.unlink(missing_ok=True)
            sweep_leftovers(self._folder)

    def move(self, key: str, new: str) -> None:
        """Give a draft to another key that has none; none is fine."""
        path, target = (self._folder / f"{one}.md" for one in (key, new))
        with disk_errors(target):
            refuse_way_out(self._folder, self._private.parent)
            if path.exists() and not target.exists():
                path.rename(target)

    def keys(self) -> list[str]:
        """Return the keys that have a draft, sorted."""
        return [name for name in self.names() if is_valid_key(name)]

    def names(self) -> list[str]:
        """Return the names that have a draft, sorted."""
        with disk_errors(self._folder, "read"):
            try:
                names = [path.name for path in self._folder.iterdir()]
            except FileNotFoundError:
                return []
        return sorted(name[:-3] for name in names if name.endswith(".md") and not name.startswith("."))

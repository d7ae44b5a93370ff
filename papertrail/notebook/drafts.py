"""Unsaved text, kept aside in case an editor does not end well."""

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from papertrail.disk.leftovers import sweep_leftovers
from papertrail.disk.links import refuse_way_out
from papertrail.disk.whole_file import beside, disk_errors, make_private_folder, put_in_place, read_file
from papertrail.domain.errors import PapertrailError
from papertrail.notebook.encoding import utf8

_FIRST_LINE = re.compile(rb"<!-- unsaved text of papertrail; made from (none|[0-9a-f]{64}) -->\n")
# Without a window: as earlier versions name them.
_NAME = re.compile(r"(?P<of>[^.~][^~]*)(?:~[0-9a-f]{16})?\.md", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Draft:
    """Text that was never saved.

    Attributes:
        base: sha256 of the version it was made from; None when there was no file.
        saved_at: when it was put aside, aware, UTC.
        path: the file that holds it.
    """

    text: str
    base: str | None
    saved_at: datetime
    path: Path


class Window:
    """One program among those that may put aside words of the same note at once.

    It holds the files it writes by locks of the system, which end with the program however that ends: what
    nobody holds was left. Where the system has no such locks all files look left.
    """

    def __init__(self) -> None:
        self.name = os.urandom(8).hex()
        self._held: dict[Path, int] = {}

    def hold(self, path: Path, descriptor: int) -> None:
        """Hold the file at `path`, which is open as `descriptor`, in place of the one that was there."""
        with suppress(ImportError, OSError):
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            kept, before = os.dup(descriptor), self._held.get(path)
            self._held[path] = kept
            if before is not None:
                os.close(before)

    def let_go(self, path: Path) -> None:
        """Hold a file no longer; one that is not held is fine."""
        if (descriptor := self._held.pop(path, None)) is not None:
            os.close(descriptor)

    def let_go_of_all(self) -> None:
        """Hold nothing any more."""
        for path in list(self._held):
            self.let_go(path)


def _is_held(path: Path) -> bool:
    """Tell whether some window holds a file."""
    try:
        import fcntl

        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (ImportError, OSError):
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return False


class Drafts:
    """A folder of drafts, a file for each name and window; its first line names the version it was made from.

    Args:
        private: the trail's private folder.
        kind: the folder among those of notes; notes themselves unless given.
        window: who writes them.
    """

    def __init__(self, private: Path, kind: str, window: Window) -> None:
        self._private = private
        self._name = f"drafts/{kind}".rstrip("/")
        self._folder = private / self._name
        self._window = window

    def _own(self, name: str) -> Path:
        return self._folder / f"{name}~{self._window.name}.md"

    def keep(self, name: str, text: str, base: str | None) -> None:
        """Put text aside, in place of an earlier draft of this window."""
        path = self._own(name)
        with disk_errors(path):
            make_private_folder(self._private, self._name)
            line = f"<!-- unsaved text of papertrail; made from {base or 'none'} -->\n"
            with beside(path, 0o600) as written:
                written.file.write(utf8(line + text))
                self._window.hold(path, written.file.fileno())
                put_in_place(written, path)

    def left(self, name: str) -> list[Draft]:
        """Return the drafts of this window and those whose windows are gone: its own, then the newest."""
        own, found = self._own(name), []
        for path in self._files(name):
            if (path == own or not _is_held(path)) and (draft := _read(path)) is not None:
                found.append(draft)
        return sorted(found, key=lambda draft: (draft.path == own, draft.saved_at, draft.path), reverse=True)

    def take(self, name: str, saved: str | None = None) -> Draft | None:
        """Return the first of those left that is not `saved`; from now on it is this window's."""
        own = self._own(name)
        for draft in self.left(name):
            if draft.text == saved:
                with suppress(OSError):
                    draft.path.unlink(missing_ok=True)
                continue
            with suppress(OSError, PapertrailError):  # where it is only to be read, it is shown all the same
                refuse_way_out(self._folder, self._private.parent)
                try:
                    draft.path.rename(own)
                except FileNotFoundError:  # another window has just taken it
                    continue
                descriptor = os.open(own, os.O_RDWR | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOFOLLOW)
                try:
                    self._window.hold(own, descriptor)
                finally:
                    os.close(descriptor)
            return draft
        return None

    def discard(self, name: str) -> None:
        """Forget the draft of this window; none is fine."""
        path = self._own(name)
        with disk_errors(path, "remove"):
            refuse_way_out(self._folder, self._private.parent)
            path.unlink(missing_ok=True)
            sweep_leftovers(self._folder)
        self._window.let_go(path)

    def let_go(self, name: str) -> None:
        """Leave the draft of this window to whoever looks for it next."""
        self._window.let_go(self._own(name))

    def move(self, name: str, new: str) -> None:
        """Give all drafts to another name, but for windows that have one of it; none is fine."""
        for path in self._files(name):
            target = path.with_name(f"{new}{path.name[len(name) :]}")
            with disk_errors(target):
                refuse_way_out(self._folder, self._private.parent)
                if not target.exists():
                    path.rename(target)

    def has(self, name: str) -> bool:
        """Tell whether there is a draft, of whatever window."""
        return bool(self._files(name))

    def names(self) -> list[str]:
        """Return the names that have a draft which was left, sorted."""
        own = f"~{self._window.name}.md"
        left = (path for path in self._files() if path.name.endswith(own) or not _is_held(path))
        return sorted({match["of"] for path in left if (match := _NAME.fullmatch(path.name))})

    def _files(self, name: str = "") -> list[Path]:
        with disk_errors(self._folder, "read"):
            try:
                names = os.listdir(self._folder)  # noqa: PTH208 names are all that is wanted
            except FileNotFoundError:
                return []
        found = ((one, _NAME.fullmatch(one)) for one in names)
        return [self._folder / one for one, match in found if match and name in ("", match["of"])]


def _read(path: Path) -> Draft | None:
    """Return what a file holds; one whose first line is not ours is all text."""
    file = read_file(path)
    if file is None:
        return None
    line = _FIRST_LINE.match(file.data)
    base = line[1].decode("ascii") if line else "none"
    text = file.data[line.end() if line else 0 :].decode("utf-8", "replace")
    saved_at = datetime.fromtimestamp(file.status.st_mtime, timezone.utc)
    return Draft(text, None if base == "none" else base, saved_at, path)

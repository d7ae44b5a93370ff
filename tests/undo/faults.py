"""A disk that fails at the n-th thing that is written, under every use case that writes."""

import builtins
import errno
import io
import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from papertrail.domain.errors import PapertrailError, StorageError
from papertrail.library import Home, Library
from papertrail.store.telling import TellingCursor
from tests.trails import NOTE, small_trail
from tests.undo.cases import CASES, open_trail, snapshot

CODES = (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EDQUOT)
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "BEGIN", "COMMIT", "WITH", "CREATE")
CALLS = ("write", "fsync", "link", "rename", "replace", "mkdir", "unlink", "truncate", "pwrite", "writev")
_NAMES = {errno.ENOSPC: "SQLITE_FULL", errno.EDQUOT: "SQLITE_FULL", errno.EIO: "SQLITE_IOERR_WRITE"}


class Disk:
    """Counts what is written and fails at one of them, or from there on.

    Args:
        at: the number of the first that fails; none does below 0.
        code: what the system says.
        for_good: whether all fail that come after it, as on a full disk.
    """

    def __init__(self, at: int, code: int, *, for_good: bool) -> None:
        self.written = 0
        self._at, self._code, self._for_good = at, code, for_good

    def _fails(self) -> bool:
        self.written += 1
        number = self.written - 1
        return number == self._at or (self._for_good and 0 <= self._at < number)

    def call(self, real: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Do what the system is asked for, or fail."""
        if self._fails():
            raise OSError(self._code, os.strerror(self._code), str(args[0]) if args else None)
        return real(*args, **kwargs)

    def open_descriptor(
        self, real: Callable[..., int], path: Any, flags: int, *args: Any, **kwargs: Any
    ) -> int:
        """Open a file as `os.open` does."""
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) and self._fails():
            raise OSError(self._code, os.strerror(self._code), str(path))
        return real(path, flags, *args, **kwargs)

    def open_file(
        self, real: Callable[..., Any], file: Any, mode: str = "r", *args: Any, **kwargs: Any
    ) -> Any:
        """Open a file as `open` does."""
        if not mode.startswith("r") or "+" in mode:
            return self.call(real, file, mode, *args, **kwargs)
        return real(file, mode, *args, **kwargs)

    def execute(self, real: Callable[..., Any], cursor: TellingCursor, sql: str, *args: Any) -> Any:
        """Run a statement; where it fails at the end of a transaction, SQLite may have rolled back by then."""
        word = sql.split(None, 1)[0].upper()
        if word in WRITES and self._fails():
            if word == "COMMIT" and self._at % 2:
                real(cursor, "ROLLBACK")
            error = sqlite3.OperationalError("the disk failed")
            error.sqlite_errorname = _NAMES.get(self._code, "SQLITE_READONLY")
            raise cursor.connection.told(error) from error
        return real(cursor, sql, *args)

    @contextmanager
    def used(self) -> Iterator[None]:
        """Have all that is written go through here."""
        with ExitStack() as patches:
            for name in CALLS:
                if hasattr(os, name):
                    patches.enter_context(patch.object(os, name, partial(self.call, getattr(os, name))))
            patches.enter_context(patch.object(os, "open", partial(self.open_descriptor, os.open)))
            for module in (io, builtins):
                patches.enter_context(patch.object(module, "open", partial(self.open_file, open)))
            for method in ("execute", "executemany"):
                real = getattr(TellingCursor, method)
                wrapper = partial(self.execute, real)
                patches.enter_context(patch.object(TellingCursor, method, _as_method(wrapper)))
            yield


def _as_method(call: Callable[..., Any]) -> Callable[..., Any]:
    def method(cursor: TellingCursor, *args: Any) -> Any:
        return call(cursor, *args)

    return method


def lived_in(root: Path) -> Path:
    """Return a trail in which every use case finds something to do."""
    home = small_trail(root)
    with open_trail(home, "cli") as library:
        library.notes.save("rcnn", NOTE, None)
        library.notes.save("adam", f"{NOTE}\nQ: Why?\nA: Because.\n", None)
        for case, seed in (("statuses.set", 1), ("tags.change", 2), ("views.save", 3), ("tellings.tell", 4)):
            _tried(library, case, seed)
    return root


def _tried(library: Library, case: str, seed: int) -> PapertrailError | None:
    """Do what a case does; return why it was refused."""
    try:
        CASES[case](library, Random(seed))
    except PapertrailError as error:
        return error
    except IndexError:  # there is nothing to choose from
        pass
    return None


def number_of_writes(trail: Path, folder: Path, case: str, seed: int) -> int:
    """Return how often a case writes on a disk that is well."""
    disk = Disk(-1, 0, for_good=False)
    with open_trail(_copy(trail, folder), "cli") as library, disk.used():
        _tried(library, case, seed)
    return disk.written


def fail_at(trail: Path, folder: Path, case: str, seed: int, at: int) -> str:
    """Let the disk fail under a case; check what is left, and that all goes on; return what came of it.

    Raises:
        AssertionError: something is lost or torn, or the error is none of papertrail's.
    """
    code, for_good = CODES[(seed + at) % len(CODES)], bool((seed + at) // len(CODES) % 2)
    where = f"{case} {seed} at {at}: {errno.errorcode[code]}{' for good' if for_good else ''}"
    home = _copy(trail, folder)
    before = snapshot(home.root)
    disk = Disk(at, code, for_good=for_good)
    with open_trail(home, "cli") as library:
        with disk.used():
            refused = _tried(library, case, seed)
            papers = [paper.key for paper in library.papers.each()]  # reading goes on
            assert papers, where
        assert refused is None or (str(refused) and "\n" not in str(refused)), where
    with open_trail(home, "cli") as library:  # on a disk that is well again
        snapshot(home.root)
        _nothing_is_lost(library, before, where)
        _tried(library, case, seed)
        library.settings.set("next-depth", "2")
    snapshot(home.root)
    if refused is None:
        return "done all the same"
    return "refused, exit 5" if isinstance(refused, StorageError) else "refused otherwise"


def _nothing_is_lost(library: Library, before: dict[str, object], where: str) -> None:
    """Check that every text of a note that was there stands there still, or in the history."""
    texts, notebook = before["files"], library._trail.notebook
    assert isinstance(texts, dict), where
    now = {path.read_bytes() for path in library.home.notes.glob("*.md")}
    for name, text in texts.items():
        if text not in now and name != "README.md":
            kept = notebook.version_kept(name.removesuffix(".md"), sha256(text).hexdigest())
            assert kept == text, f"{where}: {name} is lost"


def _copy(trail: Path, folder: Path) -> Home:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(trail, folder)
    return Home(folder)


def fail_often(folder: Path, seeds: int, each: int | None, cases: Iterable[str] = CASES) -> Counter[str]:
    """Let the disk fail under every case; return how often what came of it.

    Args:
        folder: empty.
        seeds: how many ways of each case.
        each: at so many writes of each, by chance; at every one where None.
        cases: names of the cases.
    """
    trail, counted = lived_in(folder / "trail"), Counter[str]()
    for case in cases:
        for seed in range(seeds):
            number = number_of_writes(trail, folder / "copy", case, seed)
            places = list(range(number))
            if each is not None:
                places = Random(f"{case} {seed}").sample(places, min(each, number))
            for at in places:
                counted[fail_at(trail, folder / "copy", case, seed, at)] += 1
    return counted

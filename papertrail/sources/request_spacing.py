"""Keeps requests to arXiv apart: one at a time, seconds between them, across all processes of one reader.

arXiv's terms allow one request every three seconds and one connection at a time, over everything a reader
runs; https://info.arxiv.org/help/api/tou.html.
"""

import contextlib
import math
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from papertrail.disk.leftovers import sweep_leftovers
from papertrail.disk.whole_file import write_whole
from papertrail.domain.errors import StorageError
from papertrail.sources.patience import Patience

_QUIET_SECONDS = 2.0
_QUIET_DELAY = 5.0  # what is usual between two requests is not worth a line
_BETWEEN_LOOKS = 0.05


class RequestSpacing:
    """Gives out turns: a turn begins `delay` seconds after the end of the last one, in whatever process.

    The moment of the last request is kept in a small file, and a lock beside it is held for the whole turn,
    but never while waiting for one: nobody is shut out for longer than one request may take.

    Args:
        folder: where both files are kept; the folder for temporary files is used when it cannot be written.
        delay: seconds between the end of one request and the start of the next.
        patience: how long turns are waited for.
        say: told what is waited for, a line at a time.
    """

    def __init__(self, folder: Path, delay: float, *, patience: Patience, say: Callable[[str], None]) -> None:
        self.delay = delay
        self._folder = folder
        self._patience = patience
        self._say = say

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until a request may be made, and keep all others away until the block is left.

        Raises:
            OutOfPatience: other processes took turns for as long as the reader wants to wait.
            StorageError: there is nowhere to keep the lock.
        """
        waited_for = None
        while True:
            lock, record = self._acquire()
            try:
                last, seconds = self._last(record)
                if seconds <= 0 or last == waited_for:  # nobody took a turn meanwhile
                    self._note(record)  # a process killed in the middle of its request has made one
                    try:
                        yield
                    finally:
                        self._note(record)
                    return
            finally:
                lock.release()
            if seconds > _QUIET_DELAY:
                self._say(self._patience.told(f"waiting {seconds:.0f} s before arXiv is asked again"))
            self._patience.pause(seconds)
            waited_for = last

    def _acquire(self) -> tuple[BaseFileLock, Path]:
        """Take the lock in the first folder that can be written; return it and the file of the last time."""
        try:
            return self._lock_in(self._folder)
        except (OSError, NotImplementedError):
            try:
                return self._lock_in(_temporary_folder())
            except (OSError, NotImplementedError) as error:
                raise StorageError(
                    f"cannot write {self._folder}, where the time of the last request to arXiv is kept",
                    "make that folder writable",
                ) from error

    def _lock_in(self, folder: Path) -> tuple[BaseFileLock, Path]:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(folder / "arxiv.lock", mode=0o600)
        waited = 0.0
        while True:
            try:
                lock.acquire(blocking=False)
            except Timeout:
                if waited < _QUIET_SECONDS <= waited + _BETWEEN_LOOKS:
                    self._say(self._patience.told("another papertrail is asking arXiv: waiting for it"))
                waited += _BETWEEN_LOOKS
                if self._patience.left < _BETWEEN_LOOKS:
                    raise self._patience.over(
                        f"another papertrail asks arXiv, for more than {self._patience.seconds:g} s",
                        "try again when it is done",
                    ) from None
                self._patience.pause(_BETWEEN_LOOKS)  # not the lock's own waiting, which nothing can stop
            else:
                return lock, folder / "arxiv-last-request"

    def _last(self, record: Path) -> tuple[str, float]:
        """Return what is kept of the last request, and how long to wait for its sake.

        That is never more than the delay, whatever the clock did or the file holds.
        """
        try:
            text = record.read_text(encoding="latin-1")
        except FileNotFoundError:
            return "", 0.0
        except OSError:
            return "", self.delay
        try:
            left = float(text) + self.delay - time.time()
        except ValueError:  # half written: somebody was asking a moment ago
            return text, self.delay
        return text, min(max(left, 0.0), self.delay) if math.isfinite(left) else self.delay

    def _note(self, record: Path) -> None:
        """Keep the present moment as that of the last request; a full disk is no reason not to ask."""
        with contextlib.suppress(OSError):
            write_whole(record, f"{time.time():.6f}\n".encode("ascii"), 0o600, durable=False)
            sweep_leftovers(record.parent, record.name)


def _temporary_folder() -> Path:
    """Return a folder of the reader's own for temporary files; one that somebody else made is refused."""
    if not hasattr(os, "getuid"):  # Windows: every user has a folder of their own
        return Path(tempfile.gettempdir()) / "papertrail"
    folder = Path(tempfile.gettempdir()) / f"papertrail-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():
        raise PermissionError(f"{folder} belongs to somebody else")
    return folder

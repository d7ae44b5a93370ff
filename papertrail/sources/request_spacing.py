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

from papertrail.domain.errors import Busy, StorageError

_QUIET_SECONDS = 2.0


class RequestSpacing:
    """Gives out turns: a turn begins `delay` seconds after the end of the last one, in whatever process.

    The moment of the last request is kept in a small file, and a lock beside it is held for the whole turn.

    Args:
        folder: where both files are kept; the folder for temporary files is used when it cannot be written.
        delay: seconds between the end of one request and the start of the next.
        patience: seconds to wait for another process to end its turn.
        say: told when another process is in the way, in one line.
        pause: waits so many seconds; an exception it raises ends the turn.
    """

    def __init__(
        self,
        folder: Path,
        delay: float,
        *,
        patience: float = 120.0,
        say: Callable[[str], None],
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.delay = delay
        self._folder = folder
        self._patience = patience
        self._say = say
        self._pause = pause

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until a request may be made, and keep all others away until the block is left.

        Raises:
            Busy: another process did not end its turn in time.
            StorageError: there is nowhere to keep the lock.
        """
        lock, record = self._acquire()
        try:
            if (seconds := self._seconds_left(record)) > 0:
                self._pause(seconds)
            self._note(record)  # a process killed in the middle of its request has made one
            try:
                yield
            finally:
                self._note(record)
        finally:
            lock.release()

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
        lock = FileLock(folder / "arxiv.lock")
        try:
            try:
                lock.acquire(timeout=min(_QUIET_SECONDS, self._patience))
            except Timeout:
                self._say("another papertrail is asking arXiv: waiting for it")
                lock.acquire(timeout=max(self._patience - _QUIET_SECONDS, 0))
        except Timeout as error:
            raise Busy(
                f"another papertrail has been asking arXiv for more than {self._patience:g} s",
                "try again when it is done",
            ) from error
        return lock, folder / "arxiv-last-request"

    def _seconds_left(self, record: Path) -> float:
        """Return how long to wait: never more than the delay, whatever the clock did or the file holds."""
        try:
            last = float(record.read_text(encoding="ascii"))
        except FileNotFoundError:
            return 0.0
        except (OSError, ValueError):  # half written: somebody was asking a moment ago
            return self.delay
        left = last + self.delay - time.time()
        return min(max(left, 0.0), self.delay) if math.isfinite(left) else self.delay

    def _note(self, record: Path) -> None:
        """Keep the present moment as that of the last request; a full disk is no reason not to ask."""
        with contextlib.suppress(OSError):
            record.write_text(f"{time.time():.6f}\n", encoding="ascii")


def _temporary_folder() -> Path:
    """Return a folder of the reader's own for temporary files; one that somebody else made is refused."""
    if not hasattr(os, "getuid"):  # Windows: every user has a folder of their own
        return Path(tempfile.gettempdir()) / "papertrail"
    folder = Path(tempfile.gettempdir()) / f"papertrail-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():
        raise PermissionError(f"{folder} belongs to somebody else")
    return folder

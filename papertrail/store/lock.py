"""The lock that one writer holds among all processes and threads of a trail."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from papertrail.domain.errors import Busy

_PAUSE = 0.004  # seconds between two tries; a write takes about as long


@contextmanager
def write_lock(path: Path, seconds: float) -> Iterator[None]:
    """Hold the lock of `path`, which the system gives back when the process ends, however it ends.

    Importing filelock costs 20 ms of processor time, half of a whole daily command, so it is used only
    where there is no `flock`.

    Raises:
        Busy: another writer kept the lock for `seconds`.
        StorageError: there is no room for its file, or it cannot be written.
    """
    try:
        import fcntl
    except ImportError:
        from filelock import FileLock, Timeout

        try:
            with FileLock(path, timeout=seconds, mode=0o600):
                yield
        except Timeout as error:
            raise _busy() from error
        return
    descriptor = _opened(path)
    try:
        deadline = time.monotonic() + seconds
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() > deadline:
                    raise _busy() from error
                time.sleep(_PAUSE)
        yield
    finally:
        os.close(descriptor)


def _opened(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        from papertrail.domain.disk_words import told_of_disk

        raise told_of_disk(error, path) from error


def _busy() -> Busy:
    return Busy("another papertrail is writing to this trail", "try again in a moment")

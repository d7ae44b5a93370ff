"""Work that a process of its own does beside this one, where that can be had without starting anew."""

import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

_Told = TypeVar("_Told")


@contextmanager
def beside(work: Callable[[], _Told]) -> Iterator[Callable[[], _Told | None]]:
    """Begin a work in a copy of this process; give what waits for what it tells: None if it came to nothing.

    Nothing is begun where a process cannot be copied, or has threads, of which a copy would have none.
    Files of SQLite's that are open here must not be touched by the work: a copy does not have their locks.
    """
    if not hasattr(os, "fork") or threading.active_count() > 1:
        yield lambda: None
        return
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _tell(work, reading, writing)
    os.close(writing)
    told = b""

    def outcome() -> _Told | None:
        nonlocal told
        while part := os.read(reading, 1 << 16):
            told += part
        # Whatever happened to the child, what it told is whole or does not end so.
        return pickle.loads(told[:-1]) if told.endswith(_DONE) else None

    try:
        yield outcome
    finally:
        os.close(reading)
        os.kill(child, signal.SIGKILL)  # it has nothing to lose, and is mostly gone
        os.waitpid(child, 0)


_DONE = b"!"


def _tell(work: Callable[[], object], reading: int, writing: int) -> None:
    """Do the work, tell what came of it, and end without anything else that an end would do."""
    try:
        os.close(reading)
        with os.fdopen(writing, "wb") as file:
            file.write(pickle.dumps(work()) + _DONE)
    finally:
        os._exit(0)

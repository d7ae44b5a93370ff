"""The moment by which a whole request must be over, kept by a second thread.

Timeouts of sockets begin anew with each byte: a server that sends one a second is never late. Here the
connection itself is cut when the time is up, in whatever line of the reply that is.
"""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self


class Deadline:
    """Cuts what it was told of after so many seconds, unless the block has been left.

    Args:
        seconds: from the entrance of the block on.

    Attributes:
        passed: whether the time was up.
    """

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._cuts: list[Callable[[], object]] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(max(seconds, 0.0), self._pass)
        self._timer.daemon = True
        self._timer.name = "deadline"

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            self._cuts.clear()

    def cut(self, how: Callable[[], object]) -> None:
        """Have this called when the time is up; at once if it is."""
        with self._lock:
            self._cuts.append(how)
        if self.passed:
            _call(how)

    def _pass(self) -> None:
        with self._lock:
            self.passed = True
            cuts = tuple(self._cuts)
        for how in cuts:
            _call(how)


def hang_up(connection: Any) -> None:
    """End a connection of urllib3's from another thread, so that whoever reads from it sees its end."""
    sock = getattr(connection, "sock", None)
    if isinstance(sock, socket.socket):
        # Not the method of a TLS socket: that one takes the encryption away under the reader.
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _call(how: Callable[[], object]) -> None:
    with suppress(OSError, ValueError, RuntimeError):  # it is closed already
        how()

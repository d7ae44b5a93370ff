"""How long the reader is willing to wait for the network, in all: pauses and requests take from it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from papertrail.domain.errors import OutOfPatience

FOREGROUND = 30.0  # seconds; nobody sits before a prompt for longer without having said so
PATIENT = 3600.0


class Patience:
    """A number of seconds to wait, and what waiting means here.

    Args:
        seconds: in all.
        stop: says how the reader can stop it, as in `ctrl+c stops`; empty when there is nobody to tell.
        more: says how to wait for longer, as in `--patient waits`; empty when it cannot be.
        pause: waits so many seconds; an exception it raises ends the waiting.

    Attributes:
        seconds: in all.
        left: how many of them are left.
    """

    def __init__(
        self,
        seconds: float = PATIENT,
        *,
        stop: str = "",
        more: str = "",
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.seconds = seconds
        self.left = seconds
        self._stop = stop
        self._more = more
        self._pause = pause

    def pause(self, seconds: float) -> None:
        """Wait; where that is more than is left, do not even begin.

        Raises:
            OutOfPatience: it is.
        """
        if seconds > self.left:
            raise self.over()
        self._pause(seconds)
        self.left -= seconds

    @contextmanager
    def spent(self) -> Iterator[None]:
        """Take the time that the block takes from what is left."""
        began = time.monotonic()
        try:
            yield
        finally:
            self.left = max(self.left - (time.monotonic() - began), 0.0)

    def over(self, cause: str = "", remedy: str = "") -> OutOfPatience:
        """Return the error that says so.

        Args:
            cause: what is waited for; the time that was waited unless given.
            remedy: what helps besides waiting for longer.
        """
        cause = cause or f"arXiv would have to be waited for longer than {self.seconds:g} s in all"
        return OutOfPatience(
            cause, "; ".join(part for part in (remedy or "try again later", self._more) if part)
        )

    def told(self, what: str) -> str:
        """Return a line about waiting that says how to stop it."""
        return f"{what}; {self._stop}" if self._stop else what

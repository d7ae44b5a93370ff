"""Unsaved words, put aside while they are typed: beside the screen, in order, whatever the typing."""

from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from threading import Condition, Lock, Thread
from typing import Any

from textual.message import Message
from textual.screen import Screen

from papertrail.domain.errors import PapertrailError
from papertrail.domain.text import clean_line

EVERY = 1.0  # seconds from a new word until it is put aside: half of what may be lost, the rest is the disk's
PATIENCE = 2.0  # seconds to wait for a disk that has not answered yet


class DraftTold(Message):
    """What is unsaved was put aside.

    Attributes:
        trouble: why it could not be; empty when it was.
    """

    def __init__(self, trouble: str) -> None:
        super().__init__()
        self.trouble = trouble


class Drafting:
    """Carries out the newest of the steps it is offered, each `EVERY` seconds, in a thread of its own.

    A step puts aside what is unsaved at that moment, or forgets what is no more. No key waits for one, and
    neither a busy screen nor typing without a pause holds one up.

    Args:
        screen: where the words are typed; it is told with `DraftTold`.
    """

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen
        self._offered = Condition()
        self._next: Callable[[], None] | None = None
        self._is_over = False
        self._thread: Thread | None = None
        self._at_work = Lock()

    def offer(self, step: Callable[[], None]) -> None:
        """Have a step carried out in place of the one that waits."""
        with self._offered:
            self._next = step
            if self._thread is None:
                run = copy_context().run
                self._thread = Thread(target=run, args=(self._run,), name="drafts", daemon=True)
                self._thread.start()
            self._offered.notify()

    def forget(self) -> None:
        """Carry out nothing that was offered; return when the step under way has ended."""
        self.now(lambda: None)

    def now(self, step: Callable[[], None]) -> None:
        """Carry out a step at once, in place of what waits and after the one under way.

        Raises:
            PapertrailError: what the step raises.
        """
        with self._offered:
            self._next = None
        is_free = self._at_work.acquire(timeout=PATIENCE)
        try:
            step()
        finally:
            if is_free:
                self._at_work.release()

    def end(self) -> None:
        """Carry out nothing any more."""
        with self._offered:
            self._is_over, self._next = True, None
            self._offered.notify()

    def _run(self) -> None:
        while True:
            with self._offered:
                self._offered.wait_for(lambda: self._is_over or self._next is not None)
                if self._offered.wait_for(lambda: self._is_over, EVERY):
                    return
            with self._at_work:
                with self._offered:
                    step, self._next = self._next, None
                trouble = None if step is None else _trouble_of(step)
            if trouble is not None:
                with suppress(RuntimeError):  # the program has ended, and its loop with it
                    self._screen.post_message(DraftTold(trouble))


def _trouble_of(step: Callable[[], None]) -> str:
    """Carry out a step; return what must be done so that it succeeds, nothing when it did."""
    try:
        step()
    except PapertrailError as error:
        return clean_line(error.remedy or error.cause)
    except Exception as error:  # whatever it is, the next words may fare better
        return clean_line(str(error)) or type(error).__name__
    return ""

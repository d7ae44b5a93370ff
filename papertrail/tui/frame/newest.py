"""Answers beside the screen, of which only the one to the newest question is shown."""

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from textual.message import Message
from textual.screen import Screen

from papertrail.domain.errors import PapertrailError
from papertrail.tui.frame.background import UseCaseFailed, WorkTold, in_thread

Shown: TypeAlias = Callable[[], None]
"""Shows an answer, or part of one."""
Work: TypeAlias = Callable[[], Iterator[Shown]]
"""Looks for an answer in a thread, and gives what shows each part of it as it is found."""


class NewestOnly:
    """Looks for one answer at a time; of what is asked meanwhile only the last question is answered.

    A thread cannot be stopped: one for each letter typed would have them all look at once, and an early
    answer come last.

    Args:
        screen: where answers are shown.
        group: names the workers.
    """

    def __init__(self, screen: Screen[Any], group: str) -> None:
        self._screen = screen
        self._group = group
        self._number = 0  # of the newest question
        self._work: Work | None = None
        self._is_at_work = False

    @property
    def is_waited_for(self) -> bool:
        """Whether the newest question is not answered as a whole yet."""
        return self._work is not None

    def ask(self, work: Work) -> None:
        """Look for an answer; those to earlier questions are not shown any more."""
        self._number += 1
        self._work = work
        if not self._is_at_work:
            self._begin()

    def forget(self) -> None:
        """Show no answer to what was asked."""
        self._number += 1
        self._work = None

    def _begin(self) -> None:
        assert self._work is not None
        number, work = self._number, self._work
        self._is_at_work = True

        def look() -> Message:
            try:
                for shown in work():
                    self._screen.post_message(WorkTold(lambda shown=shown: self._show(number, shown)))  # type: ignore[misc]
                    if number != self._number:
                        break
            except PapertrailError as error:
                failed = UseCaseFailed(error)
                self._screen.post_message(WorkTold(lambda: self._fail(number, failed)))
            return WorkTold(lambda: self._end(number))

        in_thread(self._screen, look, group=self._group, exclusive=False)

    def _show(self, number: int, shown: Shown) -> None:
        if number == self._number:
            shown()

    def _fail(self, number: int, failed: UseCaseFailed) -> None:
        if number == self._number:
            self._screen.post_message(failed)

    def _end(self, number: int) -> None:
        self._is_at_work = False
        if number == self._number:
            self._work = None
        elif self._work is not None:
            self._begin()

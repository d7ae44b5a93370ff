"""Work that must not hold up the screen: one library call in a thread, then one message."""

from collections.abc import Callable
from typing import Any

from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker, get_current_worker

from papertrail.domain.errors import PapertrailError


class UseCaseFailed(Message):
    """A use case ended with one of papertrail's errors; everything is as it was."""

    def __init__(self, error: PapertrailError) -> None:
        super().__init__()
        self.error = error


def in_thread(
    screen: Screen[Any], work: Callable[[], Message | None], *, group: str, exclusive: bool = True
) -> Worker[None]:
    """Run `work` in a thread and post the message it returns, unless it was cancelled meanwhile.

    Args:
        screen: where the message goes.
        work: calls the library; a PapertrailError becomes `UseCaseFailed`.
        group: names workers of one kind.
        exclusive: whether a newer one of the group makes this one's result void.
    """

    def run() -> None:
        message: Message | None
        try:
            message = work()
        except PapertrailError as error:
            message = UseCaseFailed(error)
        if message is not None and not get_current_worker().is_cancelled:
            screen.post_message(message)

    return screen.run_worker(run, thread=True, group=group, exclusive=exclusive)

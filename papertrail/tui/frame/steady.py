"""Screens that outlive what the library refuses them: it is told, and the program goes on.

Textual ends the loop of messages of whatever raises an error in a handler, and the program with it.
"""

from typing import TYPE_CHECKING

from textual.events import Mount
from textual.message import Message
from textual.message_pump import CallbackError, MessagePump
from textual.screen import Screen
from textual.worker import WorkerFailed

from papertrail.domain.errors import PapertrailError, StorageError
from papertrail.tui.frame.background import UseCaseFailed, WorkTold

if TYPE_CHECKING:
    _Pump = MessagePump
else:
    _Pump = object


def failure_of(error: BaseException | None) -> PapertrailError | None:
    """Return what an error of a handler, a timer or a thread is to the reader; None for a fault of ours."""
    if isinstance(error, WorkerFailed):
        return failure_of(error.error)
    if isinstance(error, CallbackError):
        return failure_of(error.__context__)
    if isinstance(error, PapertrailError):
        return error
    if isinstance(error, OSError):
        from papertrail.domain.disk_words import told_of_disk

        return told_of_disk(error)
    if type(error).__module__ == "sqlite3":
        return StorageError(f"the database cannot be used ({error})", "see: papertrail doctor")
    return None


def unexpected(error: Exception) -> PapertrailError:
    """Return a fault of the program as one line."""
    return PapertrailError(
        f"unexpected {type(error).__name__} ({error})",
        "what was unsaved is kept as a draft; run it again with PAPERTRAIL_DEBUG=1 and report what it says",
    )


class Steady(_Pump):
    """Tells what the library refuses a handler, and goes on; a screen that cannot begin goes away.

    What work beside it has to tell is done there.
    """

    def on_work_told(self, message: WorkTold) -> None:
        """Do what is to be done about it."""
        message.stop()
        message.then()

    async def _on_message(self, message: Message) -> None:
        try:
            await super()._on_message(message)
        except Exception as error:
            failure = failure_of(error)
            if failure is None:
                raise
            begins = isinstance(self, Screen) and isinstance(message, Mount)
            (self.app if begins else self).post_message(UseCaseFailed(failure))
            if begins and isinstance(self, Screen) and self.is_current and len(self.app.screen_stack) > 1:
                self.dismiss(None)

"""The part of the program that outlives what goes wrong in it."""

import asyncio
import os
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import App
from textual.dom import DOMNode
from textual.widget import Widget

from papertrail.domain.clock import Clock
from papertrail.domain.errors import PapertrailError
from papertrail.library import Home, Library
from papertrail.tui.frame.background import UseCaseFailed
from papertrail.tui.frame.message_line import tell
from papertrail.tui.frame.signals import keep_drafts
from papertrail.tui.frame.steady import Steady, failure_of, unexpected
from papertrail.tui.widgets.data_text import say
from papertrail.tui.widgets.drawing import draw_quickly

if TYPE_CHECKING:
    from papertrail.tui.frame.broken import BrokenTrail


class SteadyApp(Steady, App[int]):
    """Tells what the library refuses, goes on without a database, and ends in order for a fault of its own.

    Attributes:
        home: where the trail is.
        clock: gives the present moment.
        library: the trail, once it is open.
        failure: what the program ended for, told when the terminal is the shell's again.
    """

    home: Home
    clock: Clock
    library: Library | None = None

    def __init__(self) -> None:
        super().__init__()
        self.failure: PapertrailError | None = None
        self._broken: BrokenTrail | None = None  # made when the database cannot be used

    def open_again(self) -> None:
        """Open the trail once more, which could not be opened at first."""
        raise NotImplementedError

    def look_for_news(self) -> None:
        """Look whether the trail has changed, or its database can be used again."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Say nothing over the screen of what goes wrong beside it."""
        asyncio.get_running_loop().set_exception_handler(self._task_failed)

    @property
    def broken(self) -> "BrokenTrail":
        """What is known of a database that cannot be used."""
        if self._broken is None:
            from papertrail.tui.frame.broken import BrokenTrail

            self._broken = BrokenTrail(self, self.open_again)
        return self._broken

    def _register_child(self, parent: DOMNode, child: Widget, before: int | None, after: int | None) -> None:
        draw_quickly(child)
        super()._register_child(parent, child, before, after)

    def _start_widget(self, parent: Widget, widget: Widget) -> None:
        draw_quickly(widget)  # a scrollbar, which is no child
        super()._start_widget(parent, widget)

    async def run_action(self, *args: Any, **kwargs: Any) -> bool:
        """Run what a key or a click does; what the library refuses is told, and the program goes on."""
        try:
            return await super().run_action(*args, **kwargs)
        except Exception as error:
            if (failure := failure_of(error)) is None:
                raise
            self.screen.post_message(UseCaseFailed(failure))
            return True

    @on(UseCaseFailed)
    def _use_case_failed(self, message: UseCaseFailed) -> None:
        """Tell what the library refused, above all screens where the database is gone."""
        if not self.broken.met(message.error):
            say(self, str(message.error), "error")

    def notify(self, message: str, *, severity: Any = "information", **how: Any) -> None:
        """Tell a short message in the line above the keys; nothing is laid over what one reads."""
        if self._broken is None or not self._broken.tells(message):
            tell(self, message, severity)

    def _handle_exception(self, error: Exception) -> None:
        """Tell what the library refused a timer, a thread or a callback; end in order for anything else."""
        failure = failure_of(error)
        if failure is None:
            self._end_for(error)
        elif not self._exit:
            self.post_message(UseCaseFailed(failure))

    def _end_for(self, error: Exception) -> None:
        """End for a fault of the program: unsaved words are put aside, and one line says what it was."""
        keep_drafts(self)
        if os.environ.get("PAPERTRAIL_DEBUG") == "1":
            super()._handle_exception(error)
            return
        self.failure = self.failure or unexpected(error)
        self._return_code = 1
        if self._exception is None:
            self._exception = error  # raised again where the program is driven, as by a test
            self._exception_event.set()
        self._close_messages_no_wait()

    def panic(self, *renderables: Any) -> None:
        """End for a fault of Textual's own, which would show where it was and with what."""
        if os.environ.get("PAPERTRAIL_DEBUG") == "1":
            super().panic(*renderables)
        else:
            self._end_for(RuntimeError("the terminal could not be used"))

    def _task_failed(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Say nothing over the screen of a task that nobody waited for."""
        if os.environ.get("PAPERTRAIL_DEBUG") == "1":
            loop.default_exception_handler(context)

    def action_mend(self) -> None:
        """Say what is wrong with the trail, and what can be done about it."""
        self.broken.ask()

    def on_broken_trail_mended(self, message: "BrokenTrail.Mended") -> None:
        """Go on with a database that was made anew."""
        self.broken.mended = message.told
        if self.library is None:
            self.open_again()
        else:
            self.look_for_news()

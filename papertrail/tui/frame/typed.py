"""Keys act one after the other, each only when all that the one before it began has come to rest.

Textual gives a key to whatever has the focus at that moment. Between a key that opens a field or a screen and
the moment when that is there, the keys typed after it would act on what lies below: searching dropped papers.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from itertools import count
from typing import Any, Protocol, runtime_checkable

from textual.app import App
from textual.events import Key, Paste
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget

from papertrail.tui.widgets.letters import written_by

AT_ONCE = 50  # looks without a pause; nearly every key needs fewer
PAUSE = 0.002  # seconds between looks from then on
# Looks until a key acts although something is still at work: that may never end. They are ten seconds, and
# more where the machine is slow: what is under way gets its turns between them.
PATIENCE = 5_000


@runtime_checkable
class Answers(Protocol):
    """A screen that may still be looking for what a key is about."""

    def is_ready_for(self, key: str) -> bool:
        """Tell whether this key would act on what the reader means."""
        ...


class KeysInTurn:
    """Holds keys and pastes back until it is their turn; what comes after the end was asked for is dropped.

    Args:
        app: the program.
        is_ready: tells whether the first screen is there; until then keys wait.
    """

    def __init__(self, app: App[Any], is_ready: Callable[[], bool]) -> None:
        self._app = app
        self._is_ready = is_ready
        self._waiting: deque[Key | Paste] = deque()
        self._due: deque[Key | Paste] = deque()  # handed out, and on their way
        self._giving: asyncio.Task[None] | None = None
        self._since = 0.0
        self._screen: Screen[Any] | None = None  # where the key before went
        self._field: Widget | None = None  # what the key before wrote a letter into

    @property
    def number(self) -> int:
        """How many keys wait."""
        return len(self._waiting) + len(self._due)

    @property
    def _is_over(self) -> bool:
        """Whether the program ends: its screens go before its tasks do."""
        return self._app._exit or not self._app.screen_stack

    def may_act(self, event: Key | Paste) -> bool:
        """Tell whether a key acts now; otherwise it is kept until it may, or dropped."""
        if self._is_over or event.time < self._since:
            return False
        if self._due and event is self._due[0]:
            self._due.popleft()
            return True
        if self._giving is None and not self._due and self._is_one_more_letter(event):
            return True
        self._waiting.append(event)
        if self._giving is None:
            self._begin()
        return False

    def forget(self, until: float) -> None:
        """Drop what was typed before a moment: it was meant for another program that had the terminal."""
        self._waiting = deque(event for event in self._waiting if event.time >= until)
        self._since = until

    def _begin(self) -> None:
        self._giving = asyncio.create_task(self._give(), name="keys")
        self._giving.add_done_callback(self._given)

    def _given(self, giving: "asyncio.Task[None]") -> None:
        self._giving = None
        if not giving.cancelled() and isinstance(error := giving.exception(), Exception):
            self._app._handle_exception(error)
        elif self._waiting and not self._is_over:  # come since the last one was given
            self._begin()

    async def _give(self) -> None:
        while self._waiting and not self._is_over:
            if not self._is_one_more_letter(self._waiting[0]):
                await self._come_to_rest()
            if self._waiting and not self._is_over:
                event = self._waiting.popleft()
                self._screen, focused = self._app.screen, self._app.focused
                self._field = focused if _is_letter(event) and _takes_letters(focused) else None
                self._due.append(event)
                self._app.post_message(event)

    def _is_one_more_letter(self, event: Key | Paste) -> bool:
        """Tell whether this is a letter for the field that the last one went into: letters open nothing."""
        return self._field is not None and self._app.focused is self._field and _is_letter(event)

    async def _come_to_rest(self) -> None:
        patience = PATIENCE
        for look in count():
            if self._is_over or not self._waiting:
                return
            if self._is_ready():
                if self._is_at_rest(self._waiting[0]) or not patience:
                    return
                patience -= 1
            await asyncio.sleep(0 if look < AT_ONCE else PAUSE)

    def _is_at_rest(self, event: Key | Paste) -> bool:
        """Tell whether nothing that the keys before began is still under way."""
        app, screen = self._app, self._app.screen
        if not all(_is_at_rest(pump) for pump in (app, *app._registry)):
            return False
        # A new screen may be filled with its first picture. Waiting for the picture with each key would hold
        # a reader who keeps `j` pressed to the rate of frames.
        if screen is not self._screen and screen._callbacks:
            return False
        return not (isinstance(screen, Answers) and isinstance(event, Key)) or screen.is_ready_for(event.key)


def _is_at_rest(pump: MessagePump) -> bool:
    """Tell whether a widget has handled all its messages and waits for the next one, or is going away."""
    if pump._closing or pump._closed:
        return True
    if not pump._running:
        return pump._task is None  # a task says that it is about to be mounted
    queue: Any = pump._message_queue
    waits = any(not waiter.done() for waiter in queue.ready_event._waiters)
    return pump._is_mounted and queue.empty() and waits


def _is_letter(event: Key | Paste) -> bool:
    return isinstance(event, Key) and bool(written_by(event))


def _takes_letters(widget: Widget | None) -> bool:
    from textual.widgets import Input, TextArea  # not before a key: the first frame needs neither

    return isinstance(widget, Input | TextArea)

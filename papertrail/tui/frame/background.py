"""Work that must not hold up the screen: one library call in a thread, then one message."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from functools import partial, wraps
from threading import Thread
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, runtime_checkable

from textual._context import active_app
from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker, get_current_worker

from papertrail.domain.errors import PapertrailError


class OnScreen(Protocol):
    """A screen, or a piece of one."""

    @property
    def screen(self) -> Screen[Any]:
        """The screen."""


Owner = TypeVar("Owner", bound=OnScreen)
Arguments = ParamSpec("Arguments")


class UseCaseFailed(Message):
    """A use case ended with one of papertrail's errors; everything is as it was."""

    def __init__(self, error: PapertrailError) -> None:
        super().__init__()
        self.error = error


class WorkTold(Message):
    """Work beside the screen has something to tell, or has ended: what is to be done about it there."""

    def __init__(self, then: Callable[[], None]) -> None:
        super().__init__()
        self.then = then


class TrailChanged(Message):
    """Anything in the trail may be another now; the screen `shown_by` shows it already."""

    def __init__(self, shown_by: Screen[Any]) -> None:
        super().__init__()
        self.shown_by = shown_by


@runtime_checkable
class ShowsNews(Protocol):
    """A screen that shows what another program has changed."""

    def news_arrived(self) -> None:
        """Show it, now or when the screen is looked at again."""
        ...


@runtime_checkable
class HasMapPlace(Protocol):
    """A screen about something that the map shows.

    Attributes:
        is_left_freely: whether nothing is lost when it is closed for the map.
    """

    is_left_freely: bool

    def map_place(self) -> tuple[str, str]:
        """Return a lineage, empty for none, and the key of a paper, empty for none."""
        ...


def tells_failure(
    method: Callable[Concatenate[Owner, Arguments], None],
) -> Callable[Concatenate[Owner, Arguments], None]:
    """Make a method tell its screen that the library refused, so that the program goes on."""

    @wraps(method)
    def telling(owner: Owner, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        try:
            method(owner, *args, **kwargs)
        except PapertrailError as error:
            owner.screen.post_message(UseCaseFailed(error))

    return telling


def in_thread(
    screen: Screen[Any],
    work: Callable[[], Message | None],
    *,
    group: str,
    exclusive: bool = True,
    outlived: bool = False,
) -> Worker[None]:
    """Run `work` in a thread and post the message it returns, unless it was cancelled meanwhile.

    Args:
        screen: where the message goes.
        work: calls the library; a PapertrailError becomes `UseCaseFailed`.
        group: names workers of one kind.
        exclusive: whether a newer one of the group makes this one's result void.
        outlived: whether the program may end before the work does, as when that waits for the network:
            Python's own pool of threads would hold the terminal until the server answers.
    """

    app = screen.app

    def run() -> None:
        active_app.set(app)  # a widget that is gone by now finds it as well
        worker = get_current_worker()
        message: Message | None
        try:
            message = work()
        except PapertrailError as error:
            message = UseCaseFailed(error)
        except Exception:
            if worker.is_cancelled:  # the trail may be closed by now
                return
            raise
        if message is not None and not worker.is_cancelled:
            screen.post_message(message)

    if outlived:
        return screen.run_worker(partial(_in_own_thread, run), group=group, exclusive=exclusive)
    return screen.run_worker(run, thread=True, group=group, exclusive=exclusive)


async def _in_own_thread(run: Callable[[], None]) -> None:
    """Wait for `run` in a thread that does not keep the program from ending."""
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[None] = loop.create_future()
    context = copy_context()

    def settle(error: Exception | None) -> None:
        if ended.done():
            return
        if error is None:
            ended.set_result(None)
        else:
            ended.set_exception(error)

    def target() -> None:
        error: Exception | None = None
        try:
            context.run(run)
        except Exception as raised:  # raised again by the worker
            error = raised
        with suppress(RuntimeError):  # the program has ended, and its loop with it
            loop.call_soon_threadsafe(settle, error)

    Thread(target=target, name="errand", daemon=True).start()
    await ended

"""Being told to end, and losing the terminal: drafts are kept and the program ends, whatever it is doing.

The loop of events may be held up then: by an editor that has the terminal, or by output that nobody takes any
more. So a thread of its own waits, asks the program to end in order, and ends it if that takes too long.
Before the program has touched the terminal there is nothing to put in order, and it ends at once.
"""

import asyncio
import os
import select
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual.app import App

from papertrail.domain.errors import PapertrailError

if TYPE_CHECKING:
    import subprocess

    from rich.text import Text

SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGXCPU")
HANGUP = 1  # the number of SIGHUP, for a terminal that went without one
LAST_KEYS = 2.0  # seconds in which what was typed before the end still goes where it was meant to
LAST_KEYS_WITHOUT_TERMINAL = 0.6  # seconds
LOOK = 0.02  # seconds between two looks whether it has
GRACE = 5.0  # seconds to end in order
GRACE_WITHOUT_TERMINAL = 1.2  # seconds; nobody sees any more whether it is in order


@runtime_checkable
class KeepsDraft(Protocol):
    """A screen with unsaved text."""

    def keep_draft_now(self) -> None:
        """Put unsaved text aside."""
        ...


@runtime_checkable
class HoldsKeys(Protocol):
    """A program in which keys wait for their turn."""

    @property
    def has_keys(self) -> bool:
        """Whether some wait."""
        ...


@runtime_checkable
class HasTerminal(Protocol):
    """A driver that knows whether it has the terminal.

    Attributes:
        has_begun: whether it ever took it.
        back_since: when it came back from another program, on the clock of events.
    """

    has_begun: bool
    back_since: float

    def terminal_lost(self) -> None:
        """Write nothing any more: nobody takes it."""
        ...

    def give_back(self) -> None:
        """Leave the terminal as it was, from any thread and without the loop; nothing if it is given back."""
        ...


_borrowers: list["subprocess.Popen[bytes]"] = []  # programs that have the terminal at the moment


@contextmanager
def lent_to(process: "subprocess.Popen[bytes]") -> Iterator[None]:
    """Pass a request to end on to a program that has the terminal."""
    _borrowers.append(process)
    try:
        yield
    finally:
        _borrowers.remove(process)


def terminal_is_gone() -> bool:
    """Tell whether standard input was a terminal that has been closed."""
    if not hasattr(select, "poll") or sys.__stdin__ is None:
        return False
    poll = select.poll()
    poll.register(sys.__stdin__.fileno(), 0)
    return any(told & (select.POLLHUP | select.POLLERR) for _, told in poll.poll(0))


def has_shell() -> bool:
    """Tell whether a shell is there to bring a stopped program back.

    Whoever leads the session, or shares the leader's group, has none.
    """
    return hasattr(os, "getsid") and os.getpgrp() != os.getsid(0)


def go_to_shell(app: App[Any]) -> bool:
    """Stop the whole job, as ctrl+z does outside the program; tell whether there is a shell to go to."""
    driver = app._driver
    if driver is None or not driver.can_suspend or not has_shell():
        return False
    app._suspend_signal()
    os.kill(0, signal.SIGTSTP)
    return True


@contextmanager
def ended_in_order(app: App[Any]) -> Iterator[None]:
    """End the program on signals that end processes, and on a closed terminal, while inside this.

    Drafts are kept, the terminal is as it was, the exit code is 128 + signal. What was ignored before stays
    so, and afterwards every signal means what it meant before. Does nothing where the system has no such
    signals.
    """
    if not hasattr(select, "poll") or sys.__stdin__ is None:
        yield
        return
    told, tell = os.pipe()
    os.set_blocking(tell, False)

    def signalled(number: int, _: object) -> None:
        if not (isinstance(app._driver, HasTerminal) and app._driver.has_begun):
            os._exit(128 + number)  # the terminal was never touched, and nothing can have been typed
        with suppress(OSError):
            os.write(tell, bytes([number]))

    numbers = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, signalled)
    Thread(target=_wait_for_the_end, args=(app, told), name="end", daemon=True).start()
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        os.close(tell)


def keep_drafts(app: App[Any]) -> list[str]:
    """Put aside what is unsaved on all screens; return a line for each that could not be."""
    lost = []
    for screen in [screen for stack in app._screen_stacks.values() for screen in stack]:
        if isinstance(screen, KeepsDraft):
            try:
                screen.keep_draft_now()
            except PapertrailError as error:
                lost.append(f"unsaved words could not be put aside: {error}")
            except Exception:  # half-built or half-gone: whatever it is must not keep us from ending
                continue
    return lost


def _wait_for_the_end(app: App[Any], told: int) -> None:
    assert sys.__stdin__ is not None
    poll = select.poll()
    poll.register(told, select.POLLIN)
    poll.register(sys.__stdin__.fileno(), 0)  # that it was closed is told without being asked for
    while not (ready := dict(poll.poll())):
        pass
    number = HANGUP
    if told in ready:
        if not (signalled := os.read(told, 1)):  # the program is over, and another may come after it
            os.close(told)
            return
        number = signalled[0]
    with suppress(Exception):  # whatever state the program is in, it must end
        _ask(app, number)
    sleep(GRACE_WITHOUT_TERMINAL if terminal_is_gone() else GRACE)
    lost = keep_drafts(app)
    if isinstance(app._driver, HasTerminal):
        app._driver.give_back()
    if lost and not terminal_is_gone():
        with suppress(OSError):
            os.write(2, f"papertrail: {lost[0]}\n".encode())
    os._exit(128 + number)


def _ask(app: App[Any], number: int) -> None:
    """Ask the program to end in order."""

    async def leave() -> None:
        await _last_keys(app)
        lost = keep_drafts(app)
        app.exit(128 + number, return_code=128 + number, message=_told(lost))

    if terminal_is_gone():
        if isinstance(app._driver, HasTerminal):
            app._driver.terminal_lost()
    else:
        for process in _borrowers:
            process.send_signal(number)
    if app._loop is not None:
        with suppress(RuntimeError):  # the loop has ended
            asyncio.run_coroutine_threadsafe(leave(), app._loop)


async def _last_keys(app: App[Any]) -> None:
    """Let what was typed before the end was asked for go where it was meant to."""
    assert sys.__stdin__ is not None
    patience = LAST_KEYS_WITHOUT_TERMINAL if terminal_is_gone() else LAST_KEYS
    deadline, quiet = monotonic() + patience, 0
    while quiet < 3 and monotonic() < deadline:
        await asyncio.sleep(LOOK)
        waits = not terminal_is_gone() and bool(select.select([sys.__stdin__], [], [], 0)[0])
        is_busy = waits or (isinstance(app, HoldsKeys) and app.has_keys)
        quiet = 0 if is_busy else quiet + 1


def _told(lost: list[str]) -> "Text | None":
    from papertrail.tui.widgets.data_text import rich_line

    return rich_line(f"papertrail: {lost[0]}") if lost else None

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
LAST_KEYS = 3.0  # seconds in which not one of the keys typed before the end is taken in: no more will be
LAST_KEYS_WITHOUT_TERMINAL = 0.6  # seconds
MOST_FOR_KEYS = 20.0  # seconds for all of them, on the busiest machine and of who types on
LOOK = 0.02  # seconds between two looks whether it has
GRACE = 5.0  # seconds to end in order after the last of them
GRACE_WITHOUT_TERMINAL = 1.2  # seconds; nobody sees any more whether it is in order
AGAIN = 0.5  # seconds from which a second signal is another one; a terminal that goes is often told twice


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
    def keys_waiting(self) -> int:
        """How many wait."""
        ...


@runtime_checkable
class HasTerminal(Protocol):
    """A driver that knows whether it has the terminal.

    Attributes:
        has_begun: whether it ever took it.
        back_since: when it came back from another program, on the clock of events.
        is_taking_in: whether keys are on their way from the terminal to the loop.
    """

    has_begun: bool
    back_since: float
    is_taking_in: bool

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


class LastKeys:
    """What was typed before the end was asked for and still goes where it was meant to, however slowly.

    Attributes:
        moved_at: when it last became less, or more, in seconds; then, when all was taken in.
    """

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self.moved_at = monotonic()

    async def taken_in(self) -> None:
        """Wait until nothing waits any more, or no key is taken in although some do."""
        patience = LAST_KEYS_WITHOUT_TERMINAL if terminal_is_gone() else LAST_KEYS
        until, quiet, before = monotonic() + MOST_FOR_KEYS, 0, 0
        while quiet < 3 and monotonic() < min(until, self.moved_at + patience):
            await asyncio.sleep(LOOK)
            waiting = self._waiting()
            if waiting != before:
                before, self.moved_at = waiting, monotonic()
            quiet = 0 if waiting else quiet + 1
        self.moved_at = monotonic()

    def _waiting(self) -> int:
        """Count what waits: in the terminal, on its way, for its turn, and at the field it was typed into."""
        app, driver = self._app, self._app._driver
        waiting = _unread() + (isinstance(driver, HasTerminal) and driver.is_taking_in)
        if isinstance(app, HoldsKeys):
            waiting += app.keys_waiting
        if app.screen_stack:
            pumps = {app, app.screen, app.focused or app.screen}
            waiting += sum(pump._message_queue.qsize() for pump in pumps)
        return waiting


def _unread() -> int:
    """Count the bytes that stand in the terminal."""
    if terminal_is_gone() or sys.__stdin__ is None:
        return 0
    from fcntl import ioctl
    from termios import FIONREAD

    with suppress(OSError):
        return int.from_bytes(ioctl(sys.__stdin__, FIONREAD, bytes(4)), sys.byteorder)
    return 0


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
    last_keys = LastKeys(app)
    with suppress(Exception):  # whatever state the program is in, it must end
        _ask(app, number, last_keys)
    _give_it_time(last_keys, told)
    lost = keep_drafts(app)
    if isinstance(app._driver, HasTerminal):
        app._driver.give_back()
    if lost and not terminal_is_gone():
        with suppress(OSError):
            os.write(2, f"papertrail: {lost[0]}\n".encode())
    os._exit(128 + number)


def _give_it_time(last_keys: LastKeys, told: int) -> None:
    """Return when the program has not ended in order in its time, or is told to end once more."""
    grace, begun = GRACE_WITHOUT_TERMINAL if terminal_is_gone() else GRACE, monotonic()
    poll = select.poll()
    poll.register(told, select.POLLIN)
    while (left := last_keys.moved_at + grace - monotonic()) > 0:
        if poll.poll(left * 1000):
            if not os.read(told, 1):  # the program is over: the process may still not end
                sleep(left)
                return
            if monotonic() >= begun + AGAIN:
                return


def _ask(app: App[Any], number: int, last_keys: LastKeys) -> None:
    """Ask the program to end in order."""

    async def leave() -> None:
        await last_keys.taken_in()
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


def _told(lost: list[str]) -> "Text | None":
    from papertrail.tui.widgets.data_text import rich_line

    return rich_line(f"papertrail: {lost[0]}") if lost else None

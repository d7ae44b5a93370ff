"""Being told to end, and losing the terminal: drafts are kept and the program ends, whatever it is doing.

The loop of events may be held up then: by an editor that has the terminal, or by output that nobody takes any
more. So a thread of its own waits, asks the program to end in order, and ends it if that takes too long.
"""

import os
import select
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from time import sleep
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual.app import App

if TYPE_CHECKING:
    import subprocess

SIGNALS = ("SIGTERM", "SIGHUP")
HANGUP = 1  # the number of SIGHUP, for a terminal that went without one
GRACE = 5.0  # seconds to end in order
GRACE_WITHOUT_TERMINAL = 1.2  # seconds; nobody sees any more whether it is in order


@runtime_checkable
class KeepsDraft(Protocol):
    """A screen with unsaved text."""

    def keep_draft_now(self) -> None:
        """Put unsaved text aside."""
        ...


@runtime_checkable
class LosesTerminal(Protocol):
    """A driver that can be told that nobody takes what it writes."""

    def terminal_lost(self) -> None:
        """Write nothing any more."""
        ...


@runtime_checkable
class LendsTerminal(Protocol):
    """A driver that knows since when it has the terminal back, on the clock of events."""

    back_since: float


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


def install(app: App[Any]) -> None:
    """End the program on SIGTERM, SIGHUP and a closed terminal: drafts kept, exit code 128 + signal.

    Does nothing where the system has no such signals.
    """
    if app.is_headless or not hasattr(select, "poll") or sys.__stdin__ is None:
        return
    told, tell = os.pipe()
    os.set_blocking(tell, False)

    def signalled(number: int, _: object) -> None:
        with suppress(OSError):
            os.write(tell, bytes([number]))

    for name in SIGNALS:
        signal.signal(getattr(signal, name), signalled)
    Thread(target=_wait_for_the_end, args=(app, told), name="end", daemon=True).start()


def _wait_for_the_end(app: App[Any], told: int) -> None:
    assert sys.__stdin__ is not None
    poll = select.poll()
    poll.register(told, select.POLLIN)
    poll.register(sys.__stdin__.fileno(), 0)  # that it was closed is told without being asked for
    while not (ready := dict(poll.poll())):
        pass
    number = os.read(told, 1)[0] if told in ready else HANGUP
    with suppress(Exception):  # whatever state the program is in, it must end
        _ask(app, number)
    sleep(GRACE_WITHOUT_TERMINAL if terminal_is_gone() else GRACE)
    keep_drafts(app)
    os._exit(128 + number)


def _ask(app: App[Any], number: int) -> None:
    """Ask the program to end in order."""

    def leave() -> None:
        keep_drafts(app)
        app.exit(128 + number, return_code=128 + number)

    if terminal_is_gone():
        if isinstance(app._driver, LosesTerminal):
            app._driver.terminal_lost()
    else:
        for process in _borrowers:
            process.send_signal(number)
    if app._loop is not None:
        with suppress(RuntimeError):  # the loop has ended
            app._loop.call_soon_threadsafe(leave)


def keep_drafts(app: App[Any]) -> None:
    """Put aside what is unsaved on any screen."""
    for screen in [screen for stack in app._screen_stacks.values() for screen in stack]:
        if isinstance(screen, KeepsDraft):
            with suppress(Exception):  # a full disk must not keep us from ending
                screen.keep_draft_now()

"""A program that is told to end, to stop, or is killed in the middle of a save, by itself.

`TESTS_STRIKE=SIGNAL:POINT` in its environment has it send itself that signal at its so-manieth step of a
save: before a file is made, locked, synced, moved or removed, and around what the database is told.
"""

import os
import signal
import sys
from collections.abc import Callable
from threading import get_ident
from typing import Any

VARIABLE = "TESTS_STRIKE"
LAST = 40  # steps; a save has some thirty, and a signal that waits for a later one comes when it has ended
_STEPS = {"os.rename", "os.link", "os.remove", "fcntl.flock"}
_STATEMENTS = ("BEGIN", "COMMIT", "INSERT", "UPDATE")


def be_struck(how: str) -> None:
    """Have this process struck; called before the program begins."""
    from papertrail.library.notes import Notes
    from papertrail.store.telling import TellingConnection

    name, _, point = how.partition(":")
    number, last = getattr(signal, name), int(point)
    saves: list[int] = []  # the thread that saves
    steps: list[str] = []

    def step(what: str) -> None:
        if saves == [get_ident()]:
            steps.append(what)
            if len(steps) == last:
                os.kill(os.getpid(), number)

    def heard(event: str, told: tuple[Any, ...]) -> None:
        if saves and (
            event in _STEPS or (event == "open" and isinstance(told[2], int) and told[2] & os.O_CREAT)
        ):
            step(event)

    def told_before(name: str, called: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **how: Any) -> Any:
            if name != "execute" or args[1].startswith(_STATEMENTS):
                step(name)
            return called(*args, **how)

        return run

    save = Notes.save

    def saved(*args: Any, **how: Any) -> Any:
        saves.append(get_ident())
        try:
            return save(*args, **how)
        finally:
            saves.clear()
            if len(steps) < last:
                os.kill(os.getpid(), number)

    sys.addaudithook(heard)
    os.fsync = told_before("fsync", os.fsync)
    TellingConnection.execute = told_before("execute", TellingConnection.execute)  # type: ignore[method-assign]
    Notes.save = saved  # type: ignore[method-assign]

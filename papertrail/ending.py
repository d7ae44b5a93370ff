"""Being told to end: SIGTERM and SIGHUP end a command as ctrl+c does, at any moment of its life.

Imported before all else, it imports nothing that costs time: `signal` brings an enumeration of all signals.
"""

import _signal  # type: ignore[import-not-found]  # what `signal` is made of, and part of the interpreter
import os
import sys
from contextlib import suppress

_NAMES = ("SIGTERM", "SIGHUP")
_AGAIN = 0.001  # seconds
_told: list[str] = []
"""What told the program to end, the first one."""


def listen() -> None:
    """Have the signals raise what ctrl+c raises; one that is ignored, as under `nohup`, stays so.

    What is raised within a destructor is lost there, a traceback written: it is raised once more instead.
    """
    for name in _NAMES:
        number = getattr(_signal, name, None)
        if number is not None and _signal.getsignal(number) == _signal.SIG_DFL:
            _signal.signal(number, _end)
    before = sys.unraisablehook

    def raised_where_it_is_lost(lost: "sys.UnraisableHookArgs") -> None:
        if lost.exc_type is KeyboardInterrupt and hasattr(_signal, "setitimer"):
            _signal.signal(_signal.SIGALRM, _interrupt)
            _signal.setitimer(_signal.ITIMER_REAL, _AGAIN)
        else:
            before(lost)

    sys.unraisablehook = raised_where_it_is_lost


def told() -> bool:
    """Tell whether a signal told the program to end, rather than a key."""
    return bool(_told)


def is_by_interrupt(error: BaseException | None) -> bool:
    """Tell whether an error came of being told to end.

    What is raised while a class tells its parts their names, as enumerations and widgets do when they are
    imported, comes out as another error before Python 3.12. Errors may come of each other in a ring.
    """
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, KeyboardInterrupt):
            return True
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return False


def code_of(code: int) -> int:
    """Say what ended the program, if it was told to; return its exit code. What comes later ends it at once.

    Args:
        code: the exit code otherwise.
    """
    for name in ("SIGINT", *_NAMES):
        number = getattr(_signal, name, None)
        if number is not None and callable(_signal.getsignal(number)):
            _signal.signal(number, _signal.SIG_DFL)
    if hasattr(_signal, "setitimer") and _signal.getsignal(_signal.SIGALRM) is _interrupt:
        _signal.signal(_signal.SIGALRM, _signal.SIG_IGN)  # it is said below; nobody catches it any more
    # Python ends by SIGINT, whoever caught it, if the last string it evaluated was interrupted: a dataclass
    # is made of strings.
    eval("0")
    if not _told:
        return code
    with suppress(OSError):  # the terminal is gone, or standard error closed
        os.write(2, f"papertrail: ended by {_told[0]}\n".encode())
    return 128 + int(getattr(_signal, _told[0]))


def _end(number: int, _: object) -> None:
    _told.append(next(name for name in _NAMES if getattr(_signal, name, None) == number))
    raise KeyboardInterrupt


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt

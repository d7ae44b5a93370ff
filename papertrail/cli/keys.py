"""Keys pressed in a terminal, one at a time; what is typed ahead waits for its turn."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_MOST = 64  # bytes that are read at once: an arrow key sends three
_ENDS = frozenset("\x03\x04\x1b")  # ctrl+c, ctrl+d, escape


@contextmanager
def pressed_keys() -> Iterator[Callable[[], str | None]]:
    """Give what returns the next key, or None for one that ends things; the terminal is as it was afterwards.

    Keys that write nothing, such as arrows, are passed over.
    """
    if os.name != "posix":
        from click import getchar

        yield lambda: None if (key := getchar()) in _ENDS else key
        return
    import termios
    import tty

    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    waiting: list[str] = []

    def next_key() -> str | None:
        while not waiting:
            try:
                data = os.read(terminal, _MOST)
            except KeyboardInterrupt:
                return None
            if not data:
                return None
            text = data.decode("utf-8", "replace")
            if len(text) == 1 or text[0] != "\x1b":
                waiting.extend(text)
        key = waiting.pop(0)
        return None if key in _ENDS else key

    tty.setcbreak(terminal, termios.TCSADRAIN)  # not TCSAFLUSH, which throws away what is typed ahead
    try:
        yield next_key
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)

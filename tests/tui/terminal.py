"""The program in a real terminal, seen as the raw bytes it writes."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import pyte
from wcwidth import wcwidth

from papertrail.library import Home
from tests.cli.starter import Forked, can_be_warm, starter
from tests.trails import FixedClock, make_database

PATIENCE = 120.0  # seconds
TOGETHER = 0.01  # seconds; what comes in so short a time is looked at as one
COLUMNS, LINES = 100, 30


# Runs a program in a terminal that sends it signals, SIGHUP too when it is closed.
OWN_TERMINAL = (
    sys.executable,
    "-c",
    "import fcntl, os, sys, termios\n"
    "fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])",
)
STYLE = re.compile(rb"\x1b\[[0-9;:]*m")
UNFINISHED = re.compile(rb"\x1b(?:\[[0-9;:]*)?\Z")
COLOUR = re.compile(rb"\x1b\[[0-9;:]*?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[0-9;:]*m")

# A screen is made of few letters, again and again.
pyte.screens.Char._replace = cache(pyte.screens.Char._replace)  # type: ignore[method-assign]


def is_grey(code: bytes) -> bool:
    """Tell whether all colours of an SGR sequence are greys: of the 256 or with three equal parts."""
    parts = [int(part) for part in re.findall(rb"\d+", code)]
    while parts:
        first = parts.pop(0)
        if first in (38, 48) and parts[:1] == [5]:
            if parts[1] not in (0, 7, 8, 15, 16, 231, *range(232, 256)):
                return False
            del parts[:2]
        elif first in (38, 48):
            if len(set(parts[1:4])) != 1:
                return False
            del parts[:4]
        elif 30 <= first <= 37 or 40 <= first <= 47 or first >= 90:
            return False
    return True


class Screen(pyte.Screen):
    """Draws and reads as `pyte` does, which looks at every letter for how wide it is."""

    def draw(self, data: str) -> None:
        """Draw letters at the cursor: at once what takes a cell each and has room in the line."""
        cursor, end = self.cursor, self.cursor.x + len(data)
        if (
            end > self.columns
            or self.charset
            or pyte.modes.IRM in self.mode
            or not all(map(takes_a_cell, data))
        ):
            super().draw(data)
            self.dirty.add(max(self.cursor.y - 1, 0))  # what combines with a letter there marks it not
            return
        line, style = self.buffer[cursor.y], cursor.attrs
        for column, letter in enumerate(data.translate(self.g0_charset), cursor.x):
            line[column] = style._replace(data=letter)
        cursor.x = end
        self.dirty.add(cursor.y)

    def text_of(self, number: int) -> str:
        """Return the text of a line."""
        line = self.buffer[number]
        letters = [line[column].data for column in range(self.columns)]
        if all(map(takes_a_cell, letters)):
            return "".join(letters)
        text, is_behind_a_wide_one = "", False
        for letter in letters:
            text += "" if is_behind_a_wide_one else letter
            is_behind_a_wide_one = not is_behind_a_wide_one and wcwidth(letter[:1]) == 2
        return text


@cache
def takes_a_cell(letter: str) -> bool:
    """Tell whether this is one letter, as wide as most."""
    return len(letter) == 1 and wcwidth(letter) == 1


class Terminal:
    """A program with a terminal of its own.

    Attributes:
        seen: everything the program has written.
        modes_before: those of the terminal before the program was started; it is quick to change them.
    """

    def __init__(
        self,
        process: "Forked | subprocess.Popen[bytes]",
        master: int,
        size: tuple[int, int],
        modes_before: list[Any],
    ) -> None:
        self._process = process
        self._master = master
        self.modes_before = modes_before
        self.seen = b""
        self._mark = 0
        self._screen = Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._drawn = 0  # bytes of what was seen that are on the screen
        self._lines = list(self._screen.display)

    def press(self, keys: str | bytes) -> None:
        """Send keys as a terminal does."""
        os.write(self._master, keys if isinstance(keys, bytes) else keys.encode("utf-8"))

    def read_for(self, seconds: float) -> None:
        """Read so long, or until the program has ended."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0 and self._read(min(left, 0.1)):
            pass

    def screen(self) -> list[str]:
        """Return the lines on the screen as they are now; to read the colours would take most of the time."""
        new = self.seen[self._drawn :]
        if unfinished := UNFINISHED.search(new):
            new = new[: unfinished.start()]
        if new:
            for text in STYLE.split(new):
                self._stream.feed(text)
            self._drawn += len(new)
            for number in self._screen.dirty:
                self._lines[number] = self._screen.text_of(number)
            self._screen.dirty.clear()
        return self._lines

    def wait_until(self, shown: Callable[[str], object]) -> str:
        """Read until `shown` is true of the text on the screen; return that text."""
        deadline = time.monotonic() + PATIENCE
        while not shown(text := "\n".join(self.screen())):
            assert time.monotonic() < deadline, f"not on the screen:\n{text}"
            assert self._read(0.1), f"ended before it was on the screen:\n{text}"
            while time.monotonic() < deadline and select.select([self._master], [], [], TOGETHER)[0]:
                if not self._read(0):
                    break
        return text

    def wait_for(self, wanted: str | bytes) -> None:
        """Read until the program has written `wanted` since it was last waited for."""
        data = wanted.encode("utf-8") if isinstance(wanted, str) else wanted
        start = self._mark
        deadline = time.monotonic() + PATIENCE
        while (found := self.seen.find(data, start)) < 0:
            assert time.monotonic() < deadline, f"{wanted!r} not in {self.seen[start:][-3000:]!r}"
            if not self._read(0.1):
                raise AssertionError(f"ended before {wanted!r}: {self.seen[-3000:]!r}")
        self._mark = found + len(data)

    def _read(self, seconds: float) -> bool:
        """Read what is there; tell whether more may come."""
        if select.select([self._master], [], [], seconds)[0]:
            try:
                data = os.read(self._master, 65536)
            except OSError:
                return False
            self.seen += data
            return bool(data)
        return True

    def modes(self) -> list[Any]:
        """Return the modes of the terminal, as `stty` tells them."""
        return termios.tcgetattr(self._master)

    def hang_up(self) -> None:
        """Take the terminal away, as closing its window does."""
        os.close(self._master)
        self._master = -1

    def ended(self) -> int:
        """Return the exit code of a program that must end without being read any more."""
        return self._process.wait(PATIENCE)

    def tell(self, number: int) -> None:
        """Send a signal."""
        self._process.send_signal(number)

    def wait_until_stopped(self) -> None:
        """Read until the program has been stopped."""
        deadline = time.monotonic() + PATIENCE
        while (
            Path(f"/proc/{self._process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2][1] != "T"
        ):
            assert time.monotonic() < deadline, "not stopped"
            self._read(0.02)

    def end(self) -> int:
        """Read to the end and return the exit code."""
        deadline = time.monotonic() + PATIENCE
        while self._read(0.1) and self._process.poll() is None:
            assert time.monotonic() < deadline, "did not end"
        while select.select([self._master], [], [], 0)[0] and self._read(0):
            pass
        return self._process.wait(PATIENCE)


@contextmanager
def in_terminal(
    home: Home,
    environ: Mapping[str, str] | None = None,
    *,
    wrapped: Sequence[str] | None = None,
    size: tuple[int, int] = (COLUMNS, LINES),
) -> Iterator[Terminal]:
    """Run the program on a trail in a terminal.

    Args:
        home: the trail.
        environ: what is set beside the usual.
        wrapped: the command that runs the program from its very start, such as `OWN_TERMINAL`, or none.
            Else a warm process is forked, which spares a second of imports.
        size: of the terminal, columns and lines.
    """
    if "PAPERTRAIL_NOW" not in (environ or {}):
        make_database(home, FixedClock())
    master, slave = pty.openpty()
    termios.tcsetwinsize(slave, size[::-1])
    modes = termios.tcgetattr(slave)
    env = {k: v for k, v in os.environ.items() if k not in ("VISUAL", "EDITOR", "COLUMNS", "LINES")}
    env |= {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PAPERTRAIL_NOW": FixedClock().moment.isoformat()}
    env |= environ or {}
    arguments = ["--home", str(home.root)]
    process: Forked | subprocess.Popen[bytes]
    if wrapped is None and can_be_warm(environ):
        process = starter("screens").start(arguments, slave, env, Path.cwd())
    else:
        process = subprocess.Popen(
            [*(wrapped or ()), sys.executable, "-m", "papertrail", *arguments],
            stdin=slave, stdout=slave, stderr=slave, start_new_session=True, env=env,
        )  # fmt: skip
    os.close(slave)
    terminal = Terminal(process, master, size, modes)
    try:
        yield terminal
    finally:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
        process.wait()
        if terminal._master >= 0:
            os.close(master)

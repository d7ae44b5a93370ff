"""Runs the real program: as a process of its own with an empty home, and in a pseudo-terminal."""

import fcntl
import json
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.cli.starter import Forked, can_be_warm, starter

PROGRAM = (sys.executable, "-m", "papertrail")


@dataclass(frozen=True)
class Result:
    """How one run ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Program:
    """papertrail on one trail, in the environment of a reader whose home folder is empty."""

    trail: Path
    env: Mapping[str, str]
    starts_python: bool = False  # for every run, as a reader's shell does; else a warm one is forked

    def run(
        self,
        *arguments: str,
        stdin: bytes | str = b"",
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> Result:
        """Run to the end without a terminal."""
        data = stdin.encode() if isinstance(stdin, str) else stdin
        wanted, folder = {**self.env, **(env or {})}, cwd or self.trail
        if not self.starts_python and can_be_warm(env):
            code, out, err = starter().run(arguments, data, wanted, folder)
            return Result(code, out.decode(), err.decode())
        done = subprocess.run(
            [*PROGRAM, *arguments],
            input=data,
            capture_output=True,
            env=wanted,
            cwd=folder,
            timeout=120,
            check=False,
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    def ok(self, *arguments: str, stdin: bytes | str = b"", env: Mapping[str, str] | None = None) -> str:
        """Run, expect exit code 0 and a quiet standard error; return standard output."""
        result = self.run(*arguments, stdin=stdin, env=env)
        assert (result.code, result.err) == (0, ""), result
        return result.out

    def start_in_terminal(
        self, *arguments: str, env: Mapping[str, str] | None = None, columns: int = 100
    ) -> "Terminal":
        """Start in a pseudo-terminal of 30 lines."""
        return Terminal(
            [*PROGRAM, *arguments],
            {**self.env, "TERM": "xterm-256color", **(env or {})},
            self.trail,
            columns,
            is_warm=not self.starts_python and can_be_warm(env),
        )

    def in_terminal(
        self, *arguments: str, env: Mapping[str, str] | None = None, columns: int = 100
    ) -> tuple[int, bytes]:
        """Run to the end in a pseudo-terminal; return exit code and raw bytes."""
        return self.start_in_terminal(*arguments, env=env, columns=columns).end()


class Terminal:
    """A program in a pseudo-terminal."""

    def __init__(
        self, command: list[str], env: Mapping[str, str], cwd: Path, columns: int, *, is_warm: bool = False
    ) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, columns, 0, 0))
        self._process: Forked | subprocess.Popen[bytes]
        if is_warm:
            self._process = starter().start(command[len(PROGRAM) :], slave, env, cwd)
        else:
            self._process = subprocess.Popen(
                command,
                stdin=slave, stdout=slave, stderr=slave, env=dict(env), cwd=cwd, start_new_session=True,
            )  # fmt: skip
        os.close(slave)
        self.seen = b""

    def type(self, text: str) -> None:
        """Press keys."""
        os.write(self._master, text.encode())

    def wait_for(self, text: bytes, seconds: float = 120, times: int = 1) -> None:
        """Read until `text` has appeared, so many times in all."""
        end = time.monotonic() + seconds
        while self.seen.count(text) < times:
            assert time.monotonic() < end and self._read(), self.seen

    def interrupt(self, number: int = signal.SIGINT) -> None:
        """Send a signal, what ctrl+c sends unless another is named; once more where nothing follows.

        Python can miss one that comes between its last look for signals and the read that then waits.
        """
        self._process.send_signal(number)
        if not select.select([self._master], [], [], 3)[0] and self._process.poll() is None:
            self._process.send_signal(number)

    def end(self, seconds: float = 120) -> tuple[int, bytes]:
        """Read to the end; return exit code and all bytes."""
        end = time.monotonic() + seconds
        while self._read():
            assert time.monotonic() < end, self.seen
        os.close(self._master)
        return self._process.wait(10), self.seen

    def _read(self) -> bool:
        if not select.select([self._master], [], [], 120)[0]:
            self._process.kill()
            self._process.wait(10)
            raise AssertionError(f"no end: {self.seen!r}")
        try:
            data = os.read(self._master, 65536)
        except OSError:  # Linux: the other side is closed
            return False
        self.seen += data
        return bool(data)

"""Starts the program many times without waiting for Python: a process of its own each time, forked when warm.

A process that has imported what the program needs waits for command lines and forks one child for each. The
child has its own streams, environment and folder, and runs and ends as `python -m papertrail` does.
"""

import atexit
import gc
import json
import os
import pkgutil
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile

FOLDER = Path(__file__).parents[2]
PATIENCE = 120.0  # seconds
REPORT = 12  # bytes of a number that is told
READ_WHEN_IMPORTED = ("LANG", "LC_", "PYTHON", "TEXTUAL")
"""How the names of variables begin that a warm process has read already."""
IN_LARGE_PAGES = {
    "PYTHONMALLOC": "malloc",
    "GLIBC_TUNABLES": f"glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold={1 << 30}",
}
"""With these a warm process forks, and its children end, in half the time; elsewhere they mean nothing."""
USED_BY_SOME_COMMANDS = ("alembic.command", "filelock", "markdown_it", "platformdirs", "tree_sitter_markdown")


class Forked:
    """A program in a session of its own that runs beside the tests; waited for and told as a `Popen` is."""

    def __init__(self, reports: int) -> None:
        self._reports = reports
        self._code: int | None = None
        self.pid = self._next(PATIENCE)

    def poll(self) -> int | None:
        """Return the exit code of a program that has ended."""
        if self._code is None and select.select([self._reports], [], [], 0)[0]:
            self._code = self._next(PATIENCE)
            os.close(self._reports)
        return self._code

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end; return the exit code.

        Raises:
            TimeoutExpired: it has not ended in so many seconds.
        """
        if self._code is None:
            self._code = self._next(timeout)
            os.close(self._reports)
        return self._code

    def send_signal(self, number: int) -> None:
        """Send a signal unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def _next(self, timeout: float | None) -> int:
        if not select.select([self._reports], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired("papertrail", timeout or 0)
        return int(os.read(self._reports, REPORT))


class Starter:
    """The warm process."""

    def __init__(self, what: str) -> None:
        self._link, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.cli.starter", what, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                cwd=FOLDER,
                env={**os.environ, "LC_ALL": "C.UTF-8", **IN_LARGE_PAGES},
                start_new_session=True,
            )
        self._link.settimeout(PATIENCE)
        atexit.register(self.end)

    def run(
        self, arguments: tuple[str, ...], data: bytes, env: Mapping[str, str], cwd: Path
    ) -> tuple[int, bytes, bytes]:
        """Run one command line to its end; return exit code, standard output and standard error."""
        with TemporaryFile() as stdin, TemporaryFile() as stdout, TemporaryFile() as stderr:
            stdin.write(data)
            stdin.seek(0)
            self._ask(arguments, env, cwd, [stdin.fileno(), stdout.fileno(), stderr.fileno()])
            code = int(self._link.recv(8))
            stdout.seek(0)
            stderr.seek(0)
            return code, stdout.read(), stderr.read()

    def start(self, arguments: Sequence[str], terminal: int, env: Mapping[str, str], cwd: Path) -> Forked:
        """Start one command line in a terminal and let it run."""
        ours, theirs = os.pipe()
        self._ask(arguments, env, cwd, [terminal, terminal, terminal, theirs])
        os.close(theirs)
        return Forked(ours)

    def _ask(self, arguments: Sequence[str], env: Mapping[str, str], cwd: Path, files: list[int]) -> None:
        wanted = json.dumps([arguments, dict(env), str(cwd)]).encode()
        socket.send_fds(self._link, [len(wanted).to_bytes(4)], files)
        self._link.sendall(wanted)

    def end(self) -> None:
        """End the warm process."""
        self._link.close()
        self._process.wait(PATIENCE)


@cache
def starter(what: str = "commands") -> Starter:
    """Return the warm process of this test process for `commands`, or for `screens` as well."""
    return Starter(what)


def can_be_warm(environ: Mapping[str, str] | None) -> bool:
    """Tell whether a warm process finds these variables as one does that starts with them."""
    return not any(name.startswith(READ_WHEN_IMPORTED) for name in environ or ())


def _import_all(what: str) -> None:
    import papertrail

    left_out = ["papertrail.__main__", "papertrail.store.migrations"]
    if what == "commands":
        left_out.append("papertrail.tui")
    for module in pkgutil.walk_packages(papertrail.__path__, "papertrail."):
        if not module.name.startswith(tuple(left_out)):
            import_module(module.name)
    for name in USED_BY_SOME_COMMANDS:
        import_module(name)


def _fork_for_each(link: socket.socket) -> bool:
    """Return True in a child that is to run the program, and False once no more are wanted."""
    beside: list[int] = []
    while True:
        size, files, _, _ = socket.recv_fds(link, 4, 4)
        if not size:
            return False
        wanted = link.recv(int.from_bytes(size), socket.MSG_WAITALL)
        streams, reports = files[:3], files[3:]
        child = os.fork()
        if child == 0:
            link.close()
            if reports:
                _report_on_a_child(streams, *reports)
            _become(streams, *json.loads(wanted))
            return True
        for descriptor in files:
            os.close(descriptor)
        if reports:
            beside.append(child)
            beside[:] = [one for one in beside if not os.waitpid(one, os.WNOHANG)[0]]
            continue
        _, status = os.waitpid(child, 0)
        link.send(str(os.waitstatus_to_exitcode(status)).encode())


def _report_on_a_child(streams: list[int], reports: int) -> None:
    """Return in a child with a session of its own; else tell its number and, when it ends, its exit code."""
    child = os.fork()
    if child == 0:
        os.close(reports)
        os.setsid()
        return
    for descriptor in streams:
        os.close(descriptor)
    os.write(reports, f"{child:{REPORT}}".encode())
    _, status = os.waitpid(child, 0)
    with suppress(BrokenPipeError):  # nobody waits for it any more
        os.write(reports, f"{os.waitstatus_to_exitcode(status):{REPORT}}".encode())
    os._exit(0)


def _become(streams: list[int], arguments: list[str], env: dict[str, str], folder: str) -> None:
    """Take over what a new process finds: streams, arguments, environment, time zone and folder."""
    for descriptor, stream in enumerate(streams):
        os.dup2(stream, descriptor)
        os.close(stream)
    sys.stdin = open(0, encoding="utf-8", errors="surrogateescape", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", errors="surrogateescape", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", 1, encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    for name in ("stdin", "stdout", "stderr"):
        setattr(sys, f"__{name}__", getattr(sys, name))
    sys.argv[1:] = arguments
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    os.chdir(folder)
    if how := os.environ.pop("TESTS_STRIKE", ""):
        from tests.undo.striking import be_struck

        be_struck(how)


if __name__ == "__main__":
    from papertrail.__main__ import main

    _import_all(sys.argv[1])
    # Trails of the tests are of other days: each would begin a backup that runs beside its test.
    sys.modules["papertrail.cli.main"].__dict__["begin_due_backup"] = bool
    gc.freeze()
    with socket.socket(fileno=int(sys.argv[2])) as waiting:
        is_child = _fork_for_each(waiting)
    if is_child:
        code = main()
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        os._exit(code)  # without taking a warm process's many modules apart

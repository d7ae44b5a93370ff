"""Starts the program many times without waiting for Python: a process of its own each time, forked when warm.

A process that has imported what the commands need waits for command lines and forks one child for each. The
child has its own streams, environment and folder, and runs and ends as `python -m papertrail` does.
"""

import atexit
import gc
import json
import os
import pkgutil
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile

FOLDER = Path(__file__).parents[2]
PATIENCE = 120.0  # seconds
USED_BY_SOME_COMMANDS = ("alembic.command", "filelock", "markdown_it", "platformdirs", "tree_sitter_markdown")


class Starter:
    """The warm process."""

    def __init__(self) -> None:
        self._link, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.cli.starter", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                cwd=FOLDER,
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
            wanted = json.dumps([arguments, dict(env), str(cwd)]).encode()
            streams = [stdin.fileno(), stdout.fileno(), stderr.fileno()]
            socket.send_fds(self._link, [len(wanted).to_bytes(4)], streams)
            self._link.sendall(wanted)
            code = int(self._link.recv(8))
            stdout.seek(0)
            stderr.seek(0)
            return code, stdout.read(), stderr.read()

    def end(self) -> None:
        """End the warm process."""
        self._link.close()
        self._process.wait(PATIENCE)


@cache
def starter() -> Starter:
    """Return the warm process of this test process."""
    return Starter()


def _import_all() -> None:
    import papertrail

    for module in pkgutil.walk_packages(papertrail.__path__, "papertrail."):
        if not module.name.startswith(
            ("papertrail.tui", "papertrail.__main__", "papertrail.store.migrations")
        ):
            import_module(module.name)
    for name in USED_BY_SOME_COMMANDS:
        import_module(name)


def _fork_for_each(link: socket.socket) -> bool:
    """Return True in a child that is to run the program, and False once no more are wanted."""
    while True:
        size, streams, _, _ = socket.recv_fds(link, 4, 3)
        if not size:
            return False
        wanted = link.recv(int.from_bytes(size), socket.MSG_WAITALL)
        child = os.fork()
        if child == 0:
            link.close()
            _become(streams, *json.loads(wanted))
            return True
        for descriptor in streams:
            os.close(descriptor)
        _, status = os.waitpid(child, 0)
        link.send(str(os.waitstatus_to_exitcode(status)).encode())


def _become(streams: list[int], arguments: list[str], env: dict[str, str], folder: str) -> None:
    """Take over what a new process finds: streams, arguments, environment, time zone and folder."""
    for descriptor, stream in enumerate(streams):
        os.dup2(stream, descriptor)
        os.close(stream)
    sys.stdin = open(0, encoding="utf-8", errors="surrogateescape", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", errors="surrogateescape", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", 1, encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    sys.argv[1:] = arguments
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    os.chdir(folder)


if __name__ == "__main__":
    from papertrail.__main__ import main

    _import_all()
    gc.freeze()
    with socket.socket(fileno=int(sys.argv[1])) as waiting:
        is_child = _fork_for_each(waiting)
    if is_child:
        code = main()
        atexit._run_exitfuncs()
        os._exit(code)  # without taking a warm process's many modules apart

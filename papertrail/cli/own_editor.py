"""The reader's own editor, run from the command line."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from papertrail.cli import output
from papertrail.domain.errors import PapertrailError

if TYPE_CHECKING:
    from subprocess import Popen

    from papertrail.domain.editor import Editor

_GRACE = 5.0  # seconds for an editor to end


def run_editor(editor: "Editor", path: Path) -> float:
    """Run an editor to its end; return for how many seconds it ran, endlessly long if it failed.

    Raises:
        PapertrailError: it could not be started.
    """
    import shutil
    import signal
    import subprocess
    from time import monotonic

    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl+c is the editor's while it runs
    begin = monotonic()
    try:
        command, environ = [*editor.command, str(path)], {**os.environ, **editor.environ}
        code = _run(subprocess.Popen(command, env=environ))
    except OSError as error:
        from papertrail.domain.editor import why_not_started

        why = why_not_started(error, _first_line(shutil.which(editor.command[0])))
        raise PapertrailError(
            f"{editor.command[0]} could not be run: {why}", "set VISUAL or EDITOR to an editor that can be"
        ) from error
    finally:
        signal.signal(signal.SIGINT, before)
    if code:
        output.warn(f"{editor.name} ended with exit code {code}: what it saved is kept")
        return float("inf")
    return monotonic() - begin


def _run(editor: "Popen[bytes]") -> int:
    """Wait for the editor; one that has the terminal is told to end when we are, and keeps what it can."""
    from subprocess import TimeoutExpired

    try:
        return editor.wait()
    except KeyboardInterrupt:
        editor.terminate()
        with suppress(TimeoutExpired):
            editor.wait(_GRACE)
        raise


def _first_line(program: str | None) -> bytes:
    try:
        with Path(program or "").open("rb") as file:
            return file.readline(300).removesuffix(b"\n")
    except OSError:
        return b""


def is_done(name: str) -> bool:
    """Ask about an editor that was back at once; without an answer it still has the file."""
    try:
        output.hint(f"{name} came back at once. Still writing? enter when done, ctrl+d leaves the file to it")
        return bool(sys.stdin.readline())
    except KeyboardInterrupt:
        return False

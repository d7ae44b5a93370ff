"""What is longer than the screen goes through a pager, as git does it, and only as far as one looks."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from papertrail.cli import output
from papertrail.cli.trail import can_draw

PAPERTRAIL_PAGER, PAGER = "PAPERTRAIL_PAGER", "PAGER"
_NO_SUCH_COMMAND = 127
_SMALLEST_PIPE = 4096
"""Bytes that are made before somebody looks at them; usually a pipe holds sixteen times as much."""


def wanted_pager() -> str:
    """Return the command line of the pager, empty for none: less, unless the environment names another."""
    if os.name != "posix" or not can_draw():
        return ""
    for name in (PAPERTRAIL_PAGER, PAGER):
        if name in os.environ:
            command = os.environ[name].strip()
            return "" if command == "cat" else command
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    return "less" if any(os.access(f"{folder}/less", os.X_OK) for folder in folders) else ""


class NoPager(Exception):
    """The pager cannot be run; what was to go through it has not been shown."""


@contextmanager
def through_pager(command: str) -> Iterator[None]:
    """Have standard output, styles and all, go through the pager, as far as the reader looks at it.

    less ends by itself where everything fits on the screen, shows colours and leaves the text there
    (`LESS=FRX`), unless the environment says otherwise.

    Args:
        command: the command line of the pager.

    Raises:
        NoPager: there is no such command.
    """
    told, made = os.pipe()
    with suppress(OSError, ImportError, AttributeError):  # Linux; elsewhere more is made ahead
        import fcntl

        fcntl.fcntl(made, fcntl.F_SETPIPE_SZ, _SMALLEST_PIPE)
    pager = os.posix_spawn(
        "/bin/sh",
        ["sh", "-c", command],
        {"LESS": "FRX", "LV": "-c", **os.environ},
        file_actions=[(os.POSIX_SPAWN_DUP2, told, 0)],
        setsigdef=[signal.SIGPIPE],
    )
    os.close(told)
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    code = 0
    try:
        with os.fdopen(made, "w", encoding=encoding, errors="replace") as stream, output.paged(stream):
            yield
    except BrokenPipeError:  # the reader has seen enough
        pass
    finally:
        # ctrl+c is for the pager, whose terminal it is, and nobody else may write there before it ends.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        code = os.waitstatus_to_exitcode(os.waitpid(pager, 0)[1])
        signal.signal(signal.SIGINT, before)
    if code == _NO_SUCH_COMMAND:
        raise NoPager(f"the pager {command} cannot be run")

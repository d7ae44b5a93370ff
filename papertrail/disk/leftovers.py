"""What processes that were killed have left half-written."""

import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import time

from papertrail.disk.whole_file import beginning_of

LEFTOVER_SECONDS = 3600.0
"""After so long no process is still at it."""
# The names of `beside`, and those that earlier versions gave, with the number of the process.
_NAME = re.compile(r"\.(?P<of>.+?)\.(?:[0-9a-f]{16}|\d+(?:[-.][0-9a-f]{1,8})?)\.tmp", re.DOTALL)


def sweep_leftovers(folder: Path, name: str = "") -> None:
    """Remove what processes killed more than an hour ago left half-written in `folder`.

    Args:
        folder: where to look.
        name: of the file they were writing; any file of the folder unless given.
    """
    for path in leftovers(folder, name):
        with suppress(OSError):
            path.unlink()


def leftovers(folder: Path, name: str = "") -> Iterator[Path]:
    """Give what `sweep_leftovers` would remove; nothing where the folder cannot be read."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if not entry.name.endswith(".tmp") or not (match := _NAME.fullmatch(entry.name)):
                continue
            if name and match["of"] not in (beginning_of(name), name[:64]):
                continue
            with suppress(OSError):
                status = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(status.st_mode) and time() - status.st_mtime > LEFTOVER_SECONDS:
                    yield Path(entry.path)

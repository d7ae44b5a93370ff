"""What processes that were killed have left half-written."""

import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from time import time

from papertrail.disk.whole_file import beginning_of

LEFTOVER_SECONDS = 3600.0
"""After so long no process is still at it."""
# The names of `beside`, and those that earlier versions gave, with the number of the process.
_NAME = re.compile(r"\.(?P<of>.+?)[.-](?:[0-9a-f]{16}|\d+(?:[-.][0-9a-f]{1,8})?)\.tmp", re.DOTALL)


def sweep_leftovers(folder: Path, name: str = "") -> None:
    """Remove what processes killed more than an hour ago left half-written in `folder`.

    Args:
        folder: where to look; one that is a link is passed over.
        name: of the file or folder they were making; any of the folder unless given.
    """
    for path in leftovers(folder, name):
        with suppress(OSError):
            remove_leftover(path)


def remove_leftover(path: Path) -> None:
    """Remove a file, or a folder with what is in it, that `leftovers` gave."""
    if path.is_dir() and not path.is_symlink():
        from shutil import rmtree

        rmtree(path)
    else:
        path.unlink(missing_ok=True)


def leftovers(folder: Path, name: str = "") -> Iterator[Path]:
    """Give what `sweep_leftovers` would remove: files and folders; nothing where it cannot be read."""
    if folder.is_symlink():
        return
    with suppress(OSError), os.scandir(folder) as entries:
        yield from left_over_of(entries, name)


def left_over_of(entries: "Iterable[os.DirEntry[str]]", name: str = "") -> Iterator[Path]:
    """Give what `leftovers` would of a folder that was listed."""
    for entry in entries:
        if not entry.name.endswith(".tmp") or not (match := _NAME.fullmatch(entry.name)):
            continue
        if name and match["of"] not in (beginning_of(name), name[:64]):
            continue
        with suppress(OSError):
            status = entry.stat(follow_symlinks=False)
            is_ours = stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)
            if is_ours and time() - status.st_mtime > LEFTOVER_SECONDS:
                yield Path(entry.path)

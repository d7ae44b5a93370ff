"""A folder that is made whole before it has its name."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree

from papertrail.disk.whole_file import beginning_of


@contextmanager
def folder_beside(path: Path) -> Iterator[Path]:
    """Give a new folder beside `path`, for nobody else to look into, that is gone afterwards.

    What is to stay is moved out of it. `sweep_leftovers` knows its name.
    """
    folder = path.with_name(f".{beginning_of(path.name)}.{os.urandom(8).hex()}.tmp")
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        rmtree(folder, ignore_errors=True)

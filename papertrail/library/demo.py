"""A trail to look around in: five weeks old, with notes on the line from R-CNN to Faster R-CNN."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from time import time

from papertrail.disk.leftovers import LEFTOVER_SECONDS, remove_leftover, sweep_leftovers
from papertrail.disk.whole_file import disk_errors
from papertrail.disk.whole_folder import folder_beside
from papertrail.domain.clock import Clock, StoppedClock
from papertrail.domain.errors import BadInput, StorageError
from papertrail.domain.paper import Status
from papertrail.domain.text import clean_line
from papertrail.library.library import Library, open_library
from papertrail.library.trail import Home, create_trail

NOTES = Path(__file__).parent.parent / "demo"
_READ = {"selective-search": 32, "overfeat": 26, "rcnn": 24, "sppnet": 17, "fast-rcnn": 9, "faster-rcnn": 3}
LINEAGE, _SUMMARY = "R-CNN to Faster R-CNN", "r-cnn-to-faster-r-cnn"
_BEGUN = "yolo"
_PASSING = "papertrail-tutorial"
_QUEUED = ("mask-rcnn", "fpn")


def create_demo(root: Path, clock: Clock) -> None:
    """Make a demonstration trail in `root`, its days counted back from now.

    One note lacks a section that is needed to count, so that one can see what owing means. The trail is made
    beside its place and moved there when it is whole: made half it could not be told from a reader's own.

    Args:
        root: a new folder, or an empty one.
        clock: gives the present moment.

    Raises:
        BadInput: there is something in the folder.
        StorageError: the folder cannot be made or written.
    """
    try:
        if root.exists() and (not root.is_dir() or any(root.iterdir())):
            raise BadInput(f"{clean_line(str(root))} is not empty", "name a new folder for the demonstration")
        root.parent.mkdir(parents=True, exist_ok=True)
        sweep_leftovers(root.parent, root.name)
        _sweep_earlier(root)
        with folder_beside(root) as folder:
            made = folder / root.name
            _fill(create_trail(made), clock)
            root.mkdir(exist_ok=True)  # not replaced: somebody may stand in it
            for part in sorted(made.iterdir(), reverse=True):  # the database comes last
                part.replace(root / part.name)
    except OSError as error:
        raise StorageError(
            f"cannot make a trail in {clean_line(str(root))} ({error.strerror or error})",
            "choose another folder: papertrail init --demo DIR",
        ) from error


@contextmanager
def passing_demo(clock: Clock) -> Iterator[Home]:
    """Give a demonstration trail in a folder of its own among the system's temporary ones, gone afterwards.

    Raises:
        StorageError: there is no room for it.
    """
    from tempfile import gettempdir

    place = Path(gettempdir()) / _PASSING
    sweep_leftovers(place.parent, place.name)
    with disk_errors(place), folder_beside(place) as folder:
        create_demo(folder / "demo", clock)
        yield Home(folder / "demo")


def _sweep_earlier(root: Path) -> None:
    """Remove what earlier versions left half-made beside `root`: they named such folders otherwise."""
    name = re.compile(rf"\.{re.escape(root.name)}\.[a-z0-9_]{{8}}")
    with suppress(OSError):
        for folder in root.parent.iterdir():
            if not name.fullmatch(folder.name) or folder.is_symlink() or not folder.is_dir():
                continue
            is_ours = all(entry.name == root.name for entry in folder.iterdir())
            if is_ours and time() - folder.stat().st_mtime > LEFTOVER_SECONDS:
                remove_leftover(folder)


def _fill(home: Home, clock: Clock) -> None:
    """Read and write through five weeks."""
    now = clock.now()

    def at(days: int) -> StoppedClock:
        return StoppedClock(now - timedelta(days=days))

    with open_library(home, clock=at(35)) as library:
        library.goal.set(target=30, rest_days={6})
    for key, days in _READ.items():
        with open_library(home, clock=at(days + 2)) as library:
            library.statuses.set([key], Status.READING)
        with open_library(home, clock=at(days)) as library:
            _note(library, key)
            library.statuses.set([key], Status.READ)
    with open_library(home, clock=at(2)) as library:
        text = (NOTES / "lineages" / f"{_SUMMARY}.md").read_text(encoding="utf-8")
        library.summaries.save(LINEAGE, text, None)
    with open_library(home, clock=clock) as library:
        library.statuses.set([_BEGUN], Status.READING)
        library.statuses.set(list(_QUEUED), Status.QUEUED)


def _note(library: Library, key: str) -> None:
    text = (NOTES / f"{key}.md").read_text(encoding="utf-8")
    library.notes.save(key, text, library.notes.open(key).sha256)

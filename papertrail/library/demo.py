"""A trail to look around in: five weeks old, with notes on the line from R-CNN to Faster R-CNN."""

from datetime import timedelta
from pathlib import Path

from papertrail.domain.clock import Clock, StoppedClock
from papertrail.domain.paper import Status
from papertrail.library.library import Library, open_library
from papertrail.library.trail import create_trail

NOTES = Path(__file__).parent.parent / "demo"
_READ = {"selective-search": 32, "overfeat": 26, "rcnn": 24, "sppnet": 17, "fast-rcnn": 9, "faster-rcnn": 3}
_BEGUN = "yolo"
_QUEUED = ("mask-rcnn", "fpn")


def create_demo(root: Path, clock: Clock) -> None:
    """Make a demonstration trail in `root`, its days counted back from now.

    One note lacks a section that is needed to count, so that one can see what owing means.

    Raises:
        StorageError: the folder cannot be made or written.
    """
    home, now = create_trail(root), clock.now()

    def at(days: int) -> StoppedClock:
        return StoppedClock(now - timedelta(days=days))

    with open_library(home, clock=at(35)) as library:
        library.set_goal(target=30, rest_days={6})
    for key, days in _READ.items():
        with open_library(home, clock=at(days + 2)) as library:
            library.set_status([key], Status.READING)
        with open_library(home, clock=at(days)) as library:
            _note(library, key)
            library.set_status([key], Status.READ)
    with open_library(home, clock=clock) as library:
        library.set_status([_BEGUN], Status.READING)
        library.set_status(list(_QUEUED), Status.QUEUED)


def _note(library: Library, key: str) -> None:
    text = (NOTES / f"{key}.md").read_text(encoding="utf-8")
    library.save_note(key, text, library.open_note(key).sha256)

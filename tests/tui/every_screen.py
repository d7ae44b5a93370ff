"""A walk to every screen of the program, for what holds on all of them."""

from collections.abc import AsyncIterator, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen

import papertrail.tui
from papertrail.domain.paper import Status
from papertrail.library import Home
from papertrail.tui.frame.trail_screen import TrailScreen
from tests.trails import NOTE, FixedClock, opened, small_trail
from tests.tui.driving import press, settle, write

COPY = "faster-rcnn (Anna's conflicted copy 2026-01-01).md"
STEPS = (
    ("TodayScreen", "1"),
    ("PapersScreen", "2 slash WHICH enter"),
    ("PaperScreen", "enter"),
    ("NoteEditor", "e"),
    ("NoteHistory", "ctrl+t"),
    ("MergeScreen", "escape escape M"),
    ("MapScreen", "escape escape 3"),
    ("OverviewScreen", "0"),
    ("CompareScreen", "escape c"),
    ("TellScreen", "escape T"),
    ("MarkScreen", "WORDS ctrl+s"),
    ("InboxScreen", "escape escape 4"),
    ("ReviewScreen", "5"),
    ("AskingScreen", "enter"),
    ("DoctorScreen", "escape 1 DOCTOR"),
)


def walked_trail(root: Path) -> Home:
    """Return a trail from which each screen can be reached: notes, a second text of one of them, a guess."""
    home = small_trail(root)
    with opened(home, FixedClock()) as library:
        keys = ["rcnn", "faster-rcnn"]
        for key in keys:
            library.notes.save(key, NOTE, None)
        library.statuses.set(keys, Status.READ)
    (home.notes / COPY).write_text(NOTE.replace("hand-made", "man-made"), encoding="utf-8")
    return home


def all_screens() -> set[type[Screen[Any]]]:
    """Return every class of a whole screen that the package has."""
    for module in walk_packages(papertrail.tui.__path__, "papertrail.tui."):
        import_module(module.name)

    def below(one: type[Screen[Any]]) -> Iterator[type[Screen[Any]]]:
        for other in one.__subclasses__():
            if other.__module__.startswith("papertrail") and not issubclass(other, ModalScreen):
                yield other
            yield from below(other)

    return set(below(Screen)) - {TrailScreen}


async def walk(pilot: Pilot[int]) -> AsyncIterator[Screen[Any]]:
    """Go to each screen and yield it."""
    for name, keys in STEPS:
        for key in keys.split():
            if key in ("WORDS", "WHICH"):
                await write(pilot, "told" if key == "WORDS" else "faster-rcnn")
            elif key == "DOCTOR":
                await pilot.app.run_action("app.doctor")
                await settle(pilot)
            else:
                await press(pilot, key)
        assert type(pilot.app.screen).__name__ == name, (name, pilot.app.screen)
        yield pilot.app.screen

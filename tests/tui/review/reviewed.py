"""Trails whose notes ask something, for stories of reviews."""

import sqlite3
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, closing
from datetime import timedelta
from pathlib import Path

from textual.pilot import Pilot

from papertrail.domain.paper import Status
from papertrail.domain.recall.review import Grade
from papertrail.library import Home
from papertrail.tui.review.asking import AskingScreen, Stage
from tests.trails import FixedClock, opened, small_trail
from tests.tui.driving import SIZE, running

EVIL = "a [/b] z \x1b]52;c;ZXZpbA==\x07 [@click=app.quit]x 残差网络"
KEYS = ("rcnn", "sppnet", "fast-rcnn")
LINEAGE = "R-CNN to Faster R-CNN"
NOTE = """# What I think

## Problem

Region proposals are slow.

## Key idea: why did the authors design it this way?

Share the convolutions with the proposals. 因为区域建议太慢。

## Limits and what I would change

Anchors are a hand-made prior.
"""
OF_RCNN = f"""{NOTE}
## Questions

Q: Why {EVIL}?
A: Because {EVIL}, I think.
"""
OF_FAST = NOTE.replace("Anchors", "### from rcnn\n\nOne pass for all proposals.\n\nAnchors")
NOTES = {"rcnn": OF_RCNN, "sppnet": NOTE, "fast-rcnn": OF_FAST}


def asking_trail(root: Path, clock: FixedClock | None = None, keys: Sequence[str] = KEYS) -> Home:
    """Return a trail of which papers count and ask; nothing was answered."""
    home = small_trail(root / "trail")
    with opened(home, clock) as library:
        for key in keys:
            library.notes.save(key, NOTES[key], None)
        library.statuses.set(list(keys), Status.READ)
    return home


def answered_trail(root: Path, clock: FixedClock, days: int = 12) -> Home:
    """Return one that was reviewed for some days; the clock stands on the day after."""
    home = asking_trail(root, clock)
    for day in range(days):
        with opened(home, clock) as library:
            for number, id_ in enumerate(library.recall.day().asked[:5]):
                grade = (Grade.AGAIN, Grade.GOOD, Grade.EASY, Grade.HARD)[(day + number) % 4]
                library.recall.grade(library.recall.question(id_), grade, 20)
        clock.moment += timedelta(days=1)
    return home


def review(
    home: Home, size: tuple[int, int] = SIZE, clock: FixedClock | None = None
) -> AbstractAsyncContextManager[Pilot[int]]:
    """Run the program until its first screen is filled."""
    return running(home, size, clock, mode="today")


def grades(home: Home) -> list[tuple[int, int]]:
    """Return every answer kept: its question and grade, in order."""
    with closing(sqlite3.connect(home.private / "library.db")) as connection:
        return connection.execute("SELECT question_id, grade FROM review ORDER BY id").fetchall()


def aside(home: Home) -> list[str | None]:
    """Return until when questions are set aside."""
    with closing(sqlite3.connect(home.private / "library.db")) as connection:
        return [until for (until,) in connection.execute("SELECT until FROM set_aside ORDER BY 1")]


def asking(pilot: Pilot[int]) -> AskingScreen:
    """Return the review under way."""
    screen = pilot.app.screen
    assert isinstance(screen, AskingScreen)
    return screen


def is_ended(pilot: Pilot[int]) -> bool:
    """Tell whether the review is at its end."""
    return asking(pilot)._stage is Stage.ENDED


def wording(pilot: Pilot[int]) -> str:
    """Return the question that is asked."""
    question = asking(pilot)._question
    assert question is not None
    return f"{question.key}: {question.wording}"

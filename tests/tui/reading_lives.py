"""Trails with some weeks behind them, made by real use cases on a clock that walks."""

import atexit
import shutil
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from papertrail.domain.paper import Status
from papertrail.library import Home, Library, create_trail, open_library
from tests.trails import NOTE, FixedClock, make_database

START = date(2026, 3, 2)  # a Monday
DAY = timedelta(days=1)


def at(day: date, hour: int = 9) -> FixedClock:
    return FixedClock(datetime.combine(day, time(hour, 30), timezone.utc))


def lived(
    root: Path, *, weeks: int, per_week: int, target: int = 100, owed: int = 0
) -> tuple[Home, FixedClock]:
    """Return a trail of the packaged seeds after some weeks, and the clock of its last day, a Wednesday.

    Args:
        weeks: whole weeks that have passed.
        per_week: papers read and noted in each.
        target: of the goal, which lasts 26 weeks.
        owed: papers read this week without a note.
    """
    made, last = _made(weeks, per_week, target, owed)
    shutil.copytree(made, root, dirs_exist_ok=True)
    return Home(root), FixedClock(last)


@cache
def _made(weeks: int, per_week: int, target: int, owed: int) -> tuple[Path, datetime]:
    """Make such a trail once, to be copied; return where it is, and the moment it is left at."""
    folder = Path(mkdtemp(prefix="papertrail-lives-"))
    atexit.register(shutil.rmtree, folder)
    home = create_trail(folder)
    clock = at(START)
    make_database(home, clock)
    with open_library(home, clock=clock) as library:
        library.goal.set(target=target, rest_days={6})
        keys = [paper.key for paper in library.papers.each()]
        for week in range(weeks):
            for number in range(per_week):
                clock.moment = at(START + week * 7 * DAY + (number * 2 % 6) * DAY).moment
                count(library, keys.pop(0))
        clock.moment = at(START + (weeks * 7 + 2) * DAY).moment
        if weeks:
            library.statuses.set([keys.pop(0) for _ in range(owed)], Status.READ)
            library.statuses.set([keys.pop(0)], Status.READING)
            library.statuses.set([keys.pop(5), keys.pop(8)], Status.QUEUED)
    return folder, clock.moment


def count(library: Library, key: str) -> None:
    library.statuses.set([key], Status.READING)
    library.notes.save(key, NOTE, None)
    library.statuses.set([key], Status.READ)

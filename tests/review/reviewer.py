"""A process that reviews until nothing is due: `python -m tests.review.reviewer TRAIL MOMENT SEED POINT`.

Each grade is said once it is given. With a POINT the process kills itself right before it changes the disk
for so many times.
"""

import json
import sys
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from papertrail.domain.errors import Conflict
from papertrail.domain.recall.review import Grade
from papertrail.library import Home, Library, open_library
from tests.trails import FixedClock
from tests.undo.victim import die_at

DAYS = 30


def main() -> None:
    """Review day after day, saying the question and the grade of each answer."""
    root, clock = Path(sys.argv[1]), FixedClock(datetime.fromisoformat(sys.argv[2]))
    random, point = Random(int(sys.argv[3])), int(sys.argv[4])
    with open_library(Home(root), clock=clock) as library:
        if point:
            die_at(point)
        for _ in range(DAYS):
            review_day(library, random)
            clock.moment += timedelta(days=1)


def review_day(library: Library, random: Random) -> None:
    """Answer all that is due; now and then take the last answer back, or put a question off."""
    day = library.recall.day(minutes=60)
    for id_ in day.asked:
        grade = random.choice(list(Grade))
        try:
            question = library.recall.question(id_, day.newest)
            if random.random() < 0.1:
                library.recall.bury(question)
                continue
            graded = library.recall.grade(question, grade, 20)
        except Conflict:
            _say("passed", id_, 0)
            continue
        _say("graded", graded.question, grade)
        if random.random() < 0.1:
            with suppress(Conflict):  # another reviewer has answered it since, on a later day
                library.undo.undo(graded.op)
                _say("taken back", graded.question, grade)


def _say(what: str, question: int, grade: int) -> None:
    print(json.dumps([what, question, grade]), flush=True)


if __name__ == "__main__":
    main()

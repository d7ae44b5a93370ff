"""A trail in which one paper can be explained: counted, and every section known a week later."""

from datetime import timedelta
from pathlib import Path

from papertrail.domain.paper import Status
from papertrail.domain.recall.review import Grade
from papertrail.library import Home, Library
from tests.trails import NOTE, RCNN, FixedClock, opened, small_trail

HOSTILE = "a [/b] z \x1b]52;c;ZXZpbA==\x07 残差"
QUESTIONS = (
    f"\n## Questions\n\nQ: Why {HOSTILE}?\nA: 因为 {HOSTILE}\n\nQ: Open {HOSTILE}?\n\nQ: 为什么?\nA:\n"
)
ROWS = [(f"{row[0]} {HOSTILE}", row[1], f"{row[2]} {HOSTILE}", *row[3:]) for row in RCNN]


def answer(library: Library, key: str, grade: Grade) -> None:
    """Answer all that a paper's note asks."""
    for id_ in library.recall.day([key]).asked:
        library.recall.grade(library.recall.question(id_), grade)


def explaining_trail(folder: Path, clock: FixedClock) -> Home:
    """Make a trail whose `rcnn` and `sppnet` count, and of which `rcnn` can be explained a week later."""
    home = small_trail(folder, ROWS)
    with opened(home, clock) as library:
        for key in ("rcnn", "sppnet"):
            library.notes.save(key, NOTE + QUESTIONS, None)
        library.statuses.set(["rcnn", "sppnet"], Status.READ)
        answer(library, "rcnn", Grade.GOOD)
        clock.moment += timedelta(days=7)
        answer(library, "rcnn", Grade.GOOD)
    return home

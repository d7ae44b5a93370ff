"""Numbers with a fraction come back to the last digit, and are known again as what was left."""

from datetime import timedelta
from pathlib import Path

from papertrail.domain.paper import Status
from papertrail.domain.recall.review import Grade
from tests.trails import NOTE, FixedClock, opened, small_trail


def test_many_grades_are_taken_back_one_by_one(tmp_path: Path) -> None:
    """SQLite's JSON has 15 digits of a number: with these, a memory is not the one that was left."""
    clock = FixedClock()
    with opened(small_trail(tmp_path), clock) as library:
        library.notes.save("rcnn", NOTE, None)
        library.statuses.set(["rcnn"], Status.READ)
        (id_, *_) = library.recall.day(["rcnn"]).asked
        memories = [library.recall.question(id_).memory]
        for grade in (Grade.HARD, Grade.GOOD, Grade.AGAIN, Grade.GOOD, Grade.EASY):
            clock.moment += timedelta(days=3)
            library.recall.grade(library.recall.question(id_), grade, 5)
            memories.append(library.recall.question(id_).memory)
        for memory in reversed(memories[:-1]):
            library.undo.undo()
            assert library.recall.question(id_).memory == memory
        library.undo.redo()
        assert library.recall.question(id_).memory == memories[1]

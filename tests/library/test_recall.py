"""Review: what is asked of a trail, what a grade does, and which question stays which."""

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from papertrail.domain.errors import BadInput, Conflict, NotFound
from papertrail.domain.paper import Status
from papertrail.domain.recall.question import Kind
from papertrail.domain.recall.review import Grade, ReviewQuestion
from papertrail.library import Home, Library
from tests.trails import HOSTILE_TITLES, FixedClock, opened, small_trail

NOTE = """## Problem
{problem}

## Key idea
Share the work.

## Limits and what I would change
Small objects.

## Questions
Q: Why 3x3?
A: Cheap.

Q: Open?
A:
"""


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return small_trail(tmp_path / "trail")


@pytest.fixture
def library(home: Home, clock: FixedClock) -> Iterator[Library]:
    with opened(home, clock) as library:
        yield library


def count(library: Library, *keys: str, text: str = NOTE) -> None:
    """Let papers count."""
    for key in keys:
        library.notes.save(key, text.replace("{problem}", f"Slow, says {key}."), library.notes.version(key))
    library.statuses.set(list(keys), Status.READ)


def asked(library: Library, *keys: str) -> list[ReviewQuestion]:
    return [library.recall.question(id_) for id_ in library.recall.day(keys).asked]


def one(library: Library, wording: str, *keys: str) -> ReviewQuestion:
    (found,) = [question for question in asked(library, *keys) if question.wording == wording]
    return found


def test_only_papers_that_count_are_asked_about(library: Library) -> None:
    assert library.recall.day().asked == ()
    library.notes.save("rcnn", NOTE, None)
    assert library.recall.day().asked == () and library.recall.day().known == 4
    library.statuses.set(["rcnn"], Status.READ)
    assert [(question.kind, question.wording) for question in asked(library, "rcnn")] == [
        (Kind.SECTION, "What could the field not do?"),
        (Kind.SECTION, "Why did the authors design it this way?"),
        (Kind.SECTION, "Where does it fail?"),
        (Kind.PAIR, "Why 3x3?"),
    ]
    library.statuses.set(["rcnn"], Status.UNREAD)
    assert library.recall.day().asked == ()


def test_a_lineage_asks_for_its_story_once_three_of_its_papers_count(library: Library) -> None:
    count(library, "rcnn", "sppnet")
    name = "R-CNN to Faster R-CNN"

    def stories() -> list[ReviewQuestion]:
        found = (library.recall.question(id_) for id_ in library.recall.day(lineage=name).asked)
        return [question for question in found if question.lineage]

    assert stories() == []
    change = NOTE + "\n## Key idea: why did the authors design it this way?\n### from rcnn\nOne net.\n"
    count(library, "fast-rcnn", text=change)
    (story,) = stories()
    assert (story.kind, story.title, story.key) == (Kind.LINEAGE, name, None)
    steps = library.recall.answer(story).steps
    assert [step.key for step in steps] == ["rcnn", "sppnet", "fast-rcnn", "faster-rcnn"]
    assert [step.text for step in steps] == ["", "", "One net.", ""]
    graded = library.recall.grade(story, Grade.GOOD)
    assert graded.question > 0
    (again,) = stories()
    assert again.id == graded.question and again.memory == graded.memory
    library.undo.undo()
    (first,) = stories()
    assert first.memory is None
    with pytest.raises(BadInput, match="not in a note"):
        library.recall.mark_bad(first)


def test_a_grade_says_when_a_question_comes_again_and_is_taken_back(
    library: Library, clock: FixedClock
) -> None:
    count(library, "rcnn")
    question = one(library, "Why 3x3?", "rcnn")
    days = library.recall.intervals(question)
    assert list(days) == list(Grade) and list(days.values()) == sorted(days.values())
    graded = library.recall.grade(question, Grade.GOOD, 12)
    today = clock.now().date()
    assert graded.memory.due_on == today + timedelta(days=days[Grade.GOOD])
    assert question.id not in library.recall.day().asked
    told = library.undo.undo(graded.op)
    assert told.past.what == "rcnn: Why 3x3? answered (good)"
    assert one(library, "Why 3x3?", "rcnn").memory is None
    library.undo.redo()
    assert one(library, "Why 3x3?", "rcnn").memory == graded.memory
    clock.moment += timedelta(days=days[Grade.GOOD])
    assert question.id in library.recall.day().asked


def test_nobody_grades_a_question_twice_by_accident(home: Home, library: Library) -> None:
    count(library, "rcnn")
    mine = one(library, "Why 3x3?", "rcnn")
    with opened(home) as other:
        theirs = other.recall.question(mine.id)
        other.recall.grade(theirs, Grade.EASY)
        with pytest.raises(Conflict, match="answered meanwhile"):
            library.recall.grade(mine, Grade.AGAIN)
    connection = sqlite3.connect(home.private / "library.db")
    assert connection.execute("SELECT grade FROM review").fetchall() == [(4,)]
    connection.close()


def test_what_is_buried_comes_tomorrow_and_what_is_bad_once_it_is_reworded(
    library: Library, clock: FixedClock
) -> None:
    count(library, "rcnn")
    question, other = one(library, "Why 3x3?", "rcnn"), one(library, "Where does it fail?", "rcnn")
    library.recall.bury(other)
    library.recall.mark_bad(question)
    assert {question.id, other.id}.isdisjoint(library.recall.day().asked)
    clock.moment += timedelta(days=1)
    assert other.id in library.recall.day().asked and question.id not in library.recall.day().asked
    text = NOTE.replace("Why 3x3?", "Why three by three?").replace("Cheap.", "Cheap, and as wide.")
    library.notes.save("rcnn", NOTE.replace("Cheap.", "Cheap, and as wide."), library.notes.version("rcnn"))
    assert question.id not in library.recall.day().asked, "its answer is not its wording"
    library.notes.save("rcnn", text, library.notes.version("rcnn"))
    assert question.id in library.recall.day().asked


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.replace("Cheap.", "Cheaper than one of 7x7."), id="answer"),
        pytest.param(lambda text: text.replace("Why 3x3?", "Why 3x3, really?"), id="wording"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="line ends"),
        pytest.param(lambda text: text.replace("Q: Why", "Q: New?\nA: Yes.\n\nQ: Why"), id="one before it"),
        pytest.param(
            lambda text: text.replace("Q: Why 3x3?\nA: Cheap.\n", "").replace(
                "Share the work.", "Share the work.\n\nQ: Why 3x3?\nA: Cheap."
            ),
            id="another section",
        ),
        pytest.param(lambda text: text.replace("Why 3x3?", "为什么？"), id="another language"),
    ],
)
@pytest.mark.parametrize("outside", [False, True])
def test_a_question_keeps_its_memory_while_its_note_changes(
    home: Home, clock: FixedClock, change: "object", outside: bool
) -> None:
    assert callable(change)
    with opened(home, clock) as library:
        count(library, "rcnn")
        graded = library.recall.grade(one(library, "Why 3x3?", "rcnn"), Grade.GOOD)
        text = library.notes.open("rcnn").text
        if not outside:
            library.notes.save("rcnn", change(text), library.notes.version("rcnn"))
    if outside:
        (home.notes / "rcnn.md").write_bytes(change(text).encode())
    with opened(home, clock) as library:
        question = library.recall.question(graded.question)
        assert question.memory == graded.memory
        assert question.id in library.recall.day(["rcnn"]).asked
        assert library.recall.answer(question).markdown.startswith("Cheap")


def test_a_question_that_is_gone_sleeps_and_wakes_with_its_memory(library: Library) -> None:
    count(library, "rcnn", "adam")
    graded = library.recall.grade(one(library, "Why 3x3?", "rcnn"), Grade.GOOD)
    without = NOTE.replace("Q: Why 3x3?\nA: Cheap.\n", "")
    library.notes.save("rcnn", without, library.notes.version("rcnn"))
    assert graded.question not in library.recall.day(["rcnn"]).asked
    with pytest.raises(NotFound, match="asked no more"):
        library.recall.question(graded.question)
    (library.home.notes / "rcnn.md").unlink()
    library.notes.index_changed()
    library.notes.save("rcnn", NOTE, None)
    assert one(library, "Why 3x3?", "rcnn").memory == graded.memory


def test_a_question_that_moves_to_another_papers_note_takes_its_memory_along(library: Library) -> None:
    count(library, "rcnn")
    graded = library.recall.grade(one(library, "Why 3x3?", "rcnn"), Grade.GOOD)
    library.notes.save("rcnn", NOTE.replace("Q: Why 3x3?\nA: Cheap.\n", ""), library.notes.version("rcnn"))
    count(library, "adam")
    moved = one(library, "Why 3x3?", "adam")
    assert (moved.id, moved.key, moved.memory) == (graded.question, "adam", graded.memory)


def test_rename_merge_and_removal_keep_what_is_remembered(library: Library) -> None:
    count(library, "rcnn", "adam")
    graded = library.recall.grade(one(library, "Why 3x3?", "rcnn"), Grade.GOOD)
    library.corrections.rename("rcnn", "regions")
    assert one(library, "Why 3x3?", "regions").memory == graded.memory
    library.unions.merge("regions", "sppnet")
    merged = one(library, "Why 3x3?", "sppnet")
    assert (merged.id, merged.memory) == (graded.question, graded.memory)
    library.corrections.remove("sppnet")
    with pytest.raises(NotFound, match="asked no more"):
        library.recall.question(graded.question)
    for _ in range(3):
        library.undo.undo()
    assert one(library, "Why 3x3?", "rcnn").memory == graded.memory


def test_a_note_is_taken_back_as_long_as_none_of_its_questions_was_answered_since(library: Library) -> None:
    saved = NOTE.replace("Cheap.", "Cheap, and more.").replace("Why 3x3?", "Why 3x3 and not 5x5?")
    count(library, "rcnn")
    library.notes.save("rcnn", saved, library.notes.version("rcnn"))
    library.undo.undo()
    assert one(library, "Why 3x3?", "rcnn")
    library.recall.grade(one(library, "Why 3x3?", "rcnn"), Grade.GOOD)
    begun = next(past.op for past in library.undo.stacks().done if "begun" in past.what)
    with pytest.raises(Conflict, match="came after it"):
        library.undo.undo(begun)


def test_a_trail_of_before_knows_its_questions_at_the_next_start(home: Home) -> None:
    with opened(home) as library:
        count(library, "rcnn")
    connection = sqlite3.connect(home.private / "library.db")
    connection.executescript(
        "DELETE FROM question; DELETE FROM change WHERE table_name = 'question';"
        "UPDATE setting SET value = '3:x' WHERE name = 'template'"
    )
    connection.close()
    with opened(home) as library:
        assert len(asked(library, "rcnn")) == 4
        library.undo.undo()  # the status; what was indexed anew stands in nobody's way
        assert library.undo.undo().past.what.startswith("note of rcnn begun")


def test_the_day_keeps_within_its_minutes_and_its_new_questions(library: Library) -> None:
    count(library, "rcnn", "sppnet", "fast-rcnn", "adam")
    assert len(library.recall.day().asked) == 10
    library.settings.set("review-new", "3")
    day = library.recall.day()
    assert len(day.asked) == 3 and day.minutes == pytest.approx(1.0)
    assert len(library.recall.day(minutes=0.4).asked) == 1
    library.recall.grade(library.recall.question(day.asked[0]), Grade.GOOD, 20)
    assert (library.recall.day().answered, len(library.recall.day().asked)) == (1, 2)


def test_the_end_of_the_goal_is_the_day_to_be_ready_by(library: Library, clock: FixedClock) -> None:
    goal = library.goal.progress().goal
    assert goal is not None and library.recall.day().ready_by == goal.end
    library.settings.set("review-ready-by", "2027-03-01")
    assert library.recall.day().ready_by == date(2027, 3, 1)
    library.settings.set("review-ready-by", "never")
    assert library.recall.day().ready_by is None


def test_a_paper_can_be_explained_when_all_was_known_a_week_later_and_fades(
    library: Library, clock: FixedClock
) -> None:
    count(library, "rcnn")
    paper = library.papers.get("rcnn").summary.id

    def answer(grade: Grade) -> None:
        for question in asked(library, "rcnn"):
            library.recall.grade(question, grade)

    answer(Grade.EASY)
    assert library.recall.explained() == []
    clock.moment += timedelta(days=7)
    answer(Grade.GOOD)
    assert library.recall.explained() == [paper]
    assert library.recall.stats().explained == 1
    library.statuses.set(["rcnn"], Status.UNREAD)
    assert library.recall.explained() == []
    library.undo.undo()
    clock.moment += timedelta(days=900)
    assert library.recall.explained() == []
    answer(Grade.HARD)
    assert library.recall.explained() == [paper]


@pytest.mark.parametrize("title", HOSTILE_TITLES[:6])
def test_any_text_is_asked_as_it_is(library: Library, title: str) -> None:
    count(library, "rcnn", text=NOTE.replace("Why 3x3?", f"Why {title}?"))
    wordings = [question.wording for question in asked(library, "rcnn")]
    assert len(wordings) == 4 and not any("\x1b" in wording or "\x07" in wording for wording in wordings)
    for question in asked(library, "rcnn"):
        assert library.recall.answer(question).markdown

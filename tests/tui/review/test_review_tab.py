"""The fifth screen: what is due, how it went, which papers are known worst."""

from datetime import timedelta
from pathlib import Path

import pytest

from papertrail.domain.paper import Status
from papertrail.domain.recall.review import Grade
from papertrail.tui.note.editor import NoteEditor
from papertrail.tui.paper.screen import PaperScreen
from papertrail.tui.review.asking import AskingScreen
from papertrail.tui.review.screen import ReviewScreen
from papertrail.tui.review.weak_list import WeakList
from papertrail.tui.widgets.note_area import NoteArea
from tests.trails import HOSTILE_TITLES, FixedClock, opened, small_trail
from tests.tui.driving import look_for_news, press, settle, shown
from tests.tui.review.reviewed import NOTE, answered_trail, asking_trail, grades, review

SIZES = [(80, 24), (140, 40)]


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_due_and_how_it_went(tmp_path: Path, size: tuple[int, int]) -> None:
    clock = FixedClock()
    home = answered_trail(tmp_path, clock)
    with opened(home, clock) as library:
        day, stats = library.recall.day(), library.recall.stats()
    assert day.asked and stats.remembered
    async with review(home, size, clock) as pilot:
        assert f"5 review {len(day.asked)}" in shown(pilot), "counted without being looked at"
        await press(pilot, "5")
        text = shown(pilot)
        assert "today · " in text and f"{stats.remembered:.0%} of {stats.answered} answered" in text
        assert "all are asked again, ready by 29 Aug" in text and "tomorrow" in text
        assert all(day in text for day in ("14 Feb", "21 Feb", "7 Mar")), "each week has its date"
        assert ("28 Feb" in text) and "█ known" in text and "▲ today" in text and "░" in text and "│" in text
        assert [one.key for one in stats.weakest] == [
            row.key for row in pilot.app.screen.query_one(WeakList)._rows if not isinstance(row, str)
        ]
        assert f"{stats.weakest[0].chance:.0%} of {stats.weakest[0].questions}" in text
        await press(pilot, "question_mark")
        assert shown(pilot).count("⏎  ") == 1, "one line for one key"
        await press(pilot, "escape")
        assert "⏎ begins: about" in text and "R asks" in text and "⏎ begin  R ask this paper" in text


async def test_an_empty_trail_says_what_to_do(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with review(home, (80, 24)) as pilot:
        await press(pilot, "5")
        text = shown(pilot)
        assert "No questions yet: they come from the notes of papers that count" in text
        assert text.count("read a paper and write its note") == 1 and "⏎ begin" not in text
        assert "▲ today" not in text and "ready by" not in text, "there is nothing to draw or to plan"
        await press(pilot, "enter", "R", "e", "s")
        assert isinstance(pilot.app.screen, ReviewScreen) and "there is no paper here" in shown(pilot)
        with opened(home) as other:
            other.notes.save("rcnn", "## Problem\n\nWindows are slow.\n", None)
        look_for_news(pilot)
        await settle(pilot)
        text = shown(pilot)
        assert "read a paper and write its note" in text and "ready by" not in text, "nothing counts yet"


async def test_where_nothing_is_due_it_says_when_next(tmp_path: Path) -> None:
    home = asking_trail(tmp_path, keys=("rcnn",))
    with opened(home) as library:
        for id_ in library.recall.day(minutes=60).asked:
            library.recall.grade(library.recall.question(id_), Grade.EASY)
    async with review(home, (80, 24)) as pilot:
        await press(pilot, "5")
        text = shown(pilot)
        assert "Nothing is due: next on 9 Mar" in text and "4 answered today" in text
        assert "R asks rcnn all the same" in text and "⏎ begin" not in text
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ReviewScreen) and "next on 9 Mar" in shown(pilot)
        await press(pilot, "R")
        assert isinstance(pilot.app.screen, AskingScreen) and "1 of 4" in shown(pilot)


async def test_the_papers_keys_act_on_the_one_under_the_cursor(tmp_path: Path) -> None:
    clock = FixedClock()
    home = answered_trail(tmp_path, clock)
    async with review(home, clock=clock) as pilot:
        await press(pilot, "5", "down")
        key = pilot.app.screen.query_one(WeakList).chosen_key
        await press(pilot, "e")
        assert isinstance(pilot.app.screen, NoteEditor)
        await press(pilot, "escape", "R")
        assert isinstance(pilot.app.screen, AskingScreen)
        assert {asking.key for asking in [pilot.app.screen._question] if asking} == {key}
        await press(pilot, "escape")
        await pilot.click(WeakList, offset=(5, 2))
        await pilot.click(WeakList, offset=(5, 2), times=2)
        await settle(pilot)
        assert isinstance(pilot.app.screen, PaperScreen)


async def test_a_bad_question_is_worded_otherwise_from_there(tmp_path: Path) -> None:
    home = asking_trail(tmp_path, keys=("rcnn",))
    with opened(home) as library:
        questions = [library.recall.question(id_) for id_ in library.recall.day().asked]
        library.recall.mark_bad(questions[-1])
    async with review(home, (80, 24)) as pilot:
        await press(pilot, "5")
        assert "marked as bad: e words it otherwise" in shown(pilot) and "Why a [/b] z" in shown(pilot)
        await press(pilot, "e")
        area = pilot.app.screen.query_one(NoteArea)
        row = area.cursor_location[0]
        assert area.text.split("\n")[row].startswith("Q: Why")
        area.replace("Q: Which one, and why at all is it three?", (row, 0), (row, 200))
        await press(pilot, "ctrl+s", "escape")
        assert "marked as bad" not in shown(pilot), "what is worded otherwise is asked again"


async def test_it_follows_what_another_program_answers(tmp_path: Path) -> None:
    home = asking_trail(tmp_path, keys=("rcnn",))
    async with review(home) as pilot:
        await press(pilot, "5")
        assert "5 review 4" in shown(pilot)
        with opened(home) as other:
            for id_ in other.recall.day().asked[:3]:
                other.recall.grade(other.recall.question(id_), Grade.GOOD)
        look_for_news(pilot)
        await settle(pilot)
        assert "5 review 1" in shown(pilot) and "3 answered today" in shown(pilot)
        await press(pilot, "u")
        assert "Take this back?" in shown(pilot), "it was not done here"
        await press(pilot, "escape")
    assert len(grades(home)) == 3


async def test_hostile_titles_and_notes_are_inert(tmp_path: Path) -> None:
    rows = [
        (f"Line [/b] {title}", f"evil-{n}", title, "A", "2000", "", "", "", "")
        for n, title in enumerate(HOSTILE_TITLES)
    ]
    home = small_trail(tmp_path, rows)
    clock = FixedClock()
    with opened(home, clock) as library:
        for n, title in enumerate(HOSTILE_TITLES):
            library.notes.save(f"evil-{n}", NOTE.replace("Region proposals", title), None)
        library.statuses.set([f"evil-{n}" for n in range(len(HOSTILE_TITLES))], Status.READ)
        for id_ in library.recall.day().asked:
            library.recall.grade(library.recall.question(id_), Grade.AGAIN)
    clock.moment += timedelta(days=1)
    async with review(home, (80, 24), clock) as pilot:
        await press(pilot, "5")
        assert "a [/] b" in shown(pilot)
        await press(pilot, "enter")
        for _ in range(12):
            shown(pilot)
            await press(pilot, "space")
            shown(pilot)
            await press(pilot, "1")
        shown(pilot)

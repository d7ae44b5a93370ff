"""A review under way: asked, answered, looked up, graded; nothing lost, nothing given twice."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Static

from papertrail.domain.recall.question import Kind
from papertrail.domain.recall.review import Grade
from papertrail.library import Home
from papertrail.tui.frame.help import HelpScreen
from papertrail.tui.note.editor import NoteEditor
from papertrail.tui.paper.screen import PaperScreen
from papertrail.tui.review.answer_area import AnswerArea
from papertrail.tui.review.asking import AskingScreen
from papertrail.tui.review.end_page import RereadList
from papertrail.tui.review.grade_bar import GradeBar
from papertrail.tui.review.question_sheet import INVITING
from papertrail.tui.review.screen import ReviewScreen
from papertrail.tui.widgets.note_area import NoteArea
from tests.trails import FixedClock, opened
from tests.tui.driving import press, settle, shown, write
from tests.tui.review.reviewed import (
    LINEAGE,
    NOTE,
    OF_RCNN,
    aside,
    asking,
    asking_trail,
    grades,
    is_ended,
    review,
    wording,
)

SIZES = [(80, 24), (140, 40)]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return asking_trail(tmp_path)


@pytest.fixture
def one(tmp_path: Path) -> Home:
    """One paper counts, and asks four questions."""
    return asking_trail(tmp_path, keys=("rcnn",))


@pytest.mark.parametrize("size", SIZES)
async def test_a_question_is_asked_without_its_answer_then_seen_and_graded(
    one: Home, size: tuple[int, int]
) -> None:
    async with review(one, size) as pilot:
        await press(pilot, "5", "enter")
        text = shown(pilot)
        assert "Rich feature hierarchies · 2013" in text and "1 of 4 · about 1 minute left" in text
        assert "What could the field not do?" in text and "space see the answer" in text
        assert "slow" not in text and "Problem" not in text and "Again" not in text
        await press(pilot, "1", "2", "3", "4")
        assert "space shows the answer first" in shown(pilot) and grades(one) == []
        await press(pilot, "space")
        text = shown(pilot)
        assert "your note · Problem" in text and "Region proposals are slow." in text
        assert "you wrote" not in text
        assert all(words in text for words in ("1 Again 1 d", "2 Hard 1 d", "3 Good 2 d", "4 Easy 8 d")), text
        await press(pilot, "3")
        assert "2 of 4" in shown(pilot) and [grade for _, grade in grades(one)] == [3]
        assert isinstance(pilot.app.screen, AskingScreen)


async def test_what_is_typed_stands_beside_the_note(one: Home) -> None:
    async with review(one, (80, 24)) as pilot:
        await press(pilot, "5", "enter", "tab")
        text = shown(pilot)
        assert "tab see the answer" in text and " esc stop typing" in text
        assert "Type what you know of it." in text and "Or type it: tab" not in text, (
            "tab means another thing"
        )
        await write(pilot, "1 or 2, 因为 e u - slow")
        await press(pilot, "!", "q", "?")
        assert grades(one) == [] and aside(one) == [] and wording(pilot).endswith("not do?")
        await press(pilot, "tab")
        line = next(line for line in shown(pilot).split("\n") if "Region proposals" in line)
        assert "1 or 2, 因为 e u - slow!q?" in line, "they stand beside each other"
        await press(pilot, "4")
        assert pilot.app.screen.query_one(AnswerArea).note == "", "the next one begins with an empty field"
        assert grades(one)[0][1] == 4


async def test_the_field_is_left_by_escape_and_then_keys_are_keys(one: Home) -> None:
    async with review(one) as pilot:
        await press(pilot, "5", "enter", "tab", "x", "escape")
        assert isinstance(pilot.app.screen, AskingScreen) and "space see the answer" in shown(pilot)
        await press(pilot, "space")
        assert "you wrote" in shown(pilot)
        await press(pilot, "tab", "2")
        assert [grade for _, grade in grades(one)] == [2]
        await press(pilot, "tab", "y", "ctrl+enter")
        assert "you wrote" in shown(pilot)


async def test_a_click_into_the_frame_opens_the_field_and_escape_closes_an_empty_one(one: Home) -> None:
    async with review(one, (80, 24)) as pilot:
        await press(pilot, "5", "enter")
        area = pilot.app.screen.query_one(AnswerArea)
        lines = shown(pilot).split("\n")
        place = next(number for number, line in enumerate(lines) if INVITING in line)
        assert not area.display and lines[place - 1].strip().startswith("╭")
        assert sum("╰" in line for line in lines) == 1
        await pilot.click(offset=(10, place - 2))
        await settle(pilot)
        assert not area.display, "the question is no field"
        await pilot.click(offset=(10, place))
        await settle(pilot)
        assert area.has_focus and INVITING not in shown(pilot)
        await press(pilot, "escape")
        assert not area.display and INVITING in shown(pilot)


async def test_frame_and_field_keep_one_readable_width_on_a_wide_screen(one: Home) -> None:
    async with review(one, (200, 30)) as pilot:
        await press(pilot, "5", "enter")
        frame = next(line for line in shown(pilot).split("\n") if "╭" in line)
        await press(pilot, "tab")
        field = next(line for line in shown(pilot).split("\n") if "╭" in line)
        assert frame.rstrip() == field.rstrip() and len(frame.strip()) == 104


@pytest.mark.parametrize("size", SIZES)
async def test_from_question_to_question_nothing_is_laid_out(
    one: Home, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out: list[AskingScreen] = []
    lay_out = AskingScreen._refresh_layout

    def noticed(screen: AskingScreen, *args: Any, **named: Any) -> None:
        laid_out.append(screen)
        lay_out(screen, *args, **named)

    async with review(one, size) as pilot:
        await press(pilot, "5", "enter")
        monkeypatch.setattr(AskingScreen, "_refresh_layout", noticed)
        await press(pilot, "space", "3", "space", "1", "u", "minus")
        assert laid_out == [] and "3 of 4" in shown(pilot)


async def test_no_digit_leaves_for_another_screen(one: Home) -> None:
    async with review(one) as pilot:
        await press(pilot, "5", "enter", *"0123456789", "space", *"056789")
        assert isinstance(pilot.app.screen, AskingScreen) and pilot.app.current_mode == "review"
        assert grades(one) == []
        await press(pilot, "1", *["space", "1"] * 3, *"0123456789", "space", "enter")
        assert pilot.app.current_mode == "review" and len(grades(one)) == 4


async def test_a_grade_is_kept_at_once_and_escape_loses_nothing(one: Home) -> None:
    async with review(one) as pilot:
        await press(pilot, "5", "enter", "space", "3", "space", "escape")
        assert isinstance(pilot.app.screen, ReviewScreen)
        assert len(grades(one)) == 1
        assert "questions more today" in shown(pilot) and "1 answered today" in shown(pilot)
        assert "5 review 3" in shown(pilot)
        await press(pilot, "enter")
        assert "1 of 3" in shown(pilot)


async def test_the_last_grade_is_taken_back_and_asked_again(one: Home) -> None:
    async with review(one) as pilot:
        await press(pilot, "5", "enter", "u")
        assert "nothing was graded in this review yet" in shown(pilot)
        asked = [wording(pilot)]
        await press(pilot, "space", "3")
        asked.append(wording(pilot))
        await press(pilot, "space", "1")
        await press(pilot, "u")
        assert wording(pilot) == asked[1] and "taken back: again" in shown(pilot) and "2 of 4" in shown(pilot)
        assert [grade for _, grade in grades(one)] == [3]
        await press(pilot, "u")
        assert wording(pilot) == asked[0] and grades(one) == []
        await press(pilot, *["space", "4"] * 4)
        assert is_ended(pilot)
        await press(pilot, "u")
        assert not is_ended(pilot) and "4 of 4" in shown(pilot) and len(grades(one)) == 3


async def test_what_is_buried_or_bad_is_passed_and_taken_back(one: Home) -> None:
    clock = FixedClock()
    async with review(one, clock=clock) as pilot:
        await press(pilot, "5", "enter")
        first = wording(pilot)
        await press(pilot, "minus")
        assert wording(pilot) != first and "it comes again tomorrow" in shown(pilot)
        assert aside(one) == ["2026-03-02"]
        await press(pilot, "u")
        assert wording(pilot) == first and aside(one) == []
        await press(pilot, "exclamation_mark")
        assert "not asked until you word it otherwise" in shown(pilot) and aside(one) == [None]
        await press(pilot, "escape")
        text = shown(pilot)
        assert "marked as bad" in text and "What could the field not do?" in text
    clock.moment += timedelta(days=1)
    with opened(one, clock) as library:
        assert first not in [library.recall.question(id_).wording for id_ in library.recall.day().asked]


async def test_the_note_is_opened_at_the_section_and_the_same_question_comes_back(one: Home) -> None:
    async with review(one) as pilot:
        await press(pilot, "5", "enter", "space", "3")
        asked = wording(pilot)
        await press(pilot, "tab")
        await write(pilot, "kept")
        await press(pilot, "escape", "e")
        assert isinstance(pilot.app.screen, NoteEditor)
        area = pilot.app.screen.query_one(NoteArea)
        above = area.text.split("\n")[: area.cursor_location[0] + 1]
        assert [line for line in above if line.startswith("## ")][-1].startswith("## Key idea")
        await write(pilot, "Anew ")
        await press(pilot, "ctrl+s", "escape")
        assert wording(pilot) == asked and "2 of 4" in shown(pilot)
        await press(pilot, "space")
        assert "Anew" in shown(pilot) and "kept" in shown(pilot)
        await press(pilot, "2")
        assert len(grades(one)) == 2


async def test_an_own_question_is_found_in_its_note(one: Home) -> None:
    async with review(one) as pilot:
        await press(pilot, "5", "enter", *["space", "3"] * 3)
        question = asking(pilot)._question
        assert question is not None and question.kind is Kind.PAIR
        text = shown(pilot)
        assert "Why a [/b] z" in text and "残差网络?" in text and "\x1b" not in text
        await press(pilot, "space")
        assert "Because a [/b] z" in shown(pilot)
        await press(pilot, "e")
        area = pilot.app.screen.query_one(NoteArea)
        assert area.text.split("\n")[area.cursor_location[0]].startswith("Q: Why")


async def test_a_question_taken_out_of_the_note_meanwhile_is_passed_over(one: Home) -> None:
    async with review(one) as pilot:
        await press(pilot, "5", "enter", *["space", "3"] * 3)
        await press(pilot, "e", "ctrl+end")
        area = pilot.app.screen.query_one(NoteArea)
        area.replace_note(NOTE)
        await press(pilot, "ctrl+s", "escape")
        assert is_ended(pilot) and "passed over: that question is asked no more" in shown(pilot)


@pytest.mark.parametrize("what", ["changed", "gone", "removed"])
async def test_a_note_changed_by_another_program_or_a_paper_removed_is_passed_over(
    home: Home, what: str
) -> None:
    async with review(home) as pilot:
        await press(pilot, "5", "enter")
        question = asking(pilot)._question
        assert question is not None and question.key is not None
        path = home.notes / f"{question.key}.md"
        if what == "changed":
            path.write_text("## Other\n\nAll is another.\n", encoding="utf-8")
        elif what == "gone":
            path.unlink()
        else:
            with opened(home) as other:
                other.corrections.remove(question.key)
        await press(pilot, "space")
        assert "passed over: " in shown(pilot) and asking(pilot)._question != question
        assert grades(home) == []


async def test_two_windows_never_grade_a_question_twice(home: Home) -> None:
    async with review(home) as pilot:
        await press(pilot, "5", "enter", "space")
        first, second, third = (asking(pilot)._sitting.day.asked[number] for number in range(3))
        with opened(home) as other:
            for id_ in (first, second):
                other.recall.grade(other.recall.question(id_), Grade.EASY)
        await press(pilot, "1")
        question = asking(pilot)._question
        assert question is not None and question.id == third, "the second was answered there as well"
        assert "passed over: " in shown(pilot) and "in another window" in shown(pilot)
        await press(pilot, "space", "3")
    ids = [id_ for id_, _ in grades(home)]
    assert sorted(ids) == sorted(set(ids)) and len(ids) == 3
    assert [grade for _, grade in grades(home)] == [4, 4, 3]


async def test_a_lineage_is_told_as_its_papers_in_order(home: Home) -> None:
    async with review(home, (100, 30)) as pilot:
        await press(pilot, "3", "R")
        ids = asking(pilot)._sitting.day.asked
        assert min(ids) < 0, "that of the line was never answered"
        while asking(pilot)._question is not None and asking(pilot)._question.key is not None:  # type: ignore[union-attr]
            await press(pilot, "minus")
        text = shown(pilot)
        assert f"{LINEAGE} · the whole line" in text and "Name its papers in order" in text
        assert "Rich feature" not in text
        await press(pilot, "e", "exclamation_mark")
        assert "what a lineage asks is not in a note" in shown(pilot)
        await press(pilot, "space")
        text = shown(pilot)
        order = [
            "Rich feature hierarchies · 2013",
            "Spatial Pyramid Pooling",
            "Fast R-CNN · 2015",
            "Faster R-CNN · 2015",
        ]
        places = [text.index(title) for title in order]
        assert places == sorted(places) and "One pass for all proposals." in text
        assert "your notes do not say what it changed" in text
        await press(pilot, "3")
        assert len(grades(home)) == 1
        await press(pilot, "u", "space", "4")
        assert [grade for _, grade in grades(home)] == [4]


async def test_the_end_says_what_was_won_and_what_to_reread(one: Home) -> None:
    async with review(one, (80, 24)) as pilot:
        await press(pilot, "5", "enter", "space", "1", "space", "1", "space", "3", "space", "4")
        text = shown(pilot)
        assert is_ended(pilot) and "2 of 4 answers known" in text
        assert "In a month you will likely know" in text and "2 come again tomorrow" in text
        assert "tomorrow about 1 minute" in text
        assert "To reread" in text and "What could the field not do? and 1 more" in text
        assert pilot.app.screen.query_one(RereadList).row_count == 1, "a paper is named once"
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, NoteEditor)
        await press(pilot, "escape")
        assert is_ended(pilot)
        await press(pilot, "e", "escape", "escape")
        assert isinstance(pilot.app.screen, ReviewScreen) and "Nothing is due" in shown(pilot)


async def test_where_there_is_nothing_to_reread_no_key_opens_it(one: Home) -> None:
    async with review(one, (80, 24)) as pilot:
        await press(pilot, "5", "enter", *["space", "3"] * 4)
        assert is_ended(pilot) and "To reread" not in shown(pilot) and "open the note" not in shown(pilot)


async def test_the_keys_are_named_once_and_all_of_them_in_a_small_terminal(one: Home) -> None:
    more = "- tomorrow  ! bad question  e note  ? help  esc leave"
    async with review(one, (80, 24)) as pilot:
        await press(pilot, "5", "enter")
        text = shown(pilot)
        assert text.count("see the answer") == 1 and f"tab type it  {more}" in text
        await press(pilot, "space")
        assert f"space read on  {more}" in shown(pilot)
        await press(pilot, "question_mark")
        bad = next(line for line in shown(pilot).split("\n") if " ! " in line)
        assert "A bad question: not asked until reworded" in bad, "no line of the help is broken"


async def test_no_line_is_longer_than_one_reads_well(tmp_path: Path) -> None:
    home = asking_trail(tmp_path, keys=("rcnn",))
    with opened(home) as library:
        long = OF_RCNN.replace("Region proposals are slow.", "Each of them is slow. " * 30)
        library.notes.save("rcnn", long, library.notes.version("rcnn"))
    async with review(home, (140, 40)) as pilot:
        await press(pilot, "5", "enter", "space")
        lines = [line for line in shown(pilot).split("\n") if "slow" in line]
        assert len(lines) > 6 and max(map(len, lines)) <= 100


async def test_a_click_shows_the_answer_and_grades(one: Home) -> None:
    async with review(one, (80, 24)) as pilot:
        await press(pilot, "5", "enter")
        await pilot.click(GradeBar, offset=(6, 0))
        await settle(pilot)
        bar = next(line for line in shown(pilot).split("\n") if "Again" in line)
        await pilot.click(GradeBar, offset=(bar.index("Good"), 0))
        await settle(pilot)
        assert [grade for _, grade in grades(one)] == [3]
        await pilot.click(GradeBar, offset=(70, 0))
        await settle(pilot)
        assert len(grades(one)) == 1, "beside it there is nothing"


async def test_keys_typed_ahead_act_in_order(one: Home) -> None:
    async with review(one) as pilot:
        await pilot.app._press_keys(["5", "enter", "space", "3", "space", "1", "tab", "a", "1", "tab", "2"])
        await settle(pilot)
        assert [grade for _, grade in grades(one)] == [3, 1, 2]
        assert "4 of 4" in shown(pilot)
        await pilot.app._press_keys(["space", "4", "space", "4", "3", "u", "space", "2", "escape", "1"])
        await settle(pilot)
        assert [grade for _, grade in grades(one)] == [3, 1, 2, 2]
        assert pilot.app.current_mode == "today"


async def test_help_key_bar_and_palette_know_it(one: Home) -> None:
    async with review(one, (140, 40)) as pilot:
        await press(pilot, "5", "enter", "question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)
        text = shown(pilot)
        for words in ("A review", "Undo the last grade", "Not today", "A bad question", "Type an answer"):
            assert words in text
        await press(pilot, "escape", "ctrl+p")
        await write(pilot, "bad question")
        assert "A bad question" in shown(pilot)
        await press(pilot, "escape")
        text = shown(pilot)
        for words in ("- tomorrow", "! bad question", "e note", "? help", "esc leave", "tab type"):
            assert words in text


@pytest.mark.parametrize("where", ["papers", "paper", "today", "marked", "lineage"])
async def test_papers_are_asked_about_from_every_screen(home: Home, where: str) -> None:
    with opened(home) as library:  # all of it is answered: none is due
        for id_ in library.recall.day(minutes=60).asked:
            library.recall.grade(library.recall.question(id_), Grade.EASY)
    async with review(home) as pilot:
        keys = {
            "papers": ["2", "home", "R"],
            "paper": ["2", "home", "enter", "R"],
            "today": ["R"],
            "marked": ["2", "home", "space", "space", "R"],
            "lineage": ["2", "shift+tab", "R"],
        }[where]
        await press(pilot, *keys)
        if where == "today":  # the paper to read next asks nothing
            assert "asks nothing yet: what a note asks comes once its paper counts" in shown(pilot)
            return
        before = len(grades(home))
        with opened(home) as library:
            asked = [library.recall.question(id_) for id_ in asking(pilot)._sitting.day.asked]
        papers = {question.key for question in asked}
        every = {"rcnn", "sppnet", "fast-rcnn", None}
        wanted = {"marked": {"rcnn", "sppnet"}, "lineage": every}.get(where, {"rcnn"})
        assert papers == wanted
        await press(pilot, "space", "2", "escape")
        assert len(grades(home)) == before + 1
        assert isinstance(pilot.app.screen, PaperScreen) == (where == "paper")


@pytest.mark.parametrize("size", SIZES)
async def test_a_long_answer_is_read_on_by_space(tmp_path: Path, size: tuple[int, int]) -> None:
    home = asking_trail(tmp_path, keys=("rcnn",))
    long = "\n\n".join(f"Line {number} of the problem." for number in range(60))
    with opened(home) as library:
        library.notes.save(
            "rcnn", OF_RCNN.replace("Region proposals are slow.", long), library.notes.version("rcnn")
        )
    async with review(home, size) as pilot:
        await press(pilot, "5", "enter", "space")
        assert "Line 0 of" in shown(pilot) and "Line 59 of" not in shown(pilot)
        assert "What could the field not do?" in shown(pilot)
        await press(pilot, *["space"] * 12)
        assert "Line 59 of" in shown(pilot) and "What could the field not do?" in shown(pilot)
        assert "1 Again" in shown(pilot)
        await press(pilot, "k", "pageup", "j")
        await press(pilot, "2")
        assert len(grades(home)) == 1


async def test_a_full_disk_keeps_the_question(one: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    from papertrail.domain.errors import Busy
    from papertrail.library.recall import Recall

    def refuse(*_: object) -> None:
        raise Busy("another program is writing to this trail", "try again in a moment")

    async with review(one) as pilot:
        await press(pilot, "5", "enter", "space")
        asked = wording(pilot)
        with monkeypatch.context() as patched:
            patched.setattr(Recall, "grade", refuse)
            await press(pilot, "3")
            assert "another program is writing" in str(pilot.app.screen.query_one("#hint", Static).content)
        assert wording(pilot) == asked
        await press(pilot, "3")
        assert len(grades(one)) == 1 and wording(pilot) != asked


async def test_where_there_is_room_the_place_of_the_paper_stands_beside_the_question(home: Home) -> None:
    async with review(home, (200, 50)) as pilot:
        await press(pilot, "5", "enter")
        text = shown(pilot)
        assert f"in {LINEAGE}" in text and "built on by" not in text, "it may be what is asked"
        await press(pilot, "space")
        assert "built on by" in shown(pilot)
        await pilot.resize_terminal(100, 30)
        await settle(pilot)
        text = shown(pilot)
        assert "built on by" not in text and "your note · Problem" in text
        await pilot.resize_terminal(200, 50)
        await settle(pilot)
        assert "built on by" in shown(pilot)

"""Unsaved words are put aside while they are typed: without a pause, in order, beside the screen."""

import json
from itertools import count
from pathlib import Path
from threading import Event
from typing import Any
from unittest.mock import patch

import pytest
from textual.message import Message

from papertrail.domain.errors import StorageError
from papertrail.domain.unsaved import Unsaved
from papertrail.library import Home
from papertrail.tui.frame import drafting
from papertrail.tui.frame.drafting import Drafting, DraftTold
from papertrail.tui.frame.guess_dialog import GuessDialog
from papertrail.tui.frame.paper_form import PaperForm
from papertrail.tui.note.editor import NoteEditor
from papertrail.tui.papers.screen import PapersScreen
from tests.trails import opened, small_trail
from tests.tui.driving import press, running, shown, until, write
from tests.tui.review.reviewed import asking, asking_trail, review

PATIENCE = 60.0  # seconds


class Told:
    """Stands for a screen, and remembers what it was told."""

    def __init__(self) -> None:
        self.troubles: list[str] = []
        self.was_told = Event()

    def post_message(self, message: Message) -> bool:
        assert isinstance(message, DraftTold)
        self.troubles.append(message.trouble)
        self.was_told.set()
        return True


@pytest.fixture(autouse=True)
def at_once() -> Any:
    """Have drafts written without waiting."""
    with patch.object(drafting, "EVERY", 0.005):
        yield


def drafts_of(screen: Told) -> Drafting:
    return Drafting(screen)  # type: ignore[arg-type]


def test_steady_typing_is_put_aside() -> None:
    kept: list[int] = []
    drafts = drafts_of(Told())
    enough = Event()

    def step(number: int) -> None:
        kept.append(number)
        if len(kept) == 3:
            enough.set()

    for number in count():  # never a pause in which nothing new comes
        drafts.offer(lambda number=number: step(number))  # type: ignore[misc]
        if enough.wait(0.001):
            break
    drafts.end()
    assert kept == sorted(kept) and number >= kept[-1]


def test_a_save_is_not_overtaken() -> None:
    done: list[str] = []
    drafts = drafts_of(Told())
    begun, go_on = Event(), Event()

    def slow() -> None:
        begun.set()
        assert go_on.wait(PATIENCE)
        done.append("draft")

    drafts.offer(slow)
    assert begun.wait(PATIENCE)
    drafts.offer(lambda: done.append("late draft"))
    go_on.set()
    drafts.now(lambda: done.append("saved"))
    drafts.offer(lambda: done.append("next draft"))
    while done[-1] != "next draft":
        begun.wait(0.001)
    assert done in (["draft", "saved", "next draft"], ["draft", "late draft", "saved", "next draft"])
    drafts.end()


def test_a_disk_that_does_not_answer_holds_nobody_for_ever() -> None:
    with patch.object(drafting, "PATIENCE", 0.01):
        done: list[str] = []
        drafts = drafts_of(Told())
        begun, go_on = Event(), Event()

        def stuck() -> None:
            begun.set()
            go_on.wait(PATIENCE)

        drafts.offer(stuck)
        assert begun.wait(PATIENCE)
        drafts.now(lambda: done.append("kept"))
        assert done == ["kept"]
        go_on.set()
        drafts.end()


@pytest.mark.parametrize("error", [StorageError("full", "make room"), OSError(28, "make room"), ValueError()])
def test_trouble_is_told_and_is_over(error: Exception) -> None:
    screen = Told()
    drafts = drafts_of(screen)

    def fail() -> None:
        raise error

    drafts.offer(fail)
    assert screen.was_told.wait(PATIENCE)
    screen.was_told.clear()
    drafts.offer(lambda: None)
    assert screen.was_told.wait(PATIENCE)
    assert screen.troubles[0] and screen.troubles[-1] == ""
    drafts.end()
    drafts.offer(fail)
    assert screen.troubles[-1] == ""


def block(home: Home) -> Path:
    """Have no draft written, as on a full disk."""
    (home.private / "drafts").write_text("in the way", encoding="utf-8")
    return home.private / "drafts"


def left(home: Home) -> list[tuple[Unsaved, str]]:
    with opened(home) as library:
        return [(one.kind, one.name) for one in library.unsaved.left()]


async def test_a_note_without_its_trail_says_what_is_gone(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "e")
        home.private.rename(tmp_path / "elsewhere")
        await write(pilot, "Slow")
        await until(pilot, "no draft either: the trail's folder")
        (tmp_path / "elsewhere").rename(home.private)
        await write(pilot, "er")
        await until(pilot, "unsaved, draft kept")
        await press(pilot, "ctrl+s")


async def test_a_note_says_quietly_that_it_has_no_draft(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "e")
        in_the_way = block(home)
        await write(pilot, "Slow")
        await until(pilot, "unsaved, no draft either: ")
        await write(pilot, "er")
        assert "no draft either" in shown(pilot) and "Slower" in shown(pilot)
        await press(pilot, "ctrl+q")
        assert isinstance(pilot.app.screen, NoteEditor)
        assert "^q once more" in shown(pilot)
        in_the_way.unlink()
        await write(pilot, " now")
        await until(pilot, "unsaved, draft kept")
        await press(pilot, "ctrl+s")
        assert "draft kept" not in shown(pilot) and "no draft" not in shown(pilot)
    assert left(home) == []


async def test_a_guess_comes_back(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, guessing=True) as pilot:
        await press(pilot, "s")
        in_the_way = block(home)
        await write(pilot, "A tree of boxes")
        await until(pilot, "no draft is kept: ")
        in_the_way.unlink()
        await pilot.press("ctrl+q")
    assert left(home) == [(Unsaved.GUESS, "rcnn")]
    async with running(home, guessing=True) as pilot:
        await press(pilot, "s")
        assert isinstance(pilot.app.screen, GuessDialog)
        assert "A tree of boxes" in shown(pilot) and "these words were never kept" in shown(pilot)
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, PapersScreen)
    assert "A tree of boxes" in (home.notes / "rcnn.md").read_text(encoding="utf-8")
    assert left(home) == []


async def test_a_guess_let_go_does_not_come_back(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, guessing=True) as pilot:
        await press(pilot, "s")
        await write(pilot, "no")
        await press(pilot, "escape", "escape")
    assert left(home) == []


async def test_a_typed_answer_comes_back_until_it_is_graded(tmp_path: Path) -> None:
    home = asking_trail(tmp_path, keys=("rcnn",))
    async with review(home) as pilot:
        await press(pilot, "5", "enter", "tab")
        await write(pilot, "Half an answer")
        await pilot.press("ctrl+q")
    ((kind, _),) = left(home)
    assert kind is Unsaved.ANSWER
    async with review(home) as pilot:
        await press(pilot, "5", "enter")
        assert "Half an answer" in shown(pilot)
        await press(pilot, "space", "3")
        assert "Half an answer" not in shown(pilot) and not asking(pilot)._area.text
    assert left(home) == []


async def test_a_form_comes_back_until_it_is_stored_or_let_go(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "A")
        await write(pilot, "A new paper")
        await press(pilot, *["tab"] * 7)
        await write(pilot, "two\nlines")
        await pilot.press("ctrl+q")
    assert left(home) == [(Unsaved.NEW_PAPER, "new")]
    async with running(home) as pilot:
        await press(pilot, "A")
        assert isinstance(pilot.app.screen, PaperForm)
        assert "A new paper" in shown(pilot) and "two" in shown(pilot)
        await press(pilot, "escape", "k")
        with opened(home) as library:
            assert library.unsaved.left() == []  # another window is at it
        await press(pilot, "ctrl+s")
    assert left(home) == []
    with opened(home) as library:
        assert any(paper.summary.title == "A new paper" for paper in library.papers.all())


@pytest.mark.parametrize("draft", ["no json", json.dumps([1]), json.dumps({"title": 3, "other": "x"})])
async def test_a_form_passes_over_what_another_hand_wrote(tmp_path: Path, draft: str) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.unsaved.keep(Unsaved.NEW_PAPER, "new", draft)
    async with running(home) as pilot:
        await press(pilot, "A")
        assert isinstance(pilot.app.screen, PaperForm)


async def test_today_tells_of_words_that_were_never_saved(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.notes.keep_draft("rcnn", "half a thought")
    async with running(home, mode="today") as pilot:
        assert "unsaved words are kept: the note of rcnn" in shown(pilot)

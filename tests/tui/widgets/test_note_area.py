"""The text one writes in: to the letter, and inert."""

import gc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.document._document import Document
from textual.document._wrapped_document import WrappedDocument
from textual.events import Key

from papertrail.tui.widgets.note_area import MOST_COLOURED_LINES, NoteArea, _unveiled, _veiled, can_keep
from papertrail.tui.widgets.stepping_area import SteppingArea
from tests.trails import small_trail
from tests.tui.driving import press, running, until, write


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_comes_back_to_the_letter(text: str) -> None:
    if can_keep(text):
        assert _unveiled(Document(_veiled(text)).text) == text


@pytest.mark.parametrize(
    "text", ["a\x0cb\n", "a\u2028b", "a\r\nb\nc\rd", "\ufeffa", "a\x85\x1c\n\n", "\x1b[31m"]
)
def test_strange_line_ends_and_controls_come_back(text: str) -> None:
    assert can_keep(text)
    assert _unveiled(Document(_veiled(text)).text) == text
    assert "\x1b" not in _veiled(text)


def test_what_stands_in_for_others_is_not_taken() -> None:
    assert not can_keep("a \U0010000c b")


class CountedLines(list[list[int]]):
    """The places at which lines are broken; counts how often all of them are gone through."""

    rounds = 0

    def __iter__(self):  # type: ignore[no-untyped-def]
        self.rounds += 1
        return super().__iter__()


async def test_drawing_does_not_count_the_lines_of_the_note(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    home.notes.mkdir()
    (home.notes / "rcnn.md").write_text("words and more of them\n" * 200, encoding="utf-8")
    async with running(home, size=(80, 24)) as pilot:
        await press(pilot, "e")
        area = pilot.app.screen.query_one(NoteArea)
        counted = CountedLines(area.wrapped_document._wrap_offsets)
        area.wrapped_document._wrap_offsets = counted
        await press(pilot, "x", "enter", "y", "backspace")
        assert counted.rounds == 0
        await write(pilot, "words " * 30)
        whole = WrappedDocument(area.document, area.wrap_width)
        assert area.wrapped_document.height == whole.height > 200
        assert area.virtual_size.height == whole.height


@pytest.mark.parametrize("lines", [MOST_COLOURED_LINES - 1, MOST_COLOURED_LINES + 1])
async def test_a_long_note_is_not_coloured(tmp_path: Path, lines: int) -> None:
    home = small_trail(tmp_path)
    home.notes.mkdir()
    (home.notes / "rcnn.md").write_text("## Problem\n" * lines, encoding="utf-8")
    async with running(home, size=(80, 24)) as pilot:
        await press(pilot, "e")
        coloured = pilot.app.screen.query_one(NoteArea).language == "markdown"
        assert coloured is (lines < MOST_COLOURED_LINES)


async def test_what_starting_made_is_not_looked_through_for_garbage(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    gc.disable()
    try:
        async with running(home, size=(80, 24)):
            assert gc.get_freeze_count() > 10_000
            assert gc.isenabled()
    finally:
        gc.unfreeze()
        gc.enable()


@pytest.mark.parametrize("opening", [("e",), ("A", *["tab"] * 7)], ids=["note", "form"])
async def test_letters_that_wait_are_put_in_together_and_other_keys_in_their_turn(
    tmp_path: Path, opening: tuple[str, ...]
) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, *opening)
        area = pilot.app.focused
        assert isinstance(area, SteppingArea)
        edits = 0
        edit = area.edit

        def counted(*args: Any) -> Any:
            nonlocal edits
            edits += 1
            return edit(*args)

        area.edit = counted  # type: ignore[method-assign, assignment]
        keys = [*(f"{n % 10}" for n in range(200)), "enter", *"ab", "enter", *"dé残 x!"]
        for key in keys:
            area.post_message(Key(key, key if len(key) == 1 else {"enter": "\r"}.get(key)))
        await until(pilot, "dé残 x!")
        assert "0123456789" * 20 + "\nab\ndé残 x!" in area.text
        assert edits < 10

"""Backspace, delete and the cursor keys take one seen character in every line and in the note."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.events import Key, Paste
from textual.keys import _character_to_key
from textual.widgets import Input, TextArea

from papertrail.domain.text import clean
from papertrail.tui.widgets.letters import written_by
from papertrail.tui.widgets.note_area import NoteArea
from tests.trails import small_trail
from tests.tui.driving import press, running, settle

SEEN = ["e\u0301", "👍🏽", "👨\u200d👩\u200d👧", "🇩🇪", "1\ufe0f\u20e3", "残", "नि"]
SMALL = (80, 24)
FIELDS = (["slash"], ["a"], ["ctrl+p"], ["L", "p"], ["3", "slash"], ["1", "a"], ["e"])


@pytest.mark.parametrize("keys", FIELDS, ids="-".join)
async def test_keys_take_one_seen_character(tmp_path: Path, keys: Sequence[str]) -> None:
    async with running(small_trail(tmp_path), SMALL) as pilot:
        await press(pilot, *keys)
        field = pilot.app.focused
        assert isinstance(field, Input | TextArea)

        def text() -> str:
            assert isinstance(field, Input | TextArea)
            return (
                field.value if isinstance(field, Input) else field.document.get_line(field.cursor_location[0])
            )

        before = text()
        for seen in SEEN:
            pilot.app.post_message(Paste(seen))
            await settle(pilot)
            await press(pilot, "backspace")
            assert text() == before
            pilot.app.post_message(Paste(f"{seen}x"))
            await settle(pilot)
            await press(pilot, "left", "left", "delete")
            assert text() == f"{before}x"
            await press(pilot, "right", "backspace")
            assert text() == before
        pilot.app.post_message(Paste("".join(SEEN)))
        await settle(pilot)
        for number in range(len(SEEN) - 1, -1, -1):
            await press(pilot, "backspace")
            assert text() == before + "".join(SEEN[:number])


TYPED = (
    "a\u00a0b",  # the blank of French
    "残\u3000差",  # and of Japanese
    "a\u202f;",
    "می\u200cخواهم",  # joiners: Persian, Hindi, emoji
    "क्\u200dष",
    "👩🏽\u200d💻",
    "\U0001fae9\U0001f6d8",  # signs newer than Python's tables
    "\uf8ff",
)


@pytest.mark.parametrize("keys", FIELDS, ids="-".join)
async def test_what_is_typed_comes_in_whole(tmp_path: Path, keys: Sequence[str]) -> None:
    async with running(small_trail(tmp_path), SMALL) as pilot:
        await press(pilot, *keys)
        text = "x".join(TYPED)
        for letter in text:
            pilot.app.post_message(Key(_character_to_key(letter), letter))
        await settle(pilot)
        field = pilot.app.focused
        assert isinstance(field, Input | TextArea)
        assert clean(text) in (field.value if isinstance(field, Input) else field.text)


@pytest.mark.parametrize(
    "key", [Key("ctrl+a", "\x01"), Key("delete", "\x7f"), Key("f1", None), Key("x", "\ud83d")]
)
def test_keys_that_write_nothing(key: Key) -> None:
    assert written_by(key) == ""


async def test_a_letter_that_stands_for_another_and_one_that_acts_come_in_as_in_a_paste(
    tmp_path: Path,
) -> None:
    async with running(small_trail(tmp_path), SMALL) as pilot:
        await press(pilot, "e")
        area = pilot.app.screen.query_one(NoteArea)
        for letter in "a\U0010001bb\u202ec":
            pilot.app.post_message(Key(_character_to_key(letter), letter))
        await settle(pilot)
        assert "a\N{REPLACEMENT CHARACTER}b\u202ec" in area.note
        await press(pilot, "shift+left")
        pilot.app.post_message(Key("no-break_space", "\u00a0"))
        await settle(pilot)
        assert "b\u202e\u00a0\n" in area.note

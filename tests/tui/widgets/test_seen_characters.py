"""Backspace, delete and the cursor keys take one seen character in every line and in the note."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.events import Paste
from textual.widgets import Input, TextArea

from tests.trails import small_trail
from tests.tui.driving import press, running, settle

SEEN = ["e\u0301", "👍🏽", "👨\u200d👩\u200d👧", "🇩🇪", "1\ufe0f\u20e3", "残", "नि"]
FIELDS = (["slash"], ["a"], ["ctrl+p"], ["L", "p"], ["3", "slash"], ["1", "a"], ["e"])


@pytest.mark.parametrize("keys", FIELDS, ids="-".join)
async def test_keys_take_one_seen_character(tmp_path: Path, keys: Sequence[str]) -> None:
    async with running(small_trail(tmp_path)) as pilot:
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

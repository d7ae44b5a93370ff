"""The line at the top: every mode is named and can be clicked, however short the line is."""

from pathlib import Path

import pytest

from tests.trails import small_trail
from tests.tui.driving import press, running, settle, shown


@pytest.mark.parametrize("width", [60, 80, 100, 140])
async def test_every_mode_is_named_and_clicked(tmp_path: Path, width: int) -> None:
    async with running(small_trail(tmp_path), (width, 24)) as pilot:
        for key in "12345":
            await press(pilot, key)
            top = shown(pilot).split("\n")[0]
            for mode in ("1 today", "2 papers", "3 map", "4 inbox", "5 review"):
                assert mode in top, (width, key)
        for mode in ("today", "papers", "map", "inbox", "review"):
            column = shown(pilot).split("\n")[0].index(mode)
            await pilot.click("ModeTabs", offset=(column, 0))
            await settle(pilot)
            assert pilot.app.current_mode == mode

"""The line at the top: every mode is named and can be clicked, on every screen, however short the line is."""

from pathlib import Path

import pytest

from papertrail.tui.frame.app import PapertrailApp
from papertrail.tui.frame.tabs import ModeTabs
from tests.trails import small_trail
from tests.tui.driving import press, running, settle, shown
from tests.tui.every_screen import STEPS, all_screens, walk, walked_trail

NAMES = ("today", "papers", "map", "inbox", "review")


@pytest.mark.parametrize("width", [60, 80, 140])
async def test_every_mode_is_named_and_clicked(tmp_path: Path, width: int) -> None:
    async with running(small_trail(tmp_path), (width, 24)) as pilot:
        for key in "12345":
            await press(pilot, key)
            top = shown(pilot).split("\n")[0]
            for mode in ("1 today", "2 papers", "3 map", "4 inbox", "5 review"):
                assert mode in top, (width, key)
        for mode in NAMES:
            column = shown(pilot).split("\n")[0].index(mode)
            await pilot.click("ModeTabs", offset=(column, 0))
            await settle(pilot)
            assert pilot.app.current_mode == mode


def test_the_walk_goes_to_every_screen_there_is() -> None:
    assert {one.__name__ for one in all_screens()} == {name for name, _ in STEPS}


async def test_modes_and_goal_stand_on_every_screen_in_the_same_cells_at_every_width(tmp_path: Path) -> None:
    tops = {}
    home = walked_trail(tmp_path)
    for width, height in ((80, 24), (200, 50)):
        async with running(home, (width, height), mode="today") as pilot:
            async for screen in walk(pilot):
                await settle(pilot)
                top = tops[width, type(screen).__name__] = shown(pilot).split("\n")[0]
                assert "2 / 100 counted" in top, (width, screen)
                (tabs,) = screen.query(ModeTabs)
                assert tabs._mode == pilot.app.current_mode and tabs.region.y == 0
    columns = {tuple(top.index(name) for name in NAMES) for top in tops.values()}
    assert len(columns) == 1, tops


async def test_what_a_screen_changes_is_told_at_its_own_tabs_at_once(tmp_path: Path) -> None:
    home = walked_trail(tmp_path)
    async with running(home, (80, 24)) as pilot:
        await press(pilot, "slash", *"faster-rcnn", "enter", "enter")
        assert "2 / 100" in shown(pilot).split("\n")[0]
        await press(pilot, "S")
        assert "1 / 100" in shown(pilot).split("\n")[0]


async def test_a_click_leaves_what_is_written_and_comes_back_to_it(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "e", *"unsaved")
        await pilot.click("PlaceTabs", offset=(3, 0))
        await settle(pilot)
        assert isinstance(pilot.app, PapertrailApp) and pilot.app.current_mode == "today"
        await press(pilot, "2")
        assert "unsaved" in shown(pilot)

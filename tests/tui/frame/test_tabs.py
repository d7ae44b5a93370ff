"""The line at the top: every mode is named and can be clicked, on every screen, however short the line is."""

from pathlib import Path

import pytest

from papertrail.tui.frame.app import PapertrailApp
from papertrail.tui.frame.tabs import ModeTabs
from papertrail.tui.note.editor import NoteEditor
from papertrail.tui.paper.screen import PaperScreen
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


async def test_a_modes_own_key_leads_back_from_what_was_opened_over_it(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), mode="today") as pilot:
        for key in ("1", "2"):
            await press(pilot, key, "enter", "enter")  # the second one walks, or does nothing
            assert isinstance(pilot.app.screen, PaperScreen), key
            await press(pilot, key)
            assert len(pilot.app.screen_stack) == 1, key
        assert pilot.app.current_mode == "papers"
        await press(pilot, "enter", "e", *"unsaved")
        await pilot.click("PlaceTabs", offset=(12, 0))
        await settle(pilot)
        assert isinstance(pilot.app.screen, NoteEditor), "what is written is not left by that"


async def test_the_same_is_told_at_the_top_of_every_screen_the_day_too(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), (140, 40), mode="today") as pilot:
        told = set()
        for key in "12345":
            await press(pilot, key)
            told.add(shown(pilot).split("\n")[0].partition("5 review")[2].strip())
        assert told == {"0 / 100 counted · 0 owed · Sun 1 Mar · day 1 of 182"}

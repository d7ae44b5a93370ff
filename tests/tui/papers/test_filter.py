"""The filter of the list of papers: in sight while it is on, and gone with the lineage it was typed for."""

from pathlib import Path

import pytest
from textual import events
from textual.widgets import Static

from papertrail.domain.paper import Status
from papertrail.tui.map.screen import MapScreen
from papertrail.tui.papers.lineages import LineageList
from papertrail.tui.papers.table import PaperTable
from tests.trails import HOSTILE_TITLES, opened, small_trail
from tests.tui.driving import press, running, settle, shown, write

SIZES = [(60, 20), (80, 24), (100, 30), (140, 40)]


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_its_words_and_the_way_out_are_in_sight(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running(small_trail(tmp_path), size) as pilot:
        table = pilot.app.screen.query_one(PaperTable)
        await press(pilot, "slash")
        await write(pilot, "girshick\n")
        for keys in ((), ("s",), ("j",), ("S",)):
            await press(pilot, *keys)
            seen = shown(pilot)
            assert "filter girshick" in seen
            assert "esc shows all papers" in seen
            assert table.row_count == 2
        await press(pilot, "escape")
        assert "girshick " not in shown(pilot)
        assert "esc shows all papers" not in shown(pilot)
        assert table.row_count == 4
        assert table.chosen is not None
        assert table.chosen.key == "fast-rcnn", "the cursor stays on its paper"


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_line_of_keys_names_none_that_only_writes_a_letter(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with running(small_trail(tmp_path), size) as pilot:
        usual = shown(pilot).splitlines()[-1]
        for typed in ("", "girshick", "no such words"):
            await press(pilot, "slash")
            await write(pilot, typed)
            keys = shown(pilot).splitlines()[-1]
            assert keys.strip() == "⏎ to the list  esc all papers  ^p everything", typed
            await press(pilot, "enter")
            assert "to the list" not in shown(pilot).splitlines()[-1]
            await press(pilot, "escape")
            assert shown(pilot).splitlines()[-1] == usual


@pytest.mark.parametrize("way", ["list", "map", "today"])
async def test_it_does_not_outlive_a_change_of_lineage(tmp_path: Path, way: str) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "slash")
        await write(pilot, "girshick\n")
        if way == "list":
            await press(pilot, "tab", "down", "enter")
        elif way == "map":
            await press(pilot, "3")
            assert isinstance(pilot.app.screen, MapScreen)
            await press(pilot, "right_square_bracket", "2")
        else:
            await press(pilot, "1", "end", "enter")
        table = pilot.app.screen.query_one(PaperTable)
        assert "SGD · 2 papers" in shown(pilot)
        assert "filter" not in shown(pilot).splitlines()[2]
        assert "filtered" not in shown(pilot)
        assert table.row_count == 2
        await press(pilot, "slash")
        await write(pilot, "adam")
        assert "filter adam" in shown(pilot), "the next filter begins empty"
        assert table.row_count == 1


async def test_its_words_go_along_to_all_papers_when_asked(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "slash")
        await write(pilot, "adam")
        assert "None here. ⏎ shows 1 among all papers." in shown(pilot)
        assert "○" not in str(pilot.app.screen.query_one("#hint", Static).render())
        await press(pilot, "enter")
        assert pilot.app.screen.query_one(LineageList).cursor == 0
        assert "filter adam" in shown(pilot)
        assert "All papers · 1 paper · filtered" in shown(pilot)
        await press(pilot, "s")
        assert "adam is reading" in shown(pilot)


async def test_marks_out_of_its_sight_are_left_alone(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "home", "space", "space", "slash")
        await write(pilot, "spatial\n")
        assert " s start  " in f" {shown(pilot).splitlines()[-1]}"
        await press(pilot, "s")
        assert "sppnet is reading" in shown(pilot)
    with opened(home) as library:
        assert library.papers.get("rcnn").summary.status is Status.UNREAD


@pytest.mark.parametrize("words", HOSTILE_TITLES)
async def test_hostile_words_are_shown_inertly(tmp_path: Path, words: str) -> None:
    async with running(small_trail(tmp_path), (80, 24)) as pilot:
        await press(pilot, "slash")
        pilot.app.screen.query_one("#filter").post_message(events.Paste(words))
        await settle(pilot)
        await press(pilot, "enter", "s")
        seen = shown(pilot)
        assert "esc shows all papers" in seen
        assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(seen)

"""The map of a lineage, walked along its lines."""

from pathlib import Path

import pytest

from papertrail.domain.paper import Status
from papertrail.tui.map_screen import MapScreen
from papertrail.tui.map_view import MapView
from papertrail.tui.paper_screen import PaperScreen
from tests.trails import HOSTILE_TITLES, NOTE, opened, small_trail
from tests.tui.driving import press, running, settle, shown
from tests.tui.terminal import COLOUR, in_terminal, is_grey


async def test_the_r_cnn_line_is_walked_and_three_papers_counted(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        for key in ("rcnn", "sppnet", "fast-rcnn"):
            library.save_note(key, NOTE, None)
    async with running(home, (100, 30)) as pilot:
        await press(pilot, "3")
        assert isinstance(pilot.app.screen, MapScreen)
        view = pilot.app.screen.query_one(MapView)
        assert view.cursor == "rcnn", "the next step"
        assert "0 of 4 counted · 4 unread · 75 % of needed sections filled" in shown(pilot)
        walked = []
        for _ in range(3):
            walked.append(view.cursor)
            await press(pilot, "s", "s", "n")
        assert walked == ["rcnn", "sppnet", "fast-rcnn"]
        assert view.cursor == "faster-rcnn"
        assert shown(pilot).count("●✓") == 3
        assert "3 / 100 counted" in shown(pilot)
        await press(pilot, "up")
        assert view.cursor == "fast-rcnn"
        await press(pilot, "up")
        assert view.cursor in ("rcnn", "sppnet")
        await press(pilot, "home")
        assert view.cursor == "rcnn"
        await press(pilot, "down", "enter")
        assert isinstance(pilot.app.screen, PaperScreen)
    with opened(home) as library:
        assert library.progress().counted == 3


async def test_the_line_below_tells_of_gaps_and_changes(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        text = NOTE.replace("## Limits", "### from sppnet\n\nOne level only.\n\n## Limits")
        library.save_note("fast-rcnn", text, None)
        library.set_status(["fast-rcnn"], Status.READ)
    async with running(home, (140, 40)) as pilot:
        await press(pilot, "3")
        pilot.app.screen.query_one(MapView).cursor = "fast-rcnn"
        await settle(pilot)
        text = shown(pilot)
        assert "rcnn, on which it builds, is not read" in text
        assert "from sppnet: One level only." in text


async def test_lineages_one_after_the_other_and_all_at_once(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), (100, 30)) as pilot:
        await press(pilot, "3", "right_square_bracket")
        assert "SGD" in shown(pilot) and "robbins-monro" in shown(pilot)
        await press(pilot, "right_square_bracket")
        assert "R-CNN to Faster R-CNN" in shown(pilot)
        await press(pilot, "0")
        text = shown(pilot)
        assert "All papers" in text and "adam" in text and "faster-rcnn" in text
        await press(pilot, "1", "2", "3")
        assert "All papers" in shown(pilot), "each mode keeps its place"


@pytest.mark.parametrize("number", range(len(HOSTILE_TITLES)))
async def test_hostile_titles_are_inert(tmp_path: Path, number: int) -> None:
    title = HOSTILE_TITLES[number]
    rows = [
        (f"{title[:60]} line", "older", title, title, "2014", "", "", "", ""),
        (f"{title[:60]} line", "newer", title, title, "2015", "", "", "", "older"),
    ]
    home = small_trail(tmp_path, rows)
    with opened(home) as library:
        evil = NOTE.replace("Share the", f"{title[:90]} share the").replace("\x1b", "").replace("\x9b", "")
        library.save_note("newer", evil + f"\n### from older\n\n{title[:50]}\n", None)
    async with running(home, (80, 24)) as pilot:
        await press(pilot, "3", "down", "c", "j", "right", "escape", "s", "n", "0", "right_square_bracket")
        assert "\x1b" not in shown(pilot) and "\u202e" not in shown(pilot)
        assert isinstance(pilot.app.screen, MapScreen)


@pytest.mark.parametrize("size", [(20, 6), (40, 12), (80, 24), (300, 90)])
async def test_any_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running(small_trail(tmp_path), size) as pilot:
        await press(pilot, "3", "down", "down", "left")
        await pilot.resize_terminal(90, 30)
        await settle(pilot)
        assert "rcnn" in shown(pilot)


def test_signs_say_it_without_colour(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.save_note("rcnn", NOTE, None)
        library.set_status(["rcnn", "sppnet"], Status.READ)
    with in_terminal(home, environ={"NO_COLOR": "1"}) as terminal:
        terminal.wait_for("of 100 counted")
        terminal.press("3")
        terminal.wait_for("needed sections")
        terminal.wait_for("faster-rcnn")
        terminal.press("q")
        assert terminal.end() == 0
        assert "●✓" in terminal.seen.decode() and "●✎" in terminal.seen.decode()
        assert all(is_grey(match[0]) for match in COLOUR.finditer(terminal.seen))


async def test_an_empty_trail(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path, []), (80, 24)) as pilot:
        await press(pilot, "3", "n", "c", "down", "enter", "s", "right_square_bracket")
        assert pilot.app.is_running

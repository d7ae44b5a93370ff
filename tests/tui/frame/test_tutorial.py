"""The tutorial: five steps, each done when the reader has done it, on a trail of its own."""

import tempfile
from pathlib import Path

import pytest
from textual.app import ComposeResult
from textual.pilot import Pilot

from papertrail.domain.paper import Status
from papertrail.library import Home
from papertrail.library.demo import passing_demo
from papertrail.tui.frame.finder import Finder
from papertrail.tui.frame.theme import THEMES
from papertrail.tui.frame.tutorial import END, STEPS, TutorialApp, TutorialLine
from tests.trails import FixedClock, opened, small_trail
from tests.tui.driving import press, running, settle, shown, until, write
from tests.tui.terminal import in_terminal

ROWS = (
    ("R-CNN", "rcnn", "R-CNN", "", "2014", "", "", "", ""),
    ("R-CNN", "mask-rcnn", "Mask R-CNN [b]\x1b[31m", "", "2017", "", "", "rcnn", ""),
)


def lowest(pilot: Pilot[int]) -> str:
    """Return the lowest line of the screen."""
    return shown(pilot).split("\n")[-1].strip()


def begins(pilot: Pilot[int], step: int) -> bool:
    """Tell whether this is the step in hand."""
    return lowest(pilot).startswith(f"{step}/5 · ")


async def test_each_step_waits_for_the_key_it_asks_for(tmp_path: Path) -> None:
    home = small_trail(tmp_path, ROWS)
    async with running(home, (80, 24), mode="today", program=TutorialApp) as pilot:
        app = pilot.app
        assert isinstance(app, TutorialApp)
        assert lowest(pilot) == "1/5 · Press / to find anything. ^q ends the tutorial."
        await press(pilot, "down", "2", "3", "1", "question_mark")
        assert lowest(pilot) == "1/5 · esc goes back. ^q ends the tutorial."
        await press(pilot, "escape", "slash")
        assert "Type mask." in lowest(pilot) and begins(pilot, 1)
        await write(pilot, "rcnn")
        app.look()
        assert begins(pilot, 1), "that is not what was asked for"
        await press(pilot, "escape", "e")
        assert lowest(pilot) == "1/5 · Press esc to leave the note. ^q ends the tutorial.", (
            "a / would be typed"
        )
        await press(pilot, "escape", "slash")
        await write(pilot, "mask")
        await until(pilot, "2/5 · Press ⏎ to open the paper.")
        await press(pilot, "escape")
        assert "Press ⏎ on a paper" in lowest(pilot) and begins(pilot, 2)
        await press(pilot, "slash")
        await write(pilot, "mask")
        await press(pilot, "enter")
        await until(pilot, "3/5 · Press s")
        await press(pilot, "t", "escape", "down")
        app.look()
        assert begins(pilot, 3)
        await press(pilot, "s")
        await until(pilot, "4/5 · Press e")
        await press(pilot, "e")
        await write(pilot, "hello")
        app.look()
        assert "press ^s to save" in lowest(pilot) and begins(pilot, 4), "not saved yet"
        await press(pilot, "ctrl+s")
        await until(pilot, "5/5 · Saved. Press esc")
        await press(pilot, "escape")
        assert "Press 3" in lowest(pilot)
        await press(pilot, "3")
        await until(pilot, END)
        assert app.step == len(STEPS)
        await press(pilot, "1")
        assert lowest(pilot) == END
        assert len(app.screen.query(TutorialLine)) == 1
    with opened(home) as library:
        assert library.papers.get("mask-rcnn").summary.status is Status.READING
        assert "hello" in library.notes.open("mask-rcnn").text


async def test_a_look_at_a_screen_that_is_not_there_yet_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compose = Finder.compose

    def looked_at(finder: Finder) -> ComposeResult:
        assert isinstance(finder.app, TutorialApp)
        finder.app.look()  # which comes by a clock
        yield from compose(finder)

    monkeypatch.setattr(Finder, "compose", looked_at)
    async with running(small_trail(tmp_path, ROWS), (80, 24), mode="today", program=TutorialApp) as pilot:
        await press(pilot, "slash")
        await until(pilot, "1/5 · Type mask.")


@pytest.mark.parametrize("keys", ["q", "slash ctrl+q", "enter e ctrl+q"])
async def test_it_is_left_from_wherever_one_is(tmp_path: Path, keys: str) -> None:
    async with running(small_trail(tmp_path, ROWS), (80, 24), mode="today", program=TutorialApp) as pilot:
        await press(pilot, *keys.split())
        assert pilot.app._exit
        assert isinstance(pilot.app, TutorialApp) and not pilot.app.goes_to_tutorial


async def test_the_line_is_seen_in_every_theme_and_takes_two_lines_at_most(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path, ROWS), (40, 12), mode="today", program=TutorialApp) as pilot:
        there = pilot.app.screen.query_one(TutorialLine)
        assert there.region.height == 2 and there.region.bottom == 12
        for theme in THEMES.values():
            pilot.app.theme = theme.name
            await settle(pilot)
            assert there.styles.color != there.styles.background, theme.name


def test_its_trail_is_a_passing_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with passing_demo(FixedClock()) as home:
        assert home.is_trail and home.root.is_relative_to(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_from_the_first_start_into_the_tutorial_and_back(tmp_path: Path) -> None:
    home: Home = small_trail(tmp_path)
    environ = {"PAPERTRAIL_NOW": "", "XDG_STATE_HOME": str(tmp_path / "state"), "PAPERTRAIL_TRUST": "*"}
    with in_terminal(home, environ, size=(80, 24)) as terminal:
        terminal.wait_until(lambda text: "Welcome to papertrail" in text and "esc begin" in text)
        terminal.press("t")
        terminal.wait_until(lambda text: "1/5 · Press /" in text)
        terminal.press("/mask")
        terminal.wait_until(lambda text: "2/5 · Press ⏎" in text)
        terminal.press("\r")
        terminal.wait_until(lambda text: "3/5 · Press s" in text)
        terminal.press("\x11")
        terminal.wait_until(lambda text: "A new trail" in text or "0 / 100 counted" in text)
        assert "Welcome" not in "\n".join(terminal.screen())
        terminal.press("q")
        assert terminal.end() == 0
    with opened(home) as library:
        assert all(past.program == "papertrail" for past in library.undo.stacks(9).done)

"""The page of the first start ever: shown once, in a new trail, and never in the way."""

import os
from pathlib import Path

import pytest
from textual.widgets import Input

from papertrail.domain.operations import TUI
from papertrail.domain.paper import Status
from papertrail.library import Home
from papertrail.library.first_start import is_first_start, remember_start
from papertrail.tui.frame.app import PapertrailApp
from papertrail.tui.frame.help import HelpScreen
from papertrail.tui.frame.welcome import WelcomePage
from papertrail.tui.note.editor import NoteEditor
from papertrail.tui.papers.screen import PapersScreen
from papertrail.tui.today.dialogs import GoalDialog
from papertrail.tui.today.screen import TodayScreen
from tests.trails import FixedClock, make_database, opened, small_trail
from tests.tui.driving import press, running, settle, shown


@pytest.fixture
def newcomer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A new trail, whose reader was never welcomed."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    home = small_trail(tmp_path)
    make_database(home, FixedClock())
    return home


@pytest.mark.parametrize("size", [(80, 24), (140, 40), (40, 12)], ids=str)
async def test_it_says_what_a_trail_is_names_three_keys_and_is_shown_once(
    newcomer: Home, size: tuple[int, int]
) -> None:
    async with running(newcomer, size, mode="today", welcomes=True) as pilot:
        assert isinstance(pilot.app.screen, WelcomePage)
        page = shown(pilot)
        if size[0] >= 80:
            for told in (
                "A trail is a folder",
                "s start",
                "e write",
                "? all keys",
                "100 papers",
                "1 Mar to",
                "t ",
            ):
                assert told in page, told
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, TodayScreen)
    async with running(newcomer, size, mode="today", welcomes=True) as pilot:
        assert isinstance(pilot.app.screen, TodayScreen)


@pytest.mark.parametrize(
    ("key", "leads_to"),
    [
        ("e", NoteEditor), ("question_mark", HelpScreen), ("2", PapersScreen), ("s", TodayScreen),
    ],
)  # fmt: skip
async def test_each_key_does_what_the_page_says_and_what_it_does_below(
    newcomer: Home, key: str, leads_to: type[object]
) -> None:
    async with running(newcomer, (80, 24), mode="today", welcomes=True) as pilot:
        assert isinstance(pilot.app.screen, WelcomePage)
        await press(pilot, key)
        assert isinstance(pilot.app.screen, leads_to)
        assert not any(isinstance(one, WelcomePage) for one in pilot.app.screen_stack)
    with opened(newcomer) as library:
        begun = library.undo.stacks(1).done[0].program == TUI
        assert begun is (key == "s")


async def test_the_goal_is_changed_from_the_page(newcomer: Home) -> None:
    async with running(newcomer, (80, 24), mode="today", welcomes=True) as pilot:
        await press(pilot, "g")
        pilot.app.screen.query_one("#papers", Input).value = "50"
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, TodayScreen)
    with opened(newcomer) as library:
        goal = library.goal.progress().goal
        assert goal is not None and goal.target == 50


async def test_the_tutorial_ends_the_program_to_go_on_after_it(newcomer: Home) -> None:
    async with running(newcomer, (80, 24), mode="today", welcomes=True) as pilot:
        await press(pilot, "t")
        app = pilot.app
        assert isinstance(app, PapertrailApp) and app._exit and app.goes_to_tutorial


async def test_a_click_on_a_line_is_its_key(newcomer: Home) -> None:
    async with running(newcomer, (80, 24), mode="today", welcomes=True) as pilot:
        rows = shown(pilot).split("\n")
        y = next(number for number, row in enumerate(rows) if "g other dates" in row)
        await pilot.click(offset=(rows[y].index("other"), y))
        await settle(pilot)
        assert isinstance(pilot.app.screen, GoalDialog)


async def test_who_has_done_anything_is_no_newcomer(newcomer: Home) -> None:
    with opened(newcomer) as library:
        assert is_first_start(library, os.environ)
        library.statuses.set(["rcnn"], Status.QUEUED)
        assert not is_first_start(library, os.environ)
    async with running(newcomer, mode="today", welcomes=True) as pilot:
        assert isinstance(pilot.app.screen, TodayScreen)


def test_where_it_cannot_be_kept_nothing_is_said(newcomer: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    (newcomer.root / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(newcomer.root / "file"))
    remember_start(os.environ)
    with opened(newcomer) as library:
        assert is_first_start(library, os.environ)

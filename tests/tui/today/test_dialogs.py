"""Setting the goal, re-planning and breaks from the day's screen."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Checkbox, Input

from papertrail.domain.goal.goal import Counts, Goal, Pause
from papertrail.domain.paper import Status
from papertrail.tui.frame import doors
from papertrail.tui.today.dialogs import GoalDialog, PauseDialog
from papertrail.tui.today.screen import TodayScreen
from tests.trails import NOTE, FixedClock, opened, small_trail
from tests.tui.driving import press, running, settle, shown
from tests.tui.reading_lives import lived

TODAY = date(2026, 3, 1)


def told(pilot: Pilot[int]) -> str:
    """Return the words inside a dialog's frame, on one line."""
    rows = [line.split("│") for line in shown(pilot).split("\n")]
    return " ".join(" ".join(row[1] for row in rows if len(row) > 2).split())


async def test_the_goal_is_set(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, mode="today") as pilot:
        await press(pilot, "g")
        dialog = pilot.app.screen
        assert isinstance(dialog, GoalDialog)
        assert [field.value for field in dialog.query(Input)] == ["100", "2026-03-01", "2026-08-29", "", ""]
        for name, value in {
            "papers": "50",
            "first-day": "today",
            "last-day": "2026-06-30",
            "rest-days": "sat, sun",
        }.items():
            dialog.query_one(f"#{name}", Input).value = value
        dialog.query_one(Checkbox).value = False
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, TodayScreen)
        assert "the goal: 50 papers read, 1 Mar to 30 Jun" in shown(pilot)
        assert "of 50 read" in shown(pilot)
    with opened(home) as library:
        assert library.goal.progress().goal == Goal(
            50, TODAY, date(2026, 7, 1), counts=Counts.READ, rest_days=frozenset({5, 6})
        )


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("papers", "many", "the number of papers is none: give it as 100"),
        ("papers", "-3", "a target of -3 papers: give a number from 0 to 100000"),
        ("first-day", "[/b] soon", "[/b] soon is no date: give it as 2026-03-01, or today"),
        (
            "last-day",
            "2026-02-01",
            "a goal from 2026-03-01 to 2026-02-01: its last day cannot be before its first one, "
            "and both lie between 1900-01-01 and 2200-01-01",
        ),
        ("rest-days", "mo tu we th fr sa su", "every day of the week would be a rest day"),
    ],
)
async def test_what_is_no_goal_is_said_in_full_and_nothing_typed_is_lost(
    tmp_path: Path, name: str, value: str, said: str
) -> None:
    home = small_trail(tmp_path)
    async with running(home, (80, 24), mode="today") as pilot:
        await press(pilot, "g")
        dialog = pilot.app.screen
        assert isinstance(dialog, GoalDialog)
        dialog.query_one(f"#{name}", Input).value = value
        await press(pilot, "enter")
        assert pilot.app.screen is dialog
        assert said in told(pilot)
        assert "esc cancel" in told(pilot), "the keys stay in sight"
        assert dialog.query_one(f"#{name}", Input).value == value
        await press(pilot, "escape")
    with opened(home) as library:
        assert len(library.goal.history()) == 1


async def test_enter_sets_the_goal_from_every_line_and_space_ticks(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, (80, 24), mode="today") as pilot:
        await press(pilot, "g", "tab", "tab", "tab", "tab", "tab")
        assert isinstance(pilot.app.focused, Checkbox)
        ticked = told(pilot)
        await press(pilot, "space")
        assert told(pilot) != ticked, "what is ticked can be told without colours"
        await press(pilot, "space")
        assert told(pilot) == ticked
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, TodayScreen)
        assert "the goal: 100 papers read and noted" in shown(pilot)


async def test_a_dialog_larger_than_the_screen_follows_the_line_one_is_on(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, (60, 12), mode="today") as pilot:
        await press(pilot, "g")
        assert "only with a note" not in told(pilot)
        await press(pilot, "tab", "tab", "tab", "tab")
        assert "a paper counts only with a note" in told(pilot)


async def test_many_breaks_leave_room_for_the_keys(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        for month in (4, 5, 6, 7):
            for day in (1, 10, 20):
                library.goal.pause(date(2026, month, day), date(2026, month, day + 2))
    async with running(home, (80, 24), mode="today") as pilot:
        await press(pilot, "b", "enter")
        assert "take back 1 Apr to 3 Apr" in told(pilot)
        assert "nothing is no date: give it as 2026-03-01, or today" in told(pilot)
        assert "esc cancel" in told(pilot)


async def test_without_a_goal_g_sets_one(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.goal.drop()
    async with running(home, mode="today") as pilot:
        assert "g sets a goal" in shown(pilot)
        await press(pilot, "r")
        assert "there is no goal" in shown(pilot)
        await press(pilot, "g", "enter")
        assert "of 100 counted · day 1 of 182" in shown(pilot)


async def test_one_of_three_ways_is_taken_after_its_consequence_is_seen(tmp_path: Path) -> None:
    home, clock = lived(tmp_path, weeks=10, per_week=3)
    async with running(home, (100, 30), clock, mode="today") as pilot:
        await press(pilot, "r")
        text = shown(pilot)
        assert "Re-plan: 30 of 100 counted, 10 papers to catch up" in text
        for way in ("catch-up: ", "rebalance: ", "extend: ", "leave the plan as it is"):
            assert way in text
        await press(pilot, "escape")
        with opened(home, clock) as library:
            assert len(library.goal.history()) == 2, "leaving takes none"
        await press(pilot, "r", "b")
        assert "rebalance: 4.5 a week until 30 Aug" in shown(pilot)
        assert "on pace" in shown(pilot)
    with opened(home, clock) as library:
        assert len(library.goal.history()) == 3


async def test_ways_that_are_closed_say_why(tmp_path: Path) -> None:
    home, clock = lived(tmp_path, weeks=2, per_week=3)
    clock.moment += timedelta(weeks=30)
    async with running(home, (100, 30), clock, mode="today") as pilot:
        await press(pilot, "r")
        assert "the goal ended on 30 Aug: no days are left" in shown(pilot)
        await press(pilot, "c", "x")
        assert "extend: " in shown(pilot)


async def test_a_break_is_taken_and_taken_back(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, mode="today") as pilot:
        await press(pilot, "b")
        dialog = pilot.app.screen
        assert isinstance(dialog, PauseDialog)
        first, last = dialog.query(Input)
        await press(pilot, "enter")
        assert "nothing is no date" in shown(pilot)
        first.value, last.value = "2026-04-10", "2026-04-03"
        await press(pilot, "enter")
        assert "ends before it begins" in shown(pilot)
        first.value, last.value = "2026-04-03", "2026-04-12"
        await press(pilot, "enter")
        assert "nothing is planned from 3 Apr to 12 Apr" in shown(pilot)
        with opened(home) as library:
            goal = library.goal.progress().goal
            assert goal is not None and goal.pauses == (Pause(date(2026, 4, 3), date(2026, 4, 13)),)
        await press(pilot, "b", "tab", "tab", "enter")
        assert "the break is taken back" in shown(pilot)
        with opened(home, FixedClock()) as library:
            goal = library.goal.progress().goal
            assert goal is not None and goal.pauses == ()


async def test_words_of_a_section_are_asked_for_and_what_that_means_is_told_first(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
        library.statuses.set(["rcnn"], Status.READ)
    async with running(home, (80, 24), mode="today") as pilot:
        await press(pilot, "g")
        dialog = pilot.app.screen
        assert isinstance(dialog, GoalDialog)
        field = dialog.query_one("#least-words", Input)
        assert field.value == ""
        for wrong in ("[/b]", "-3", "二十"):
            field.value = wrong
            await press(pilot, "enter")
            assert "the number of words is none: give it as 20" in told(pilot)
        field.value = "5"
        await press(pilot, "enter")
        assert "1 paper would owe a note again: rcnn; 1 would owe in all: ⏎ once more" in told(pilot)
        assert "esc cancel" in told(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, TodayScreen)
        await press(pilot, "g")
        assert pilot.app.screen.query_one("#least-words", Input).value == "5"
        await press(pilot, "escape")
        doors.open_paper(pilot.app, dialog._library, "rcnn")
        await settle(pilot)
        assert "□ Problem 4 of 5 words" in shown(pilot)
        await press(pilot, "e")
        assert "□ Problem 4 of 5 words" in shown(pilot)

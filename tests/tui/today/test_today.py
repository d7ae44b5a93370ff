"""The first screen of the day: what it shows, what its keys do, and that it keeps up with other programs."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from papertrail.domain.paper import Status
from papertrail.library import Home
from papertrail.tui.frame.app import PULSE
from papertrail.tui.note.editor import NoteEditor
from papertrail.tui.paper.screen import PaperScreen
from papertrail.tui.papers.screen import PapersScreen
from papertrail.tui.today.head import GoalHead
from papertrail.tui.today.list import TodayList
from papertrail.tui.today.screen import TodayScreen
from papertrail.tui.widgets.pictures import Pictures
from tests.cli.starter import starter
from tests.trails import HOSTILE_TITLES, NOTE, FixedClock, opened, small_trail
from tests.tui.driving import look_for_news, press, running, settle, shown, write
from tests.tui.reading_lives import lived
from tests.tui.terminal import COLOUR, in_terminal, is_grey

SNAPSHOTS = Path(__file__).parent / "screens"
SIZES = [(80, 24), (100, 30), (140, 40), (200, 50)]

Life = tuple[Home, FixedClock]


def new(root: Path) -> Life:
    return lived(root, weeks=0, per_week=0)


def ahead(root: Path) -> Life:
    return lived(root, weeks=10, per_week=5)


def behind(root: Path) -> Life:
    return lived(root, weeks=3, per_week=3, owed=3)


def far_behind(root: Path) -> Life:
    return lived(root, weeks=10, per_week=3, owed=1)


def finished(root: Path) -> Life:
    return lived(root, weeks=4, per_week=5, target=20)


def without_goal(root: Path) -> Life:
    home, clock = lived(root, weeks=2, per_week=3)
    with opened(home, clock) as library:
        library.goal.drop()
    return home, clock


def over(root: Path) -> Life:
    home, clock = lived(root, weeks=2, per_week=3)
    clock.moment += timedelta(weeks=30)
    return home, clock


def not_begun(root: Path) -> Life:
    home, clock = lived(root, weeks=0, per_week=0)
    clock.moment -= timedelta(weeks=2)
    return home, clock


LIVES: list[Callable[[Path], Life]] = [
    new, ahead, behind, far_behind, finished, without_goal, over, not_begun,
]  # fmt: skip


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.__name__.replace("_", "-"))
async def test_what_it_looks_like(tmp_path: Path, life: Callable[[Path], Life]) -> None:
    """Compared with text kept beside the tests; `PAPERTRAIL_SNAPSHOTS=write` keeps it anew."""
    home, clock = life(tmp_path / "trail")
    async with running(home, SIZES[0], clock, mode="today") as pilot:
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await settle(pilot)
            seen = "\n".join(line.rstrip() for line in shown(pilot).split("\n")) + "\n"
            kept = SNAPSHOTS / f"{life.__name__.replace('_', '-')}-{size[0]}x{size[1]}.txt"
            if os.environ.get("PAPERTRAIL_SNAPSHOTS") == "write":
                kept.parent.mkdir(exist_ok=True)
                kept.write_text(seen, encoding="utf-8")
            assert seen == kept.read_text(encoding="utf-8"), size
            assert max(map(len, seen.split("\n"))) <= size[0]


async def test_a_day_s_work(tmp_path: Path) -> None:
    """Start the first paper, read it, write its note, and see all of it move."""
    home = small_trail(tmp_path)
    async with running(home, mode="today") as pilot:
        rows = pilot.app.screen.query_one(TodayList)
        assert rows.chosen is not None and rows.chosen.key == "rcnn"
        assert "A new trail: s starts the paper" in shown(pilot)
        await press(pilot, "s")
        assert "rcnn is being read" in shown(pilot)
        await press(pilot, "s")
        assert "rcnn is read; to count, its note still needs Problem, Key idea, Limits" in shown(pilot)
        assert "notes owed" in shown(pilot)
        assert rows.chosen is not None and rows.chosen.key == "rcnn", "the cursor follows its paper"
        with opened(home) as library:
            library.notes.save("rcnn", NOTE, None)
        look_for_news(pilot)
        await settle(pilot)
        assert "notes owed" not in shown(pilot)
        assert "of 100 counted · day 1 of 182" in shown(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, PaperScreen)
        await press(pilot, "escape", "e")
        assert isinstance(pilot.app.screen, NoteEditor)


async def test_each_row_says_why(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.statuses.set(["rcnn", "sppnet"], Status.READ)
        library.statuses.set(["adam"], Status.QUEUED)
    async with running(home, mode="today") as pilot:
        assert "adam: first in your queue" in shown(pilot)
        await press(pilot, "j")
        assert "fast-rcnn: its parents rcnn and sppnet are read; 2 of 4 in R-CNN" in shown(pilot)
        await press(pilot, "end")
        await press(pilot, "home")
        assert "adam: first in your queue" in shown(pilot)
        for _ in range(4):
            await press(pilot, "j")
        assert "rcnn: its note still needs Problem, Key idea, Limits; e writes it" in shown(pilot)


async def test_reasons_stand_beside_titles_and_take_no_more_room_than_they_need(tmp_path: Path) -> None:
    home, clock = behind(tmp_path)
    async with running(home, (200, 55), clock, mode="today") as pilot:
        beside = [line for line in shown(pilot).split("\n") if "number 2 in your queue" in line]
        assert len(beside) == 1 and "Densely Connected Convolutional Networks " in beside[0]


async def test_the_picture_grows_with_the_window_and_tells_its_numbers(tmp_path: Path) -> None:
    home, clock = behind(tmp_path)
    async with running(home, (80, 24), clock, mode="today") as pilot:
        assert "papers a day" not in shown(pilot), "the map of reading days goes first"
        tall = shown(pilot).count("│")
        await pilot.resize_terminal(200, 50)
        await settle(pilot)
        assert "papers a day  · none  ▂ 1" in shown(pilot) and shown(pilot).count("│") > tall + 10
        rows = shown(pilot).split("\n")
        assert next(row for row in rows if row.startswith("  Mo ")).startswith("  Mo ▂ ▂ ▂ ·  "), (
            "no week before"
        )
        legend = next(row for row in rows if " counted  " in row and "██" in row)
        assert all(word in legend for word in ("plan", "goal", "forecast", "likely range"))
        pictures = pilot.app.screen.query_one(Pictures)
        axis = next(number for number, row in enumerate(rows) if "today" in row and " May " in row)
        at = rows[axis - 1].index("┻")
        for x, y, told in (
            (at, axis - 4, "by Wed 25 Mar: 9 papers counted, the plan asks for"),
            (at + 20, axis - 4, "in 8 of 10 cases"),
            (
                5,
                next(n for n, row in enumerate(rows) if row.startswith("  Mo ")),
                "Mon 2 Mar: 1 paper worked on",
            ),
        ):
            await pilot.hover(Pictures, offset=(x - pictures.region.x, y - pictures.region.y))
            await settle(pilot)
            assert told in shown(pilot).split("\n")[-2] + shown(pilot).split("\n")[-3]
        await pilot.hover("ModeTabs")
        await settle(pilot)
        assert told not in shown(pilot)  # the mouse has left the picture
        await pilot.resize_terminal(80, 24)
        await press(pilot, "v")
        text = shown(pilot)
        assert "week from   counted   in all   plan   forecast   likely range" in text
        assert "▶    23 Mar         0        9     15" in text and "esc close" in text
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, TodayScreen)


async def test_without_a_goal_there_are_no_numbers(tmp_path: Path) -> None:
    home, clock = without_goal(tmp_path)
    async with running(home, (80, 24), clock, mode="today") as pilot:
        await press(pilot, "v")
        assert "there is no goal" in shown(pilot) and isinstance(pilot.app.screen, TodayScreen)


async def test_the_cursor_passes_over_headings_both_ways(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.statuses.set(["rcnn"], Status.READ)
    async with running(home, (80, 24), mode="today") as pilot:
        rows = pilot.app.screen.query_one(TodayList)
        down = [rows.here]
        for _ in range(30):
            await press(pilot, "down")
            down.append(rows.here)
        assert "" not in down
        assert down[-1] == "lineage SGD"
        up = [rows.here]
        for _ in range(30):
            await press(pilot, "up")
            up.append(rows.here)
        assert list(dict.fromkeys(up)) == list(dict.fromkeys(down))[::-1]
        assert "this week" in shown(pilot), "the heading comes with its first row"


async def test_the_queue_is_moved_by_hand(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.statuses.set(["adam", "sppnet", "rcnn"], Status.QUEUED)
    async with running(home, mode="today") as pilot:
        await press(pilot, "j", "shift+up")
        assert "sppnet is number 1 of 3 in the queue" in shown(pilot)
        rows = pilot.app.screen.query_one(TodayList)
        assert rows.here == "sppnet"
        await press(pilot, "J", "J")
        assert "sppnet is number 3 of 3 in the queue" in shown(pilot)


async def test_ways_to_the_papers_and_back(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), mode="today") as pilot:
        await press(pilot, "end", "enter")
        assert isinstance(pilot.app.screen, PapersScreen)
        assert "SGD · 2 papers" in shown(pilot)
        await press(pilot, "1")
        assert isinstance(pilot.app.screen, TodayScreen)
        await press(pilot, "slash")
        await write(pilot, "adam")
        await press(pilot, "tab")
        assert isinstance(pilot.app.screen, PapersScreen)
        assert "/adam · 1 paper · esc clears" in shown(pilot)
        await press(pilot, "escape", "1", "2")
        assert isinstance(pilot.app.screen, PapersScreen)
        await pilot.click("ModeTabs", offset=(3, 0))
        await settle(pilot)
        assert isinstance(pilot.app.screen, TodayScreen)


def test_a_paper_counted_by_another_process_shows_at_once(tmp_path: Path) -> None:
    """In the real program, with a real command: at the next look for news, without a key."""
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
    env = {**os.environ, "PAPERTRAIL_NOW": FixedClock().moment.isoformat()}
    with in_terminal(home) as terminal:
        terminal.wait_for("of 100 counted")
        assert starter().run(("--home", str(home.root), "done", "rcnn"), b"", env, home.root)[0] == 0
        terminal.wait_for("1/4")
        assert PULSE <= 1, "second between two looks"
        terminal.press("q")
        assert terminal.end() == 0


def test_no_colour_where_none_is_wanted(tmp_path: Path) -> None:
    home, clock = behind(tmp_path)
    wanted = {"PAPERTRAIL_NOW": clock.moment.isoformat()}
    seen = []
    for environ in (wanted, {**wanted, "NO_COLOR": "1"}):
        with in_terminal(home, environ=environ) as terminal:
            terminal.wait_for("notes owed")
            terminal.wait_for("quit")
            terminal.press("q")
            assert terminal.end() == 0
            seen.append({match[0] for match in COLOUR.finditer(terminal.seen)})
    coloured, plain = seen
    assert len(coloured) > 5
    assert all(is_grey(code) for code in plain), sorted(plain)[:5]


async def test_a_new_day_is_noticed(tmp_path: Path) -> None:
    clock = FixedClock()
    async with running(small_trail(tmp_path), clock=clock, mode="today") as pilot:
        assert "Sun 1 Mar" in shown(pilot)
        clock.moment += timedelta(days=1)
        look_for_news(pilot)
        await settle(pilot)
        assert "Mon 2 Mar" in shown(pilot) and "day 2 of 182" in shown(pilot)


@pytest.mark.parametrize("number", range(len(HOSTILE_TITLES)))
async def test_hostile_titles_are_inert(tmp_path: Path, number: int) -> None:
    title = HOSTILE_TITLES[number]
    rows = [
        (f"{title[:80]} line", "evil", title, title, "2015", "", "", "", ""),
        (f"{title[:80]} line", "owing", title, title, "2015", "", "", "", ""),
    ]
    home = small_trail(tmp_path, rows)
    with opened(home) as library:
        library.statuses.set(["owing"], Status.READ)
    async with running(home, mode="today") as pilot:
        text = shown(pilot)
        assert "notes owed" in text and "\x1b" not in text and "\u202e" not in text
        await press(pilot, "j", "k", "s", "r", "escape", "g", "escape", "b", "escape", "J")
        await pilot.click("#plan", offset=(8, 1))
        await settle(pilot)
        assert isinstance(pilot.app.screen, TodayScreen)
        assert pilot.app.is_running


@pytest.mark.parametrize("size", [(20, 6), (40, 12), (69, 20), (300, 90)])
async def test_any_size(tmp_path: Path, size: tuple[int, int]) -> None:
    home, clock = behind(tmp_path)
    async with running(home, size, clock, mode="today") as pilot:
        assert pilot.app.screen.query_one(GoalHead).size.width
        await press(pilot, "j", "j", "s")
        await pilot.resize_terminal(100, 30)
        await settle(pilot)
        assert "of 100 counted" in shown(pilot)

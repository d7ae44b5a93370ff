"""The keys of status on every screen that has them: what they say they do, what they do, what they answer."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from papertrail.domain.paper import Status
from papertrail.library import Library
from papertrail.tui.frame import doors
from papertrail.tui.frame.app import PapertrailApp
from papertrail.tui.map.view import MapView
from papertrail.tui.papers.table import PaperTable
from papertrail.tui.today.list import TodayList
from tests.cases import at_sizes
from tests.trails import HOSTILE_TITLES, NOTE, RCNN, opened, small_trail
from tests.tui.driving import press, running, settle, shown, write

SIZES = [(80, 24), (100, 30), (140, 40)]
SCREENS = ("today", "papers", "paper", "map")
ONE_EACH = tuple(zip(SCREENS, ("rcnn", "sppnet", "fast-rcnn", "adam"), strict=True))
"""Screens to be gone to in one run, each with a paper of its own."""
EVIL = "[@click=app.quit]x[/b] \x1b]52;c;ZXZpbA==\x07 \u202egnidaer"
LINES = [
    *RCNN,
    *((f"Line {EVIL}", f"evil-{n}", t, EVIL, "2000", "", "", "", "") for n, t in enumerate(HOSTILE_TITLES)),
]


def library_of(pilot: Pilot[int]) -> Library:
    assert isinstance(pilot.app, PapertrailApp)
    assert pilot.app.library is not None
    return pilot.app.library


async def go_to(pilot: Pilot[int], screen: str, key: str) -> None:
    """Go to a screen and put its cursor on a paper."""
    if screen == "today":
        rows = pilot.app.screen.query_one(TodayList)
        rows.cursor = [rows._item_name(index) for index in range(rows.row_count)].index(key)
    elif screen == "paper":
        doors.open_paper(pilot.app, library_of(pilot), key)
    elif screen == "map":
        await press(pilot, "3", "0", "end", "enter")
        pilot.app.screen.query_one(MapView).cursor = key
    else:
        await press(pilot, "2", "tab", "home", "enter")
        table = pilot.app.screen.query_one(PaperTable)
        keys = [paper.key for index in range(table.row_count) if (paper := table.paper_at(index))]
        table.cursor = keys.index(key)
    await settle(pilot)


def bar(pilot: Pilot[int]) -> str:
    return f" {shown(pilot).splitlines()[-1]} "


def told(pilot: Pilot[int]) -> str:
    return str(pilot.app.screen.query_one("#hint", Static).render())


def status_of(pilot: Pilot[int], key: str) -> Status:
    return library_of(pilot).papers.get(key).summary.status


@pytest.mark.parametrize("size", SIZES[::2], ids=str)
async def test_the_line_of_keys_says_what_s_does(tmp_path: Path, size: tuple[int, int]) -> None:
    home = small_trail(tmp_path)
    async with running(home, size, mode="today") as pilot:
        for screen, key in ONE_EACH:
            await go_to(pilot, screen, key)
            assert " s start " in bar(pilot), screen
            await press(pilot, "w")
            assert " s start " in bar(pilot), screen
            await press(pilot, "s")
            assert status_of(pilot, key) is Status.READING, screen
            assert f"{key} is being read" in told(pilot), screen
            assert " s read " in bar(pilot), screen
            assert " s start " not in bar(pilot), screen
            await press(pilot, "s")
            assert status_of(pilot, key) is Status.READ, screen
            assert f"{key} is read; to count, its note still needs" in told(pilot), screen
            assert " S step back " in bar(pilot), screen
            assert " s " not in bar(pilot), screen
            await press(pilot, "s")
            assert f"{key} is read; to count" in told(pilot), screen


@pytest.mark.parametrize("size", SIZES[::2], ids=str)
async def test_a_slip_that_puts_a_paper_aside_names_the_key_that_mends_it(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    home = small_trail(tmp_path)
    async with running(home, size, mode="today") as pilot:
        for screen, key in ONE_EACH:
            await go_to(pilot, screen, key)
            for keys in (("d",), ("s", "U")):
                await press(pilot, *keys)
                assert told(pilot).endswith(" · u takes it back"), screen
                assert "u takes it back" in shown(pilot), screen
                await press(pilot, "u")
                assert told(pilot).startswith(f"taken back: {key}"), screen
            await press(pilot, "U", "U")
            assert "u takes it back" not in told(pilot), f"nothing was changed ({screen})"


@pytest.mark.parametrize("screen", ["papers", "paper", "map"])
async def test_a_counted_paper_says_so_once_more(tmp_path: Path, screen: str) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
        library.statuses.set(["rcnn"], Status.READ)
    async with running(home, mode="today") as pilot:
        await go_to(pilot, screen, "rcnn")
        await press(pilot, "s")
        assert "rcnn is read already; S goes back to what it was before" in told(pilot)
        await press(pilot, "d", "d")
        assert "rcnn is dropped already" in told(pilot)
        assert " s start " in bar(pilot)


@pytest.mark.parametrize("screen", SCREENS)
async def test_status_back_is_the_state_before(tmp_path: Path, screen: str) -> None:
    home = small_trail(tmp_path)
    async with running(home, mode="today") as pilot:
        await go_to(pilot, screen, "sppnet")
        await press(pilot, "w", "s", "S")
        assert status_of(pilot, "sppnet") is Status.QUEUED
        assert "sppnet is back from reading to queued" in told(pilot)
        assert " s start " in bar(pilot)
        await press(pilot, "S")
        assert status_of(pilot, "sppnet") is Status.UNREAD
        await press(pilot, "S")
        assert "sppnet is unread; there is no state before to go back to" in told(pilot)


async def test_marked_papers_go_back_each_to_its_own(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.statuses.set(["rcnn"], Status.QUEUED)
    async with running(home) as pilot:
        await press(pilot, "home", "space", "space")
        assert " s start 2 " in bar(pilot)
        assert "2 marked" in shown(pilot).splitlines()[3]
        await press(pilot, "s")
        assert " s read 2 " in bar(pilot)
        await press(pilot, "S")
        assert "2 papers: 1 unread, 1 queued; 0 of 100 counted" in told(pilot)
        await press(pilot, "w")
        assert "2 papers: 2 queued, 1 of them before" in told(pilot)
        await press(pilot, "escape")
        assert "marked" not in shown(pilot)
        assert " s start " in bar(pilot)
    with opened(home) as library:
        assert library.papers.get("rcnn").summary.status is Status.QUEUED


async def test_papers_of_several_statuses_step_on(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.statuses.set(["rcnn"], Status.READING)
    async with running(home) as pilot:
        await press(pilot, "home", "space", "space")
        assert " s step on 2 " in bar(pilot)
        await press(pilot, "s")
        assert [status_of(pilot, key) for key in ("rcnn", "sppnet")] == [Status.READ, Status.READING]


@pytest.mark.parametrize(
    ("screen", "size"), at_sizes(["papers", "paper", "map"], SIZES, wide="papers"), ids=str
)
async def test_what_is_read_again_goes_on_counting(
    tmp_path: Path, screen: str, size: tuple[int, int]
) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
        library.statuses.set(["rcnn", "sppnet"], Status.READ)
    async with running(home, size, mode="today") as pilot:
        await go_to(pilot, screen, "rcnn")
        await press(pilot, "w")
        assert told(pilot) == "rcnn is queued again; it goes on counting: 1 of 100"
        await press(pilot, "s")
        assert told(pilot) == "rcnn is being read again; it goes on counting: 1 of 100"
        assert ("◐ reading again  ✓ counted" if screen == "paper" else "◐✓") in shown(pilot)
        await press(pilot, "d")
        assert library_of(pilot).goal.progress().counted == 0
        await press(pilot, "S")
        assert told(pilot) == "rcnn is back from dropped to reading again"
        assert library_of(pilot).goal.progress().counted == 1


async def test_what_is_read_again_stands_once_in_the_day(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
        library.statuses.set(["rcnn", "sppnet"], Status.READ)
        library.statuses.set(["rcnn", "sppnet"], Status.READING)
    async with running(home, mode="today") as pilot:
        rows = pilot.app.screen.query_one(TodayList)
        names = [rows._item_name(index) for index in range(rows.row_count)]
        assert (names.count("rcnn"), names.count("sppnet")) == (1, 1)
        assert "◐✓ 2013  Rich feature" in shown(pilot)
        assert "◐✎ 2014  Spatial" in shown(pilot)
        await go_to(pilot, "today", "rcnn")
        assert "rcnn: you are reading it again" in told(pilot)


KEYS_OF_PAPERS = ("s", "S", "w", "d", "U", "e", "E", "J", "K")


async def to_a_lineage_of_today(pilot: Pilot[int]) -> None:
    await press(pilot, "end")


async def to_the_lineages(pilot: Pilot[int]) -> None:
    await press(pilot, "2", "tab", "end")


async def to_an_empty_map(pilot: Pilot[int]) -> None:
    library_of(pilot).lineages.put("Nothing here", ["rcnn"])
    library_of(pilot).lineages.take_out("Nothing here", ["rcnn"])
    await press(pilot, "3", "left_square_bracket")


async def to_a_filter_without_papers(pilot: Pilot[int]) -> None:
    await press(pilot, "2", "slash")
    await write(pilot, "no such words\n")


async def to_an_empty_queue(pilot: Pilot[int]) -> None:
    await press(pilot, "2", "tab", "home", "down", "enter")


@pytest.mark.parametrize(
    ("go", "answer"),
    [
        (to_a_lineage_of_today, "this is a lineage: ⏎ shows its papers"),
        (to_the_lineages, "this is a lineage: ⏎ or tab goes to the papers"),
        (to_an_empty_map, "No papers in this lineage yet"),
        (to_a_filter_without_papers, "no paper has these words: esc clears the query"),
        (to_an_empty_queue, "w queues a paper"),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
async def test_keys_answer_where_there_is_no_paper(
    tmp_path: Path, go: Callable[[Pilot[int]], object], answer: str
) -> None:
    home = small_trail(tmp_path, LINES)
    async with running(home, (80, 24), mode="today") as pilot:
        going = go(pilot)
        assert hasattr(going, "__await__")
        await going
        before = [(paper.key, paper.status) for paper in library_of(pilot).papers.each()]
        for key in KEYS_OF_PAPERS:
            pilot.app.screen.query_one("#hint", Static).update("")
            await press(pilot, key)
            assert answer in told(pilot), key
            assert " s " not in bar(pilot)
            assert " S " not in bar(pilot)
        assert [(paper.key, paper.status) for paper in library_of(pilot).papers.each()] == before


@pytest.mark.parametrize(("screen", "size"), at_sizes(SCREENS, SIZES, wide="map"), ids=str)
async def test_hostile_papers_are_told_of_inertly(tmp_path: Path, screen: str, size: tuple[int, int]) -> None:
    home = small_trail(tmp_path, LINES[len(RCNN) :])
    async with running(home, size, mode="today") as pilot:
        await go_to(pilot, screen, "evil-1")
        for key, words in (("s", "evil-1 is being read"), ("s", "evil-1 is read"), ("S", "to reading")):
            await press(pilot, key)
            assert words in told(pilot)
        for odd in ("\x1b", "\x07", "\u202e"):
            assert odd not in shown(pilot)
        assert " s read " in bar(pilot)


@pytest.mark.parametrize("mode", ["today", "papers", "map"])
async def test_what_was_told_does_not_outlive_a_visit_elsewhere(tmp_path: Path, mode: str) -> None:
    home = small_trail(tmp_path)
    async with running(home, (80, 24), mode="today") as pilot:
        await go_to(pilot, mode, "rcnn")
        await press(pilot, "s")
        assert "rcnn is being read" in told(pilot)
        await press(pilot, "enter", "s", "escape")
        assert "rcnn is being read" not in told(pilot)
        assert " S step back " in bar(pilot)


async def test_what_was_told_of_a_paper_does_not_stay_beside_the_next(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), mode="today") as pilot:
        await go_to(pilot, "paper", "rcnn")
        await press(pilot, "s", "right_square_bracket")
        assert "rcnn" not in told(pilot)
        assert " s start " in bar(pilot)


async def test_a_note_saved_is_told_when_the_editor_is_left(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), mode="today") as pilot:
        await go_to(pilot, "papers", "rcnn")
        await press(pilot, "s", "e")
        await write(pilot, "words")
        await press(pilot, "ctrl+s", "escape")
        assert "note saved; to count it still needs" in told(pilot)

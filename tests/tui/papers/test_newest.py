"""Answers that come late, and lists of many papers."""

import sqlite3
import threading
from array import array
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

from textual.pilot import Pilot

from papertrail.domain.paper import Status
from papertrail.domain.query.tree import Query
from papertrail.library import Home
from papertrail.library.search import Search
from papertrail.store.queries import word_index
from papertrail.tui.papers import finding
from papertrail.tui.papers.table import PAGE, PaperTable
from tests.trails import opened, small_trail
from tests.tui.driving import press, running, settle, shown, write

MANY = 3_000


def table_of(pilot: Pilot[int]) -> PaperTable:
    return pilot.app.screen.query_one(PaperTable)


def trail_of(root: Path, number: int) -> Home:
    """Make a trail of many papers, by SQL."""
    home = small_trail(root)
    opened(home).close()
    with closing(sqlite3.connect(home.private / "library.db")) as connection:
        names = [row[1] for row in connection.execute("PRAGMA table_info(paper)")]
        model = dict(zip(names, connection.execute("SELECT * FROM paper LIMIT 1").fetchone(), strict=True))
        rows = [
            model
            | {
                "id": i,
                "key": f"many-{i}",
                "title": f"Residual nets {i}" if i % 3 else f"Superpixels {i}",
                "year": 1990 + i % 30,
                "arxiv_id": None,
                "position": i,
                "folded": f"many-{i} residual nets" if i % 3 else f"many-{i} superpixels {i}",
            }
            for i in range(100, 100 + number)
        ]
        marks = ", ".join(f":{name}" for name in names)
        columns = ", ".join(f'"{name}"' for name in names)
        connection.executemany(f"INSERT INTO paper ({columns}) VALUES ({marks})", rows)  # noqa: S608
        word_index.rebuild(connection)
        connection.commit()
    return home


async def test_an_earlier_answer_never_takes_the_place_of_a_later_one(tmp_path: Path) -> None:
    slow, is_asked = threading.Event(), threading.Event()
    asked: list[object] = []
    ids = Search.ids

    def waiting(
        search: Search, query: Query, most: int | None = None, *, often: bool = False
    ) -> Sequence[int]:
        asked.append(query.where)
        if len(asked) == 1:
            is_asked.set()
            assert slow.wait(60)
        return ids(search, query, most, often=often)

    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "slash", "backspace")
        Search.ids = waiting  # type: ignore[method-assign, assignment]
        try:
            await pilot.app._press_keys(["a"])
            while not is_asked.is_set():
                await pilot.pause(0.01)
            await pilot.app._press_keys("dam")
            await settle(pilot, beside="find")
            assert table_of(pilot).row_count == 6, "nothing is known yet"
            slow.set()
            await settle(pilot)
        finally:
            Search.ids = ids  # type: ignore[method-assign]
        assert [str(getattr(where, "text", "")) for where in asked] == ["a", "adam"], (
            "those between are not asked"
        )
        assert table_of(pilot).row_count == 1
        assert table_of(pilot).chosen_id == table_of(pilot)._ids[0]


async def test_a_query_that_was_cleared_is_not_answered(tmp_path: Path) -> None:
    slow, is_asked = threading.Event(), threading.Event()
    ids = Search.ids

    def waiting(
        search: Search, query: Query, most: int | None = None, *, often: bool = False
    ) -> "array[int]":
        if threading.current_thread() is not threading.main_thread():
            is_asked.set()
            assert slow.wait(60)
        return ids(search, query, most, often=often)

    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "slash")
        Search.ids = waiting  # type: ignore[method-assign, assignment]
        try:
            await pilot.app._press_keys(["z"])
            while not is_asked.is_set():
                await pilot.pause(0.01)
            await pilot.app._press_keys(["escape"])
            await settle(pilot, beside="find")
            assert "R-CNN to Faster R-CNN · 4 papers" in shown(pilot), "esc waits for nothing"
            slow.set()
            await settle(pilot)
        finally:
            Search.ids = ids  # type: ignore[method-assign]
        assert "R-CNN to Faster R-CNN · 4 papers" in shown(pilot)
        assert table_of(pilot).row_count == 4


async def test_thousands_of_papers_are_typed_for_paged_sorted_and_marked(tmp_path: Path) -> None:
    home = trail_of(tmp_path, MANY)
    async with running(home, (100, 30)) as pilot:
        table = table_of(pilot)
        await press(pilot, "slash", "backspace")
        for letter in "superpixels":
            await press(pilot, letter)
            assert table.row_count >= MANY // 3
        assert table.row_count == MANY // 3
        await press(pilot, "enter", "end")
        assert table.cursor == MANY // 3 - 1
        assert "1,000 papers" in shown(pilot)
        row, scroll = table.chosen_id, table.scroll_y
        await press(pilot, "s")
        pilot.app.screen.refresh_all()  # type: ignore[attr-defined]
        await settle(pilot)
        assert (table.chosen_id, table.scroll_y) == (row, scroll), "cursor and scrolling stay"
        await press(pilot, "u", "O", "enter", "escape")
        years = [paper.year for i in range(table.row_count) if (paper := table.paper_at(i)) is not None]
        assert years == sorted(years, key=lambda year: -(year or 0))
        await press(pilot, "home")
        await pilot.app._press_keys(["space"] * 100)
        await settle(pilot)
        assert "100 marked" in shown(pilot)
        await press(pilot, "d")
        assert "100 papers: 100 dropped" in shown(pilot)
        await press(pilot, "u")
        assert table.row_count == MANY // 3
    with opened(home) as library:
        assert {paper.status for paper in library.papers.summaries(range(100, 100 + MANY))} == {Status.UNREAD}


async def test_the_first_page_comes_before_all_are_found(tmp_path: Path) -> None:
    home = trail_of(tmp_path, 2 * PAGE + 1)
    rest, seen = threading.Event(), []
    ids = Search.ids

    def waiting(
        search: Search, query: Query, most: int | None = None, *, often: bool = False
    ) -> "array[int]":
        if most is None and threading.current_thread() is not threading.main_thread():
            assert rest.wait(60)
        return ids(search, query, most, often=often)

    async with running(home, (100, 30)) as pilot:
        table = table_of(pilot)
        await press(pilot, "slash", "backspace")
        Search.ids = waiting  # type: ignore[method-assign, assignment]
        try:
            with patch.object(finding, "FEW", PAGE):
                await pilot.app._press_keys("many")
                while table.row_count != PAGE or "many" not in shown(pilot):
                    await settle(pilot, beside="find")
                    await pilot.pause(0.01)
            seen.append(shown(pilot))
            rest.set()
            await settle(pilot)
        finally:
            Search.ids = ids  # type: ignore[method-assign]
        assert f"· {PAGE}+ papers" in seen[0]
        assert table.row_count == 2 * PAGE + 1


async def test_tags_for_all_that_are_marked_are_taken_back_at_once(tmp_path: Path) -> None:
    home = trail_of(tmp_path, 30)
    async with running(home, (100, 30)) as pilot:
        await write(pilot, "/")
        await press(pilot, "backspace")
        await write(pilot, "many\n")
        await press(pilot, *["space"] * 20, "t")
        await write(pilot, "thesis\n")
        with opened(home) as library:
            assert [one.papers for one in library.tags.all()] == [20]
        await press(pilot, "u")
    with opened(home) as library:
        assert library.tags.all() == []


async def test_the_cursor_stays_where_it_went_while_the_list_was_read_again(tmp_path: Path) -> None:
    rest, is_asked = threading.Event(), threading.Event()
    ids = Search.ids

    def waiting(
        search: Search, query: Query, most: int | None = None, *, often: bool = False
    ) -> "array[int]":
        if threading.current_thread() is not threading.main_thread():
            is_asked.set()
            assert rest.wait(60)
        return ids(search, query, most, often=often)

    async with running(trail_of(tmp_path, 30), (100, 30)) as pilot:
        table = table_of(pilot)
        await press(pilot, "slash", "backspace")
        await write(pilot, "many\n")
        Search.ids = waiting  # type: ignore[method-assign, assignment]
        try:
            pilot.app.screen.refresh_all()  # type: ignore[attr-defined]
            while not is_asked.is_set():
                await pilot.pause(0.01)
            table.action_move(7)  # by the mouse, say: keys wait
            rest.set()
            await settle(pilot)
        finally:
            Search.ids = ids  # type: ignore[method-assign]
        assert table.cursor == 7

"""What a move of the cursor costs: what is another is drawn, what is asked looked up once, no layout."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from textual._compositor import Compositor
from textual.widgets import Static

from papertrail.library.search import Search
from papertrail.tui.frame.detail_pane import DetailPane
from papertrail.tui.frame.key_bar import KeyBar
from papertrail.tui.papers.screen import PapersScreen
from tests.trails import NOTE, opened, small_trail
from tests.tui.driving import look_for_news, paint, press, running, settle, shown, write


@contextmanager
def counted(owner: type[object], name: str) -> Iterator[list[object]]:
    """Note down who a method is called of."""
    calls: list[object] = []
    real = getattr(owner, name)

    def counting(self: object, *args: Any, **kwargs: Any) -> Any:
        calls.append(self)
        return real(self, *args, **kwargs)

    with patch.object(owner, name, counting):
        yield calls


def rows(number: int) -> list[Sequence[str]]:
    return [
        ("Many", f"paper-{i}", f"Paper {i}", f"Author {i}", "2000", "", "", "", f"paper-{i - 1}" if i else "")
        for i in range(number)
    ]


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (140, 40)])
async def test_a_move_lays_nothing_out_anew(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running(small_trail(tmp_path, rows(200)), size) as pilot:
        await press(pilot, "home", "down", "down")
        with counted(Compositor, "reflow") as layouts:
            for key in ("down", "up", "pagedown", "pageup", "end", "up", "up"):
                await press(pilot, key)
        assert layouts == []
        assert "Author 197" in shown(pilot), "in the line below, or in the pane"


async def test_the_line_of_keys_is_drawn_only_where_keys_do_something_else(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path, rows(20)), (100, 30)) as pilot:
        await press(pilot, "home")
        screen = pilot.app.screen
        bar = screen.query_one(KeyBar)
        paint(screen)
        with counted(KeyBar, "render_line") as drawn:
            for _ in range(2):
                await press(pilot, "down")
                paint(screen)
            assert drawn == []
            await press(pilot, "s")
            paint(screen)
            assert bar in drawn


async def test_the_words_asked_for_are_looked_for_once_a_move(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        for key in ("rcnn", "sppnet", "fast-rcnn"):
            library.notes.save(key, NOTE.replace("Anchors are", "The zebras are"), None)
    async with running(home) as pilot:
        await press(pilot, "slash")
        await write(pilot, "zebras\n")
        with counted(Search, "hits") as looked:
            await press(pilot, "down")
        assert len(looked) == 1
        assert shown(pilot).count("note: The zebras are") == 1
        (home.notes / "sppnet.md").write_text(NOTE.replace("Anchors are", "Two zebras are"), encoding="utf-8")
        look_for_news(pilot)
        await settle(pilot)
        assert shown(pilot).count("note: Two zebras are") == 1, "another text of the note is looked at again"


async def test_what_is_told_gets_the_lines_that_it_takes_and_gives_them_back(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path, rows(20)), (80, 24)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, PapersScreen)
        line = screen.query_one("#hint", Static)
        for text, lines in (("short", 1), ("word " * 25, 2), ("word " * 60, 2), ("short again", 1)):
            screen.hint(text)
            await settle(pilot)
            assert line.size.height == lines
            assert text.split()[0] in shown(pilot).split("\n")[23 - lines]


async def test_the_pane_scrolls_what_is_longer_than_it(tmp_path: Path) -> None:
    papers = [*rows(3), *([*row[:-1], "paper-3"] for row in rows(60)[3:])]
    papers[3] = rows(4)[3]
    home = small_trail(tmp_path, papers)
    async with running(home, (140, 40)) as pilot:
        pane = pilot.app.screen.query_one(DetailPane)
        await press(pilot, "home")
        for key, is_long in (("down", False), ("down", False), ("down", True), ("down", False)):
            with counted(Compositor, "reflow") as layouts:
                await press(pilot, key)
            assert layouts == []
            assert (pane.max_scroll_y > 0) is is_long, (key, shown(pilot))
        await press(pilot, "up", "right", "end")
        assert pane.scroll_y == pane.max_scroll_y and "abstract" in shown(pilot)
        await pilot.mouse_down(DetailPane, offset=(2, 33))
        await pilot.hover(DetailPane, offset=(9, 33))
        await pilot.mouse_up(DetailPane, offset=(9, 33))
        assert pilot.app.screen.get_selected_text() == "not on a"

"""The main screen's panes, lists and lines, as a reader meets them."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widgets import Input

from papertrail.domain.errors import IncompatibleLibrary
from papertrail.domain.paper import PaperSummary, Status
from papertrail.tui.frame.app import PapertrailApp
from papertrail.tui.frame.detail_pane import DetailPane
from papertrail.tui.frame.key_bar import KeyBar
from papertrail.tui.frame.message_line import MessageLine
from papertrail.tui.frame.theme import DARK, LIGHT
from papertrail.tui.paper.screen import PaperScreen
from papertrail.tui.papers.lineages import LineageList
from papertrail.tui.papers.screen import PapersScreen
from papertrail.tui.papers.table import PAGE, PaperTable
from tests.arxiv_server import ArxivServer, silence
from tests.trails import NOTE, FixedClock, opened, small_trail
from tests.tui.driving import look_for_news, press, running, settle, shown, write
from tests.tui.terminal import in_terminal


def table_of(pilot: Pilot[int]) -> PaperTable:
    return pilot.app.screen.query_one(PaperTable)


def chosen_key(pilot: Pilot[int]) -> str:
    paper = table_of(pilot).chosen
    assert paper is not None
    return paper.key


def many(number: int) -> list[Sequence[str]]:
    return [("Many", f"paper-{i}", f"Paper {i}", "", "2000", "", "", "", "") for i in range(number)]


# Panes


async def test_the_line_of_keys_says_where_tab_leads_and_names_no_key_of_papers_there(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), (140, 40)) as pilot:
        bar = pilot.app.screen.query_one(KeyBar)
        assert {("tab", "lineages"), ("t", "tags")} <= set(bar.shown())
        await press(pilot, "tab")
        assert ("tab", "papers") in bar.shown() and not {"s", "e", "t", "m"} & dict(bar.shown()).keys()


async def test_keys_between_the_panes(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        screen = pilot.app.screen
        for key, pane in [
            ("h", LineageList),
            ("h", LineageList),
            ("l", PaperTable),
            ("right", DetailPane),
            ("l", DetailPane),
            ("left", PaperTable),
            ("tab", LineageList),
            ("tab", PaperTable),
            ("l", DetailPane),
            ("tab", LineageList),
            ("shift+tab", PaperTable),
        ]:
            await press(pilot, key)
            assert isinstance(screen.focused, pane), key


async def test_there_is_no_detail_to_go_to_where_it_is_not_shown(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), size=(100, 30)) as pilot:
        await press(pilot, "l")
        assert isinstance(pilot.app.screen.focused, PaperTable)


async def test_the_detail_comes_with_the_width(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), size=(100, 30)) as pilot:
        assert "built on by" not in shown(pilot)
        await pilot.resize_terminal(140, 40)
        await settle(pilot)
        assert "built on by" in shown(pilot)
        assert "1 of 4 in R-CNN to Faster R-CNN" in shown(pilot)
        await press(pilot, "j")
        assert "2 of 4 in R-CNN to Faster R-CNN" in shown(pilot)


async def test_the_detail_stays_scrolled_while_its_paper_stays(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), size=(120, 16)) as pilot:
        detail = pilot.app.screen.query_one(DetailPane)
        await press(pilot, "l", "pagedown")
        assert detail.scroll_y > 0
        place = detail.scroll_y
        await press(pilot, "s")
        assert detail.scroll_y == place
        await press(pilot, "h", "j")
        assert detail.scroll_y == 0


# The line below the panes


async def test_where_no_pane_says_it_a_line_does(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.statuses.set(["sppnet"], Status.READ)
    async with running(home, size=(80, 24)) as pilot:
        await press(pilot, "j")
        assert "● read  ✎ owes a note  Kaiming He" in shown(pilot)
        await press(pilot, "j")
        assert "○ unread  Ross Girshick" in shown(pilot)


async def test_what_was_told_stays_until_the_cursor_moves(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), size=(80, 24)) as pilot:
        main = pilot.app.screen
        assert isinstance(main, PapersScreen)
        await press(pilot, "s")
        assert "rcnn is being read" in shown(pilot)
        look_for_news(pilot)
        await settle(pilot)
        main.refresh_all()
        await settle(pilot)
        assert "rcnn is being read" in shown(pilot)
        await press(pilot, "j")
        assert "rcnn is being read" not in shown(pilot)


async def test_a_paper_that_counts_is_told(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
    async with running(home) as pilot:
        await press(pilot, "s", "s")
        assert "rcnn counts: 1 of 100" in shown(pilot)


async def test_a_paper_finished_before_what_it_builds_on_is_told(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), size=(80, 24)) as pilot:
        await press(pilot, "down", "down", "s", "s")
        told = " ".join(shown(pilot).split())
        assert "press e; it builds on rcnn and sppnet, still to be read" in told, (
            "in full on a small terminal"
        )
        await press(pilot, "U", "space", "down", "space", "s", "s")
        assert "2 papers: 2 read; 0 of 100 counted; 1 build" in " ".join(shown(pilot).split())


async def test_trouble_in_the_background_is_told_once(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, size=(100, 30)) as pilot:
        main = pilot.app.screen
        assert isinstance(main, PapersScreen)
        if home.notes.exists():
            home.notes.rmdir()
        home.notes.write_text("not a folder", encoding="utf-8")
        look_for_news(pilot)
        await settle(pilot)
        message = pilot.app.screen.query_one(MessageLine)
        assert "cannot read" in str(message.render())
        await press(pilot, "j")
        assert chosen_key(pilot) == "sppnet"
        for _ in range(2):
            look_for_news(pilot)
            await settle(pilot)
        assert "cannot read" not in str(message.render()), "not every second"
        assert "cannot read" in shown(pilot), "above all else it stands while it is so"


# Filter


async def test_a_filter_that_finds_nothing_here_leads_to_all_papers(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "slash")
        await write(pilot, "kingma")
        assert "None here, 1 among all papers." in shown(pilot)
        await press(pilot, "enter")
        assert chosen_key(pilot) == "adam"
        assert "/kingma · 1 paper · esc clears" in shown(pilot)


async def test_a_filter_that_finds_nothing_at_all(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "slash")
        await write(pilot, "zzz")
        assert "No paper has these words." in shown(pilot)
        await press(pilot, "enter", "s", "e", "enter")
        assert isinstance(pilot.app.screen, PapersScreen)
        await press(pilot, "escape")
        assert table_of(pilot).row_count == 4


async def test_letters_typed_into_the_filter_are_not_keys(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "slash", "s", "q", "j", "question_mark")
        assert pilot.app.screen.query_one(Input).value == 'lineage:"R-CNN to Faster R-CNN" sqj?'
        assert isinstance(pilot.app.screen, PapersScreen)


async def test_the_cursor_stays_on_its_paper_when_the_filter_goes(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "slash")
        await write(pilot, "fast")
        await press(pilot, "enter", "end")
        assert chosen_key(pilot) == "faster-rcnn"
        await press(pilot, "escape")
        assert table_of(pilot).row_count == 4
        assert chosen_key(pilot) == "faster-rcnn"


# The table


async def test_keys_of_the_table(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path, many(500)), size=(100, 30)) as pilot:
        for key, row in [("j", 1), ("down", 2), ("k", 1), ("G", 499), ("down", 499), ("g", 0), ("up", 0)]:
            await press(pilot, key)
            assert table_of(pilot).cursor == row, key
        await press(pilot, "pagedown")
        page = table_of(pilot).cursor
        assert 10 < page < 30
        await press(pilot, "pagedown", "pageup")
        assert table_of(pilot).cursor == page
        assert f"Paper {page} " in shown(pilot)


async def test_only_the_pages_in_sight_are_loaded(tmp_path: Path) -> None:
    home = small_trail(tmp_path, many(2_000))
    async with running(home, size=(100, 30)) as pilot:
        table = table_of(pilot)
        asked: list[int] = []
        load = table._load

        def counted(ids: Sequence[int]) -> list[PaperSummary]:
            asked.append(len(ids))
            return load(ids)

        table._load = counted
        await press(pilot, "end", "up", "up", "home", "down", "pagedown")
        assert asked == [PAGE]


async def test_mouse(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path, many(100)), size=(100, 30)) as pilot:
        table = table_of(pilot)
        await pilot.click(table, offset=(20, 2 + 5))
        await settle(pilot)
        assert table.cursor == 5
        await pilot.click(table, offset=(20, 0))
        assert table.cursor == 5
        await pilot.click(pilot.app.screen.query_one(LineageList), offset=(4, 1))
        await settle(pilot)
        assert "All papers · 100 papers" in shown(pilot)
        await pilot.click(table, offset=(20, 2 + 3), times=2)
        await settle(pilot)
        assert isinstance(pilot.app.screen, PaperScreen)


async def test_columns_align_whatever_the_script(tmp_path: Path) -> None:
    titles = ["Fast R-CNN", "残差网络" * 20, "残差网络", "Μάθηση", "深度학습 ディープ mixed" * 3]
    rows = [
        ("各種 lineage", f"key-{i}", title, "何恺明", "2015", "", "", "", "")
        for i, title in enumerate(titles)
    ]
    for size in ((140, 40), (80, 24), (50, 20)):
        async with running(small_trail(tmp_path / str(size[0]), rows), size=size) as pilot:
            lines = [line for line in shown(pilot).split("\n") if " 2015 " in line and "Re" not in line]
            starts = {cell_len(line[: line.index(" 2015 ")]) for line in lines}
            assert len(lines) >= len(titles)
            assert len(starts) <= 2  # the table, and links in the detail
            strips = [table_of(pilot).render_line(y) for y in range(table_of(pilot).size.height)]
            assert {strip.cell_length for strip in strips} == {strips[0].cell_length}


async def test_the_cursor_keeps_its_paper_when_papers_arrive(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "tab", "home", "enter", "end")
        assert chosen_key(pilot) == "adam"
        seeds = home.seeds.read_text(encoding="utf-8").split("\n")
        seeds.insert(1, "R-CNN to Faster R-CNN,new-paper,A New One,,2012,,,,")
        with opened(home) as other:
            path = tmp_path / "more.csv"
            path.write_text("\n".join(seeds), encoding="utf-8")
            other.seeds.load(path)
        main = pilot.app.screen
        assert isinstance(main, PapersScreen)
        look_for_news(pilot)
        await settle(pilot)
        assert table_of(pilot).row_count == 7
        assert chosen_key(pilot) == "adam"
        assert "0/7" in shown(pilot)


# Theme


async def test_the_lists_follow_the_theme(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        dark = pilot.app.export_screenshot()
        await pilot.app.run_action("switch_theme")
        await settle(pilot)
        light = pilot.app.export_screenshot()
        assert "#fbf7ef" in light
        for colour in ("#191714", "#98907f", "#474037"):
            assert colour in dark
            assert colour not in light
        await press(pilot, "u")
        assert "#fbf7ef" not in pilot.app.export_screenshot(), "the setting was taken back"
        await press(pilot, "ctrl+r")
        assert "#fbf7ef" in pilot.app.export_screenshot()


async def test_the_theme_is_found_in_the_palette_and_remembered(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "ctrl+p")
        await write(pilot, "theme")
        await press(pilot, "enter")
        assert pilot.app.theme == LIGHT.name
    async with running(home) as pilot:
        assert pilot.app.theme == LIGHT.name and "#fbf7ef" in pilot.app.export_screenshot()
        with opened(home) as other:
            other.settings.set("theme", "dark")
        look_for_news(pilot)
        await settle(pilot)
        assert pilot.app.theme == DARK.name and "#fbf7ef" not in pilot.app.export_screenshot()


async def test_every_status_has_its_own_sign_without_colours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.statuses.set(["rcnn", "sppnet"], Status.READ)
        library.notes.save("rcnn", NOTE, None)
        library.statuses.set(["fast-rcnn"], Status.READING)
    async with running(home) as pilot:
        text = shown(pilot)
        for sign in ("●✓ 2013", "●✎ 2014", "◐  2015", "○  2015", "━", "─"):
            assert sign in text


# Beginning and end


async def test_a_trail_that_cannot_be_opened_ends_the_program(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    opened(home).close()
    connection = sqlite3.connect(home.private / "library.db")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    app = PapertrailApp(home, clock=FixedClock())
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
    assert isinstance(app.failure, IncompatibleLibrary)
    assert app.return_value == 3


def test_quitting_does_not_wait_for_the_network(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with ArxivServer() as server:
        server.always(silence)
        environ = server.env() | {
            "PAPERTRAIL_ARXIV_TIMEOUT": "600",
            "XDG_STATE_HOME": str(tmp_path / "state"),
        }
        with in_terminal(home, environ) as terminal:
            terminal.wait_for("hierarchies")
            terminal.press("f")
            terminal.wait_for("esc stops")
            terminal.press("q")
            assert terminal.end() == 0
            assert b"Traceback" not in terminal.seen


def test_keys_typed_ahead_do_no_harm(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    opened(home).close()
    with in_terminal(home) as terminal:
        terminal.press("\tjs/?" * 20)
        terminal.wait_for("hierarchies")
        terminal.press("\x11")
        assert terminal.end() == 0
        assert b"Traceback" not in terminal.seen
        assert b"NoMatches" not in terminal.seen

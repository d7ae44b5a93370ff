"""The main job, as a reader does it in the terminal program."""

import json
import os
from pathlib import Path

from textual.widgets import TextArea

from papertrail.domain.paper import Status
from papertrail.domain.query.tree import Query
from papertrail.library import Home
from papertrail.tui.frame.app import PapertrailApp
from papertrail.tui.note.editor import NoteEditor
from papertrail.tui.papers.lineages import LineageList
from papertrail.tui.papers.screen import PapersScreen
from papertrail.tui.papers.table import PaperTable
from papertrail.tui.widgets.goal_bar import GoalBar
from tests.arxiv_server import ArxivServer
from tests.cli.starter import starter
from tests.trails import NOTE, FixedClock, opened, small_trail
from tests.tui.driving import look_for_news, press, running, settle, shown, until, write


async def test_from_start_to_a_counted_paper(tmp_path: Path) -> None:
    home = small_trail(tmp_path / "tui")
    async with running(home) as pilot:
        app = pilot.app
        assert isinstance(app, PapertrailApp)
        main = app.screen
        assert main.query_one(GoalBar).line.startswith("0 / 100 counted · 0 owed · day 1 of")
        await press(pilot, "tab", "enter")  # to the lineages, and into the first one
        assert "R-CNN to Faster R-CNN" in shown(pilot)
        await press(pilot, "s", "s")
        assert "its note still needs Problem, Key idea, Limits" in shown(pilot)
        await press(pilot, "e")
        editor = app.screen
        assert isinstance(editor, NoteEditor)
        for words in ("Proposals are slow", "Share the convolutions", "Anchors are fixed"):
            await write(pilot, words)
            assert "unsaved" in shown(pilot)
            await press(pilot, "ctrl+n")
            while not _at_required_section(editor):
                await press(pilot, "ctrl+n")
        await press(pilot, "ctrl+s", "escape")
        assert isinstance(app.screen, PapersScreen)
        assert main.query_one(GoalBar).line.startswith("1 / 100 counted · 0 owed")
        row = next(line for line in shown(pilot).split("\n") if "1/4" in line)
        assert "R-CNN to Faster R" in row
        assert "━" in row
        text = (home.notes / "rcnn.md").read_text(encoding="utf-8")
        for words in ("Proposals are slow", "Share the convolutions", "Anchors are fixed"):
            assert words in text
        assert text.index("## Problem") < text.index("Proposals are slow") < text.index("## Prior work")
    by_commands = small_trail(tmp_path / "cli")
    for words, text in (("start rcnn", ""), ("done rcnn", ""), ("note rcnn --stdin", NOTE)):
        _command(by_commands, words, text)
    progress = _command(home, "progress --json")
    assert progress == _command(by_commands, "progress --json")
    assert json.loads(progress)["goal"]["counted"] == 1


def _command(home: Home, words: str, text: str = "") -> str:
    """Run the real command line on a trail and return what it says."""
    env = {**os.environ, "PAPERTRAIL_NOW": FixedClock().moment.isoformat()}
    arguments = ("--home", str(home.root), *words.split())
    code, out, told = starter().run(arguments, text.encode(), env, home.root)
    assert code == 0, told
    return out.decode()


def _at_required_section(editor: NoteEditor) -> bool:
    """Tell whether the cursor is below a heading that must be filled, or nothing of the kind is left."""
    area = editor.query_one(TextArea)
    lines = area.text.split("\n")
    above = [line for line in lines[: area.cursor_location[0]] if line.startswith("## ")]
    required = ("## Problem", "## Key idea", "## Limits")
    open_ones = [
        heading
        for number, heading in enumerate(lines)
        if heading.startswith(required) and not any(text.strip() for text in lines[number + 2 : number + 4])
    ]
    return not open_ones or above[-1].startswith(required)


async def test_the_first_screen_says_what_to_do_next(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        assert "A new trail: 6 papers in 2 lineages. s starts the paper" in shown(pilot)
        assert "Rich feature hierarchies" in shown(pilot)


async def test_moving_never_writes(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    opened(home).close()
    async with running(home) as pilot:
        before = _journal(home.root)
        await press(
            pilot, "j", "j", "k", "tab", "down", "down", "up", "enter", "enter", "escape", "end", "home"
        )
        assert _journal(home.root) == before


def _journal(root: Path) -> int:
    import sqlite3

    connection = sqlite3.connect(root / ".papertrail" / "library.db")
    try:
        return int(connection.execute("SELECT count(*) FROM journal").fetchone()[0])
    finally:
        connection.close()


async def test_filter_as_you_type(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        table = pilot.app.screen.query_one(PaperTable)
        await press(pilot, "tab", "home", "shift+tab", "slash")
        await write(pilot, "girshick fast")
        assert table.row_count == 1
        assert table.chosen is not None
        assert table.chosen.key == "fast-rcnn"
        await press(pilot, "enter", "s")
        assert "fast-rcnn is being read" in shown(pilot)
        await press(pilot, "escape")
        assert table.row_count == 6


async def test_status_keys(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        table = pilot.app.screen.query_one(PaperTable)
        for key, status in [
            ("w", Status.QUEUED),
            ("s", Status.READING),
            ("s", Status.READ),
            ("s", Status.READ),
            ("S", Status.READING),
            ("d", Status.DROPPED),
            ("U", Status.UNREAD),
        ]:
            await press(pilot, key)
            assert table.chosen is not None
            assert table.chosen.status is status


async def test_the_panes_follow_the_width(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), size=(140, 40)) as pilot:
        screen = pilot.app.screen
        visible = [screen.query_one(f"#{name}").display for name in ("lineages", "papers", "detail")]
        assert visible == [True, True, True]
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert [screen.query_one(f"#{n}").display for n in ("lineages", "papers", "detail")] == [
            True,
            True,
            False,
        ]
        text = shown(pilot)
        assert max(map(len, text.split("\n"))) <= 80
        assert "q quit" in text
        await pilot.resize_terminal(60, 20)
        await settle(pilot)
        assert [screen.query_one(f"#{n}").display for n in ("lineages", "papers", "detail")] == [
            False,
            True,
            False,
        ]
        await press(pilot, "tab")
        assert screen.query_one("#lineages").display
        await press(pilot, "down", "enter")
        assert not screen.query_one("#lineages").display
        assert "Stochastic" in shown(pilot)


async def test_a_change_by_another_process_appears(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        main = pilot.app.screen
        assert isinstance(main, PapersScreen)
        with opened(home) as other:
            other.statuses.set(["rcnn"], Status.READ)
            other.notes.save("rcnn", NOTE, None)
        look_for_news(pilot)
        await settle(pilot)
        assert main.query_one(GoalBar).line.startswith("1 / 100 counted")


async def test_add_and_fetch_from_arxiv(tmp_path: Path, monkeypatch: object) -> None:
    import pytest

    assert isinstance(monkeypatch, pytest.MonkeyPatch)
    home = small_trail(tmp_path)
    with ArxivServer() as server:
        for name, value in server.env().items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
        async with running(home) as pilot:
            await press(pilot, "a")
            await write(pilot, "nonsense")
            await press(pilot, "enter")
            assert "is no arXiv id" in shown(pilot)
            assert server.requests == []
            await press(pilot, "escape", "a")
            await write(pilot, "1706.03762, 1506.01497")
            await press(pilot, "enter")
            await until(pilot, "known already: faster-rcnn")
            table = pilot.app.screen.query_one(PaperTable)
            assert table.chosen is not None
            assert table.chosen.arxiv_id == "1706.03762"
            await press(pilot, "f")
            await until(pilot, "abstracts and dates of")
            with opened(home) as library:
                assert library.papers.get("faster-rcnn").abstract
        assert len(server.requests) == 2


async def test_a_network_that_is_down_is_one_line(tmp_path: Path, monkeypatch: object) -> None:
    import pytest

    assert isinstance(monkeypatch, pytest.MonkeyPatch)
    monkeypatch.setenv("PAPERTRAIL_ARXIV_API", "http://127.0.0.1:9/api/query")
    monkeypatch.setenv("PAPERTRAIL_ARXIV_DELAY", "0")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "f")
        await until(pilot, "works without it")
        assert len(pilot.app.screen.query_one(PaperTable)._ids) == 4


async def test_export_says_where(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "x")
        assert "3 files written to" in shown(pilot)
    assert (home.export / "README.md").exists()


async def test_thousands_of_papers(tmp_path: Path) -> None:
    rows = [("Many", f"paper-{i}", f"Paper {i}", "", "2000", "", "", "", "") for i in range(3_000)]
    async with running(small_trail(tmp_path, rows)) as pilot:
        table = pilot.app.screen.query_one(PaperTable)
        assert table.row_count == 3_000
        await press(pilot, "end")
        assert "Paper 2999" in shown(pilot)
        await press(pilot, "s", "home")
        assert "Paper 0" in shown(pilot)
        assert len(table._pages) <= 3


async def test_lineages_keep_their_place_and_number_in_the_list(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        lineages = pilot.app.screen.query_one(LineageList)
        await press(pilot, "tab", "down")
        assert lineages.name_at(lineages.cursor) == "SGD"
        assert "SGD · 2 papers" in shown(pilot)
        await press(pilot, "shift+tab", "s", "tab")
        assert lineages.name_at(lineages.cursor) == "SGD"


async def test_the_palette_finds_papers_and_actions(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "ctrl+p")
        await write(pilot, "faster")
        assert "Faster R-CNN" in shown(pilot)
        await press(pilot, "enter")
        assert "Shaoqing Ren" in shown(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, PapersScreen)


async def test_help_names_every_key_shown(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), size=(100, 70)) as pilot:
        await press(pilot, "question_mark")
        text = shown(pilot)
        for word in (
            "Start, or read",
            "Write the note",
            "Find",
            "Saved views",
            "Columns and order",
            "Add from arXiv",
            "Export Markdown",
            "counted",
        ):
            assert word in text
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, PapersScreen)


async def test_all_papers_in_order(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "tab", "home", "enter")
        with opened(home) as library:
            assert list(pilot.app.screen.query_one(PaperTable)._ids) == list(library.search.ids(Query()))

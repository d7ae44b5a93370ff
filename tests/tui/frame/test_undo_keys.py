"""Taking back and doing again on every screen: at once what was done here, the rest is asked about first."""

import json
import os
import sqlite3
from datetime import date, datetime, timezone
from pathlib import Path
from threading import Thread

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from papertrail.domain.paper import Status
from papertrail.domain.query.tree import Query
from papertrail.library import Home
from papertrail.tui.compare.screen import CompareScreen
from papertrail.tui.map.view import MapView
from papertrail.tui.paper.screen import PaperScreen
from papertrail.tui.papers.screen import PapersScreen
from papertrail.tui.papers.table import PaperTable
from papertrail.tui.today.list import TodayList
from papertrail.tui.widgets.dialogs import ChoiceDialog
from tests.arxiv_server import ArxivServer
from tests.cases import at_sizes
from tests.cli.starter import starter
from tests.trails import NOTE, RCNN, FixedClock, asked, opened, small_trail, write_seeds
from tests.tui.driving import look_for_news, press, running, settle, shown, until, write
from tests.tui.frame.test_status_keys import SCREENS, bar, go_to, library_of, status_of, told
from tests.tui.terminal import in_terminal
from tests.tui.test_typed_ahead import at_once
from tests.undo.cases import open_trail

SIZES = [(80, 24), (140, 40)]
ODD = "\x1b]52;c;ZXZpbA==\x07 \u202egnidaer"
LATER = FixedClock(datetime(2026, 3, 4, 11, 0, tzinfo=timezone.utc))


def queue_of(pilot: Pilot[int]) -> list[str]:
    return [paper.key for paper in asked(library_of(pilot), "status:queued")]


def programs(pilot: Pilot[int]) -> list[tuple[str, str]]:
    """Return what was done, the newest first, each with the program it came from."""
    return [(past.what, past.program) for past in library_of(pilot).undo.stacks().done]


def counted_on(home: Home) -> list[tuple[str, str]]:
    connection = sqlite3.connect(home.private / "library.db")
    try:
        sql = "SELECT p.key, r.counted_on FROM reading r JOIN paper p ON p.id = r.paper_id"
        return connection.execute(f"{sql} WHERE r.counted_on IS NOT NULL").fetchall()
    finally:
        connection.close()


def command(home: Home, *words: str) -> None:
    """Run the real command line on a trail."""
    env = {**os.environ, "PAPERTRAIL_NOW": FixedClock().moment.isoformat()}
    assert starter().run(("--home", str(home.root), *words), b"", env, home.root)[0] == 0


def asks(pilot: Pilot[int]) -> bool:
    return isinstance(pilot.app.screen, ChoiceDialog)


async def go_to_any(pilot: Pilot[int], screen: str, key: str) -> None:
    """Go to a screen, reading down one question among them, at a paper."""
    if screen == "compare":
        await go_to(pilot, "papers", key)
        await press(pilot, "tab")
        await press(pilot, "home", "down", "down", "enter")
        table = pilot.app.screen.query_one(PaperTable)
        keys = [paper.key for index in range(table.row_count) if (paper := table.paper_at(index))]
        table.cursor = keys.index(key)
        await press(pilot, "c")
        assert isinstance(pilot.app.screen, CompareScreen)
    else:
        await go_to(pilot, screen, key)


def line_of(pilot: Pilot[int]) -> str:
    """Return what is told, wherever the screen tells it, lines joined."""
    return " ".join(" ".join(shown(pilot).split()).replace("…", "").split())


@pytest.mark.parametrize(("screen", "size"), at_sizes(SCREENS, SIZES, wide="papers"), ids=str)
async def test_a_drop_by_accident_is_mended(tmp_path: Path, screen: str, size: tuple[int, int]) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.statuses.set(["sppnet"], Status.QUEUED)
        library.statuses.set(["rcnn"], Status.QUEUED)
        library.statuses.set(["adam"], Status.QUEUED)
    async with running(home, size, LATER, mode="today") as pilot:
        await go_to(pilot, screen, "rcnn")
        await press(pilot, "d")
        assert queue_of(pilot) == ["sppnet", "adam"]
        await press(pilot, "u")
        assert queue_of(pilot) == ["sppnet", "rcnn", "adam"]
        assert told(pilot) == "taken back: rcnn queued → dropped · ctrl+r does it again"
        assert not asks(pilot)
        await press(pilot, "ctrl+r")
        assert status_of(pilot, "rcnn") is Status.DROPPED
        assert told(pilot) == "done again: rcnn queued → dropped · u takes it back"
        await press(pilot, "u")
        assert not asks(pilot), "what was done again here is not asked about"
        assert queue_of(pilot) == ["sppnet", "rcnn", "adam"]
        assert " s start " in bar(pilot)


async def test_a_counted_paper_is_counted_on_its_own_day_again(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
        library.statuses.set(["rcnn"], Status.READ, on=date(2026, 2, 20))
    before = counted_on(home)
    async with running(home, clock=LATER, mode="today") as pilot:
        await go_to(pilot, "papers", "rcnn")
        await press(pilot, "U", "d", "u", "u")
        assert library_of(pilot).papers.get("rcnn").summary.counted
    assert counted_on(home) == before == [("rcnn", "2026-02-20")]


async def test_several_are_taken_back_in_turn_and_done_again(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, mode="today") as pilot:
        await go_to(pilot, "papers", "rcnn")
        steps = [Status.QUEUED, Status.READING, Status.DROPPED]
        await press(pilot, "w", "s", "d")
        for step in (*reversed(steps[:-1]), Status.UNREAD):
            await press(pilot, "u")
            assert status_of(pilot, "rcnn") is step
        await press(pilot, "u")
        assert told(pilot) == "there is nothing to take back: nothing has been changed yet"
        for step in steps:
            await press(pilot, "ctrl+r")
            assert status_of(pilot, "rcnn") is step
        await press(pilot, "ctrl+r")
        assert told(pilot) == "there is nothing to do again: only what was taken back can be"


async def test_typed_quickly_each_has_its_turn(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, mode="today") as pilot:
        await go_to(pilot, "papers", "rcnn")
        at_once(pilot, "wsduuujduww")
        await settle(pilot)
        assert status_of(pilot, "rcnn") is Status.UNREAD
        assert status_of(pilot, "sppnet") is Status.QUEUED


async def test_it_waits_for_a_write_under_way(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, mode="today") as pilot:
        await go_to(pilot, "papers", "rcnn")
        await press(pilot, "d")
        library = library_of(pilot)
        with library._trail.database.write():
            pressing = Thread(target=lambda: library.statuses.set(["adam"], Status.QUEUED))
            pressing.start()
        at_once(pilot, "u")
        pressing.join()
        await settle(pilot)
        await press(pilot, "u")
        assert (status_of(pilot, "adam"), status_of(pilot, "rcnn")) == (Status.UNREAD, Status.UNREAD)


async def test_reading_down_one_question_takes_back_too(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, SIZES[0], mode="today") as pilot:
        await go_to(pilot, "papers", "sppnet")
        await press(pilot, "s")
        await go_to_any(pilot, "compare", "rcnn")
        await press(pilot, "u")
        assert "taken back: sppnet unread → reading · ctrl+r does it again" in line_of(pilot)
        assert status_of(pilot, "sppnet") is Status.UNREAD
        screen = pilot.app.screen
        assert isinstance(screen, CompareScreen)
        paper = screen.chosen_paper()
        assert paper is not None
        assert paper.key == "sppnet", "the paper concerned is gone to"
        await press(pilot, "u")
        assert "there is nothing to take back" in line_of(pilot)
        await press(pilot, "ctrl+r", "escape")
        assert status_of(pilot, "sppnet") is Status.READING
        assert isinstance(pilot.app.screen, PapersScreen)


@pytest.mark.parametrize(("screen", "size"), at_sizes([*SCREENS, "compare"], SIZES, wide="map"), ids=str)
async def test_what_an_earlier_run_did_is_asked_about(
    tmp_path: Path, screen: str, size: tuple[int, int]
) -> None:
    home = small_trail(tmp_path)
    with open_trail(home, "tui") as library:
        library.statuses.set(["rcnn"], Status.DROPPED)
    async with running(home, size, LATER, mode="today") as pilot:
        await go_to_any(pilot, screen, "sppnet")
        await press(pilot, "u")
        for words in (
            "Take this back?",
            "rcnn unread → dropped",
            "1 Mar 09:30 · another run of this program",
        ):
            assert words in shown(pilot)
        await press(pilot, "u", "U", "ctrl+r")
        assert asks(pilot), "a key typed once too often answers nothing"
        await press(pilot, "escape")
        assert status_of(pilot, "rcnn") is Status.DROPPED
        await press(pilot, "u", "enter")
        assert status_of(pilot, "rcnn") is Status.UNREAD
        assert "taken back: rcnn unread → dropped" in line_of(pilot)
        await press(pilot, "ctrl+r")
        assert not asks(pilot), "this run took it back"
        assert status_of(pilot, "rcnn") is Status.DROPPED


async def test_what_another_run_took_back_is_asked_about(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, mode="today") as pilot:
        await go_to(pilot, "papers", "rcnn")
        await press(pilot, "d")
        with opened(home) as library:
            library.undo.undo()
        await press(pilot, "ctrl+r")
        assert "Do this again?" in shown(pilot)
        await press(pilot, "escape")
        assert status_of(pilot, "rcnn") is Status.UNREAD
        await press(pilot, "ctrl+r", "d")
        assert status_of(pilot, "rcnn") is Status.DROPPED


async def test_what_the_command_line_did_is_shown_first(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    opened(home).close()
    command(home, "queue", "fast-rcnn")
    async with running(home, SIZES[0], mode="today") as pilot:
        await press(pilot, "u")
        for words in ("Take this back?", "fast-rcnn unread → queued", "today 09:30 · command line"):
            assert words in shown(pilot)
        await press(pilot, "enter")
        assert told(pilot) == "taken back: fast-rcnn unread → queued · ctrl+r does it again"
        assert status_of(pilot, "fast-rcnn") is Status.UNREAD


async def test_what_another_program_wrote_is_shown_first(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
    note = home.notes / "rcnn.md"
    async with running(home, mode="today") as pilot:
        await go_to(pilot, "papers", "rcnn")
        note.write_text(NOTE + "\nwritten elsewhere\n", encoding="utf-8")
        look_for_news(pilot)
        await settle(pilot)
        assert programs(pilot)[0][1] == "outside"
        await press(pilot, "u")
        for words in ("note of rcnn", "another program"):
            assert words in shown(pilot)
        await press(pilot, "enter")
        assert note.read_text(encoding="utf-8") == NOTE
        await press(pilot, "ctrl+r")
        assert "written elsewhere" in note.read_text(encoding="utf-8")


async def test_a_note_saved_here_is_one_of_this_program(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, mode="today") as pilot:
        await go_to(pilot, "papers", "rcnn")
        await press(pilot, "e")
        await write(pilot, "uU")
        assert "uU" in pilot.app.screen.query_one(TextArea).text, "letters are letters in a text"
        await press(pilot, "ctrl+s")
        await write(pilot, "more")
        await press(pilot, "ctrl+r")
        assert "uUmore" not in pilot.app.screen.query_one(TextArea).text
        await press(pilot, "escape")
        assert programs(pilot)[0][1] == "tui"
        assert (home.notes / "rcnn.md").exists()
        await press(pilot, "u")
        assert told(pilot).startswith("taken back: note of rcnn begun")
        assert not (home.notes / "rcnn.md").exists()
        await press(pilot, "ctrl+r")
        assert "uU" in (home.notes / "rcnn.md").read_text(encoding="utf-8")


async def test_a_filter_keeps_its_letters(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "d", "u", "slash", "u", "U", "ctrl+r")
        assert pilot.app.screen.query_one(Input).value.endswith(" uU")
        assert status_of(pilot, "rcnn") is Status.UNREAD
        assert library_of(pilot).undo.stacks().undone


async def test_papers_added_go_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = small_trail(tmp_path / "trail")
    with ArxivServer() as server:
        for name, value in server.env().items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
        async with running(home) as pilot:
            before = library_of(pilot).search.ids(Query())
            await press(pilot, "a")
            await write(pilot, "1706.03762")
            await press(pilot, "enter")
            await until(pilot, "added ")
            table = pilot.app.screen.query_one(PaperTable)
            assert table.chosen is not None
            key = table.chosen.key
            await press(pilot, "enter")
            assert isinstance(pilot.app.screen, PaperScreen)
            await press(pilot, "u")
            assert isinstance(pilot.app.screen, PapersScreen), "its screen has nothing to show any more"
            assert told(pilot) == f"taken back: added {key} · ctrl+r does it again"
            assert list(library_of(pilot).search.ids(Query())) == list(before)
            assert key not in shown(pilot).replace(told(pilot), "")
            await press(pilot, "ctrl+r")
            assert table.chosen is not None
            assert table.chosen.key == key, "the cursor is on what came back"


async def test_a_paper_gone_from_below_another_is_left(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    row = ("SGD", "new-one", "A new one", "", "2020", "", "", "", "")
    async with running(home, mode="today") as pilot:
        library_of(pilot).seeds.load(write_seeds(tmp_path / "more.csv", [row]))
        await go_to(pilot, "paper", "new-one")
        await go_to(pilot, "paper", "rcnn")
        await press(pilot, "u")
        assert "taken back: papers of a file: 1 added" in told(pilot)
        assert isinstance(pilot.app.screen, PaperScreen), "this one is there"
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, PaperScreen)
        assert "new-one" in told(pilot)


async def test_every_other_screen_shows_it_when_looked_at(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    row = ("A new lineage", "new-one", "A new one", "", "2020", "", "", "", "")
    async with running(home, (140, 40), mode="today") as pilot:
        library_of(pilot).seeds.load(write_seeds(tmp_path / "more.csv", [row]))
        for mode in "231":
            await press(pilot, mode)
        look_for_news(pilot)
        await settle(pilot)
        await press(pilot, "2")
        assert "A new lineage" in shown(pilot)
        await press(pilot, "3", "0", "end", "enter")
        assert "new-one" in shown(pilot)
        await press(pilot, "u")
        assert "new-one" not in shown(pilot)
        await press(pilot, "2")
        assert "A new lineage" not in shown(pilot)
        assert "All papers" in shown(pilot)
        await press(pilot, "1")
        assert "A new lineage" not in shown(pilot)
        assert "new-one" not in shown(pilot)


async def test_a_map_whose_lineage_is_gone_draws_another(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, SIZES[0], mode="today") as pilot:
        library_of(pilot).lineages.put("Mine", ["adam", "rcnn"])
        await press(pilot, "3")
        pilot.app.screen.show_lineage("Mine")  # type: ignore[attr-defined]
        await settle(pilot)
        await press(pilot, "u")
        assert "taken back: lineage Mine made" in told(pilot)
        assert pilot.app.screen.query_one(MapView).cursor
        await press(pilot, "ctrl+r")
        assert "done again: lineage Mine made" in told(pilot)


@pytest.mark.parametrize("screen", ["today", "papers", "map"])
async def test_the_cursor_goes_to_the_paper_concerned(tmp_path: Path, screen: str) -> None:
    home = small_trail(tmp_path)
    async with running(home, mode="today") as pilot:
        await go_to(pilot, screen, "rcnn")
        await press(pilot, "w")
        await press(pilot, "end" if screen != "map" else "home", "up" if screen == "today" else "end")
        await press(pilot, "u")
        if screen == "today":
            assert pilot.app.screen.query_one(TodayList).here == "rcnn"
        elif screen == "papers":
            chosen = pilot.app.screen.query_one(PaperTable).chosen
            assert chosen is not None
            assert chosen.key == "rcnn"
        else:
            assert pilot.app.screen.query_one(MapView).cursor == "rcnn"
        assert "taken back: rcnn unread → queued" in told(pilot)


async def test_the_cursor_stays_where_the_paper_is_not_in_sight(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, mode="today") as pilot:
        await go_to(pilot, "papers", "adam")
        await press(pilot, "w", "tab", "home", "down", "down", "enter", "end")
        table = pilot.app.screen.query_one(PaperTable)
        before = table.chosen
        assert before is not None
        assert before.key == "faster-rcnn"
        await press(pilot, "u")
        assert "taken back: adam unread → queued" in told(pilot)
        assert table.chosen == before


@pytest.mark.parametrize("screen", SCREENS)
async def test_what_something_stands_upon_is_refused_in_a_line(tmp_path: Path, screen: str) -> None:
    home = small_trail(tmp_path)
    async with running(home, (80, 24), mode="today") as pilot:
        await go_to(pilot, screen, "rcnn")
        await press(pilot, "d", "u", "w", "ctrl+r")
        refusal = (
            "rcnn unread → dropped cannot be done again: rcnn unread → queued (01 Mar 09:30) came after it"
        )
        assert refusal in told(pilot)
        assert status_of(pilot, "rcnn") is Status.QUEUED
        hint = pilot.app.screen.query_one("#hint")
        assert "$warning" in str(hint.render().markup)  # type: ignore[union-attr]


async def test_what_was_touched_while_the_question_stood_is_refused(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.statuses.set(["rcnn"], Status.QUEUED)
    async with running(home, mode="today") as pilot:
        await press(pilot, "u")
        with opened(home) as library:
            library.statuses.set(["rcnn"], Status.READING)
        await press(pilot, "enter")
        assert "rcnn unread → queued cannot be taken back: rcnn queued → reading" in told(pilot)
        assert status_of(pilot, "rcnn") is Status.READING
        await press(pilot, "u")
        with opened(home) as library:
            library.undo.undo()
        await press(pilot, "enter")
        assert "rcnn queued → reading was taken back already" in told(pilot)


async def test_what_cannot_be_taken_back_is_told(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, SIZES[0]) as pilot:
        await press(pilot, "w", "x")
        await until(pilot, "files written")
        await press(pilot, "u")
        assert told(pilot).startswith("taken back: rcnn unread → queued · ctrl+r does it again · stays: ")
        assert "stays: exported to" in told(pilot)
        await press(pilot, "u")
        assert "there is nothing to take back: exported to" in told(pilot)


@pytest.mark.parametrize(("screen", "size"), at_sizes([*SCREENS, "compare"], SIZES, wide="today"), ids=str)
async def test_hostile_names_are_inert(tmp_path: Path, screen: str, size: tuple[int, int]) -> None:
    home = small_trail(tmp_path)
    name = "a [/b] z [@click=app.quit]x[/b] gnidaer " + "x" * 60
    with opened(home) as library:
        library.lineages.put(name, ["rcnn"])
    connection = sqlite3.connect(home.private / "library.db")
    with connection:  # as an older papertrail, or a hand, may have written it
        odd = json.dumps(ODD)[1:-1]
        changed = connection.execute("UPDATE journal SET after = replace(after, 'gnidaer', ? )", [odd])
        assert changed.rowcount
    connection.close()
    async with running(home, size, mode="today") as pilot:
        library_of(pilot).lineages.put(name, ["sppnet"])
        await go_to_any(pilot, screen, "sppnet")
        await press(pilot, "u")
        assert "taken back: sppnet into a [/b] z" in line_of(pilot)
        assert "ctrl+r does it again" in line_of(pilot)
        await press(pilot, "u")
        assert "a [/b] z [@click=app.quit]x[/b]" in shown(pilot)
        assert "today 09:30 · command line" in shown(pilot)
        assert "⏎ choose" in shown(pilot)
        for odd in ("\x1b", "\x07", "\u202e"):
            assert odd not in shown(pilot)
        await press(pilot, "enter")
        assert not [one for one in library_of(pilot).lineages.all() if one.name.startswith("a [")]
        assert not pilot.app._exit


async def test_help_and_palette_name_the_keys(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, (140, 40)) as pilot:
        await press(pilot, "d")
        assert " u undo " in bar(pilot)
        await press(pilot, "question_mark")
        for words in ("Take back the last change", "Do again", "Mark unread"):
            assert words in shown(pilot)
        await press(pilot, "escape", "ctrl+p")
        await write(pilot, "Take back the")
        await press(pilot, "enter")
        assert status_of(pilot, "rcnn") is Status.UNREAD
        await press(pilot, "ctrl+p")
        await write(pilot, "Do again")
        await press(pilot, "enter")
        assert status_of(pilot, "rcnn") is Status.DROPPED


async def test_no_key_means_two_things_on_one_screen(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, mode="today") as pilot:
        for name in [*SCREENS, "compare"]:
            await go_to_any(pilot, name, "rcnn")
            screen = pilot.app.screen
            for source in (screen, screen.focused, pilot.app):
                for key, bindings in source._bindings.key_to_bindings.items() if source else ():
                    if key in ("u", "U", "ctrl+r"):
                        assert source is screen
                        assert len(bindings) == 1, (name, key)
            if name in ("paper", "compare"):
                await press(pilot, "escape")


def test_in_a_real_terminal(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.statuses.set(["sppnet"], Status.QUEUED)
    with in_terminal(home) as terminal:
        terminal.wait_for("hierarchies")
        terminal.press("2du\x12")
        terminal.wait_until(lambda text: "done again: rcnn unread → dropped · u takes it back" in text)
        terminal.press("uu")
        terminal.wait_until(lambda text: "sppnet unread → queued" in text and "command line" in text)
        terminal.press("\r")
        terminal.wait_until(lambda text: "taken back: sppnet unread → queued" in text)
        terminal.press("q")
        assert terminal.end() == 0
        assert b"Traceback" not in terminal.seen
    with opened(home) as library:
        statuses = [paper.status for paper in library.papers.each()]
    assert statuses == [Status.UNREAD] * len(RCNN)


async def test_undo_is_named_where_something_can_be_taken_back(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), (200, 40), mode="today") as pilot:  # room for all keys

        async def named() -> list[bool]:
            """Press the keys of all places; return which of them name the key."""
            found = []
            for keys in (["1"], ["2"], ["3"], ["4"], ["5"], ["3", "c"], ["escape", "2", "enter"], ["H"]):
                await press(pilot, *keys)
                found.append(" u undo " in bar(pilot))
            await press(pilot, "escape", "escape", "1")
            return found

        assert not any(await named()), "a trail that was begun, and nothing done in it"
        await press(pilot, "w")
        assert " u undo " in bar(pilot)
        assert all(await named())
        await press(pilot, "u")
        assert " u undo " not in bar(pilot)

"""What stands around a paper's note: days, lists one walks along, pages, and the way to the map."""

import sqlite3
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from textual.pilot import Pilot

from papertrail.domain.paper import Status
from papertrail.domain.recall.review import Grade
from papertrail.library import Home
from papertrail.tui.frame import doors
from papertrail.tui.frame.detail_pane import DetailPane, TextPane
from papertrail.tui.frame.key_bar import KeyBar
from papertrail.tui.map.screen import MapScreen
from papertrail.tui.map.view import MapView
from papertrail.tui.note.editor import NoteEditor
from papertrail.tui.paper.note_pane import NotePane
from papertrail.tui.paper.screen import PaperScreen
from papertrail.tui.papers.screen import PapersScreen
from tests.openers import Opener
from tests.trails import HOSTILE_TITLES, NOTE, FixedClock, opened, small_trail
from tests.tui.driving import press, running, settle, shown

ABSTRACT = "We propose a scalable detection algorithm."
COMMENT = "Accepted to a conference; code is elsewhere"
NEXT_DAY = timedelta(days=1)


def tell_of(home: Home, key: str, **columns: object) -> None:
    """Write into a paper's row what arXiv would have told."""
    sets = ", ".join(f"{name} = ?" for name in columns)
    with sqlite3.connect(home.private / "library.db") as connection:
        connection.execute(f"UPDATE paper SET {sets} WHERE key = ?", (*columns.values(), key))  # noqa: S608
    connection.close()


def fetched(home: Home, key: str, **more: object) -> None:
    tell_of(
        home,
        key,
        abstract=ABSTRACT,
        comment=COMMENT,
        version=5,
        published="2013-11-11T18:43:49+00:00",
        updated="2014-10-22T17:23:20+00:00",
        urls="code https://github.com/rbgirshick/rcnn",
        **more,
    )


async def go_to(pilot: Pilot[int], key: str) -> PaperScreen:
    main = pilot.app.screen
    assert isinstance(main, PapersScreen)
    doors.open_paper(pilot.app, main.library, key)
    await settle(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, PaperScreen)
    return screen


def text_of(screen: PaperScreen, pane: str = "#paper-facts") -> str:
    return str(screen.query_one(pane, TextPane).render())


async def test_the_abstract_stands_where_the_note_will_be(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    opened(home).close()
    for key in ("rcnn", "sppnet"):
        fetched(home, key)
    with opened(home) as library:
        library.notes.save("sppnet", NOTE, None)
    async with running(home, (80, 24)) as pilot:
        screen = await go_to(pilot, "rcnn")
        assert ABSTRACT not in text_of(screen)
        assert "We propose a scalable" in shown(pilot) and "e begins the note" in shown(pilot)
        await press(pilot, "right_square_bracket")
        assert "Region proposals are slow" in shown(pilot)
        assert ABSTRACT in text_of(screen), "below the facts, as the note has its place"
        facts = text_of(screen)
        for words in ("v1 of 2013-11-11, v5 of 2014-10-22", f"comment: {COMMENT}", "code · github.com"):
            assert facts.count(words) == 1


async def test_a_wide_terminal_has_a_third_pane(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    opened(home).close()
    fetched(home, "fast-rcnn")
    with opened(home) as library:
        library.notes.save("fast-rcnn", NOTE, None)
    async with running(home, (200, 50)) as pilot:
        screen = await go_to(pilot, "fast-rcnn")
        beside = text_of(screen, "#paper-beside")
        for words in (
            "rcnn  Rich feature hierarchies",
            "built on by",
            ABSTRACT,
            COMMENT,
            "code · github.com",
        ):
            assert words in beside and words not in text_of(screen)
        await pilot.resize_terminal(100, 30)
        await settle(pilot)
        assert not screen.query_one("#paper-beside").display
        for words in ("built on by", ABSTRACT, COMMENT):
            assert words in text_of(screen)


async def test_one_walks_from_paper_to_paper_and_back(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, (100, 30)) as pilot:
        screen = await go_to(pilot, "fast-rcnn")
        assert "go there" not in shown(pilot)
        await press(pilot, "left")
        assert "⏎ go there" in shown(pilot)
        await press(pilot, "down", "down", "down", "enter")
        assert screen._key == "rcnn", "lineage, before, after, then what it builds on"
        await press(pilot, "end", "up", "j", "k")
        assert screen._key == "rcnn"
        pane = screen.query_one("#paper-facts", TextPane)
        number = [stop.leads_to for stop in pane.stops].index(("paper", "sppnet"))
        pane.go_to(number)
        await press(pilot, "enter")
        assert screen._key == "sppnet"
        await press(pilot, "escape")
        assert screen._key == "rcnn" and pane.at == number and pane.has_focus
        await press(pilot, "escape")
        assert screen._key == "fast-rcnn"
        assert pane.stops[pane.at].leads_to == ("paper", "rcnn"), "where one went off"
        await press(pilot, "right")
        assert not pane.has_focus and "go there" not in shown(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, PapersScreen)


async def test_the_side_pane_is_walked_as_well(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, (140, 40)) as pilot:
        await press(pilot, "home", "down", "right", "down", "enter")
        assert isinstance(pilot.app.screen, PaperScreen) and pilot.app.screen._key == "rcnn"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, PapersScreen)
        assert isinstance(pilot.app.screen.focused, DetailPane)
        await press(pilot, "escape", "3", "home", "tab", "down", "enter")
        assert isinstance(pilot.app.screen, PaperScreen)
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen.focused, MapView)


async def test_a_page_is_opened_from_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = small_trail(tmp_path / "trail")
    opener = Opener(tmp_path / "programs")
    monkeypatch.setenv("PAPERTRAIL_OPENER", str(opener.path))
    async with running(home, (100, 30)) as pilot:
        screen = await go_to(pilot, "rcnn")
        await press(pilot, "left")
        pane = screen.query_one("#paper-facts", TextPane)
        pane.go_to(len(pane.stops) - 1)
        await press(pilot, "enter")
        assert opener.wait() == [repr([pane.stops[-1].leads_to[1]])]
        assert pane.stops[-1].leads_to[1].startswith("https://")


async def test_three_goes_to_the_lineage_of_the_paper(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, (100, 30)) as pilot:
        await go_to(pilot, "adam")
        await press(pilot, "3")
        screen = pilot.app.screen
        assert isinstance(screen, MapScreen)
        assert screen.current_lineage() == "SGD"
        assert screen.query_one(MapView).cursor == "adam"
        doors.open_paper(pilot.app, screen.library, "sppnet")
        await settle(pilot)
        await press(pilot, "3")
        assert type(pilot.app.screen).__name__ == "MapScreen", "the paper stood above the map itself"
        assert screen.current_lineage() == "R-CNN to Faster R-CNN"
        assert screen.query_one(MapView).cursor == "sppnet"
        await press(pilot, "c")
        assert type(pilot.app.screen).__name__ == "CompareScreen"
        await press(pilot, "tab", "3")
        assert (
            type(pilot.app.screen).__name__ == "MapScreen" and screen.query_one(MapView).cursor == "fast-rcnn"
        )
        await press(pilot, "e")
        editor = pilot.app.screen
        assert isinstance(editor, NoteEditor)
        await click_map(pilot)
        assert pilot.app.screen is editor, "words may be unsaved"
        await press(pilot, "escape", "2", "escape")
        assert isinstance(pilot.app.screen, PapersScreen)
        doors.edit_note(pilot.app, screen.library, "adam")
        await settle(pilot)
        await click_map(pilot)
        assert type(pilot.app.screen).__name__ == "MapScreen" and screen.query_one(MapView).cursor == "adam"


async def click_map(pilot: Pilot[int]) -> None:
    row = next(line for line in shown(pilot).split("\n") if "3 map" in line)
    await pilot.click(offset=(row.index("3 map") + 2, 0))
    await settle(pilot)


async def test_a_paper_in_no_lineage_is_shown_among_all(tmp_path: Path) -> None:
    home = small_trail(tmp_path, [("", "alone", "Alone", "", "2005", "", "", "", "")])
    async with running(home, (100, 30)) as pilot:
        await go_to(pilot, "alone")
        await press(pilot, "3")
        screen = pilot.app.screen
        assert isinstance(screen, MapScreen)
        assert screen.current_lineage() is None and screen.query_one(MapView).cursor == "alone"


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (200, 50)])
async def test_what_is_too_long_above_ends_in_a_mark(tmp_path: Path, size: tuple[int, int]) -> None:
    authors = "; ".join(f"Person With A Long Name {number}" for number in range(10))
    home = small_trail(tmp_path, [("A", "many", "Very long " * 60, authors, "2001", "", "", "", "")])
    async with running(home, size) as pilot:
        screen = await go_to(pilot, "many")
        lines = shown(pilot).split("\n")
        head = lines[: screen.query_one("#paper-columns").region.y]
        assert sum("Very long" in line for line in head) <= 3
        assert any(line.endswith("…") for line in head)
        assert any(line.endswith(" more") for line in head) or size[0] == 200
        assert "2001" in "".join(head)
        assert len(lines) - len(head) > size[1] // 2


async def test_a_withdrawn_paper_says_so(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    opened(home).close()
    fetched(home, "rcnn")
    tell_of(home, "rcnn", comment="This paper has been withdrawn by the author")
    async with running(home, (80, 24)) as pilot:
        screen = await go_to(pilot, "rcnn")
        assert "! withdrawn" in shown(pilot)
        assert "comment: This paper has been withdrawn" in text_of(screen)


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_hostile_words_are_inert_in_every_pane(tmp_path: Path, size: tuple[int, int]) -> None:
    rows = [("L", f"p{n}", f"t{n}", "A", "2000", "V", "", "", f"p{n - 1}" if n else "") for n in range(8)]
    home = small_trail(tmp_path, rows)
    opened(home).close()
    for number, title in enumerate(HOSTILE_TITLES):
        link = f"code https://a.example/{title}\npage javascript:alert(1)"
        fetched(home, f"p{number}")
        tell_of(home, f"p{number}", title=title, comment=title, journal_ref=title, abstract=title, urls=link)
    async with running(home, size) as pilot:
        screen = await go_to(pilot, "p0")
        await press(pilot, "left")
        for number in range(len(HOSTILE_TITLES)):
            assert screen._key == f"p{number}"
            shown(pilot)
            panes = [pane for pane in screen.query(TextPane) if pane.display]
            assert not any(
                "javascript" in name for pane in panes for stop in pane.stops for name in stop.leads_to
            )
            for pane in panes:
                pane.action_page_down()
            await settle(pilot)
            shown(pilot)
            await press(pilot, "right_square_bracket")
        assert not pilot.app._exit


def test_days_are_those_of_the_journal(tmp_path: Path) -> None:
    home, clock = small_trail(tmp_path), FixedClock()
    with opened(home, clock) as library:
        assert library.papers.get("rcnn").days.told == ("added 1 Mar 2026",)
        clock.moment += NEXT_DAY
        library.statuses.set(["rcnn"], Status.READING)
        clock.moment += NEXT_DAY
        library.statuses.set(["rcnn"], Status.READ)
        clock.moment += NEXT_DAY
        library.notes.save("rcnn", NOTE + "\n## Questions\n\nQ: Why?\nA: So.\n", None)
        told = library.papers.get("rcnn").days.told
        assert told == ("added 1 Mar 2026", "started 2 Mar", "read 3 Mar", "counted 4 Mar")
        clock.moment = datetime(2027, 1, 2, 9, 30, tzinfo=timezone.utc)
        (asked, *_) = library.recall.day(keys=["rcnn"]).asked
        library.recall.grade(library.recall.question(asked), Grade.GOOD)
        assert library.papers.get("rcnn").days.told[-1] == "reviewed 2 Jan 2027"
        clock.moment += NEXT_DAY
        library.recall.grade(library.recall.question(asked), Grade.GOOD)
        assert library.papers.get("rcnn").days.told[-1] == "reviewed on 2 days, last 3 Jan 2027"
        clock.moment = clock.moment.astimezone(timezone(timedelta(hours=-12)))
        days = library.papers.get("rcnn").days
        assert (days.added, days.started) == ("2026-03-01", "2026-03-02"), "whatever the zone is by now"
        assert {one.summary.key: one.days for one in library.papers.all()}["rcnn"] == days
        library.statuses.set(["rcnn"], Status.UNREAD)
        assert library.papers.get("rcnn").days.told[:1] == ("added 1 Mar 2026",)
        days = library.papers.get("rcnn").days
        assert (days.started, days.read, days.counted) == (None, None, None)


async def test_the_key_bar_names_the_way_into_the_lists(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), (80, 24)) as pilot:
        screen = await go_to(pilot, "rcnn")
        assert ("tab", "links") in screen.query_one(KeyBar).shown()
        await press(pilot, "tab")
        assert isinstance(screen.focused, TextPane)


async def test_notes_that_name_a_paper_lead_there_and_their_links_back(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.notes.save("adam", "## Problem\n\nAs [[rcnn|regions]] do, [[nowhere]] not.\n", None)
    async with running(home, (100, 40)) as pilot:
        screen = await go_to(pilot, "rcnn")
        assert "named in the notes of" in text_of(screen)
        await press(pilot, "left")
        pane = screen.query_one("#paper-facts", TextPane)
        pane.go_to([stop.leads_to for stop in pane.stops].index(("paper", "adam")))
        await press(pilot, "enter")
        assert screen._key == "adam" and "As regions do, [[nowhere]] not." in shown(pilot)
        note = screen.query_one(NotePane)
        note.post_message(NotePane.Followed("address", "rcnn.md"))
        await settle(pilot)
        assert screen._key == "rcnn"
        await press(pilot, "escape")
        assert screen._key == "adam"
        note.post_message(NotePane.Followed("address", "nowhere.md"))
        await settle(pilot)
        assert screen._key == "adam" and "it is not opened" in shown(pilot)

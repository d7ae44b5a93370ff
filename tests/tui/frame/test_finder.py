"""The finder: anything in the trail, while one types, from every screen."""

import threading
from pathlib import Path

import pytest
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Input

from papertrail.library import Home
from papertrail.tui.compare.screen import CompareScreen
from papertrail.tui.frame import found as finding
from papertrail.tui.frame.finder import Finder
from papertrail.tui.frame.found import Found
from papertrail.tui.frame.found_list import FoundList
from papertrail.tui.frame.help import HelpScreen
from papertrail.tui.inbox.screen import InboxScreen
from papertrail.tui.map.screen import MapScreen
from papertrail.tui.note.editor import NoteEditor
from papertrail.tui.note.history import NoteHistory
from papertrail.tui.note.summary_editor import SummaryEditor
from papertrail.tui.paper.screen import PaperScreen
from papertrail.tui.papers.screen import PapersScreen
from papertrail.tui.today.screen import TodayScreen
from papertrail.tui.widgets.note_area import NoteArea
from tests.trails import HOSTILE_TITLES, RCNN, opened, small_trail
from tests.tui.driving import press, running, settle, shown, write

NOTE = "# Note\n\n## Problem\n\nSlow.\n\n## Key idea\n\n* one\n* Regions by superpixels, merged\n* 残差网络\n"
SIZES = [(80, 24), (100, 30), (140, 40)]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
        library.tags.change(["adam", "sppnet"], add=["descent", "to show"])
        library.views.save("Old ones", "year:..1999")
    return home


def rows(pilot: Pilot[int]) -> list[str]:
    """Return the kinds and names of what is offered."""
    found = pilot.app.screen.query_one(FoundList)
    return [f"{item.kind} {item.name}" for item in found._items if isinstance(item, finding.Row)]


@pytest.mark.parametrize(
    ("keys", "screen"),
    [
        ((), TodayScreen),
        (("3",), MapScreen),
        (("4",), InboxScreen),
        (("2", "enter"), PaperScreen),
        (("3", "c"), CompareScreen),
        (("2", "home", "H"), NoteHistory),
    ],
    ids=lambda one: one.__name__ if isinstance(one, type) else "-".join(one),
)
async def test_every_screen_finds_and_comes_back(home: Home, keys: tuple[str, ...], screen: type) -> None:
    async with running(home, SIZES[0], mode="today") as pilot:
        await press(pilot, *keys)
        assert isinstance(pilot.app.screen, screen)
        await press(pilot, "slash")
        assert isinstance(pilot.app.screen, Finder)
        await write(pilot, "superpix")
        assert rows(pilot) == ["note rcnn"]
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, screen)
        await press(pilot, "question_mark")
        helps = pilot.app.screen
        assert isinstance(helps, HelpScreen)
        told = [one.words for things in helps._things.values() for one in things]
        assert any(words.startswith("Find anything") for words in told)


@pytest.mark.parametrize("size", SIZES[::2], ids=str)
async def test_a_hit_in_a_note_opens_it_at_the_line(home: Home, size: tuple[int, int]) -> None:
    async with running(home, size, mode="today") as pilot:
        await press(pilot, "slash")
        await write(pilot, "superpix")
        assert "Regions by superpixels, merged" in shown(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, NoteEditor)
        assert pilot.app.screen.query_one(NoteArea).cursor_location == (9, 13)
        await press(pilot, "escape", "slash")
        await write(pilot, "残差")
        await press(pilot, "enter")
        assert pilot.app.screen.query_one(NoteArea).cursor_location == (10, 2)


async def test_in_the_note_itself_one_stays_there_with_words_unsaved(home: Home) -> None:
    async with running(home, mode="today") as pilot:
        await press(pilot, "2", "home", "e")
        await write(pilot, "mine ")
        editor = pilot.app.screen
        await press(pilot, "ctrl+f")
        await write(pilot, "superpixels")
        await press(pilot, "enter")
        assert pilot.app.screen is editor
        area = editor.query_one(NoteArea)
        row, column = area.cursor_location
        assert area.document.get_line(row)[column:].startswith("superpixels")
        assert "mine " in area.note


async def test_groups_and_where_they_lead(home: Home) -> None:
    async with running(home, mode="today") as pilot:
        await press(pilot, "slash")
        await write(pilot, "descent")
        assert rows(pilot) == ["paper sppnet", "paper adam", "tag descent"]
        assert "tag: descent" in shown(pilot), "what it is found by, where the title does not say it"
        await press(pilot, "pagedown", "enter")
        assert isinstance(pilot.app.screen, PapersScreen)
        assert "2 papers" in shown(pilot) and 'tag:"descent"' in shown(pilot)
        await press(pilot, "1", "slash")
        await write(pilot, "old")
        assert rows(pilot) == ["view Old ones"]
        await press(pilot, "enter")
        assert "· 1 paper ·" in shown(pilot), shown(pilot)
        assert "A Stochastic Approximation" in shown(pilot)
        await press(pilot, "1", "slash")
        await write(pilot, "sgd")
        assert rows(pilot) == ["lineage SGD"]
        await press(pilot, "enter")
        assert "SGD · 2 papers" in shown(pilot)
        await press(pilot, "1", "slash")
        await write(pilot, "adam")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, PaperScreen) and "Kingma" in shown(pilot)


async def test_tab_shows_all_on_papers(home: Home) -> None:
    async with running(home, SIZES[0], mode="today") as pilot:
        await press(pilot, "slash")
        await write(pilot, "girshick -fast")
        await press(pilot, "tab")
        assert isinstance(pilot.app.screen, PapersScreen)
        assert "/girshick -fast · 1 paper" in shown(pilot)
        await press(pilot, "1", "slash", "tab")
        assert isinstance(pilot.app.focused, Input), "without words they are typed there"


async def test_what_is_typed_ahead_acts_in_the_finder_alone(home: Home) -> None:
    """`d` drops and `s` begins a paper elsewhere; enter waits for what was typed to be found."""
    async with running(home, mode="today") as pilot:
        for key in ("slash", *"ds", "backspace", "backspace", *"adam", "enter"):
            pilot.app.post_message(Key(key, key if len(key) == 1 else None))
        await settle(pilot)
        assert isinstance(pilot.app.screen, PaperScreen) and "Kingma" in shown(pilot)
    with opened(home) as library:
        assert {paper.status.value for paper in library.papers.summaries(range(1, 7))} == {"unread"}


async def test_what_comes_late_does_not_win(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer to the first letters comes after all others were typed."""
    goes_on, find, asked = threading.Event(), finding.find, list[str]()

    def slow(library: object, text: str) -> Found:
        asked.append(text)
        if text == "a":
            goes_on.wait(60)
        return find(library, text)  # type: ignore[arg-type]

    monkeypatch.setattr(finding, "find", slow)
    async with running(home, mode="today") as pilot:
        await press(pilot, "slash")
        for key in ("a", "backspace", *"superpix"):
            await press(pilot, key, beside="finder")
        assert asked == ["a"] and rows(pilot) == []
        goes_on.set()
        await settle(pilot)
        assert asked == ["a", "superpix"], "one at a time, and of those between none"
        assert rows(pilot) == ["note rcnn"]


@pytest.mark.parametrize("size", SIZES[::2], ids=str)
async def test_hostile_texts_are_inert(tmp_path: Path, size: tuple[int, int]) -> None:
    seeds = [("L", f"evil-{n}", title, "", "2000", "", "", "", "") for n, title in enumerate(HOSTILE_TITLES)]
    home = small_trail(tmp_path, seeds)
    with opened(home) as library:
        for n, title in enumerate(HOSTILE_TITLES):
            library.notes.save(f"evil-{n}", f"## Problem\n\nevil {title}\n", None)
        library.tags.change(["evil-0"], add=["evil [/b] z"])
        library.views.save("evil [@click=app.quit]x", "evil")
    async with running(home, size, mode="today") as pilot:
        await press(pilot, "slash")
        await write(pilot, "evil")
        await settle(pilot)
        told = shown(pilot)
        assert "[/b] z" in told and "evil [@click=app.quit]x" in told and "evil-" in told
        for text in (*HOSTILE_TITLES, "(((", '"', "-", "lineag:x", "year:..", "*" * 300, "\u200b"):
            field = pilot.app.screen.query_one(Input)
            field.value = text
            await settle(pilot)
            await press(pilot, "down", "pagedown", "up")
        assert isinstance(pilot.app.screen, Finder)


async def test_nothing_found_and_what_is_not_understood_are_told(home: Home) -> None:
    async with running(home, SIZES[0], mode="today") as pilot:
        await press(pilot, "slash")
        assert "author:he year:2015.." in shown(pilot), "what can be typed"
        assert "tab find on Papers" in shown(pilot) and "go there" not in shown(pilot), "no row is there yet"
        await write(pilot, "zzz")
        assert "nothing found with all these words" in shown(pilot)
        assert "tab all on Papers" in shown(pilot) and "go there" not in shown(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Finder)
        pilot.app.screen.query_one(Input).value = "lineag:sgd"
        await settle(pilot)
        assert "there is no field lineag: did you mean lineage:?" in shown(pilot)
        await press(pilot, "end", *["backspace"] * 10)
        assert "author:he year:2015.." in shown(pilot) and "no field" not in shown(pilot)


async def test_the_mouse_chooses(home: Home) -> None:
    async with running(home, SIZES[1], mode="today") as pilot:
        await press(pilot, "slash")
        await write(pilot, "rcnn")
        assert rows(pilot)[:3] == ["paper rcnn", "paper fast-rcnn", "paper faster-rcnn"]
        await pilot.click(FoundList, offset=(5, 2))
        await settle(pilot)
        assert isinstance(pilot.app.focused, Input), "one goes on typing"
        await pilot.click(FoundList, offset=(5, 2), times=2)
        await settle(pilot)
        assert isinstance(pilot.app.screen, PaperScreen) and "Fast R-CNN" in shown(pilot)


async def test_words_are_marked_without_colours_and_wide_letters_keep_the_columns(tmp_path: Path) -> None:
    seeds = [*RCNN, ("L", "wide", "深度残差学习用于图像识别" * 9, "何恺明", "2015", "", "", "", "")]
    async with running(small_trail(tmp_path, seeds), SIZES[0], mode="today") as pilot:
        await press(pilot, "slash")
        await write(pilot, "残差")
        found = pilot.app.screen.query_one(FoundList)
        strip = found.render_line(1)
        assert strip.cell_length == found.scrollable_content_region.width
        assert {one.text for one in strip if one.style and one.style.underline} >= {"残差"}
        assert strip.text.rstrip().endswith("2015  wide")
        await press(pilot, *["backspace"] * 2)
        await write(pilot, "恺明")
        assert "author: 何恺明" in shown(pilot)


async def test_the_palette_finds_the_same(home: Home) -> None:
    async with running(home, mode="today") as pilot:
        await press(pilot, "ctrl+p")
        await write(pilot, "superpix")
        assert "Regions by superpixels, merged" in shown(pilot)
        await press(pilot, "down", "enter")
        assert isinstance(pilot.app.screen, NoteEditor)
        assert pilot.app.screen.query_one(NoteArea).cursor_location == (9, 13)


async def test_more_than_fits_is_counted(tmp_path: Path) -> None:
    seeds = [("Many papers", f"paper-{n}", f"Paper {n}", "", "2000", "", "", "", "") for n in range(99)]
    async with running(small_trail(tmp_path, seeds), SIZES[0], mode="today") as pilot:
        await press(pilot, "slash")
        await write(pilot, "paper")
        assert "of 30+" in shown(pilot) and "lineage Many papers" in rows(pilot)
        assert "Lineages  1" in shown(pilot), "every group is in sight"
        await press(pilot, *["down"] * 40)
        assert pilot.app.screen.query_one(FoundList).chosen.name == "Many papers"  # type: ignore[union-attr]
        await pilot.resize_terminal(140, 40)
        await settle(pilot)
        assert pilot.app.screen.query_one(FoundList).chosen.name == "Many papers"  # type: ignore[union-attr]


@pytest.mark.parametrize("width", [34, 44, 56, 80])
async def test_keys_are_named_whole_or_not_at_all(home: Home, width: int) -> None:
    async with running(home, (width, 16), mode="today") as pilot:
        await press(pilot, "slash")
        await write(pilot, "rcnn")
        foot = shown(pilot).split("\n")[12].split("│")[1].strip()
    named = [word for word in ("⏎ go there", "↑↓ choose", "tab all on Papers", "esc close") if word in foot]
    assert foot == "  ".join(named) and named[-1] == "esc close"
    assert ("tab all on Papers" in named) == (width >= 44) and len(named) == {34: 1, 44: 2, 56: 3, 80: 4}[
        width
    ]


REGIONS = "R-CNN to Faster R-CNN"
ABOUT = "# R\n\n## The line in three sentences\n\nSlow.\nThe costliest thing goes first.\n"


async def test_a_line_of_the_note_about_a_lineage_opens_it_there(home: Home) -> None:
    with opened(home) as library:
        library.summaries.save(REGIONS, ABOUT, None)
        library.summaries.save("SGD", "# S\n\nNothing is costliest.\n", None)
    async with running(home, SIZES[0], mode="today") as pilot:
        await press(pilot, "slash")
        await write(pilot, "costliest")
        assert rows(pilot) == [f"lineage note {REGIONS}", "lineage note SGD"]
        assert f"{REGIONS}  The costliest thing goes first." in shown(pilot)
        await press(pilot, "enter")
        editor = pilot.app.screen
        assert isinstance(editor, SummaryEditor)
        assert editor.query_one(NoteArea).cursor_location == (5, 4)
        await press(pilot, "ctrl+f")
        await write(pilot, "slow")
        assert rows(pilot)[-1] == f"lineage note {REGIONS}"
        await press(pilot, *["down"] * (len(rows(pilot)) - 1), "enter")
        assert pilot.app.screen is editor
        assert editor.query_one(NoteArea).cursor_location == (4, 0)
        await press(pilot, "ctrl+f")
        await write(pilot, "nothing is")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, SummaryEditor) and pilot.app.screen is not editor
        assert pilot.app.screen.query_one(NoteArea).cursor_location == (2, 0)

"""Saved views below the lineages, and the columns and order of the list."""

from itertools import product
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, Static, TextArea

from papertrail.domain.paper import Status
from papertrail.domain.query.tree import Sort
from papertrail.tui.compare.screen import CompareScreen
from papertrail.tui.frame.detail_pane import DetailPane
from papertrail.tui.note.editor import NoteEditor
from papertrail.tui.paper.screen import PaperScreen
from papertrail.tui.papers.column_dialog import ColumnDialog
from papertrail.tui.papers.columns import COLUMNS, LEAST_TITLE, placed
from papertrail.tui.papers.lineages import LineageList
from papertrail.tui.papers.table import PaperTable
from tests.trails import HOSTILE_TITLES, NOTE, opened, small_trail
from tests.tui.driving import look_for_news, press, running, settle, shown, write


def keys_of(pilot: Pilot[int]) -> list[str]:
    table = pilot.app.screen.query_one(PaperTable)
    papers = (table.paper_at(index) for index in range(table.row_count))
    return [paper.key for paper in papers if paper is not None]


def heads(pilot: Pilot[int]) -> str:
    table = pilot.app.screen.query_one(PaperTable)
    return table.render_line(1).text


# Views


async def test_a_query_is_saved_gone_to_removed_and_brought_back(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "slash", "backspace")
        await write(pilot, "year:..2014 sort:-year\n")
        await press(pilot, "V")
        await write(pilot, "Old ones\n")
        assert "Old ones is saved, v goes to it" in shown(pilot)
        assert "saved views" in shown(pilot)
        await press(pilot, "escape", "v")
        rows = pilot.app.screen.query_one(LineageList)
        assert rows.chosen_view is not None and rows.chosen_view.query == "year:..2014 sort:-year"
        assert "Old ones · 4 papers" in shown(pilot)
        assert "year↓" in heads(pilot)
        assert keys_of(pilot) == ["sppnet", "adam", "rcnn", "robbins-monro"]
        line = next(line for line in shown(pilot).splitlines() if line.startswith(" Old ones"))
        assert line[:37].split() == ["Old", "ones", "4"], "with its count"
        await press(pilot, "enter", "V", "r")
        assert "Old ones is removed; its papers stay · u takes it back" in shown(pilot)
        assert "saved views" not in shown(pilot)
        await press(pilot, "u")
        assert "saved views" in shown(pilot)
    with opened(home) as library:
        assert [view.name for view in library.views.all()] == ["Old ones"]


async def test_v_goes_from_each_view_to_the_next(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        for name, query in [("A", "year:2015"), ("B", "girshick"), ("C", "has:note")]:
            library.views.save(name, query)
    async with running(home, (80, 24)) as pilot:
        rows = pilot.app.screen.query_one(LineageList)
        for name in "ABCAB":
            await press(pilot, "v")
            assert rows.chosen_view is not None and rows.chosen_view.name == name
        assert "B · 2 papers" in shown(pilot)
        assert "B: girshick; ⏎ goes to the papers" in shown(pilot)
        await press(pilot, "enter", "slash")
        assert pilot.app.screen.query_one(Input).value == "girshick ", "a view is a query to go on with"
        await write(pilot, "fast\n")
        assert keys_of(pilot) == ["fast-rcnn"]
        await press(pilot, "escape", "tab", "k", "k")
        assert rows.chosen is not None and rows.chosen.name == "SGD", "the heading is passed over"


async def test_more_terms_narrow_all_of_a_view(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.views.save("Either", "girshick or adam sort:-year")
    async with running(home, (100, 30)) as pilot:
        await press(pilot, "v", "slash")
        await write(pilot, "fast\n")
        assert "(girshick or adam) sort:-year fast · 1 paper" in shown(pilot)
        assert keys_of(pilot) == ["fast-rcnn"]
        await press(pilot, "V")
        await write(pilot, "Fast ones\n")
        await press(pilot, "escape")
    with opened(home) as library:
        saved = {view.name: view.query for view in library.views.all()}
        assert saved["Fast ones"] == "(girshick or adam) sort:-year fast"


async def test_a_view_that_is_sorted_while_it_is_narrowed_stays_whole(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.views.save("Either", "girshick or adam sort:-year")
    async with running(home, (100, 30)) as pilot:
        await press(pilot, "v", "slash")
        await write(pilot, "zzz")
        await pilot.click(pilot.app.screen.query_one(PaperTable), offset=(5, 1))
        await settle(pilot)
        assert pilot.app.screen.query_one(Input).value == "(girshick or adam) zzz sort:year"
        await press(pilot, "slash", "enter")
        assert "/(girshick or adam) zzz sort:year · 0 papers" in shown(pilot)


async def test_the_notes_of_a_view_are_compared(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        for name, query in [("A", "adam"), ("Nets", "girshick sort:-year"), ("Z", "zzz")]:
            library.views.save(name, query)
        library.lineages.put("Nets", ["adam"])
    async with running(home, (100, 30)) as pilot:
        await press(pilot, "v", "c")
        assert "mark two papers or more with space, or choose a lineage or view" in shown(pilot)
        await press(pilot, "v", "c")
        assert isinstance(pilot.app.screen, CompareScreen)
        assert "Nets · 2 papers" in shown(pilot), "not the lineage of that name"
        assert pilot.app.screen._keys == ["fast-rcnn", "rcnn"], "in its order"
        await press(pilot, "escape", "v", "c")
        assert not isinstance(pilot.app.screen, CompareScreen)


async def test_without_views_it_is_said_how_to_save_one(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "v")
        assert "no saved views yet: / finds papers, V saves the query" in shown(pilot)
        await press(pilot, "tab", "home", "enter", "V")
        assert "these are all papers: first type a query with /, then V saves it" in shown(pilot)


async def test_a_query_that_is_not_understood_is_not_saved(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await write(pilot, "/lineag:x\n")
        await press(pilot, "V")
        await write(pilot, "wrong\n")
        assert "there is no field lineag" in shown(pilot)
        await press(pilot, "escape")
    with opened(home) as library:
        assert library.views.all() == []


async def test_counts_of_views_follow_what_is_done(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.views.save("Under way", "status:reading")
    async with running(home) as pilot:

        def count() -> list[str]:
            line = next(line for line in shown(pilot).splitlines() if line.startswith(" Under way"))
            return line[:37].split()

        assert count() == ["Under", "way", "0"]
        await press(pilot, "s")
        assert count() == ["Under", "way", "1"]
        with opened(home) as other:
            other.statuses.set(["adam"], Status.READING)
        look_for_news(pilot)
        await settle(pilot)
        assert count() == ["Under", "way", "2"]


async def test_hostile_names_of_views_are_shown_inertly(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        for name in HOSTILE_TITLES[:-1]:
            library.views.save(name, 'girshick or "[/b]"')
        names = {view.name for view in library.views.all()}
    gone_to = set()
    async with running(home, (100, 30)) as pilot:
        rows = pilot.app.screen.query_one(LineageList)
        for _ in HOSTILE_TITLES[:-1]:
            await press(pilot, "v", "enter", "V")
            assert rows.chosen_view is not None
            gone_to.add(rows.chosen_view.name)
            assert "remove" in shown(pilot), gone_to
            await press(pilot, "k", "slash", "enter")
            assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(shown(pilot)), gone_to
            await press(pilot, "escape")
    assert gone_to == names and len(names) == len(HOSTILE_TITLES[:-1])


# Columns and order


async def test_a_click_on_a_head_sorts_again_the_other_way_then_not(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, (100, 30)) as pilot:
        table = pilot.app.screen.query_one(PaperTable)
        for sign, order in [
            ("year↓", ["fast-rcnn", "faster-rcnn", "sppnet", "rcnn"]),
            ("year↑", ["rcnn", "sppnet", "fast-rcnn", "faster-rcnn"]),
            ("year ", ["rcnn", "sppnet", "fast-rcnn", "faster-rcnn"]),
        ]:
            await pilot.click(table, offset=(5, 1))
            await settle(pilot)
            assert sign in heads(pilot)
            assert keys_of(pilot) == order
        await pilot.click(table, offset=(12, 1))
        await settle(pilot)
        assert "title↑" in heads(pilot)
        assert "sorted by title, rising" in shown(pilot)
        await press(pilot, "J")
        assert "the list is sorted by title: O, n shows it in its own order" in shown(pilot)
        await press(pilot, "u")
        assert "title↑" not in heads(pilot), "it can be taken back"
        await press(pilot, "ctrl+r")
    async with running(home, (100, 30)) as pilot:
        assert "title↑" in heads(pilot), "it is remembered"
        assert keys_of(pilot) == ["fast-rcnn", "faster-rcnn", "rcnn", "sppnet"]


async def test_what_sorts_a_query_stands_in_it(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, (140, 40)) as pilot:
        table = pilot.app.screen.query_one(PaperTable)
        await press(pilot, "slash", "backspace")
        await write(pilot, "girshick sort:key\n")
        assert "key↑" in heads(pilot)
        await pilot.click(table, offset=(5, 1))
        await settle(pilot)
        assert "/girshick sort:-year · 2 papers" in shown(pilot)
        assert keys_of(pilot) == ["fast-rcnn", "rcnn"]
        await press(pilot, "slash")
        assert pilot.app.screen.query_one(Input).value == "girshick sort:-year "
        await press(pilot, "escape")
        assert "year↓" not in heads(pilot), "only of that query"
    with opened(home) as library:
        assert str(library.settings.all()[-1]).find("none")


async def test_columns_are_chosen_and_remembered(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
        library.statuses.set(["rcnn"], Status.READ)
        library.tags.change(["rcnn"], add=["thesis"], rating=4)
    async with running(home, (160, 40)) as pilot:
        assert "★4 #thesis" in shown(pilot)
        await press(pilot, "O")
        assert isinstance(pilot.app.screen, ColumnDialog)
        await press(pilot, "j", "j", "j", "space", "j", "j", "space", "j", "space", "j", "space", "escape")
        assert heads(pilot).split() == ["year", "title", "status", "read", "words", "rating"]
        row = pilot.app.screen.query_one(PaperTable).render_line(2).text
        assert row.split()[-4:] == ["read", "2026-03-01", "15", "★4"]
        await press(pilot, "O", "j", "enter", "enter", "escape")
        assert "title↓" in heads(pilot)
    with opened(home) as library:
        shown_columns = {one.setting.name: one.value for one in library.settings.all()}
        assert shown_columns["list-columns"] == "year,title,status,read,words,rating,key"
        assert shown_columns["list-sort"] == "-title"


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 30), (140, 40), (200, 50)], ids=str)
async def test_titles_get_the_space(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running(small_trail(tmp_path), size) as pilot:
        assert ("key" in heads(pilot)) is (size[0] < 110), "a pane beside tells the key"
        if size[0] >= 110:
            assert "\n" in shown(pilot) and " rcnn" in shown(pilot)


def test_columns_fit_the_width() -> None:
    every = [column.name for column in COLUMNS]
    sorts = (None, Sort("venue"), Sort("key", True), Sort("relevance"))
    for width, sort, key_is_beside, chosen in product(
        range(20, 200, 7), sorts, (False, True), ([], ["year", "key"], every)
    ):
        columns = placed(chosen, width, sort, key_is_beside=key_is_beside)
        names = [column.name for column in columns]
        assert names == [name for name in every if name in names]
        assert "title" in names
        assert sort is None or sort.by == "relevance" or sort.by in names
        title = next(column for column in columns if column.name == "title")
        must = {"title", sort.by if sort else ""}
        if width > 50 or set(names) > must:
            assert title.width >= LEAST_TITLE
            assert columns[-1].start + columns[-1].width + 1 == width


async def test_where_the_words_stand_is_shown_with_them_marked(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.notes.save("sppnet", NOTE, None)
    for size in [(140, 40), (80, 24)]:
        async with running(home, size) as pilot:
            await press(pilot, "slash", "backspace")
            await write(pilot, "anchors\n")
            assert keys_of(pilot) == ["sppnet"]
            seen = " ".join(shown(pilot).split())
            assert "note: Anchors" in seen
            if size == (80, 24):
                content = pilot.app.screen.query_one("#hint", Static).content
                assert any("underline" in str(span.style) for span in content.spans)  # type: ignore[union-attr]
            await press(pilot, "escape")
            assert "note: Anchors" not in shown(pilot)


@pytest.mark.parametrize("size", [(140, 40), (80, 24)], ids=str)
async def test_marked_words_keep_the_blanks_around_them(tmp_path: Path, size: tuple[int, int]) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        note = "## Key idea\n\nAnchors of several sizes\n残差 学习 and a [/b] of it\n"
        library.notes.save("sppnet", note, None)
    async with running(home, size) as pilot:
        for query, line in (
            ("anchors", "Anchors of several sizes"),
            ("several", "Anchors of several sizes"),
            ("of sizes", "Anchors of several sizes"),
            ('"of several sizes"', "Anchors of several sizes"),
            ("残差", "残差 学习 and a [/b] of it"),
            ("学习 it", "残差 学习 and a [/b] of it"),
        ):
            await press(pilot, "slash", "backspace")
            pilot.app.screen.query_one("#filter").post_message(events.Paste(query))
            await settle(pilot)
            await press(pilot, "enter")
            assert keys_of(pilot) == ["sppnet"], query
            assert f"note: {line}" in shown(pilot), query
            await press(pilot, "escape")
            assert f"note: {line}" not in shown(pilot), query


@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=str)
@pytest.mark.parametrize("way", ["query", "view"])
async def test_enter_opens_a_note_at_the_line_with_the_words(
    tmp_path: Path, size: tuple[int, int], way: str
) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        note = NOTE + "\n\nThe last line: what comes after is a long story about *superpixels*, and longer."
        library.notes.save("sppnet", note, None)
        library.views.save("Mine", "superpix")
    async with running(home, size) as pilot:
        if way == "query":
            await press(pilot, "slash", "backspace")
            await write(pilot, "superpix\n")
        else:
            await press(pilot, "v", "enter")
        assert "superpixels" in shown(pilot)
        assert "⏎ opens the note there" in shown(pilot)
        assert max(len(line) for line in shown(pilot).splitlines()) <= size[0]
        await press(pilot, "enter")
        editor = pilot.app.screen
        assert isinstance(editor, NoteEditor)
        area = editor.query_one(TextArea)
        row, column = area.cursor_location
        assert area.document.get_line(row)[column:].startswith("superpixels")
        await press(pilot, "escape")
        assert keys_of(pilot) == ["sppnet"]


async def test_enter_opens_a_paper_whose_note_has_none_of_the_words(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.notes.save("sppnet", NOTE, None)
        library.tags.change(["sppnet"], add=["thesis"])
    async with running(home, (80, 24)) as pilot:
        for query in ("sppnet", "spatial", "kaiming", "tag:th"):
            await press(pilot, "slash", "backspace")
            await write(pilot, f"{query}\n")
            assert "opens the note" not in shown(pilot), query
            await press(pilot, "enter")
            assert isinstance(pilot.app.screen, PaperScreen), query
            await press(pilot, "escape", "escape")


@pytest.mark.parametrize(
    ("query", "shown_once"), [("tag:thes", "thesis"), ("venue:icc", "ICCV"), ("author:kai", "Kaiming")]
)
async def test_the_pane_beside_shows_nothing_twice(tmp_path: Path, query: str, shown_once: str) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.tags.change(["sppnet"], add=["thesis", "vision"])
    async with running(home) as pilot:
        await press(pilot, "slash", "backspace")
        await write(pilot, f"{query}\n")
        pane = str(pilot.app.screen.query_one(DetailPane).render())
        assert pane.count(shown_once) == 1

"""The query of the list of papers: in sight while it is asked, and gone with the line it was typed for."""

from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.widgets import Input, Static

from papertrail.domain.paper import Status
from papertrail.tui.map.screen import MapScreen
from papertrail.tui.paper.screen import PaperScreen
from papertrail.tui.papers.lineages import LineageList
from papertrail.tui.papers.table import PaperTable
from tests.trails import HOSTILE_TITLES, NOTE, opened, small_trail
from tests.tui.driving import press, running, settle, shown, write

SIZES = [(60, 20), (80, 24), (100, 30), (140, 40)]


async def test_its_words_and_the_way_out_are_in_sight(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), SIZES[0]) as pilot:
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await settle(pilot)
            table = pilot.app.screen.query_one(PaperTable)
            width = pilot.app.screen.query_one("#panes").region.width
            await press(pilot, "slash")
            assert pilot.app.screen.query_one("#panes").region.width == width, "no pane jumps"
            await write(pilot, "girshick")
            assert "find" in shown(pilot)
            assert "esc clears the query" in shown(pilot)
            await press(pilot, "enter")
            for keys in ((), ("s",), ("j",), ("S",)):
                await press(pilot, *keys)
                seen = shown(pilot)
                assert 'R-CNN" girshick · 2 papers · esc clears' in seen
                assert "find" not in seen.splitlines()[2]
                assert table.row_count == 2
            await press(pilot, "slash")
            assert pilot.app.screen.query_one(Input).value.endswith('R-CNN" girshick '), "it can be typed on"
            await press(pilot, "enter", "escape")
            assert "girshick ·" not in shown(pilot)
            assert "esc clears" not in shown(pilot)
            assert table.row_count == 4
            assert table.chosen is not None
            assert table.chosen.key == "fast-rcnn", "the cursor stays on its paper"


async def test_the_way_out_is_said_once_and_marks_leave_first(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), SIZES[0]) as pilot:
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await settle(pilot)
            await press(pilot, "slash", "backspace")
            await write(pilot, "r-cnn or -zzz")
            seen = shown(pilot)
            assert seen.count("esc clear") == 2, "beside the line, and among the keys"
            assert seen.count("⏎") == 1 and "⏎ to the list" in seen
            await press(pilot, "enter")
            assert shown(pilot).count("esc clears") == 1
            await press(pilot, "space", "space")
            title = next(line for line in shown(pilot).splitlines() if "/r-cnn or" in line)
            assert "6 papers · 2 marked" in title and "esc" not in title
            await press(pilot, "escape")
            assert "/r-cnn or -zzz · 6 papers · esc clears" in shown(pilot)
            await press(pilot, "escape")


async def test_enter_is_said_to_do_what_it_does(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), SIZES[0]) as pilot:
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await settle(pilot)
            await press(pilot, "slash")
            await write(pilot, "adam")
            seen = shown(pilot)
            assert "None here, 1 among all papers." in seen
            assert "⏎ among all papers" in seen.splitlines()[-1]
            assert "to the list" not in seen
            assert str(pilot.app.screen.query_one("#hint", Static).render()) == "⏎ shows 1 among all papers"
            await press(pilot, *["backspace"] * 4)
            assert "among all papers" not in shown(pilot).splitlines()[-1]
            await press(pilot, "escape")


async def test_the_line_that_a_query_has_left_is_not_lit(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        rows = pilot.app.screen.query_one(LineageList)

        def lit() -> list[int]:
            drawn = [next(iter(rows.render_line(row + 1))).style for row in range(rows.row_count)]
            return [row for row, style in enumerate(drawn) if style != drawn[1]]

        here = rows.cursor
        assert here > 1 and lit() == [here]
        await press(pilot, "slash")
        await write(pilot, "adam")
        assert lit() == [here], "the query begins with its term"
        await press(pilot, "tab")
        assert "⏎" not in shown(pilot).split("None here")[1].splitlines()[0]
        await press(pilot, "tab", "slash", *["backspace"] * 6)
        await write(pilot, "adam")
        assert lit() == [0]
        await press(pilot, "enter")
        assert lit() == [0]
        await press(pilot, "tab")
        assert lit() == [here], "where the cursor is"
        await press(pilot, "tab", "escape")
        assert lit() == [here]


def test_a_heading_that_is_cut_says_so() -> None:
    table = PaperTable(lambda ids: [], lambda ids: {})
    table.set_title("/girshick", "· 1,234 papers · 12 marked")
    for width in range(4, 40):
        text = "".join(segment.text for segment in table.header_segments(0, width, Style(), Style())).rstrip()
        assert cell_len(text) <= width
        assert text == " /girshick · 1,234 papers · 12 marked" or text.endswith("…") or "… ·" in text


async def test_the_line_of_keys_names_none_that_only_writes_a_letter(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), SIZES[0]) as pilot:
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await settle(pilot)
            usual = shown(pilot).splitlines()[-1]
            for typed in ("", "girshick", "no such words"):
                await press(pilot, "slash")
                await write(pilot, typed)
                keys = shown(pilot).splitlines()[-1]
                assert keys.strip() == "⏎ to the list  esc clear  ^p everything", typed
                await press(pilot, "enter")
                assert "to the list" not in shown(pilot).splitlines()[-1]
                await press(pilot, "escape")
                assert shown(pilot).splitlines()[-1] == usual


@pytest.mark.parametrize("way", ["list", "map", "today"])
async def test_it_does_not_outlive_a_change_of_lineage(tmp_path: Path, way: str) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "slash")
        await write(pilot, "girshick\n")
        if way == "list":
            await press(pilot, "tab", "down", "enter")
        elif way == "map":
            await press(pilot, "3")
            assert isinstance(pilot.app.screen, MapScreen)
            await press(pilot, "right_square_bracket", "2")
        else:
            await press(pilot, "1", "end", "enter")
        table = pilot.app.screen.query_one(PaperTable)
        assert "SGD · 2 papers" in shown(pilot)
        assert "find" not in shown(pilot).splitlines()[2]
        assert "girshick ·" not in shown(pilot)
        assert table.row_count == 2
        await press(pilot, "slash")
        await write(pilot, "adam")
        assert pilot.app.screen.query_one(Input).value == 'lineage:"SGD" adam', "the next query begins anew"
        assert table.row_count == 1


async def test_one_backspace_takes_the_lineage_out_and_all_papers_are_searched(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        table = pilot.app.screen.query_one(PaperTable)
        await press(pilot, "slash")
        assert pilot.app.screen.query_one(Input).value == 'lineage:"R-CNN to Faster R-CNN" '
        assert "backspace takes it out and finds among all papers" in shown(pilot)
        await press(pilot, "backspace")
        assert pilot.app.screen.query_one(Input).value == ""
        assert table.row_count == 6
        await write(pilot, "year:..2014 -kaiming")
        assert [table.paper_at(i).key for i in range(table.row_count)] == ["rcnn", "robbins-monro", "adam"]  # type: ignore[union-attr]
        await press(pilot, "enter")
        assert "/year:..2014 -kaiming · 3 papers" in shown(pilot)
        await press(pilot, "escape")
        assert "R-CNN to Faster R-CNN · 4 papers" in shown(pilot), "the line in the lineages' list"


async def test_the_lineage_taken_out_for_nothing_else_leads_to_all_papers(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "slash", "backspace", "enter")
        assert pilot.app.screen.query_one(LineageList).cursor == 0
        assert "All papers · 6 papers" in shown(pilot)
        assert "esc clears" not in shown(pilot)


async def test_enter_at_once_changes_nothing(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "j", "slash", "enter")
        assert "R-CNN to Faster R-CNN · 4 papers" in shown(pilot)
        assert "esc clears" not in shown(pilot)
        table = pilot.app.screen.query_one(PaperTable)
        assert table.chosen is not None and table.chosen.key == "sppnet"


async def test_one_goes_on_typing_behind_a_blank(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    saved: list[str] = []
    async with running(home, (100, 30)) as pilot:
        for query, more, then in (
            ("girshick or adam", "fast", "girshick or adam fast"),
            ("lineage:r-cnn", "spatial", "lineage:r-cnn spatial"),
            ("girshick ", "fast", "girshick fast"),
            ("girshick sort:-year", "fast", "girshick sort:-year fast"),
            ("author:", "he", "author:he"),
            ('"fast r', '-cnn"', '"fast r-cnn"'),
            ("(girshick", "fast)", "(girshick fast)"),
            ("girshick", "", "girshick"),
        ):
            for typed in (query, more):
                await press(pilot, "slash")
                field = pilot.app.screen.query_one(Input)
                if typed is query:
                    await press(pilot, "ctrl+u")
                assert field.cursor_position == len(field.value)
                field.post_message(events.Paste(typed))
                await settle(pilot)
                await press(pilot, "enter")
            assert f"/{then} · " in shown(pilot)
            await press(pilot, "V")
            await write(pilot, f"Mine {len(saved)}\n")
            saved.append(then)
            await press(pilot, "enter", "escape")
    with opened(home) as library:
        assert [view.query for view in library.views.all()] == saved


async def test_its_words_go_along_to_all_papers_when_asked(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "slash")
        await write(pilot, "adam")
        assert "None here, 1 among all papers." in shown(pilot)
        assert "○" not in str(pilot.app.screen.query_one("#hint", Static).render())
        await press(pilot, "enter")
        assert "/adam · 1 paper · esc clears" in shown(pilot)
        await press(pilot, "s")
        assert "adam is being read" in shown(pilot)


async def test_why_nothing_is_found(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        for query, told in (
            ("zzz", "No paper has these words."),
            ("girshick year:1990", "None has all of this: 2 without year:1990."),
            ("girshick year:2014", "None has all of this: 2 without girshick."),
            ("has:note", "There is no such paper."),
        ):
            await press(pilot, "slash", "backspace")
            await write(pilot, query)
            assert told in shown(pilot)
            await press(pilot, "enter", "s")
            assert "no paper has these words: esc clears the query" in shown(pilot)
            await press(pilot, "escape")


async def test_what_is_not_understood_is_told_quietly(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        for query, told, count in (
            ("lineag:sgd", "there is no field lineag: did you mean lineage:?", 0),
            ("year:20x", "year:20x is no number or range: give a number", 6),
            ("status:reding", "status cannot be reding", 6),
            ('"adam', "", 1),
            ("adam)", "", 1),
            ("has:", "has: lacks what it is to be", 6),
        ):
            table = pilot.app.screen.query_one(PaperTable)
            await press(pilot, "slash", "backspace")
            await write(pilot, query)
            assert table.row_count == count
            assert told in shown(pilot)
            hint = str(pilot.app.screen.query_one("#hint", Static).render())
            assert hint != "" and "⏎ goes" not in hint
            await press(pilot, "enter")
            assert str(pilot.app.screen.query_one("#hint", Static).render()) == hint, (
                "it stays when one goes on"
            )
            await press(pilot, "escape")


async def test_results_come_after_each_letter(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        table = pilot.app.screen.query_one(PaperTable)
        await press(pilot, "slash", "backspace")
        counts = []
        for letter in "pyramid":
            await press(pilot, letter)
            counts.append(table.row_count)
        assert counts[-1] == 1
        assert counts == sorted(counts, reverse=True)
        for _ in "pyramid":
            await press(pilot, "backspace")
        assert table.row_count == 6


async def test_words_of_notes_are_found_and_words_of_chinese(tmp_path: Path) -> None:
    rows = [
        ("一", "resnet-zh", "残差网络的注意力机制", "何恺明", "2015", "", "", "", ""),
        ("一", "rcnn", "Rich feature hierarchies", "Ross Girshick", "2013", "", "", "", ""),
    ]
    home = small_trail(tmp_path, rows)
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
    async with running(home) as pilot:
        table = pilot.app.screen.query_one(PaperTable)
        for query, key in [("残差", "resnet-zh"), ("状态：未读 网络", "resnet-zh"), ("anchors", "rcnn")]:
            await press(pilot, "slash", "backspace")
            pilot.app.screen.query_one("#filter").post_message(events.Paste(query))
            await settle(pilot)
            assert table.row_count == 1, query
            assert table.chosen is not None and table.chosen.key == key
            await press(pilot, "enter")
            assert f"/{query} · 1 paper" in shown(pilot)
            await press(pilot, "escape")


async def test_keys_typed_ahead_act_on_what_is_found(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await write(pilot, "/kingma\n\n")  # to all papers, and the paper itself
        assert isinstance(pilot.app.screen, PaperScreen)
        assert "Kingma" in shown(pilot)
        await press(pilot, "escape")
        await write(pilot, "/")
        await press(pilot, "ctrl+u")
        await write(pilot, "spatial\ns")
    with opened(home) as library:
        assert library.papers.get("sppnet").summary.status is Status.READING


async def test_marks_out_of_its_sight_are_left_alone(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "home", "space", "space", "slash")
        await write(pilot, "spatial\n")
        assert " s start  " in f" {shown(pilot).splitlines()[-1]}"
        await press(pilot, "s")
        assert "sppnet is being read" in shown(pilot)
    with opened(home) as library:
        assert library.papers.get("rcnn").summary.status is Status.UNREAD


async def test_hostile_words_are_shown_inertly(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), (80, 24)) as pilot:
        for words in HOSTILE_TITLES:
            await press(pilot, "slash")
            pilot.app.screen.query_one("#filter").post_message(events.Paste(words))
            await settle(pilot)
            await press(pilot, "enter", "s")
            seen = shown(pilot)
            assert "esc clears" in seen, words
            assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(seen), words
            await press(pilot, "escape")

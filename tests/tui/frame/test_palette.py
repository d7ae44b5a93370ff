"""The palette: every action of the screen, every paper, nothing of Textual's own."""

from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.pilot import Pilot

from papertrail.domain.paper import Status
from papertrail.tui.frame.actions import Action, by_letters, by_words
from papertrail.tui.frame.palette import Offers, Palette
from papertrail.tui.frame.theme import LIGHT
from papertrail.tui.paper.screen import PaperScreen
from papertrail.tui.papers.screen import PapersScreen
from tests.trails import HOSTILE_TITLES, RCNN, opened, small_trail
from tests.tui.driving import press, running, settle, shown, write
from tests.tui.every_screen import walk, walked_trail


def offered(pilot: Pilot[int]) -> list[str]:
    """Return what the palette lists, in its order, those below the window as well."""
    return ["".join(part.text for part in row)[2:].rstrip() for row in drawn(pilot)]


def drawn(pilot: Pilot[int]) -> list[list[Segment]]:
    """Return the rows as they are drawn."""
    rows = pilot.app.screen.query_one(Offers)
    width = rows.scrollable_content_region.width
    return [rows.row_segments(n, width, Style(), is_cursor=False) for n in range(rows.row_count)]


def keys_named(pilot: Pilot[int]) -> dict[str, str]:
    """Return what the palette lists with a key, and the key."""
    rows = pilot.app.screen.query_one(Offers)._items
    return {item.what: item.key for item in rows if isinstance(item, Action) and item.key}


async def test_every_action_of_the_screen_and_none_of_textual(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        bindings = [b for b in PapersScreen.BINDINGS if not isinstance(b, tuple)]
        await press(pilot, "ctrl+p")
        listed = offered(pilot)
        for binding in bindings:
            if binding.id != "app.palette":
                assert any(text.startswith(binding.description) for text in listed), binding
        for foreign in ("Focus Next", "Copy selected text", "palette", "Screenshot", "Keys"):
            assert not any(text.startswith(foreign) for text in listed)
        assert len(listed) == len(set(listed))
        assert "?" in keys_named(pilot).values(), "keys are named as they look"


async def test_an_action_is_run(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "ctrl+p")
        await write(pilot, "Queue")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, PapersScreen)
    with opened(home) as library:
        assert library.papers.get("rcnn").summary.status is Status.QUEUED


async def test_actions_of_another_screen(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "enter", "ctrl+p")
        assert any(text.startswith("Open a page") for text in offered(pilot))
        assert not any(text.startswith("Export") for text in offered(pilot))


async def test_from_every_screen_it_finds_all_kinds_of_things_in_one_line_each(tmp_path: Path) -> None:
    home = walked_trail(tmp_path)
    hostile = "cnn [/b]\u202e [@click=app.quit]" + "x" * 30
    with opened(home) as library:
        library.tags.change(["rcnn"], add=["cnn-tag"])
        library.views.save(hostile, "rcnn")
    async with running(home, (80, 24), mode="today") as pilot:
        async for screen in walk(pilot):
            await press(pilot, "ctrl+p")
            assert any(row.startswith("Theme: the next one") for row in offered(pilot)), screen
            await write(pilot, "cnn")
            rows = offered(pilot)
            for told in ("faster-rcnn", "R-CNN to Faster R-CNN  lineage", "cnn-tag  tag", "  view"):
                assert any(told in row for row in rows), (screen, told, rows)
            assert not any("\n" in row or "\u202e" in row for row in rows)
            width = pilot.app.screen.query_one(Offers).scrollable_content_region.width
            assert all(cell_len(row) + 2 <= width for row in rows)
            assert "1 paper" in shown(pilot) and "2015  faster-rcnn" in shown(pilot), "not cut away"
            await press(pilot, "escape")
            assert pilot.app.screen is screen


async def test_what_is_called_so_goes_before_what_is_found_and_that_before_mere_letters(
    tmp_path: Path,
) -> None:
    actions = [Action(what, what, "", "") for what in ("Start the note", "Note it", "Undo then", "Go")]
    assert [one.what for one in by_words(actions, "No")] == ["Note it", "Start the note"]
    assert [one.what for one in by_words(actions, "note sta")] == ["Start the note"]
    assert [one.what for one in by_letters(actions, "n t")] == ["Start the note", "Note it", "Undo then"]
    assert not by_words(actions, "\u0301"), "a sign that is nothing alone"
    rows = [("L", "queue", "Of queues", "", "2000", "", "", "", ""), *RCNN]
    async with running(small_trail(tmp_path, rows), size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p")
        await write(pilot, "que")
        found = [what.split("  ")[0] for what in offered(pilot)]
        assert found[:4] == ["Queue", "Earlier in the queue", "Later in the queue", "○ Of queues"], found
        await press(pilot, *["backspace"] * 3)
        await write(pilot, "takb")
        assert offered(pilot)[0].startswith("Take back the last change"), "these letters, apart"
        await write(pilot, "zzz")
        assert offered(pilot) == [] and "nothing found, and nothing to do" in shown(pilot)
        await press(pilot, "enter", *["backspace"] * 7)
        assert isinstance(pilot.app.screen, Palette) and len(offered(pilot)) > 20
        assert "nothing found" not in shown(pilot)


async def test_the_mouse_chooses_scrolls_and_closes(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), size=(80, 24), mode="today") as pilot:
        screen = pilot.app.screen
        await press(pilot, "ctrl+p")
        palette, rows = pilot.app.screen, pilot.app.screen.query_one(Offers)
        assert "Backups" not in shown(pilot)
        rows.scroll_end(animate=False)
        await settle(pilot)
        assert "Backups" in shown(pilot)
        line = next(n for n, row in enumerate(shown(pilot).split("\n")) if "Theme: the next one" in row)
        await pilot.click(Offers, offset=(5, line - rows.region.y))
        await settle(pilot)
        assert pilot.app.screen is screen and pilot.app.theme == LIGHT.name
        await press(pilot, "ctrl+p", "ctrl+end")
        assert pilot.app.screen is not palette and "▶ Backups" in shown(pilot)
        await press(pilot, "ctrl+home")
        assert "▶ Start, or read" in shown(pilot)
        await pilot.click(offset=(0, 23))
        await settle(pilot)
        assert pilot.app.screen is screen


async def test_at_most_thirty_papers(tmp_path: Path) -> None:
    rows = [("Many", f"paper-{n}", f"Paper {n}", "", "2000", "", "", "", "") for n in range(500)]
    home = small_trail(tmp_path, rows)
    with opened(home) as library:
        library.notes.save("paper-17", "# P\n\n## Problem\n\nThat of paper 16, paper 1.\n", None)
    async with running(home) as pilot:
        await press(pilot, "ctrl+p")
        await write(pilot, "paper-1")
        papers = [text for text in offered(pilot) if "paper-1" in text]
        assert len(papers) == 30 and "That of" not in " ".join(papers), "notes would stand below"
        await write(pilot, "6")
        papers = [text for text in offered(pilot) if "aper" in text]
        assert len(papers) == 12 and papers[-1].startswith("paper-17  That of paper 16"), papers


async def test_hostile_titles_are_inert(tmp_path: Path) -> None:
    rows = [("L", f"evil-{n}", title, "", "2000", "", "", "", "") for n, title in enumerate(HOSTILE_TITLES)]
    async with running(small_trail(tmp_path, rows), size=(100, 30)) as pilot:
        await press(pilot, "ctrl+p")
        await write(pilot, "evil")
        assert sum("evil-" in text for text in offered(pilot)) == len(HOSTILE_TITLES)
        assert "a [/b] z" in shown(pilot)
        assert "[@click=app.quit]x" in shown(pilot)
        await press(pilot, "down", "enter")
        assert isinstance(pilot.app.screen, PaperScreen)


@pytest.mark.parametrize("where", ["note", "filter"])
@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=str)
async def test_no_key_is_named_that_writes_a_letter_where_one_is(
    tmp_path: Path, where: str, size: tuple[int, int]
) -> None:
    """In a text a `1` is a letter and ctrl+z takes words back, whatever they do elsewhere."""
    async with running(small_trail(tmp_path), size) as pilot:
        await press(pilot, "e" if where == "note" else "slash", "ctrl+p")
        rows = {row.split("  ")[0] for row in offered(pilot)}
        named = keys_named(pilot)
        assert "Today" in rows and "Today" not in named
        if where == "note":
            assert "To the shell" in rows and "To the shell" not in named
            assert named["Save"] == "^s"
        else:
            assert "Find" in rows and "Take back the last change" in rows
            assert set(named.values()) <= {"^z", "esc", "tab", "F5", "F1", "⇧↑", "⇧↓"}, named

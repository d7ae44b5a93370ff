"""Links in a note: `[[` completes a paper's key, and what is pasted offers one."""

from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from papertrail.tui.note.editor import NoteEditor
from papertrail.tui.note.names import MOST_NAMES, NameList, fitting
from papertrail.tui.papers.screen import PapersScreen
from papertrail.tui.widgets.note_area import NoteArea
from tests.trails import opened, small_trail
from tests.tui.driving import press, running, settle, shown, write

HOSTILE = "a [/b] [@click=app.quit]z\x1b]52;c;\x07\u202e"


def area_of(pilot: Pilot[int]) -> NoteArea:
    return pilot.app.screen.query_one(NoteArea)


async def begin_link(pilot: Pilot[int], typed: str = "") -> None:
    await press(pilot, "left_square_bracket", "left_square_bracket")
    await write(pilot, typed)


async def test_a_link_that_is_begun_is_ended_by_a_key(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        paper = library.papers.get("sppnet")
        assert paper.summary.title
    async with running(home, (80, 24)) as pilot:
        await press(pilot, "e")
        names = pilot.app.screen.query_one(NameList)
        await begin_link(pilot, "fas")
        assert "▸ fast" in shown(pilot)
        first = names.chosen
        await press(pilot, "down")
        second = names.chosen
        assert second != first
        await press(pilot, "down", "up", "up", "enter")
        assert f"[[{first}]]" in area_of(pilot).note and not names.display
        await write(pilot, " and ")
        await begin_link(pilot, "pyramid")
        assert "▸ sppnet" in shown(pilot), "found by its title, too"
        await press(pilot, "tab")
        assert f"[[{first}]] and [[sppnet]]" in area_of(pilot).note
        await begin_link(pilot)
        assert names.display
        await press(pilot, "escape")
        assert not names.display and isinstance(pilot.app.screen, NoteEditor)
        await write(pilot, "xyzzy")
        assert not names.display, "no paper is called so"
        before = area_of(pilot).text.count("\n")
        await press(pilot, "enter", "up")
        assert area_of(pilot).text.count("\n") == before + 1, "keys are those of the text again"
        await press(pilot, "ctrl+s", "escape")
        assert isinstance(pilot.app.screen, PapersScreen)


def test_what_fits_is_few_and_begins_so_first() -> None:
    titles = {f"p{number}": HOSTILE for number in range(50)} | {"rcnn": "Rich", "fast-rcnn": "Fast"}
    assert fitting("rcnn", titles) == [("rcnn", "Rich"), ("fast-rcnn", "Fast")]
    assert len(fitting("", titles)) == MOST_NAMES
    assert fitting("[/B]", titles)[0] == ("p0", HOSTILE)
    assert fitting("nothing of it", titles) == []


async def test_a_pasted_id_offers_a_link_and_changes_nothing_by_itself(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        known = library.papers.get("rcnn").summary.arxiv_id
    async with running(home, (100, 30)) as pilot:
        await press(pilot, "e")
        area = area_of(pilot)
        pasted = (
            (f"https://arxiv.org/abs/{known}v2", "[[rcnn]]"),
            ("arXiv:2401.00001", "[arXiv:2401.00001](https://arxiv.org/abs/2401.00001)"),
        )
        for text, link in pasted:
            area.post_message(events.Paste(text))
            await settle(pilot)
            assert text in area.note and link not in area.note
            assert f"^l makes it {link}" in shown(pilot) and "^l link it" in shown(pilot)
            await press(pilot, "ctrl+l")
            assert link in area.note and "^l link it" not in shown(pilot)
            await press(pilot, "ctrl+z")
            assert text in area.note and link not in area.note
            area.move_cursor(area.document.end)
        for text in ("1.5", "see arXiv:2401.00001 there", HOSTILE, "2401.00001 " * 200, "\n"):
            area.post_message(events.Paste(text))
            await settle(pilot)
            assert "^l" not in shown(pilot), text
        area.post_message(events.Paste("2401.00001"))
        await settle(pilot)
        await write(pilot, " x")
        assert "^l link it" in shown(pilot)
        await press(pilot, "backspace", "backspace", "backspace")
        assert "^l link it" not in shown(pilot), "it is another text by now"
        before = area.note
        await press(pilot, "ctrl+l")
        assert area.note == before


@pytest.mark.parametrize("size", [(30, 10), (140, 40)])
async def test_the_list_stays_on_the_screen_and_its_titles_are_inert(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with running(small_trail(tmp_path), size) as pilot:
        await press(pilot, "e")
        screen = pilot.app.screen
        assert isinstance(screen, NoteEditor)
        screen._titles = {f"p{number}": HOSTILE for number in range(9)}
        area_of(pilot).move_cursor(area_of(pilot).document.end)
        await begin_link(pilot)
        assert "a [/b]" in shown(pilot)
        assert pilot.app.screen.region.contains_region(screen.query_one(NameList).region)

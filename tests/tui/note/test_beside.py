"""What stands beside a note while it is written: how it reads, and what its parents left open."""

from pathlib import Path

import pytest

from papertrail.tui.note.beside import Beside
from papertrail.tui.note.editor import NoteEditor
from papertrail.tui.widgets.note_area import NoteArea
from tests.trails import NOTE, opened, small_trail
from tests.tui.driving import press, running, settle, shown, write

LIMITS = "what its parents left open"
READS = "how it reads"


@pytest.mark.parametrize("size", [(80, 24), (118, 30), (140, 40), (200, 50)])
async def test_one_key_shows_how_it_reads_what_was_left_open_or_nothing(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
    async with running(home, size) as pilot:
        await press(pilot, "j", "e")
        screen = pilot.app.screen
        assert isinstance(screen, NoteEditor)
        is_wide = size[0] >= 118
        assert (LIMITS in shown(pilot)) is is_wide
        assert screen.query_one(NoteArea).content_size.width <= 80, "a line is not read further"
        await press(pilot, *["ctrl+o"] * (2 if is_wide else 1))
        assert READS in shown(pilot) and LIMITS not in shown(pilot)
        await write(pilot, "some *slow* thing")
        screen._look()
        await settle(pilot)
        assert "▎ some slow thing" in shown(pilot), "beside the section in hand"
        await press(pilot, "ctrl+o")
        assert LIMITS in shown(pilot) and "hand-made prior" in shown(pilot) and READS not in shown(pilot)
        await press(pilot, "ctrl+o")
        assert LIMITS not in shown(pilot) and READS not in shown(pilot)


@pytest.mark.parametrize("words", ["", "word " * 5_000])
async def test_how_a_hostile_note_reads_is_inert(tmp_path: Path, words: str) -> None:
    home = small_trail(tmp_path)
    home.notes.mkdir()
    hostile = (
        "## Problem\n\nESC\x1b]52;c;\x07 \u202e[@click=app.quit]x[/b] [l](javascript:x)\n\n## a [/b] z\n\n"
    )
    (home.notes / "rcnn.md").write_text(hostile + "```\n" + words, encoding="utf-8")
    async with running(home) as pilot:
        await press(pilot, "e")
        assert READS in shown(pilot)
        lines = [line for block in pilot.app.screen.query_one(Beside)._blocks for line in block.columns[0]]
        told = "".join(segment.text for line in lines for segment in line)
        assert "[@click=app.quit]x[/b]" in told
        assert not any(letter in told for letter in "\x1b\x07\u202e")
        assert all(segment.style is None or not segment.style.link for line in lines for segment in line)
        await press(pilot, "ctrl+o", "ctrl+o")
        assert READS in shown(pilot)

"""The note editor loses no word: conflicts, guards, drafts, signals."""

import gzip
import signal
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from papertrail.library import Home
from papertrail.tui.note.editor import NoteEditor
from papertrail.tui.papers.screen import PapersScreen
from tests.trails import NOTE, opened, small_trail
from tests.tui.driving import press, running, shown, write
from tests.tui.terminal import in_terminal


def text_of(pilot: Pilot[int]) -> str:
    return pilot.app.screen.query_one(TextArea).text


async def test_a_new_note_begins_at_the_first_section(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, size=(80, 24)) as pilot:
        await press(pilot, "e")
        assert "new note" in shown(pilot)
        await write(pilot, "x")
        lines = text_of(pilot).split("\n")
        assert lines[lines.index("## Problem") + 2] == "x"
        assert "## Problem" in shown(pilot)
    assert not (home.notes / "rcnn.md").exists()


async def test_save_shows_what_is_filled(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "e")
        await write(pilot, "Slow")
        await press(pilot, "ctrl+s")
        assert "■ Problem" in shown(pilot)
        assert "□ Key idea" in shown(pilot)
        assert "unsaved" not in shown(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, PapersScreen)
        assert "note saved; to count it still needs Key idea, Limits" in shown(pilot)
    assert "Slow" in (home.notes / "rcnn.md").read_text(encoding="utf-8")


async def conflict(home: Home, pilot: Pilot[int]) -> Path:
    path = home.notes / "rcnn.md"
    await press(pilot, "e")
    await write(pilot, "mine ")
    path.write_text("theirs\n", encoding="utf-8")
    await press(pilot, "ctrl+s")
    text = shown(pilot)
    assert "Another program changed this note" in text
    assert "rcnn.conflict-" in text
    assert path.read_text(encoding="utf-8") == "theirs\n"
    (kept,) = home.notes.glob("rcnn.conflict-*.md")
    assert "mine " in kept.read_text(encoding="utf-8")
    return kept


@pytest.mark.parametrize("answer", ["m", "t", "k"])
async def test_a_note_changed_on_the_disk_keeps_both_texts(tmp_path: Path, answer: str) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
    async with running(home) as pilot:
        kept = await conflict(home, pilot)
        await press(pilot, answer)
        assert isinstance(pilot.app.screen, NoteEditor)
        note = (home.notes / "rcnn.md").read_text(encoding="utf-8")
        if answer == "m":
            assert "mine " in note
            history = (home.private / "history" / "rcnn").iterdir()
            assert any(b"theirs" in gzip.decompress(p.read_bytes()) for p in history)
        else:
            assert note == "theirs\n"
            assert "mine " in kept.read_text(encoding="utf-8")
            assert ("mine " in text_of(pilot)) is (answer == "k")


async def test_unsaved_words_are_asked_about(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "e")
        await write(pilot, "half a thought")
        await press(pilot, "escape")
        assert "unsaved words" in shown(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, NoteEditor)
        await press(pilot, "escape", "d")
        assert isinstance(pilot.app.screen, PapersScreen)
        assert not (home.notes / "rcnn.md").exists()
        await press(pilot, "e")
        assert "half a thought" in text_of(pilot)
        assert "unsaved" in shown(pilot)
        await press(pilot, "escape", "s")
        assert "half a thought" in (home.notes / "rcnn.md").read_text(encoding="utf-8")
        await press(pilot, "e")
        assert "saved" in shown(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, PapersScreen)


async def test_reverting_can_be_undone(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "e")
        await write(pilot, "words")
        await press(pilot, "ctrl+r")
        assert "words" not in text_of(pilot)
        await press(pilot, "ctrl+z")
        assert "words" in text_of(pilot)


async def test_a_note_too_large_is_refused_in_one_line(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    home.notes.mkdir()
    (home.notes / "rcnn.md").write_text("word " * 500_000, encoding="utf-8")
    async with running(home) as pilot:
        await press(pilot, "e")
        assert isinstance(pilot.app.screen, PapersScreen)
        assert "too large" in shown(pilot)


@pytest.mark.parametrize("key", ["e", "E"])
async def test_a_note_that_leads_out_of_the_trail_is_shown_and_not_edited(tmp_path: Path, key: str) -> None:
    home = small_trail(tmp_path / "trail")
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
    path = home.notes / "rcnn.md"
    path.rename(tmp_path / "elsewhere.md")
    path.symlink_to(tmp_path / "elsewhere.md")
    async with running(home) as pilot:
        await press(pilot, key)
        assert isinstance(pilot.app.screen, PapersScreen)
        assert "notes/rcnn.md is a link that leads out of the trail" in " ".join(shown(pilot).split())
        await press(pilot, "enter")
        assert "Region proposals are slow." in shown(pilot)
    assert (tmp_path / "elsewhere.md").read_text(encoding="utf-8") == NOTE


async def test_the_paper_screen_reads_the_note_and_walks_the_lineage(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.notes.save("sppnet", NOTE, None)
    async with running(home) as pilot:
        await press(pilot, "enter")
        assert "Nothing written yet" in shown(pilot)
        await press(pilot, "right_square_bracket")
        text = shown(pilot)
        assert "Spatial Pyramid Pooling" in text
        assert "Region proposals are slow" in text
        assert "2 of 4 in R-CNN" in text
        await press(pilot, "s", "s")
        assert "counted" in shown(pilot)
        await press(pilot, "left_square_bracket", "left_square_bracket")
        assert "this is the beginning of R-CNN" in shown(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, PapersScreen)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_being_ended_keeps_the_draft_and_restores_the_terminal(
    tmp_path: Path, number: signal.Signals
) -> None:
    home = small_trail(tmp_path)
    opened(home).close()
    with in_terminal(home) as terminal:
        terminal.wait_for("Rich feature")
        terminal.press("e")
        terminal.wait_for("new note")
        terminal.press("half a thought")
        terminal.wait_for("unsaved")
        terminal.wait_for("ught")
        terminal.tell(number)
        assert terminal.end() == 128 + number
        assert b"\x1b[?1049l" in terminal.seen
        assert b"\x1b[?1000l" in terminal.seen, "mouse mode is off again"
        assert b"Traceback" not in terminal.seen
    with opened(home) as library:
        draft = library.notes.open("rcnn").draft
        assert draft is not None
        assert "half a tho" in draft


async def test_a_draft_never_overwrites_what_was_written_since(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        saved = library.notes.save("rcnn", NOTE, None)
        library.notes.keep_draft("rcnn", NOTE + "\nmine\n", saved.sha256)
    (home.notes / "rcnn.md").write_text("theirs\n", encoding="utf-8")
    async with running(home) as pilot:
        await press(pilot, "e")
        assert "mine" in text_of(pilot)
        await press(pilot, "ctrl+s")
        assert "Another program changed this note" in shown(pilot)
        assert (home.notes / "rcnn.md").read_text(encoding="utf-8") == "theirs\n"
        await press(pilot, "k", "ctrl+r", "ctrl+s")
        assert (home.notes / "rcnn.md").read_text(encoding="utf-8") == "theirs\n"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, PapersScreen)

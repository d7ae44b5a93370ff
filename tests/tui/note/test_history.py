"""Earlier texts of a note on the screen: found, compared, restored, and that taken back."""

from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from papertrail.domain.paper import Status
from papertrail.library import Home
from papertrail.tui.frame.message_line import MessageLine
from papertrail.tui.note.editor import NoteEditor
from papertrail.tui.note.history import NoteHistory
from papertrail.tui.note.revisions import RevisionList
from papertrail.tui.paper.screen import PaperScreen
from papertrail.tui.papers.screen import PapersScreen
from tests.trails import HOSTILE_TITLES, NOTE, FixedClock, opened, small_trail
from tests.tui.driving import look_for_news, press, running, settle, shown, write

FIRST = "# R-CNN\n\n## Problem\n\nSlow proposals.\n\n## Key idea\n\nA net for each.\n"
SECOND = FIRST.replace("A net for each.", "One net for each region.")
SIZES = [(60, 24), (80, 24), (140, 40)]


def noted(tmp_path: Path, *texts: str) -> tuple[Home, FixedClock]:
    """Return a trail whose note had these texts, five minutes apart."""
    home, clock = small_trail(tmp_path), FixedClock()
    with opened(home, clock) as library:
        base = None
        for text in texts:
            base = library.notes.save("rcnn", text, base).sha256
            clock.moment += timedelta(minutes=5)
    return home, clock


def note(home: Home) -> str:
    return (home.notes / "rcnn.md").read_text(encoding="utf-8")


def row(pilot: Pilot[int]) -> int:
    return pilot.app.screen.query_one(RevisionList).cursor


async def test_a_paragraph_deleted_and_saved_comes_back(tmp_path: Path) -> None:
    home, clock = noted(tmp_path, FIRST, SECOND)
    async with running(home, size=(80, 24), clock=clock) as pilot:
        await press(pilot, "e")
        area = pilot.app.screen.query_one(TextArea)
        start = area.text.index("One net")
        area.delete(*((area.text[:at].count("\n"), 0) for at in (start, start + 26)))
        await press(pilot, "ctrl+s", "escape")
        assert "One net" not in note(home)
        await press(pilot, "H")
        assert isinstance(pilot.app.screen, NoteHistory)
        text = shown(pilot)
        assert "01 Mar 09:40" in text and "editor  Key idea" in text and "command begun" in text
        assert "One net for each region." in text, "what was taken out is in sight"
        await press(pilot, "down", "enter")
        assert note(home) == SECOND
        assert row(pilot) == 0 and "restore Key idea" in shown(pilot)
        assert "the note is as of 1 Mar 2026, 09:35 again · u takes it back" in shown(pilot)
        await press(pilot, "u")
        assert "One net" not in note(home) and "taken back: note of rcnn as of" in shown(pilot)
        await press(pilot, "ctrl+r", "escape")
        assert isinstance(pilot.app.screen, PapersScreen)
    assert note(home) == SECOND


@pytest.mark.parametrize("size", SIZES)
async def test_what_changed_is_marked_without_colours_too(
    tmp_path: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, clock = noted(tmp_path, FIRST, SECOND, SECOND.replace("Slow", "More.\n\nSlow"))
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(home, size=size, clock=clock) as pilot:
        await press(pilot, "enter", "H")
        assert "text 3 against 2, the one before" in shown(pilot)
        assert "{+More.+}" in shown(pilot)
        await press(pilot, "down")
        assert "[-A-]{+One+} net for" in shown(pilot)
        await press(pilot, "down")
        assert "text 1, the first that is kept" in shown(pilot)
        await press(pilot, "d")
        assert "text 1: what restoring it would change" in shown(pilot)
        assert "[-One-]{+A+} net for" in shown(pilot) and "[-More.-]" in shown(pilot)
        assert "against the one before" in shown(pilot) or size[0] < 80
        await press(pilot, "n", "n", "N", "space", "left", "d", "escape")
        assert isinstance(pilot.app.screen, PaperScreen)


async def test_restoring_what_is_there_says_so_and_writes_nothing(tmp_path: Path) -> None:
    home, clock = noted(tmp_path, FIRST, SECOND, FIRST)
    async with running(home, clock=clock) as pilot:
        await press(pilot, "H", "enter")
        assert "the note is like that already" in shown(pilot)
        await press(pilot, "end", "enter")
        assert "the note is like that already" in shown(pilot)
        await press(pilot, "home", "n")
    with opened(home, clock) as library:
        assert len(library.history.revisions("rcnn")) == 3


async def test_a_note_that_was_never_written_has_no_history(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "H", "enter", "d", "n", "space", "down")
        assert "nothing written yet" in shown(pilot) and "nothing changed here" in shown(pilot)
        await press(pilot, "question_mark")
        assert "Earlier texts of a note" in shown(pilot)


async def test_from_the_editor_words_are_saved_first_and_ctrl_z_brings_them_back(tmp_path: Path) -> None:
    home, clock = noted(tmp_path, FIRST)
    async with running(home, size=(80, 24), clock=clock) as pilot:
        await press(pilot, "e")
        assert "^t earlier texts" in shown(pilot)
        await write(pilot, "mine")
        await press(pilot, "ctrl+t", "k")
        assert isinstance(pilot.app.screen, NoteEditor) and note(home) == FIRST
        await press(pilot, "ctrl+t", "s")
        assert isinstance(pilot.app.screen, NoteHistory) and "mine" in note(home)
        await press(pilot, "down", "enter", "escape")
        area = pilot.app.screen.query_one(TextArea)
        assert note(home) == area.text == FIRST
        assert "unsaved" not in shown(pilot)
        await press(pilot, "ctrl+z")
        assert "mine" in area.text and "unsaved" in shown(pilot)
        await press(pilot, "ctrl+s", "ctrl+t")
        assert isinstance(pilot.app.screen, NoteHistory) and "mine" in note(home)
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, PapersScreen)


async def test_words_that_cannot_be_saved_stay_in_the_editor(tmp_path: Path) -> None:
    home, clock = noted(tmp_path, FIRST)
    async with running(home, clock=clock) as pilot:
        await press(pilot, "e")
        await write(pilot, "mine")
        (home.notes / "rcnn.md").write_text("theirs\n", encoding="utf-8")
        await press(pilot, "ctrl+t", "s")
        assert "Another program changed this note" in shown(pilot)
        await press(pilot, "k")
        assert "mine" in pilot.app.screen.query_one(TextArea).text


async def test_a_paper_that_counted_no_longer_does_and_does_again(tmp_path: Path) -> None:
    home, clock = noted(tmp_path, FIRST, NOTE)
    with opened(home, clock) as library:
        library.statuses.set(["rcnn"], Status.READ)
    async with running(home, clock=clock) as pilot:
        await press(pilot, "home", "H", "down", "enter", "escape")
        assert "✎" in shown(pilot) and "0 / 100 counted" in shown(pilot)
        await press(pilot, "H", "down", "enter", "escape")
    with opened(home, clock) as library:
        assert library.papers.get("rcnn").summary.counted


async def test_what_another_program_writes_comes_into_sight(tmp_path: Path) -> None:
    home, clock = noted(tmp_path, FIRST)
    async with running(home, clock=clock) as pilot:
        await press(pilot, "H")
        (home.notes / "rcnn.md").write_text(SECOND, encoding="utf-8")
        look_for_news(pilot)
        await settle(pilot)
        assert "outside Key idea" in shown(pilot) and "= 01 Mar" in shown(pilot)
        assert row(pilot) == 1, "the cursor stays on its text"


async def test_a_damaged_text_is_told_and_the_others_are_shown(tmp_path: Path) -> None:
    home, clock = noted(tmp_path, FIRST, SECOND)
    next((home.private / "history" / "rcnn").glob("*-*.md.gz"))
    for path in sorted((home.private / "history" / "rcnn").glob("*.md.gz"))[:1]:
        path.write_bytes(b"no gzip")
    async with running(home, clock=clock) as pilot:
        await press(pilot, "H")
        assert "is damaged or gone" in shown(pilot)
        await press(pilot, "down", "enter")
        assert isinstance(pilot.app.screen, NoteHistory) and note(home) == SECOND


async def test_hostile_text_is_inert_and_long_ones_are_compared_beside_the_screen(tmp_path: Path) -> None:
    evil = "\n\n".join(f"## {title} [b]x[/b] \x1b]52;c;x\x07 \u202e{title}" for title in HOSTILE_TITLES)
    long = "\n".join(f"line {number} of a long note, the same in all" for number in range(1500))
    home, clock = noted(tmp_path, FIRST, evil, long, long.replace("line 700 ", "line seven hundred "))
    async with running(home, size=(80, 24), clock=clock) as pilot:
        await press(pilot, "H")
        assert "seven hundred" in shown(pilot) and "…" in shown(pilot)
        for _ in range(3):
            await press(pilot, "down", "end", "n", "d", "d", "up")
        assert "\x1b" not in shown(pilot) and "\u202e" not in shown(pilot)


@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=str)
@pytest.mark.parametrize("harm", ["gone", "not UTF-8"])
async def test_where_nothing_can_be_seen_it_is_not_said_to_be_unwritten(
    tmp_path: Path, harm: str, size: tuple[int, int]
) -> None:
    if harm == "gone":
        home, clock = noted(tmp_path, FIRST, SECOND)
        home.notes.rename(tmp_path / "elsewhere")
    else:
        home, clock = small_trail(tmp_path), FixedClock()
        home.notes.mkdir(exist_ok=True)
        (home.notes / "rcnn.md").write_bytes(b"caf\xe9\n")
    async with running(home, size=size, clock=clock) as pilot:
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, PaperScreen)
        await press(pilot, "H")
        await settle(pilot)
        assert isinstance(pilot.app.screen, PaperScreen)
        assert "nothing written yet" not in shown(pilot)
        told = str(pilot.app.screen.query_one(MessageLine).content)
        assert ("notes/ is gone" if harm == "gone" else "notes/rcnn.md is not UTF-8 text") in told
        await press(pilot, "s", "u")
        assert "taken back: rcnn" in shown(pilot), "the keys go on"

"""No word is lost in the note editor, whatever ends it, and nothing in a note acts upon the terminal."""

import signal
from pathlib import Path

import pytest
from rich.color import Color
from textual import events
from textual.pilot import Pilot
from textual.widgets.text_area import Selection

from papertrail.domain.paper import Status
from papertrail.library import Home
from papertrail.tui.note.editor import NoteEditor, age_words, next_age
from papertrail.tui.papers.screen import PapersScreen
from papertrail.tui.widgets.note_area import NoteArea
from tests.trails import NOTE, drafts_of, opened, small_trail
from tests.tui.driving import press, running, settle, shown, until, write
from tests.tui.terminal import in_terminal

STRANGE = "## Problem\n\nESC\x1b]52;c;ZXZpbA==\x07 ff\x0c ls\u2028 bidi\u202e [@click=app.quit]x[/b]\r\nend\n"


def editor_of(pilot: Pilot[int]) -> NoteEditor:
    screen = pilot.app.screen
    assert isinstance(screen, NoteEditor)
    return screen


def area_of(pilot: Pilot[int]) -> NoteArea:
    return editor_of(pilot).query_one(NoteArea)


def write_note(home: Home, text: str) -> Path:
    home.notes.mkdir(exist_ok=True)
    path = home.notes / "rcnn.md"
    path.write_text(text, encoding="utf-8", newline="")
    return path


def draft(home: Home) -> str | None:
    return next(iter(drafts_of(home)), None)


def written_elsewhere(home: Home) -> str:
    (path,) = home.root.glob("rcnn.unsaved-*.md")
    return path.read_text(encoding="utf-8")


async def test_a_strange_note_is_shown_inert_and_saved_to_the_letter(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    path = write_note(home, STRANGE)
    async with running(home, size=(100, 30)) as pilot:
        await press(pilot, "e")
        assert not editor_of(pilot).is_dirty
        area = area_of(pilot)
        written = "".join(strip.text for strip in area.render_lines(area.size.region))
        assert "[@click=app.quit]x[/b]" in written
        assert "ESC\ufffd]52;c;ZXZpbA==\ufffd ff\ufffd ls\ufffd bidi\ufffd [@" in written
        assert not any(c in written for c in "\x1b\x07\x0c\r\u2028\u202e")
        area.move_cursor(area.document.end)
        await write(pilot, "more")
        await press(pilot, "ctrl+s", "escape")
    assert path.read_bytes() == (STRANGE + "more").encode()


async def test_what_is_pasted_is_shown_inert(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    path = write_note(home, "## Problem\n\nold words\n")
    async with running(home, size=(100, 30)) as pilot:
        await press(pilot, "e")
        area = area_of(pilot)
        area.selection = Selection((2, 0), (2, 3))
        area.post_message(events.Paste("one\rtwo\r\n\x1b]52;c;\x07 \u202e \U0010001b"))
        await settle(pilot)
        written = "".join(strip.text for strip in area.render_lines(area.size.region))
        assert "\ufffd]52;c;\ufffd \ufffd \ufffd words" in written
        assert "\x1b" not in written
        await write(pilot, "x")
        await press(pilot, "ctrl+s")
    assert path.read_bytes() == "## Problem\n\none\ntwo\n\x1b]52;c;\x07 \u202e \ufffdx words\n".encode()


async def test_characters_that_cannot_be_kept_are_left_to_another_editor(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    path = write_note(home, "rare \U0010000c\n")
    async with running(home) as pilot:
        await press(pilot, "e")
        assert isinstance(pilot.app.screen, PapersScreen)
        assert "E opens your own" in shown(pilot)
    assert path.read_bytes() == "rare \U0010000c\n".encode()


async def test_a_note_that_is_no_text_is_one_line(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    write_note(home, "").write_bytes(b"\xff\xfe\x00")
    async with running(home) as pilot:
        await press(pilot, "e")
        assert isinstance(pilot.app.screen, PapersScreen)
        assert "not UTF-8" in shown(pilot)


async def test_prompts_are_dimmed_and_the_words_below_are_not(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "e")
        await write(pilot, "Slow")
        area = area_of(pilot)
        quiet = Color.parse(pilot.app.theme_variables["quiet"]).triplet
        heading = Color.parse(pilot.app.theme_variables["primary"]).triplet
        colours = {
            segment.text.strip(): segment.style.color.triplet
            for strip in area.render_lines(area.size.region)
            for segment in strip
            if segment.style and segment.style.color and segment.text.strip()
        }
        prompt = next(text for text in colours if text.startswith("<!-- What was the field"))
        assert colours[prompt] == quiet
        assert colours["Slow"] != quiet
        assert colours["Problem"] == heading


async def test_a_long_note_is_not_coloured(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    write_note(home, "## Problem\n" + "line\n" * 2_100)
    async with running(home) as pilot:
        await press(pilot, "e")
        assert area_of(pilot).language is None


async def test_the_next_needed_section_round_and_round(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "e")
        seen = []
        for _ in range(4):
            seen.append(area_of(pilot).section_in_hand.partition(" ")[0])
            await press(pilot, "ctrl+n")
        assert seen == ["Problem", "Key", "Limits", "Problem"]
        for number in (1, 3, 6):
            await press(pilot, f"alt+{number}", "x")
        await press(pilot, "alt+1", "ctrl+n")
        assert area_of(pilot).section_in_hand.startswith("Prior work"), "then those that are open"


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_the_section_in_hand_is_marked_and_each_is_a_key_away(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with running(small_trail(tmp_path), size) as pilot:
        await press(pilot, "e")
        assert "▎1 □ Problem" in shown(pilot)
        await press(pilot, "alt+6")
        assert "▎6 □ Limits" in shown(pilot)
        await write(pilot, "Slow")
        await press(pilot, *["enter"] * 9)
        assert "▎6 □ Limits" in shown(pilot), "as far as it may grow"
        await press(pilot, "alt+8")
        assert "▎8 · Questions" in shown(pilot)
        await press(pilot, "ctrl+s")
        assert "to count it still needs Problem, Key idea" in shown(pilot)
        for number in (1, 3):
            await press(pilot, f"alt+{number}", "x")
        await press(pilot, "ctrl+s")
        assert "nothing is missing" in shown(pilot)
        lines = shown(pilot).split("\n")
        row = next(y for y, text in enumerate(lines) if " 3 ■ Key idea" in text or "▎3 ■ Key idea" in text)
        await press(pilot, "alt+8")
        await pilot.click(offset=(lines[row].index("Key idea"), row))
        await settle(pilot)
        assert "▎3 ■ Key idea" in shown(pilot)


async def test_a_note_of_the_readers_own_headings_has_nothing_to_jump_to(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    write_note(home, "## [@click=app.quit]x[/b]\n\nwords\n\n```\n## Problem\n```\n")
    async with running(home) as pilot:
        await press(pilot, "e", "alt+1")
        assert "no heading in this note for Problem" in shown(pilot)
        assert "▎1" not in shown(pilot)


async def test_nothing_left_to_write_is_said(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    write_note(home, NOTE)
    async with running(home) as pilot:
        await press(pilot, "e", "ctrl+n")
        assert "every section has words" in shown(pilot)


async def test_the_sections_move_aside_where_there_is_room(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), size=(140, 40)) as pilot:
        await press(pilot, "e")
        assert pilot.app.screen.query_one("#sections").region.x > 80
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert pilot.app.screen.query_one("#sections").region.x < 10
        assert area_of(pilot).size.height >= 14


async def test_words_are_put_aside_and_tick_the_section(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "e")
        await write(pilot, "Slow")
        await until(pilot, "unsaved, draft kept")
        editor_of(pilot)._draft_kept -= 5
        editor_of(pilot)._tell_age()
        assert "draft kept 4 s ago" in shown(pilot)
        assert "Slow" in (draft(home) or "")
        editor_of(pilot)._look()
        await settle(pilot)
        assert "■ Problem" in shown(pilot)
        assert not (home.notes / "rcnn.md").exists()
        await press(pilot, "ctrl+s")
        assert draft(home) is None


def test_the_age_of_a_draft_is_told_in_few_words_and_as_few_times() -> None:
    told, at = [age_words(0)], 0.0
    for _ in range(7):
        at += next_age(at)
        told.append(age_words(at))
    assert told == ["", *(f" {age} s ago" for age in (4, 10, 20, 30)), *(f" {n} min ago" for n in (1, 2, 3))]


async def test_a_draft_on_its_way_does_not_outlive_the_save(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "e")
        await write(pilot, "Slow")
        area_of(pilot).insert("er")
        editor_of(pilot).action_save()
        await settle(pilot)
    assert draft(home) is None
    assert "Slower" in (home.notes / "rcnn.md").read_text(encoding="utf-8")


async def test_quitting_at_once_keeps_the_words_as_a_draft(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "e")
        await write(pilot, "half a thought")
        await pilot.press("ctrl+q")
    assert "half a thought" in (draft(home) or "")


async def test_a_note_removed_meanwhile_can_be_made_again(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    path = write_note(home, NOTE)
    async with running(home) as pilot:
        await press(pilot, "e")
        await write(pilot, "mine ")
        path.unlink()
        await press(pilot, "ctrl+s")
        assert "removed this note" in shown(pilot)
        assert not path.exists()
        (kept,) = home.notes.glob("rcnn.conflict-*.md")
        assert "mine " in kept.read_text(encoding="utf-8")
        await press(pilot, "m")
        assert "mine " in path.read_text(encoding="utf-8")


async def test_beginning_anew_after_the_note_was_removed(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    path = write_note(home, NOTE)
    async with running(home) as pilot:
        await press(pilot, "e")
        await write(pilot, "mine ")
        path.unlink()
        await press(pilot, "ctrl+s", "t")
        assert "new note" in shown(pilot)
        assert "## Problem" in area_of(pilot).note
        assert not path.exists()


async def test_a_conflict_met_while_leaving_leaves_once_it_is_settled(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    path = write_note(home, NOTE)
    async with running(home) as pilot:
        await press(pilot, "e")
        await write(pilot, "mine ")
        path.write_text("theirs\n", encoding="utf-8")
        await press(pilot, "escape", "s")
        assert "Another program changed this note" in shown(pilot)
        await press(pilot, "m")
        assert isinstance(pilot.app.screen, PapersScreen)
        assert "mine " in path.read_text(encoding="utf-8")


async def test_a_save_that_fails_is_one_line_and_the_text_stays(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "e")
        await write(pilot, "Slow")
        home.notes.write_text("a file where the folder should be", encoding="utf-8")
        await press(pilot, "ctrl+s")
        assert "not saved" in shown(pilot)
        await press(pilot, "f")
        assert "Slow" in written_elsewhere(home)
        assert isinstance(pilot.app.screen, NoteEditor)
        assert "unsaved" in shown(pilot)
        assert "Slow" in area_of(pilot).note
        home.notes.unlink()
        await press(pilot, "ctrl+s")
        assert not editor_of(pilot).is_dirty
    assert "Slow" in (home.notes / "rcnn.md").read_text(encoding="utf-8")


async def test_a_draft_that_cannot_be_kept_holds_the_reader_back(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "e")
        await write(pilot, "Slow")
        (home.private / "drafts").write_text("in the way", encoding="utf-8")
        await press(pilot, "escape", "d")
        assert isinstance(pilot.app.screen, NoteEditor)
        assert "Slow" in area_of(pilot).note
        (home.private / "drafts").unlink()
        await press(pilot, "escape", "d")
        assert isinstance(pilot.app.screen, PapersScreen)
    assert "Slow" in (draft(home) or "")


@pytest.mark.parametrize("disk_is_full", [False, True])
def test_being_ended_behind_a_dialog(tmp_path: Path, disk_is_full: bool) -> None:
    home = small_trail(tmp_path)
    opened(home).close()
    with in_terminal(home) as terminal:
        terminal.wait_for("hierarchies")
        terminal.press("e")
        terminal.wait_for("new note")
        if disk_is_full:
            (home.private / "drafts").write_text("in the way", encoding="utf-8")
        terminal.press("half a thought")
        terminal.wait_for("unsaved")
        terminal.press("\x1b")
        terminal.wait_for("unsaved words")
        terminal.tell(signal.SIGTERM)
        assert terminal.end() == 128 + signal.SIGTERM
        assert terminal.seen.rindex(b"\x1b[?1000l") > terminal.seen.rindex(b"\x1b[?1000h"), "mouse mode ends"
        assert b"Traceback" not in terminal.seen
    if not disk_is_full:
        assert "half a thought" in (draft(home) or "")


async def test_a_note_that_is_missing_is_not_called_a_new_one(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.statuses.set(["rcnn"], Status.READ)
        library.notes.save("rcnn", NOTE, None)
    (home.notes / "rcnn.md").unlink()
    async with running(home, (80, 24)) as pilot:
        await press(pilot, "k", "e")
        assert "its note is missing: ^t has its texts" in shown(pilot)
        await press(pilot, "ctrl+t")
        assert "Region proposals are slow" in shown(pilot)

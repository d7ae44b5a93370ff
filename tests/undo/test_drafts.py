"""Unsaved words outlive whatever ends the program, and come back as an operation like any other."""

import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from random import Random

import pytest

from papertrail.domain.errors import NoteConflict, NotFound
from papertrail.library import Home
from tests.cli.conftest import make_program
from tests.trails import NOTE, opened, small_trail
from tests.tui.driving import press, running, shown
from tests.tui.terminal import in_terminal
from tests.undo.drafting import ENDS, random_run, random_save, type_and_end, wrong_end

DRAFT = NOTE + "half a thought\n"


def drafted(home: Home) -> datetime:
    """Leave a note and unsaved text for it; return when that was put aside."""
    with opened(home) as library:
        saved = library.notes.save("rcnn", NOTE, None)
        library.notes.keep_draft("rcnn", DRAFT, saved.sha256)
        at = library.notes.open("rcnn").draft_at
    assert at is not None
    return at


def note(home: Home) -> str:
    return (home.notes / "rcnn.md").read_text(encoding="utf-8")


def told(at: datetime) -> str:
    return f"note of rcnn from the draft of {at.day} {at:%b %Y, %H:%M} (18 words)"


def test_a_draft_comes_back_and_goes_and_comes_again(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    at = drafted(home)
    with opened(home) as library:
        library.notes.restore_draft("rcnn")
        assert note(home) == DRAFT and library.notes.open("rcnn").draft is None
        assert library.undo.undo().past.what == told(at) and note(home) == NOTE
        assert library.undo.redo().past.what == told(at) and note(home) == DRAFT
        with pytest.raises(NotFound):
            library.notes.restore_draft("rcnn")


def test_a_draft_never_goes_over_what_was_written_since(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    drafted(home)
    (home.notes / "rcnn.md").write_text("theirs\n", encoding="utf-8")
    with opened(home) as library:
        with pytest.raises(NoteConflict) as raised:
            library.notes.restore_draft("rcnn")
        assert raised.value.mine.read_text(encoding="utf-8") == DRAFT and note(home) == "theirs\n"
        assert library.undo.next().past.program == "outside"


def test_a_draft_comes_back_by_command(tmp_path: Path) -> None:
    program = make_program(tmp_path)
    home = Home(program.trail)
    drafted(home)
    assert note(home) == NOTE and "--restore draft" in program.run("note", "rcnn", "--print").err
    program.ok("note", "rcnn", "--restore", "draft")
    assert note(home) == DRAFT
    assert program.ok("undo").startswith("taken back: note of rcnn from the draft of ")
    assert note(home) == NOTE


async def test_a_draft_comes_back_on_the_screen(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    at = drafted(home)
    async with running(home, size=(140, 40)) as pilot:
        await press(pilot, "e", "ctrl+s", "escape")
        assert note(home) == DRAFT
        await press(pilot, "u")
        assert note(home) == NOTE and told(at) in shown(pilot)


def test_words_outlive_whatever_ends_the_program(tmp_path: Path) -> None:
    with ThreadPoolExecutor() as pool:
        steady = pool.submit(
            type_and_end, tmp_path / "steady", place="note", how="SIGKILL", pace=0.2, seconds=3.0
        )
        others = [pool.submit(random_run, tmp_path / f"{n}", Random(n), 1.0) for n in range(2)]
        assert [run.result().wrong for run in (steady, *others)] == [""] * 3


def test_a_save_that_is_cut_off_anywhere_loses_and_tears_nothing(tmp_path: Path) -> None:
    with ThreadPoolExecutor() as pool:
        runs = [pool.submit(random_save, tmp_path / f"{n}", Random(f"save {n}")) for n in range(3)]
        assert [run.result().wrong for run in runs] == [""] * 3


@pytest.mark.parametrize("name", ENDS)
def test_an_end_while_the_terminal_is_taken_leaves_it_as_it_was(tmp_path: Path, name: str) -> None:
    home = small_trail(tmp_path)
    with in_terminal(home) as terminal:
        terminal.wait_for(b"\x1b[?1049h")
        terminal.tell(getattr(signal, name))
        assert wrong_end(terminal, name, terminal.end()) == ""

"""The note in the reader's own editor, in a terminal of its own."""

import shlex
import sys
from pathlib import Path

import pytest

from papertrail.library import Home
from tests.trails import NOTE, opened, small_trail
from tests.tui.driving import press, running, shown
from tests.tui.terminal import in_terminal


def editor(folder: Path, program: str) -> str:
    """Return the command of an editor that runs `program` with the note's path as `path`."""
    script = folder / "an editor.py"
    script.write_text(
        f"import os, signal, sys, pathlib\npath = pathlib.Path(sys.argv[-1])\n{program}\n", encoding="utf-8"
    )
    return f"{shlex.quote(sys.executable)} {shlex.quote(str(script))} --wait"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = small_trail(tmp_path / "trail")
    opened(home).close()
    return home


def write_outside(home: Home, command: str, then: str) -> int:
    """Press E with an editor set, wait for `then` on the screen, quit; return the exit code."""
    with in_terminal(home, {"EDITOR": command}) as terminal:
        terminal.wait_for("hierarchies")
        terminal.press("E")
        terminal.wait_for(b"\x1b[?1049l")  # the terminal is lent
        terminal.wait_for(b"\x1b[?1049h")  # and taken back
        terminal.wait_for(then)
        terminal.press("q")
        code = terminal.end()
        assert b"Traceback" not in terminal.seen
        return code


def test_what_the_editor_writes_is_indexed(home: Home, tmp_path: Path) -> None:
    command = editor(tmp_path, f"path.write_text({NOTE!r}, encoding='utf-8')")
    assert write_outside(home, command, "note saved") == 0
    with opened(home) as library:
        assert library.papers.get("rcnn").note.complete


def test_a_note_left_as_the_template_is_not_there(home: Home, tmp_path: Path) -> None:
    command = editor(tmp_path, "assert '## Problem' in path.read_text(encoding='utf-8'); print('seen it')")
    assert write_outside(home, command, "hierarchies") == 0
    assert not (home.notes / "rcnn.md").exists()


def test_an_editor_that_fails_is_one_line(home: Home, tmp_path: Path) -> None:
    assert write_outside(home, editor(tmp_path, "sys.exit(3)"), "exit code 3") == 0


def test_an_interrupt_is_for_the_editor(home: Home, tmp_path: Path) -> None:
    program = f"os.kill(os.getppid(), signal.SIGINT); path.write_text({NOTE!r}, encoding='utf-8')"
    assert write_outside(home, editor(tmp_path, program), "note saved") == 0


async def test_a_terminal_that_cannot_be_lent(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", sys.executable)
    async with running(home) as pilot:
        await press(pilot, "E")
        assert "the built-in editor" in shown(pilot)
    assert not (home.notes / "rcnn.md").exists()


async def test_an_editor_that_is_not_there(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor-here")
    async with running(home) as pilot:
        await press(pilot, "E")
        assert "VISUAL is not installed" in " ".join(shown(pilot).split())
    assert not (home.notes / "rcnn.md").exists()

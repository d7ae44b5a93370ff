"""The note in the reader's own editor, in a terminal of its own."""

import shlex
import sys
from pathlib import Path

import pytest

from papertrail.domain.paper import Status
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


def write_outside(home: Home, command: str, then: str, keys: str = "E") -> list[str]:
    """Press E with an editor set, wait for `then` on the screen, quit; return what the screen was."""
    with in_terminal(home, {"EDITOR": command}) as terminal:
        terminal.wait_for("hierarchies")
        terminal.press(keys)
        terminal.wait_for(b"\x1b[?1049l")  # the terminal is lent
        terminal.wait_for(b"\x1b[?1049h")  # and taken back
        terminal.wait_for("hierarchies")
        terminal.wait_until(lambda text: then in " ".join(text.split()))
        screen = terminal.screen()
        terminal.press("q")
        assert terminal.end() == 0
        assert b"Traceback" not in terminal.seen
        return screen


def test_what_the_editor_writes_is_indexed(home: Home, tmp_path: Path) -> None:
    command = editor(tmp_path, f"path.write_text({NOTE!r}, encoding='utf-8')")
    write_outside(home, command, "note saved")
    with opened(home) as library:
        assert library.papers.get("rcnn").note.complete
        assert library.undo.next().past.program == "tui"


def test_a_note_left_as_the_template_is_not_there(home: Home, tmp_path: Path) -> None:
    program = "assert '## Problem' in path.read_text(encoding='utf-8'); import time; time.sleep(2.5)"
    write_outside(home, editor(tmp_path, program), "hierarchies")
    assert not (home.notes / "rcnn.md").exists()


def test_an_editor_that_fails_is_one_line(home: Home, tmp_path: Path) -> None:
    write_outside(home, editor(tmp_path, "sys.exit(3)"), "exit code 3")


def test_an_interrupt_is_for_the_editor(home: Home, tmp_path: Path) -> None:
    program = f"os.kill(os.getppid(), signal.SIGINT); path.write_text({NOTE!r}, encoding='utf-8')"
    write_outside(home, editor(tmp_path, program), "note saved")


def test_a_note_left_as_it_was_is_not_told_as_saved(home: Home, tmp_path: Path) -> None:
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
    screen = write_outside(home, editor(tmp_path, "import time; time.sleep(2.5)"), "hierarchies")
    assert "saved" not in "\n".join(screen)


def test_keys_typed_while_the_editor_has_the_terminal_do_nothing(home: Home, tmp_path: Path) -> None:
    program = f"import time; time.sleep(1); path.write_text({NOTE!r}, encoding='utf-8')"
    write_outside(home, editor(tmp_path, program), "note saved", keys="Esdd/wq")
    with opened(home) as library:
        assert library.papers.get("rcnn").summary.status is Status.UNREAD


@pytest.mark.parametrize(("key", "stays"), [("\r", False), ("d", False), ("l", True), ("\x1b", True)])
def test_an_editor_that_is_back_at_once_is_asked_about(
    home: Home, tmp_path: Path, key: str, stays: bool
) -> None:
    with in_terminal(home, {"EDITOR": "true"}) as terminal:
        terminal.wait_for("hierarchies")
        terminal.press("E")
        terminal.wait_until(lambda text: "Still writing?" in text)
        assert (home.notes / "rcnn.md").exists()
        terminal.press(key)
        terminal.wait_until(lambda text: "Still writing?" not in text)
        terminal.wait_until(lambda text: "stays, and" in text or not (home.notes / "rcnn.md").exists())
        assert (home.notes / "rcnn.md").exists() is stays
        terminal.press("q")
        assert terminal.end() == 0


def test_an_editor_that_hands_the_file_on_writes_into_it(home: Home, tmp_path: Path) -> None:
    window = tmp_path / "window.py"
    window.write_text(
        "import pathlib, sys, time; time.sleep(1); path = pathlib.Path(sys.argv[1])\n"
        f"assert '## Problem' in path.read_text(); path.write_text({NOTE!r}, encoding='utf-8')\n",
        encoding="utf-8",
    )
    start = f"import subprocess; subprocess.Popen([sys.executable, {str(window)!r}, str(path)])"
    with in_terminal(home, {"EDITOR": editor(tmp_path, start)}) as terminal:
        terminal.wait_for("hierarchies")
        terminal.press("E")
        terminal.wait_until(lambda text: "Still writing?" in text)
        while "Share the convolutions" not in (home.notes / "rcnn.md").read_text(encoding="utf-8"):
            terminal.read_for(0.1)
        terminal.press("\r")
        terminal.wait_until(lambda text: "note saved" in text)
        terminal.press("q")
        assert terminal.end() == 0


@pytest.mark.parametrize(
    ("first", "why"),
    [("#!/bin/sh\r", "carriage return"), ("#!/no/such", "/no/such"), ("\x7fELF no", "neither a program nor")],
)
def test_an_editor_that_cannot_be_run_gives_the_terminal_back(
    home: Home, tmp_path: Path, first: str, why: str
) -> None:
    path = tmp_path / "my-ed"
    path.write_text(f"{first}\ntrue\n", encoding="utf-8", newline="")
    path.chmod(0o755)
    screen = " ".join(" ".join(write_outside(home, str(path), "my-ed could not be run")).split())
    assert why.split(maxsplit=1)[0] in screen
    assert not (home.notes / "rcnn.md").exists()


def test_the_editor_is_found_as_a_shell_finds_it(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "my tools"
    folder.mkdir()
    script = folder / "ed"
    script.write_text('#!/bin/sh\ntest "$MARK" = "a b" && printf \'%s\' "$WORDS" >"$2"\n', encoding="utf-8")
    script.chmod(0o755)
    for command in ("MARK='a b' WORDS=x ~/my\\ tools/ed -n", 'MARK="a b" WORDS=y "$HOME/my tools/ed" -n'):
        with in_terminal(home, {"EDITOR": command, "HOME": str(tmp_path)}) as terminal:
            terminal.wait_for("hierarchies")
            terminal.press("E")
            terminal.wait_until(lambda text: "note saved" in text)
            terminal.press("q")
            assert terminal.end() == 0
    assert (home.notes / "rcnn.md").read_text(encoding="utf-8") == "y"


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
        assert "VISUAL names no-such-editor-here, which is not installed" in " ".join(shown(pilot).split())
    assert not (home.notes / "rcnn.md").exists()

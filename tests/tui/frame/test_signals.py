"""The program ends when it is told to and when its terminal goes, whatever it is doing; drafts are kept."""

import os
import shlex
import signal
import sys
from pathlib import Path

import pytest

from papertrail.library import Home
from tests.trails import opened, small_trail
from tests.tui.terminal import OWN_TERMINAL, Terminal, in_terminal

ENDED = (128 + signal.SIGHUP, -signal.SIGHUP)  # in order, or by the system before there was anything to keep
WORDS = "words never saved"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = small_trail(tmp_path / "trail")
    opened(home).close()
    return home


def write_words(terminal: Terminal) -> None:
    """Open the first note and write into it."""
    terminal.wait_for("hierarchies")
    terminal.press(f"e{WORDS}")
    terminal.wait_until(lambda text: WORDS in text)


def draft(home: Home) -> str:
    with opened(home) as library:
        return library.notes.open("rcnn").draft or ""


def stubborn(folder: Path) -> str:
    """Return an editor that does not care for a terminal that has gone, and says where it is."""
    script = folder / "ed.py"
    script.write_text(
        "import os, pathlib, signal, time\n"
        "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        f"pathlib.Path({str(folder / 'pid')!r}).write_text(str(os.getpid()))\n"
        "os.write(1, b'EDIT' + b'ING'); time.sleep(60)\n",
        encoding="utf-8",
    )
    return f"{shlex.quote(sys.executable)} {shlex.quote(str(script))}"


@pytest.mark.parametrize("wrapped", [OWN_TERMINAL, ()], ids=["own", "lent"])
@pytest.mark.parametrize("seconds", [0.0, 0.5, 1.0])
def test_a_terminal_that_goes_at_the_start(home: Home, seconds: float, wrapped: tuple[str, ...]) -> None:
    with in_terminal(home, wrapped=wrapped) as terminal:
        terminal.read_for(seconds)
        terminal.hang_up()
        terminal.ended()


@pytest.mark.parametrize("wrapped", [OWN_TERMINAL, ()], ids=["own", "lent"])
def test_a_terminal_that_goes_keeps_the_draft(home: Home, wrapped: tuple[str, ...]) -> None:
    with in_terminal(home, wrapped=wrapped) as terminal:
        write_words(terminal)
        terminal.hang_up()
        assert terminal.ended() in ENDED
    assert WORDS in draft(home)


@pytest.mark.parametrize("wrapped", [OWN_TERMINAL, ()], ids=["own", "lent"])
def test_a_terminal_that_goes_during_a_burst_of_keys(home: Home, wrapped: tuple[str, ...]) -> None:
    with in_terminal(home, wrapped=wrapped) as terminal:
        write_words(terminal)
        terminal.press("\x1b[A\x1b[B" * 300)
        terminal.hang_up()
        assert terminal.ended() in ENDED
    assert WORDS in draft(home)


@pytest.mark.parametrize("wrapped", [OWN_TERMINAL, ()], ids=["own", "lent"])
def test_a_terminal_that_goes_while_an_editor_has_it(
    home: Home, tmp_path: Path, wrapped: tuple[str, ...]
) -> None:
    with in_terminal(home, {"EDITOR": stubborn(tmp_path)}, wrapped=wrapped) as terminal:
        terminal.wait_for("hierarchies")
        terminal.press("E")
        terminal.wait_for("EDITING")
        terminal.hang_up()
        assert terminal.ended() in ENDED
        os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)  # it was still there
    assert (home.notes / "rcnn.md").exists()


def test_a_request_to_end_goes_on_to_the_editor(home: Home, tmp_path: Path) -> None:
    with in_terminal(home, {"EDITOR": stubborn(tmp_path)}) as terminal:
        terminal.wait_for("hierarchies")
        terminal.press("E")
        terminal.wait_for("EDITING")
        terminal.tell(signal.SIGTERM)
        assert terminal.end() == 128 + signal.SIGTERM
        assert b"Traceback" not in terminal.seen
        with pytest.raises(ProcessLookupError):
            os.kill(int((tmp_path / "pid").read_text()), 0)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_terminal_that_takes_nothing_any_more_does_not_keep_the_program(
    home: Home, number: signal.Signals
) -> None:
    with in_terminal(home) as terminal:
        write_words(terminal)
        for _ in range(40):  # more than the terminal takes without being read
            terminal.press("\x1b[5~\x1b[6~" * 20)
        terminal.tell(number)
        assert terminal.ended() == 128 + number
    assert WORDS in draft(home)


def test_a_hangup_that_is_not_told_still_ends_it(home: Home) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does
    try:
        with in_terminal(home, wrapped=OWN_TERMINAL) as terminal:
            signal.signal(signal.SIGHUP, before)
            write_words(terminal)
            terminal.hang_up()
            assert terminal.ended() in ENDED
    finally:
        signal.signal(signal.SIGHUP, before)
    assert WORDS in draft(home)

"""The program ends when it is told to and when its terminal goes, whatever it is doing; drafts are kept."""

import asyncio
import os
import shlex
import signal
import sys
from pathlib import Path
from time import monotonic
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest

from papertrail.library import Home
from papertrail.tui.frame import signals
from papertrail.tui.frame.signals import LastKeys
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


@pytest.mark.parametrize("is_ended", [False, True], ids=["goes on", "ends"])
def test_what_is_typed_around_a_stop_is_taken_in(home: Home, is_ended: bool) -> None:
    with in_terminal(home) as terminal:
        write_words(terminal)
        terminal.press(" before it\x1b[200~ and pa")
        terminal.tell(signal.SIGSTOP)
        terminal.wait_until_stopped()
        terminal.press("sted over it\x1b[201~ while it lasts")
        terminal.tell(signal.SIGCONT)
        if not is_ended:
            terminal.wait_until(lambda text: "while it lasts" in text)
        terminal.press(" after it")
        terminal.tell(signal.SIGTERM)
        assert terminal.end() == 128 + signal.SIGTERM
        assert terminal.modes() == terminal.modes_before
    assert f"{WORDS} before it and pasted over it while it lasts after it" in draft(home)


def test_all_that_was_typed_is_taken_in_before_the_end(home: Home) -> None:
    typed = " ".join(f"w{number:04}" for number in range(600))  # one line, the dearest to break
    with in_terminal(home) as terminal:
        write_words(terminal)
        for at in range(0, len(typed), 500):
            terminal.press(typed[at : at + 500])
            terminal.read_for(0)
        terminal.tell(signal.SIGTERM)
        assert terminal.end() == 128 + signal.SIGTERM
    assert typed in draft(home)


class Slow:
    """Stands for a program in which keys wait, and for its driver."""

    def __init__(self, *waiting: int) -> None:
        self._waiting = list(waiting)
        self.screen_stack: list[object] = []
        self._driver = None

    @property
    def keys_waiting(self) -> int:
        return self._waiting.pop(0) if len(self._waiting) > 1 else self._waiting[0]


@pytest.mark.parametrize(
    ("waiting", "left"),
    [
        (range(200, -1, -1), 0),  # one by one, each look one fewer, all together longer than patience
        ([3, 3, 2, 1, 0, 5, 4, 0, 0, 9, 0], 0),  # some come late
        ([7], 7),  # none is ever taken in
        ([1, 2] * 1_000_000, None),  # typed on and on
    ],
    ids=["slow", "late", "stuck", "endless"],
)
async def test_keys_are_waited_for_as_long_as_they_are_taken_in(waiting: Any, left: int | None) -> None:
    app: Any = Slow(*waiting)
    with (
        patch.object(signals, "_unread", lambda: 0),
        patch.object(signals, "terminal_is_gone", lambda: False),
        patch.multiple(signals, LOOK=0.001, LAST_KEYS=0.15, MOST_FOR_KEYS=2.0 if left is None else 120.0),
    ):
        await asyncio.wait_for(LastKeys(app).taken_in(), 120)
    assert left is None or app.keys_waiting == left


def test_who_is_told_twice_waits_for_nothing() -> None:
    told, tell = os.pipe()
    keys: Any = SimpleNamespace(moved_at=1e6 + monotonic())
    with patch.object(signals, "terminal_is_gone", lambda: False), patch.object(signals, "AGAIN", 0.0):
        os.write(tell, bytes([signal.SIGTERM]))
        signals._give_it_time(keys, told)
    os.close(told)
    os.close(tell)

"""ctrl+z goes to the shell where there is one, and only there."""

import shlex
import signal
import sys
from pathlib import Path

import pytest

from tests.trails import opened, small_trail
from tests.tui.driving import press, running, shown
from tests.tui.terminal import OWN_TERMINAL, in_terminal

# A shell that knows one job: tells when that stops, brings it back for a line of input, tells how it ended.
SHELL = """
import fcntl, os, signal, sys, termios
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
mode = termios.tcgetattr(0)
job = os.fork()
if job == 0:
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpid())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    os.execv(sys.argv[1], sys.argv[1:])
while True:
    _, status = os.waitpid(job, os.WUNTRACED)
    os.tcsetpgrp(0, os.getpid())
    if not os.WIFSTOPPED(status):
        break
    termios.tcsetattr(0, termios.TCSANOW, mode)
    print("SHELL HAS IT", flush=True)
    sys.stdin.readline()
    os.tcsetpgrp(0, job)
    os.killpg(job, signal.SIGCONT)
print("ENDED", os.waitstatus_to_exitcode(status), flush=True)
"""


def test_the_program_stops_and_comes_back(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    opened(home).close()
    with in_terminal(home, wrapped=(*OWN_TERMINAL, sys.executable, "-c", SHELL)) as terminal:
        for _ in range(2):
            terminal.wait_for("hierarchies")
            terminal.press("\x1a")
            terminal.wait_for(b"\x1b[?1049l")
            terminal.wait_for("SHELL HAS IT")
            terminal.press("fg\n")
            terminal.wait_for(b"\x1b[?1049h")
        terminal.wait_for("hierarchies")
        terminal.press("2/adam")
        terminal.wait_until(lambda text: "adam" in text)
        terminal.press("\x11")
        terminal.wait_for("ENDED 0")


def test_without_a_shell_it_says_so_and_goes_on(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    opened(home).close()
    with in_terminal(home, wrapped=OWN_TERMINAL) as terminal:
        terminal.wait_for("hierarchies")
        terminal.press("\x1a")
        terminal.wait_until(lambda text: "no shell to go to" in text)
        terminal.press("q")
        assert terminal.end() == 0


@pytest.mark.parametrize("lent", [False, True], ids=["alone", "in an editor"])
def test_without_a_shell_nothing_stops_it(tmp_path: Path, lent: bool) -> None:
    home = small_trail(tmp_path / "trail")
    opened(home).close()
    script = tmp_path / "ed.py"  # goes to the shell with its whole job, as vim does on ctrl+z
    script.write_text(
        "import os, signal, sys\n"
        "os.kill(0, signal.SIGTSTP)\n"
        "open(sys.argv[1], 'a', encoding='utf-8').write('more words')\n",
        encoding="utf-8",
    )
    command = f"{shlex.quote(sys.executable)} {shlex.quote(str(script))}"
    with in_terminal(home, {"EDITOR": command}, wrapped=OWN_TERMINAL) as terminal:
        terminal.wait_for("hierarchies")
        if lent:
            terminal.press("E")
            terminal.wait_until(lambda text: "note saved" in text)
        else:
            terminal.tell(signal.SIGTSTP)
            terminal.press("2")
            terminal.wait_until(lambda text: "All papers" in text)
        terminal.press("q")
        assert terminal.end() == 0


async def test_in_a_browser_it_says_so(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "ctrl+z")
        assert "no shell to go to" in shown(pilot)


async def test_in_the_note_it_takes_words_back(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "e", "x", "ctrl+z")
        assert "no shell" not in shown(pilot) and "unsaved" not in shown(pilot)

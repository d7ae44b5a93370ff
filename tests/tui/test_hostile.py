"""Titles, names and notes that mean to do harm are shown, and do none."""

import re
import sqlite3
from pathlib import Path

import pytest
from textual.pilot import Pilot

from papertrail.domain.text import clean_line
from papertrail.library import Home
from papertrail.tui.papers.screen import PapersScreen
from papertrail.tui.papers.table import PaperTable
from tests.trails import HOSTILE_TITLES, opened, small_trail
from tests.tui.driving import press, running, shown, write
from tests.tui.terminal import in_terminal

HARM = re.compile(
    b"\x1b\\]52|ZXZpbA==\x07|\x1b\\]0;|\xc2[\x80-\x9f]"  # clipboard, window title, C1 controls in UTF-8
    b"|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]"  # bidi controls
)
TAIL = "\x1b]52;c;ZXZpbA==\x07\u202e\x9b31m[/b][@click=app.quit]x"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A trail whose database holds the texts raw, as if nothing had cleaned them on the way in."""
    rows = [("Line", f"p{i}", f"t{i}", "A", "2000", "V", "", "", "") for i in range(len(HOSTILE_TITLES))]
    home = small_trail(tmp_path, rows)
    with opened(home) as library:
        library.notes.save(
            "p0", f"# {TAIL}\n\n## Problem\n\n{TAIL}\n\n[x](javascript:alert) <b>{TAIL}</b>\n", None
        )
    connection = sqlite3.connect(home.private / "library.db")
    with connection:
        for number, title in enumerate(HOSTILE_TITLES):
            connection.execute(
                "UPDATE paper SET title = ?, authors = ?, venue = ?, abstract = ?, folded = ? WHERE key = ?",
                (title, f"{title}\n{TAIL}", TAIL, f"{title}\n{TAIL}", title.casefold(), f"p{number}"),
            )
        connection.execute("UPDATE lineage SET name = ?", (f"L {TAIL}",))
        connection.execute("UPDATE note SET sections = ?", (f"10 {TAIL}\n01 a [/b] z",))
    connection.close()
    return home


async def look(pilot: Pilot[int], *keys: str) -> None:
    """Press keys, with a picture after each."""
    for key in keys:
        await press(pilot, key)


@pytest.mark.parametrize("number", range(len(HOSTILE_TITLES)))
async def test_every_screen_shows_it_inert(home: Home, number: int) -> None:
    async with running(home, size=(140, 40)) as pilot:
        await press(pilot, "home", *["down"] * number)
        table = pilot.app.screen.query_one(PaperTable)
        assert table.cursor == number
        beginning = clean_line(HOSTILE_TITLES[number])[:12]
        assert beginning in shown(pilot)
        await look(pilot, "s", "s", "question_mark", "escape", "enter")
        assert beginning.split()[0] in shown(pilot)
        await look(pilot, "s", "right_square_bracket", "left_square_bracket", "escape", "e")
        assert beginning in shown(pilot)
        await write(pilot, "x")
        await look(pilot, "ctrl+s", "escape", "tab", "shift+tab", "slash")
        await write(pilot, "zzz")
        await look(pilot, "escape", "x", "a", "escape", "ctrl+p")
        await write(pilot, f"p{number}")
        await look(pilot, "escape")
        assert isinstance(pilot.app.screen, PapersScreen)
        assert not pilot.app._exit, "no action in a title has run"


def test_no_harm_reaches_the_terminal(home: Home) -> None:
    with opened(home) as library:
        library.settings.set("guess", "off")  # that page has its own test
    with in_terminal(home) as terminal:
        terminal.wait_for("a [/] b")
        terminal.press("2")
        terminal.wait_for("compare")
        for _ in HOSTILE_TITLES:
            terminal.press("ss\r")
            terminal.wait_for(" links")
            terminal.press("\x1b")
            terminal.wait_for("compare")
            terminal.press("j")
        for keys, answer in (
            ("gs\r", " links"),
            ("e", "save"),
            ("wordy", "wordy"),
            ("\x13", "Problem"),
            ("\x1b", " links"),
            ("\x1b", "compare"),
            ("?", "esc closes"),
            ("\x1b", "compare"),
            ("\x10p1", "p1"),
            ("\x11", "\x1b[?1049l"),
        ):
            terminal.press(keys)
            terminal.wait_for(answer)
        assert terminal.end() == 0
    found = HARM.search(terminal.seen)
    assert found is None, terminal.seen[max(found.start() - 80, 0) : found.end() + 40]
    assert b"Traceback" not in terminal.seen

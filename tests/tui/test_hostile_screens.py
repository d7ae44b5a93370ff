"""Titles, names and notes that would act upon the terminal: every screen shows them, none obeys."""

import re
from pathlib import Path

from tests.trails import HOSTILE_TITLES, opened, small_trail
from tests.tui.terminal import Terminal, in_terminal

EVIL = "\x1b]52;c;ZXZpbA==\x07 \x9b31m \u202egnidaer\u2066 [@click=app.quit]click[/b] a [/] b"
ROWS = [
    (
        f"Line [/b] {EVIL}",
        f"evil-{n}",
        title,
        f"Author {EVIL}; Second [/]",
        "2000",
        f"Venue {EVIL}",
        "",
        "",
        "",
    )
    for n, title in enumerate(HOSTILE_TITLES)
]
HOSTILE_NOTE = f"# {EVIL}\n\n## Problem\n\n{EVIL}\n\n- [x]({EVIL})\n\n`{EVIL}`\n\n<script>{EVIL}</script>\n"
ACTIVE = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\x80-\x9f]")


def assert_inert(terminal: Terminal) -> None:
    """What the program has written holds none of the sequences and characters of our data."""
    assert b"\x1b]52" not in terminal.seen
    assert b"\x1b]8;" not in terminal.seen.replace(b"\x1b]8;;\x1b\\", b"")
    assert b"ZXZpbA==\x07" not in terminal.seen
    assert ACTIVE.search(terminal.seen.decode("utf-8", "replace")) is None
    assert b"Traceback" not in terminal.seen


def test_every_screen_is_inert(tmp_path: Path) -> None:
    home = small_trail(tmp_path, ROWS)
    with opened(home) as library:
        for row in ROWS:
            library.notes.save(row[1], HOSTILE_NOTE, None)
    (home.notes / f"nobody's {EVIL.replace('/', '|')}.md").write_text("words\n", encoding="utf-8")
    with in_terminal(home) as terminal:
        terminal.wait_for("click")
        terminal.press("\x10")
        terminal.wait_for("something to do")
        terminal.press("doctor")
        terminal.wait_for("Doctor: is the trail")
        terminal.press("\r")
        terminal.wait_for("no paper has this key")
        assert "nobody's" in "\n".join(terminal.screen())
        terminal.press("q")
        terminal.wait_until(lambda text: "no paper has this key" not in text)
        terminal.press("\r")
        terminal.wait_for(" links")
        terminal.wait_for("gnidaer")
        for _ in ROWS[1:]:
            terminal.press("]")
        terminal.wait_for("xxxxx")
        terminal.press("o")
        terminal.wait_for("has no page")
        terminal.press("e")
        terminal.wait_for("next needed")
        terminal.press("mine")
        terminal.wait_for("unsaved")
        terminal.press("\x10")
        terminal.wait_for("something to do")
        terminal.press("evil")
        terminal.wait_until(lambda text: "evil-7" in text)  # the screen: what was typed is marked in it
        assert "evil-6" in "\n".join(terminal.screen())
        terminal.press("\x1b")  # the next key must not come with it: the two would be one with alt
        terminal.wait_until(lambda text: "next needed" in text and "evil-6" not in text)
        (home.notes / "evil-7.md").write_text("theirs\n", encoding="utf-8")
        terminal.press("\x13")
        terminal.wait_for("Another program changed")
        terminal.press("t")
        terminal.wait_for("theirs")
        terminal.press("\x11")
        assert terminal.end() == 0
        assert_inert(terminal)

"""What the key bar and the page of keys say is what keys do; and each sign has one meaning, told there."""

import unicodedata
from pathlib import Path

from rich.cells import cell_len
from textual.widgets import Static

from papertrail.tui.frame.help import HelpScreen, listed
from papertrail.tui.frame.key_bar import KeyBar
from papertrail.tui.frame.signs import all_signs, signs_of
from papertrail.tui.note.editor import NoteEditor
from papertrail.tui.widgets.key_names import keys_in, name_of
from papertrail.tui.widgets.note_area import NoteArea
from tests.trails import small_trail
from tests.tui.driving import press, running, settle, shown, write
from tests.tui.every_screen import walk, walked_trail

NO_SIGNS = "<>→←↑↓⏎⇧…·─│┌┐└┘├┤┬┴┼╭╮╯╰▔⊘"
"""Keys, lines and punctuation."""


def is_sign(letter: str) -> bool:
    drawn = unicodedata.name(letter, "").startswith(
        ("BOX DRAWINGS", "BRAILLE", "LOWER", "UPPER", "FULL", "LEFT", "RIGHT")
    )
    return letter not in NO_SIGNS and not drawn and unicodedata.category(letter) in ("So", "Sm")


async def test_every_screen_says_what_its_keys_do_and_what_its_signs_mean(tmp_path: Path) -> None:
    async with running(walked_trail(tmp_path), (80, 24), mode="today") as pilot:
        async for screen in walk(pilot):
            there = type(screen).__name__
            works = screen.active_bindings
            (bar,) = screen.query(KeyBar)
            named = [key for label, _ in bar.shown() for _, _, key in keys_in(label)]
            assert set(named) <= set(works), (there, "named, but nothing works it")
            assert {"f1", "question_mark"} & set(named), (there, "how does one find the help?")
            told = [key for things in listed(screen).values() for one in things for key in one.keys]
            mute = {key for key, one in works.items() if one.binding.action == "nothing"}
            assert sorted(told) == sorted(set(works) - mute), (there, "each key once")
            known = "".join(sign.name for signs in signs_of(screen).values() for sign in signs)
            drawn = {letter for letter in shown(pilot) if is_sign(letter)}
            assert drawn <= set(known), (there, "a sign nobody explains")
            await press(pilot, "f1")
            assert isinstance(pilot.app.screen, HelpScreen), there
            page = str(pilot.app.screen.query_one("#help-keys", Static).content)
            rows = [f"alt+{number}" for number in range(2, 10)] if "alt+1…" in page else []
            assert [key for key in told if name_of(key) not in page and key not in rows] == [], there
            assert max(map(cell_len, page.split("\n"))) <= 70, (there, "further lines hang below the first")
            await press(pilot, "f1")
            assert pilot.app.screen is screen


def test_no_sign_has_two_meanings() -> None:
    meanings: dict[str, set[str]] = {}
    for sign in all_signs():
        if is_sign(sign.name[0]) or sign.name[1:2] == " ":
            meanings.setdefault(sign.name[0], set()).add(sign.means)
    assert {sign: told for sign, told in meanings.items() if len(told) > 1} == {}


async def test_no_key_is_named_that_has_nothing_to_act_on(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), (200, 50), mode="today") as pilot:

        def named() -> set[str]:
            return {key for key, _ in pilot.app.screen.query_one(KeyBar).shown()}

        await press(pilot, "4")
        assert named() == {"c", "/", "^p", "?", "q"}, (
            "nothing waits, nothing was done, and nothing is watched"
        )
        assert "How the inbox works" in shown(pilot)
        await press(pilot, "c")
        await write(pilot, "cs.CV")
        await press(pilot, "enter", "escape")
        assert named() == {"u", "f", "c", "/", "^p", "?", "q"}, "now arXiv can be asked"
        await press(pilot, "2", "H")
        assert named() == {"u", "/", "?", "esc"}, "a note that has no text yet"
        await press(pilot, "escape")
        await pilot.app.run_action("app.doctor")
        await settle(pilot)
        assert "all is well" in shown(pilot) and named() == {"r", "?", "esc"}


async def test_each_key_in_the_bar_is_clicked(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), (140, 40), mode="today") as pilot:
        bar = pilot.app.screen.query_one(KeyBar)
        row = shown(pilot).split("\n")[bar.region.y]
        await pilot.hover(KeyBar, offset=(row.index(" note") + 2, 0))
        assert bar._hovered == 1
        await pilot.click(KeyBar, offset=(row.index(" note") + 2, 0))
        await settle(pilot)
        assert isinstance(pilot.app.screen, NoteEditor)
        row = shown(pilot).split("\n")[pilot.app.screen.query_one(KeyBar).region.y]
        await pilot.click(KeyBar, offset=(row.index("esc"), 0))
        await settle(pilot)
        await press(pilot, "3", "home")
        row = shown(pilot).split("\n")[pilot.app.screen.query_one(KeyBar).region.y]
        before = shown(pilot)
        await pilot.click(KeyBar, offset=(row.index("[ ]") + 2, 0))
        await settle(pilot)
        await pilot.click(KeyBar, offset=(row.index("[ ]"), 0))
        await settle(pilot)
        assert shown(pilot).split("\n")[2] == before.split("\n")[2]


async def test_help_is_there_while_one_writes(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "e", "question_mark", "f1")
        assert "^s" in shown(pilot) and "Next needed section" in shown(pilot)
        await press(pilot, "f1")
        assert "?" in pilot.app.screen.query_one(NoteArea).text

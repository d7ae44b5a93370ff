"""Dialogs look alike, and what stands in an empty line is an example that would be right today."""

import re
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from textual.widgets import Input, Static

import papertrail.tui
from papertrail.tui.frame.drafted_dialog import DraftedDialog
from papertrail.tui.frame.help import HelpScreen
from papertrail.tui.widgets.dialogs import FRAME, AnswerKeys
from papertrail.tui.widgets.forms import Form
from papertrail.tui.widgets.modal import Modal
from tests.trails import FixedClock, small_trail
from tests.tui.driving import press, running, settle, shown

PAGES = {HelpScreen}
"""Over the screen, but no question."""
BASES = {Modal, Form, DraftedDialog}
"""What dialogs are made of."""


def test_all_dialogs_have_one_frame_and_one_width() -> None:
    for module in walk_packages(papertrail.tui.__path__, "papertrail.tui."):
        import_module(module.name)
    found, left = set(), list(Modal.__subclasses__())
    while left:
        one = left.pop()
        left += one.__subclasses__()
        if one.__module__.startswith("papertrail") and one not in PAGES | BASES:
            found.add(one)
    assert len(found) > 10
    for one in found:
        css = one.CSS if "CSS" in one.__dict__ else one.__mro__[1].CSS  # type: ignore[attr-defined]
        name = one.__name__ if "CSS" in one.__dict__ else one.__mro__[1].__name__
        assert FRAME.format(name=name) in css, one
        assert len(re.findall(r"> Vertical \{[^}]*\bwidth:", css)) == 1, (one, "has a width of its own")


async def test_examples_of_days_lie_ahead(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), mode="today") as pilot:
        today = FixedClock().now().date()
        for key in ("g", "b"):
            await press(pilot, key)
            hints = " ".join(field.placeholder for field in pilot.app.screen.query(Input))
            days = [date.fromisoformat(day) for day in re.findall(r"\d{4}-\d\d-\d\d", hints)]
            assert days and min(days) >= today and (max(days) - today).days < 366
            await press(pilot, "escape")
        await press(pilot, "A")
        assert pilot.app.screen.query_one("#year", Input).placeholder == str(today.year)


async def test_the_keys_below_a_dialog_are_clicked(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), mode="today") as pilot:
        await press(pilot, "g")
        keys = pilot.app.screen.query_one(AnswerKeys)
        assert isinstance(keys, Static)
        row = shown(pilot).split("\n")[keys.region.y]
        await pilot.click(AnswerKeys, offset=(row.index("next line") - keys.region.x, 0))
        await settle(pilot)
        assert pilot.app.screen.focused is pilot.app.screen.query_one("#first-day")
        await pilot.click(AnswerKeys, offset=(row.index("esc") - keys.region.x, 0))
        await settle(pilot)
        assert pilot.app.screen.id == "_default" or not pilot.app.screen.is_modal


async def test_an_answer_takes_the_width_of_its_dialog(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), (100, 30)) as pilot:
        await press(pilot, "tab", "down", "down", "tab", "L")
        assert "behind another paper; J and K move it by one" in shown(pilot)
        await press(pilot, "escape")
        await pilot.resize_terminal(60, 20)
        await press(pilot, "L")
        assert "J and K move it by one" not in shown(pilot) and "by one" in shown(pilot)

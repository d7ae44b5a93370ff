"""The line above all others of a screen: what must not be overlooked, as long as it is so."""

from typing import Any

from textual.screen import Screen
from textual.widgets import Static

from papertrail.tui.widgets.data_text import line


class Notice(Static):
    """What must not be overlooked."""

    DEFAULT_CSS = """
    Notice {
        dock: top; height: auto; max-height: 3; padding: 0 1;
        background: $warning; color: $background; text-style: bold;
    }
    """


class BrokenNotice(Notice):
    """That the database cannot be used."""


def show_notice(screen: Screen[Any], text: str, kind: type[Notice] = Notice) -> None:
    """Show a notice above a screen, in place of an earlier one of its kind; no text takes it away."""
    there = next((one for one in screen.query(kind) if type(one) is kind), None)
    if not text:
        if there is not None:
            there.remove()
    elif there is None:
        screen.mount(kind(line(text)), before=0)
    else:
        there.update(line(text))

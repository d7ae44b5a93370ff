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


def show_notice(screen: Screen[Any], text: str) -> None:
    """Show a notice above a screen, in place of an earlier one; none where there is nothing to tell."""
    there = next(iter(screen.query(Notice)), None)
    if not text:
        if there is not None:
            there.remove()
    elif there is None:
        screen.mount(Notice(line(text)), before=0)
    else:
        there.update(line(text))

"""The one line of a screen that tells something; an error stays there until something succeeds."""

from typing import Any, Protocol, runtime_checkable

from rich.cells import cell_len
from textual.app import App
from textual.content import Content
from textual.widgets import Static

from papertrail.tui.widgets.cells import fit
from papertrail.tui.widgets.data_text import line
from papertrail.tui.widgets.text_in_place import put_text

MOST_LINES = 2  # of the screen; as in the style sheet
_LOST = 12  # cells at the end of a line that a long word leaves empty


@runtime_checkable
class Hints(Protocol):
    """A screen that keeps in mind what its line is about."""

    def hint(self, text: str, *, warn: bool = False) -> None:
        """Tell the reader one line."""


class MessageLine(Static):
    """Tells one thing at a time.

    Args:
        text: told at first.
        always: whether it takes a row without anything to tell, too.

    Attributes:
        holds: whether it tells an error that nothing has succeeded since.
    """

    DEFAULT_CSS = """
    MessageLine { height: auto; min-height: 1; max-height: 2; padding: 0 1; color: $quiet; }
    """

    def __init__(self, text: str = "", *, always: bool = True) -> None:
        super().__init__(line(text), id="hint")
        self.holds = False
        self._always = always
        self.display = always

    def tell(self, text: str, *, warn: bool = False) -> None:
        """Tell a line; one that is too long for the screen ends in an ellipsis."""
        room = (self.app.size.width - 2) * MOST_LINES - _LOST
        self.holds = False
        self.display = self._always or bool(text)
        shown = fit(text, room) if cell_len(text) > room else text
        put_text(self, line(shown, "$warning" if warn else "$quiet"))

    def describe(self, content: Content) -> None:
        """Tell of what is under the cursor, unless an error stands here."""
        if not self.holds:
            put_text(self, content)


def tell(app: App[Any], text: str, severity: str) -> bool:
    """Tell a line on the uppermost screen that has room for one; return whether there is any."""
    for screen in reversed(app.screen_stack):
        for there in screen.query(MessageLine):
            if isinstance(screen, Hints):
                screen.hint(text, warn=severity != "information")
            else:
                there.tell(text, warn=severity != "information")
            there.holds = severity == "error"
            return True
    return False


def hush(app: App[Any]) -> None:
    """Tell no error any more: it is told elsewhere, or is none."""
    for screen in app.screen_stack:
        for there in screen.query(MessageLine):
            if there.holds:
                there.tell("")

"""The words that narrow the list of papers, in sight as long as they do."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from papertrail.tui.widgets.clean_input import CleanInput

LEAVE = "esc shows all papers"


class FilterLine(Horizontal):
    """A line to type words into, with the key that leaves it beside."""

    DEFAULT_CSS = """
    FilterLine { height: 1; margin: 0 1; background: $surface; }
    FilterLine #filter { width: 1fr; background: $surface; }
    FilterLine Static { width: auto; color: $quiet; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+r", "nothing", show=False)]

    def __init__(self) -> None:
        super().__init__(id="filter-line")

    def action_nothing(self) -> None:
        """Take a key that changes the trail elsewhere: here one types."""

    def compose(self) -> ComposeResult:
        """The words, and how to be rid of them."""
        yield Static("filter ")
        yield CleanInput(placeholder="words of title, author, key, year …", id="filter", compact=True)
        yield Static(f"  {LEAVE}")

    def empty(self) -> None:
        """Take the words away; who does so shows the papers again."""
        field = self.query_one(Input)
        with field.prevent(Input.Changed):
            field.value = ""

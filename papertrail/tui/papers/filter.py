"""The line that a query is typed into, in sight as long as one does."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from papertrail.tui.widgets.clean_input import CleanInput

LEAVE = "esc clears the query"


class QueryInput(CleanInput):
    """A line that begins with the term of what is in sight; one backspace takes that out as a whole."""

    begins_with = ""

    def action_delete_left(self) -> None:
        """Take away what stands before the cursor; of the term that the line began with all at once."""
        if self.begins_with and self.value == self.begins_with and self.selection.is_empty:
            self.value = ""
        else:
            super().action_delete_left()


class FilterLine(Horizontal):
    """A line to type a query into, with the key that leaves it beside."""

    DEFAULT_CSS = """
    FilterLine { height: 1; padding: 0 1; background: $surface; }
    FilterLine #filter { width: 1fr; background: $surface; }
    FilterLine Static { width: auto; color: $quiet; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+r", "nothing", show=False)]

    def __init__(self) -> None:
        super().__init__(id="filter-line")

    def action_nothing(self) -> None:
        """Take a key that changes the trail elsewhere: here one types."""

    def compose(self) -> ComposeResult:
        """The query, and how to be rid of it."""
        yield Static("find ")
        yield QueryInput(
            placeholder="words of all texts, author:he, year:2015.., status:read, -word …",
            id="filter",
            compact=True,
            select_on_focus=False,
        )
        yield Static(f"  {LEAVE}")

    def put(self, text: str, begins_with: str = "") -> None:
        """Put a query into the line, the cursor behind it; who does so shows its papers."""
        field = self.query_one(QueryInput)
        with field.prevent(Input.Changed):
            field.value = text
        field.begins_with = begins_with
        field.cursor_position = len(text)

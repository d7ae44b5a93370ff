"""The line above the map: the lineage's name, from which the note about it is written."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static


class MapTitle(Static, can_focus=True):
    """Shows the lineage's name; `e` there, or a click, writes the note about it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e,enter", "write", "Write the note about this lineage", show=False, id="map.summary"),
    ]

    class Reached(Message):
        """The reader came to the title."""

    class Chosen(Message):
        """The reader wants to write the note about the lineage."""

    def on_focus(self) -> None:
        """Tell that one is here."""
        self.post_message(self.Reached())

    def on_click(self, event: events.Click) -> None:
        """Write the note about the lineage."""
        event.stop()
        self.action_write()

    def action_write(self) -> None:
        """Write the note about the lineage."""
        self.post_message(self.Chosen())

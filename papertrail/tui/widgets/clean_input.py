"""A line to type into that takes nothing a terminal acts upon."""

from textual import events
from textual.widgets import Input

from papertrail.domain.text import clean_line


class CleanInput(Input):
    """A line of text; a list pasted, one below the other, comes in whole."""

    def on_paste(self, event: events.Paste) -> None:
        """Take all lines, cleaned; Input itself would take the first one as it is."""
        event.prevent_default()
        event.stop()
        self.insert_text_at_cursor(clean_line(event.text))

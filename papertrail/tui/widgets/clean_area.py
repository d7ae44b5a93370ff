"""Lines to type into that take nothing a terminal acts upon."""

from textual import events

from papertrail.domain.text import clean
from papertrail.tui.widgets.letters import written_by
from papertrail.tui.widgets.stepping_area import SteppingArea


class CleanArea(SteppingArea):
    """A few lines of text; tab leaves them, and keys take one seen character.

    Args:
        text: stands in it to begin with.
        hint: an example, shown while nothing stands in it.
    """

    def __init__(self, text: str = "", *, hint: str = "", id: str | None = None) -> None:
        super().__init__(
            clean(text), soft_wrap=True, tab_behavior="focus", placeholder=hint, compact=True, id=id
        )

    def on_key(self, event: events.Key) -> None:
        """Take letters that Textual takes for none."""
        if (letter := written_by(event)) and not event.is_printable:
            event.prevent_default()
            event.stop()
            self._replace_via_keyboard(clean(letter), *self.selection)

    def on_paste(self, event: events.Paste) -> None:
        """Take all lines, cleaned."""
        event.prevent_default()
        event.stop()
        pasted = self.replace(clean(event.text), *self.selection, maintain_selection_offset=False)
        self.move_cursor(pasted.end_location)

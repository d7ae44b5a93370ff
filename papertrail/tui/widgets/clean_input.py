"""A line to type into that takes nothing a terminal acts upon."""

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widgets import Input
from textual.widgets.input import Selection

from papertrail.domain.text import clean, clean_line
from papertrail.tui.widgets.cells import seen_after, seen_before
from papertrail.tui.widgets.letters import written_by


class CleanInput(Input):
    """A line of text; keys take one seen character, and a list pasted comes in whole."""

    virtual_size = reactive(Size(0, 0))
    """How long the text is: no letter has the screen laid out anew, as the line is as wide as before."""

    def render_line(self, y: int) -> Strip:
        """Draw the line, with a mark in its first cell where more stands before it."""
        strip, begin = super().render_line(y), self.scroll_offset.x
        if not self.value or not begin or self.cursor_screen_offset.x == self.content_region.x:
            return strip
        mark = Segment("…", self.rich_style)
        return Strip([mark, *strip.crop(1)], strip.cell_length)

    def on_key(self, event: events.Key) -> None:
        """Take letters that Textual takes for none."""
        if (letter := written_by(event)) and not event.is_printable:
            event.prevent_default()
            event.stop()
            if not self.selection.is_empty:
                self.delete_selection()
            self.insert_text_at_cursor(clean(letter))

    def on_paste(self, event: events.Paste) -> None:
        """Take all lines, cleaned, in place of what is selected; Input would take the first one as it is."""
        event.prevent_default()
        event.stop()
        if not self.selection.is_empty:
            self.delete_selection()
        self.insert_text_at_cursor(clean_line(event.text))

    def action_cursor_left(self, select: bool = False) -> None:
        """Go one seen character to the left."""
        self._go(seen_before(self.value, self.cursor_position), select)

    def action_cursor_right(self, select: bool = False) -> None:
        """Go one seen character to the right; at the end take what is suggested."""
        if self.cursor_at_end and self.selection.is_empty and self._suggestion:
            self.value = self._suggestion
            self.cursor_position = len(self.value)
            return
        self._go(seen_after(self.value, self.cursor_position), select)

    def _go(self, to: int, select: bool) -> None:
        begin, end = self.selection
        if select:
            self.selection = Selection(begin, to)
        elif self.selection.is_empty:
            self.cursor_position = to
        else:
            self.cursor_position = max(begin, end) if to > self.cursor_position else min(begin, end)

    def action_delete_left(self) -> None:
        """Take away what is selected, else the seen character before the cursor."""
        if self.selection.is_empty:
            self.delete(seen_before(self.value, self.cursor_position), self.cursor_position)
        else:
            self.delete_selection()

    def action_delete_right(self) -> None:
        """Take away what is selected, else the seen character after the cursor."""
        if self.selection.is_empty:
            self.delete(self.cursor_position, seen_after(self.value, self.cursor_position))
        else:
            self.delete_selection()

"""Lines to type into where keys take what a reader sees as one character."""

from textual import events
from textual.widgets import TextArea

from papertrail.tui.widgets.cells import seen_after, seen_before


class SteppingArea(TextArea):
    """A text area of which the cursor never stands within an accent, a flag or a family of emoji.

    Letters that have come while it was busy are put in together, as far as the next other key: they cost what
    one does, wrapping its line and what the screen does upon it.
    """

    async def _on_key(self, event: events.Key) -> None:
        """Take the letters that wait together with the first; Textual takes one alone, and other keys."""
        if self.read_only or not event.is_printable:
            return
        letters = [event.character or ""]
        while isinstance(waiting := self._peek_message(), events.Key) and waiting.is_printable:
            await self._get_message()
            letters.append(waiting.character or "")
        if len(letters) > 1:
            event.stop()
            event.prevent_default()
            self._restart_blink()
            self._replace_via_keyboard("".join(letters), *self.selection)

    def get_cursor_left_location(self) -> tuple[int, int]:
        """Return where one seen character to the left is; backspace takes what is between."""
        row, column = self.cursor_location
        if column == 0:
            return super().get_cursor_left_location()
        return row, seen_before(self.document.get_line(row), column)

    def get_cursor_right_location(self) -> tuple[int, int]:
        """Return where one seen character to the right is."""
        row, column = self.cursor_location
        line = self.document.get_line(row)
        if column >= len(line):
            return super().get_cursor_right_location()
        return row, seen_after(line, column)

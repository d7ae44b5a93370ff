"""Lines to type into where keys take what a reader sees as one character."""

from textual.widgets import TextArea

from papertrail.tui.widgets.cells import seen_after, seen_before


class SteppingArea(TextArea):
    """A text area of which the cursor never stands within an accent, a flag or a family of emoji."""

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

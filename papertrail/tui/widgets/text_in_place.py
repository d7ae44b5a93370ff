"""Text that is often another one, and mostly takes as many lines as the one before."""

from textual.content import Content
from textual.widgets import Static


class TextInPlace(Static):
    """Has the screen laid out anew only where the text takes another number of lines.

    To lay a screen out costs more than all else that follows a move of the cursor.
    """

    def put(self, content: Content) -> None:
        """Show another text."""
        if isinstance(self.content, Content) and content.is_same(self.content):
            return
        size = self.content_size
        has_room = bool(size) and self._lines_for(content, size.width) == size.height
        self.update(content, layout=not has_room)

    def _lines_for(self, content: Content, width: int) -> int:
        """Return how many lines the style sheets give to a text of so many cells."""
        styles, within = self.styles, (self.container_size, self.app.size)
        if not styles.auto_dimensions:
            return self.content_size.height
        lines = content.get_height(styles, width)
        if styles.max_height is not None:
            lines = min(lines, int(styles.max_height.resolve(*within)))
        if styles.min_height is not None:
            lines = max(lines, int(styles.min_height.resolve(*within)))
        return lines

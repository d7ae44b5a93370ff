"""Widgets that draw their own lines."""

from rich.style import Style
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.strip import Strip

from papertrail.tui.widgets.ink import ground


class OwnLines(ScrollView):
    """Looks up once a picture what is the same for all lines of it: Textual works that out anew each time."""

    _drawn_on: tuple[int, Style] | None = None

    @property
    def drawn_on(self) -> tuple[int, Style]:
        """How many cells a line has, and the style of what is plain in it."""
        return self._drawn_on or (self.scrollable_content_region.width, ground(self))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw lines of the window."""
        self._drawn_on = self.drawn_on
        try:
            return super().render_lines(crop)
        finally:
            self._drawn_on = None

"""The line at the very top: which screen one is on, which there are, and the day."""

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from papertrail.tui.widgets.cells import fit
from papertrail.tui.widgets.ink import ink

MODES = (("1", "today"), ("2", "papers"), ("3", "map"))
_UNDERLINED = Style(underline=True)


class ModeTabs(Widget):
    """Names the program and its modes with their keys; the one in sight is bold and underlined.

    Args:
        mode: the one in sight.
    """

    DEFAULT_CSS = """
    ModeTabs { height: 1; padding: 0 1; }
    """

    class Chosen(Message):
        """The reader clicked a mode."""

        def __init__(self, mode: str) -> None:
            super().__init__()
            self.mode = mode

    def __init__(self, mode: str) -> None:
        super().__init__()
        self._mode = mode
        self._beside = ""

    def set_beside(self, text: str) -> None:
        """Say something at the right end, such as the day."""
        self._beside = text
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line; where it is short, first the program's name and then the modes give way."""
        base, width = self.rich_style, self.content_size.width
        title = [Segment(f"{self.app.title}  ", base + ink(self, "primary", bold=True))]
        room = min(cell_len(self._beside), width)
        beside = Segment(fit(self._beside, room), base + ink(self, "foreground"))
        for left in ([*title, *self._names(base)], self._names(base), []):
            gap = width - sum(cell_len(part.text) for part in (*left, beside))
            if gap >= (2 if left else 0):
                return Strip([*left, Segment(" " * gap, base), beside])
        return Strip([beside]).adjust_cell_length(width, base)

    def _names(self, base: Style) -> list[Segment]:
        segments = []
        for key, name in MODES:
            here = name == self._mode
            style = base + ink(self, "foreground" if here else "quiet", bold=here)
            segments += [
                Segment(f" {key} ", base + ink(self, "primary", bold=True)),
                Segment(name, style + _UNDERLINED if here else style),
                Segment(" ", base),
            ]
        return segments

    def on_click(self, event: events.Click) -> None:
        """Go to the mode under the mouse."""
        x = event.x - 1 - len(self.app.title) - 2
        for key, name in MODES:
            length = len(key) + len(name) + 3
            if 0 <= x < length:
                self.post_message(self.Chosen(name))
                return
            x -= length

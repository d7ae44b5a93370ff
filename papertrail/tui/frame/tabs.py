"""The line at the very top: which screen one is on, which there are, and the day."""

from collections.abc import Mapping

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from papertrail.tui.widgets.cells import fit
from papertrail.tui.widgets.ink import ground, ink

MODES = (("1", "today"), ("2", "papers"), ("3", "map"), ("4", "inbox"), ("5", "review"))
_DOT = " · "  # between the parts of what is said beside
_GAP = 2  # cells before it
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

    class Counted(Message):
        """So much waits in a mode: announcements in the inbox, questions in review."""

        def __init__(self, mode: str, number: int) -> None:
            super().__init__()
            self.mode = mode
            self.number = number

    def __init__(self, mode: str) -> None:
        super().__init__()
        self._mode = mode
        self._beside = ""
        self._waiting: Mapping[str, int] = {}

    def set_waiting(self, waiting: Mapping[str, int]) -> None:
        """Say how much waits in which mode."""
        if waiting != self._waiting:
            self._waiting = dict(waiting)
            self.refresh()

    def set_beside(self, text: str) -> None:
        """Say something at the right end, such as the day."""
        self._beside = text
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line; where it is short, the program's name gives way, then parts of what is beside."""
        base, width = ground(self), self.content_size.width
        left, beside = self._fitting(width, base)
        gap = width - cell_len(beside) - sum(cell_len(part.text) for part in left)
        return Strip([*left, Segment(" " * gap, base), Segment(beside, base + ink(self, "foreground"))])

    def _fitting(self, width: int, base: Style) -> tuple[list[Segment], str]:
        """Return what stands at the left of so many cells, and what at the right."""
        title = [Segment(f"{self.app.title}  ", base + ink(self, "primary", bold=True))]
        names = self._names(base)
        parts = self._beside.split(_DOT)
        besides = [_DOT.join(parts[:number]) for number in range(len(parts), 0, -1)]
        for left, beside in [([*title, *names], self._beside), *((names, one) for one in besides)]:
            if sum(cell_len(part.text) for part in left) + _GAP + cell_len(beside) <= width:
                return left, beside
        if sum(cell_len(part.text) for part in names) <= width:
            return names, ""
        return [], fit(self._beside, min(cell_len(self._beside), width))

    def _names(self, base: Style) -> list[Segment]:
        segments = []
        for key, name in MODES:
            here = name == self._mode
            style = base + ink(self, "foreground" if here else "quiet", bold=here)
            waiting = self._waiting.get(name, 0)
            number = f" {waiting:,}" if waiting else ""
            segments += [
                Segment(f" {key} ", base + ink(self, "primary", bold=True)),
                Segment(name, style + _UNDERLINED if here else style),
                Segment(f"{number} ", base + ink(self, "quiet")),
            ]
        return segments

    def on_click(self, event: events.Click) -> None:
        """Go to the mode under the mouse."""
        x = event.x - 1
        for part in self._fitting(self.content_size.width, ground(self))[0]:
            names = [name for key, name in MODES if part.text in (name, f" {key} ")]
            if names and 0 <= x < cell_len(part.text):
                self.post_message(self.Chosen(names[0]))
            x -= cell_len(part.text)

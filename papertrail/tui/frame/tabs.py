"""The line at the very top of every screen: which mode one is in, which there are, the goal, the day."""

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
_GAP = 1  # cells before it, besides the one behind the names
TALL = 28  # rows from which a blank one stands below the line on screens opened from others
_UNDERLINED = Style(underline=True)


class ModeTabs(Widget):
    """Names the modes with their keys, in the same cells at every width; the one in sight is underlined.

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
        self._hovered = ""  # the mode the mouse is on

    class Shown(Message):
        """The line stands on a screen that was just opened, and knows nothing yet."""

        def __init__(self, tabs: "ModeTabs") -> None:
            super().__init__()
            self.tabs = tabs

    def set_waiting(self, waiting: Mapping[str, int]) -> None:
        """Say how much waits in which mode."""
        if waiting != self._waiting:
            self._waiting = dict(waiting)
            self.refresh()

    def set_beside(self, text: str) -> None:
        """Say something at the right end, such as the goal."""
        if text != self._beside:
            self._beside = text
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line; where it is short, parts of what is beside give way, the last one first."""
        base, width = ground(self), self.content_size.width
        left, beside = self._fitting(width, base)
        gap = width - cell_len(beside) - sum(cell_len(part.text) for part in left)
        return Strip([*left, Segment(" " * gap, base), Segment(beside, base + ink(self, "foreground"))])

    def _fitting(self, width: int, base: Style) -> tuple[list[Segment], str]:
        """Return what stands at the left of so many cells, and what at the right."""
        names = self._names(base)
        parts = self._beside.split(_DOT)
        room = width - sum(cell_len(part.text) for part in names)
        for number in range(len(parts), 0, -1):
            beside = _DOT.join(parts[:number])
            if cell_len(beside) + _GAP <= room:
                return names, beside
        return (names, "") if room >= 0 else ([], fit(self._beside, min(cell_len(self._beside), width)))

    def _names(self, base: Style) -> list[Segment]:
        segments = []
        for key, name in MODES:
            here = name == self._mode
            style = base + ink(
                self, "foreground" if name in (self._mode, self._hovered) else "quiet", bold=here
            )
            waiting = self._waiting.get(name, 0)
            number = f" {waiting:,}" if waiting else ""
            segments += [
                Segment(f" {key} ", base + ink(self, "primary", bold=True)),
                Segment(name, style + _UNDERLINED if here else style),
                Segment(f"{number} ", base + ink(self, "quiet")),
            ]
        return segments

    def _at(self, x: int) -> str:
        """Return the mode that is named in a column; empty for none."""
        x -= 1
        for part in self._fitting(self.content_size.width, ground(self))[0]:
            names = [name for key, name in MODES if part.text in (name, f" {key} ")]
            if names and 0 <= x < cell_len(part.text):
                return names[0]
            x -= cell_len(part.text)
        return ""

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Brighten what a click would go to."""
        if (name := self._at(event.x)) != self._hovered:
            self._hovered = name
            self.refresh()

    def on_leave(self) -> None:
        """Brighten nothing any more."""
        self._hovered = ""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Go to the mode under the mouse."""
        if name := self._at(event.x):
            self.post_message(self.Chosen(name))


class PlaceTabs(ModeTabs):
    """The same line on a screen that was opened from one of a mode, and goes back to it."""

    def __init__(self) -> None:
        super().__init__("")

    def on_mount(self) -> None:
        """Take the mode that one is in; where there are few rows, stand close to what is below."""
        self._mode = self.app.current_mode
        self.styles.margin = (0, 0, int(self.app.size.height >= TALL), 0)
        self.ask()

    def ask(self) -> None:
        """Ask the program what is to be told here by now."""
        self.app.post_message(self.Shown(self))  # a screen that has it asked would not let it past itself

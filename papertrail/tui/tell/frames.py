"""The frames of a lineage's map with their years; names are hidden until the reader wants one."""

from collections.abc import Collection

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from papertrail.domain.lineages.map import MapLayout, Role, Run, draw, lay_out, veiled
from papertrail.domain.tellings import TellingPage
from papertrail.tui.widgets.ink import ground, ink

_MARGIN = 1  # blank columns at the left


def lay_out_frames(page: TellingPage, room: int) -> MapLayout:
    """Return the lineage's map; frames below each other without lines where the map is wider than `room`."""
    layout = lay_out(page.papers, page.links, width=room, edge_texts={})
    return layout if layout.width <= room else lay_out(page.papers, {}, width=room, edge_texts={})


class Frames(ScrollView, can_focus=False):
    """Shows the frames; a click on one asks for its name.

    Args:
        missed: keys of the papers that were missed the last time, whose frames stand out.
    """

    DEFAULT_CSS = """
    Frames { height: 1fr; background: transparent; scrollbar-size-vertical: 1; scrollbar-size-horizontal: 1; }
    """

    class Asked(Message):
        """The reader wants the name in a frame."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, missed: Collection[str]) -> None:
        super().__init__(id="frames")
        self._missed = missed
        self._map: MapLayout | None = None
        self._shown: Collection[str] = ()

    def set_map(self, layout: MapLayout) -> None:
        """Show a map."""
        self._map = layout
        self.styles.width = layout.width + 2 * _MARGIN + 1  # with the scrollbar
        self.virtual_size = Size(layout.width + 2 * _MARGIN, layout.height)
        self.refresh()

    def show_names(self, keys: Collection[str], at: str = "") -> None:
        """Show the names of these papers, the frame of the paper `at` brought into sight."""
        self._shown = frozenset(keys)
        if self._map is not None and at in self._map.boxes:
            box = self._map.boxes[at]
            region = Region(box.x, box.y - 1, box.width + 2 * _MARGIN, box.height + 2)
            within = region.intersection(Region(0, 0, *self.virtual_size))
            self.scroll_to_region(within, animate=False, force=True, immediate=True)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window."""
        width, base = self.scrollable_content_region.width, ground(self)
        if self._map is None:
            return Strip.blank(width, base)
        x0, row = round(self.scroll_x) - _MARGIN, y + round(self.scroll_y)
        (runs,) = veiled(draw(self._map, x0=x0, y0=row, x1=x0 + width, y1=row + 1), self._shown)
        segments = [Segment(run.text, base + self._style(run)) for run in runs]
        return Strip(segments).adjust_cell_length(width, base)

    def _style(self, run: Run) -> Style:
        if run.role in (Role.BORDER, Role.YEAR) and run.paper in self._missed:
            return ink(self, "warning", bold=run.role is Role.YEAR)
        if run.role is Role.YEAR:
            return ink(self, "foreground", bold=True)
        if run.role is Role.KEY:
            return ink(self, "primary" if run.paper in self._shown else "edge")
        return ink(self, "edge")

    def on_click(self, event: events.Click) -> None:
        """Ask for the name in the frame clicked."""
        if self._map is None:
            return
        x, y = event.x + round(self.scroll_x) - _MARGIN, event.y + round(self.scroll_y)
        for key, box in self._map.boxes.items():
            if box.x <= x < box.right and box.y <= y < box.bottom:
                self.post_message(self.Asked(key))
                return

"""A lineage as a graph that one walks along: draws the part in sight, keeps the cursor in it."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.worker import Worker, WorkerCancelled, get_current_worker

from papertrail.domain.lineages.map import (
    Direction,
    MapLayout,
    Role,
    Run,
    draw,
    lay_out,
    lay_out_by_year,
    move,
    relabelled,
)
from papertrail.domain.lineages.view import LineageView
from papertrail.domain.paper import EXPLAINED
from papertrail.tui.frame.background import WorkTold, in_thread
from papertrail.tui.widgets.cells import fit
from papertrail.tui.widgets.ink import ink
from papertrail.tui.widgets.own_lines import OwnLines

_COLOURS = {
    Role.BORDER: "edge",
    Role.KEY: "foreground",
    Role.YEAR: "quiet",
    Role.LINEAGE: "quiet",
    Role.LINE: "edge",
    Role.ARROW: "edge",
    Role.TEXT: "quiet",
    Role.SCALE: "quiet",
}
MOST_AT_ONCE = 40  # papers and twice their links laid out while the reader waits: some 40 ms at most
MOST_KEPT = 5000  # papers on the maps shown before, kept as they were laid out
PATIENCE = 0.2  # seconds without a map until it is said that one is being drawn
_MARGIN = 1  # blank columns at the left
_LEAST_WIDTH = 20


@dataclass(slots=True)
class _Row:
    """A row of the map as far as it is in sight.

    Attributes:
        runs: what it is drawn of.
        papers: keys of the papers of which it has a piece, or of a line from or to them.
        strip: as it looks where none of them is under the cursor, once it was drawn so.
    """

    runs: Sequence[Run]
    papers: Set[str]
    strip: Strip | None = None


class MapView(OwnLines, can_focus=True):
    """Shows boxes and lines; the arrow keys go along the lines."""

    DEFAULT_CSS = """
    MapView {
        height: 1fr; background: transparent; scrollbar-size-vertical: 1; scrollbar-size-horizontal: 1;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "go('up')", "Up along the lines", show=False, id="map.up"),
        Binding("down,j", "go('down')", "Down along them", show=False, id="map.down"),
        Binding("left,h", "go('left')", "Left", show=False, id="map.left"),
        Binding("right,l", "go('right')", "Right", show=False, id="map.right"),
        Binding("pageup,ctrl+b", "page(-1)", "Page up", show=False, id="rows.page_up"),
        Binding("pagedown,ctrl+f", "page(1)", "Page down", show=False, id="rows.page_down"),
        Binding("home,g", "edge(0)", "First", show=False, id="map.first"),
        Binding("end,G", "edge(-1)", "Last", show=False, id="map.last"),
        Binding("enter", "open", "Open", show=False, id="map.open"),
    ]

    cursor: reactive[str] = reactive("", repaint=False)

    class Moved(Message):
        """The cursor came to another paper."""

    class Opened(Message):
        """The reader pressed enter on a paper, or clicked the one under the cursor."""

    def __init__(self) -> None:
        super().__init__(id="map")
        self._layout_shown: MapLayout | None = None
        self._view: LineageView | None = None
        self.by_year = False
        self._arranged_for: tuple[object, ...] = ()  # what the layout shown, or under way, is of
        self._layouts: list[tuple[tuple[object, ...], MapLayout]] = []  # what was shown of late, and of what
        self._empty = ""
        self._drawing: Worker[None] | None = None
        self._drawing_since = 0.0
        self._drawn: set[int] = set()  # the lines of the window
        self._runs: tuple[tuple[object, ...], dict[int, _Row]] = ((), {})  # of what, and by row

    def set_view(self, view: LineageView, *, cursor: str | None = None, empty: str = "") -> None:
        """Show a lineage; the cursor stays where it is if it can.

        Args:
            view: what to show.
            cursor: key of the paper it should be on instead if that is there.
            empty: what to say where there is no paper.
        """
        self._view, self._empty = view, empty
        keys = [paper.key for paper in view.papers]
        wanted = (cursor, self.cursor, view.next_step, *keys[:1])
        self.set_reactive(MapView.cursor, next((key for key in wanted if key and key in keys), ""))
        self._arrange()
        self.post_message(self.Moved())

    def stand_by_year(self, by_year: bool) -> None:
        """Let the papers stand along a scale of years, or as near to each other as they can."""
        self.by_year = by_year
        self._arrange()

    def _arrange(self) -> None:
        """Lay the papers out for the width there is; they stay in place if only their status is another.

        Few are laid out at once, and the picture does not flicker. Many take their time, in a thread: until
        then there is no map, and no key acts on the one before. A thread whose map is not wanted any more
        ends at its next step, and none keeps the program from ending.
        """
        if self._view is None:
            return
        view, width = self._view, max(self.size.width - 2 * _MARGIN - 2, _LEAST_WIDTH)
        shape = [(paper.key, paper.year, paper.lineage) for paper in view.papers]
        arranged_for = (width, shape, view.links, view.changes, self.by_year)
        if arranged_for == self._arranged_for:
            if self._layout_shown is not None:
                self._show_layout(relabelled(self._layout_shown, view.papers))
            return
        self._arranged_for = arranged_for

        if self._drawing is not None:
            self._drawing.cancel()
        if known := next((layout for of, layout in self._layouts if of == arranged_for), None):
            self._show_layout(relabelled(known, view.papers))
            return
        placed = lay_out_by_year if self.by_year else lay_out
        lay_out_this = partial(placed, view.papers, view.links, width=width, edge_texts=view.changes)
        if len(view.papers) + 2 * sum(map(len, view.links.values())) <= MOST_AT_ONCE:
            self._show_layout(lay_out_this())
            return

        def draw_beside() -> WorkTold:
            worker = get_current_worker()

            def between() -> None:
                if worker.is_cancelled:
                    raise WorkerCancelled("another map is wanted")

            return WorkTold(partial(take, lay_out_this(between=between)))

        def take(layout: MapLayout) -> None:
            if self._arranged_for is arranged_for and self._view is not None:
                self._show_layout(relabelled(layout, self._view.papers))

        self._layout_shown, self._drawing_since = None, monotonic()
        self.virtual_size = Size(0, 0)
        self.refresh()
        self.set_timer(PATIENCE * 1.1, self.refresh)
        self._drawing = in_thread(self.screen, draw_beside, group="map", outlived=True)

    def _show_layout(self, layout: MapLayout) -> None:
        self._keep(layout)
        self._layout_shown, self._runs = layout, ((), {})
        self.virtual_size = Size(layout.width + 2 * _MARGIN, layout.height)
        self._show_cursor()
        self.refresh()

    def _keep(self, layout: MapLayout) -> None:
        """Keep what is shown for when one comes back to it, and as much of what was shown before."""
        others = [one for one in self._layouts if one[0] != self._arranged_for]
        self._layouts = [(self._arranged_for, layout), *others]
        while len(self._layouts) > 1 and sum(len(one.boxes) for _, one in self._layouts) > MOST_KEPT:
            del self._layouts[-1]

    def on_resize(self, event: events.Resize) -> None:
        """Lay out anew when the width is another."""
        self._arrange()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window."""
        self._drawn.add(y)
        width, base = self.drawn_on
        if self._layout_shown is None:
            is_late = self._view is not None and y == 0 and monotonic() > self._drawing_since + PATIENCE
            told = f" drawing {len(self._view.papers):,} papers …" if self._view and is_late else ""
            return Strip([Segment(fit(told, width), base + ink(self, "quiet"))])
        if not self._layout_shown.boxes and y == 0:
            return Strip([Segment(" " + fit(self._empty, width - 1), base + ink(self, "quiet"))])
        row = self._row(y, width, base)
        if self.cursor in row.papers:
            return self._strip(row.runs, width, base)
        if row.strip is None:
            row.strip = self._strip(row.runs, width, base)
        return row.strip

    def _strip(self, runs: Sequence[Run], width: int, base: Style) -> Strip:
        strip = Strip([Segment(run.text, base + self._style(run)) for run in runs])
        return strip.adjust_cell_length(width, base)

    def _row(self, y: int, width: int, base: Style) -> _Row:
        """Return what a line of the window is drawn of, worked out once: the cursor changes only styles."""
        x0 = round(self.scroll_x) - _MARGIN
        drawn_for = id(self._layout_shown), x0, width, base, self.app.theme
        if self._runs[0] != drawn_for:
            self._runs = drawn_for, {}
        known, row = self._runs[1], y + round(self.scroll_y)
        if row not in known:
            layout, kept = self._layout_shown, min(self._kept, width)
            assert layout is not None
            (runs,) = draw(layout, x0=x0 + kept, y0=row, x1=x0 + width, y1=row + 1)
            if kept:
                beside = draw(layout, x0=-_MARGIN, y0=row, x1=kept - _MARGIN, y1=row + 1)
                runs = [*beside[0], *runs]
            named = {run.paper for run in runs if run.paper is not None}
            named.update(paper for run in runs for link in run.links for paper in link)
            known[row] = _Row(runs, named)
        return known[row]

    @property
    def _kept(self) -> int:
        """How many columns at the left stay where they are when one scrolls: those of the years."""
        if self._layout_shown is None or not self._layout_shown.scale:
            return 0
        return _MARGIN + self._layout_shown.scale_width

    def _lines_of(self, *papers: str) -> list[int]:
        """Return the lines of the window that have pieces of papers' boxes, or of lines from or to them."""
        if self._layout_shown is None or not self._layout_shown.boxes:
            return []
        width, base = self.drawn_on
        return [y for y in self._drawn if not self._row(y, width, base).papers.isdisjoint(papers)]

    def _style(self, run: Run) -> Style:
        if run.paper is not None and run.paper == self.cursor:
            return ink(self, "block-cursor-foreground", on="block-cursor-background", bold=True)
        if any(self.cursor in link for link in run.links):
            return ink(self, "primary", bold=True)
        if run.role is Role.BLANK:
            return ink(self)
        if run.dimmed:
            return ink(self, "quiet" if run.role in (Role.SIGN, Role.KEY, Role.TEXT) else "edge")
        if run.role is Role.SIGN:
            if "✓" in run.text or EXPLAINED in run.text:
                return ink(self, "success")
            return ink(self, "warning" if "✎" in run.text else "primary" if "○" not in run.text else "quiet")
        if run.role is Role.ARROW and run.text == "▽":
            return ink(self, "warning")
        if self._is_walked(run):
            return ink(self, "success")
        return ink(self, _COLOURS[run.role])

    def _is_walked(self, run: Run) -> bool:
        """Whether a border is that of a counted paper, or a line leads from a read one to the next."""
        assert self._layout_shown is not None
        boxes = self._layout_shown.boxes
        if run.role is Role.BORDER and run.paper is not None:
            return boxes[run.paper].paper.counted
        if run.role in (Role.LINE, Role.ARROW):
            return any(all(boxes[key].paper.is_read for key in link) for link in run.links)
        return False

    def watch_cursor(self, old: str, new: str) -> None:
        """Show where the cursor is now, and tell; lines that look as before are not drawn anew."""
        before = self.scroll_offset
        self._show_cursor()
        if self.scroll_offset != before:
            self.refresh()
        elif others := self._lines_of(old, new):
            self.refresh(*(Region(0, y, self.size.width, 1) for y in others))
        self.post_message(self.Moved())

    def _show_cursor(self) -> None:
        """Scroll so that the box under the cursor is in sight, with what is around it."""
        if self._layout_shown is None or (box := self._layout_shown.boxes.get(self.cursor)) is None:
            return
        window = self.scrollable_content_region
        beside = max(min(window.width // 3, (window.width - box.width) // 2 - _MARGIN), self._kept, _MARGIN)
        above = max(min(window.height // 3, (window.height - box.height) // 2), 1)
        x, y = box.x + _MARGIN - beside, box.y - above
        region = Region(x, y, box.width + 2 * beside, box.height + 2 * above)
        shown = region.intersection(Region(0, 0, *self.virtual_size))
        self.scroll_to_region(shown, animate=False, force=True, immediate=True)

    def action_go(self, direction: Direction) -> None:
        """Go one step along the lines, or to the neighbour."""
        if self._layout_shown is not None and self.cursor:
            self.cursor = move(self._layout_shown, self.cursor, direction)

    def action_page(self, direction: int) -> None:
        """Go down or up by a window, to the paper nearest there."""
        if self._layout_shown is None or not self.cursor:
            return
        boxes = self._layout_shown.boxes
        here = boxes[self.cursor]
        goal = here.y + direction * max(self.scrollable_content_region.height - here.height, 1)
        beyond = [box for box in boxes.values() if (box.y - here.y) * direction > 0]
        if beyond:
            nearest = min(beyond, key=lambda box: (abs(box.y - goal), abs(box.middle - here.middle)))
            self.cursor = nearest.paper.key

    def action_edge(self, index: int) -> None:
        """Go to the first or last paper of the lineage."""
        if self._view is not None and self._view.keys and self._layout_shown is not None:
            self.cursor = self._view.keys[index]

    def action_open(self) -> None:
        """Open the paper under the cursor."""
        if self.cursor and self._layout_shown is not None:
            self.post_message(self.Opened())

    def on_click(self, event: events.Click) -> None:
        """Go to the box clicked; a second click opens it."""
        if self._layout_shown is None or event.x < self._kept:
            return
        x, y = event.x + round(self.scroll_x) - _MARGIN, event.y + round(self.scroll_y)
        for key, box in self._layout_shown.boxes.items():
            if box.x <= x < box.right and box.y <= y < box.bottom:
                if key == self.cursor and event.chain > 1:
                    self.action_open()
                self.cursor = key
                return

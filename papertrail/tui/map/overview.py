"""Lineages as blocks in time, one below the other."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from papertrail.domain.lineages.overview import Block, Overview, Piece, Table
from papertrail.tui.widgets.ink import ground, ink

_COLOURS = {
    "count": "quiet",
    "year": "quiet",
    "done": "success",
    "counted": "success",
    "open": "edge",
    "number": "foreground",
    "up": "primary",
    "down": "primary",
}
_HEAD = 2  # rows: the years, and a blank
_BESIDE = 1  # blank columns at each side


class OverviewView(Widget, can_focus=True):
    """Shows lineages below each other, the last line all papers; the arrow keys go from one to the next."""

    DEFAULT_CSS = "OverviewView { height: 1fr; width: 1fr; background: transparent; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "go(-1)", "Lineage above", show=False, id="map.up"),
        Binding("down,j", "go(1)", "Lineage below", show=False, id="map.down"),
        Binding("pageup,ctrl+b", "page(-1)", "Page up", show=False, id="rows.page_up"),
        Binding("pagedown,ctrl+f", "page(1)", "Page down", show=False, id="rows.page_down"),
        Binding("home,g", "edge(0)", "First", show=False, id="map.first"),
        Binding("end,G", "edge(-1)", "All papers", show=False, id="map.last"),
        Binding("enter", "open", "Open", show=False, id="map.open"),
    ]

    cursor: reactive[int] = reactive(0, repaint=False)

    class Moved(Message):
        """The cursor came to another lineage."""

    class Opened(Message):
        """The reader pressed enter on a lineage, or clicked the one under the cursor."""

    def __init__(self) -> None:
        super().__init__(id="overview")
        self._overview: Overview | None = None
        self._table: Table | None = None
        self._top = 0  # which line is the first below the years
        self._step = 1
        self._drawn_for: tuple[object, ...] = ()
        self._drawn: dict[tuple[object, ...], Strip] = {}  # rows, by what they are of and show

    def set_overview(self, overview: Overview, name: str | None) -> None:
        """Show lineages, the cursor on the one of this name, or on all papers."""
        self._overview = overview
        names: list[str | None] = [block.progress.name for block in overview.blocks]
        self.set_reactive(OverviewView.cursor, names.index(name) if name in names else len(names))
        self._fit()
        self.post_message(self.Moved())

    @property
    def chosen(self) -> Block | None:
        """The lineage under the cursor; None for all papers."""
        if self._overview is None or self.cursor >= len(self._overview.blocks):
            return None
        return self._overview.blocks[self.cursor]

    @property
    def told(self) -> list[str]:
        """What there is to say of the line under the cursor."""
        if self._overview is None:
            return []
        if (block := self.chosen) is None:
            return ["every paper on one map", self._overview.whole.size]
        return [block.size, *self._overview.told(block.progress.name)]

    def _fit(self) -> None:
        if self._overview is not None:
            self._table = Table(self._overview, max(self.content_size.width - 2 * _BESIDE, 1))
            count, rows = len(self._overview.blocks), self.content_size.height - _HEAD - 2
            # How many rows a lineage takes: with its links in words, and a blank one, where there is room.
            self._step = next((step for step in (3, 2) if step * count <= rows), 1)
            self._keep_in_sight()
            self.refresh()

    def _row_of(self, number: int) -> int:
        """Return in which line a lineage stands; all papers stand a line below the others."""
        count = len(self._overview.blocks) if self._overview else 0
        return number * self._step + (number >= count > 0 and self._step < 3)

    def _keep_in_sight(self) -> None:
        rows, here = max(self.content_size.height - _HEAD, 1), self._row_of(self.cursor)
        last = self._row_of(len(self._overview.blocks)) if self._overview else 0
        self._top = min(max(self._top, here - rows + 1), here, max(last - rows + 1, 0))

    def on_resize(self) -> None:
        """Take the width there is."""
        self._fit()

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width, base = self.content_size.width, ground(self)
        if self._overview is None or self._table is None:
            return Strip.blank(width, base)
        if self._drawn_for != (drawn_for := (id(self._table), width, base, self.app.theme)):
            self._drawn_for, self._drawn = drawn_for, {}
        if y == 0:
            return self._strip(self._table.head, width, base)
        if y == 1:
            return Strip([Segment(f" {self._out_of_sight}", base + ink(self, "quiet"))]).adjust_cell_length(
                width, base
            )
        number, row = self._at(y - _HEAD + self._top) if y >= _HEAD else (-1, 0)
        if number < 0:
            return Strip.blank(width, base)
        blocks = self._overview.blocks
        block = blocks[number] if number < len(blocks) else self._overview.whole
        if row == 0:
            return self._first_row(self._table, block, base, is_chosen=number == self.cursor)
        if row == 1 and number < len(blocks):
            return self._strip(self._table.words(block), width, base)
        return Strip.blank(width, base)

    @property
    def _out_of_sight(self) -> str:
        """How many lineages stand above and below those in sight; empty where all are."""
        rows = [self._row_of(number) for number in range(len(self._overview.blocks) if self._overview else 0)]
        end = self._top + max(self.content_size.height - _HEAD, 1)
        above, below = sum(row < self._top for row in rows), sum(row >= end for row in rows)
        return ", ".join([f"{above} more above"] * bool(above) + [f"{below} more below"] * bool(below))

    def _at(self, line: int) -> tuple[int, int]:
        """Return which lineage stands in a line below the years, and in which row of it; -1 for none."""
        count = len(self._overview.blocks) if self._overview else 0
        number = min(line // self._step, count)
        row = line - self._row_of(number)
        if row < 0 and number == count > 0:  # the blank line above all papers is none of theirs
            number, row = -1, 0
        return (number, row) if 0 <= row < self._step else (-1, 0)

    def _first_row(self, table: Table, block: Block, base: Style, *, is_chosen: bool) -> Strip:
        """Return the row that has a lineage's name; what was drawn once is kept, as most of it stays.

        It is drawn anew for the links with the chosen one only, and where it is chosen or is not any more.
        """
        chosen = self.chosen
        links = tuple(table.links(block, chosen.progress.name if chosen else None))
        known = id(block), is_chosen, links
        if known not in self._drawn:
            if not block.progress.active:
                base += ink(self, "quiet")
            own = id(block), is_chosen, ()
            if own not in self._drawn:
                row = [self._segment(piece, base, is_chosen=is_chosen) for piece in table.row(block, None)]
                self._drawn[own] = Strip([Segment(" " * _BESIDE, ground(self)), *Segment.simplify(row)])
            more = [self._segment(piece, base, is_chosen=is_chosen) for piece in links]
            row_strip = Strip([*self._drawn[own], *Segment.simplify(more)])
            self._drawn[known] = row_strip.adjust_cell_length(self.content_size.width, ground(self))
        return self._drawn[known]

    def _strip(self, pieces: Sequence[Piece], width: int, base: Style) -> Strip:
        segments = [self._segment(piece, base, is_chosen=False) for piece in pieces]
        return Strip([Segment(" " * _BESIDE, base), *segments]).adjust_cell_length(width, base)

    def _segment(self, piece: Piece, base: Style, *, is_chosen: bool) -> Segment:
        if piece.role == "name" and is_chosen:
            style = ink(self, "block-cursor-foreground", on="block-cursor-background", bold=True)
        elif is_chosen and piece.role == "open":
            style = ink(self, "primary")
        elif piece.role in ("number", "counted"):
            style = ink(self, _COLOURS[piece.role], on="panel", bold=is_chosen)
        elif piece.role in _COLOURS:
            style = ink(self, _COLOURS[piece.role])
        else:
            style = Style.null()
        if piece.role in ("open", "done"):
            style += ink(self, on="panel")
        return Segment(piece.text, base + style)

    def watch_cursor(self) -> None:
        """Show where the cursor is now, and tell."""
        self._keep_in_sight()
        self.refresh()
        self.post_message(self.Moved())

    def action_go(self, step: int) -> None:
        """Go to the lineage above or below."""
        if self._overview is not None:
            self.cursor = min(max(self.cursor + step, 0), len(self._overview.blocks))

    def action_page(self, direction: int) -> None:
        """Go down or up by a window."""
        self.action_go(direction * max((self.content_size.height - _HEAD) // self._step, 1))

    def action_edge(self, index: int) -> None:
        """Go to the first lineage, or to all papers."""
        if self._overview is not None:
            self.cursor = 0 if index == 0 else len(self._overview.blocks)

    def action_open(self) -> None:
        """Open the lineage under the cursor."""
        if self._overview is not None:
            self.post_message(self.Opened())

    def on_click(self, event: events.Click) -> None:
        """Go to the lineage clicked; a click on the one under the cursor opens it."""
        if self._overview is None:
            return
        y = event.y - _HEAD
        number = self._at(y + self._top)[0]
        if number >= 0:
            if number == self.cursor:
                self.action_open()
            self.cursor = number

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go on by a line."""
        event.stop()
        self.action_go(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go back by a line."""
        event.stop()
        self.action_go(-1)

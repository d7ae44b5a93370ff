"""What was found, in groups, each thing with the line it is found by and the words marked in it."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events

from papertrail.domain.paper import PaperSummary
from papertrail.domain.query.hits import Hit, Span, cut, mark, pieces
from papertrail.domain.query.tree import Query
from papertrail.domain.text import clean_line
from papertrail.tui.frame.found import Found, Row, Some
from papertrail.tui.widgets.cells import fit
from papertrail.tui.widgets.ink import ink, on_cursor
from papertrail.tui.widgets.row_list import RowList

CURSOR = "▶"
_LEAST = 2  # lines that a group has at least, below its heading
_LONGEST_KEY = 24  # cells
_BELOW = "     "  # before a line that belongs to the row above


class _Heading(NamedTuple):
    """A line above a group."""

    text: str
    beside: str = ""


class _Below(NamedTuple):
    """The line in which the words stand, of the paper above."""

    hit: Hit


_Item: TypeAlias = _Heading | Row | _Below


class FoundList(RowList, can_focus=False):
    """Groups of things found; as many of each as there is room for, so that every group is in sight."""

    DEFAULT_CSS = "FoundList { background: $surface; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(header=0, id=id)
        self._found: Found | None = None
        self._items: list[_Item] = []
        self._keys = 0  # cells of the longest key

    @property
    def chosen(self) -> Row | None:
        """What is under the cursor."""
        item = self._items[self.cursor] if self.cursor < len(self._items) else None
        return item if isinstance(item, Row) else None

    def show(self, found: Found) -> None:
        """Show what was found, the cursor on the first; where more of the same is told it stays."""
        here = self.chosen if self._found is not None and self._found.text == found.text else None
        self._found = found
        self._arrange(here)

    def on_resize(self, event: events.Resize) -> None:
        """Show as much as there is room for now; the cursor stays."""
        self._arrange(self.chosen)

    def _arrange(self, here: Row | None) -> None:
        groups = self._found.groups if self._found is not None else ()
        self._items = []
        for some, room in zip(groups, _rooms(groups, self.size.height), strict=True):
            self._items += _lines(some, room)
        keys = (cell_len(row.name) for row in self._items if isinstance(row, Row) and row.paper is not None)
        self._keys = min(max(keys, default=0), _LONGEST_KEY)
        wanted = None if here is None else (here.kind, here.name)
        names = [(item.kind, item.name) if isinstance(item, Row) else None for item in self._items]
        self.set_count(len(self._items), names.index(wanted) if wanted and wanted in names else 1)

    def is_heading(self, index: int) -> bool:
        """Tell whether a line is one that the cursor passes over."""
        return index >= len(self._items) or not isinstance(self._items[index], Row)

    def row_segments(self, index: int, width: int, style: Style, is_cursor: bool) -> list[Segment]:
        """Draw one line."""
        item = self._items[index]
        if isinstance(item, _Heading):
            return [
                Segment(f" {item.text}", style + ink(self, "primary", bold=True)),
                Segment(f"  {item.beside}", style + ink(self, "quiet")),
            ]
        if is_cursor:
            style += ink(self, "block-cursor-foreground", on="block-cursor-background", bold=True)
        quiet = style if is_cursor else style + ink(self, "quiet")
        if isinstance(item, _Below):
            where = f"{_BELOW}{item.hit.where}: "
            line = self._marked(item.hit.line, item.hit.spans, width - cell_len(where) - 1, quiet)
            return [Segment(where, quiet), *line]
        row = [Segment(f"{CURSOR if is_cursor else ' '} ", style), *self._row(item, width - 2, style, quiet)]
        return on_cursor(self, row, style) if is_cursor else row

    def _row(self, row: Row, width: int, style: Style, quiet: Style) -> Iterator[Segment]:
        if row.kind == "paper" and row.paper is not None:
            yield Segment(f"{row.paper.status.glyph} ", quiet)
            beside = 1 + 2 + 4 + 2 + self._keys
            yield from self._marked(row.text, row.spans, width - 2 - beside, style, fill=True)
            yield Segment(f"  {row.paper.year or '':4}  ", quiet)
            yield from self._marked(*self._key(row.paper), self._keys, quiet, fill=True)
        elif row.paper is not None:
            yield Segment(f"{fit(row.name, self._keys)}  ", quiet)
            yield from self._marked(row.text, row.spans, width - self._keys - 3, style)
        elif row.kind == "lineage note":
            name = clean_line(row.name)
            name = fit(name, min(cell_len(name), width // 3))
            yield Segment(f"{name}  ", quiet)
            yield from self._marked(row.text, row.spans, width - cell_len(name) - 3, style)
        else:
            room = max(width - cell_len(row.beside) - 3, width // 2)
            yield from self._marked(row.text, row.spans, room, style)
            used = min(cell_len(row.text), room)
            yield Segment(f"  {fit(row.beside, min(width - used - 3, cell_len(row.beside)))}", quiet)

    def _key(self, paper: PaperSummary) -> tuple[str, tuple[Span, ...]]:
        query = self._found.query if self._found is not None else Query()
        return paper.key, mark(query, "key", paper.key)

    def _marked(
        self, text: str, spans: tuple[Span, ...], cells: int, style: Style, *, fill: bool = False
    ) -> Iterator[Segment]:
        """Give a line with its words marked: bold and underlined, so that it is seen without colours."""
        line, spans = _cut(text, spans, max(cells, 0))
        marked = style + ink(self, "primary") + _MARKED
        for piece, is_marked in pieces(line, spans):
            yield Segment(piece, marked if is_marked else style)
        if fill and (lacking := cells - cell_len(line)) > 0:
            yield Segment(" " * lacking, style)


_MARKED = Style(bold=True, underline=True)


@lru_cache(maxsize=512)
def _cut(text: str, spans: tuple[Span, ...], cells: int) -> tuple[str, tuple[Span, ...]]:
    return cut(text, spans, cells)


def _lines(some: Some, room: int) -> Iterator[_Item]:
    """Give a group's heading and as many rows as have room."""
    shown: list[_Item] = []
    rows = 0
    for row in some.rows:
        below = [_Below(row.hit)] if row.hit is not None else []
        if shown and len(shown) + 1 + len(below) > room:
            break
        shown += [row, *below]
        rows += 1
    is_all = some.is_all and rows == len(some.rows)
    number = f"{len(some.rows):,}{'' if some.is_all else '+'}"
    yield _Heading(some.heading, number if is_all else f"{rows} of {number}")
    yield from shown


def _rooms(groups: Sequence[Some], height: int) -> list[int]:
    """Return how many lines below its heading each group has: a few each, the first ones what is over."""
    wanted = [sum(1 + (row.hit is not None) for row in some.rows) for some in groups]
    rooms = [min(lines, _LEAST) for lines in wanted]
    over = height - len(groups) - sum(rooms)
    for number, lines in enumerate(wanted):
        more = max(min(lines - rooms[number], over), 0)
        rooms[number] += more
        over -= more
    return rooms

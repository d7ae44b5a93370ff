"""Things found, a line each, with the words marked in it that were typed."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from papertrail.domain.paper import PaperSummary
from papertrail.domain.query.hits import Span, cut, mark, pieces
from papertrail.domain.query.tree import Query
from papertrail.domain.text import clean_line
from papertrail.tui.frame.found import Kind, Row
from papertrail.tui.widgets.cells import fit
from papertrail.tui.widgets.ink import ink, on_cursor
from papertrail.tui.widgets.row_list import RowList

CURSOR = "▶"
_LONGEST_KEY = 24  # cells
_WITH_KEYS: tuple[Kind, ...] = ("paper", "note")
_MARKED = Style(bold=True, underline=True)


class FoundRows(RowList, can_focus=False):
    """A list of what was found, under the line that keeps the keys; subclasses say what stands between."""

    # There always is a scrollbar, seen where there is more: where it came and went all was laid out anew.
    DEFAULT_CSS = """
    FoundRows {
        background: $surface; overflow-y: scroll; scrollbar-background: $surface;
        scrollbar-background-hover: $surface; scrollbar-background-active: $surface;
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(header=0, id=id)
        self._items: Sequence[Any] = ()
        self._query = Query()
        self._keys: dict[str, int] = {}  # cells of the longest key of papers, of notes

    def put(self, items: Sequence[Any], query: Query, cursor: int = 0) -> None:
        """Show other lines, found by a query, with the cursor on one of them."""
        self._items, self._query = items, query
        self._keys = {kind: _longest(items, kind) for kind in _WITH_KEYS}
        self.set_count(len(items), cursor)

    def is_lit(self, index: int) -> bool:
        """Tell whether a line is under the cursor; one that cannot be chosen never looks so."""
        return index == self.cursor and not self.is_heading(index)

    @abstractmethod
    def plain_segments(self, item: Any, width: int, style: Style) -> list[Segment] | None:
        """Draw a line that cannot be chosen; None for one that can."""

    def item_segments(self, item: Any, width: int, style: Style, quiet: Style) -> Iterator[Segment]:
        """Draw what can be chosen."""
        yield from self._row(item, width, style, quiet)

    def row_segments(self, index: int, width: int, style: Style, is_cursor: bool) -> list[Segment]:
        """Draw one line."""
        item = self._items[index]
        if (plain := self.plain_segments(item, width, style)) is not None:
            return plain
        if is_cursor:
            style += ink(self, "block-cursor-foreground", on="block-cursor-background", bold=True)
        quiet = style if is_cursor else style + ink(self, "quiet")
        drawn = self.item_segments(item, width - 2, style, quiet)
        row = [Segment(f"{CURSOR if is_cursor else ' '} ", style), *drawn]
        return on_cursor(self, row, style) if is_cursor else row

    def _row(self, row: Row, width: int, style: Style, quiet: Style) -> Iterator[Segment]:
        if row.kind == "paper" and row.paper is not None:
            yield Segment(f"{row.paper.status.glyph} ", quiet)
            keys = self._keys[row.kind]
            beside = 1 + 2 + 4 + 2 + keys
            yield from self.marked(row.text, row.spans, width - 2 - beside, style, fill=True)
            yield Segment(f"  {row.paper.year or '':4}  ", quiet)
            yield from self.marked(*self._key(row.paper), keys, quiet, fill=True)
        elif row.paper is not None:
            keys = self._keys[row.kind]
            yield Segment(f"{fit(row.name, keys)}  ", quiet)
            yield from self.marked(row.text, row.spans, width - keys - 3, style)
        elif row.kind == "lineage note":
            name = clean_line(row.name)
            name = fit(name, min(cell_len(name), width // 3))
            yield Segment(f"{name}  ", quiet)
            yield from self.marked(row.text, row.spans, width - cell_len(name) - 3, style)
        else:
            room = max(width - cell_len(row.beside) - 3, width // 2)
            yield from self.marked(row.text, row.spans, room, style)
            used = min(cell_len(row.text), room)
            yield Segment(f"  {fit(row.beside, min(width - used - 3, cell_len(row.beside)))}", quiet)

    def _key(self, paper: PaperSummary) -> tuple[str, tuple[Span, ...]]:
        return paper.key, mark(self._query, "key", paper.key)

    def marked(
        self, text: str, spans: tuple[Span, ...], cells: int, style: Style, *, fill: bool = False
    ) -> Iterator[Segment]:
        """Give a line with its words marked: bold and underlined, so that it is seen without colours."""
        line, spans = _cut(text, spans, max(cells, 0))
        marked = style + ink(self, "primary") + _MARKED
        for piece, is_marked in pieces(line, spans):
            yield Segment(piece, marked if is_marked else style)
        if fill and (lacking := cells - cell_len(line)) > 0:
            yield Segment(" " * lacking, style)


def _longest(items: Sequence[Any], kind: Kind) -> int:
    keys = (cell_len(row.name) for row in items if isinstance(row, Row) and row.kind == kind)
    return min(max(keys, default=0), _LONGEST_KEY)


@lru_cache(maxsize=512)
def _cut(text: str, spans: tuple[Span, ...], cells: int) -> tuple[str, tuple[Span, ...]]:
    return cut(text, spans, cells)

"""What was found, in groups, each thing with the line it is found by; before that, what can be typed."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events

from papertrail.domain.query.hits import Hit
from papertrail.domain.query.tree import Query
from papertrail.tui.frame.found import Found, Row, Some
from papertrail.tui.frame.found_rows import FoundRows
from papertrail.tui.widgets.cells import fit
from papertrail.tui.widgets.ink import ink

EXAMPLES = (
    ("residual net", "words of titles, authors, notes, abstracts"),
    ('"small objects"', "just these, one after the other"),
    ("残差", "any script"),
    ("author:he year:2015..", "what stands in one field; a range"),
    ("tag:thesis -unet", "with a tag, and without a word"),
    ("status:reading or owed", "either of two"),
    ("note:superpixels", "in your notes alone: ⏎ opens one at the line"),
)
_LONGEST_EXAMPLE = max(cell_len(typed) for typed, _ in EXAMPLES)
_LEAST = 2  # lines that a group has at least, below its heading
_BELOW = "     "  # before a line that belongs to the row above


class _Heading(NamedTuple):
    """A line above a group."""

    text: str
    beside: str = ""


class _Below(NamedTuple):
    """The line in which the words stand, of the paper above."""

    hit: Hit


class _Example(NamedTuple):
    """What can be typed, and what it finds."""

    typed: str
    meaning: str


_BEFORE = (_Example("", "Type what you look for:"), _Example("", ""), *(_Example(*one) for one in EXAMPLES))


class FoundList(FoundRows):
    """Groups of things found; as many of each as there is room for, so that every group is in sight."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._found: Found | None = None

    @property
    def chosen(self) -> Row | None:
        """What is under the cursor."""
        item = self._items[self.cursor] if self.cursor < len(self._items) else None
        return item if isinstance(item, Row) else None

    def show(self, found: Found | None) -> None:
        """Show what was found, the cursor on the first; where more of the same is told it stays."""
        is_more = self._found is not None and found is not None and self._found.text == found.text
        here = self.chosen if is_more else None
        self._found = found
        self._arrange(here)

    def on_resize(self, event: events.Resize) -> None:
        """Show as much as there is room for now; the cursor stays."""
        self._arrange(self.chosen)

    def _arrange(self, here: Row | None) -> None:
        if self._found is None or (not self._found.groups and self._found.query.where is None):
            self.put(_BEFORE, Query())
            return
        items: list[_Heading | Row | _Below] = []
        for some, room in zip(self._found.groups, _rooms(self._found.groups, self.size.height), strict=True):
            items += _lines(some, room)
        wanted = None if here is None else (here.kind, here.name)
        names = [(item.kind, item.name) if isinstance(item, Row) else None for item in items]
        cursor = names.index(wanted) if wanted and wanted in names else 1
        self.put(items, self._found.query, cursor)

    def is_heading(self, index: int) -> bool:
        """Tell whether a line is one that the cursor passes over."""
        return index >= len(self._items) or not isinstance(self._items[index], Row)

    def plain_segments(self, item: Any, width: int, style: Style) -> list[Segment] | None:
        """Draw a heading, what belongs to the row above, or what can be typed."""
        quiet = style + ink(self, "quiet")
        if isinstance(item, _Heading):
            heading = Segment(f" {item.text}", style + ink(self, "primary", bold=True))
            return [heading, Segment(f"  {item.beside}", quiet)]
        if isinstance(item, _Below):
            where = f"{_BELOW}{item.hit.where}: "
            line = self.marked(item.hit.line, item.hit.spans, width - cell_len(where) - 1, quiet)
            return [Segment(where, quiet), *line]
        if isinstance(item, _Example):
            typed = f"{fit(item.typed, _LONGEST_EXAMPLE)}  " if item.typed else ""
            return [Segment(f" {typed}", style + ink(self, "primary")), Segment(item.meaning, quiet)]
        return None


def _lines(some: Some, room: int) -> Iterator[_Heading | Row | _Below]:
    """Give a group's heading and as many rows as have room."""
    shown: list[Row | _Below] = []
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

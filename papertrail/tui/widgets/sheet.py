"""A page of blocks below each other, each of one or more columns, that one reads with the arrow keys."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from papertrail.tui.widgets.ink import ink, on_ground
from papertrail.tui.widgets.markdown_lines import Lines
from papertrail.tui.widgets.own_lines import OwnLines
from papertrail.tui.widgets.scroll_length import say_length

GUTTER = 2  # cells before a column, where the mark stands
_BAR = "▎"
_OVERLAP = 2  # lines that stay when one goes on within a long block
_ABOVE = "↑"  # what an answer has of its own is further up


@dataclass(frozen=True, slots=True)
class Block:
    """What is read at once: a head across the page, and below it columns beside each other."""

    columns: Sequence[Lines]
    head: Lines = ()

    @property
    def height(self) -> int:
        """Lines of it."""
        return len(self.head) + max(map(len, self.columns), default=0)


class Sheet(OwnLines, can_focus=False):
    """Shows blocks with a mark at the one that is being read; a header stays in place above them.

    The screen has the keys: what they mean depends on what the blocks are.
    """

    DEFAULT_CSS = """
    Sheet {
        height: 1fr; background: transparent; overflow-x: hidden;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable;
    }
    """

    class Chosen(Message):
        """The reader clicked a column of a block."""

        def __init__(self, block: int, column: int) -> None:
            super().__init__()
            self.block = block
            self.column = column

    def __init__(self, *, id: str = "sheet") -> None:
        super().__init__(id=id)
        self._header: Lines = ()
        self._blocks: Sequence[Block] = ()
        self._starts: list[int] = [0]
        self._apart = 1
        self._lines = 0
        self._at = (0, 0)

    def column_width(self, count: int) -> int:
        """Return how many cells of text each of `count` columns has."""
        return max(self.drawn_on[0] // count - GUTTER, 1)

    def show(self, blocks: Sequence[Block], *, header: Lines, at: tuple[int, int], apart: int = 1) -> None:
        """Show blocks.

        Args:
            blocks: from above; where they are the ones shown, only the mark and the header are drawn.
            header: lines that stay above them.
            at: number of the block that is being read, and of the column in it; one there is not marks none.
            apart: blank lines between two blocks.
        """
        others = [row for row, (old, new) in enumerate(zip(self._header, header, strict=False)) if old != new]
        is_same = blocks is self._blocks and len(header) == len(self._header) and apart == self._apart
        self._header, self._blocks, self._apart = header, blocks, apart
        if not is_same:
            heights = (block.height + apart for block in blocks)
            self._starts = list(accumulate(heights, initial=0))
            self._lines = len(header) + max(self._starts[-1] - apart, 0)
            self._measure()
            self.refresh()
        elif others:
            self.refresh(*(Region(0, row, self.size.width, 1) for row in others))
        self.go_to(*at)

    def on_resize(self) -> None:
        """Have a scrollbar where the page now is longer than the window."""
        self._measure()

    def _measure(self) -> None:
        """Say how long the page is; the screen is laid out for it where a scrollbar comes or goes only."""
        window, before = self.scrollable_content_region.height, self.virtual_size.height
        if min(self._lines, before) > window:
            say_length(self, self._lines)
        elif max(self._lines, before) > window:
            self.virtual_size = Size(1, self._lines)

    def go_to(self, block: int, column: int) -> None:
        """Mark a block and a column, and bring its beginning into sight."""
        before, top_before = self._at[0], self.scroll_y
        self._at = (block, column)
        if block < len(self._blocks):
            top, bottom = self._starts[block], self._starts[block] + self._blocks[block].height
            first = round(self.scroll_y)
            if top < first or bottom - top >= self._window:
                self._scroll(top)
            elif bottom > first + self._window:
                self._scroll(bottom - self._window)
        if self.scroll_y != top_before:
            self.refresh()
        elif regions := [region for one in {before, block} if (region := self._region_of(one))]:
            self.refresh(*regions)

    def _region_of(self, block: int) -> Region:
        """Return where a block is in the window; an empty region if nowhere."""
        if block >= len(self._blocks):
            return Region()
        above, top = len(self._header), self._starts[block] - round(self.scroll_y)
        begin, end = max(top, 0), min(top + self._blocks[block].height, self._window)
        return Region(0, above + begin, self.size.width, max(end - begin, 0))

    def read_on(self, direction: int) -> bool:
        """Scroll on within a block that is higher than the window; return whether there was more of it."""
        if self._at[0] >= len(self._blocks):
            return False
        top = self._starts[self._at[0]]
        bottom, first = top + self._blocks[self._at[0]].height, round(self.scroll_y)
        step = max(self._window - _OVERLAP, 1)
        if direction > 0 and bottom > first + self._window:
            self._scroll(min(first + step, bottom - self._window))
            return True
        if direction < 0 and top < first:
            self._scroll(max(first - step, top))
            return True
        return False

    @property
    def _window(self) -> int:
        return max(self.scrollable_content_region.height - len(self._header), 1)

    def _scroll(self, line: int) -> None:
        self.scroll_to(y=line, animate=False, force=True, immediate=True)

    def to_top(self) -> None:
        """Go back to the first line."""
        self._scroll(0)

    def page(self, direction: int) -> None:
        """Scroll by a window, down or up."""
        self._scroll(round(self.scroll_y) + direction * max(self._window - _OVERLAP, 1))

    def on_click(self, event: events.Click) -> None:
        """Go to the block and column under the mouse."""
        y = event.y - len(self._header)
        line = y + round(self.scroll_y)
        if y >= 0 and line < self._starts[-1]:
            block = self._block_at(line)
            width = self.column_width(len(self._blocks[block].columns)) + GUTTER
            column = min(event.x // width, len(self._blocks[block].columns) - 1)
            self.post_message(self.Chosen(block, column))

    def _block_at(self, line: int) -> int:
        return min(bisect_right(self._starts, line), len(self._blocks)) - 1

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window."""
        width, base = self.drawn_on
        if y < len(self._header):
            return Strip(on_ground(self._header[y], base)).adjust_cell_length(width, base)
        line = y - len(self._header) + round(self.scroll_y)
        if line >= self._starts[-1]:
            return Strip.blank(width, base)
        number = self._block_at(line)
        row, block = line - self._starts[number], self._blocks[number]
        first = round(self.scroll_y) - self._starts[number]  # the row at the top of the window
        is_pinned = len(block.head) <= first < block.height - 1  # and more of it below
        if is_pinned and y == len(self._header):
            return self._line_of(number, 0, base).adjust_cell_length(width, base)
        gone = is_pinned and y == len(self._header) + 1
        return self._line_of(number, row, base, gone=gone).adjust_cell_length(width, base)

    def _line_of(self, number: int, row: int, base: Style, *, gone: bool = False) -> Strip:
        """Return a row of a block; the mark is beside the column that is being read.

        Args:
            number: of the block.
            row: of the block.
            base: the ground.
            gone: whether a column that ended above says so, lest it look empty below a head that stays.
        """
        block = self._blocks[number]
        here = number == self._at[0]
        bar = Segment(_BAR.ljust(GUTTER), base + ink(self, "primary"))
        blank = Segment(" " * GUTTER, base)
        if row < len(block.head):
            return Strip([bar if here else blank, *on_ground(block.head[row], base)])
        row -= len(block.head)
        width = self.column_width(len(block.columns))
        parts: list[Strip] = []
        for column, lines in enumerate(block.columns):
            marked = here and row < len(lines) and column == self._at[1]
            shown = lines[row] if row < len(lines) else [Segment(_ABOVE, ink(self, "quiet"))] if gone else []
            text = Strip(on_ground(shown, base))
            parts += [Strip([bar if marked else blank]), text.adjust_cell_length(width, base)]
        return Strip.join(parts)

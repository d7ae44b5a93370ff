"""A list that draws only the rows on the screen, so that 100,000 cost what ten cost."""

from abc import abstractmethod
from contextlib import suppress
from typing import ClassVar, Self

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.dom import NoScreen
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from papertrail.tui.widgets.ink import ink, on_cursor
from papertrail.tui.widgets.own_lines import OwnLines
from papertrail.tui.widgets.scroll_length import say_length


class RowList(OwnLines, can_focus=True):
    """Rows of one line each, with a cursor; subclasses say what a row looks like.

    Args:
        header: how many lines stay in place above the rows.
    """

    DEFAULT_CSS = """
    RowList {
        background: transparent;
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False, id="rows.up"),
        Binding("down,j", "move(1)", "Down", show=False, id="rows.down"),
        Binding("pageup,ctrl+b", "page(-1)", "Page up", show=False, id="rows.page_up"),
        Binding("pagedown,ctrl+f", "page(1)", "Page down", show=False, id="rows.page_down"),
        Binding("home,g", "move_to(0)", "First", show=False, id="rows.first"),
        Binding("end,G", "move_to(-1)", "Last", show=False, id="rows.last"),
        Binding("enter", "choose", "Open", show=False, id="rows.choose"),
    ]

    cursor: reactive[int] = reactive(0, repaint=False, init=False)

    class Moved(Message):
        """The cursor came to another row, or the row under it is another one now."""

        def __init__(self, rows: "RowList", index: int) -> None:
            super().__init__()
            self.rows = rows
            self.index = index

        @property
        def control(self) -> "RowList":
            """The list concerned."""
            return self.rows

    class Chosen(Message):
        """The reader pressed enter on a row, or clicked the row under the cursor."""

        def __init__(self, rows: "RowList", index: int) -> None:
            super().__init__()
            self.rows = rows
            self.index = index

        @property
        def control(self) -> "RowList":
            """The list concerned."""
            return self.rows

    def __init__(self, *, header: int, id: str | None = None) -> None:
        super().__init__(id=id)
        self._top = header
        self._count = 0

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return self._count

    @abstractmethod
    def row_segments(self, index: int, width: int, style: Style, is_cursor: bool) -> list[Segment]:
        """Return one row as segments of clean text, at most `width` cells together."""

    def header_segments(self, y: int, width: int, title: Style, quiet: Style) -> list[Segment]:
        """Return one of the lines above the rows, in the styles for titles and for what is said beside."""
        return []

    def empty_segments(self, width: int, style: Style) -> list[Segment]:
        """Return what stands in place of the first row while there are no rows."""
        return []

    def is_heading(self, index: int) -> bool:
        """Tell whether a row is one that the cursor passes over."""
        return False

    def is_lit(self, index: int) -> bool:
        """Tell whether a row is drawn as the one that is meant: the one under the cursor."""
        return index == self.cursor

    def lit_rows(self) -> tuple[int, ...]:
        """Return the rows that may be drawn as the one that is meant."""
        return (self.cursor,)

    def first_row_for(self, cursor: int) -> int:
        """Return the highest row that should be seen together with the one under the cursor: its headings."""
        while cursor > 0 and self.is_heading(cursor - 1):
            cursor -= 1
        return cursor

    def validate_cursor(self, cursor: int) -> int:
        """Pass over headings, in the direction the cursor goes, or back where there is nothing further."""
        step = 1 if cursor >= self.cursor else -1
        for way in (step, -step):
            at = cursor
            while 0 <= at < self._count:
                if not self.is_heading(at):
                    return at
                at += way
        return cursor

    def set_count(self, count: int, cursor: int = 0) -> None:
        """Say that the rows are others now, with the cursor on row `cursor`."""
        self._count = count
        self._say_length()
        self.set_reactive(RowList.cursor, max(min(cursor, count - 1), 0))
        self._show_cursor(animate=False)
        self.refresh()
        self.post_message(self.Moved(self, self.cursor))

    def grow(self, count: int) -> None:
        """Say that there are more rows behind those that there were; what is in sight is not drawn anew."""
        if self._count < round(self.scroll_y) + self._page:
            self.set_count(count, self.cursor)
            return
        self._count = count
        self._say_length()

    def _say_length(self) -> None:
        """Say how long the list is; the screen is laid out for it only where a scrollbar comes or goes."""
        size, window = Size(1, self._count + self._top), self.scrollable_content_region.height
        comes_or_goes = (size.height > window) != (self.virtual_size.height > window)
        if not window or (comes_or_goes and self.styles.overflow_y != "scroll"):
            self.virtual_size = size
            return
        say_length(self, size.height)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window."""
        width, base = self.drawn_on
        if y < self._top:
            title = base + ink(self, "primary" if self.has_focus else "", bold=True)
            quiet = base + ink(self, "quiet")
            return Strip(self.header_segments(y, width, title, quiet)).adjust_cell_length(width, base)
        index = y + round(self.scroll_y) - self._top
        if index >= self._count:
            if self._count == 0 and index == 0:
                quiet = base + ink(self, "quiet")
                return Strip(self.empty_segments(width, quiet)).adjust_cell_length(width, base)
            return Strip.blank(width, base)
        is_cursor = self.is_lit(index)
        style = base
        if is_cursor and self.has_focus:
            style += ink(self, "block-cursor-foreground", on="block-cursor-background", bold=True)
        elif is_cursor:
            style += ink(self, on="panel")
        segments = self.row_segments(index, width, style, is_cursor)
        if is_cursor and self.has_focus:
            segments = on_cursor(self, segments, style)
        return Strip(segments).adjust_cell_length(width, style)

    def watch_cursor(self, old: int, new: int) -> None:
        """Redraw the two rows concerned and tell about it."""
        for index in (old, new):
            self.refresh_row(index)
        self._show_cursor()
        self.post_message(self.Moved(self, new))

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Leave the styles as they are: no rule asks for the focus, since each list draws its own cursor."""

    def focus(self, scroll_visible: bool = True) -> Self:
        """Take the keys; what that changes is drawn once it is so."""
        self.app.call_later(self._take_focus, scroll_visible)
        return self

    def _take_focus(self, scroll_visible: bool) -> None:
        with suppress(NoScreen):
            self.screen.set_focus(self, scroll_visible=scroll_visible)

    def on_focus(self, event: events.Focus) -> None:
        """Show title and cursor as those of the list which takes the keys."""
        self._follow_focus(event, events.DescendantFocus(self), takes=True)

    def on_blur(self, event: events.Blur) -> None:
        """Show the cursor as a mere memory."""
        self._follow_focus(event, events.DescendantBlur(self), takes=False)

    def _follow_focus(self, event: events.Event, told: events.Event, *, takes: bool) -> None:
        """Do what Textual does for the focus, but draw title and cursor only, and not all rows."""
        event.prevent_default()
        lit = self.lit_rows()
        self.has_focus = takes
        if self._top:
            self.refresh(Region(0, 0, self.size.width, self._top))
        for row in {*lit, *self.lit_rows()}:
            self.refresh_row(row)
        if self.parent is not None:
            self.parent.post_message(told)

    def refresh_row(self, index: int) -> None:
        """Redraw one row, if it is on the screen."""
        y = index - round(self.scroll_y) + self._top
        if self._top <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def _show_cursor(self, animate: bool = False) -> None:
        page = self._page
        top = round(self.scroll_y)
        first = self.first_row_for(self.cursor)
        if first < top:
            self.scroll_to(y=first, animate=animate, force=True, immediate=True)
        elif self.cursor >= top + page:
            self.scroll_to(y=self.cursor - page + 1, animate=animate, force=True, immediate=True)

    @property
    def _page(self) -> int:
        return max(self.scrollable_content_region.height - self._top, 1)

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in sight."""
        self._show_cursor()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Redraw all when the window moves."""
        super().watch_scroll_y(old_value, new_value)
        self.refresh()

    def action_move(self, rows: int) -> None:
        """Move the cursor by so many rows."""
        if self._count:
            self.cursor = max(min(self.cursor + rows, self._count - 1), 0)

    def action_page(self, pages: int) -> None:
        """Move the cursor by so many windows."""
        self.action_move(pages * max(self._page - 1, 1))

    def action_move_to(self, index: int) -> None:
        """Move the cursor to a row; negative ones count from the end."""
        if self._count:
            self.cursor = index if index >= 0 else self._count + index

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self._count:
            self.post_message(self.Chosen(self, self.cursor))

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the row clicked; a second click chooses it."""
        index = event.y + round(self.scroll_y) - self._top
        if event.y < self._top or not 0 <= index < self._count:
            return
        if index == self.cursor and event.chain > 1:
            self.action_choose()
        else:
            self.cursor = index

"""The chosen paper at a glance, and a pane of text in which one walks from name to name."""

import sys
from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.content import Content, Span
from textual.geometry import Region
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from papertrail.domain.paper import byline
from papertrail.domain.whole_paper import Paper
from papertrail.tui.frame import paper_text
from papertrail.tui.widgets.data_text import line
from papertrail.tui.widgets.ink import ground, ink
from papertrail.tui.widgets.scroll_length import say_length

MOST_PARTS = 500  # that a pane keeps wrapped
_UNDERLINED = Style(underline=True)


class Stop(NamedTuple):
    """A name in a pane that leads somewhere: in which row of the text it begins, and where it leads."""

    row: int
    leads_to: tuple[str, str]


class _Known(NamedTuple):
    """The lines of parts of a text by what they say, and what width and colours they are wrapped for."""

    wrapped_for: object
    strips: LRUCache[tuple[str, tuple[Span, ...], int], list[Strip]]


class TextPane(ScrollView, can_focus=True):
    """Shows lines of text, and walks from name to name where names lead somewhere.

    It draws its own lines, wrapped once, and its scrollbar is always there, unseen where all fits: no text
    has the screen laid out anew, which costs more than all else that follows a move of the cursor.
    """

    DEFAULT_CSS = """
    TextPane {
        padding: 0 1; background: transparent; overflow-x: hidden; overflow-y: scroll;
        scrollbar-size-vertical: 1;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "walk(-1)", "Name before", show=False, id="pane.up"),
        Binding("down,j", "walk(1)", "Next name", show=False, id="pane.down"),
        Binding("enter", "follow", "Go to what is named", show=False, id="pane.follow"),
    ]

    WIDEST: ClassVar[int] = sys.maxsize
    """Cells of a line, where there is room for more."""

    class Followed(Message):
        """The reader wants to go to what a name leads to: a paper, a lineage, an address."""

        def __init__(self, kind: str, name: str) -> None:
            super().__init__()
            self.kind = kind
            self.name = name

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(Widget.auto_links, False)  # names that lead somewhere are drawn as all else
        self._key: str | None = None
        self._content = Content()
        self._parts: Sequence[Content] = ()  # of it, those that stand below one another
        self._wrapped: tuple[object, list[Strip]] = (None, [])  # what it was wrapped for, and the lines
        self._lines_shown: Sequence[Strip] = ()  # in the picture at hand
        self._known_parts = _Known(None, LRUCache(MOST_PARTS))
        self._stops: list[Stop] | None = None  # of these lines; looked for when somebody walks here
        self._at = 0  # the stop that one is at
        self._hovered: Stop | None = None

    def put(self, key: str | None, lines: Sequence[Content]) -> None:
        """Show lines about something, `key`; of the same again the pane stays scrolled where it is."""
        content = Content("\n").join(lines)
        if not content.is_same(self._content):
            before = self._wrapped[1]
            self._content, self._parts, self._wrapped = content, lines, (None, [])
            self._stops = self._hovered = None
            self._measure()
            self._draw_others(before)
        if key != self._key:
            self._key = key
            self._at = 0
            self.scroll_to(y=0, animate=False, force=True, immediate=True)

    # Walking

    @property
    def stops(self) -> list[Stop]:
        """The names that lead somewhere, from above."""
        if self._stops is None:
            found: dict[Stop, None] = {}
            for row, strip in enumerate(self._lines()):
                for segment in strip:
                    meta = segment.style.meta if segment.style else {}
                    if (there := paper_text.leads_to(meta)) and Stop(row - 1, there) not in found:
                        found[Stop(row, there)] = None
            self._stops = list(found)
            self._at = max(min(self._at, len(found) - 1), 0)
        return self._stops

    @property
    def at(self) -> int:
        """The number of the name that one is at, from 0."""
        return self._at

    def go_to(self, number: int) -> None:
        """Go to one of the names and bring it into sight."""
        if self.stops:
            self._at = max(min(number, len(self.stops) - 1), 0)
            self._bring_into_sight(self.stops[self._at].row)
            self.refresh()

    def action_walk(self, step: int) -> None:
        """Go to the next name, or the one before; scroll where there is none, or it is out of sight."""
        height, top = self.scrollable_content_region.height, round(self.scroll_y)
        here = self.stops[self._at].row if self.stops else None
        is_seen = here is not None and top <= here < top + height
        if is_seen and 0 <= self._at + step < len(self.stops):
            self.go_to(self._at + step)
        else:
            self.scroll_to(y=top + step, animate=False, force=True, immediate=True)
            self.refresh()

    def _bring_into_sight(self, row: int) -> None:
        height, top = self.scrollable_content_region.height, round(self.scroll_y)
        if not top <= row < top + height:
            self.scroll_to(y=max(row - height // 2, 0), animate=False, force=True, immediate=True)

    def action_follow(self) -> None:
        """Go to what the name leads to that one is at."""
        if self.stops:
            self.post_message(self.Followed(*self.stops[self._at].leads_to))

    def on_focus(self) -> None:
        """Show which name one is at."""
        self.refresh()

    def on_blur(self) -> None:
        """Show it no more."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Go to what was clicked."""
        if there := paper_text.leads_to(event.style.meta):
            event.stop()
            self._at = next((n for n, one in enumerate(self.stops) if one.leads_to == there), self._at)
            self.post_message(self.Followed(*there))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Underline what a click would follow."""
        there = paper_text.leads_to(event.style.meta)
        hovered = Stop(event.y + round(self.scroll_y), there) if there else None
        if hovered != self._hovered:
            self._hovered = hovered
            self.refresh()

    def on_leave(self) -> None:
        """Underline nothing any more."""
        if self._hovered is not None:
            self._hovered = None
            self.refresh()

    # Drawing

    def on_resize(self) -> None:
        """Wrap what is shown for the room there is now."""
        self._stops = None
        self._measure()

    def _measure(self) -> None:
        """Say how long the text is; the screen need not be laid out for it."""
        room = self.scrollable_content_region
        if room.width:
            say_length(self, max(len(self._lines()), room.height))

    def _draw_others(self, before: Sequence[Strip]) -> None:
        """Draw the lines of the window that are others now: many stay, such as headings and blanks."""
        top, now = round(self.scroll_y), self._wrapped[1]
        rows = range(self.scrollable_content_region.height)
        others = [row for row in rows if before[top + row : top + row + 1] != now[top + row : top + row + 1]]
        if others:
            width = self.scrollable_content_region.width + self.styles.padding.right
            self.refresh(*(Region(0, row, width, 1) for row in others))  # the scrollbar draws itself

    def _lines(self) -> list[Strip]:
        """Return all lines, as wide as the window; none where there is no window yet."""
        room = self.scrollable_content_region.width
        wrapped_for = room, self.visual_style, self.text_selection, self.app.theme
        if self._wrapped[0] != wrapped_for:
            width = min(room, self.WIDEST)
            if not width:
                lines = []
            elif self.text_selection is None:
                lines = self.wrap(width)
            else:
                lines = Visual.to_strips(self, self.render(), width, None, self.visual_style)
            base = ground(self)
            self._wrapped = wrapped_for, [strip.adjust_cell_length(room, base) for strip in lines]
        return self._wrapped[1]

    def wrap(self, width: int) -> list[Strip]:
        """Wrap the text part by part: many are the same at the same place for paper after paper."""
        style = self.visual_style
        wrapped_for = width, style, self.app.theme
        if self._known_parts.wrapped_for != wrapped_for:
            self._known_parts = _Known(wrapped_for, LRUCache(MOST_PARTS))
        known, above, wrapped = self._known_parts.strips, 0, list[Strip]()
        for part in self._parts:
            key = part.plain, tuple(part.spans), above
            if (strips := known.get(key)) is None:
                lines = part._wrap_and_format(width, get_style=self._get_style)
                for one in lines:
                    one.y += above  # by which the mouse selects
                strips = known[key] = [Strip(*one.to_strip(style)) for one in lines]
            wrapped += strips
            above += part.plain.count("\n") + 1
        return wrapped

    def render(self) -> Content:
        """Return the text, of which the mouse can select."""
        return self._content

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw lines of the window."""
        self._lines_shown = self._lines()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window."""
        row, lines = y + round(self.scroll_y), self._lines_shown
        if row >= len(lines):
            return Strip.blank(self.scrollable_content_region.width, ground(self))
        if self.has_focus and self.stops and self.stops[self._at].row == row:
            base = ground(self)
            lit = ink(self, "block-cursor-foreground", on="block-cursor-background", bold=True)
            return Strip([Segment(part.text, (part.style or base) + lit) for part in lines[row]])
        if self._hovered is not None and self._hovered.row == row:
            return Strip([self._as_hovered(part, ground(self)) for part in lines[row]])
        return lines[row]

    def _as_hovered(self, part: Segment, base: Style) -> Segment:
        style, hovered = part.style or base, self._hovered
        is_it = hovered is not None and paper_text.leads_to(style.meta) == hovered.leads_to
        return Segment(part.text, style + _UNDERLINED) if is_it else part


class DetailPane(TextPane):
    """Title, authors, place in the lineages, links, note, days and abstract of one paper."""

    def show(self, paper: Paper | None, told: Sequence[Content] = ()) -> None:
        """Show a paper, or nothing; the same paper again stays scrolled where it is.

        Args:
            paper: the one to show.
            told: what is to be said of it besides, below its status.
        """
        self.put(paper.summary.key if paper else None, list(_parts(paper, told)) if paper else ())


def _parts(paper: Paper, told: Sequence[Content]) -> Iterator[Content]:
    summary = paper.summary
    yield line(summary.title, "bold")
    if summary.authors:
        yield line(byline(summary.authors))
    yield line(summary.key, "$quiet")
    yield paper_text.facts(paper)
    if paper.summary.notice:
        yield line(f"! {paper.summary.notice}", "$warning")
    yield Content("")
    yield paper_text.status_words(summary)
    yield from paper_text.marks(summary)
    yield from paper_text.places(paper)
    for words in told:
        yield Content("")
        yield words
    links = list(paper_text.links(paper))
    if links:
        yield Content("")
        yield from links
    yield Content("")
    yield paper_text.note_heading(paper.note)
    yield from paper_text.remarks(paper.note)
    yield from paper_text.checklist(paper.note)
    if days := list(paper_text.days(paper)):
        yield Content("")
        yield from days
    yield Content("")
    yield paper_text.heading_line("abstract")
    yield paper_text.abstract(paper)
    for more in (paper_text.from_arxiv(paper), paper_text.pages(paper)):
        if lines := list(more):
            yield Content("")
            yield from lines

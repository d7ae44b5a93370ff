"""The chosen paper at a glance."""

from collections.abc import Iterator, Sequence

from textual.content import Content
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from papertrail.domain.paper import byline
from papertrail.domain.whole_paper import Paper
from papertrail.tui.frame import paper_text
from papertrail.tui.widgets.data_text import line
from papertrail.tui.widgets.ink import ground
from papertrail.tui.widgets.scroll_length import say_length


class DetailPane(ScrollView, can_focus=True):
    """Title, authors, place in the lineages, links, note and abstract of one paper.

    It draws its own lines, wrapped once, and its scrollbar is always there, unseen where all fits: no paper
    has the screen laid out anew, which costs more than all else that follows a move of the cursor.
    """

    DEFAULT_CSS = """
    DetailPane {
        padding: 0 1; background: transparent; overflow-x: hidden; overflow-y: scroll;
        scrollbar-size-vertical: 1;
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._key: str | None = None
        self._content = Content()
        self._wrapped: tuple[object, list[Strip]] = (None, [])  # what it was wrapped for, and the lines

    def show(self, paper: Paper | None, told: Sequence[Content] = ()) -> None:
        """Show a paper, or nothing; the same paper again stays scrolled where it is.

        Args:
            paper: the one to show.
            told: what is to be said of it besides, below its status.
        """
        content = Content("\n").join(_parts(paper, told)) if paper else Content()
        if not content.is_same(self._content):
            before = self._wrapped[1]
            self._content, self._wrapped = content, (None, [])
            self._measure()
            self._draw_others(before)
        key = paper.summary.key if paper else None
        if key != self._key:
            self._key = key
            self.scroll_to(y=0, animate=False, force=True, immediate=True)

    def on_resize(self) -> None:
        """Wrap what is shown for the room there is now."""
        self._measure()

    def _measure(self) -> None:
        """Say how long the text is; the screen need not be laid out for it."""
        room = self.scrollable_content_region
        if room.width:
            say_length(self, max(len(self._lines(room.width)), room.height))

    def _draw_others(self, before: Sequence[Strip]) -> None:
        """Draw the lines of the window that are others now: many stay, such as headings and blanks."""
        top, now = round(self.scroll_y), self._wrapped[1]
        rows = range(self.scrollable_content_region.height)
        others = [row for row in rows if before[top + row : top + row + 1] != now[top + row : top + row + 1]]
        if others:
            self.refresh(*(Region(0, row, self.outer_size.width, 1) for row in others))

    def _lines(self, width: int) -> list[Strip]:
        wrapped_for = width, self.visual_style, self.text_selection, self.app.theme
        if self._wrapped[0] != wrapped_for:
            lines = Visual.to_strips(self, self._content, width, None, self.visual_style)
            self._wrapped = wrapped_for, lines
        return self._wrapped[1]

    def render(self) -> Content:
        """Return the text, of which the mouse can select."""
        return self._content

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window."""
        width, base, row = self.scrollable_content_region.width, ground(self), y + round(self.scroll_y)
        lines = self._lines(width)
        if row >= len(lines):
            return Strip.blank(width, base)
        return lines[row].adjust_cell_length(width, base)


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
    yield Content("")
    yield paper_text.heading_line("abstract")
    yield paper_text.abstract(paper)

"""The note of a paper to read; its abstract while there is no note."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.content import Content
from textual.strip import Strip

from papertrail.domain.note_text import NoteBody
from papertrail.domain.text import clean, clean_line
from papertrail.domain.whole_paper import Paper
from papertrail.tui.frame import paper_text
from papertrail.tui.frame.detail_pane import Stop, TextPane
from papertrail.tui.widgets.data_text import block, line, of_segments
from papertrail.tui.widgets.ink import ground, on_ground
from papertrail.tui.widgets.markdown_lines import Lines, note_lines

MOST_DRAWN = 50_000  # characters of a note that is set as Markdown
MOST_LINES = 2_000  # shown of a longer one, as it is written
MOST_KEPT = 30  # notes that are not set again when one comes back to them
NOTHING = "Nothing written yet. e begins the note."


_BINDINGS: list[BindingType] = [
    Binding("left,h", "screen.pane(-1)", "Pane to the left", id="pane.left"),
    Binding("right,l", "screen.pane(1)", "Pane to the right", id="pane.right"),
]


class FactsPane(TextPane):
    """Tells of the paper, beside its note."""

    BINDINGS: ClassVar[list[BindingType]] = [*_BINDINGS]


class NotePane(TextPane):
    """Shows a note set as Markdown, in lines that it draws itself; its links are followed by the mouse."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *_BINDINGS,
        Binding("up,k", "walk(-1)", "A line up", show=False, id="note.up"),
        Binding("down,j", "walk(1)", "A line down", show=False, id="note.down"),
    ]
    WIDEST = 100

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._markdown = ""
        self._known: LRUCache[object, Lines] = LRUCache(MOST_KEPT)

    def show(self, paper: Paper, note: NoteBody) -> None:
        """Show the note of a paper, whose title stands above; what is shown already is not drawn again."""
        text = _without_title(clean(note.markdown), paper.summary.title)
        is_written = bool(text.strip())
        self._markdown = text if is_written and len(text) <= MOST_DRAWN else ""
        lines = _as_written(text) if is_written else _unwritten(paper, note.trouble)
        self.put(paper.summary.key, lines)

    @property
    def stops(self) -> list[Stop]:
        """No names to walk along: one reads on, line by line."""
        return []

    def wrap(self, width: int) -> list[Strip]:
        """Set the note, if there is one."""
        if not self._markdown:
            return super().wrap(width)
        base = ground(self)
        return [
            Strip(on_ground(parts, base)).apply_offsets(0, row) for row, parts in enumerate(self._set(width))
        ]

    def _set(self, width: int) -> Lines:
        known = self._markdown, width, self.app.theme
        if (lines := self._known.get(known)) is None:
            lines = note_lines(self, self._markdown, width, most=MOST_DRAWN, links=paper_text.ADDRESS)
            self._known[known] = lines
        return lines

    def render(self) -> Content:
        """Return the text, of which the mouse can select."""
        if not self._markdown:
            return super().render()
        return of_segments(self._set(min(self.scrollable_content_region.width, self.WIDEST)))


def _unwritten(paper: Paper, trouble: str) -> list[Content]:
    """Return what stands in place of a note: why it cannot be read, else how it is begun; the abstract."""
    first = line(trouble, "$warning") if trouble else Content.styled(NOTHING, "$quiet")
    return [first, Content(""), paper_text.heading_line("abstract"), paper_text.abstract(paper)]


def _without_title(note: str, title: str) -> str:
    """Return a note without a first heading that only repeats the title above it."""
    first, _, rest = note.lstrip().partition("\n")
    return rest if first.removeprefix("# ").strip() == clean_line(title) else note


def _as_written(note: str) -> list[Content]:
    """Return the lines of a note, of a very long one the first."""
    lines = note.split("\n", MOST_LINES)
    more = ["", "… the rest: e or E"] if len(lines) > MOST_LINES else []
    return [block("\n".join([*lines[:MOST_LINES], *more]))]

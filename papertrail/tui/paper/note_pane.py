"""The note of a paper to read; its abstract while there is no note."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.visual import VisualType
from textual.widgets import Markdown, Static

from papertrail.domain.note_text import NoteBody
from papertrail.domain.text import clean, clean_line
from papertrail.domain.whole_paper import Paper
from papertrail.tui.frame import paper_text
from papertrail.tui.frame.detail_pane import TextPane
from papertrail.tui.widgets.data_text import block, line
from papertrail.tui.widgets.text_in_place import put_text

MOST_CHARACTERS = 20_000  # of a note shown as Markdown
MOST_BLOCKS = (
    150  # of a note shown as Markdown: the widget costs 5 to 10 ms a block, 1,500 list items 15 seconds
)
MOST_DRAWN = 50_000  # characters shown as Markdown in one piece
MOST_LINES = 2_000  # shown of a note longer than that; 40,000 take seven seconds
NOTHING = "Nothing written yet. e begins the note."


_BINDINGS: list[BindingType] = [
    Binding("left,h", "screen.pane(-1)", "Pane to the left", id="pane.left"),
    Binding("right,l", "screen.pane(1)", "Pane to the right", id="pane.right"),
]


class FactsPane(TextPane):
    """Tells of the paper, beside its note."""

    BINDINGS: ClassVar[list[BindingType]] = [*_BINDINGS]


class NotePane(VerticalScroll):
    """Shows a note as Markdown where that is quickly drawn, else as one piece of text."""

    BINDINGS: ClassVar[list[BindingType]] = [*_BINDINGS]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown: object = None

    def compose(self) -> ComposeResult:
        """A note is shown by one of two widgets."""
        yield Static("", id="note-plain")
        yield Markdown("", id="note-markdown", open_links=False)

    async def show(self, paper: Paper, note: NoteBody) -> None:
        """Show the note of a paper, whose title stands above; what is shown already is not drawn again."""
        text = _without_title(clean(note.markdown), paper.summary.title)
        is_written = bool(text.strip())
        beginning = [] if is_written else _unwritten(paper, note.trouble)
        if (text, beginning) == self._shown:
            return
        self._shown = (text, beginning)
        plain, markdown = self.query_one("#note-plain", Static), self.query_one(Markdown)
        as_markdown = is_written and _is_quickly_drawn(text)
        markdown.display, plain.display = as_markdown, not as_markdown
        if as_markdown:
            await markdown.update(text)
        elif is_written:
            plain.update(_in_one_piece(text))
        else:
            put_text(plain, Content("\n").join(beginning))


def _unwritten(paper: Paper, trouble: str) -> list[Content]:
    """Return what stands in place of a note: why it cannot be read, else how it is begun; the abstract."""
    first = line(trouble, "$warning") if trouble else Content.styled(NOTHING, "$quiet")
    return [first, Content(""), paper_text.heading_line("abstract"), paper_text.abstract(paper)]


def _without_title(note: str, title: str) -> str:
    """Return a note without a first heading that only repeats the title above it."""
    first, _, rest = note.lstrip().partition("\n")
    return rest if first.removeprefix("# ").strip() == clean_line(title) else note


def _is_quickly_drawn(note: str) -> bool:
    """Tell whether a note has few enough blocks for the Markdown widget."""
    if len(note) > MOST_CHARACTERS:
        return False
    from markdown_it import MarkdownIt

    return sum(token.nesting >= 0 for token in MarkdownIt("gfm-like").parse(note)) <= 2 * MOST_BLOCKS


def _in_one_piece(note: str) -> VisualType:
    """Return a long note for one widget: as Markdown without live links, or as it is written."""
    if len(note) > MOST_DRAWN:
        lines = note.split("\n", MOST_LINES)
        more = ["", "… the rest: e or E"] if len(lines) > MOST_LINES else []
        return block("\n".join([*lines[:MOST_LINES], *more]))
    from rich.markdown import Markdown as RichMarkdown

    return RichMarkdown(note, hyperlinks=False)

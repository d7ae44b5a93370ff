"""A note's Markdown as lines of a width, for widgets that draw their own lines."""

import io
import re
from collections.abc import Sequence
from copy import copy
from functools import cache
from typing import ClassVar, TypeAlias

from markdown_it import MarkdownIt
from rich.cells import cell_len, chop_cells
from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import CodeBlock, Markdown, MarkdownElement, Paragraph, TableElement
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text
from rich.theme import Theme
from textual.widget import Widget

from papertrail.domain.text import clean, clean_line
from papertrail.tui.widgets.cells import wrap
from papertrail.tui.widgets.ink import ink, rich_colour
from papertrail.tui.widgets.line_breaks import broken

Lines: TypeAlias = Sequence[Sequence[Segment]]

_GOES_ON = "↪"
MOST_CHARACTERS = 20_000  # of one answer: as many take a quarter of a second
MOST_LIGHT = 200_000  # characters shown as they stand
_QUESTION = re.compile(
    r"(?<=[^\n])\n(?=[ \t]*(?:[-*][ \t]+)?[*_]{0,3}(?:[QA]\d{0,3}|[问問答])[*_]{0,3}[ \t]?[:：])"
)


class _Table(TableElement):
    """A table whose cells go on below where they are too narrow; Rich would cut words without blanks."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for table in super().__rich_console__(console, options):
            if isinstance(table, Table):
                for column in table.columns:
                    column.overflow = "fold"
            yield table


class _Paragraph(Paragraph):
    """A paragraph whose lines end between Chinese characters, too; Rich takes them for one long word."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for text in super().__rich_console__(console, options):
            yield broken(text, options.max_width) if isinstance(text, Text) else text


class _Code(CodeBlock):
    """Code line by line as it stands; what is too long goes on below, marked, so that no word is lost.

    Its ground is as wide as the longest line.
    """

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        room = max(options.max_width - 2, 1)
        lines = [chop_cells(line, room) or [""] for line in str(self.text).rstrip().expandtabs(4).split("\n")]
        width = max(cell_len(piece) for pieces in lines for piece in pieces) + 1
        for pieces in lines:
            for number, piece in enumerate(pieces):
                before = (_GOES_ON, "markdown.block_quote") if number else " "
                yield Text.assemble(
                    before, piece, " " * (width - cell_len(piece)), style="markdown.code_block", no_wrap=True
                )


class _NoteMarkdown(Markdown):
    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "table_open": _Table,
        "paragraph_open": _Paragraph,
        "fence": _Code,
        "code_block": _Code,
    }


def note_lines(
    widget: Widget, markdown: str, width: int, *, most: int = MOST_CHARACTERS, links: str = ""
) -> Lines:
    """Return Markdown in the colours of the theme, a list of segments a line.

    Args:
        widget: any widget of the program.
        markdown: any text; what a terminal acts upon is left out.
        width: cells of a line.
        most: characters of it that are set.
        links: what is told in the style of a link's words, with where it leads; empty where none is live, and
            the address stands beside the words.
    """
    text, width = clean(markdown).strip("\n"), max(width, 1)
    if len(text) > most:
        text = f"{text[:most]}…\n\n*The rest is in the note: e opens it.*"
    console = Console(
        file=io.StringIO(), width=width, color_system="truecolor", force_terminal=True, theme=_theme(widget)
    )
    shown = copy(_nothing(with_addresses=bool(links)))
    shown.parsed = _parser(with_addresses=bool(links)).parse(_QUESTION.sub("  \n", text))
    lines = console.render_lines(shown, console.options.update(width=width), pad=False)
    if links:
        lines = [[_leading(segment, links) for segment in line] for line in lines]
    first = next((number for number, line in enumerate(lines) if _has_text(line)), 0)
    last = next((number for number, line in enumerate(reversed(lines)) if _has_text(line)), 0)
    return lines[first : len(lines) - last]


@cache
def _nothing(*, with_addresses: bool) -> _NoteMarkdown:
    """Return an empty text: Rich makes a parser for each, which takes longer than to set a few lines."""
    return _NoteMarkdown("", hyperlinks=with_addresses)


@cache
def _parser(*, with_addresses: bool) -> MarkdownIt:
    """Return a parser of what Rich knows; to one an address that stands in a text is a link."""
    return MarkdownIt("gfm-like") if with_addresses else MarkdownIt().enable(["strikethrough", "table"])


def _leading(segment: Segment, links: str) -> Segment:
    """Return a piece that tells where it leads, in place of a link that a terminal would follow by itself."""
    style = segment.style
    if style is None or not style.link:
        return segment
    return Segment(segment.text, style.update_link(None) + Style.from_meta({links: style.link}))


def light_lines(widget: Widget, markdown: str, width: int) -> Lines:
    """Return Markdown as it stands, headings and quotes in their colours: a tenth of the time of setting it.

    Args:
        widget: any widget of the program.
        markdown: any text; what a terminal acts upon is left out.
        width: cells of a line.
    """
    heading, quote, plain = ink(widget, "primary", bold=True), ink(widget, "quiet"), Style.null()
    lines: list[Sequence[Segment]] = []
    for line in clean(markdown[:MOST_LIGHT]).expandtabs(4).split("\n"):
        style = heading if line.startswith("#") else quote if line.startswith((">", "```", "~~~")) else plain
        pieces = wrap(line, width) if cell_len(line) > width else [line]
        lines += [[Segment(piece, style)] for piece in pieces]
    return lines


def words_lines(words: str, width: int, style: Style) -> Lines:
    """Return words of ours, or of an error, broken to a width."""
    return [[Segment(line, style)] for line in wrap(clean_line(words), width)]


def _has_text(line: Sequence[Segment]) -> bool:
    return any(segment.text.strip() for segment in line)


def _theme(widget: Widget) -> Theme:
    names = ("quiet", "primary", "accent", "foreground", "surface")
    quiet, accent, code, text, under = (rich_colour(widget.app.theme_variables[name]) for name in names)
    headings = {f"markdown.h{level}": f"bold {accent}" for level in range(1, 7)}
    return Theme(
        {
            **headings,
            "markdown.h1.border": quiet,
            "markdown.code": code,
            "markdown.code_block": f"{text} on {under}",
            "markdown.block_quote": quiet,
            "markdown.item.bullet": quiet,
            "markdown.item.number": quiet,
            "markdown.hr": quiet,
            "markdown.link": f"underline {accent}",
            "markdown.link_url": f"underline {accent}",
            "markdown.table.border": quiet,
            "markdown.table.header": "bold",
        }
    )

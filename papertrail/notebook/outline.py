"""The outline of a note: the one place that decides where its parts, headings, comments and text are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from papertrail.domain.plain_markdown import Block, plain_blocks
from papertrail.notebook.comments import know_comments, strip_comments
from papertrail.notebook.conflicts import conflict_marks
from papertrail.notebook.front_matter import split_front_matter

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token as ParsedToken

Token: TypeAlias = "Block | ParsedToken"
"""A block of Markdown: markdown-it's, or what stands for it where there was no need to parse."""
_UNCLOSED_COMMENT = re.compile(r"<!(?=--)(?!.*?-->)", re.DOTALL)


class Part(NamedTuple):
    """The lines from one level-1 or level-2 heading to the next; the first part has none.

    Attributes:
        level: 1 or 2, or 0 for what stands before the first heading.
        heading: its text as written, without comments.
        start: number of its first line, the heading's.
        inside: number of the first line after the heading.
        end: number of the line after its last.
        tokens: the blocks of the lines after the heading; their lines count as these do.
    """

    level: int
    heading: str
    start: int
    inside: int
    end: int
    tokens: Sequence[Token]


@dataclass(frozen=True, slots=True)
class Outline:
    """A note taken apart.

    Attributes:
        lines: those after the front matter; the marks of a merge conflict are blank.
        first: how many lines of the note stand before them.
        parts: one after the other, all lines.
        conflicts: numbers, from 1 for the note's first line, of the lines where merge conflicts begin.
        marks: numbers of the lines that are blank for being such marks.
    """

    lines: list[str]
    first: int
    parts: list[Part]
    conflicts: tuple[int, ...]
    marks: frozenset[int]


@cache
def _markdown() -> "MarkdownIt":
    """Return a parser of blocks only: nothing inside a line matters here, and that keeps it linear."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark")
    parser.core.ruler.enableOnly(["normalize", "block"])
    parser.block.ruler.disable(["reference"])  # `[1]: …` is something the reader wrote
    know_comments(parser)
    return parser


def newlines(text: str) -> str:
    """Return text with newlines as line ends, as Markdown reads it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def blocks(markdown: str) -> Sequence[Token]:
    """Return Markdown's blocks; what stands inside a line is not looked at."""
    plain = plain_blocks(markdown)
    return _markdown().parse(markdown) if plain is None else plain


def outline(text: str) -> Outline:
    """Return the outline of a note; any text is one."""
    text = newlines(text)
    begins, marks = conflict_marks(text.split("\n")) if "<<<<<<<" in text or ">>>>>>>" in text else ([], [])
    if marks:
        # Left in, the row of equal signs would make a heading of the words above it.
        readable = text.split("\n")
        for number in marks:
            readable[number] = ""
        text = "\n".join(readable)
    front_matter, body = split_front_matter(text)
    lines = body.split("\n")
    tokens = blocks(body)
    # A comment left open would hide every section below it: then its mark is text.
    opened = [
        t.map
        for t in tokens
        if t.map and t.type == "html_block" and _UNCLOSED_COMMENT.match(t.content.lstrip())
    ]
    if opened:
        readable = list(lines)
        for start, end in opened:
            readable[start:end] = [line.replace("<!--", "!--") for line in lines[start:end]]
        tokens = blocks("\n".join(readable))
    parts = list(_split(tokens, len(lines)))
    first = front_matter.count("\n")
    return Outline(
        lines,
        first,
        parts,
        tuple(number + 1 for number in begins),
        frozenset(number - first for number in marks),
    )


def _split(tokens: Sequence[Token], line_count: int) -> Iterator[Part]:
    """Yield the parts of a note; a heading inside a quote or a list begins none."""
    borders = [
        number
        for number, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0 and token.tag in {"h1", "h2"}
    ]
    level, heading, start, inside, first = 0, "", 0, 0, 0
    for border in (*borders, None):
        opening = None if border is None else tokens[border]
        at = line_count if opening is None or opening.map is None else opening.map[0]
        yield Part(level, heading, start, inside, at, tokens[first:border])
        if border is not None and opening is not None and opening.map is not None:
            level, heading = int(opening.tag[1]), strip_comments(tokens[border + 1].content).strip()
            start, inside, first = at, opening.map[1], border + 3

"""The outline of a note: its parts from one heading to the next, and Markdown's blocks in each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from papertrail.notebook.template import split_front_matter

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_UNCLOSED_COMMENT = re.compile(r"<!(?=--)(?!.*?-->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Part:
    """The lines from one level-1 or level-2 heading to the next; the first part has none.

    Attributes:
        level: 1 or 2, or 0 for what stands before the first heading.
        heading: its text as written.
        start: number of its first line, the heading's.
        inside: number of the first line after the heading.
        end: number of the line after its last.
        tokens: markdown-it's blocks of the lines after the heading.
    """

    level: int
    heading: str
    start: int
    inside: int
    end: int
    tokens: "Sequence[Token]"


@cache
def _markdown() -> "MarkdownIt":
    """Return a parser of blocks only: nothing inside a line matters here, and that keeps it linear."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark")
    parser.core.ruler.enableOnly(["normalize", "block"])
    parser.block.ruler.disable(["reference"])  # `[1]: …` is something the reader wrote
    return parser


def newlines(text: str) -> str:
    """Return text with newlines as line ends, as Markdown reads it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def blocks(markdown: str) -> "Sequence[Token]":
    """Return Markdown's blocks; what stands inside a line is not looked at."""
    return _markdown().parse(markdown)


def outline(text: str) -> tuple[list[str], list[Part]]:
    """Return the lines of a note after its front matter, and its parts."""
    lines = split_front_matter(newlines(text))[1].split("\n")
    tokens = blocks("\n".join(lines))
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
    return lines, list(_split(tokens, len(lines)))


def _split(tokens: "Sequence[Token]", line_count: int) -> Iterator[Part]:
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
            level, heading = int(opening.tag[1]), tokens[border + 1].content
            start, inside, first = at, opening.map[1], border + 3


def strip_comments(text: str) -> str:
    """Return Markdown without `<!-- … -->`; what is not closed, or stands in a code span, stays."""
    kept: list[str] = []
    position = ticks = 0
    while (start := text.find("<!--", position)) >= 0:
        ticks += text.count("`", position, start)
        if ticks % 2:
            kept.append(text[position : start + 4])
            position = start + 4
            continue
        closing = text.find("-->", start + 2)
        if closing < 0:
            break
        kept.append(text[position:start])
        position = closing + 3
    return "".join((*kept, text[position:]))

"""Markdown as plain text on one line, for where there is room for a line only."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from papertrail.domain.text import clean_line
from papertrail.notebook.outline import blocks

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LONGEST = 2000  # characters of a paragraph that are looked at: it is to fit on a line
_MARKS = re.compile(r"[\\`*_\[\]<>&!\r\0]")  # what can mean anything but itself within a line
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->")


@cache
def _inline() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark")


def plain_line(markdown: str) -> str:
    """Return the words of one paragraph without their marks.

    Examples:
        >>> plain_line("Share **the convolutions** with `RPN`,\\nsee [there](https://x.org)")
        'Share the convolutions with RPN, see there'
    """
    text = markdown[:_LONGEST]
    if not _MARKS.search(text):
        return clean_line(text)
    tokens = _inline().parseInline(text)
    return clean_line("".join(_texts(tokens[0].children or [])))


def _texts(tokens: "Sequence[Token]") -> Iterator[str]:
    for token in tokens:
        if token.type == "image":
            yield from _texts(token.children or [])
        elif token.type in {"softbreak", "hardbreak", "html_inline"}:
            yield " "
        else:
            yield token.content


def first_paragraph(markdown: str) -> str:
    """Return the first paragraph that holds any words as plain text on one line.

    Headings are passed over. Without a paragraph it is the first line of what there is instead: code, HTML.
    """
    in_heading = False
    for token in blocks(markdown):
        if token.type == "inline" and not in_heading and (line := plain_line(token.content)):
            return line
        in_heading = token.type == "heading_open"
    lines = (clean_line(_TAG.sub(" ", token.content[:_LONGEST])) for token in blocks(markdown))
    return next((line for line in lines if line), "")

"""The first sentence of the reader's Markdown as plain text, for where there is room for no more."""

import re
from typing import TYPE_CHECKING

from papertrail.domain.plain_markdown import Block, plain_blocks
from papertrail.domain.text import clean_line, shorten
from papertrail.export.own_words import as_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

_END = re.compile(r"[.!?][)\"'”’]*(?=\s)|[。！？][」』”’)）]*")
_NO_END = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|cf|al|Fig|Eq|Sec|No|approx)|\b[A-Z])\.\Z")
_MAY_BE_INLINE = re.compile(r"[\\`*_\[\]<>&!]|://")  # else a paragraph says what its letters are
LONGEST = 240  # characters of a sentence


def first_sentence(markdown: str) -> str:
    """Return the first sentence of the first paragraph, on one line; empty where there is no paragraph.

    Examples:
        >>> first_sentence("### A\\n\\nShare **the** map, at 0.2 s.\\nThen more.")
        'Share the map, at 0.2 s.'
    """
    if not markdown.strip():
        return ""
    in_heading = False
    plain = None if _MAY_BE_INLINE.search(markdown) else plain_blocks(markdown)
    for token in plain or as_tokens(markdown):
        line = clean_line(_text(token)) if token.type == "inline" else ""
        if line and not in_heading:
            return sentence_of(line)
        in_heading = token.type == "heading_open"
    return ""


def sentence_of(line: str) -> str:
    """Return the first sentence of a plain line, shortened if need be."""
    return shorten(_cut(line), LONGEST)


def _cut(line: str) -> str:
    for end in _END.finditer(line):
        if not _NO_END.search(line[: end.end()]):
            return line[: end.end()]
    return line


def _text(token: "Token | Block") -> str:
    return token.content if isinstance(token, Block) else "".join(_texts(token.children or []))


def _texts(tokens: "Sequence[Token]") -> "Iterator[str]":
    for token in tokens:
        if token.type == "image":
            yield from _texts(token.children or [])
        elif token.type in {"softbreak", "hardbreak", "html_inline"}:
            yield " "
        else:
            yield token.content

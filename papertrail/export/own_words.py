"""The reader's own Markdown as a part of another document: it stays what it is, and ends where it ends."""

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from papertrail.domain.plain_markdown import plain_blocks
from papertrail.domain.text import clean, clean_line
from papertrail.export.inert import inert

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# What begins HTML, but for addresses in angle brackets.
_HTML = re.compile(r"(?<!\\)<(?=[A-Za-z/!?])(?!(?:https?|mailto):[^\s<>]*>)")
_TICKS = re.compile(r"`+")
_MAY_REACH_ON = re.compile(r"<|```|~~~")
_MAY_BE_HEADING = re.compile(r"#|^[ >]*(?:=+|-+)[ \t]*$", re.MULTILINE)
_END = "the end"
_ROUNDS = 5  # taking HTML away can uncover what it hid


@cache
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark")


def own_words(markdown: str) -> str:
    """Return the reader's Markdown so that nothing of it reaches beyond its end.

    HTML is shown as text: a `<details>` or `<!--` left open would hide all that follows. So would code whose
    fence is not closed; it is closed. What a terminal acts upon is left out.
    """
    text = clean(markdown).strip("\n")
    if not _MAY_REACH_ON.search(text):
        return text
    for _ in range(_ROUNDS):
        tokens = as_tokens(f"{text}\n\n# {_END}")
        if not any(_is_html(token) for token in tokens):
            break
        text = _without_html(text, tokens)
    else:
        return "\n".join(inert(line) for line in text.split("\n"))
    if tokens[-1].type != "heading_close" or tokens[-2].content != _END:
        text = f"{text}\n{tokens[-1].markup}"
    return text


def as_tokens(markdown: str) -> "list[Token]":
    """Return what CommonMark makes of Markdown."""
    return _markdown().parse(markdown)


def own_line(markdown: str) -> str:
    """Return one line of the reader's Markdown for the middle of a line, where nothing begins a block."""
    return own_words(f"x {clean_line(markdown)}").removeprefix("x ")


def _is_html(token: "Token") -> bool:
    return token.type in {"html_block", "html_inline"} or any(map(_is_html, token.children or ()))


def _without_html(text: str, tokens: "list[Token]") -> str:
    """Return Markdown in which what begins HTML is escaped; code stays."""
    lines = text.split("\n")
    for token in tokens:
        if token.map and token.map[0] < len(lines) and token.type in {"inline", "html_block"}:
            start, end = token.map[0], min(token.map[1], len(lines))
            part = "\n".join(lines[start:end])
            lines[start:end] = _escaped_outside_code(part).split("\n")
    return "\n".join(lines)


def _escaped_outside_code(text: str) -> str:
    """Return the text of a paragraph with HTML escaped wherever it is not in a code span."""
    kept: list[str] = []
    position = 0
    while ticks := _TICKS.search(text, position):
        kept.append(_HTML.sub(r"\\<", text[position : ticks.start()]))
        closing = re.compile(rf"(?<!`){ticks[0]}(?!`)").search(text, ticks.end())
        position = closing.end() if closing else ticks.end()
        kept.append(text[ticks.start() : position])
    return "".join((*kept, _HTML.sub(r"\\<", text[position:])))


def replace_headings(markdown: str, heading: Callable[[int, str], str]) -> str:
    """Return Markdown with each heading of its own replaced, blank lines around it.

    Those in code, quotes and lists stay.

    Args:
        markdown: as it comes from `own_words`.
        heading: takes level and text of a heading, and returns what stands for it.
    """
    if not _MAY_BE_HEADING.search(markdown):
        return markdown
    lines = markdown.split("\n")
    tokens = plain_blocks(markdown) or as_tokens(markdown)
    for number in reversed(range(len(tokens))):
        token = tokens[number]
        if token.type == "heading_open" and token.level == 0 and token.map:
            start, end = token.map
            text = tokens[number + 1].content.replace("\n", " ")
            before = [""] if start and lines[start - 1].strip() else []
            after = [""] if end < len(lines) and lines[end].strip() else []
            lines[start:end] = [*before, heading(int(token.tag[1]), text), *after]
    return "\n".join(lines)


def lower_heading(level: int, text: str) -> str:
    """Return a heading moved below those of the document: these are of level 1 to 3."""
    return f"{'#' * min(max(level + 1, 4), 6)} {text}".rstrip()

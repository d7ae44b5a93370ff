"""The reader's own Markdown in a cell of a table, one line, in which lists and code stay readable."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from papertrail.export.own_words import as_tokens, own_words

if TYPE_CHECKING:
    from markdown_it.token import Token

LONGEST = 600  # characters of an answer in a cell; what is longer ends at a line, with a mark
_BREAK = "<br>"
_BAR = re.compile(r"(?<!\\)\|")
_HARD_BREAK = re.compile(r"(?:\\| {2,})\n")
_INDENT = "&nbsp;&nbsp;"  # a step of a list within a list


def table_cell(markdown: str) -> str:
    """Return Markdown on one line; what begins a line below another stands after a `<br>`.

    Of words that show nothing, as a rule across the page, `…` is left.
    """
    found: list[str] = []
    length = 0
    for line in _lines(as_tokens(own_words(markdown))):
        length += len(line)
        if found and length > LONGEST:
            found.append("…")
            break
        found.append(_BAR.sub(r"\|", line))
    return _BREAK.join(found) or ("…" if markdown.strip() else "")


def _lines(tokens: "list[Token]") -> Iterator[str]:
    """Yield the lines of blocks: of text each paragraph, of lists each item, of code each line."""
    lists: list[int | None] = []  # what the next item of each open list is numbered
    mark = ""
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            is_numbered = token.type == "ordered_list_open"
            lists.append(int(token.attrGet("start") or 1) if is_numbered else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            number = lists[-1]
            mark = "•" if number is None else f"{number}\\."
            lists[-1] = None if number is None else number + 1
        elif token.type == "inline" and token.content.strip():
            words = " ".join(_HARD_BREAK.sub(_BREAK, token.content).split())
            yield _within(f"{mark} {words}".strip(), lists)
            mark = ""
        elif token.type in ("fence", "code_block"):
            for code in token.content.rstrip("\n").split("\n"):
                yield _within(_code(code), lists) if code.strip() else ""


def _within(line: str, lists: list[int | None]) -> str:
    return _INDENT * max(len(lists) - 1, 0) + line


def _code(text: str) -> str:
    """Return a line of code as a span of code, whatever ticks are in it."""
    ticks = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    inner = text.rstrip()
    return f"{ticks} {inner} {ticks}" if "`" in inner else f"{ticks}{inner}{ticks}"

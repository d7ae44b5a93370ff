"""Where writing goes on in a section, so that the words are in it and neither in code nor in a heading."""

import re
from collections.abc import Sequence
from itertools import pairwise

from papertrail.notebook.comments import strip_comments
from papertrail.notebook.outline import Outline, Part

_ATX = re.compile(r" {0,3}#{1,6}(?:\s|$)")


def writing_place(whole: Outline, part: Part) -> tuple[int, str, str]:
    """Return the line at whose end writing goes on, and what must come before and after the words.

    That is below the heading and the comments that follow it: on a blank line, or in the paragraph there.

    Args:
        whole: the note.
        part: a section of it.
    """
    lines = whole.lines
    row = part.inside
    for token in part.tokens:
        if token.map and token.type == "html_block" and not strip_comments(token.content).strip():
            row = token.map[1]
        else:
            break
    row = min(row, part.end)
    if row < part.end and not lines[row].strip() and row not in whole.marks:
        return row, "", _gap(lines, row + 1)
    for before, token in pairwise(part.tokens):
        if token.type == "inline" and token.map and token.map[0] == row and before.type != "heading_open":
            has_comment = "<!--" in token.content or "%%" in token.content
            return token.map[1] - 1 if has_comment else row, "", ""
    return row - 1, "\n", _gap(lines, row)


def _gap(lines: Sequence[str], row: int) -> str:
    """Return what keeps a paragraph from running on into this line."""
    is_free = row >= len(lines) or not lines[row].strip() or _ATX.match(lines[row])
    return "" if is_free else "\n"

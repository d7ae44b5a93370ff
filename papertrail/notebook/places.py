"""Where writing goes on in a section, so that the words are in it and neither in code nor in a heading."""

import re
from collections.abc import Sequence

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
    paragraph = next((t for t in part.tokens if t.type == "inline" and t.map and t.map[0] == row), None)
    opening = next((t for t in part.tokens if t.map and t.map[0] == row), None)
    if paragraph is not None and paragraph.map and (opening is None or opening.type != "heading_open"):
        has_comment = "<!--" in paragraph.content or "%%" in paragraph.content
        return paragraph.map[1] - 1 if has_comment else row, "", ""
    return row - 1, "\n", _gap(lines, row)


def _gap(lines: Sequence[str], row: int) -> str:
    """Return what keeps a paragraph from running on into this line."""
    is_free = row >= len(lines) or not lines[row].strip() or _ATX.match(lines[row])
    return "" if is_free else "\n"

"""Where lines of text may end: at blanks, and between Chinese and Japanese characters, which have none."""

import re
from collections.abc import Iterator

from rich.cells import cell_len, chop_cells
from rich.text import Text

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_OPENS = "（「『《〈【〔［｛“‘"
_MARKS = "\u0300-\u036f\u3099\u309a\ufe00-\ufe0f"  # on the character before
_CLOSES = f"、。，．：；？！）」』》〉】〕］｝”’{_MARKS}"
_UNIT = re.compile(rf"[{_OPENS}]*(?:[{_WIDE}]|[^\s{_WIDE}]+)[{_CLOSES}]*\s*|\s+")
_ANY = re.compile(f"[{_WIDE}]")


def has_wide(text: str) -> bool:
    """Tell whether lines of a text may end elsewhere than at blanks."""
    return _ANY.search(text) is not None


def line_breaks(line: str, width: int) -> Iterator[int]:
    """Yield where further lines of at most `width` cells begin; no mark that closes begins one."""
    used = 0
    for unit in _UNIT.finditer(line):
        start, words = unit.start(), unit[0].rstrip()
        if used and used + cell_len(words) > width:
            yield start
            used = 0
        pieces = chop_cells(words, width) if cell_len(words) > width else [words]
        for piece in pieces[:-1]:
            start += len(piece)
            yield start
        used += cell_len(pieces[-1]) + len(unit[0]) - len(words)


def broken(text: Text, width: int) -> Text:
    """Return a text whose lines take at most `width` cells, unchanged where it has no such characters."""
    if not has_wide(text.plain):
        return text
    lines = [
        part
        for line in text.split("\n", allow_blank=True)
        for part in line.divide(list(line_breaks(line.plain, max(width, 2))))
    ]
    for line in lines:
        line.rstrip()
    return Text("\n", justify=text.justify, end=text.end).join(lines)

"""How wide a text may become on a page, whatever font the viewer has: never less than it takes."""

import unicodedata
from functools import lru_cache

from papertrail.domain.lineages.map.cells import pieces_of
from papertrail.domain.text import clean_line

# Hundredths of an em for the signs from blank to tilde: the widest of DejaVu Sans and Liberation Sans, whose
# measures Helvetica and Arial have; the fonts of the usual systems are narrower.
_REGULAR = (
    32, 41, 48, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 62, 102, 73, 73, 73, 78, 67, 62, 78, 76, 30, 56, 73, 62, 87, 75, 79,
    67, 79, 73, 67, 62, 74, 69, 99, 69, 67, 69, 40, 34, 40, 84, 56, 50, 62, 64, 56, 64, 62, 36, 64,
    64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 56, 40, 64, 60, 82, 60, 60, 54, 64, 34, 64, 84,
)  # fmt: skip
_BOLD = (
    35, 46, 53, 84, 70, 101, 88, 31, 46, 46, 53, 84, 38, 42, 38, 37, 70, 70, 70, 70, 70, 70, 70, 70,
    70, 70, 40, 40, 84, 84, 84, 62, 102, 78, 77, 74, 84, 69, 69, 83, 84, 38, 56, 78, 64, 100, 84, 86,
    74, 86, 78, 73, 69, 82, 78, 111, 78, 73, 73, 46, 37, 46, 84, 56, 50, 68, 72, 60, 72, 68, 44, 72,
    72, 35, 35, 67, 35, 105, 72, 69, 72, 72, 50, 60, 48, 72, 66, 93, 65, 66, 60, 72, 37, 72, 84,
)  # fmt: skip
_GREEK_CYRILLIC, _PICTOGRAM, _UNKNOWN = 1.16, 1.4, 1.6  # em


@lru_cache(maxsize=5_000)  # titles have many words in common
def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return how many pixels a text of this size takes at most."""
    table = _BOLD if bold else _REGULAR
    return size * sum(_width(sign, table) for sign in text) / 100


def _width(sign: str, table: tuple[int, ...]) -> float:
    """Return the hundredths of an em that a character takes at most."""
    code = ord(sign)
    if 32 <= code < 127:
        return table[code - 32]
    category = unicodedata.category(sign)
    if category in ("Mn", "Me") or category.startswith("C"):
        return 0
    if unicodedata.east_asian_width(sign) in "WF":
        return 100 * (_PICTOGRAM if category == "So" else 1)
    base = unicodedata.normalize("NFD", sign)[0]
    if base.isascii() and base != sign:
        return table[ord(base) - 32]
    if category in ("Pd", "Po", "Pi", "Pf"):
        return 100
    return 100 * (_GREEK_CYRILLIC if 0x370 <= code < 0x460 else _UNKNOWN)


def wrapped(text: str, room: float, size: float, most: int, *, bold: bool = False) -> tuple[str, ...]:
    """Return a text in lines that fit, at most so many; the last ends with an ellipsis where it was cut.

    Args:
        text: any; it is cleaned and put on one line first.
        room: pixels.
        size: of the letters, in pixels.
        most: lines.
        bold: whether the letters are.
    """
    lines: list[str] = []
    line, taken = "", 0.0
    for piece in pieces_of(unicodedata.normalize("NFC", clean_line(text))):
        wide = width_of(piece, size, bold=bold)
        if line and taken + width_of(piece.rstrip(), size, bold=bold) > room:
            lines.append(line.rstrip())
            line, taken = "", 0.0
            if len(lines) > most:
                break
        if wide <= room:
            line, taken = line + piece, taken + wide
            continue
        for sign in piece:  # a word longer than a line
            wide = width_of(sign, size, bold=bold)
            if line and taken + wide > room:
                lines.append(line)
                line, taken = "", 0.0
                if len(lines) > most:
                    break
            line, taken = line + sign, taken + wide
    lines = [*lines, line.rstrip()] if line.strip() else lines
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(lines[most - 1], room, size, bold)]
    return tuple(lines)


def _cut(line: str, room: float, size: float, bold: bool) -> str:
    """Return the beginning of a line that fits with an ellipsis after it."""
    while line and width_of(line + "…", size, bold=bold) > room:
        words, blank, _ = line.rpartition(" ")
        line = words if blank else line[:-1]
    return line.rstrip(" .,:;") + "…"

"""Text measured in terminal cells: CJK letters are two wide, accents none."""

import unicodedata

_WIDE = frozenset("WF")
_NO_WIDTH = frozenset(("Mn", "Me", "Cf"))


def width(text: str) -> int:
    """Return how many terminal cells `text` takes."""
    return len(text) if text.isascii() else sum(map(_width_of, text))


def _width_of(character: str) -> int:
    if unicodedata.category(character) in _NO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def pad(text: str, cells: int) -> str:
    """Return `text` with blanks after it, at least `cells` wide."""
    return text + " " * (cells - width(text))


def fit(text: str, cells: int) -> str:
    """Return `text` in at most `cells` cells, an ellipsis at its end when something was cut."""
    if width(text) <= cells:
        return text
    kept, used = 0, 1
    for character in text:
        used += _width_of(character)
        if used > cells:
            break
        kept += 1
    return text[:kept].rstrip() + "…" if cells > 0 else ""


def wrap(text: str, cells: int) -> list[str]:
    """Break `text` into lines of at most `cells` cells, at blanks where there are any."""
    lines: list[str] = []
    line, used = "", 0
    for word in text.split():
        for piece in _pieces(word, cells):
            piece_width = width(piece)
            if line and used + 1 + piece_width > cells:
                lines.append(line)
                line, used = "", 0
            line = f"{line} {piece}" if line else piece
            used += piece_width + (1 if used else 0)
    return [*lines, line] if line else lines


def _pieces(word: str, cells: int) -> list[str]:
    """Cut a word that is wider than a whole line."""
    if width(word) <= cells:
        return [word]
    pieces, piece, used = [], "", 0
    for character in word:
        wide = _width_of(character)
        if piece and used + wide > cells:
            pieces.append(piece)
            piece, used = "", 0
        piece += character
        used += wide
    return [*pieces, piece]


def bar(counted: int, read: int, total: int, cells: int = 20) -> str:
    """Draw how much of `total` is counted (full) and read without counting (half-tone)."""
    if total <= 0:
        return "░" * cells
    full = min(counted, total) * cells // total
    half = max(min(read, total) * cells // total - full, 0)
    return "█" * full + "▒" * half + "░" * (cells - full - half)

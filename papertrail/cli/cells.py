"""Text measured in terminal cells: CJK letters are two wide, accents none."""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from papertrail.domain.paper import EXPLAINED

_WIDE = frozenset("WF")
_NEVER_FIRST = frozenset("。，、；：？！）》」』】〉〕…—～·.,;:?!)]}%ー々")
_NEVER_LAST = frozenset("（《「『【〈〔([{")
_NO_WIDTH = frozenset(("Mn", "Me", "Cf"))


def width(text: str) -> int:
    """Return how many terminal cells `text` takes."""
    return len(text) if text.isascii() else sum(map(_width_of, text))


@lru_cache(4096)  # tables are full of the same few signs
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
    """Break `text` into lines of at most `cells` cells: at blanks, and between CJK letters."""
    lines: list[str] = []
    line, used = "", 0
    for blank, word in _words(text):
        for number, piece in enumerate(_pieces(word, cells)):
            wide, between = width(piece), 1 if blank and line and not number else 0
            if line and used + between + wide > cells:
                lines.append(line)
                line, used, between = "", 0, 0
            line += " " * between + piece
            used += between + wide
    return [*lines, line] if line else lines


def join(lines: Iterable[str]) -> str:
    """Return lines of one paragraph as one line; between two CJK letters no blank comes in."""
    joined = ""
    for line in lines:
        between = "" if not joined or (_is_wide(joined[-1]) and _is_wide(line[:1])) else " "
        joined += between + line
    return joined


def _is_wide(character: str) -> bool:
    return bool(character) and not character.isascii() and _width_of(character) == 2


def _words(text: str) -> Iterator[tuple[bool, str]]:
    """Yield what may not be broken, and whether a blank goes before it."""
    for word in text.split():
        if word.isascii():
            yield True, word
            continue
        blank, start = True, 0
        for at in range(1, len(word)):
            may_break = (_is_wide(word[at]) or _is_wide(word[at - 1])) and _width_of(word[at])
            if may_break and word[at] not in _NEVER_FIRST and word[at - 1] not in _NEVER_LAST:
                yield blank, word[start:at]
                blank, start = False, at
        yield blank, word[start:]


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


def bar(counted: int, read: int, total: int, cells: int = 20, *, explained: int = 0) -> str:
    """Draw how much of `total` can be explained, is counted (full) and read without counting (half-tone)."""
    if total <= 0:
        return "░" * cells
    full = min(counted, total) * cells // total
    half = max(min(read, total) * cells // total - full, 0)
    best = min(max(explained * cells // total, 1), full) if explained else 0
    return EXPLAINED * best + "█" * (full - best) + "▒" * half + "░" * (cells - full - half)

"""The words that texts are searched by: what an index of them has to hold."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from papertrail.domain.text import fold

# Kana, ideographs, Hangul: written without blanks, or with word endings joined on.
_CJK = (
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
FEWEST_LETTERS = 3
MOST_LETTERS = 60
_ASCII_WORD = re.compile("[a-z0-9]+|[+#]")
# What `fold` and the pattern of words make of ASCII: small letters, blanks for what parts, no controls.
_KEPT = {sign for sign in range(128) if chr(sign).isalnum() or chr(sign) in "+#"}
_FOLDED = bytes(ord(chr(sign).lower()) if sign in _KEPT else ord(" ") for sign in range(256))
_TAKEN_OUT = bytes(sign for sign in (*range(32), 127) if chr(sign) not in "\t\n\r")
_MOST_KEPT = 1 << 13


def words(text: str) -> list[str]:
    """Return the words of a text in order, folded; each sign of Chinese, Japanese and Korean is one.

    So are `+` and `#`, for the sake of `C++` and `C#`. All other signs part words and are not in them.

    Examples:
        >>> words("Naïve R-CNN 残差 in C++")
        ['naive', 'r', 'cnn', '残', '差', 'in', 'c', '+', '+']
    """
    if text.isascii():  # most are: an eighth of the time of what any text needs
        flat = text.encode("ascii").translate(_FOLDED, _TAKEN_OUT).decode("ascii")
        return flat.replace("+", " + ").replace("#", " # ").split()
    folded = fold(text)
    if not folded.isascii():
        folded = unicodedata.normalize("NFC", folded)  # folding takes Hangul apart
    return pattern(folded).findall(folded)


def pattern(folded: str) -> re.Pattern[str]:
    """Return what the words of a folded text match."""
    return _ASCII_WORD if folded.isascii() else _any_word()


def tails(text: str) -> list[str]:
    """Return what the words of a folded text end with, each once: where a part of a word can begin.

    A part has `FEWEST_LETTERS` at least, and is sought in the first `MOST_LETTERS` of a word.

    Examples:
        >>> tails("resnet of")
        ['esnet', 'net', 'snet']
    """
    return sorted(set().union(*map(_tails_of, words(text))))


@lru_cache(_MOST_KEPT)
def _tails_of(word: str) -> tuple[str, ...]:
    """Return what a word ends with; the words of titles and the names come again and again."""
    known = word[:MOST_LETTERS]
    return tuple(known[start:] for start in range(1, len(known) - FEWEST_LETTERS + 1))


def has_word(text: str) -> bool:
    """Return whether there is any word in a text, without looking for where it ends."""
    return any(sign.isalnum() or sign in "+#" for sign in fold(text))


def stand_in(wanted: Sequence[str], there: Sequence[str], *, whole: bool) -> bool:
    """Return whether words stand in a text's words, one after another; unless `whole`, the last may go on."""
    if not wanted:
        return False
    *first, last = wanted
    for place in range(len(there) - len(first)):
        end = place + len(first)
        if (there[end] == last if whole else there[end].startswith(last)) and there[place:end] == first:
            return True
    return False


@cache
def _any_word() -> re.Pattern[str]:
    """Return the pattern of words in any script: it takes 6 ms to compile, and most texts do not need it."""
    return re.compile(rf"(?!\W)[{_CJK}]|[+#]|[^\W_{_CJK}]+")

"""The name that a paper goes by: `R-CNN`, where its key is `rcnn` and its title fills a line."""

import re
from collections.abc import Iterable
from functools import lru_cache

from papertrail.domain.text import clean_line

_LONGEST = 40  # characters of a title that is a name
_FEWEST = 3  # letters of a name made of initials
_WORD = re.compile(r"[^\W\d_]+")
_REMEMBERED = 20_000  # texts: notes and titles are looked through for the names of several papers
_NAMES = 1_000  # keys that are looked for in several texts, one after the other
# What may stand between the letters of a name, and the letters that are one without their case; of the Kelvin
# sign `lower` knows that.
_JOINED = str.maketrans({" ": None, "-": None, "İ": "i", "ı": "i", "ſ": "s"})


def ordinary_name(key: str, title: str, texts: Iterable[str]) -> str:
    """Return the name of a paper as one says it; data.

    It is how texts write the letters of its key, with a capital somewhere: `Faster R-CNN` in the title,
    `SPPnet` in a note of it or of what builds on it, `VGG` in `VGG16`. Else `OHEM`, where the words of the
    title begin so, a short title, or what stands before its colon, or the key.

    Args:
        key: of the paper.
        title: any text.
        texts: where the name may stand, the likeliest first.
    """
    letters = key.replace("-", "")
    for text in (title, *texts):
        if letters in _letters(text) and (said := name_said(key, text)):
            return said
    line = clean_line(title)
    if _are_initials(key, line):
        return key.upper()
    for part in (line.partition(":")[0].strip(), line):
        if part and len(part) <= _LONGEST:
            return part
    return key


def _are_initials(key: str, title: str) -> bool:
    """Tell whether words of a title, one after the other, begin with the letters of a key."""
    if len(key) < _FEWEST or not key.isalpha():
        return False
    return key in "".join(word[0] for word in _WORD.findall(title)).lower()


def name_said(key: str, text: str) -> str:
    """Return how a text writes the letters of a key, with a capital somewhere; empty where it does not."""
    if not may_name(text, key):  # most times, and making an expression of a key takes long
        return ""
    found = (one[0] for one in _written(key.replace("-", "")).finditer(text))
    return next((one for one in found if any(sign.isupper() for sign in one)), "")


def may_name(text: str, key: str) -> bool:
    """Tell whether the letters of a key stand in a text, one after the other; else no name does."""
    return key.replace("-", "") in _letters(text)


def may_be_named(text: str, keys: Iterable[str]) -> set[str]:
    """Return the keys of which `may_name` is true."""
    letters = _letters(text)
    return {key for key in keys if key.replace("-", "") in letters}


@lru_cache(maxsize=_REMEMBERED)
def _letters(text: str) -> str:
    """Return a text in small letters with nothing between words."""
    if text.isascii():
        return text.replace(" ", "").replace("-", "").lower()
    return text.translate(_JOINED).lower()


@lru_cache(maxsize=_NAMES)
def _written(letters: str) -> re.Pattern[str]:
    """Return what finds letters as a name: of any case, blanks or hyphens between them."""
    return re.compile(rf"(?<![\w-]){'[ -]?'.join(map(re.escape, letters))}(?!-|[^\W\d])", re.IGNORECASE)

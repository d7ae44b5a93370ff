"""Cells of CSV that a spreadsheet would take for formulas, which run programs and send other cells away."""

import re
from unicodedata import normalize

_MARK = "'"
_SIGNS = frozenset("=+-@")
# What may stand before the sign and is not seen, or is taken off by a program that reads the cell: blanks of
# any width, line ends, and what cleaning leaves of signs without a shape.
_UNSEEN = re.compile(
    "[\\s\x00-\x20\x7f-\xa0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e01ef]*"
)
_CUT = "\t\r\n"


def defused(text: str) -> str:
    """Return a cell that is text to a spreadsheet: before what may be a formula stands an apostrophe.

    The signs of formulas count in every width, behind blanks, line ends and what is not seen as well, and so
    does a tab or line end at the beginning. `as_meant` takes the apostrophe off.
    """
    return f"{_MARK}{text}" if _is_formula(text.lstrip(_MARK)) else text


def as_meant(text: str) -> str:
    """Return the text of a cell as it was before `defused`."""
    return text[1:] if text.startswith(_MARK) and _is_formula(text.lstrip(_MARK)) else text


def _is_formula(text: str) -> bool:
    unseen = _UNSEEN.match(text)
    assert unseen is not None
    sign = text[unseen.end() : unseen.end() + 1]
    return text.startswith(tuple(_CUT)) or (bool(sign) and normalize("NFKC", sign)[:1] in _SIGNS)

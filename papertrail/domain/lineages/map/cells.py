"""Text measured in terminal cells: CJK letters are two wide, accents none; disputed ones are left out."""

import re
import unicodedata

from papertrail.domain.text import clean_line

# Half-built Hangul, signs that became wide lately, variation selectors and shades of skin: terminals disagree
# on how many cells these take, and one wrong cell tears every line to the right of it.
_DISPUTED = re.compile(
    "[\u1160-\u11ff\u2630-\u2637\u268a-\u268f\u3164\u4dc0-\u4dff\ud7b0-\ud7fb\ufe00-\ufe0f\uffa0"
    "\U0001d300-\U0001d376\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef]"
)


def cells_of(text: str) -> list[str]:
    """Return the letter in each cell of `text`, accents with it; "" is the second cell of a wide letter.

    Examples:
        >>> cells_of("é残")
        ['é', '残', '']
    """
    if text.isascii():
        return list(text)
    cells: list[str] = []
    for character in text:
        category = unicodedata.category(character)
        if category in ("Mn", "Me"):
            if cells:
                cells[-1 if cells[-1] else -2] += character
        elif category != "Mc" and not category.startswith("C"):
            cells.append(character)
            if unicodedata.east_asian_width(character) in "WF":
                cells.append("")
    return cells


def label(text: str, room: int) -> str:
    """Return `text` as one clean line of at most `room` cells, an ellipsis at its end when it was cut."""
    text = clean_line(text)
    if not text.isascii():
        text = _DISPUTED.sub("", unicodedata.normalize("NFC", text)).strip()
    cells = cells_of(text)
    if len(cells) > room:
        end = max(room - 1, 0)
        if not cells[end]:
            end -= 1
        cells = cells[: max(end, 0)]
        while cells and cells[-1] == " ":
            cells.pop()
        cells.append("…")
    return "".join(cells) if room > 0 else ""


def width_of(text: str) -> int:
    """Return how many cells `text` takes."""
    return len(cells_of(text))

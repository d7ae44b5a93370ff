"""Text measured in terminal cells: CJK letters are two wide, accents none; disputed ones are left out."""

import re
import unicodedata
from collections.abc import Iterator

from papertrail.domain.text import clean_line

# Half-built Hangul, signs that became wide lately, variation selectors and shades of skin: terminals disagree
# on how many cells these take, and one wrong cell tears every line to the right of it.
_DISPUTED = re.compile(
    "[\u1160-\u11ff\u2630-\u2637\u268a-\u268f\u3164\u4dc0-\u4dff\ud7b0-\ud7fb\ufe00-\ufe0f\uffa0"
    "\U0001d300-\U0001d376\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef]"
)
_CLOSING = frozenset("、。，．！？：；）」』】》’”)]}!?,.:;")


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


def wrapped(text: str, room: int, most: int) -> tuple[str, ...]:
    """Return a clean line of text in lines of at most `room` cells, none of them much shorter than others.

    Args:
        text: as `label` returns it.
        room: cells.
        most: lines; the last ends with an ellipsis where the text was cut.

    Examples:
        >>> wrapped("shares the features of all boxes", 20, 3)
        ('shares the features', 'of all boxes')
    """
    lines = _broken(text, room, most)
    if len(lines) > most:
        return (*lines[: most - 1], label(f"{lines[most - 1]} {lines[most]}", room))
    if len(lines) > 1:
        for narrower in range(-(-width_of(text) // len(lines)), room):
            if len(even := _broken(text, narrower, len(lines))) <= len(lines):
                return tuple(even)
    return tuple(lines)


def _broken(text: str, room: int, most: int) -> list[str]:
    """Return a text in lines, no more of them than one above `most`."""
    lines: list[str] = []
    line, taken = "", 0
    for whole in pieces_of(text):
        piece = whole
        if not width_of(line.rstrip()):  # signs that take no room: the next line begins with them
            line, taken = line.rstrip(), 0
        elif taken + width_of(piece.rstrip()) > room:
            lines.append(line.rstrip())
            line, taken = "", 0
        while width_of(piece.rstrip()) > room and len(lines) <= most:  # a word longer than a line
            cells = cells_of(piece)
            end = room if cells[room] else room - 1
            if end <= 0:
                return [*lines, label(piece, room)]
            if begun := "".join(cells[:end]).rstrip():
                lines.append(begun)
            piece = "".join(cells[end:]).lstrip()
        if len(lines) > most:
            return lines
        line, taken = line + piece, taken + width_of(piece)
    last = line.rstrip()
    if lines and not width_of(last):
        return [*lines[:-1], lines[-1] + last]
    return [*lines, last] if last else lines


def pieces_of(text: str) -> Iterator[str]:
    """Yield what lines may be broken between: words with the blank after them, ideographs one by one."""
    piece = ""
    for sign in text:
        is_wide = ord(sign) > 0x2E7F and unicodedata.east_asian_width(sign) in "WF"
        before_is_wide = bool(piece) and ord(piece[-1]) > 0x2E7F
        if piece and sign not in _CLOSING and (piece[-1] == " " or is_wide or before_is_wide):
            if unicodedata.combining(sign):
                piece += sign
                continue
            yield piece
            piece = ""
        piece += sign
    if piece:
        yield piece

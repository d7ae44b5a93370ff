"""What is written in the card of a paper and beside its lines, and how large that makes them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from papertrail.domain.lineages.map.contents import is_framed
from papertrail.domain.lineages.map.parts import Link
from papertrail.domain.lineages.mapped import MapPaper
from papertrail.domain.lineages.picture.metrics import width_of, wrapped
from papertrail.domain.lineages.picture.parts import Card, Note, Rect, Type, Words
from papertrail.domain.text import clean_line

WIDTH = 192
"""Pixels of a card that nothing makes wider."""
_WIDEST = 288
_PAD, _TOP = 12, 11
_SIGN, _MARK = 15, 17  # pixels that the signs of a paper take
_HEAD, _LINE = 18, 15
_NARROWEST_NOTE, _WIDEST_NOTE = 120, 244
_NOTE_LINE = 15
_MOST_NOTE, _MOST_NAME, _ALL = 14, 2, 1_000  # lines
_HOMELESS = "in no lineage"


def width_of_card(paper: MapPaper, *, signed: bool) -> float:
    """Return how many pixels the card of a paper wants, `signed` if it shows how far one is with it."""
    key = width_of(_key(paper), Type.KEY.size, bold=True)
    return min(max(WIDTH, _beside_key(paper, signed) + key), _WIDEST)


def _key(paper: MapPaper) -> str:
    """Return the name of a paper, unless no card has room for it, as for many a title; else its key."""
    name = clean_line(paper.name)
    fits = _beside_key(paper, signed=True) + width_of(name, Type.KEY.size, bold=True) <= _WIDEST
    return name if name and fits else clean_line(paper.key)


def _signs(paper: MapPaper, signed: bool) -> int:
    """Return what the signs of a paper take, with the blank after them."""
    return _SIGN + (_MARK if paper.mark else 0) + 6 if signed else 0


def _beside_key(paper: MapPaper, signed: bool) -> float:
    """Return what padding, signs and year take."""
    year = width_of(str(paper.year), Type.YEAR.size) + 10 if paper.year else 0
    return 2 * _PAD + _signs(paper, signed) + year


class CardText(NamedTuple):
    """What stands below the key of a paper, in lines."""

    type: Type
    lines: tuple[str, ...]

    @property
    def height(self) -> int:
        """How many pixels a card takes for it."""
        return 2 * _TOP + _HEAD + (_LINE * len(self.lines) + 3 if self.lines else 0)


def text_of(paper: MapPaper, width: float) -> CardText:
    """Return what the title adds to the name, or of which lineage the paper is, in a card so wide."""
    if is_framed(paper):
        name, title = _key(paper), clean_line(paper.title)
        kind, told = Type.NAME, "" if title == name else title.removeprefix(f"{name}: ")
    else:
        kind, told = Type.BESIDE, clean_line(paper.lineage or "") or _HOMELESS
    return CardText(kind, wrapped(told, width - 2 * _PAD, kind.size, _MOST_NAME))


def card_of(paper: MapPaper, rect: Rect, text: CardText, tip: Sequence[str], *, signed: bool) -> Card:
    """Return a card that stands somewhere, what it says in the middle of its height."""
    y = rect.y + (rect.height - text.height) / 2 + _TOP
    baseline = y + _HEAD - 5
    left = rect.x + _PAD
    at = left + _signs(paper, signed)
    room = rect.width - _beside_key(paper, signed)
    words = []
    key = wrapped(_key(paper), room, Type.KEY.size, 1, bold=True)
    words += [Words(Type.KEY, at, baseline, line, width_of(line, Type.KEY.size, bold=True)) for line in key]
    if paper.year:
        wide = width_of(str(paper.year), Type.YEAR.size)
        words.append(Words(Type.YEAR, rect.right - _PAD - wide, baseline, str(paper.year), wide, True))
    for number, line in enumerate(text.lines):
        below = y + _HEAD + 3 + _LINE * (number + 1) - 4
        words.append(Words(text.type, left, below, line, width_of(line, text.type.size)))
    sign = left + _SIGN / 2 - 1, baseline - 4.5
    mark = sign[0] + _MARK, sign[1]
    return Card(paper, rect, sign, mark, tuple(words), tuple(tip), signed)


class NoteText(NamedTuple):
    """What a paper changed of another one, in lines; `width` is what they take at most."""

    whole: str
    lines: tuple[str, ...]
    width: float

    @property
    def height(self) -> int:
        """How many pixels the lines take."""
        return _NOTE_LINE * len(self.lines)

    def placed(self, link: Link, x: float, bottom: float) -> Note:
        """Return it with its left end and its lower end somewhere."""
        return Note(link, tuple(self._words(x, bottom)), self.whole)

    def _words(self, x: float, bottom: float) -> Iterator[Words]:
        first = bottom - 4 - _NOTE_LINE * (len(self.lines) - 1)
        for number, line in enumerate(self.lines):
            y = first + _NOTE_LINE * number
            yield Words(Type.NOTE, x, y, line, width_of(line, Type.NOTE.size))


def note_of(told: str) -> NoteText | None:
    """Return what is told of a link in a block of four lines or more; None without words."""
    whole = clean_line(told)
    size = Type.NOTE.size
    room = min(max(_NARROWEST_NOTE, width_of(whole, size) / 4), _WIDEST_NOTE)
    count = len(wrapped(whole, room, size, _ALL))
    while room > _NARROWEST_NOTE and len(wrapped(whole, room - 8, size, _ALL)) == count:
        room -= 8  # as narrow as so many lines allow
    lines = wrapped(whole, room, size, _MOST_NOTE)
    return NoteText(whole, lines, max(width_of(line, size) for line in lines)) if lines else None

"""What the signs of a picture mean: only those that stand in it, in lines at its foot."""

from collections.abc import Iterator, Sequence

from papertrail.domain.lineages.map.contents import is_framed
from papertrail.domain.lineages.picture.metrics import width_of
from papertrail.domain.lineages.picture.parts import Arrow, Card, Entry, Type, Words
from papertrail.domain.paper import EXPLAINED, MISSING, Status

_SIGN, _APART, _LINE = 24, 20, 24  # pixels: a sign with the blank after it, between entries, a line
_MARKS = {"✓": "counted", EXPLAINED: "can be explained", "✎": "note owed", MISSING: "note missing"}


def legend_of(
    cards: Sequence[Card],
    arrows: Sequence[Arrow],
    *,
    branches: bool,
    crossings: bool,
    x: float,
    y: float,
    room: float,
) -> list[Entry]:
    """Return the legend in lines no wider than `room`, the first of them at height `y`."""
    entries = []
    at = x
    for sign, told in _wanted(cards, arrows, branches, crossings):
        wide = width_of(told, Type.LEGEND.size)
        if at > x and at + _SIGN + wide > x + room:
            at, y = x, y + _LINE
        words = Words(Type.LEGEND, at + _SIGN, y + 4, told, wide)
        entries.append(Entry(sign, (at + 8, y), words))
        at += _SIGN + wide + _APART
    return entries


def _wanted(
    cards: Sequence[Card], arrows: Sequence[Arrow], branches: bool, crossings: bool
) -> Iterator[tuple[str, str]]:
    statuses = {card.paper.status for card in cards if card.signed}
    marks = {card.paper.mark for card in cards if card.signed}
    yield from ((status.value, status.value) for status in Status if status in statuses)
    yield from ((mark, told) for mark, told in _MARKS.items() if mark in marks)
    if any(not is_framed(card.paper) for card in cards):
        yield "beside", "of another lineage"
    if any(not arrow.hollow for arrow in arrows):
        yield "arrow", "leads to what builds on it"
    if any(arrow.hollow for arrow in arrows):
        yield "hollow", "read, what it builds on is not"
    if branches:
        yield "dot", "branch"
    if crossings:
        yield "hop", "crossing"

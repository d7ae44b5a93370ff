"""How lines get from row to row: each on a track of its own in the channel between.

Channel routing after Hashimoto and Stevens (1971) with the vertical constraints of Deutsch (1976): where one
line comes from above in a column in which another goes down, the first must turn off higher up. Lines that
wait for each other in a circle are broken by a dogleg.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(slots=True)
class Wire:
    """The part of one paper's line that lies in one channel.

    Attributes:
        top: the column where it comes in from above.
        bottoms: the columns where it goes out below, rising.
        bends: after routing, its tracks from above, each with the column where it leaves it; on the last it
            branches to all of `bottoms`, the column given is only the first. Empty for a straight line.
    """

    top: int
    bottoms: Sequence[int]
    bends: list[tuple[int, int]]


@dataclass(slots=True)
class _Piece:
    """One horizontal line, and what hangs on it."""

    wire: Wire
    top: int
    bottoms: Sequence[int]
    low: int
    high: int
    above: set[int]
    track: int = 0


_Table: TypeAlias = Sequence[Sequence[int]]


def route_channel(wires: Sequence[Wire]) -> int:
    """Give every wire of a channel its tracks, counted from 0; return how many there are.

    Args:
        wires: no two share a `top`, none shares a column of `bottoms`.
    """
    pieces = [_piece(wire, wire.top, wire.bottoms) for wire in wires if _turns(wire)]
    if not pieces:
        return 0
    _break_circles(pieces, {x for wire in wires for x in (wire.top, *wire.bottoms)})
    order = _order(pieces)
    _assign_tracks(pieces, order)
    for piece in sorted(pieces, key=lambda piece: piece.track):
        piece.wire.bends.append((piece.track, piece.bottoms[0]))
    return 1 + max(piece.track for piece in pieces)


def _turns(wire: Wire) -> bool:
    return any(x != wire.top for x in wire.bottoms)


def _piece(wire: Wire, top: int, bottoms: Sequence[int]) -> _Piece:
    return _Piece(wire, top, bottoms, min(top, *bottoms), max(top, *bottoms), set())


def _constrain(pieces: Sequence[_Piece]) -> None:
    """Note for each piece those that must be on higher tracks, by number."""
    owner = {piece.top: number for number, piece in enumerate(pieces)}
    for piece in pieces:
        piece.above = set()
    for number, piece in enumerate(pieces):
        for x in piece.bottoms:
            other = owner.get(x, number)
            if pieces[other].wire is not piece.wire:
                piece.above.add(other)
            elif other != number:
                pieces[other].above.add(number)


def _break_circles(pieces: list[_Piece], taken: set[int]) -> None:
    """Split pieces until none waits for itself; the two halves meet in a column no line uses."""
    while True:
        _constrain(pieces)
        circle = _find_circle(pieces)
        if circle is None:
            return
        piece = pieces[circle]
        column = _free_column(piece, taken)
        taken.add(column)
        pieces[circle] = _piece(piece.wire, piece.top, [column])
        pieces.append(_piece(piece.wire, column, piece.bottoms))


def _free_column(piece: _Piece, taken: set[int]) -> int:
    """Return the column nearest to a piece that no line uses, nor the columns beside it."""
    middle = (piece.low + piece.high) // 2
    distance = 0
    while True:
        for column in (middle + distance, middle - distance):
            if column >= 0 and taken.isdisjoint((column - 1, column, column + 1)):
                return column
        distance += 1


def _find_circle(pieces: Sequence[_Piece]) -> int | None:
    """Return the number of a piece that must be above itself."""
    state = [0] * len(pieces)
    for start in range(len(pieces)):
        if state[start]:
            continue
        stack = [(start, iter(sorted(pieces[start].above)))]
        state[start] = 1
        while stack:
            number, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                state[number] = 2
                stack.pop()
            elif state[following] == 1:
                return following
            elif not state[following]:
                state[following] = 1
                stack.append((following, iter(sorted(pieces[following].above))))
    return None


def _order(pieces: Sequence[_Piece]) -> list[int]:
    """Return the pieces so that those that must be higher come first and few lines cross."""
    crossings = [[_crossings(upper, lower) for lower in pieces] for upper in pieces]
    order: list[int] = []
    for number in _by_constraint(pieces):
        _insert(pieces, crossings, order, number)
    for _ in range(3):
        before = list(order)
        for number in before:
            order.remove(number)
            _insert(pieces, crossings, order, number)
        if order == before:
            break
    return order


def _by_constraint(pieces: Sequence[_Piece]) -> list[int]:
    order: list[int] = []
    done: set[int] = set()
    waiting = sorted(range(len(pieces)), key=lambda n: (pieces[n].low, pieces[n].high))
    while waiting:
        ready = [n for n in waiting if pieces[n].above <= done]
        order += ready
        done.update(ready)
        waiting = [n for n in waiting if n not in done]
    return order


def _insert(pieces: Sequence[_Piece], crossings: _Table, order: list[int], number: int) -> None:
    """Put a piece where it crosses the fewest others, as high as possible.

    Args:
        crossings: how often the first piece crosses the second when it is above it.
    """
    must_follow = pieces[number].above
    lowest = next((place for place, other in enumerate(order) if number in pieces[other].above), len(order))
    highest = max((place + 1 for place, other in enumerate(order) if other in must_follow), default=0)
    best, fewest, more = 0, None, 0
    for place in range(lowest + 1):
        if place:
            other = order[place - 1]
            more += crossings[other][number] - crossings[number][other]
        if place >= highest and (fewest is None or more < fewest):
            best, fewest = place, more
    order.insert(best, number)


def _crossings(upper: _Piece, lower: _Piece) -> int:
    """Return how often two pieces cross when one is above the other."""
    if upper.high < lower.low or lower.high < upper.low:
        return 0
    hanging = bisect_right(upper.bottoms, lower.high) - bisect_left(upper.bottoms, lower.low)
    return (upper.low <= lower.top <= upper.high) + hanging


def _assign_tracks(pieces: Sequence[_Piece], order: Sequence[int]) -> None:
    """Give each piece the highest track that keeps the order among pieces that overlap."""
    for place, number in enumerate(order):
        piece = pieces[number]
        piece.track = 0
        for earlier in order[:place]:
            other = pieces[earlier]
            overlaps = other.low <= piece.high + 1 and piece.low <= other.high + 1
            if overlaps and other.track >= piece.track:
                piece.track = other.track + 1

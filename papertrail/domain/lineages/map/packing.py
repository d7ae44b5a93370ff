"""Pictures side by side and below each other, as many in the room there is as fit."""

from collections.abc import Sequence
from typing import Protocol, TypeVar


class _Sized(Protocol):
    @property
    def width(self) -> int: ...

    @property
    def height(self) -> int: ...


_S = TypeVar("_S", bound=_Sized)


def pack(pictures: Sequence[_S], room: int, *, apart: int, below: int) -> list[tuple[_S, int, int]]:
    """Return pictures with their columns and rows: each as high up as it fits below those before it.

    What is taken so far is kept as a skyline, the first free row of each stretch of columns. There are never
    more stretches than columns, so the work grows as the number of pictures does.

    Args:
        pictures: in the order in which they choose their places.
        room: how wide the whole may be, if each is narrower.
        apart: how far one stands from the next beside it.
        below: how far from the next below it.
    """
    skyline = [(0, 0)]  # where a stretch begins, and its first free row
    placed = []
    for picture in pictures:
        y, x = min(
            (free_row(skyline, number, picture.width), start)
            for number, (start, _) in enumerate(skyline)
            if start == 0 or start + picture.width <= room
        )
        placed.append((picture, x, y))
        _raise(skyline, x, x + picture.width + apart, y + picture.height + below)
    return placed


def free_row(skyline: Sequence[tuple[int, int]], first: int, width: int) -> int:
    """Return the first row at which so many columns are free from the beginning of a stretch on."""
    start, row = skyline[first]
    for x, y in skyline[first + 1 :]:
        if x >= start + width:
            break
        row = max(row, y)
    return row


def _raise(skyline: list[tuple[int, int]], start: int, end: int, row: int) -> None:
    """Take the columns from `start` up to `end`, down to `row`; `start` is where a stretch begins."""
    first = next(number for number, (x, _) in enumerate(skyline) if x == start)
    last = first
    while last + 1 < len(skyline) and skyline[last + 1][0] <= end:
        last += 1
    beyond = (end, skyline[last][1])
    skyline[first : last + 1] = [(start, row), beyond]

"""Where the arrow keys lead on a map: up and down along the lines, left and right as one reads."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Literal, TypeAlias

from papertrail.domain.lineages.map.parts import Box, MapLayout

Direction: TypeAlias = Literal["up", "down", "left", "right"]


def move(layout: MapLayout, key: str, direction: Direction) -> str:
    """Return the paper one step from `key`; itself when there is none that way.

    Down leads to a child and up to a parent: of the same lineage if there is one, in the nearest row, nearest
    to its column. Without any they lead to the nearest paper below or above. Right leads to the neighbour in
    the same row, at its end to the first paper of the next one, as one reads; left leads back. So every paper
    is on the way of these two.
    """
    here = layout.boxes[key]
    if direction in ("left", "right"):
        order, place = _reading_order(layout)
        at = place[key] + (1 if direction == "right" else -1)
        return order[at] if 0 <= at < len(order) else key
    linked = (layout.parents if direction == "up" else layout.children)[key]
    if linked:
        boxes = [layout.boxes[k] for k in linked]
        own = [box for box in boxes if box.paper.lineage is None]
        return _nearest(own or boxes, key, lambda box: _apart(box, here)[::-1])
    on_side = [
        box
        for box in layout.boxes.values()
        if (box.bottom <= here.y if direction == "up" else box.y >= here.bottom)
    ]
    return _nearest(on_side, key, lambda box: _distance(box, here))


@lru_cache(maxsize=1)
def _reading_order(layout: MapLayout) -> tuple[Sequence[str], Mapping[str, int]]:
    """Return the papers row by row, from left to right, and the place of each.

    A row is a box with all the boxes not yet in one that begin above its lower border.
    """
    rows: list[list[Box]] = []
    bottom = -1
    for box in sorted(layout.boxes.values(), key=lambda box: (box.y, box.x)):
        if box.y >= bottom:
            rows.append([])
            bottom = box.bottom
        rows[-1].append(box)
    order = [box.paper.key for row in rows for box in sorted(row, key=lambda box: box.x)]
    return order, {key: place for place, key in enumerate(order)}


def _nearest(boxes: Iterable[Box], key: str, measure: Callable[[Box], tuple[int, int]]) -> str:
    return min(boxes, key=measure).paper.key if (boxes := list(boxes)) else key


def _apart(box: Box, here: Box) -> tuple[int, int]:
    """Return how far two boxes are apart in columns, then in rows."""
    return abs(box.middle - here.middle), abs(box.bottom - here.bottom)


def _distance(box: Box, here: Box) -> tuple[int, int]:
    """Return how far two boxes seem apart; a cell is twice as high as it is wide."""
    columns, rows = _apart(box, here)
    return columns + 2 * rows, columns

"""Where the arrow keys lead on a map: along the lines when there is one, else to the nearest paper."""

from collections.abc import Callable, Iterable
from typing import Literal, TypeAlias

from papertrail.domain.lineages.map.parts import Box, MapLayout

Direction: TypeAlias = Literal["up", "down", "left", "right"]


def move(layout: MapLayout, key: str, direction: Direction) -> str:
    """Return the paper one step from `key`; itself when there is none that way.

    Down leads to a child and up to a parent: of the same lineage if there is one, in the nearest row, nearest
    to its column. Without any they lead to the nearest paper below or above. Left and right lead to the
    neighbour in the same row, else to the nearest on that side.
    """
    here = layout.boxes[key]
    if direction in ("up", "down"):
        linked = (layout.parents if direction == "up" else layout.children)[key]
        if linked:
            boxes = [layout.boxes[k] for k in linked]
            own = [box for box in boxes if box.paper.lineage is None]
            return _nearest(own or boxes, key, lambda box: _apart(box, here)[::-1])
    on_side = [box for box in layout.boxes.values() if _is_towards(box, here, direction)]
    if direction in ("left", "right"):
        beside = [box for box in on_side if box.y < here.bottom and here.y < box.bottom]
        return _nearest(beside or on_side, key, lambda box: _distance(box, here))
    return _nearest(on_side, key, lambda box: _distance(box, here))


def _nearest(boxes: Iterable[Box], key: str, measure: Callable[[Box], tuple[int, int]]) -> str:
    return min(boxes, key=measure).paper.key if (boxes := list(boxes)) else key


def _is_towards(box: Box, here: Box, direction: Direction) -> bool:
    if direction == "up":
        return box.bottom <= here.y
    if direction == "down":
        return box.y >= here.bottom
    return box.middle < here.middle if direction == "left" else box.middle > here.middle


def _apart(box: Box, here: Box) -> tuple[int, int]:
    """Return how far two boxes are apart in columns, then in rows."""
    return abs(box.middle - here.middle), abs(box.bottom - here.bottom)


def _distance(box: Box, here: Box) -> tuple[int, int]:
    """Return how far two boxes seem apart; a cell is twice as high as it is wide."""
    columns, rows = _apart(box, here)
    return columns + 2 * rows, columns

"""What a map of papers consists of: papers and links in, boxes and routes out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias, TypeVar

from papertrail.domain.lineages.mapped import MapPaper

Link: TypeAlias = tuple[str, str]
"""Key of a paper and key of one it builds on: child, parent."""
Point: TypeAlias = tuple[int, int]
"""Column and row of a cell, from 0."""
Bend = TypeVar("Bend", tuple[int, int], tuple[float, float])


@dataclass(frozen=True, slots=True)
class Box:
    """Where a paper stands; `x` and `y` are its upper left cell."""

    paper: MapPaper
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> int:
        """The column of its middle."""
        return self.x + self.width // 2

    @property
    def right(self) -> int:
        """The first column to the right of it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Route:
    """The line of one link: its corners, from the cell below the parent's box to the one above the child's.

    Two corners that follow each other share a column or a row. Links of one parent may share their beginning.
    """

    link: Link
    corners: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class EdgeText:
    """A line of what a child changed, in the cells beside the end of its line.

    Attributes:
        apart: whether other lines stand between, so that it says which it is about.
    """

    link: Link
    x: int
    y: int
    text: str
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """Boxes and lines in a rectangle whose upper left cell is 0, 0."""

    width: int
    height: int
    boxes: Sequence[Box]
    routes: Sequence[Route]
    texts: Sequence[EdgeText]

    def moved(self, x: int, y: int) -> "Picture":
        """Return the same picture so much further right and down."""
        return Picture(
            self.width,
            self.height,
            [replace(box, x=box.x + x, y=box.y + y) for box in self.boxes],
            [Route(route.link, tuple((cx + x, cy + y) for cx, cy in route.corners)) for route in self.routes],
            [replace(text, x=text.x + x, y=text.y + y) for text in self.texts],
        )


@dataclass(frozen=True, slots=True, eq=False)
class MapLayout:
    """A whole map; equal only to itself, so that what is drawn of it can be kept.

    Attributes:
        width: columns of the whole picture.
        height: rows of the whole picture.
        boxes: of every paper, by key.
        routes: of every link between two papers of the map.
        parents: for each key the keys it builds on.
        children: for each key the keys that build on it.
        texts: beside the lines, where there is room.
        scale: what stands at the left of rows, where the papers stand by their years.
    """

    width: int
    height: int
    boxes: Mapping[str, Box]
    routes: Mapping[Link, Route]
    parents: Mapping[str, Sequence[str]]
    children: Mapping[str, Sequence[str]]
    texts: Sequence[EdgeText]
    scale: Mapping[int, str] = field(default_factory=dict)

    @property
    def scale_width(self) -> int:
        """How many columns the scale takes; 0 without one."""
        return max(map(len, self.scale.values()), default=0)


def corners_of(points: Iterable[Bend]) -> tuple[Bend, ...]:
    """Return a way without the points where it does not turn."""
    corners: list[Bend] = []
    for point in points:
        if corners and corners[-1] == point:
            continue
        if len(corners) > 1 and any(corners[-2][i] == corners[-1][i] == point[i] for i in (0, 1)):
            corners.pop()
        corners.append(point)
    return tuple(corners)

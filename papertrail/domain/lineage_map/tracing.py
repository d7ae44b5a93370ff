"""From a plan to a picture: every row gets its height, every paper its box, every link its route."""

from collections.abc import Mapping, Sequence

from papertrail.domain.lineage_map.cells import label, width_of
from papertrail.domain.lineage_map.contents import is_framed, size_of
from papertrail.domain.lineage_map.parts import Box, EdgeText, Link, MapPaper, Picture, Point, Route
from papertrail.domain.lineage_map.plan import Plan
from papertrail.domain.lineage_map.routing import Wire

_SHORTEST_TEXT = 24  # cells: less of a sentence says nothing
_LONGEST_TEXT = 40


def trace(plan: Plan, papers: Sequence[MapPaper], texts: Mapping[Link, str], room: int | None) -> Picture:
    """Return the picture a plan stands for.

    Args:
        plan: rows, columns and wires of the papers.
        papers: by number.
        texts: what to write beside lines where there is room.
        room: columns that texts may fill, if the picture itself is narrower.
    """
    return _Tracing(plan, papers, texts, room).picture()


class _Tracing:
    """A picture while it is being made, row by row."""

    def __init__(
        self, plan: Plan, papers: Sequence[MapPaper], texts: Mapping[Link, str], room: int | None
    ) -> None:
        self._plan = plan
        self._papers = papers
        self._wanted = texts
        self._room = max(room or 0, plan.width)
        self._boxes: list[Box] = []
        self._routes: list[Route] = []
        self._texts: list[EdgeText] = []
        self._paths: dict[int, list[Point]] = {}

    def picture(self) -> Picture:
        """Return the finished picture."""
        y = 0
        for number in range(len(self._plan.rows)):
            y += self._row_height(number)
            self._put_boxes(number, y)
            if number + 1 < len(self._plan.rows):
                y += self._put_wires(number, y)
        right = max((text.x + width_of(text.text) for text in self._texts), default=0)
        return Picture(max(self._plan.width, right), y, self._boxes, self._routes, self._texts)

    def _papers_in(self, number: int) -> list[int]:
        return [v for v in self._plan.rows[number] if v < len(self._papers)]

    def _row_height(self, number: int) -> int:
        """Return the rows of cells for a row of papers; an arrowhead above a box without border needs one."""
        ups = self._plan.grid.ups
        return max(
            size_of(self._papers[v])[1] + (not is_framed(self._papers[v]) and bool(ups[v]))
            for v in self._papers_in(number)
        )

    def _put_boxes(self, number: int, bottom: int) -> None:
        graph = self._plan.grid.graph
        for v in self._papers_in(number):
            height = size_of(self._papers[v])[1]
            self._boxes.append(
                Box(self._papers[v], self._plan.left[v], bottom - height, graph.widths[v], height)
            )
            self._paths[v] = [(self._plan.ports.leaving[v], bottom)]

    def _put_wires(self, number: int, y: int) -> int:
        """Lead all lines from one row to the next; return how many rows of cells they take."""
        wires = self._plan.channels[number]
        texts = self._texts_below(number)
        height = max(self._plan.tracks[number] + bool(texts), 1)
        below = y + height + self._row_height(number + 1)
        for v, wire in wires.items():
            for d in self._plan.grid.downs[v]:
                end = self._plan.end_of(v, d)
                path = [*self._paths[v], *_bends(wire, end, y)]
                if d >= len(self._papers):
                    self._paths[d] = path
                else:
                    last = (end, below - size_of(self._papers[d])[1] - 1)
                    self._routes.append(Route(self._link(v, d), _corners([*path, last])))
        self._put_texts(texts, {x for wire in wires.values() for x in wire.bottoms}, y + height - 1)
        return height

    def _link(self, v: int, child: int) -> Link:
        return self._papers[child].key, self._papers[self._plan.grid.sources[v]].key

    def _texts_below(self, number: int) -> list[tuple[int, Link, str]]:
        """Return column, link and text of every line that ends in the next row and has something to say."""
        found = []
        for v in self._plan.channels[number]:
            for d in self._plan.grid.downs[v]:
                if d < len(self._papers) and (
                    text := label(self._wanted.get(self._link(v, d), ""), _LONGEST_TEXT)
                ):
                    found.append((self._plan.end_of(v, d), self._link(v, d), text))
        return sorted(found)

    def _put_texts(self, texts: Sequence[tuple[int, Link, str]], lines: set[int], y: int) -> None:
        """Write texts to the right of their lines, or to the left, as far as the next line or text."""
        ends = sorted(lines)
        free_from = 0
        for column, link, text in texts:
            right = min((x - 1 for x in ends if x > column), default=self._room)
            left = max((x + 2 for x in ends if x < column), default=0)
            room_right, room_left = right - column - 2, column - 1 - max(left, free_from)
            wanted = min(width_of(text), _SHORTEST_TEXT)
            if room_right >= max(wanted, min(room_left, width_of(text))):
                self._texts.append(EdgeText(link, column + 2, y, label(text, room_right)))
                free_from = column + 3 + width_of(self._texts[-1].text)
            elif room_left >= wanted:
                shown = label(text, room_left)
                self._texts.append(EdgeText(link, column - 1 - width_of(shown), y, shown))


def _bends(wire: Wire, end: int, y: int) -> list[Point]:
    """Return the corners of a wire on its way to the column `end`, in a channel that begins at row `y`."""
    points = []
    at = wire.top
    for index, (track, column) in enumerate(wire.bends):
        to = column if index + 1 < len(wire.bends) else end
        points += [(at, y + track), (to, y + track)]
        at = to
    return points


def _corners(points: Sequence[Point]) -> tuple[Point, ...]:
    """Return a way without the points where it does not turn."""
    corners: list[Point] = []
    for point in points:
        if corners and corners[-1] == point:
            continue
        if len(corners) > 1 and any(corners[-2][i] == corners[-1][i] == point[i] for i in (0, 1)):
            corners.pop()
        corners.append(point)
    return tuple(corners)

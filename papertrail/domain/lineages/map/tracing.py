"""From a plan to a picture: every row gets its height, every paper its box, every link its route."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from papertrail.domain.lineages.map.cells import label, width_of
from papertrail.domain.lineages.map.contents import is_framed, size_of
from papertrail.domain.lineages.map.parts import Box, EdgeText, Link, Picture, Point, Route
from papertrail.domain.lineages.map.plan import Plan
from papertrail.domain.lineages.map.routing import Wire
from papertrail.domain.lineages.mapped import MapPaper

_SHORTEST_TEXT = 24  # cells: less of a sentence says nothing
_LONGEST_TEXT = 64


def trace(plan: Plan, papers: Sequence[MapPaper], texts: Mapping[Link, str], room: int | None) -> Picture:
    """Return the picture a plan stands for.

    Args:
        plan: rows, columns and wires of the papers.
        papers: by number.
        texts: what to write beside lines where there is room.
        room: columns that texts may fill, if the picture itself is narrower; None for as many as they take.
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
        self._room = plan.width + 2 + _LONGEST_TEXT if room is None else max(room, plan.width)
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
        texts = self._texts_above(number)
        height = max(self._plan.tracks[number] - min((text.y for text in texts), default=0), 1)
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
        self._texts += [replace(text, y=y + height + text.y) for text in texts]
        return height

    def _link(self, v: int, child: int) -> Link:
        return self._papers[child].key, self._papers[self._plan.grid.sources[v]].key

    def _arriving(self, number: int) -> dict[int, list[tuple[int, Link]]]:
        """Return for each paper of the next row the lines that end at it, from left to right."""
        found: dict[int, list[tuple[int, Link]]] = {}
        for v in self._plan.channels[number]:
            for d in self._plan.grid.downs[v]:
                if d < len(self._papers):
                    found.setdefault(d, []).append((self._plan.end_of(v, d), self._link(v, d)))
        return {d: sorted(ends) for d, ends in found.items()}

    def _told(self, ends: Sequence[tuple[int, Link]]) -> list[tuple[Link, str]]:
        """Return what is said of the lines that end at one paper; of whom, where there are several."""
        told = []
        for _, link in ends:
            if text := label(self._wanted.get(link, ""), _LONGEST_TEXT):
                told.append((link, f"from {link[1]}: {text}" if len(ends) > 1 else text))
        return told

    def _texts_above(self, number: int) -> list[EdgeText]:
        """Return what is said of the lines that end in the next row, its `y` counted from the end of them.

        It stands below each other to the right of all lines of a paper, or to the left of them. Where there
        is little room it stands to the right of all lines there are, with the paper's key.
        """
        lines = sorted({x for wire in self._plan.channels[number].values() for x in wire.bottoms})
        groups = sorted(self._arriving(number).values())
        is_end_free = not any(self._told(ends) for ends in groups if ends[-1][0] == lines[-1])
        texts: list[EdgeText] = []
        free_from = 0
        for ends in groups:
            told = self._told(ends)
            first, last = ends[0][0], ends[-1][0]
            longest = max((width_of(text) for _, text in told), default=0)
            wanted = min(longest, _SHORTEST_TEXT)
            right = min((x - 1 for x in lines if x > last), default=self._room) - last - 2
            left = first - 1 - max([x + 2 for x in lines if x < first] + [free_from])
            end = lines[-1] + 2
            if is_end_free and max(left, right) < longest and self._room - end > max(left, right):
                is_end_free = False
                said = (
                    (link, f"{link[0]} {'' if len(ends) > 1 else 'changed: '}{text}") for link, text in told
                )
                shown = [(link, end, label(text, self._room - end)) for link, text in said]
            elif right >= max(wanted, min(left, longest)):
                shown = [(link, last + 2, label(text, right)) for link, text in told]
                free_from = last + 3 + min(longest, right)
            else:
                cut = [(link, label(text, left)) for link, text in told if left >= wanted]
                shown = [(link, first - 1 - width_of(text), text) for link, text in cut]
            texts += [EdgeText(link, x, y, text) for y, (link, x, text) in enumerate(shown, -len(shown))]
        return texts


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

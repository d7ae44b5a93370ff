"""From a plan to a picture: every row gets its height, every paper its box, every link its route."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from papertrail.domain.lineages.map.captions import WIDEST, End, captions
from papertrail.domain.lineages.map.cells import width_of
from papertrail.domain.lineages.map.contents import is_framed, size_of
from papertrail.domain.lineages.map.parts import Box, EdgeText, Link, Picture, Point, Route, corners_of
from papertrail.domain.lineages.map.plan import Plan
from papertrail.domain.lineages.map.routing import Wire
from papertrail.domain.lineages.mapped import MapPaper

_LEAD = 32  # columns to the left of the boxes that texts may take


def trace(
    plan: Plan,
    papers: Sequence[MapPaper],
    texts: Mapping[Link, str],
    room: int | None,
    apart: Mapping[int, int] | None = None,
) -> Picture:
    """Return the picture a plan stands for.

    Args:
        plan: rows, columns and wires of the papers.
        papers: by number.
        texts: what to write beside lines where there is room.
        room: columns that texts may fill, if the picture itself is narrower; None for as many as they take.
        apart: for a row how many rows of cells to leave free below the row before.
    """
    traced = _Tracing(plan, papers, texts, room, apart or {}).picture()
    lead = min((room or plan.width + _LEAD) - plan.width, _LEAD)
    if lead <= 0 or not any(text.apart for text in traced.texts):
        return traced
    return min(traced, _Tracing(plan, papers, texts, room, apart or {}, lead).picture(), key=_misplaced)


def _misplaced(picture: Picture) -> tuple[int, int]:
    """Return how many texts are not told, or apart from their lines."""
    told = {text.link: text.apart for text in picture.texts}
    return -len(told), sum(told.values())


class _Tracing:
    """A picture while it is being made, row by row.

    Args:
        lead: columns at the left that texts may fill; the picture moves to the right by as many as they take.
    """

    def __init__(
        self,
        plan: Plan,
        papers: Sequence[MapPaper],
        texts: Mapping[Link, str],
        room: int | None,
        apart: Mapping[int, int],
        lead: int = 0,
    ) -> None:
        self._plan = plan
        self._papers = papers
        self._wanted = texts
        self._room = plan.width + 2 + WIDEST if room is None else max(room, plan.width)
        self._apart = apart
        self._lead = lead
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
                y += self._apart.get(number + 1, 0)
                y += self._put_wires(number, y)
        right = max((text.x + width_of(text.text) for text in self._texts), default=0)
        left = min([text.x for text in self._texts] + [0])
        width = max(self._plan.width, right) - left
        return Picture(width, y, self._boxes, self._routes, self._texts).moved(-left, 0)

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
        height = self._rows_for(number, texts)
        below = y + height + self._row_height(number + 1)
        for v, wire in wires.items():
            for d in self._plan.grid.downs[v]:
                end = self._plan.end_of(v, d)
                path = [*self._paths[v], *_bends(wire, end, y)]
                if d >= len(self._papers):
                    self._paths[d] = path
                else:
                    last = (end, below - size_of(self._papers[d])[1] - 1)
                    self._routes.append(Route(self._link(v, d), corners_of([*path, last])))
        self._texts += [replace(text, y=y + height + text.y) for text in texts]
        return height

    def _link(self, v: int, child: int) -> Link:
        return self._papers[child].key, self._papers[self._plan.grid.sources[v]].key

    def _arriving(self, number: int) -> dict[int, list[End]]:
        """Return for each paper of the next row the lines that end at it, from left to right."""
        found: dict[int, list[End]] = {}
        for v in self._plan.channels[number]:
            for d in self._plan.grid.downs[v]:
                if d < len(self._papers):
                    found.setdefault(d, []).append(End(self._plan.end_of(v, d), self._link(v, d)))
        return {d: sorted(ends) for d, ends in found.items()}

    def _texts_above(self, number: int) -> list[EdgeText]:
        """Return what is said of the lines that end in the next row, its `y` counted from the end of them."""
        if not self._wanted:
            return []
        lines = sorted({x for wire in self._plan.channels[number].values() for x in wire.bottoms})
        return captions(
            sorted(self._arriving(number).values()),
            lines,
            self._wanted,
            self._room - self._lead,
            start=-self._lead,
        )

    def _rows_for(self, number: int, texts: Sequence[EdgeText]) -> int:
        """Return how many rows lines and texts take together; texts stand beside bends that are far."""
        tracks = self._plan.tracks[number]
        height = max(tracks - min((text.y for text in texts), default=0), 1)
        taken = _taken(list(self._plan.channels[number].values()), tracks) if texts else []
        least = max(tracks, height - tracks)
        while height > least and all(_is_free(text, taken, height - 1) for text in texts):
            height -= 1
        return height


def _taken(wires: Sequence[Wire], tracks: int) -> list[list[tuple[int, int]]]:
    """Return for each track of a channel which columns lines take there: first and last."""
    rows: list[list[tuple[int, int]]] = [[] for _ in range(tracks)]
    for wire in wires:
        bends = {}
        at = wire.top
        for index, (track, column) in enumerate(wire.bends):
            ends = wire.bottoms if index + 1 == len(wire.bends) else (column,)
            bends[track] = (min(at, *ends), max(at, *ends))
            at = column
        here: Sequence[int] = (wire.top,)
        for track, row in enumerate(rows):
            if track in bends:
                row.append(bends[track])
                later = [column for t, column in wire.bends[:-1] if t <= track]
                here = later[-1:] if track < wire.bends[-1][0] else wire.bottoms
            else:
                row += [(x, x) for x in here]
    return rows


def _is_free(text: EdgeText, taken: Sequence[Sequence[tuple[int, int]]], height: int) -> bool:
    """Whether no line comes near a text in a channel so high."""
    y = height + text.y
    if y < 0:
        return False
    if y >= len(taken):
        return True
    first, last = text.x - 1, text.x + width_of(text.text)
    return not any(low <= last and first <= high for low, high in taken[y])


def _bends(wire: Wire, end: int, y: int) -> list[Point]:
    """Return the corners of a wire on its way to the column `end`, in a channel that begins at row `y`."""
    points = []
    at = wire.top
    for index, (track, column) in enumerate(wire.bends):
        to = column if index + 1 < len(wire.bends) else end
        points += [(at, y + track), (to, y + track)]
        at = to
    return points

"""The rows of a map as runs of text, each painted when it is first asked for."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

from papertrail.domain.lineages.map.cells import cells_of
from papertrail.domain.lineages.map.contents import is_framed, key_of, lineage_of, sign_of, year_of
from papertrail.domain.lineages.map.parts import Box, EdgeText, Link, MapLayout, Route

_BLOCK = 16  # rows that share a list of what is in them: long lines pass many rows
_row_of = itemgetter(1)
_UP, _DOWN, _LEFT, _RIGHT = 1, 2, 4, 8
_ACROSS, _ALONG = _LEFT | _RIGHT, _UP | _DOWN
_SIGNS = {
    _ALONG: "│",
    _ACROSS: "─",
    _UP | _RIGHT: "╰",
    _UP | _LEFT: "╯",
    _DOWN | _RIGHT: "╭",
    _DOWN | _LEFT: "╮",
    _ALONG | _RIGHT: "├",
    _ALONG | _LEFT: "┤",
    _DOWN | _ACROSS: "┬",
    _UP | _ACROSS: "┴",
    _ALONG | _ACROSS: "┼",
}


class Role(StrEnum):
    """What a piece of a map is."""

    BLANK = "blank"
    BORDER = "border"
    SIGN = "sign"
    KEY = "key"
    YEAR = "year"
    LINEAGE = "lineage"
    LINE = "line"
    ARROW = "arrow"
    TEXT = "text"
    SCALE = "scale"


@dataclass(frozen=True, slots=True)
class Run:
    """Cells beside each other that look alike.

    Attributes:
        text: clean; as wide in cells as the run.
        role: what it is.
        paper: key of the paper in whose box it is; None outside of boxes.
        links: those whose line, arrowhead or text it is; where lines cross, those of the one that goes down.
        dimmed: whether it belongs to a paper of another lineage, or to its lines only.
    """

    text: str
    role: Role
    paper: str | None = None
    links: tuple[Link, ...] = ()
    dimmed: bool = False


_Ink: TypeAlias = tuple[Role, str | None, tuple[Link, ...], bool]
_Cells: TypeAlias = dict[int, tuple[str, _Ink]]
_Passage: TypeAlias = tuple[int, int]
NO_INK: _Ink = (Role.BLANK, None, (), False)


@dataclass(frozen=True, slots=True)
class Row:
    """The runs of a whole row, and the columns where they begin, with the one after the last."""

    runs: Sequence[Run]
    starts: Sequence[int]


class Painting:
    """The rows of one map; all that is noted before one is asked for is which block of rows a thing is in."""

    def __init__(self, layout: MapLayout) -> None:
        self._layout = layout
        self._rows: dict[int, Row] = {}
        blocks = layout.height // _BLOCK + 1
        self._routes: list[list[Route]] = [[] for _ in range(blocks)]
        self._boxes: list[list[Box]] = [[] for _ in range(blocks)]
        self._texts: list[list[EdgeText]] = [[] for _ in range(blocks)]
        for route in layout.routes.values():
            for block in self._routes[route.corners[0][1] // _BLOCK : self._end_of(route) // _BLOCK + 1]:
                block.append(route)
        for box in layout.boxes.values():
            for boxes in self._boxes[box.y // _BLOCK : (box.bottom - 1) // _BLOCK + 1]:
                boxes.append(box)
        for text in layout.texts:
            self._texts[text.y // _BLOCK].append(text)

    def row(self, y: int) -> Row:
        """Return a row of the map, exactly as wide as the map."""
        row = self._rows.get(y)
        if row is None:
            cells: _Cells = {}
            block = y // _BLOCK
            for passages in self._passages(y).values():
                self._paint_lines(cells, passages)
            for box in self._boxes[block]:
                if box.y <= y < box.bottom:
                    self._paint_box(cells, box, y)
            for route in self._routes[block]:
                if self._end_of(route) == y:
                    self._paint_arrow(cells, route)
            for text in self._texts[block]:
                if text.y == y:
                    ink: _Ink = (Role.TEXT, None, (text.link,), self._is_dimmed((text.link,)))
                    _write(cells, text.x, text.text, ink)
            if beside := self._layout.scale.get(y):
                _write(cells, 0, beside, (Role.SCALE, None, (), False))
            row = self._rows[y] = _join(cells, self._layout.width)
        return row

    def _passages(self, y: int) -> dict[str, dict[_Passage, list[Link]]]:
        """Return for each parent in which column a line comes from above and in which it goes on below."""
        found: dict[str, dict[_Passage, list[Link]]] = {}
        for route in self._routes[y // _BLOCK]:
            corners = route.corners
            if corners[0][1] <= y <= corners[-1][1]:
                first, after = bisect_left(corners, y, key=_row_of), bisect_right(corners, y, key=_row_of)
                entered = corners[first][0]
                passage = (entered, corners[after - 1][0] if first < after else entered)
                found.setdefault(route.link[1], {}).setdefault(passage, []).append(route.link)
        return found

    def _end_of(self, route: Route) -> int:
        """Return the row of a line's arrowhead: on the border, or above a box without one."""
        return route.corners[-1][1] + self._is_framed(route.link[0])

    def _paint_arrow(self, cells: _Cells, route: Route) -> None:
        link = route.link
        paper = link[0] if self._is_framed(link[0]) else None
        ink: _Ink = (Role.ARROW, paper, (link,), self._is_dimmed((link,)))
        cells[route.corners[-1][0]] = (self._arrow(link), ink)

    def _is_framed(self, key: str) -> bool:
        return is_framed(self._layout.boxes[key].paper)

    def _arrow(self, link: Link) -> str:
        """Return the end of a line; it is hollow where a paper is read and what it builds on is not."""
        child, parent = (self._layout.boxes[key].paper for key in link)
        return "▽" if child.is_read and not parent.is_read else "▼"

    def _is_dimmed(self, links: Sequence[Link]) -> bool:
        """Whether each of some links has an end in another lineage."""
        return all(not self._is_framed(child) or not self._is_framed(parent) for child, parent in links)

    def _paint_lines(self, cells: _Cells, passages: dict[_Passage, list[Link]]) -> None:
        """Paint the lines of one paper over those that go across."""
        arms: dict[int, int] = {}
        users: dict[int, tuple[Link, ...]] = {}
        for (entered, left), links in passages.items():
            first, last = min(entered, left), max(entered, left)
            for x in range(first, last + 1):
                arms[x] = arms.get(x, 0) | (_LEFT * (x > first)) | (_RIGHT * (x < last))
                users[x] = (*users.get(x, ()), *links)
            arms[entered] |= _UP
            arms[left] |= _DOWN
        for x, arm in arms.items():
            if arm != _ACROSS or x not in cells:
                cells[x] = (_SIGNS[arm], (Role.LINE, None, users[x], self._is_dimmed(users[x])))

    def _paint_box(self, cells: _Cells, box: Box, y: int) -> None:
        key = box.paper.key
        framed = is_framed(box.paper)
        x = box.x
        for text, role in _pieces(box)[y - box.y]:
            x = _write(cells, x, text, (role, key, (), not framed))
        if framed and y == box.bottom - 1 and (children := self._layout.children[key]):
            cells[self._layout.routes[children[0], key].corners[0][0]] = ("┬", (Role.BORDER, key, (), False))


def _pieces(box: Box) -> list[list[tuple[str, Role]]]:
    """Return the rows of a box as pieces of text."""
    paper = box.paper
    sign, key, year = sign_of(paper), key_of(paper), year_of(paper)
    framed = is_framed(paper)
    rest = " " * (box.width - 3 * framed - len(cells_of(sign + key + year)) - 1)
    named = [(sign, Role.SIGN), (" ", Role.BLANK), (key, Role.KEY)]
    if framed:
        across, side = "─" * (box.width - 2), ("│", Role.BORDER)
        return [
            [(f"╭{across}╮", Role.BORDER)],
            [side, *named, (rest, Role.BLANK), (year, Role.YEAR), (" ", Role.BLANK), side],
            [(f"╰{across}╯", Role.BORDER)],
        ]
    lineage = lineage_of(paper)
    below = " " * (box.width - 3 - len(cells_of(lineage)))
    return [
        [*named, (year, Role.YEAR), (rest, Role.BLANK)],
        [("   ", Role.BLANK), (lineage, Role.LINEAGE), (below, Role.BLANK)],
    ]


def _write(cells: _Cells, x: int, text: str, ink: _Ink) -> int:
    """Write a text from a column on; return the column after it."""
    for cell in cells_of(text):
        cells[x] = (cell, ink)
        x += 1
    return x


def _join(cells: _Cells, width: int) -> Row:
    """Join the cells of a row that look alike."""
    runs: list[Run] = []
    starts = [0]
    blank = (" ", NO_INK)
    for ink, group in groupby((cells.get(x, blank) for x in range(width)), key=itemgetter(1)):
        letters = [letter for letter, _ in group]
        runs.append(Run("".join(letters), *ink))
        starts.append(starts[-1] + len(letters))
    return Row(runs, starts)

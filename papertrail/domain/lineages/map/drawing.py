"""A map seen through a window, as rows of runs; the rows are painted once and kept."""

from bisect import bisect_right
from functools import lru_cache

from papertrail.domain.lineages.map.cells import cells_of
from papertrail.domain.lineages.map.painting import NO_INK, Painting, Row, Run
from papertrail.domain.lineages.map.parts import MapLayout


def draw(
    layout: MapLayout, *, x0: int = 0, y0: int = 0, x1: int | None = None, y1: int | None = None
) -> list[list[Run]]:
    """Return what is seen of a map through a window, row by row, each exactly as wide as the window.

    Where lines cross, the one that goes down is on top, `─│─`; `┼` is always a branch.

    Args:
        layout: the map.
        x0: first column; the window may reach beyond the map, where it is blank.
        y0: first row.
        x1: the column after the last; the map's own last when None.
        y1: the row after the last; the map's own last when None.
    """
    painting = _painting(layout)
    bottom = layout.height if y1 is None else y1
    end = layout.width if x1 is None else x1
    if end <= x0:
        return [[] for _ in range(y0, bottom)]
    return [
        _cut(painting.row(y), x0, end) if 0 <= y < layout.height else [_blank(end - x0)]
        for y in range(y0, bottom)
    ]


_painting = lru_cache(maxsize=4)(Painting)


def _blank(width: int) -> Run:
    return Run(" " * width, *NO_INK)


def _cut(row: Row, x0: int, x1: int) -> list[Run]:
    """Return the runs of a row from one column to another."""
    width = row.starts[-1]
    runs = [_blank(min(x1, 0) - x0)] if x0 < 0 else []
    index = max(bisect_right(row.starts, x0) - 1, 0)
    while index < len(row.runs) and row.starts[index] < x1:
        run, start, stop = row.runs[index], row.starts[index], row.starts[index + 1]
        if start < x0 or stop > x1:
            text = _slice(run.text, max(x0 - start, 0), min(x1, stop) - start)
            run = Run(text, run.role, run.paper, run.links, run.dimmed)
        runs.append(run)
        index += 1
    if x1 > width:
        runs.append(_blank(x1 - max(x0, width)))
    return runs


def _slice(text: str, first: int, last: int) -> str:
    """Return the cells of a text from one to another, a blank for half a letter."""
    cells = cells_of(text)
    piece = cells[first:last]
    if not piece[0]:
        piece[0] = " "
    if last < len(cells) and not cells[last]:
        piece[-1] = " "
    return "".join(piece)

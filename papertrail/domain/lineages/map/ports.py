"""Where on the borders of the boxes lines leave and arrive."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from papertrail.domain.lineages.map.graph import EDGE, Grid
from papertrail.domain.lineages.map.placing import pool


@dataclass(frozen=True, slots=True)
class Ports:
    """The columns of lines, where they meet boxes and where they pass rows.

    Attributes:
        leaving: for each paper the column where its line begins; for a passing line its own column.
        arriving: for each paper, by what its line hangs from in the row above, the column where it ends.
    """

    leaving: Sequence[int]
    arriving: Sequence[dict[int, int]]


def width_for_ports(arriving: int, beside: Sequence[int] = ()) -> int:
    """Return how wide a box must be for its lines to arrive side by side with a blank between.

    Args:
        arriving: how many lines.
        beside: columns to be kept free beside some of them, and one more.
    """
    return 2 * arriving - 1 + 2 * EDGE + sum(beside)


def choose_ports(grid: Grid, left: Sequence[int]) -> Ports:
    """Return ports that make lines straight where a box and what it hangs from overlap.

    Args:
        grid: papers and passing lines.
        left: the left column of each.
    """
    size = grid.graph.size
    leaving = [_leaving(grid, left, v) if v < size else left[v] for v in range(len(grid.rows))]
    return Ports(leaving, [_arriving(grid, left, v, leaving) for v in range(size)])


def _reach(grid: Grid, left: Sequence[int], v: int) -> tuple[int, int]:
    """Return the first and last column where a line may meet a thing."""
    if v >= grid.graph.size:
        return left[v], left[v]
    return left[v] + EDGE, left[v] + grid.graph.widths[v] - 1 - EDGE


def _middle(grid: Grid, left: Sequence[int], v: int) -> int:
    return left[v] + (grid.graph.widths[v] // 2 if v < grid.graph.size else 0)


def _leaving(grid: Grid, left: Sequence[int], v: int) -> int:
    """Return where a paper's line begins: in its middle, or near it if the line is straight from there."""
    low, high = _reach(grid, left, v)
    middle = _middle(grid, left, v)
    below = grid.downs[v]
    if not below:
        return middle
    if len(below) > 1:
        passing = [left[d] for d in below if d >= grid.graph.size]
        near = [x for x in passing if abs(x - middle) <= grid.graph.widths[v] // 4 and low <= x <= high]
        return near[0] if near else middle
    first, last = _reach(grid, left, below[0])
    if below[0] < grid.graph.size:
        last -= sum(_kept_free(grid, below[0], grid.ups[below[0]]))
    if last < low or first > high or first <= middle <= last:
        return middle
    if len(grid.ups[below[0]]) == 1:
        return min(max(_middle(grid, left, below[0]), low, first), high, last)
    return min(max(middle, first), last)


def _arriving(grid: Grid, left: Sequence[int], v: int, leaving: Sequence[int]) -> dict[int, int]:
    """Return where the lines of a paper end: under where they come from if they can, else spread evenly."""
    ups = sorted(grid.ups[v], key=lambda u: (leaving[u], u))
    if not ups:
        return {}
    low, high = _reach(grid, left, v)
    kept = list(accumulate(_kept_free(grid, v, ups), initial=0))
    high -= kept.pop()
    wanted, weights = [], []
    share = (high - low + 1) / len(ups)
    for index, (u, columns) in enumerate(zip(ups, kept, strict=True)):
        straight = low <= leaving[u] - columns <= high
        even = low + share * index + (share - 1) / 2
        wanted.append((leaving[u] - columns if straight else even) - 2 * index)
        weights.append(1000.0 if straight else 1.0)
    slack = high - low - 2 * (len(ups) - 1)
    best = pool(wanted, weights)
    return {
        u: 2 * index + columns + min(max(round(want), low), low + slack)
        for index, (u, columns, want) in enumerate(zip(ups, kept, best, strict=True))
    }


def _kept_free(grid: Grid, v: int, ups: Sequence[int]) -> list[int]:
    """Return the columns to be kept free beside each of the lines that end at a paper."""
    beside = grid.graph.beside
    return [beside[v].get(grid.sources[u], 0) for u in ups] if beside else [0] * len(ups)

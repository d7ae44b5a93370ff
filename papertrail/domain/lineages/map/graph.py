"""Papers that hang together, by number, as the steps of the layout see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

GAP = 2
"""Blank columns between two boxes."""
LINE = 2
"""Columns that a passing line takes with the blank beside it."""
EDGE = 2
"""Columns at each end of a box's border where no line begins or ends."""


@dataclass(frozen=True, slots=True)
class Graph:
    """Papers and links without a cycle; papers are numbered in reading order.

    Attributes:
        parents: for each paper those it builds on.
        children: for each paper those that build on it.
        widths: columns of each box.
        years: of each paper; 0 when not known.
        beside: for each paper, by parent, the columns kept free to the right of where that line ends; empty
            when none are.
    """

    parents: Sequence[Sequence[int]]
    children: Sequence[Sequence[int]]
    widths: Sequence[int]
    years: Sequence[int]
    beside: Sequence[Mapping[int, int]] = ()

    @property
    def size(self) -> int:
        """How many papers there are."""
        return len(self.parents)


@dataclass(frozen=True, slots=True)
class Grid:
    """Papers and passing lines in rows; numbers from `graph.size` on are passing lines.

    All the links that leave one paper share one line through the rows between, so a row holds at most one
    passing line for each paper above it.

    Attributes:
        rows: the row of each paper and passing line.
        ups: for each the ones it hangs from in the row above.
        downs: for each the ones that hang from it in the row below.
        sources: the paper whose line it is; a paper is its own.
    """

    graph: Graph
    rows: Sequence[int]
    ups: Sequence[Sequence[int]]
    downs: Sequence[Sequence[int]]
    sources: Sequence[int]


def make_grid(graph: Graph, rows: Sequence[int]) -> Grid:
    """Return papers in their rows with the lines that pass between them."""
    all_rows = list(rows)
    sources = list(range(graph.size))
    ups: list[list[int]] = [[] for _ in all_rows]
    downs: list[list[int]] = [[] for _ in all_rows]
    for parent in range(graph.size):
        by_row: dict[int, list[int]] = {}
        for child in graph.children[parent]:
            by_row.setdefault(rows[child], []).append(child)
        last = max(by_row, default=-1)
        above = parent
        for row in range(rows[parent] + 1, last + 1):
            below = by_row.get(row, [])
            if row < last:
                below.append(len(all_rows))
                all_rows.append(row)
                sources.append(parent)
                ups.append([])
                downs.append([])
            downs[above].extend(below)
            for v in below:
                ups[v].append(above)
            above = below[-1]
    return Grid(graph, all_rows, ups, downs, sources)

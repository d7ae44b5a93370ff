"""Papers move between rows, one at a time, as long as that makes the lines shorter.

A local search for what the network simplex of Gansner and others (1993) finds, with a limit to the width of
rows and with one line for all the links that leave a paper.
"""

from collections.abc import Sequence

from papertrail.domain.lineages.map.graph import GAP, LINE, Graph

_ROW_COST = 8
_LINE_COST = 3
_LINK_COST = 1
_OVERFLOW_COST = 40


class Tightening:
    """Rows while they get better.

    Args:
        graph: papers and links.
        rows: the row of each paper, below those it builds on; changed in place.
        room: columns a row may take.
    """

    def __init__(self, graph: Graph, rows: list[int], room: int) -> None:
        self._graph = graph
        self._rows = rows
        self._room = room + GAP
        self._used = [0] * (max(rows) + 1)
        self._papers = [0] * (max(rows) + 1)
        self._years = [0] * (max(rows) + 1)
        self._overflow = 0
        self._below: list[dict[int, int]] = [{} for _ in rows]  # rows of the children, and how many in each
        for v, row in enumerate(rows):
            for p in graph.parents[v]:
                self._below[p][row] = self._below[p].get(row, 0) + 1
        for v, row in enumerate(rows):
            self._widen(row, graph.widths[v] + GAP)
            self._papers[row] += 1
            self._years[row] += graph.years[v]
            self._count_line(v, LINE)

    def run(self, target: int) -> list[int]:
        """Return the rows after as many rounds as help, empty ones taken out.

        Args:
            target: columns to fill a row with; what may be taken is more.
        """
        room, self._room = self._room, target + GAP
        self._overflow = sum(max(used - self._room, 0) for used in self._used)
        order: Sequence[int] = range(self._graph.size)
        for _ in range(6 if self._graph.size <= 60 else 2):
            if not sum(map(self._improve, order)):
                break
            order = order[::-1]
        self._room = room
        self._overflow = sum(max(used - room, 0) for used in self._used)
        number = {
            row: place for place, row in enumerate(r for r, papers in enumerate(self._papers) if papers)
        }
        return [number[row] for row in self._rows]

    def cost(self) -> int:
        """Return how bad the rows are: many, wide, or far from each other."""
        graph, rows = self._graph, self._rows
        cost = _ROW_COST * sum(map(bool, self._papers)) + _OVERFLOW_COST * self._overflow
        for v in range(graph.size):
            cost += self._cost_of_line(v) + _LINK_COST * sum(rows[c] - rows[v] for c in graph.children[v])
        return cost

    def _last(self, v: int) -> int:
        """Return the last row that the line leaving a paper reaches."""
        return max(self._below[v], default=self._rows[v] + 1)

    def _cost_of_line(self, v: int) -> int:
        return _LINE_COST * (self._last(v) - self._rows[v] - 1)

    def _count_line(self, v: int, columns: int) -> None:
        for row in range(self._rows[v] + 1, self._last(v)):
            self._widen(row, columns)

    def _widen(self, row: int, columns: int) -> None:
        before = self._used[row] - self._room
        after = before + columns
        self._used[row] += columns
        if after > 0 or before > 0:
            self._overflow += max(after, 0) - max(before, 0)

    def _improve(self, v: int) -> bool:
        """Move a paper to the row that costs least; return whether it moved."""
        graph, rows = self._graph, self._rows
        low = max([rows[p] + 1 for p in graph.parents[v]], default=0)
        high = min(self._below[v], default=len(self._used)) - 1
        if low >= high:
            return False
        here = rows[v]
        choices = {low, low + 1, low + 2, here - 1, here, here + 1, high - 2, high - 1, high}
        costs = {row: self._cost_at(v, row) for row in sorted(choices) if low <= row <= high}
        best = min(costs, key=lambda row: (costs[row], row != here, row))
        self._move(v, best)
        return best != here

    def _cost_at(self, v: int, row: int) -> tuple[int, float]:
        """Return what it costs to have a paper in a row, and how many years it is from the others there."""
        graph, rows = self._graph, self._rows
        before = rows[v]
        self._move(v, row)
        cost = sum(map(self._cost_of_line, graph.parents[v])) + self._cost_of_line(v)
        cost += _LINK_COST * (len(graph.parents[v]) - len(graph.children[v])) * row
        cost += _ROW_COST * (self._papers[row] == 1) + _OVERFLOW_COST * self._overflow
        apart = abs(self._years[row] / self._papers[row] - graph.years[v])
        self._move(v, before)
        return cost, apart

    def _move(self, v: int, row: int) -> None:
        before = self._rows[v]
        if row == before:
            return
        lines = (v, *self._graph.parents[v])
        for line in lines:
            self._count_line(line, -LINE)
        self._rows[v] = row
        for p in self._graph.parents[v]:
            below = self._below[p]
            below[before] -= 1
            if not below[before]:
                del below[before]
            below[row] = below.get(row, 0) + 1
        for place, sign in ((before, -1), (row, 1)):
            self._widen(place, sign * (self._graph.widths[v] + GAP))
            self._papers[place] += sign
            self._years[place] += sign * self._graph.years[v]
        for line in lines:
            self._count_line(line, LINE)

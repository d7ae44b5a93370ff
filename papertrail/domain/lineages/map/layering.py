"""Which row each paper stands in: below everything it builds on, and no row wider than there is room.

A list schedule after Coffman and Graham (1972), with the width of boxes and of passing lines as in Nikolov,
Tarassov and Branke (2005), "In search for efficient heuristics for minimum-width graph layering with
consideration of dummy nodes". Several orders of urgency are tried; `tightening` then shortens the lines.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from papertrail.domain.lineages.map.graph import GAP, LINE, Graph
from papertrail.domain.lineages.map.tightening import Tightening

MANY = 60
"""Papers from which on fewer ways are tried."""
_ENDLESS = 1 << 30
_KEPT = 3
_SHARES = (100, 88, 76)
"""Percent of the room that boxes may fill: what is left over keeps passing lines straight."""

_Urgency: TypeAlias = Callable[[int], tuple[int, ...]]


def row_choices(graph: Graph, room: int | None, *, in_haste: bool = False) -> list[list[int]]:
    """Return the best ways to stand in rows, each the row of every paper, counted from 0.

    Args:
        graph: papers and links without a cycle.
        room: columns a row may take; None for no limit.
        in_haste: whether one way is enough.
    """
    space = _ENDLESS if room is None else room
    many = in_haste or graph.size > MANY
    costs: dict[tuple[int, ...], int] = {}
    for share in _SHARES[: 1 if many or room is None else None]:
        for urgency in _urgencies(graph)[: 1 if many else None]:
            tightening = Tightening(graph, _Schedule(graph, space * share // 100, urgency).rows(), space)
            rows = tightening.run(space * share // 100)
            costs[tuple(rows)] = tightening.cost()
    best = sorted(costs, key=lambda rows: (costs[rows], rows))
    return [list(rows) for rows in best[:_KEPT]]


def _urgencies(graph: Graph) -> list[_Urgency]:
    """Return what papers may be sorted by: long lines of descent, years, many children, or reading order."""
    children, years = graph.children, graph.years
    descent = longest_descent(graph)
    return [
        lambda v: (-descent[v], v),
        lambda v: (years[v] or 9999, -descent[v], v),
        lambda v: (-len(children[v]), -descent[v], v),
        lambda v: (v,),
    ]


def longest_descent(graph: Graph) -> list[int]:
    """Return for each paper how many links the longest way down from it has."""
    descent = [0] * graph.size
    for v in reversed(top_down(graph)):
        descent[v] = max((descent[c] + 1 for c in graph.children[v]), default=0)
    return descent


def top_down(graph: Graph) -> list[int]:
    """Return the papers so that each comes after those it builds on."""
    missing = [len(parents) for parents in graph.parents]
    order = [v for v in range(graph.size) if not missing[v]]
    for v in order:
        for c in graph.children[v]:
            missing[c] -= 1
            if not missing[c]:
                order.append(c)
    return order


class _Schedule:
    """Fills row after row with papers whose parents stand above, the most urgent first."""

    def __init__(self, graph: Graph, room: int, urgency: _Urgency) -> None:
        self._graph = graph
        self._room = room + GAP
        self._urgency = urgency
        self._row = [-1] * graph.size
        self._used: list[int] = []
        self._waits = _waiting(graph)
        self._open = [len(children) for children in graph.children]  # children not placed yet
        self._missing = [sum(not self._waits[p] for p in parents) for parents in graph.parents]
        self._ready = {v for v in range(graph.size) if not self._missing[v] and not self._waits[v]}
        self._lines = 0  # that go on below the last row
        self._left = graph.size

    def rows(self) -> list[int]:
        """Return the row of each paper."""
        while self._left:
            self._fill()
        return self._row

    def _fill(self) -> None:
        """Place what fits into a new row; at least one paper."""
        row = len(self._used)
        self._used.append(LINE * self._lines)
        ready = sorted(self._ready, key=self._urgency)
        before = self._left
        for v in ready:
            late = [p for p in self._graph.parents[v] if self._row[p] < 0]
            if late and not self._fit_above(late, row):
                for p in late:
                    self._place(p, row)
            elif all(self._row[p] < row for p in self._graph.parents[v]):
                self._place(v, row)
        if self._left == before:
            late = [p for p in self._graph.parents[ready[0]] if self._row[p] < 0]
            self._put(late[0] if late else ready[0], row)

    def _fit_above(self, late: Sequence[int], row: int) -> bool:
        """Place waiting parents into the row above when it has room for all of them."""
        above = row - 1
        wanted = sum(self._graph.widths[p] + GAP for p in late)
        if above < 0 or self._used[above] + wanted > self._room:
            return False
        for p in late:
            self._put(p, above)
        return True

    def _place(self, v: int, row: int) -> None:
        """Place a paper when the row has room; lines that end at it no longer pass."""
        if self._row[v] >= 0:
            return
        ending = [p for p in self._graph.parents[v] if self._row[p] < row - 1 and self._open[p] == 1]
        needed = self._graph.widths[v] + GAP - LINE * len(ending)
        if self._used[row] + needed <= self._room:
            self._used[row] -= LINE * len(ending)
            self._put(v, row)

    def _put(self, v: int, row: int) -> None:
        self._used[row] += self._graph.widths[v] + GAP
        self._row[v] = row
        self._left -= 1
        self._ready.discard(v)
        self._lines += bool(self._open[v])
        for p in self._graph.parents[v]:
            self._open[p] -= 1
            self._lines -= not self._open[p]
        for c in () if self._waits[v] else self._graph.children[v]:
            self._missing[c] -= 1
            if not self._missing[c] and not self._waits[c]:
                self._ready.add(c)


def _waiting(graph: Graph) -> list[bool]:
    """Return which papers without parents wait until a child needs them, so that their lines are short.

    Every child needs at least one parent that does not wait, or nothing would begin.
    """
    waits = [
        not graph.parents[v]
        and bool(graph.children[v])
        and all(len(graph.parents[c]) > 1 for c in graph.children[v])
        for v in range(graph.size)
    ]
    for v in range(graph.size):
        if waits[v] and any(all(waits[p] for p in graph.parents[c]) for c in graph.children[v]):
            waits[v] = False
    return waits

"""In which order the papers and passing lines of a row stand, so that few lines cross.

Sweeps by barycenter after Sugiyama, Tagawa and Toda (1981), "Methods for visual understanding of
hierarchical system structures", then exchanges of neighbours as in Gansner, Koutsofios, North and Vo (1993),
"A technique for drawing directed graphs".
"""

from bisect import bisect_right, insort
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from papertrail.domain.lineages.map.graph import Grid


def order_choices(grid: Grid) -> list[list[list[int]]]:
    """Return several good orders, each for every row what stands in it, from left to right."""
    big = len(grid.rows) > 400
    choices: list[list[list[int]]] = []
    for start in (_by_reading(grid), _by_descent(grid))[: 1 if big else 2]:
        best: list[list[int]] = []
        fewest = -1
        for rows in _sweeps(grid, start, 6 if big else 12):
            crossings = count_crossings(grid, rows)
            if fewest < 0 or crossings < fewest:
                best, fewest = [list(row) for row in rows], crossings
        if not big:
            _exchange(grid, best)
        if best not in choices:
            choices.append(best)
    return choices


def _by_reading(grid: Grid) -> list[list[int]]:
    """Return rows in reading order, passing lines where their paper would be."""
    order = sorted(range(len(grid.rows)), key=lambda v: (grid.sources[v], v))
    return _in_rows(grid, order)


def _by_descent(grid: Grid) -> list[list[int]]:
    """Return rows in the order in which a walk down every line first meets them."""
    order: list[int] = []
    seen: set[int] = set()
    stack = [v for v in reversed(range(grid.graph.size)) if not grid.ups[v]]
    while stack:
        v = stack.pop()
        if v not in seen:
            seen.add(v)
            order.append(v)
            stack.extend(reversed(grid.downs[v]))
    return _in_rows(grid, order)


def _in_rows(grid: Grid, order: Sequence[int]) -> list[list[int]]:
    rows: list[list[int]] = [[] for _ in range(max(grid.rows) + 1)]
    for v in order:
        rows[grid.rows[v]].append(v)
    return rows


def _sweeps(grid: Grid, rows: list[list[int]], count: int) -> Iterator[list[list[int]]]:
    """Yield the rows after each sweep; they are the same lists every time."""
    place = [0.0] * len(grid.rows)
    for row in rows:
        _number(row, place)
    yield rows
    for sweep in range(count):
        down = sweep % 2 == 0
        neighbours = grid.ups if down else grid.downs
        for row in rows[1:] if down else rows[-2::-1]:
            _sort_row(row, neighbours, place, tail_first=sweep % 4 >= 2)
        yield rows


def _number(row: Sequence[int], place: list[float]) -> None:
    """Note where each thing of a row stands, from -1 to 1."""
    half = max((len(row) - 1) / 2, 0.5)
    for index, v in enumerate(row):
        place[v] = (index - half) / half if len(row) > 1 else 0.0


def _sort_row(
    row: list[int], neighbours: Sequence[Sequence[int]], place: list[float], tail_first: bool
) -> None:
    wanted = {}
    for v in row:
        beside = neighbours[v]
        wanted[v] = sum(place[n] for n in beside) / len(beside) if beside else place[v]
    if tail_first:
        row.reverse()
    row.sort(key=wanted.__getitem__)
    _number(row, place)


def count_crossings(grid: Grid, rows: Sequence[Sequence[int]]) -> int:
    """Return how many pairs of links cross."""
    return sum(_crossings_below(grid, upper, lower) for upper, lower in pairwise(rows))


def _crossings_below(grid: Grid, upper: Sequence[int], lower: Sequence[int]) -> int:
    place = {v: index for index, v in enumerate(lower)}
    met: list[int] = []
    crossings = 0
    for v in upper:
        ends = [place[d] for d in grid.downs[v]]
        for end in ends:
            crossings += len(met) - bisect_right(met, end)
        for end in ends:
            insort(met, end)
    return crossings


def _exchange(grid: Grid, rows: list[list[int]]) -> None:
    """Exchange neighbours in a row as long as that takes crossings away."""
    place = [0] * len(grid.rows)
    for row in rows:
        for index, v in enumerate(row):
            place[v] = index
    for _ in range(8):
        gained = 0
        for row in rows:
            for index in range(len(row) - 1):
                left, right = row[index], row[index + 1]
                gain = _gain(grid.ups, place, left, right) + _gain(grid.downs, place, left, right)
                if gain > 0:
                    row[index], row[index + 1] = right, left
                    place[left], place[right] = index + 1, index
                    gained += gain
        if not gained:
            return


def exchange_gain(grid: Grid, rows: Sequence[Sequence[int]], number: int, index: int) -> int:
    """Return how many crossings go away when a thing of a row changes places with the next."""
    left, right = rows[number][index : index + 2]
    place = {v: at for row in rows[max(number - 1, 0) : number + 2] for at, v in enumerate(row)}
    return _gain(grid.ups, place, left, right) + _gain(grid.downs, place, left, right)


def _gain(
    neighbours: Sequence[Sequence[int]], place: Sequence[int] | Mapping[int, int], left: int, right: int
) -> int:
    """Return how many crossings on one side go away when two neighbours change places."""
    gain = 0
    for a in neighbours[left]:
        here = place[a]
        for b in neighbours[right]:
            there = place[b]
            gain += (here > there) - (here < there)
    return gain

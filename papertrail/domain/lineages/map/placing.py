"""At which column each paper and passing line stands, so that lines are straight and short.

A priority method as in Sugiyama, Tagawa and Toda (1981) with weights like those of Gansner and others (1993):
rows are placed in turn, from the top and from the bottom, each as near to its neighbours as order and gaps
allow. The best places of one row are an isotonic regression, solved by pooling adjacent violators (Ayer and
others, 1955). Then passing lines are nailed down, the longest first, each in as few straight pieces as the
others leave room for.
"""

from collections.abc import Sequence
from typing import TypeAlias

from papertrail.domain.lineages.map.graph import EDGE, GAP, Grid

_WEIGHTS = (1.0, 3.0, 8.0)
"""How much it matters that two boxes, a box and a passing line, or two pieces of a line are in one column."""
_NAILED = 1e6

_Pulls: TypeAlias = list[tuple[int, float, int]]


def place_columns(grid: Grid, rows: Sequence[Sequence[int]], room: int | None) -> list[int]:
    """Return the left column of each paper and passing line.

    Args:
        grid: papers and passing lines.
        rows: what stands in each row, from left to right.
        room: columns there are; rows that need more take more.
    """
    return _Placing(grid, rows, room).run()


def pool(wanted: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Return the never falling numbers nearest to `wanted`, by weighted squares.

    Examples:
        >>> pool([1, 5, 3], [1, 1, 1])
        [1.0, 4.0, 4.0]
    """
    sums: list[float] = []
    totals: list[float] = []
    counts: list[int] = []
    for want, weight in zip(wanted, weights, strict=True):
        value, total, count = want * weight, weight, 1
        while sums and sums[-1] * total > value * totals[-1]:
            value += sums.pop()
            total += totals.pop()
            count += counts.pop()
        sums.append(value)
        totals.append(total)
        counts.append(count)
    return [s / t for s, t, c in zip(sums, totals, counts, strict=True) for _ in range(c)]


class _Placing:
    """The columns while they are being found."""

    def __init__(self, grid: Grid, rows: Sequence[Sequence[int]], room: int | None) -> None:
        self._grid = grid
        self._rows = rows
        self._size = grid.graph.size
        self._widths = [*grid.graph.widths, *([1] * (len(grid.rows) - self._size))]
        self._offsets = [self._offsets_of(row) for row in rows]
        needed = [offsets[-1] for offsets in self._offsets]
        self._span = max(*needed, room or 0)
        self._left = [0] * len(grid.rows)
        self._nails: dict[int, int] = {}
        self._pulls_up, self._pulls_down = self._pulls(grid.ups), self._pulls(grid.downs)
        for row, offsets in zip(rows, self._offsets, strict=True):
            start = (max(needed) - offsets[-1]) // 2
            for v, offset in zip(row, offsets, strict=False):
                self._left[v] = start + offset

    def _offsets_of(self, row: Sequence[int]) -> list[int]:
        """Return the column of each thing in a row without slack, and at the end the width of all."""
        offsets = []
        column = 0
        for index, v in enumerate(row):
            if index:
                column += GAP if v < self._size and row[index - 1] < self._size else 1
            offsets.append(column)
            column += self._widths[v]
        return [*offsets, column]

    def run(self) -> list[int]:
        """Return the columns, the leftmost 0."""
        count = 4 if len(self._left) > 400 else 8
        self._settle(count)
        self._nail_lines()
        self._settle(count // 2)
        start = min(self._left)
        return [column - start for column in self._left]

    def _settle(self, count: int) -> None:
        """Sweep down and up until nothing moves, then once for both sides."""
        for _ in range(count):
            before = list(self._left)
            self._sweep(self._pulls_up)
            self._sweep(self._pulls_down)
            if self._left == before:
                break
        self._sweep([up + down for up, down in zip(self._pulls_up, self._pulls_down, strict=True)])

    def _sweep(self, pulls: Sequence[_Pulls]) -> None:
        numbers = range(len(self._rows))
        for number in reversed(numbers) if pulls is self._pulls_down else numbers:
            self._place(number, pulls)

    def _place(self, number: int, pulls: Sequence[_Pulls]) -> None:
        """Place one row as what pulls at it wants it."""
        row, offsets, left, nails = self._rows[number], self._offsets[number], self._left, self._nails
        wanted, weights = [], []
        for v, offset in zip(row, offsets, strict=False):
            total, moment = 0.01, 0.01 * left[v]
            if v in nails:
                total, moment = _NAILED, _NAILED * nails[v]
            elif pulls[v]:
                total = moment = 0.0
                for n, weight, shift in pulls[v]:
                    total += weight
                    moment += weight * (left[n] + shift)
            wanted.append(moment / total - offset)
            weights.append(total)
        slack = self._span - offsets[-1]
        for v, offset, want in zip(row, offsets, pool(wanted, weights), strict=False):
            place = round(want)
            left[v] = offset + (0 if place < 0 else place if place < slack else slack)

    def _pulls(self, neighbours: Sequence[Sequence[int]]) -> list[_Pulls]:
        """Return for each thing what pulls at it from one side: number, weight, and distance of middles."""
        half = [width // 2 for width in self._widths]
        return [
            [(n, _WEIGHTS[(v >= self._size) + (n >= self._size)], half[n] - half[v]) for n in beside]
            for v, beside in enumerate(neighbours)
        ]

    def _nail_lines(self) -> None:
        """Give every passing line columns to keep, the same in as many rows as possible."""
        lines: dict[int, list[int]] = {}
        for v in range(self._size, len(self._left)):
            lines.setdefault(self._grid.sources[v], []).append(v)
        place = {v: index for row in self._rows for index, v in enumerate(row)}
        for line in sorted(lines.values(), key=lambda line: (-len(line), line[0])):
            self._nail(line, place)

    def _nail(self, line: Sequence[int], place: dict[int, int]) -> None:
        """Nail down a line from above, with a bend only where it cannot go on straight."""
        piece: list[int] = []
        low, high = 0, self._span
        for v in line:
            first, last = self._free(v, place[v])
            if piece and (max(low, first) > min(high, last)):
                self._nail_piece(piece, low, high)
                piece = []
                low, high = 0, self._span
            piece.append(v)
            low, high = max(low, first), min(high, last)
        self._nail_piece(piece, low, high)

    def _nail_piece(self, piece: Sequence[int], low: int, high: int) -> None:
        """Nail down a straight piece where most of it is, and where a box at the border could meet it."""
        columns = sorted(self._left[v] for v in piece)
        inner_low, inner_high = max(low, EDGE), min(high, self._span - 1 - EDGE)
        if inner_low <= inner_high:
            low, high = inner_low, inner_high
        column = min(max(columns[len(columns) // 2], low), high)
        for v in piece:
            self._nails[v] = column

    def _free(self, v: int, index: int) -> tuple[int, int]:
        """Return the first and last column a thing can have without moving what is nailed."""
        number = self._grid.rows[v]
        row, offsets = self._rows[number], self._offsets[number]
        low, high = offsets[index], self._span - offsets[-1] + offsets[index]
        for other in range(index - 1, -1, -1):
            if row[other] in self._nails:
                low = self._nails[row[other]] + offsets[index] - offsets[other]
                break
        for other in range(index + 1, len(row)):
            if row[other] in self._nails:
                high = self._nails[row[other]] + offsets[index] - offsets[other]
                break
        return low, high

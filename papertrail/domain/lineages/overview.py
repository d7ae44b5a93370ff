"""All lineages at once: each a block in time, how large it is, how far one is, how many links lead where."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from papertrail.domain.lineages.lineage import LineageProgress
from papertrail.domain.lineages.map.cells import label, width_of

_LONGEST_NAME, _SHORTEST_NAME = 34, 14  # cells
_LINKS = 10  # cells of what links are told of a lineage
_WIDEST_YEAR, _NARROWEST_YEAR = 8, 3  # cells
_APART = 2


class Block(NamedTuple):
    """A lineage, or all papers, in time.

    Attributes:
        progress: its name, how large it is, how far one is.
        years: how many papers it has of each year known.
    """

    progress: LineageProgress
    years: Mapping[int, int]

    @property
    def size(self) -> str:
        """How many papers, of which years."""
        total = self.progress.total
        years = sorted({min(self.years), max(self.years)}) if self.years else []
        span = ", " + "–".join(map(str, years)) if years else ""
        return f"{total} paper{'' if total == 1 else 's'}{span}"


class Overview(NamedTuple):
    """Lineages beside each other in time.

    Attributes:
        blocks: the lineages, that with the oldest paper first.
        whole: all papers of the trail.
        links: how many links lead from a lineage, named first, to papers of another one that are not in it.
    """

    blocks: tuple[Block, ...]
    whole: Block
    links: Mapping[tuple[str, str], int]

    def builds_on(self, name: str) -> dict[str, int]:
        """Return on which lineages one builds, by how many links, the most first."""
        found = {other: count for (own, other), count in self.links.items() if own == name}
        return dict(sorted(found.items(), key=lambda item: -item[1]))

    def built_on_by(self, name: str) -> dict[str, int]:
        """Return which lineages build on one, by how many links, the most first."""
        found = {own: count for (own, other), count in self.links.items() if other == name}
        return dict(sorted(found.items(), key=lambda item: -item[1]))

    def told(self, name: str) -> list[str]:
        """Return the links of a lineage in words; empty where there are none."""
        said = (("builds on", self.builds_on(name)), ("built on by", self.built_on_by(name)))
        return [
            f"{words} {' · '.join(f'{label(other, 40)} {count}' for other, count in some.items())}"
            for words, some in said
            if some
        ]


def overview_of(
    lineages: Iterable[LineageProgress],
    years: Mapping[str, Mapping[int, int]],
    links: Mapping[tuple[str, str], int],
    whole: Block,
) -> Overview:
    """Return the lineages as an overview, in the order of their oldest papers; those without years last."""
    blocks = [Block(one, years.get(one.name, {})) for one in lineages]
    blocks.sort(key=lambda block: (min(block.years, default=9999), max(block.years, default=9999)))
    return Overview(tuple(blocks), whole, links)


class Piece(NamedTuple):
    """Cells that look alike.

    Attributes:
        role: `name`, `count`, `year`, `done` and `open` for the line, `counted` and `number` for how many
            papers there are of a year, `up`, `down`, or empty for blanks.
    """

    text: str
    role: str = ""


class Table:
    """The rows of an overview in so many cells.

    Attributes:
        head: the row of years.
    """

    def __init__(self, overview: Overview, width: int) -> None:
        self._overview = overview
        shown = (*overview.blocks, overview.whole)
        names = max(width_of(label(block.progress.name, _LONGEST_NAME)) for block in shown)
        self._name = min(names, max(width // 3, _SHORTEST_NAME))
        self._digits = len(str(overview.whole.progress.total))
        self._counts = 2 * self._digits + 3
        self._start = self._name + self._counts + 2 * _APART
        links = _LINKS if overview.links else 0
        self._room = max(width - self._start - links - 1, _NARROWEST_YEAR)
        self._firsts = _columns(overview.whole.years, self._room // _NARROWEST_YEAR)
        self._wide = min(self._room // max(len(self._firsts), 1), _WIDEST_YEAR)
        self.head = self._head()

    def _head(self) -> list[Piece]:
        cells = [" "] * self._room
        free = 0
        for number, year in enumerate(self._firsts):
            at = number * self._wide + max((self._wide - 4) // 2, 0)
            said = f"{year:>4}"
            if number == 0 and len(self._firsts) < len(self._overview.whole.years):
                said = f"<{self._firsts[1]}"
            if free <= at <= len(cells) - len(said):
                cells[at : at + len(said)] = said
                free = at + len(said) + 1
        return [Piece(" " * self._start), Piece("".join(cells), "year")]

    def row(self, block: Block, chosen: str | None) -> list[Piece]:
        """Return the row of a lineage, with the links between it and the one that is `chosen`."""
        one = block.progress
        name = label(one.name, self._name)
        name += " " * (self._name - width_of(name))
        counts = f"{one.counted:>{self._digits}} / {one.total:>{self._digits}}"
        line = self._line(block)
        taken = sum(len(piece.text) for piece in line)
        blank = Piece(" " * (self._room - taken + 1))
        row = [Piece(name, "name"), Piece("  "), Piece(counts, "count"), Piece("  "), *line, blank]
        return [*row, *self.links(block, chosen)]

    def links(self, block: Block, chosen: str | None) -> list[Piece]:
        """Return the end of a row: the links between the lineage and the one that is `chosen`."""
        if chosen is None or block is self._overview.whole:
            return []
        up = self._overview.links.get((chosen, block.progress.name), 0)
        down = self._overview.links.get((block.progress.name, chosen), 0)
        told = [Piece(f"↑{up}".ljust(5), "up")] if up else [Piece(" " * 5)] if down else []
        return [*told, *([Piece(f"↓{down}".ljust(5), "down")] if down else [])]

    def words(self, block: Block) -> list[Piece]:
        """Return a second row for a lineage: its links in words."""
        room = self._room + _LINKS
        said = " · ".join([block.size, *self._overview.told(block.progress.name)])
        return [Piece(" " * self._start), Piece(label(said, room), "year")]

    def _line(self, block: Block) -> list[Piece]:
        """Return the block of a lineage: a heavy line for what is counted, then a light one, with numbers."""
        if not block.years:
            return []
        numbers: dict[int, int] = {}
        for year, papers in block.years.items():
            column = max(bisect_right(self._firsts, year) - 1, 0)
            numbers[column] = numbers.get(column, 0) + papers
        first, last = min(numbers), max(numbers)
        length = (last - first + 1) * self._wide
        share = block.progress.counted / block.progress.total if block.progress.total else 0
        halves = max(round(share * length * 2), bool(share))
        cells = [
            ("━", "done") if 2 * at + 1 < halves else ("╾", "done") if 2 * at < halves else ("─", "open")
            for at in range(length)
        ]
        for column, papers in numbers.items():
            said = str(papers) if len(str(papers)) < self._wide else "+"
            at = (column - first) * self._wide + (self._wide - len(said)) // 2
            cells[at : at + len(said)] = [
                (digit, "counted" if cells[at][1] == "done" else "number") for digit in said
            ]
        parts = [
            Piece("".join(sign for sign, _ in some), role)
            for role, some in groupby(cells, key=lambda cell: cell[1])
        ]
        return [Piece(" " * (first * self._wide)), *parts] if first else parts


def _columns(years: Iterable[int], most: int) -> Sequence[int]:
    """Return the first year of each column: every year that has papers; the oldest ones may share one."""
    known = sorted(years)
    return known if len(known) <= most else [known[0], *known[len(known) - max(most, 2) + 1 :]]

"""The lineages, each with a bar of how far it is."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from papertrail.domain.lineage import LineageProgress
from papertrail.domain.text import clean_line
from papertrail.tui.cells import fit, line_bar
from papertrail.tui.ink import ink
from papertrail.tui.row_list import RowList

_LONGEST_BAR = 10


class LineageList(RowList):
    """All papers first, then every lineage in its order."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(header=1, id=id)
        self._lines: list[LineageProgress] = []
        self._numbers_width = self._names_width = 0

    def set_lineages(self, lineages: Sequence[LineageProgress], everything: LineageProgress) -> None:
        """Show these lineages below the line for all papers; the cursor stays on its lineage."""
        name = self.name_at(self.cursor)
        fresh = [everything, *lineages]
        self._numbers_width = max(len(_numbers(line)) for line in fresh)
        self._names_width = max(cell_len(clean_line(line.name)[:80]) for line in fresh)
        if [line.name for line in fresh] == [line.name for line in self._lines]:
            self._lines = fresh
            self.refresh()
            return
        self._lines = fresh
        names = [None, *(line.name for line in lineages)]
        self.set_count(len(fresh), names.index(name) if name in names else 0)

    def name_at(self, index: int) -> str | None:
        """Return the name of the lineage of a row; None for all papers."""
        return self._lines[index].name if 0 < index < len(self._lines) else None

    @property
    def chosen(self) -> LineageProgress | None:
        """The line under the cursor; the first one is all papers."""
        return self._lines[self.cursor] if self._lines else None

    @property
    def total(self) -> int:
        """How many papers there are in all."""
        return self._lines[0].total if self._lines else 0

    def index_of(self, name: str) -> int:
        """Return the row of a lineage, 0 when there is none of this name."""
        return next((i for i, line in enumerate(self._lines) if i and line.name == name), 0)

    def header_segments(self, y: int, width: int, title: Style, quiet: Style) -> list[Segment]:
        """Name the list."""
        return [Segment(" lineages", title if self.has_focus else quiet)]

    def row_segments(self, index: int, width: int, style: Style, is_cursor: bool) -> list[Segment]:
        """Draw one lineage: name, bar, counted of all."""
        line = self._lines[index]
        numbers = f"{_numbers(line):>{self._numbers_width}}"
        room = width - len(numbers) - 4
        bar_width = min(max(room - self._names_width, room // 4 if room < 24 else 6), _LONGEST_BAR)
        name = fit(clean_line(line.name), room - bar_width)
        done, rest = line_bar(line.counted, line.total, bar_width)
        quiet = style if is_cursor else style + ink(self, "quiet")
        bar_style = ink(self, "success")
        rest_style = ink(self, "rule")
        return [
            Segment(f" {name} ", style),
            Segment(done, style + bar_style),
            Segment(rest, style + rest_style),
            Segment(f" {numbers} ", quiet),
        ]


def _numbers(line: LineageProgress) -> str:
    return f"{line.counted}/{line.total}"

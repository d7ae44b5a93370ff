"""The lineages, each with a bar of how far it is."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from papertrail.domain.lineages.lineage import LineageProgress
from papertrail.domain.paper import PaperQuery, Status
from papertrail.domain.text import clean_line
from papertrail.tui.widgets.cells import fit, line_bar
from papertrail.tui.widgets.ink import ink
from papertrail.tui.widgets.row_list import RowList

QUEUE_ROW = 1
_KINDS = {0: "this line is all papers", QUEUE_ROW: "this line is the queue"}
_LONGEST_BAR = 10


class LineageList(RowList):
    """All papers first, then the queue, then every lineage in its order; those at rest are quiet."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(header=1, id=id)
        self._lines: list[LineageProgress] = []
        self._numbers_width = self._names_width = 0

    def set_lineages(
        self, lineages: Sequence[LineageProgress], everything: LineageProgress, queued: int
    ) -> None:
        """Show these lineages below the lines for all papers and the queue; the cursor stays on its line.

        Args:
            lineages: in order.
            everything: all papers, as if they were a lineage.
            queued: how many papers are in the queue.
        """
        name = self.name_at(self.cursor)
        fresh = [everything, LineageProgress("Queue", queued, 0, 0), *lineages]
        known = [line.name for line in self._lines]
        self._lines = fresh
        self._numbers_width = max(len(self._numbers(index)) for index in range(len(fresh)))
        self._names_width = max(cell_len(clean_line(line.name)[:80]) for line in fresh)
        if [line.name for line in fresh] == known:
            self.refresh()
        elif name is None:
            self.set_count(len(fresh), min(self.cursor, QUEUE_ROW))
        else:
            self.set_count(len(fresh), self.index_of(name))

    def name_at(self, index: int) -> str | None:
        """Return the name of the lineage of a row; None for all papers and for the queue."""
        return self._lines[index].name if QUEUE_ROW < index < len(self._lines) else None

    def query_at(self, index: int) -> PaperQuery:
        """Return what the papers of a row are."""
        if index == QUEUE_ROW:
            return PaperQuery(status=Status.QUEUED)
        return PaperQuery(lineage=self.name_at(index))

    @property
    def chosen(self) -> LineageProgress | None:
        """The line under the cursor; the first one is all papers, the second one the queue."""
        return self._lines[self.cursor] if self._lines else None

    @property
    def kind(self) -> str:
        """What the line under the cursor is."""
        return _KINDS.get(self.cursor, "this is a lineage")

    @property
    def extent(self) -> str:
        """How much the line under the cursor holds; what waits in the queue is not asked for what is read."""
        line = self.chosen
        if line is None:
            return ""
        if self.cursor == QUEUE_ROW:
            return f"{line.total} {'paper' if line.total == 1 else 'papers'} in your order"
        return f"{line.read} of {line.total} read"

    @property
    def total(self) -> int:
        """How many papers there are in all."""
        return self._lines[0].total if self._lines else 0

    def index_of(self, name: str) -> int:
        """Return the row of a lineage, 0 when there is none of this name."""
        rows = enumerate(self._lines)
        return next((i for i, line in rows if i > QUEUE_ROW and line.name == name), 0)

    def header_segments(self, y: int, width: int, title: Style, quiet: Style) -> list[Segment]:
        """Name the list."""
        return [Segment(" lineages", title if self.has_focus else quiet)]

    def row_segments(self, index: int, width: int, style: Style, is_cursor: bool) -> list[Segment]:
        """Draw one lineage: name, bar, counted of all."""
        line = self._lines[index]
        numbers = f"{self._numbers(index):>{self._numbers_width}}"
        room = width - len(numbers) - 4
        bar_width = min(max(room - self._names_width, room // 4 if room < 24 else 6), _LONGEST_BAR)
        name = fit(clean_line(line.name), room - bar_width)
        done, rest = line_bar(line.counted, line.total, bar_width)
        if index == QUEUE_ROW:
            done, rest = "", " " * bar_width
        quiet = style if is_cursor else style + ink(self, "quiet")
        return [
            Segment(f" {name} ", style if line.active else quiet),
            Segment(done, style + ink(self, "success")),
            Segment(rest, style + ink(self, "rule")),
            Segment(f" {numbers} ", quiet),
        ]

    def _numbers(self, index: int) -> str:
        line = self._lines[index]
        if index == QUEUE_ROW:
            return str(line.total)
        return f"{line.counted}/{line.total}" if line.active else "at rest"

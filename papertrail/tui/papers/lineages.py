"""The lineages, each with a bar of how far it is, and below them the saved views."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from papertrail.domain.lineages.lineage import LineageProgress
from papertrail.domain.query.tree import Choice, Query, Text
from papertrail.domain.text import clean_line
from papertrail.domain.views import SavedView
from papertrail.tui.widgets.cells import bar_parts, fit
from papertrail.tui.widgets.ink import ink
from papertrail.tui.widgets.row_list import RowList

_KINDS = {
    "all": "this line is all papers",
    "queue": "this line is the queue",
    "lineage": "this is a lineage",
    "heading": "",
    "view": "this is a saved view",
}
_LONGEST_BAR = 10
_QUEUED = Choice("status", ("queued",))


class _Row(NamedTuple):
    """One line; `query` is that of a view, as it was typed."""

    kind: Literal["all", "queue", "lineage", "heading", "view"]
    progress: LineageProgress
    query: str = ""

    @property
    def identity(self) -> tuple[str, str]:
        """What tells a line from all others."""
        return self.kind, self.progress.name


class LineageList(RowList):
    """All papers first, then the queue, every lineage in its order, those at rest quiet, then the views."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(header=1, id=id)
        self._rows: list[_Row] = []
        self._counts: dict[str, int] = {}  # of the papers of views, by their queries
        self._numbers_width = self._names_width = 0
        self._is_left = False

    def set_lineages(
        self,
        lineages: Sequence[LineageProgress],
        everything: LineageProgress,
        queued: int,
        views: Sequence[SavedView] = (),
    ) -> None:
        """Show lines for all papers, the queue, these lineages and views; the cursor stays on its line.

        Args:
            lineages: in order.
            everything: all papers, as if they were a lineage.
            queued: how many papers are in the queue.
            views: in order.
        """
        here = self._rows[self.cursor].identity if self._rows else ("", "")
        known = [row.identity for row in self._rows]
        self._rows = [_Row("all", everything), _Row("queue", LineageProgress("Queue", queued, 0, 0))]
        self._rows += [_Row("lineage", line) for line in lineages]
        if views:
            self._rows.append(_Row("heading", LineageProgress("saved views", 0, 0, 0)))
        self._rows += [_Row("view", LineageProgress(view.name, 0, 0, 0), view.query) for view in views]
        self._measure()
        fresh = [row.identity for row in self._rows]
        if fresh == known:
            self.refresh()
        else:
            at = fresh.index(here) if here in fresh else 0
            self.set_count(len(fresh), at)

    def set_view_counts(self, counts: dict[str, int]) -> None:
        """Say how many papers the views have, by their queries."""
        self._counts = counts
        self._measure()
        self.refresh()

    def _measure(self) -> None:
        self._numbers_width = max(len(self._numbers(row)) for row in self._rows)
        self._names_width = max(
            cell_len(clean_line(row.progress.name)[:80]) for row in self._rows if row.kind != "view"
        )

    def is_heading(self, index: int) -> bool:
        """Tell whether a row is the one above the views."""
        return index < len(self._rows) and self._rows[index].kind == "heading"

    def leave(self, is_left: bool) -> None:
        """Say whether the papers in sight are asked of all papers, and not of the line under the cursor."""
        if is_left != self._is_left:
            self._is_left = is_left
            for row in (0, self.cursor):
                self.refresh_row(row)

    def is_lit(self, index: int) -> bool:
        """Tell whether a row is drawn as the one that is meant; all papers where the cursor's is left."""
        return index == (0 if self._is_left and not self.has_focus else self.cursor)

    def lit_rows(self) -> tuple[int, ...]:
        """Return the rows that may be drawn as the one that is meant."""
        return (0, self.cursor)

    def name_at(self, index: int) -> str | None:
        """Return the name of the lineage of a row; None for all others."""
        row = self._rows[index] if index < len(self._rows) else None
        return row.progress.name if row is not None and row.kind == "lineage" else None

    def query_at(self, index: int) -> Query | str:
        """Return what the papers of a row are; of a view as it was typed."""
        row = self._rows[index] if index < len(self._rows) else None
        if row is None or row.kind == "all":
            return Query()
        if row.kind == "view":
            return row.query
        return Query(_QUEUED if row.kind == "queue" else Text("lineage", row.progress.name, whole=True))

    @property
    def chosen(self) -> LineageProgress | None:
        """The line under the cursor."""
        return self._rows[self.cursor].progress if self._rows else None

    @property
    def chosen_view(self) -> SavedView | None:
        """The view under the cursor."""
        row = self._rows[self.cursor] if self._rows else None
        return SavedView(row.progress.name, row.query) if row is not None and row.kind == "view" else None

    @property
    def is_queue(self) -> bool:
        """Whether the line under the cursor is the queue."""
        return bool(self._rows) and self._rows[self.cursor].kind == "queue"

    @property
    def kind(self) -> str:
        """What the line under the cursor is."""
        return _KINDS[self._rows[self.cursor].kind if self._rows else "all"]

    @property
    def extent(self) -> str:
        """How much the line under the cursor holds; what waits in the queue is not asked for what is read."""
        if not self._rows:
            return ""
        row = self._rows[self.cursor]
        if row.kind == "queue":
            return f"{row.progress.total} {'paper' if row.progress.total == 1 else 'papers'} in your order"
        return row.query if row.kind == "view" else f"{row.progress.read} of {row.progress.total} read"

    @property
    def total(self) -> int:
        """How many papers there are in all."""
        return self._rows[0].progress.total if self._rows else 0

    def index_of(self, name: str) -> int:
        """Return the row of a lineage, 0 when there is none of this name."""
        rows = enumerate(self._rows)
        return next((i for i, row in rows if row.identity == ("lineage", name)), 0)

    @property
    def view_rows(self) -> list[int]:
        """The rows of the views."""
        return [i for i, row in enumerate(self._rows) if row.kind == "view"]

    def header_segments(self, y: int, width: int, title: Style, quiet: Style) -> list[Segment]:
        """Name the list."""
        return [Segment(" lineages", title if self.has_focus else quiet)]

    def row_segments(self, index: int, width: int, style: Style, is_cursor: bool) -> list[Segment]:
        """Draw one line: name, bar, counted of all; a view has no bar."""
        row = self._rows[index]
        line, quiet = row.progress, style if is_cursor else style + ink(self, "quiet")
        if row.kind == "heading":
            return [Segment(fit(f" {line.name}", width), quiet)]
        numbers = f"{self._numbers(row):>{self._numbers_width}}"
        room = width - len(numbers) - 4
        if row.kind == "view":
            name = fit(clean_line(line.name), room)
            return [Segment(f" {name} ", style), Segment(f" {numbers} ", quiet)]
        bar_width = min(max(room - self._names_width, room // 4 if room < 24 else 6), _LONGEST_BAR)
        name = fit(clean_line(line.name), room - bar_width)
        best, done, rest = bar_parts(line.explained, line.counted, line.total, bar_width)
        if row.kind == "queue":
            done, rest = "", " " * bar_width
        return [
            Segment(f" {name} ", style if line.active else quiet),
            Segment(best + done, style + ink(self, "success")),
            Segment(rest, style + ink(self, "rule")),
            Segment(f" {numbers} ", quiet),
        ]

    def _numbers(self, row: _Row) -> str:
        line = row.progress
        if row.kind in ("view", "heading"):
            count = self._counts.get(row.query)
            return "" if count is None or row.kind == "heading" else f"{count:,}"
        if row.kind == "queue":
            return str(line.total)
        return f"{line.counted}/{line.total}" if line.active else "at rest"

"""The last weeks of review, and the days ahead, drawn in the colours of the program."""

from datetime import date

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from papertrail.domain.picture import Ink, Row
from papertrail.domain.recall.review import ReviewStats
from papertrail.domain.recall.weeks import draw_weeks, weeks_legend
from papertrail.tui.widgets.drawn_days import COLOURS
from papertrail.tui.widgets.ink import ground, ink

_DAYS = 28


class Weeks(Widget):
    """A bar a day."""

    DEFAULT_CSS = """
    Weeks { padding: 0 2; }
    """

    def __init__(self) -> None:
        super().__init__(id="weeks")
        self._told: tuple[ReviewStats, date] | None = None
        self._rows: list[Row] = []
        self._drawn: tuple[int, int] | None = None

    def set_stats(self, stats: ReviewStats, today: date) -> None:
        """Show these."""
        self._told = stats, today
        self._drawn = None
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line; all are worked out when size or days have changed."""
        base, size = ground(self), self.content_size
        if self._drawn != (size.width, size.height):
            self._rows = self._draw(size.width, size.height)
            self._drawn = size.width, size.height
        row = self._rows[y] if y < len(self._rows) else []
        return Strip([Segment(text, self._style(base, what)) for text, what in row]).adjust_cell_length(
            size.width, base
        )

    def _style(self, base: Style, what: Ink) -> Style:
        return base + ink(self, COLOURS[what])

    def _draw(self, width: int, height: int) -> list[Row]:
        if self._told is None:
            return []
        stats, today = self._told
        title = [("Answers a day", Ink.LABEL), ("   ", Ink.QUIET), *weeks_legend()]
        cell = 2 if width >= 4 + 2 * (_DAYS + len(stats.due)) + 1 else 1
        return [title, [], *draw_weeks(stats, today, height=height - 2, days=_DAYS, cell=cell)]

"""The way to the goal as pictures: counted against plan with the forecast, and the reading days."""

from collections.abc import Iterator

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from papertrail.domain.goal.today import Today
from papertrail.domain.picture import Ink, Row
from papertrail.tui.widgets.ink import ground, ink

HEATMAP_ROWS = 9  # months, seven days, what the signs mean
LEAST_CHART_ROWS = 6
MOST_CHART_ROWS = 18
_WIDE_CELLS = 62
_COLOURS = {
    Ink.COUNTED: "primary",
    Ink.PLAN: "foreground",
    Ink.FORECAST: "quiet",
    Ink.MIDDLE: "secondary",
    Ink.TODAY: "primary",
    Ink.TARGET: "success",
    Ink.AXIS: "rule",
    Ink.LABEL: "quiet",
    Ink.QUIET: "quiet",
    Ink.LEVEL0: "rule",
    Ink.LEVEL1: "quiet",
    Ink.LEVEL2: "secondary",
    Ink.LEVEL3: "success",
    Ink.LEVEL4: "success",
}


class Pictures(Widget):
    """The burn-up chart above, the map of reading days below; only what fits, nothing is scrolled.

    Empty until it is given days: the first frame does not wait for pictures.
    """

    DEFAULT_CSS = """
    Pictures { height: 1fr; padding: 0 1 0 2; }
    """

    def __init__(self) -> None:
        super().__init__(id="pictures")
        self._today: Today | None = None
        self._strips: list[Strip] = []
        self._drawn: tuple[int, int, Style] | None = None

    def set_today(self, today: Today) -> None:
        """Show these days."""
        self._today = today
        self._drawn = None
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the lines in sight; while there are no days they are all one."""
        if self._today is None:
            return [Strip.blank(crop.width, ground(self))] * crop.height
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line; all are worked out when size, colours or days have changed."""
        base = ground(self)
        wanted = (*self.content_size, base)
        if self._drawn != wanted:
            self._strips = list(self._draw_strips(base))
            self._drawn = wanted
        return self._strips[y] if y < len(self._strips) else Strip.blank(self.content_size.width, base)

    def _draw_strips(self, base: Style) -> Iterator[Strip]:
        width, height = self.content_size
        styles = {what: base + self._style(what) for what in Ink}
        for row in self._draw(width, height):
            strip = Strip([Segment(text, styles[what]) for text, what in row])
            yield strip.adjust_cell_length(width, base)

    def _style(self, what: Ink) -> Style:
        if what is Ink.PLAN_INSIDE:
            return ink(self, "primary", on="foreground")
        return ink(self, _COLOURS[what])

    def _draw(self, width: int, height: int) -> list[Row]:
        if self._today is None:
            return []
        from papertrail.domain.goal.burnup import Burnup, draw_burnup, legend

        goal = self._today.progress.goal
        days = HEATMAP_ROWS if goal is None or height >= HEATMAP_ROWS + LEAST_CHART_ROWS else 0
        rows: list[Row] = []
        if goal is not None:
            room = height - days
            spare = 2 if room > LEAST_CHART_ROWS + 2 else 0  # the legend, and a blank line
            fan = self._today.forecast.fan if self._today.forecast else ()
            burnup = Burnup(goal, self._today.progress.today, self._today.counted, fan)
            rows += draw_burnup(burnup, width, min(room - spare, MOST_CHART_ROWS))
            rows += [legend(), []] if spare else []
        if days:
            rows += self._days(width)
        return rows

    def _days(self, width: int) -> list[Row]:
        from papertrail.domain.goal.activity import draw_heatmap, heatmap_legend, streak_line

        assert self._today is not None
        cell = 2 if width >= _WIDE_CELLS else 1
        rows = draw_heatmap(self._today.active, self._today.progress.today, cell=cell)
        said = streak_line(self._today.streak)
        if width >= _WIDE_CELLS:
            return [*rows, [("   ", Ink.QUIET), *heatmap_legend(), (f"   {said}", Ink.LABEL)]]
        return [*rows, [(f"   {said or 'reading days'}", Ink.LABEL)]]

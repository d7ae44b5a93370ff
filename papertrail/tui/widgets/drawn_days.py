"""The pictures of the way to the goal, drawn in the colours of the program."""

from collections.abc import Iterator
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from papertrail.domain.goal.activity import Heatmap, heatmap_legend, streak_line
from papertrail.domain.goal.burnup import Burnup, day_at, draw_burnup, legend
from papertrail.domain.goal.numbers import told_of_day, told_of_reading
from papertrail.domain.goal.today import Today
from papertrail.domain.picture import Ink, Row
from papertrail.tui.widgets.ink import ground, ink

HEATMAP_ROWS = 9  # months, seven days, what the signs mean
LEAST_CHART_ROWS = 6
NARROWEST_HEATMAP = 44  # cells beside a goal; without one any width will do
COLOURS = {
    Ink.COUNTED: "primary",
    Ink.PLAN: "foreground",
    Ink.FORECAST: "haze",
    Ink.MIDDLE: "secondary",
    Ink.TODAY: "primary",
    Ink.TARGET: "success",
    Ink.AXIS: "rule",
    Ink.LABEL: "quiet",
    Ink.QUIET: "quiet",
    Ink.LEVEL0: "rule",
    Ink.LEVEL1: "ramp-1",
    Ink.LEVEL2: "ramp-2",
    Ink.LEVEL3: "ramp-3",
    Ink.LEVEL4: "ramp-4",
}
"""The variable of the theme for each ink."""


class DrawnDays(NamedTuple):
    """The pictures of some days as they lie in a window: the chart above, its legend, the reading days.

    Attributes:
        chart: rows of the chart; 0 where there is none.
        days: at which row the map of reading days begins; None where there is none.
    """

    today: Today
    width: int
    burnup: Burnup | None
    chart: int
    rows: list[Row]
    days: int | None
    heatmap: Heatmap

    @classmethod
    def within(cls, today: Today, width: int, height: int) -> "DrawnDays":
        """Draw what fits of both: the map goes first where the window is narrow or low."""
        goal, day = today.progress.goal, today.progress.today
        heatmap = Heatmap.fitting(today.active, day, goal, width)
        fits = width >= NARROWEST_HEATMAP and height >= HEATMAP_ROWS + 1 + LEAST_CHART_ROWS
        room = height - HEATMAP_ROWS - 1 if goal is not None and fits else height
        rows: list[Row] = []
        burnup, chart = None, 0
        if goal is not None:
            fan = today.forecast.fan if today.forecast else ()
            burnup = Burnup(goal, day, today.counted, fan)
            chart = max(room, 0)
            rows = draw_burnup(burnup, width, chart)
            told = legend(rows, width)
            if room > LEAST_CHART_ROWS + len(told):
                chart = room - len(told)
                rows = [*draw_burnup(burnup, width, chart), *told]
        days = None
        if goal is None or fits:
            rows += [[]] if goal is not None else []
            days = len(rows)
            rows += [*heatmap.draw(), _below_days(today, width)]
        return cls(today, width, burnup, chart, rows, days, heatmap)

    def told_at(self, x: int, y: int) -> str:
        """Say the numbers of the day that is drawn at a place; empty where none is."""
        if self.burnup is not None and y < self.chart:
            day = day_at(self.burnup, self.width, self.chart, x)
            return told_of_day(self.burnup, day) if day is not None else ""
        day = self.heatmap.day_at(y - self.days, x) if self.days is not None else None
        return told_of_reading(day, self.today.active.get(day, 0)) if day is not None else ""


def draw_days(widget: Widget, today: Today, size: Size) -> Iterator[Strip]:
    """Yield the lines that show these days in a widget: what fits of the chart and the reading days."""
    base = ground(widget)
    styles = {what: base + _style(widget, what) for what in Ink}
    for row in DrawnDays.within(today, *size).rows:
        strip = Strip([Segment(text, styles[what]) for text, what in row])
        yield strip.adjust_cell_length(size.width, base)


def told_at(today: Today, size: Size, x: int, y: int) -> str:
    """Say the numbers of the day that is drawn at a place of such a size; empty where none is."""
    return DrawnDays.within(today, *size).told_at(x, y)


def _style(widget: Widget, what: Ink) -> Style:
    if what is Ink.PLAN_INSIDE:
        return ink(widget, "primary", on="foreground")
    return ink(widget, COLOURS[what])


def _below_days(today: Today, width: int) -> Row:
    """Say what the signs of the map stand for; where there is room, also how many days in a row."""
    row = heatmap_legend(width)
    said = streak_line(today.streak)
    if said and sum(len(text) for text, _ in row) + len(said) + 3 <= width:
        row.append((f"   {said}", Ink.LABEL))
    return row

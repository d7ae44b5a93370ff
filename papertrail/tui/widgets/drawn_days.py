"""The pictures of the way to the goal, drawn in the colours of the program."""

from collections.abc import Iterator

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from papertrail.domain.goal.activity import draw_heatmap, heatmap_legend, streak_line
from papertrail.domain.goal.burnup import Burnup, draw_burnup, legend
from papertrail.domain.goal.today import Today
from papertrail.domain.picture import Ink, Row
from papertrail.tui.widgets.ink import ground, ink

HEATMAP_ROWS = 9  # months, seven days, what the signs mean
LEAST_CHART_ROWS = 6
MOST_CHART_ROWS = 18
_WIDE_CELLS = 62
COLOURS = {
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
"""The variable of the theme for each ink."""


def draw_days(widget: Widget, today: Today, size: Size) -> Iterator[Strip]:
    """Yield the lines that show these days in a widget: what fits of the chart and the reading days."""
    base = ground(widget)
    styles = {what: base + _style(widget, what) for what in Ink}
    for row in _draw(today, *size):
        strip = Strip([Segment(text, styles[what]) for text, what in row])
        yield strip.adjust_cell_length(size.width, base)


def _style(widget: Widget, what: Ink) -> Style:
    if what is Ink.PLAN_INSIDE:
        return ink(widget, "primary", on="foreground")
    return ink(widget, COLOURS[what])


def _draw(today: Today, width: int, height: int) -> list[Row]:
    goal = today.progress.goal
    days = HEATMAP_ROWS if goal is None or height >= HEATMAP_ROWS + LEAST_CHART_ROWS else 0
    rows: list[Row] = []
    if goal is not None:
        room = height - days
        spare = 2 if room > LEAST_CHART_ROWS + 2 else 0  # the legend, and a blank line
        fan = today.forecast.fan if today.forecast else ()
        burnup = Burnup(goal, today.progress.today, today.counted, fan)
        rows += draw_burnup(burnup, width, min(room - spare, MOST_CHART_ROWS))
        rows += [legend(), []] if spare else []
    if days:
        rows += _reading_days(today, width)
    return rows


def _reading_days(today: Today, width: int) -> list[Row]:
    cell = 2 if width >= _WIDE_CELLS else 1
    rows = draw_heatmap(today.active, today.progress.today, cell=cell)
    said = streak_line(today.streak)
    if width >= _WIDE_CELLS:
        return [*rows, [("   ", Ink.QUIET), *heatmap_legend(), (f"   {said}", Ink.LABEL)]]
    return [*rows, [(f"   {said or 'reading days'}", Ink.LABEL)]]

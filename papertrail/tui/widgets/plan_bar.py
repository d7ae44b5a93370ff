"""A bar of what is counted, drawn into a line of any widget."""

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from papertrail.domain.goal.progress import GoalProgress
from papertrail.tui.widgets.cells import bar_parts
from papertrail.tui.widgets.ink import ground, ink

PLAN_MARK = "┃"


def bar_with_plan(widget: Widget, progress: GoalProgress, width: int) -> list[Segment]:
    """Return a bar of what is counted, with a mark where the plan is by the end of today."""
    base, goal = ground(widget), progress.goal
    if goal is None or width <= 0:
        return [Segment("─" * width, base + ink(widget, "rule"))]
    best, done, rest = bar_parts(progress.explained, progress.counted, goal.target, width)
    share = progress.expected / goal.target if goal.target else 1.0
    plan = min(round(share * width), width - 1)
    parts = ((best, "success"), (done, "primary"), (rest, "rule"))
    strip = Strip([Segment(text, base + ink(widget, colour)) for text, colour in parts])
    before, _, after = strip.divide([plan, plan + 1, width])
    return [*before, Segment(PLAN_MARK, base + ink(widget, "foreground")), *after]

"""The goal as a bar, with a mark where the plan is today."""

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from papertrail.domain.goal.progress import GoalProgress
from papertrail.tui.widgets.cells import line_bar
from papertrail.tui.widgets.ink import ink

PLAN_MARK = "┃"


class GoalBar(Widget):
    """Shows how many papers count, and where the plan would be today."""

    DEFAULT_CSS = """
    GoalBar { height: 1; padding: 0 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._progress: GoalProgress | None = None

    def set_progress(self, progress: GoalProgress) -> None:
        """Show the goal as it stands."""
        self._progress = progress
        self.refresh()

    @property
    def line(self) -> str:
        """The words shown, empty until the library is open."""
        return self._progress.line if self._progress else ""

    def render_line(self, y: int) -> Strip:
        """Draw the bar."""
        width = self.content_size.width
        if self._progress is None:
            return Strip([Segment("─" * width, self.rich_style + ink(self, "rule"))])
        return Strip(bar_with_plan(self, self._progress, width)).adjust_cell_length(width, self.rich_style)


def bar_with_plan(widget: Widget, progress: GoalProgress, width: int) -> list[Segment]:
    """Return a bar of what is counted, with a mark where the plan is by the end of today."""
    base, goal = widget.rich_style, progress.goal
    if goal is None or width <= 0:
        return [Segment("─" * width, base + ink(widget, "rule"))]
    done, rest = line_bar(progress.counted, goal.target, width)
    share = progress.expected / goal.target if goal.target else 1.0
    plan = min(round(share * width), width - 1)
    strip = Strip([Segment(done, base + ink(widget, "primary")), Segment(rest, base + ink(widget, "rule"))])
    before, _, after = strip.divide([plan, plan + 1, width])
    return [*before, Segment(PLAN_MARK, base + ink(widget, "foreground")), *after]

"""The goal as a bar, with a mark where the plan is today."""

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from papertrail.domain.goal.progress import GoalProgress
from papertrail.tui.widgets.ink import ground, ink
from papertrail.tui.widgets.plan_bar import bar_with_plan


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
            return Strip([Segment("─" * width, ground(self) + ink(self, "rule"))])
        return Strip(bar_with_plan(self, self._progress, width)).adjust_cell_length(width, ground(self))

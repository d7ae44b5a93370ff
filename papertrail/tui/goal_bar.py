"""The goal at the top of the screen: one line of words, one line of bar with a mark for today."""

from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from papertrail.domain.goal import GoalProgress
from papertrail.tui.cells import bar


class GoalBar(Widget):
    """Shows how many papers count, and where the plan would be today."""

    DEFAULT_CSS = """
    GoalBar { height: 2; padding: 0 1; background: transparent; }
    GoalBar > .goal--name { color: $primary; text-style: bold; }
    GoalBar > .goal--line { color: $foreground; text-style: bold; }
    GoalBar > .goal--done { color: $primary; background: $panel; }
    GoalBar > .goal--rest { background: $panel; color: $quiet; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"goal--name", "goal--line", "goal--done", "goal--rest"}

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
        """Draw the words or the bar."""
        width = self.content_size.width
        if y == 0:
            name = self.get_component_rich_style("goal--name", partial=True)
            words = self.get_component_rich_style("goal--line", partial=True)
            line = self.line
            gap = " " * max(width - len("papertrail") - cell_len(line), 2)
            return Strip(
                [Segment("papertrail", name), Segment(gap), Segment(line, words)]
            ).adjust_cell_length(width, self.rich_style)
        return Strip(self._bar(width)).adjust_cell_length(width, self.rich_style)

    def _bar(self, width: int) -> list[Segment]:
        done_style: Style = self.get_component_rich_style("goal--done", partial=True)
        rest_style: Style = self.get_component_rich_style("goal--rest", partial=True)
        if self._progress is None:
            return [Segment(" " * width, rest_style)]
        goal = self._progress.goal
        done, rest = bar(self._progress.counted, goal.target, width)
        plan = round(goal.day_number(self._progress.today) / goal.days * width) if goal.days else 0
        mark = min(plan, width - 1) - len(done)
        if 0 <= mark < len(rest):
            rest = rest[:mark] + "┊" + rest[mark + 1 :]
        return [Segment(done, done_style), Segment(rest, rest_style)]

"""The goal at the top of the screen: one line of words, one line of bar with a mark for today."""

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from papertrail.domain.goal import GoalProgress
from papertrail.tui.cells import fit, line_bar
from papertrail.tui.ink import ink

PLAN_MARK = "┃"


class GoalBar(Widget):
    """Shows how many papers count, and where the plan would be today."""

    DEFAULT_CSS = """
    GoalBar { height: 2; padding: 0 1; }
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
        """Draw the words or the bar."""
        width = self.content_size.width
        segments = self._words(width) if y == 0 else self._bar(width)
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _style(self, colour: str, *, bold: bool | None = None) -> Style:
        return self.rich_style + ink(self, colour, bold=bold)

    def _words(self, width: int) -> list[Segment]:
        line = self.line
        gap = width - len(self.app.title) - cell_len(line)
        if gap < 2:
            return [Segment(fit(line, width), self._style("foreground", bold=True))]
        return [
            Segment(self.app.title, self._style("primary", bold=True)),
            Segment(" " * gap, self.rich_style),
            Segment(line, self._style("foreground", bold=True)),
        ]

    def _bar(self, width: int) -> list[Segment]:
        """Draw the bar, with a mark where an even pace would be by the end of today."""
        goal = self._progress.goal if self._progress else None
        if self._progress is None or goal is None:
            return [Segment("─" * width, self._style("rule"))]
        done, rest = line_bar(self._progress.counted, goal.target, width)
        share = self._progress.expected / goal.target if goal.target else 1.0
        plan = min(round(share * width), width - 1)
        strip = Strip([Segment(done, self._style("primary")), Segment(rest, self._style("rule"))])
        before, _, after = strip.divide([plan, plan + 1, width])
        return [*before, Segment(PLAN_MARK, self._style("foreground")), *after]

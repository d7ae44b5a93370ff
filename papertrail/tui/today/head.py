"""The goal at the head of the day: a large number, a bar, and what to do."""

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.renderables.digits import Digits
from textual.strip import Strip
from textual.widget import Widget

from papertrail.domain.goal import words
from papertrail.domain.goal.progress import GoalProgress, Standing
from papertrail.domain.goal.today import Today
from papertrail.domain.paper import EXPLAINED
from papertrail.tui.widgets.cells import fit
from papertrail.tui.widgets.ink import ground, ink
from papertrail.tui.widgets.plan_bar import bar_with_plan

if TYPE_CHECKING:
    from papertrail.domain.goal.forecast import Forecast

_GAP = 3
_BESIDE = {Standing.AHEAD: "success", Standing.REACHED: "success", Standing.BEHIND: "warning"}


class GoalHead(Widget):
    """Three lines: how many count, in large digits, and beside them of how many, the bar, the way on."""

    DEFAULT_CSS = """
    GoalHead { height: 3; padding: 0 2; }
    """

    def __init__(self) -> None:
        super().__init__(id="goal")
        self._today: Today | None = None
        self._large: list[str] = []  # the lines of the number's digits

    def set_today(self, today: Today) -> None:
        """Show the goal as it stands."""
        self._today = today
        drawn = Digits(str(today.progress.counted)).render(Style(bold=True))
        self._large = [part.text for part in drawn if isinstance(part, Segment) and part.text != "\n"]
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the number's part and the words or the bar beside it."""
        base, width = ground(self), self.content_size.width
        if self._today is None:
            return Strip.blank(width, base)
        large = Segment(self._large[y], self._style("primary", bold=True))
        room = max(width - cell_len(large.text) - _GAP, 0)
        parts = (self._counted, self._bar, self._way_on)[y](self._today.progress, room)
        return Strip([large, Segment(" " * _GAP, base), *parts]).adjust_cell_length(width, base)

    def _style(self, colour: str, *, bold: bool | None = None) -> Style:
        return ground(self) + ink(self, colour, bold=bold)

    def _counted(self, progress: GoalProgress, room: int) -> list[Segment]:
        """Say of how many, which day it is, and where one stands."""
        goal = progress.goal
        if goal is None:
            return [Segment(fit("papers read and noted", room), self._style("foreground", bold=True))]
        missing = f" · {progress.missing} missing" if progress.missing else ""
        owed = f" · {progress.owed} owed" if progress.owed else ""
        notes = owed and f" · {progress.owed} {'note' if progress.owed == 1 else 'notes'} owed"
        day = f" · day {goal.day_number(progress.today)} of {goal.days}"
        counted = f"of {goal.target} {'counted' if goal.counts == 'noted' else 'read'}"
        explained = f" · {progress.explained} {EXPLAINED}" if progress.explained else ""
        lengths = (
            f"{counted}{explained}{notes}{missing}{day}",
            f"{counted}{explained}{owed}{missing}{day}",
            f"{counted}{owed}{missing}{day}",
        )
        standing = [words.standing_words(progress, days=days) for days in (True, False)]
        left, beside = next(
            ((text, one) for one in standing for text in lengths if len(text) + len(one) + 2 <= room),
            (lengths[-1], standing[-1]),
        )
        gap = room - len(left) - len(beside)
        if gap < 2:
            return [Segment(fit(left, room), self._style("foreground", bold=True))]
        colour = _BESIDE.get(progress.standing, "foreground")
        return [
            Segment(left, self._style("foreground", bold=True)),
            Segment(" " * gap, ground(self)),
            Segment(beside, self._style(colour, bold=True)),
        ]

    def _bar(self, progress: GoalProgress, room: int) -> list[Segment]:
        """Draw the bar, with a mark where the plan is by the end of today."""
        return bar_with_plan(self, progress, room)

    def _way_on(self, progress: GoalProgress, room: int) -> list[Segment]:
        """Say what to do, and how likely the goal is, as far as both fit."""
        assert self._today is not None
        advice = words.advice(progress, "r", "g")
        said = ""
        if progress.goal is not None and self._today.forecast is not None:
            advice, said = self._with_chance(self._today.forecast, progress, advice, room)
        gap = " · " if advice and said else ""
        return [
            Segment(fit(advice, min(room, len(advice))), self._style("foreground")),
            Segment(fit(f"{gap}{said}", max(room - len(advice), 0)), self._style("quiet")),
        ]

    @staticmethod
    def _with_chance(forecast: "Forecast", progress: GoalProgress, advice: str, room: int) -> tuple[str, str]:
        """Return advice and chance as far as there is room; the advice gives way to a why."""
        long, short = words.forecast_words(forecast, progress), words.chance_words(forecast, progress)
        for said in (long, short):
            if len(said) + len(advice) + 3 <= room:
                return advice, said
        return ("", short) if words.why_words(forecast, progress) else (advice, "")

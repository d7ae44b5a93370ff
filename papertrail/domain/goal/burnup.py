"""The goal as a picture: what is counted against the plan, and where the forecast leads."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from math import ceil

from papertrail.domain.goal.forecast import FanPoint
from papertrail.domain.goal.goal import DAY, Goal
from papertrail.domain.picture import Canvas, Ink, Row, Run, date_marks, short_date

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_FULL, _NOTCH, _TARGET, _END = "█", "▇", "▔", "┊"
# Braille has four dots in height: one at the right is the plan, loose ones at the left the fan, a pair its
# middle line.
_BRAILLE = 0x2800
_PLAN_DOTS = "⢀⠠⠐⠈"
_FAN_DOTS = ((0x40, 0, 0x02, 0), (0, 0x04, 0, 0x01))  # of even columns, of odd ones: a quarter of all dots
_PAIRS = (0xC0, 0x24, 0x12, 0x09)
_FAN_EVEN, _FAN_ODD = (chr(_BRAILLE + sum(dots)) for dots in _FAN_DOTS)
_NARROWEST = 8  # columns of plot below which there is no room for numbers at the left


@dataclass(frozen=True, slots=True)
class Burnup:
    """What is counted towards a goal day by day, the plan, and the forecast.

    Attributes:
        counted: days in order, and how many papers were counted on each.
        fan: points of the forecast in order; empty without one.
    """

    goal: Goal
    today: date
    counted: tuple[tuple[date, int], ...]
    fan: tuple[FanPoint, ...]

    @property
    def end(self) -> date:
        """The day before which the picture ends: the goal's end, or later for today and the forecast.

        At most half the goal's length later, so that a slow start does not push the goal into a corner.
        """
        fan = self.open_fan
        latest = max(self.today + DAY, fan[-1].day if fan else self.goal.end)
        return max(self.goal.end, min(latest, self.goal.end + self.goal.days // 2 * DAY))

    @property
    def open_fan(self) -> tuple[FanPoint, ...]:
        """The forecast from the end of today to where it is nearly sure that the target is reached."""
        target = self.goal.target
        if self.sums[1][-1] >= target:
            return ()
        points: list[FanPoint] = []
        for point in self.fan:
            if point.day > self.today:
                points.append(point)
                if point.low >= target:
                    break
        return tuple(points) if len(points) > 1 else ()

    def forecast_by(self, before: date) -> FanPoint | None:
        """Return how many papers are foreseen before a day; None where the fan does not reach."""
        fan = self.open_fan
        at = bisect_right(fan, before, key=lambda point: point.day)
        if not at or (at == len(fan) and fan[-1].day < before):
            return None
        here, there = fan[at - 1], fan[min(at, len(fan) - 1)]
        long = (there.day - here.day).days
        share = (before - here.day).days / long if long else 0.0
        low, middle, high = (
            one + (other - one) * share
            for one, other in ((here.low, there.low), (here.middle, there.middle), (here.high, there.high))
        )
        return FanPoint(before, low, middle, high)

    def total_by(self, day: date) -> int:
        """Return how many papers are counted by the end of a day up to today."""
        days, sums = self.sums
        return sums[bisect_right(days, day) - 1]

    @property
    def sums(self) -> tuple[list[date], list[int]]:
        """Days up to today, and how many papers are counted by the end of each; nothing before the first."""
        past = [(day, number) for day, number in self.counted if day <= self.today]
        return [date.min, *(day for day, _ in past)], [0, *accumulate(number for _, number in past)]


def draw_burnup(burnup: Burnup, width: int, height: int) -> list[Row]:
    """Return the picture as `height` rows of `width` cells; labels give way where there are few of them."""
    canvas = Canvas(width, height)
    if canvas.width and canvas.height:
        _Drawing(burnup, canvas).draw()
    return canvas.rows()


_ENTRIES: tuple[tuple[tuple[Run, ...], str], ...] = (
    (((_FULL * 2, Ink.COUNTED),), "counted"),
    (((_PLAN_DOTS[2] * 2, Ink.PLAN), (_NOTCH, Ink.PLAN_INSIDE)), "plan"),
    (((_TARGET * 2, Ink.TARGET),), "goal"),
    (((chr(_BRAILLE + _PAIRS[1]) * 2, Ink.MIDDLE),), "forecast"),
    (((_FAN_EVEN + _FAN_ODD, Ink.FORECAST),), "likely range"),
)
_APART = 2  # blanks between two entries of the legend


def legend(rows: Sequence[Row], width: int) -> list[Row]:
    """Return the lines that say what is what in a picture: every sign in it, broken where a line is full.

    Args:
        rows: the picture.
        width: cells of a line.
    """
    drawn = {ink for row in rows for _, ink in row}
    lines: list[Row] = []
    used = width
    for signs, words in _ENTRIES:
        seen = [run for run in signs if run[1] in drawn]
        if not seen:
            continue
        long = sum(len(text) for text, _ in seen) + 1 + len(words)
        if lines and used + _APART + long <= width:
            lines[-1].append((" " * _APART, Ink.QUIET))
            used += _APART + long
        else:
            lines.append([])
            used = long
        lines[-1] += [*seen, (f" {words}", Ink.LABEL)]
    return lines


def day_at(burnup: Burnup, width: int, height: int, column: int) -> date | None:
    """Return the last day that a column of the picture stands for; None beside the plot.

    Args:
        burnup: what is drawn.
        width: of the picture.
        height: of the picture.
        column: cells from its left edge.
    """
    return _Drawing(burnup, Canvas(width, height)).day_of(column) if width > 0 and height > 0 else None


class _Drawing:
    """A picture being drawn: where days and numbers lie on the canvas."""

    def __init__(self, burnup: Burnup, canvas: Canvas) -> None:
        goal = burnup.goal
        self.burnup, self.goal, self.canvas = burnup, goal, canvas
        self.fan = burnup.open_fan
        self.days_counted, self.sums = burnup.sums
        total = self.sums[-1]
        foot = min(canvas.height // 2, 2)
        self.floor = canvas.height - foot  # rows of the plot, and the row of the axis below it
        label = len(str(goal.target))
        self.left = label + 2 if canvas.width - label - 2 >= _NARROWEST else 0
        self.columns = canvas.width - self.left
        # A target that is passed still lies between two rows, where its line is drawn.
        passed = total > goal.target > 0
        self.target_rows = max(self.floor * goal.target // total, 1) if passed else self.floor
        self.rows_a_paper = self.target_rows / (goal.target or total or 1)
        self.days = (burnup.end - goal.start).days
        self.days_a_column = self.days / self.columns
        self.gone = (burnup.today - goal.start).days + 1  # days by the end of today
        self.now = min(max(self._columns_of(self.gone), 0), self.columns)
        self.end_column = self._columns_of(goal.days) - 1
        self.heights = [self._height(column) for column in range(self.now)]

    def day_of(self, column: int) -> date | None:
        """Return the last day that a column of the canvas stands for."""
        at = column - self.left
        if not 0 <= at < self.columns:
            return None
        days = ceil((at + 1) * self.days_a_column)
        return self.goal.start + (min(days, self.gone) - 1 if at < self.now else days - 1) * DAY

    def _columns_of(self, days: int) -> int:
        """Return how many columns are begun after so many days."""
        return -(-days * self.columns // self.days)

    def _height(self, column: int) -> int:
        """Return how high the counted papers stand at the end of a column, in eighths of a row."""
        days = min(ceil((column + 1) * self.days_a_column), self.gone)
        number = self.sums[bisect_right(self.days_counted, self.goal.start + (days - 1) * DAY) - 1]
        return max(int(number * self.rows_a_paper * 8 + 0.5), min(number, 1))

    def _put(self, level: int, column: int, glyph: str, ink: Ink) -> None:
        """Draw on a cell of the plot; level 0 is its lowest row."""
        self.canvas.put(self.floor - 1 - level, self.left + column, glyph, ink)

    def draw(self) -> None:
        """Draw everything; what lies in front comes last."""
        if self.goal.target:
            self._put(self.target_rows - 1, 0, _TARGET * self.columns, Ink.TARGET)
        if self.days > self.goal.days:
            for level in range(self.target_rows - 1):
                self._put(level, self.end_column, _END, Ink.QUIET)
        self._draw_fan()
        self._draw_counted()
        if self.goal.target:
            self._draw_plan()
        if self.left:
            self._draw_numbers()
        if self.floor < self.canvas.height:
            self._draw_axis()
        if self.floor + 1 < self.canvas.height:
            self._draw_dates()

    def _draw_fan(self) -> None:
        """Draw the forecast from the end of today on, point to point."""
        fan, start = self.fan, self.goal.start
        days = [(point.day - start).days for point in fan]
        index = 1
        for column in range(self.now, self.columns):
            day = (column + 1) * self.days_a_column
            while index < len(fan) and days[index] < day:
                index += 1
            if index >= len(fan):
                break
            here, there = fan[index - 1], fan[index]
            share = max((day - days[index - 1]) / (days[index] - days[index - 1]), 0.0)
            self._draw_slice(
                column,
                here.low + (there.low - here.low) * share,
                here.middle + (there.middle - here.middle) * share,
                here.high + (there.high - here.high) * share,
            )

    def _draw_slice(self, column: int, low: float, middle: float, high: float) -> None:
        """Draw a column of the fan in dots, four to a row; its middle line is there at any width."""
        dots_a_paper = self.rows_a_paper * 4
        line = max(int(min(middle * dots_a_paper + 0.5, self.floor * 4 + 1)) - 1, 0)
        first = min(max(int(low * dots_a_paper + 0.5), 0), line)
        last = max(int(min(high * dots_a_paper + 0.5, self.floor * 4)) - 1, line)
        for level in range(first // 4, min(last // 4 + 1, self.floor)):
            inside = range(max(first - level * 4, 0), min(last - level * 4 + 1, 4))
            crossed = line // 4 == level
            here, beside = _FAN_DOTS[column % 2], _FAN_DOTS[1 - column % 2]
            pattern = sum(here[dot] for dot in inside)
            if crossed:
                pattern |= _PAIRS[line % 4]
            elif not pattern:
                pattern = beside[inside[0]]
            self._put(level, column, chr(_BRAILLE + pattern), Ink.MIDDLE if crossed else Ink.FORECAST)

    def _draw_counted(self) -> None:
        for column, height in enumerate(self.heights):
            full, part = divmod(height, 8)
            for level in range(min(full, self.floor)):
                self._put(level, column, _FULL, Ink.COUNTED)
            if part:
                self._put(full, column, _EIGHTHS[part], Ink.COUNTED)

    def _draw_plan(self) -> None:
        """Draw the plan: dots above what is counted, a line between two rows within it."""
        planned = self._planned()
        for column, papers in enumerate(planned):
            rows = papers * self.rows_a_paper
            height = self.heights[column] if column < self.now else 0
            level, dot = divmod(max(int(rows * 4 + 0.5) - 1, 0), 4)
            line = int(rows + 0.5)
            if level * 8 >= height:
                self._put(level, column, _PLAN_DOTS[dot], Ink.PLAN)
            elif 0 < line * 8 < height:
                self._put(line - 1, column, _NOTCH, Ink.PLAN_INSIDE)

    def _planned(self) -> list[float]:
        """Return what the plan wants by the end of each column; within a day it rises evenly."""
        start, columns = self.goal.start, range(1, self.end_column + 2)
        if self.days_a_column >= 1:
            return [self.goal.planned(start + int(n * self.days_a_column) * DAY) for n in columns]
        by_day = [self.goal.planned(start + n * DAY) for n in range(self.goal.days + 2)]
        found = []
        for n in columns:
            day = int(n * self.days_a_column)
            part = n * self.days_a_column - day
            found.append(by_day[day] + (by_day[day + 1] - by_day[day]) * part)
        return found

    def _draw_numbers(self) -> None:
        canvas, edge = self.canvas, self.left - 1
        for row in range(self.floor):
            canvas.put(row, edge, "│", Ink.AXIS)
        for papers in (0, self.goal.target // 2, self.goal.target):
            row = self.floor - int(papers * self.rows_a_paper + 0.5)
            canvas.put(row, 0, str(papers).rjust(edge - 1), Ink.LABEL)
            canvas.put(row, edge, "┤", Ink.AXIS)

    def _draw_axis(self) -> None:
        canvas, row = self.canvas, self.floor
        canvas.put(row, self.left, "─" * self.columns, Ink.AXIS)
        if self.left:
            canvas.put(row, self.left - 1, "└", Ink.AXIS)
        canvas.put(row, self.left + self.end_column, "┘" if self.days == self.goal.days else "┴", Ink.AXIS)
        for column, _ in self._marks():
            if canvas.is_all(row, column, column + 1, "─"):
                canvas.put(row, column, "┬", Ink.AXIS)
        if 0 < self.gone <= self.days:
            canvas.put(row, self.left + self.now - 1, "┻", Ink.TODAY)

    def _marks(self) -> list[tuple[int, str]]:
        """Return the dates to show on the axis: column and label."""
        start = self.goal.start
        marks = date_marks(start, self.burnup.end, self.columns)
        return [(self.left + (day - start).days * self.columns // self.days, label) for day, label in marks]

    def _draw_dates(self) -> None:
        """Write below the axis: today first, then the goal's end, then as many dates as there is room for."""
        if 0 < self.gone <= self.days:
            self._label(self.left + self.now - 3, "today", Ink.TODAY)
        elif self.gone <= 0:
            begun = self._date(self.goal.start)
            any(self._label(self.left, text) for text in (f"starts {begun}", begun))
        end, column = self._date(self.goal.last_day), self.left + self.end_column
        for text in (f"end {end}", end, "end"):
            if any(self._label(column - shift, text) for shift in (len(text) // 2, len(text) - 1, 0)):
                break
        apart = 2 if end[-1].isdigit() else 1  # a month right after a year would be read as one date
        for column, text in self._marks():
            self._label(column, text, apart=apart)

    def _date(self, day: date) -> str:
        return short_date(day) if day.year == self.burnup.today.year else f"{short_date(day)} {day.year}"

    def _label(self, column: int, text: str, ink: Ink = Ink.LABEL, *, apart: int = 1) -> bool:
        """Write on the last row if there is room, and tell whether there was."""
        row, column = self.canvas.height - 1, max(min(column, self.canvas.width - len(text)), 0)
        free = self.canvas.is_all(row, column - apart, column + len(text) + apart, " ")
        if free and column + len(text) <= self.canvas.width:
            self.canvas.put(row, column, text, ink)
            return True
        return False

"""Reading day by day: how many days in a row, and the last weeks as a map."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from papertrail.domain.clock import MONTHS
from papertrail.domain.goal.goal import DAY, WEEK, Goal
from papertrail.domain.goal.progress import week_start
from papertrail.domain.picture import Canvas, Ink, Row

_LEVELS = (("·", Ink.LEVEL0), ("▂", Ink.LEVEL1), ("▄", Ink.LEVEL2), ("▆", Ink.LEVEL3), ("█", Ink.LEVEL4))
_WEEKDAYS = ("Mo", "", "We", "", "Fr", "", "")
_LEFT = 3  # columns for the days of the week
_TODAY = "today"
SHOWN_WEEKS = 26  # whole weeks of reading days looked back upon, at the least


def streak(active: Collection[date], goal: Goal | None, today: date) -> int:
    """Return on how many days in a row something was read, up to today.

    A day on which nothing is planned breaks no row, and counts only if something was read on it; nor does
    today break it, which is not over yet.

    Args:
        active: the days on which something was read, in any order.
        goal: knows the rest days and pauses; without one something is planned for every day.
        today: later days are left out.
    """
    number, next_day = 0, today
    for day in sorted((day for day in active if day <= today), reverse=True):
        missed = (next_day - day).days - 1 if goal is None else goal.working_days(day + DAY, next_day)
        if missed > 0:
            break
        number, next_day = number + 1, day
    return number


def streak_line(days: int) -> str:
    """Return `12 days in a row`; nothing below two, which are no row."""
    return f"{days} days in a row" if days > 1 else ""


class Heatmap(NamedTuple):
    """The reading days as a map: a column for each week, a row for each day of the week, Monday first.

    Attributes:
        active: days, and how many papers were begun, read or written about on each.
        today: later days are left blank.
        first: the goal's first day, before which all is blank.
        last: the goal's last day, up to which there is room.
        weeks: how many there is room for; where that is too few, those up to this week are shown.
        cell: columns for a week; two look better, one needs less room.
    """

    active: Mapping[date, int]
    today: date
    first: date
    last: date
    weeks: int = 26
    cell: int = 2

    @classmethod
    def fitting(cls, active: Mapping[date, int], today: date, goal: Goal | None, width: int) -> "Heatmap":
        """Return the map of a goal's days that fits into so many columns; without one, of 26 weeks."""
        if goal is None:
            first, last = week_start(today) - 25 * WEEK, today
        else:
            first, last = goal.start, goal.last_day
        room = max(width - _LEFT - len(_TODAY) - 1, 0)
        found = cls(active, today, first, last, room // 2)
        return found if found._wanted <= found.weeks else found._replace(weeks=room, cell=1)

    @property
    def _wanted(self) -> int:
        """How many weeks there are from the goal's first day to its last, or to today."""
        begin = week_start(min(self.first, self.today))
        return (max(week_start(self.last), week_start(self.today)) - begin).days // 7 + 1

    @property
    def _span(self) -> tuple[date, int]:
        """The Monday of the first column, and how many columns there are."""
        begin = week_start(min(self.first, self.today))
        weeks = min(self._wanted, max(self.weeks, 0))
        return (max(begin, week_start(self.today) - (weeks - 1) * WEEK) if weeks else begin), weeks

    def draw(self) -> list[Row]:
        """Return a row of months above seven of days; the word `today` stands beside today.

        All rows are `3 + cell + 6` cells wide and more, by a cell for each week.
        """
        begin, weeks = self._span
        canvas = Canvas(_LEFT + weeks * self.cell + len(_TODAY) + 1, 8)
        _draw_months(canvas, begin, weeks, self.cell)
        for weekday, name in enumerate(_WEEKDAYS):
            row, column, day = 1 + weekday, _LEFT, begin + weekday * DAY
            canvas.put(row, 0, name, Ink.LABEL)
            for _ in range(weeks):
                if self.first <= day <= self.today:
                    canvas.put(row, column, *_LEVELS[min(max(self.active.get(day, 0), 0), 4)])
                if day == self.today:
                    canvas.put(row, column + self.cell + 1, _TODAY, Ink.TODAY)
                column, day = column + self.cell, day + WEEK
        return canvas.rows()

    def day_at(self, row: int, column: int) -> date | None:
        """Return the day whose sign stands in a cell of what `draw` returns."""
        begin, weeks = self._span
        week = (column - _LEFT) // self.cell
        if not (1 <= row <= 7 and 0 <= week < weeks):
            return None
        day = begin + week * WEEK + (row - 1) * DAY
        return day if self.first <= day <= self.today else None


def _draw_months(canvas: Canvas, first: date, weeks: int, cell: int) -> None:
    """Name each month above the week its first day is in, where there is room."""
    free = 0
    for week in range(weeks):
        sunday = first + week * WEEK + 6 * DAY
        column = _LEFT + week * cell
        if sunday.day <= 7 and column >= free:
            canvas.put(0, column, MONTHS[sunday.month - 1], Ink.LABEL)
            free = column + 4


def heatmap_legend(width: int) -> Row:
    """Return a line that says how much each sign of the map stands for, at length where there is room."""
    for before, words in (
        ("papers a day  ", (" none  ", " 1  ", " 2  ", " 3  ", " 4 or more")),
        ("a day ", (" 0 ", " 1 ", " 2 ", " 3 ", " 4+")),
    ):
        row: Row = [(f"   {before}", Ink.LABEL)]
        for (glyph, ink), text in zip(_LEVELS, words, strict=True):
            row += [(glyph, ink), (text, Ink.LABEL)]
        if sum(len(text) for text, _ in row) <= width:
            break
    return row

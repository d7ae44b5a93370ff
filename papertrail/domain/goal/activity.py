"""Reading day by day: how many days in a row, and the last weeks as a map."""

from collections.abc import Collection, Mapping
from datetime import date

from papertrail.domain.clock import MONTHS
from papertrail.domain.goal.goal import DAY, WEEK, Goal
from papertrail.domain.goal.progress import week_start
from papertrail.domain.picture import Canvas, Ink, Row

_LEVELS = (("·", Ink.LEVEL0), ("▂", Ink.LEVEL1), ("▄", Ink.LEVEL2), ("▆", Ink.LEVEL3), ("█", Ink.LEVEL4))
_WEEKDAYS = ("Mo", "", "We", "", "Fr", "", "")
_LEFT = 3  # columns for the days of the week
_TODAY = "today"


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


def draw_heatmap(active: Mapping[date, int], today: date, *, weeks: int = 26, cell: int = 2) -> list[Row]:
    """Return a row of months above seven of days, Monday first, with a column for each week up to this one.

    All rows are `3 + weeks * cell + 6` cells wide; the word `today` stands beside today.

    Args:
        active: days, and how much was read on each.
        today: the last day shown.
        weeks: how many.
        cell: columns for a week; two look better, one needs less room.
    """
    weeks = max(weeks, 0)
    canvas = Canvas(_LEFT + weeks * cell + len(_TODAY) + 1, 8)
    this_week = week_start(today)
    first = this_week - (weeks - 1) * WEEK
    _draw_months(canvas, first, weeks, cell)
    for weekday, name in enumerate(_WEEKDAYS):
        row, column, day = 1 + weekday, _LEFT, first + weekday * DAY
        canvas.put(row, 0, name, Ink.LABEL)
        for _ in range(weeks if day + (weeks - 1) * WEEK <= today else weeks - 1):
            canvas.put(row, column, *_LEVELS[min(max(active.get(day, 0), 0), 4)])
            column, day = column + cell, day + WEEK
    canvas.put(1 + today.weekday(), canvas.width - len(_TODAY), _TODAY, Ink.TODAY)
    return canvas.rows()


def _draw_months(canvas: Canvas, first: date, weeks: int, cell: int) -> None:
    """Name each month above the week its first day is in, where there is room."""
    free = 0
    for week in range(weeks):
        sunday = first + week * WEEK + 6 * DAY
        column = _LEFT + week * cell
        if sunday.day <= 7 and column >= free:
            canvas.put(0, column, MONTHS[sunday.month - 1], Ink.LABEL)
            free = column + 4


def heatmap_legend() -> Row:
    """Return one line that says how much each sign of the map stands for."""
    row: Row = []
    for (glyph, ink), words in zip(
        _LEVELS, (" none   ", " 1   ", " 2   ", " 3   ", " 4 or more"), strict=True
    ):
        row += [(glyph, ink), (words, Ink.LABEL)]
    return row

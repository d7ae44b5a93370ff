"""The weeks of a review as a picture: what was answered day by day, and what is due on the days ahead."""

from collections.abc import Mapping
from datetime import date, timedelta

from papertrail.domain.picture import Canvas, Ink, Row, short_date
from papertrail.domain.recall.review import DayTold, ReviewStats

KNOWN, FORGOTTEN, AHEAD = "█", "░", "│"
LEAST_ROWS = 4
_DAY = timedelta(days=1)
_LABEL = 4  # cells for the number at the left
_WEEK = 7


def draw_weeks(stats: ReviewStats, today: date, *, height: int, days: int = 28, cell: int = 1) -> list[Row]:
    """Return a bar a day, known below and not known above; from tomorrow on what is due.

    Args:
        stats: how review goes.
        today: its bar stands at the mark below.
        height: rows, that of the dates among them.
        days: back from today, today among them.
        cell: columns of a day.
    """
    told = {one.day: one for one in stats.days}
    ahead = stats.due[1:]
    first = today - (days - 1) * _DAY
    most = max([*(told[day].answers for day in told if day >= first), *ahead, 1])
    canvas = Canvas(_LABEL + (days + len(ahead)) * cell + 1, max(height, LEAST_ROWS))
    bars = canvas.height - 1
    canvas.put(0, 0, f"{most:>3}", Ink.LABEL)
    canvas.put(bars - 1, 0, "  0", Ink.LABEL)
    for number in range(days):
        _draw_day(canvas, _LABEL + number * cell, told, first + number * _DAY, most, bars)
    for number, due in enumerate(ahead):
        for row in range(_rows(due, most, bars)):
            canvas.put(bars - 1 - row, _LABEL + (days + number) * cell, AHEAD, Ink.FORECAST)
    for number in range(0, days - 1, _WEEK):
        date_words = short_date(first + number * _DAY)
        if number * cell + len(date_words) < (days - 1) * cell:
            canvas.put(bars, _LABEL + number * cell, date_words, Ink.LABEL)
    canvas.put(bars, _LABEL + (days - 1) * cell, "▲ today", Ink.TODAY)
    return canvas.rows()


def weeks_legend() -> Row:
    """Return one line that says what the signs of the picture stand for."""
    return [
        (KNOWN, Ink.LEVEL3),
        (" known  ", Ink.LABEL),
        (FORGOTTEN, Ink.LEVEL1),
        (" not  ", Ink.LABEL),
        (AHEAD, Ink.FORECAST),
        (" due", Ink.LABEL),
    ]


def _draw_day(
    canvas: Canvas, column: int, told: Mapping[date, DayTold], day: date, most: int, bars: int
) -> None:
    one = told.get(day)
    if one is None:
        canvas.put(bars - 1, column, "·", Ink.LEVEL0)
        return
    high, known = _rows(one.answers, most, bars), _rows(one.known, most, bars)
    if one.known < one.answers and known == high and high > 1:
        known -= 1  # what was not known is seen, however little it is
    for row in range(high):
        is_known = row < known
        canvas.put(
            bars - 1 - row, column, KNOWN if is_known else FORGOTTEN, Ink.LEVEL3 if is_known else Ink.LEVEL1
        )


def _rows(number: int, most: int, bars: int) -> int:
    return 0 if not number else max(round(number / most * bars), 1)

"""Pictures made of terminal cells: rows of short texts, each with what it stands for instead of a colour.

A front end gives every `Ink` a colour; a picture also says everything by its glyphs alone. Only characters
that are one cell wide are used: ASCII, box drawing, block elements, braille and the middle dot.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from papertrail.domain.clock import MONTHS

_DAYS_A_MONTH = 30.44
_DAY_CELLS, _MONTH_CELLS = 8, 6  # room for a label with some air
_DAY_STEPS = (1, 7)
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400)
_MONDAY = date(2001, 1, 1)


class Ink(StrEnum):
    """What a piece of a picture stands for."""

    COUNTED = "counted"
    PLAN = "plan"
    PLAN_INSIDE = (
        "plan inside"  # counted, with the plan's line above it: COUNTED's colour on a ground of PLAN's
    )
    FORECAST = "forecast"
    MIDDLE = "middle"  # the forecast's middle line
    TODAY = "today"
    TARGET = "target"
    AXIS = "axis"
    LABEL = "label"
    QUIET = "quiet"  # blanks, and what should hardly be seen
    LEVEL0 = "level 0"
    LEVEL1 = "level 1"
    LEVEL2 = "level 2"
    LEVEL3 = "level 3"
    LEVEL4 = "level 4"


Run = tuple[str, Ink]
Row = list[Run]


class Canvas:
    """A sheet of cells that is drawn on and then read as rows; what falls off its edges is lost."""

    def __init__(self, width: int, height: int) -> None:
        self.width = max(width, 0)
        self.height = max(height, 0)
        self._glyphs = [[" "] * self.width for _ in range(self.height)]
        self._inks = [[Ink.QUIET] * self.width for _ in range(self.height)]

    def put(self, row: int, column: int, text: str, ink: Ink) -> None:
        """Write one-cell characters from a cell on to the right."""
        if 0 <= row < self.height:
            for place, glyph in enumerate(text, start=column):
                if 0 <= place < self.width:
                    self._glyphs[row][place] = glyph
                    self._inks[row][place] = ink

    def is_all(self, row: int, first: int, before: int, glyph: str) -> bool:
        """Tell whether the cells of a row from `first` to the one before `before` all show one glyph."""
        return set(self._glyphs[row][max(first, 0) : before]) <= {glyph}

    def rows(self) -> list[Row]:
        """Return what is drawn, neighbours of the same ink as one run."""
        return [list(_runs(*line)) for line in zip(self._glyphs, self._inks, strict=True)]


def _runs(glyphs: list[str], inks: list[Ink]) -> Iterator[Run]:
    start = 0
    for ink, same in groupby(inks):
        end = start + sum(1 for _ in same)
        yield "".join(glyphs[start:end]), ink
        start = end


def short_date(day: date) -> str:
    """Return a day as `9 Mar`."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def date_marks(first: date, before: date, cells: int) -> list[tuple[date, str]]:
    """Return days to mark on an axis of time, with their labels: days, Mondays, months or years.

    Args:
        first: the axis begins with this day.
        before: and ends before this one.
        cells: how long the axis is.
    """
    days = (before - first).days
    for step in _DAY_STEPS:
        if days / step * _DAY_CELLS <= cells:
            offset = (_MONDAY - first).days % step
            marked = [first + timedelta(number) for number in range(offset, days, step)]
            return [(day, short_date(day)) for day in marked]
    months = days / _DAYS_A_MONTH * _MONTH_CELLS
    step = next((step for step in _MONTH_STEPS if months / step <= cells), _MONTH_STEPS[-1])
    numbers = range(-(-_months_begun(first) // step) * step, _months_begun(before), step)
    return [_month_mark(date(number // 12, number % 12 + 1, 1)) for number in numbers]


def _months_begun(before: date) -> int:
    """Count the months that began before a day, since the year 0."""
    return before.year * 12 + before.month - (before.day == 1)


def _month_mark(day: date) -> tuple[date, str]:
    return day, str(day.year) if day.month == 1 else MONTHS[day.month - 1]

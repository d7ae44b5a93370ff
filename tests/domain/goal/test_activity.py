"""Days in a row, and the map of the last weeks."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.goal.activity import Heatmap, heatmap_legend, streak, streak_line
from papertrail.domain.goal.goal import DAY, WEEK, Goal, Pause
from papertrail.domain.picture import Ink, Row
from tests.cases import each

THURSDAY = date(2026, 11, 19)
WEEKENDS_OFF = Goal(100, date(2026, 9, 1), date(2027, 3, 1), rest_days=frozenset({5, 6}))
PAUSED = Goal(100, date(2026, 9, 1), date(2027, 3, 1), pauses=(Pause(date(2026, 11, 9), date(2026, 11, 16)),))


def ago(*days: int) -> set[date]:
    return {THURSDAY - number * DAY for number in days}


def text(rows: list[Row]) -> str:
    return "\n".join("".join(run for run, _ in row).rstrip() for row in rows)


@each(
    ("active", "goal", "days"),
    [
        (set(), None, 0),
        (ago(0), None, 1),
        (ago(1), None, 1),
        (ago(2), None, 0),
        (ago(0, 1, 2), None, 3),
        (ago(1, 2, 3), None, 3),
        (ago(0, 2, 3), None, 1),
        (ago(-1, -2), None, 0),
        (ago(0, 1, 2, 3, 6, 7), None, 4),
        (ago(0, 1, 2, 3, 6, 7), WEEKENDS_OFF, 6),
        (ago(0, 1, 2, 3, 5, 6, 7), WEEKENDS_OFF, 7),
        (ago(0, 1, 2, 6, 7), WEEKENDS_OFF, 3),
        (ago(0, 1, 2, 3, 11, 12), PAUSED, 6),
        (ago(0, 1, 2, 3, 8, 11, 12), PAUSED, 7),
        (ago(0, 1, 2, 3, 12), PAUSED, 4),
    ],
)
def test_days_in_a_row(active: set[date], goal: Goal | None, days: int) -> None:
    assert streak(active, goal, THURSDAY) == days


def test_on_a_rest_day_the_row_of_the_days_before_stands() -> None:
    assert streak({date(2026, 11, 19), date(2026, 11, 20)}, WEEKENDS_OFF, date(2026, 11, 23)) == 2
    assert streak({date(2026, 11, 19), date(2026, 11, 20)}, WEEKENDS_OFF, date(2026, 11, 24)) == 0


@pytest.mark.parametrize(
    ("days", "line"), [(0, ""), (1, ""), (2, "2 days in a row"), (12, "12 days in a row")]
)
def test_the_line_about_it(days: int, line: str) -> None:
    assert streak_line(days) == line


@given(st.sets(st.integers(-5, 60)), st.frozensets(st.integers(0, 6), max_size=6))
def test_rest_days_never_make_a_row_shorter(numbers: set[int], rest: frozenset[int]) -> None:
    active = ago(*numbers)
    plain = streak(active, None, THURSDAY)
    resting = streak(active, Goal(1, date(2026, 1, 1), date(2027, 1, 1), rest_days=rest), THURSDAY)
    assert plain <= resting <= sum(number >= 0 for number in numbers)
    assert bool(plain) == bool(ago(0, 1) & active)


ACTIVE = {THURSDAY - number * DAY: number % 6 for number in range(40)}

MAP = """
   Oct     Nov
Mo · · ▄ ▂ · █ █ ▆
   · · ▂ · █ █ ▆ ▄
We · · · █ █ ▆ ▄ ▂
   · · █ █ ▆ ▄ ▂ ·  today
Fr · · █ ▆ ▄ ▂ ·
   · · ▆ ▄ ▂ · █
   · ▆ ▄ ▂ · █ █
"""
NARROW_MAP = """
   Oct Nov
Mo ··▄▂·██▆
   ··▂·██▆▄
We ···██▆▄▂
   ··██▆▄▂· today
Fr ··█▆▄▂·
   ··▆▄▂·█
   ·▆▄▂·██
"""


def days_of(weeks: int, cell: int = 2) -> Heatmap:
    """The map of the last weeks."""
    first = THURSDAY - THURSDAY.weekday() * DAY - (weeks - 1) * WEEK
    return Heatmap(ACTIVE, THURSDAY, first, THURSDAY, weeks, cell)


def test_the_map() -> None:
    assert text(days_of(8).draw()) == MAP.strip("\n")


def test_a_narrow_map() -> None:
    assert text(days_of(8, 1).draw()) == NARROW_MAP.strip("\n")


def test_the_map_begins_with_the_goal_and_has_room_up_to_its_end() -> None:
    first = date(2026, 10, 29)
    active = {**ACTIVE, date(2026, 10, 28): 4, date(2026, 11, 9): 4, date(2026, 11, 2): 4}
    goal = Goal(100, first, date(2026, 12, 27))
    found = Heatmap.fitting(active, THURSDAY, goal, 60)
    drawn = text(found.draw())
    assert drawn.split("\n")[0].split() == ["Nov", "Dec"]
    assert "today" in drawn.split("\n")[4]
    rows = ["".join(run for run, _ in row) for row in found.draw()]
    assert [row[3] for row in rows[1:5]] == [" ", " ", " ", "·▂▄▆█"[min(active.get(first, 0), 4)]]
    days = [day for row in range(9) for column in range(60) if (day := found.day_at(row, column))]
    assert set(days) == {first + n * DAY for n in range((THURSDAY - first).days + 1)}
    assert len(days) == 2 * len(set(days)), "both cells of a day are it"


def test_a_goal_too_long_for_the_window_shows_the_weeks_up_to_this_one() -> None:
    goal = Goal(100, THURSDAY - 80 * WEEK, THURSDAY + 80 * WEEK)
    found = Heatmap.fitting(ACTIVE, THURSDAY, goal, 50)
    assert found.cell == 1 and all(sum(len(run) for run, _ in row) <= 50 for row in found.draw())
    assert "today" in text(found.draw())


def test_the_legend_names_the_signs_used() -> None:
    drawn = {run.strip() for row in days_of(8).draw() for run, ink in row if "level" in ink}
    signs = [run for run, ink in heatmap_legend(80) if ink is not Ink.LABEL]
    assert set("".join(drawn).replace(" ", "")) == set(signs)
    assert len(signs) == len(set(signs)) == 5
    for width in (80, 44):
        words = "".join(run for run, _ in heatmap_legend(width))
        assert len(words) <= width and "a day" in words, "it says of what"


@given(
    active=st.dictionaries(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(-1, 10**9), max_size=5),
    today=st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    before=st.integers(-50, 500),
    after=st.integers(-50, 500),
    weeks=st.integers(-1, 60),
    cell=st.integers(1, 2),
)
def test_every_map_fits(
    active: dict[date, int], today: date, before: int, after: int, weeks: int, cell: int
) -> None:
    active = {**active, today: 1}
    first, last = today - before * DAY, today + after * DAY
    rows = Heatmap(active, today, first, last, weeks, cell).draw()
    long = {sum(len(run) for run, _ in row) for row in rows}
    assert len(rows) == 8 and len(long) == 1 and max(long) <= 3 + max(weeks, 0) * cell + 6
    lines = ["".join(run for run, _ in row) for row in rows]
    seen = [number for number, line in enumerate(lines) if "today" in line]
    assert seen == ([1 + today.weekday()] if weeks > 0 else [])
    days = sum(len(re.findall("[·▂▄▆█]", line)) for line in lines)
    assert days <= max(before + 1, 0) and (days > 0) == (before >= 0 and weeks > 0)
    shown = sum(0 <= (today - day).days < days and number > 0 for day, number in active.items())
    assert sum(len(re.findall("[▂▄▆█]", line)) for line in lines) == shown


def test_a_month_is_named_above_the_week_of_its_first_day() -> None:
    found = Heatmap.fitting({date(2026, 11, 1): 4}, THURSDAY, None, 80)
    header, *_, sunday = text(found.draw()).split("\n")
    assert header.index("Nov") == sunday.index("█")
    assert header.split() == ["Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]

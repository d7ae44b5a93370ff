"""The numbers behind the goal's picture, and those of a day that is pointed at."""

from datetime import date

import pytest

from papertrail.domain.goal.burnup import Burnup, day_at
from papertrail.domain.goal.forecast import FanPoint
from papertrail.domain.goal.goal import DAY, WEEK, Goal
from papertrail.domain.goal.numbers import NOW, table_of, told_of_day, told_of_reading, weeks_of

START = date(2026, 3, 2)
TODAY = START + 16 * DAY  # a Wednesday
GOAL = Goal(20, START, START + 10 * WEEK)
COUNTED = ((START, 2), (START + 9 * DAY, 1), (TODAY, 1))
FAN = (FanPoint(TODAY + DAY, 4, 4, 4), FanPoint(TODAY + DAY + 8 * WEEK, 12, 20, 28))
BURNUP = Burnup(GOAL, TODAY, COUNTED, FAN)


def test_the_table_tells_what_was_counted_planned_and_foreseen() -> None:
    heads, first, second, third, fourth, *_, last = table_of(BURNUP)
    assert heads == ("", "week from", "counted", "in all", "plan", "forecast", "likely range")
    assert first == ("", "2 Mar", "2", "2", "2", "", "")
    assert second == ("", "9 Mar", "1", "3", "4", "", "")
    assert third[:5] == (NOW, "16 Mar", "1", "4", "6")
    assert fourth[:5] == ("", "23 Mar", "", "", "8") and fourth[5] and " to " in fourth[6]
    assert last[4] == "20", "the plan ends with the goal"


def test_the_weeks_add_up_to_what_is_counted() -> None:
    weeks = list(weeks_of(BURNUP))
    assert sum(week.counted or 0 for week in weeks) == 4
    assert [week.is_now for week in weeks].index(True) == 2
    assert all(week.foreseen is None for week in weeks[:2])


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (START, "by Mon 2 Mar: 2 papers counted (2 that day), the plan asks for 0"),
        (START + DAY, "by Tue 3 Mar: 2 papers counted, the plan asks for 1"),
        (
            TODAY + 4 * WEEK + DAY,
            "by Thu 16 Apr: the plan asks for 13, the forecast is 12; 8 to 16 in 8 of 10 cases",
        ),
    ],
)
def test_a_day_of_the_chart_tells_its_numbers(day: date, told: str) -> None:
    assert told_of_day(BURNUP, day) == told


def test_a_reading_day_tells_how_many_papers() -> None:
    assert told_of_reading(START, 0) == "Mon 2 Mar: no paper worked on"
    assert told_of_reading(START, 2) == "Mon 2 Mar: 2 papers worked on"


@pytest.mark.parametrize("width", [20, 60, 130])
def test_every_column_of_the_chart_is_a_day_and_the_days_go_on(width: int) -> None:
    days = [day_at(BURNUP, width, 10, column) for column in range(width)]
    shown = [day for day in days if day is not None]
    assert days[:4] == [None] * 4 and days[4] is not None, "the numbers at its left are none"
    assert shown == sorted(shown) and shown[-1] == BURNUP.end - DAY
    assert TODAY in shown, "its column is today, however many days a column has"

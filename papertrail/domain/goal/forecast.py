"""When the goal will be reached: a range with a probability, from the reader's own pace (`pace.py`).

The dates that are said and the fan that is drawn come from the same quantiles of the waiting time.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, inf
from typing import NamedTuple

from papertrail.domain.goal.goal import DAY, WEEK, Goal
from papertrail.domain.goal.pace import Pace, learn_pace

EARLY, LIKELY, LATE = 0.1, 0.5, 0.9
_FAN_CURVE = 12  # numbers of papers for which a line of the fan is worked out; straight between them
_MOST_FAN_STEPS = 60
_WORDS = (
    (0.97, "almost certainly"),
    (0.85, "about 9 in 10"),
    (0.775, "about 4 in 5"),
    (0.71, "about 3 in 4"),
    (0.59, "about 2 in 3"),
    (0.41, "about 1 in 2"),
    (0.29, "about 1 in 3"),
    (0.225, "about 1 in 4"),
    (0.15, "about 1 in 5"),
    (0.03, "about 1 in 10"),
    (0.0, "hardly"),
)


@dataclass(frozen=True, slots=True)
class FanPoint:
    """How many papers will be counted before `day`: 80 % from `low` to `high`, half up to `middle`."""

    day: date
    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the target will be counted.

    Attributes:
        early: the day by which it is in 1 of 10 cases; None where no such day is in sight.
        likely: in 5 of 10 cases.
        late: in 9 of 10 cases.
        probability: that it is before the goal's end.
        per_week: papers in an ordinary week at the pace of now.
        begun: whether any paper is counted; before, the plan's pace stands for the reader's.
        fan: how the count may go on: to the goal's end or, at most half its length later, to `late`.
    """

    early: date | None
    likely: date | None
    late: date | None
    probability: float
    per_week: float
    begun: bool
    fan: tuple[FanPoint, ...]

    @property
    def words(self) -> str:
        """The probability in words: `about 3 in 4`."""
        return next(words for least, words in _WORDS if self.probability >= least)


class _Line(NamedTuple):
    """A line of the fan: how many papers come in so many working days with one probability.

    Attributes:
        days: working days in which `papers` come, ascending; infinite where they never do.
        papers: from none to the target.
    """

    days: tuple[float, ...]
    papers: tuple[float, ...]

    def papers_in(self, days: float) -> float:
        """Return the number of papers that come in so many working days."""
        at = bisect_left(self.days, days)
        if at == 0 or at == len(self.days):
            return self.papers[min(at, len(self.days) - 1)]
        here, there = self.days[at - 1], self.days[at]
        share = (days - here) / (there - here) if there < inf else 0.0
        return self.papers[at - 1] + (self.papers[at] - self.papers[at - 1]) * share


def forecast(goal: Goal, counted: Sequence[tuple[date, int]], today: date) -> Forecast | None:
    """Return when the target will be counted; None once it is, or when the goal is over.

    Args:
        goal: with its rest days and pauses.
        counted: days on which papers were counted towards it, and how many, in order.
        today: the reader's date.
    """
    total = sum(number for _, number in counted)
    left = goal.target - total
    if left <= 0 or today >= goal.end:
        return None
    is_done = bool(counted) and counted[-1][0] >= today  # else today may still bring something
    first = max(today + DAY if is_done else today, goal.start)
    pace = learn_pace(goal, counted, first)
    lines = [_line(pace, left, chance) for chance in (EARLY, LIKELY, LATE)]
    early, likely, late = (
        goal.after_working_days(first, ceil(line.days[-1])) if line.days[-1] < inf else None for line in lines
    )
    days = _fan_days(goal, first, (early, likely, late))
    return Forecast(
        early=early,
        likely=likely,
        late=late,
        probability=pace.chance(left, goal.working_days(first, goal.end)),
        per_week=pace.per_day * goal.days_a_week,
        begun=total > 0,
        fan=tuple(_fan(goal, first, total, lines, days)),
    )


def _line(pace: Pace, left: int, chance: float) -> _Line:
    """Work a line of the fan out, closer together at its beginning, where it bends."""
    papers = [left * (step / _FAN_CURVE) ** 1.5 for step in range(_FAN_CURVE)]
    days: list[float] = []
    for number in (*papers, left):
        days.append(max(pace.days_until(number, chance), days[-1] if days else 0.0))
    return _Line(tuple(days), (*papers, float(left)))


def _fan_days(goal: Goal, first: date, said: Iterable[date | None]) -> list[date]:
    """Return the days at which the fan has a point.

    They are one in each week (of a long goal 60 in all), the first evening, the beginnings and ends of
    pauses, and the days after those that are said, before which a line of the fan has reached the target.
    """
    ends = [day + DAY for day in said if day is not None]
    longest = goal.end + goal.days // 2 * DAY
    end = min(max(goal.end, *ends), longest) if len(ends) == 3 else longest
    step = max(-(-(end - first).days // (7 * _MOST_FAN_STEPS)), 1) * WEEK
    days = {first, min(first + DAY, end), end, *ends}
    days.update(first + number * step for number in range((end - first) // step + 1))
    for pause in goal.pauses:
        days |= {pause.start, pause.end}
    return sorted(day for day in days if first <= day <= end)


def _fan(
    goal: Goal, first: date, counted: int, lines: Sequence[_Line], days: Sequence[date]
) -> Iterator[FanPoint]:
    """Yield how the count may go on."""
    for day in days:
        working_days = goal.working_days(first, day)
        high, middle, low = (counted + line.papers_in(working_days) for line in lines)
        yield FanPoint(day, low, middle, high)

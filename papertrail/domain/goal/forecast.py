"""When the goal will be reached: a range with a probability, from the reader's own pace.

Papers come like the events of a Poisson process whose pace drifts: what is known of the pace is a gamma
distribution, and each week that passes takes a part of that knowledge away (power discounting: A. C. Harvey
and C. Fernandes, "Time series models for count or qualitative observations", Journal of Business and
Economic Statistics 7(4), 1989). Weeks that vary more than by chance alone widen the range (P. McCullagh and
J. A. Nelder, "Generalized Linear Models", 2nd edition 1989, section 6.2). docs/FORECAST.md says it in words,
with the calibration.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, exp, inf, lgamma, log, log1p

from papertrail.domain.goal.goal import DAY, WEEK, Goal

DISCOUNT = 0.9  # what a week's count is worth one week later
PRIOR_WEEKS = 2.0  # the plan's pace weighs as much as this many weeks of one's own
DISPERSION, DISPERSION_WEEKS = (
    1.3,
    6.0,
)  # variance of weeks over their mean; weight of that belief
MOST_DISPERSED = 6.0
EARLY, LIKELY, LATE = 0.1, 0.5, 0.9
_FAN_POINTS = 6
_HALVINGS = 22  # of the time until the target: exact to the day
_FAN_HALVINGS = 10  # of a number of papers in the fan: exact to what a chart shows
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
        fan: how the count may go on: to the goal's end or, at most half its length later, to `late`.
    """

    early: date | None
    likely: date | None
    late: date | None
    probability: float
    per_week: float
    fan: tuple[FanPoint, ...]

    @property
    def words(self) -> str:
        """The probability in words: `about 3 in 4`."""
        return next(words for least, words in _WORDS if self.probability >= least)


@dataclass(frozen=True, slots=True)
class _Pace:
    """What is known of the papers per working day: a gamma distribution, and how uneven the weeks are.

    Attributes:
        papers: shape of the gamma distribution; about the papers it was learnt from.
        days: its rate; about the working days it was learnt from.
        dispersion: variance of a week's count over its mean; 1 for a Poisson process.
    """

    papers: float
    days: float
    dispersion: float

    def chance(self, papers: float, days: float) -> float:
        """Return the probability that at least so many papers come in so many working days.

        The waiting time over `self.days` has a beta prime distribution: one gamma variable over another.
        """
        if papers <= 0:
            return 1.0
        if days <= 0:
            return 0.0
        shape, knowledge = papers / self.dispersion, self.papers / self.dispersion
        return incomplete_beta(days / (days + self.days), shape, knowledge)

    def days_until(self, papers: float, chance: float) -> float:
        """Return in how many working days so many papers come with this probability; infinity if in none."""
        shape, knowledge = papers / self.dispersion, self.papers / self.dispersion
        share = _solve(lambda x: incomplete_beta(x, shape, knowledge), chance, 1.0, _HALVINGS)
        return self.days * share / (1 - share) if share < 1 - 1e-6 else inf

    def papers_in(self, days: float, chance: float, most: float) -> float:
        """Return the number of papers that come in so many working days at least, with this probability."""
        if days <= 0 or self.chance(most, days) >= chance:
            return most if days > 0 else 0.0
        return _solve(lambda papers: 1 - self.chance(papers, days), 1 - chance, most, _FAN_HALVINGS)


def forecast(goal: Goal, counted: Sequence[tuple[date, int]], today: date) -> Forecast | None:
    """Return when the target will be counted; None once it is, or when the goal is over.

    Args:
        goal: with its rest days and pauses.
        counted: days on which papers were counted towards it, and how many, in order.
        today: the reader's date.
    """
    left = goal.target - sum(number for _, number in counted)
    if left <= 0 or today >= goal.end:
        return None
    is_done = bool(counted) and counted[-1][0] >= today  # else today may still bring something
    first = max(today + DAY if is_done else today, goal.start)
    pace = _pace(goal, counted, first)
    days_left = goal.working_days(first, goal.end)
    early, likely, late = (
        goal.after_working_days(first, ceil(days)) if (days := pace.days_until(left, chance)) < inf else None
        for chance in (EARLY, LIKELY, LATE)
    )
    return Forecast(
        early=early,
        likely=likely,
        late=late,
        probability=pace.chance(left, days_left),
        per_week=pace.papers / pace.days * goal.days_a_week,
        fan=_fan(goal, pace, goal.target - left, first, late),
    )


def _pace(goal: Goal, counted: Sequence[tuple[date, int]], before: date) -> _Pace:
    """Learn the pace from the weeks before a day: recent ones weigh more, the plan a little."""
    own = goal.working_days(goal.start, goal.end)
    days = PRIOR_WEEKS * goal.days_a_week
    papers = days * goal.target / own if own else 1.0
    weeks = []
    end = before
    while end > goal.start:
        start = max(end - WEEK, goal.start)
        number = sum(n for day, n in counted if start <= day < end)
        weeks.append((number, goal.working_days(start, end)))
        end = start
    for number, length in reversed(weeks):
        papers = papers * DISCOUNT + number
        days = days * DISCOUNT + length
    return _Pace(max(papers, 1e-3), days, _dispersion(weeks, papers / days))


def _dispersion(weeks: Sequence[tuple[int, int]], pace: float) -> float:
    """Return how much more the weeks vary than by chance, drawn towards what is usual while they are few."""
    squares, weight = DISPERSION * DISPERSION_WEEKS, DISPERSION_WEEKS
    for age, (number, length) in enumerate(weeks):
        expected = pace * length
        if expected > 0:
            squares += DISCOUNT**age * (number - expected) ** 2 / expected
            weight += DISCOUNT**age
    return min(max(squares / weight, 1.0), MOST_DISPERSED)


def _fan(goal: Goal, pace: _Pace, counted: int, first: date, late: date | None) -> tuple[FanPoint, ...]:
    """Return how the count may go on, at a few days in even distances."""
    end = goal.end
    longest = goal.end + goal.days // 2 * DAY
    if late is None or late >= goal.end:
        end = longest if late is None else min(late + DAY, longest)
    left = goal.target - counted
    length = (end - first).days
    points = []
    for day in dict.fromkeys(first + round(length * i / _FAN_POINTS) * DAY for i in range(_FAN_POINTS + 1)):
        days = goal.working_days(first, day)
        low, middle, high = (counted + pace.papers_in(days, chance, left) for chance in (LATE, LIKELY, EARLY))
        points.append(FanPoint(day, low, middle, high))
    return tuple(points)


def _solve(rising: Callable[[float], float], value: float, high: float, halvings: int) -> float:
    """Return where a rising function of 0 to `high` takes a value."""
    low = 0.0
    for _ in range(halvings):
        middle = (low + high) / 2
        if rising(middle) < value:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def incomplete_beta(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b).

    By its continued fraction (DLMF 8.17.22, https://dlmf.nist.gov/8.17.v) with Lentz's method.
    """
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(1 - x, b, a)
    front = exp(a * log(x) + b * log1p(-x) + lgamma(a + b) - lgamma(a + 1) - lgamma(b))
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, 500):
        step = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d, c = 1 / (1 + step * d), 1 + step / c
        value *= c * d
        step = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = 1 / (1 + step * d), 1 + step / c
        change = c * d
        value *= change
        if abs(change - 1) < 1e-12:
            break
    return front * value

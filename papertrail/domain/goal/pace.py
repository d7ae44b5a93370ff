"""How fast a reader reads, as far as it can be known: learnt from the weeks so far, with its uncertainty.

Papers come like the events of a Poisson process whose pace wanders; what is known of the pace is a gamma
distribution, which each week that passes makes vaguer (A. C. Harvey and C. Fernandes, "Time series models for
count or qualitative observations", Journal of Business and Economic Statistics 7(4), 1989). How strongly it
wanders and how uneven the weeks are are beliefs, weighed by how well each foretold the weeks so far (M. West
and J. Harrison, "Bayesian Forecasting and Dynamic Models", 2nd edition 1997, chapter 12, on multi-process
models). Whoever falls silent may have stopped (P. S. Fader, B. G. S. Hardie and K. L. Lee, "Counting your
customers the easy way", Marketing Science 24(2), 2005). docs/FORECAST.md says it in words, with the
calibration.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, exp, inf, lgamma, log, sqrt
from typing import NamedTuple

from papertrail.domain.goal.goal import DAY, WEEK, Goal

PLAN_WEIGHT = 6.0  # the plan's pace is believed as if so many papers had been read at it
# By what share a pace changes in a week, and of what share of readers that is believed to begin with;
# likewise for the variance of weeks over their mean, where papers come singly.
WANDERS = ((0.03, 0.7), (0.1, 0.22), (0.25, 0.08))
UNEVEN = ((1.0, 0.55), (1.8, 0.3), (4.0, 0.15))
SINGLE_SITTINGS = 8.0  # papers are believed to come singly until about so many sittings say otherwise
MOST_WEEKS = 104  # learnt from, the last ones: what is older is forgotten by then
LEAST_KNOWN = 0.5  # shape of a gamma distribution below which its range would say nothing
INTERRUPTIONS = 0.02  # of the silences between two sittings, those that are more than chance
FOR_GOOD_WEEKS = 6.0  # after as long a silence half of the interrupted never come back
_MOST_STEPS = 40  # of Newton's method; it takes three or four
_NEAR = 1e-5  # a step below which the next one would change nothing
_LEAST, _FARTHEST = 1e-300, 690.0  # a float that is not nothing; its logarithm


class Belief(NamedTuple):
    """One way to see a reader.

    Attributes:
        weight: how much it is believed.
        vague: variance of the pace of now over its square.
        wander: how much of it a week adds.
    """

    weight: float
    vague: float
    wander: float


@dataclass(frozen=True, slots=True)
class Pace:
    """What is known of a reader's pace.

    Attributes:
        per_day: papers on a working day, now.
        days_a_week: working days of an ordinary week.
        dispersion: variance of a week's count over its mean; 1 for a Poisson process.
        beliefs: how certain the pace is, and will be.
        reading: the probability that the reader has not stopped for good.
    """

    per_day: float
    days_a_week: int
    dispersion: float
    beliefs: tuple[Belief, ...]
    reading: float

    def chance(self, papers: float, days: float) -> float:
        """Return the probability that at least so many papers come in so many working days.

        The waiting time has a beta prime distribution: one gamma variable over another.
        """
        if papers <= 0:
            return 1.0
        if days <= 0:
            return 0.0
        known = self._known(papers)
        share = days / (days + self._scale(known))
        return self.reading * incomplete_beta(share, papers / self.dispersion, known)

    def days_until(self, papers: float, chance: float) -> float:
        """Return in how many working days so many papers come with this probability; infinity if in none."""
        if papers <= 0:
            return 0.0
        if chance >= self.reading:
            return inf
        known = self._known(papers)
        odds = beta_odds(chance / self.reading, papers / self.dispersion, known)
        return self._scale(known) * odds

    def _known(self, papers: float) -> float:
        """Return how well the mean pace until so many papers is known: a gamma distribution's shape.

        A pace that wanders by a variance of w a week adds one of w T / 3 to its mean over T weeks.
        """
        weeks = papers / (self.per_day * self.days_a_week)
        spread = sum(b.weight * sqrt(b.vague + b.wander * weeks / 3) for b in self.beliefs)
        return max(1 / (spread * spread), LEAST_KNOWN)

    def _scale(self, known: float) -> float:
        return known * self.dispersion / self.per_day


def learn_pace(goal: Goal, counted: Sequence[tuple[date, int]], before: date) -> Pace:
    """Learn the pace from the weeks before a day, and a little from the plan.

    The weeks begin with the first paper counted: a late start is no pace of zero.

    Args:
        goal: with its rest days and pauses.
        counted: days on which papers were counted towards it, and how many, in order.
        before: the day the forecast begins with.
    """
    own = goal.working_days(goal.start, goal.end)
    planned = goal.target / own if own else 1 / (2 * goal.days_a_week)
    oldest = max(goal.start, before - MOST_WEEKS * WEEK)
    past = [(day, number) for day, number in counted if oldest <= day < before]
    if not past:
        return _weigh(planned, goal.days_a_week, [], 1.0, 1.0)
    first, last = past[0][0], past[-1][0]
    wait = min(
        ceil(7 / (planned * goal.days_a_week)), (first - oldest).days
    )  # the first paper's own, planned
    start = first - wait * DAY
    return _weigh(
        planned,
        goal.days_a_week,
        _weeks(goal, past, start, before),
        _sitting([number for _, number in past], goal.working_days(start, before)),
        _reading(
            goal.days_a_week,
            min(planned, 1.0),
            len(past),
            goal.working_days(start, last + DAY),
            goal.working_days(last + DAY, before),
        ),
    )


def _weeks(goal: Goal, past: Sequence[tuple[date, int]], start: date, before: date) -> list[tuple[int, int]]:
    """Return papers and working days week by week; the last one ends today, the first may be shorter."""
    numbers = [0] * -(-(before - start).days // 7)
    for day, number in past:
        numbers[((before - day).days - 1) // 7] += number
    days = [
        goal.working_days(max(before - (age + 1) * WEEK, start), before - age * WEEK)
        for age in range(len(numbers))
    ]
    return [*zip(reversed(numbers), reversed(days), strict=True)]


def _sitting(numbers: Sequence[int], days: int) -> float:
    """Return how much more the weeks vary because papers come several on a day."""
    papers = sum(numbers)
    together = sum(number * number for number in numbers) / papers - papers / max(days, 1)
    return max((SINGLE_SITTINGS + together * len(numbers)) / (SINGLE_SITTINGS + len(numbers)), 1.0)


def _reading(days_a_week: int, planned: float, sittings: int, days: int, silent: int) -> float:
    """Return the probability that a silence does not last for ever.

    Sittings come like a Poisson process of a pace known from the days up to the last one: a silence by chance
    lasts as long with a Pareto distribution's probability.
    """
    known, length = sittings + PLAN_WEIGHT, days + PLAN_WEIGHT / planned
    by_chance: float = (length / (length + silent)) ** known
    weeks = silent / days_a_week
    for_good = weeks * weeks / (weeks * weeks + FOR_GOOD_WEEKS * FOR_GOOD_WEEKS)
    return 1 - for_good * INTERRUPTIONS / (INTERRUPTIONS + by_chance)


def _weigh(
    planned: float, days_a_week: int, weeks: Sequence[tuple[int, int]], sitting: float, reading: float
) -> Pace:
    """Let each belief learn from the weeks, and weigh it by how well it foretold them."""
    found = []
    for uneven, share in UNEVEN:
        dispersion = uneven * sitting
        for wander, common in WANDERS:
            papers, days, trust = _learn(planned, days_a_week, weeks, dispersion, wander)
            found.append((trust + log(share * common), papers, days, dispersion, wander))
    best = max(trust for trust, *_ in found)
    weights = [exp(trust - best) for trust, *_ in found]
    total = sum(weights)
    weights = [weight / total for weight in weights]
    rows = [(weight, *row[1:]) for weight, row in zip(weights, found, strict=True)]
    return Pace(
        per_day=exp(sum(weight * log(papers / days) for weight, papers, days, _, _ in rows)),
        days_a_week=days_a_week,
        dispersion=sum(weight * dispersion for weight, _, _, dispersion, _ in rows),
        beliefs=tuple(Belief(weight, 1 / papers, wander * wander) for weight, papers, _, _, wander in rows),
        reading=reading,
    )


def _learn(
    planned: float, days_a_week: int, weeks: Sequence[tuple[int, int]], dispersion: float, wander: float
) -> tuple[float, float, float]:
    """Return shape and rate of what is known of the pace after some weeks, and how well each was foretold.

    The last is a log likelihood, of a normal distribution with the mean and variance foretold.
    """
    papers, days, trust = PLAN_WEIGHT, PLAN_WEIGHT / planned, 0.0
    for number, length in weeks:
        if length:
            kept = 1 / (1 + wander * wander * papers * length / days_a_week)
            papers, days = papers * kept, days * kept
            expected = papers / days * length
            variance = dispersion * expected + expected * expected / papers
            trust -= (log(variance) + (number - expected) ** 2 / variance) / 2
            days += length / dispersion
        papers += number / dispersion
    return papers, days, trust


def beta_odds(chance: float, a: float, b: float) -> float:
    """Return x / (1 - x) where the regularised incomplete beta function I_x(a, b) takes a value.

    By Newton's method on the log odds of both, which are nearly in line: far out by a and by b. A step past
    what is known to be too little or too much goes half-way there instead.
    """
    wanted = log(chance / (1 - chance))
    low, high = -_FARTHEST, _FARTHEST
    at = log(a / b) + 0.6 * wanted * sqrt(1 / a + 1 / b)  # as if it were normal
    at = min(max(at, low), high)
    for _ in range(_MOST_STEPS):
        odds = exp(at)
        below, above, slope = _beta(odds / (1 + odds), 1 / (1 + odds), a, b)
        too_much = log(below / above) - wanted
        low, high = (low, at) if too_much > 0 else (at, high)
        step = too_much * below * above / slope
        at = at - step if low <= at - step <= high else (low + high) / 2
        if abs(step) < _NEAR:
            break
    return exp(at)


def incomplete_beta(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b)."""
    if x <= 0:
        return 0.0
    return 1.0 if x >= 1 else _beta(x, 1 - x, a, b)[0]


def _beta(x: float, rest: float, a: float, b: float) -> tuple[float, float, float]:
    """Return I_x(a, b), one minus it, and its slope over the log odds of x; `rest` is 1 - x.

    By its continued fraction (DLMF 8.17.22, https://dlmf.nist.gov/8.17.v) with Lentz's method.
    """
    if x > (a + 1) / (a + b + 2):
        above, below, slope = _beta(rest, x, b, a)
        return below, above, slope
    front = exp(a * log(x) + b * log(rest) + lgamma(a + b) - lgamma(a + 1) - lgamma(b))
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
    below = max(front * value, _LEAST)
    return below, max(1 - below, _LEAST), max(front * a, _LEAST)

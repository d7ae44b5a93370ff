"""Simulated readers, to see how often the forecast's range holds the truth.

`python -m tests.domain.goal.readers` prints the table that stands in docs/FORECAST.md.
"""

import math
from collections.abc import Iterator
from datetime import date
from itertools import count
from random import Random
from typing import NamedTuple

from papertrail.domain.goal.forecast import forecast
from papertrail.domain.goal.goal import DAY, WEEK, Goal

READERS = 2_000
START = date(2026, 1, 5)
GOAL = Goal(100, START, START + 26 * WEEK)
NEVER = date(2190, 1, 1)
KINDS = {
    "the model's own": "a pace that stays; weeks vary 1 to 2.5 times as much as by chance",
    "steady": "a pace that stays; weeks vary by chance alone",
    "bursty": "a pace that stays; weeks vary 3 times as much as by chance",
    "with holidays": "steady, but three times two weeks without a paper that no pause announces",
    "wandering": "the pace goes up or down by 8 % from week to week",
    "slowing down": "begins at 1.6 times the pace and loses 3 % a week",
    "speeding up": "begins at 0.6 of the pace and gains 2 % a week",
}


class Row(NamedTuple):
    """One line of the table: shares of the cases, and how good the probability of making it is."""

    kind: str
    held: float
    before: float
    after: float
    brier: float
    base: float

    def __str__(self) -> str:
        shares = " | ".join(f"{share * 100:.0f} %" for share in (self.held, self.before, self.after))
        return f"| {self.kind} | {shares} | {self.brier:.2f} | {self.base:.2f} |"


def _poisson(random: Random, mean: float) -> int:
    limit, product, number = math.exp(-mean), random.random(), 0
    while product > limit:
        product *= random.random()
        number += 1
    return number


def _week(random: Random, mean: float, dispersion: float) -> int:
    """Return a week's papers: negative binomial with this ratio of variance to mean."""
    if dispersion > 1 and mean > 0:
        mean = random.gammavariate(mean / (dispersion - 1), dispersion - 1)
    return _poisson(random, mean)


def _weeks(kind: str, random: Random) -> Iterator[int]:
    """Yield one reader's papers, week by week."""
    pace = GOAL.target / 26 * random.gammavariate(8, 1 / 8)
    dispersion = {"the model's own": random.uniform(1, 2.5), "bursty": 3.0}.get(kind, 1.0)
    away = {start + i for start in (random.randrange(40) for _ in range(3)) for i in (0, 1)}
    for week in count():
        match kind:
            case "with holidays":
                yield 0 if week in away else _week(random, pace, dispersion)
            case "wandering":
                yield _week(random, pace, dispersion)
                pace *= math.exp(random.gauss(0, 0.08) - 0.0032)
            case "slowing down":
                yield _week(random, pace * 1.6 * 0.97**week, dispersion)
            case "speeding up":
                yield _week(random, pace * 0.6 * 1.02**week, dispersion)
            case _:
                yield _week(random, pace, dispersion)


def _finish(kind: str, random: Random) -> tuple[date, list[date]]:
    """Return the day on which a reader reaches the target, and the days of all papers before."""
    days: list[date] = []
    for week, number in enumerate(_weeks(kind, random)):
        days += sorted(START + week * WEEK + random.randrange(7) * DAY for _ in range(number))
        if len(days) >= GOAL.target:
            return days[GOAL.target - 1], days
        if week > 500:
            break
    return NEVER, days


def simulate(kind: str, readers: int = READERS) -> Row:
    """Forecast for so many readers of a kind, each at a week between the 4th and the 22nd."""
    random = Random(f"readers {kind}")
    held = before = after = 0
    squares = made = 0.0
    for _ in range(readers):
        finish = START
        while finish <= (today := START + random.randrange(4, 23) * WEEK):  # done already: another reader
            finish, days = _finish(kind, random)
        said = forecast(GOAL, [(day, 1) for day in days if day < today], today)
        assert said is not None
        before += finish < (said.early or NEVER)
        after += finish > (said.late or NEVER)
        in_time = finish < GOAL.end
        made += in_time
        squares += (said.probability - in_time) ** 2
    held = readers - before - after
    share = made / readers
    return Row(
        kind, held / readers, before / readers, after / readers, squares / readers, share * (1 - share)
    )


if __name__ == "__main__":
    for name in KINDS:
        print(simulate(name), flush=True)

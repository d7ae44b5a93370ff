"""Simulated readers, to see how often the forecast's range holds the truth, week by week.

`python -m bench forecast` asks for many of them and prints the tables that stand in docs/FORECAST.md.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import count
from random import Random
from statistics import median

from papertrail.domain.goal.forecast import Forecast, forecast
from papertrail.domain.goal.goal import DAY, WEEK, Goal

READERS = 2_000  # of each kind, for the tables
SLICE = 25  # of them, for the tests
WEEKS = (4, 8, 13, 20)  # of 26, after which a reader is asked
START = date(2026, 1, 5)
GOAL = Goal(100, START, START + 26 * WEEK)
NEVER = date(2190, 1, 1)
KINDS = {
    "the model's own": "a pace that stays; weeks vary 1 to 2.5 times as much as by chance",
    "steady": "a pace that stays; weeks vary by chance alone",
    "bursty": "a pace that stays; weeks vary 3 times as much as by chance",
    "in sessions": "steady, but in sittings of 2 to 6 papers",
    "with holidays": "steady, but three times two weeks without a paper that no pause announces",
    "starting late": "steady, after 2 to 12 weeks in which nothing is read",
    "quitting": "steady, until a week between the 3rd and the 22nd, and never a paper after it",
    "wandering": "the pace goes up or down by 8 % from week to week",
    "wandering strongly": "the pace goes up or down by 15 % from week to week",
    "slowing down": "begins at 1.6 times the pace and loses 3 % a week",
    "speeding up": "begins at 0.6 of the pace and gains 2 % a week",
}
_WANDER = {"wandering": 0.08, "wandering strongly": 0.15}
_SITTING = 4  # papers on the average, when they come in sessions


@dataclass(slots=True)
class Held:
    """How the forecasts of some readers did.

    Attributes:
        asked: how many forecasts.
        early: how often the target was reached before the range.
        late: how often after it.
        in_time: how often before the goal's end.
        squares: the sum of the squared errors of the probability given for that.
        wide: weeks from the range's beginning to its end; infinite without an end.
    """

    asked: int
    early: int
    late: int
    in_time: int
    squares: float
    wide: list[float]

    @classmethod
    def nobody(cls) -> "Held":
        """Return what there is before the first reader."""
        return cls(0, 0, 0, 0, 0.0, [])

    @classmethod
    def together(cls, parts: Iterable["Held"]) -> "Held":
        """Return several as one."""
        whole = cls.nobody()
        for part in parts:
            for field in fields(cls):
                setattr(whole, field.name, getattr(whole, field.name) + getattr(part, field.name))
        return whole

    def ask(self, said: Forecast, finish: date) -> None:
        """Take in what was said to a reader who reaches the target on a day."""
        self.asked += 1
        self.early += finish < (said.early or NEVER)
        self.late += finish > (said.late or NEVER)
        made = finish < GOAL.end
        self.in_time += made
        self.squares += (said.probability - made) ** 2
        self.wide.append(
            (said.late - said.early).days / 7
            if said.late is not None and said.early is not None
            else math.inf
        )

    @property
    def held(self) -> float:
        """The share of those who reached the target within the range."""
        return 1 - (self.early + self.late) / self.asked

    @property
    def brier(self) -> float:
        """The mean squared error of the probability."""
        return self.squares / self.asked

    @property
    def brier_of_the_share(self) -> float:
        """What `brier` would be for somebody who knows only how many make it."""
        share = self.in_time / self.asked
        return share * (1 - share)

    @property
    def width(self) -> float:
        """The median of the weeks between the range's ends."""
        return median(self.wide)


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


def _days(random: Random, week: int, number: int) -> list[date]:
    """Return so many days of a week, in order."""
    return sorted(START + week * WEEK + random.randrange(7) * DAY for _ in range(number))


def _weeks(kind: str, random: Random) -> Iterator[list[date]]:
    """Yield the days of one reader's papers, week by week."""
    pace = GOAL.target / 26 * random.gammavariate(8, 1 / 8)
    dispersion = {"the model's own": random.uniform(1, 2.5), "bursty": 3.0}.get(kind, 1.0)
    away = {start + i for start in (random.randrange(40) for _ in range(3)) for i in (0, 1)}
    begins, quits = random.randint(2, 12), random.randint(3, 22)
    for week in count():
        number = _week(random, pace, dispersion)
        match kind:
            case "in sessions":
                sittings = _days(random, week, _poisson(random, pace / _SITTING))
                yield [day for day in sittings for _ in range(random.randint(2, 2 * _SITTING - 2))]
                continue
            case "with holidays" if week in away:
                number = 0
            case "starting late" if week < begins:
                number = 0
            case "quitting" if week >= quits:
                number = 0
            case "wandering" | "wandering strongly":
                step = _WANDER[kind]
                pace *= math.exp(random.gauss(0, step) - step * step / 2)
            case "slowing down":
                number = _week(random, pace * 1.6 * 0.97**week, dispersion)
            case "speeding up":
                number = _week(random, pace * 0.6 * 1.02**week, dispersion)
        yield _days(random, week, number)


def _papers(kind: str, random: Random) -> tuple[list[date], date]:
    """Return the days of a reader's papers up to the target, and that on which it is reached."""
    days: list[date] = []
    for week, more in enumerate(_weeks(kind, random)):
        days += more
        if len(days) >= GOAL.target:
            return days, days[GOAL.target - 1]
        if week > 500 or (kind == "quitting" and week > 22):
            return days, NEVER
    raise AssertionError("weeks never end")


def simulate(kind: str, readers: int, weeks: Sequence[int] = WEEKS) -> dict[int, Held]:
    """Forecast for so many readers of a kind, after each of the weeks unless done by then.

    The first readers are the same ones, however many there are.
    """
    random = Random(f"readers {kind}")
    found = {week: Held.nobody() for week in weeks}
    for _ in range(readers):
        days, finish = _papers(kind, random)
        for week, held in found.items():
            today = START + week * WEEK
            if finish < today:
                break
            said = forecast(GOAL, sorted(Counter(day for day in days if day < today).items()), today)
            assert said is not None
            held.ask(said, finish)
    return found


def row(kind: str, found: dict[int, Held]) -> str:
    """Return the table's line: held by week, then of all weeks how it failed and how wide it was."""
    whole = Held.together(found.values())
    wide = "no end" if math.isinf(whole.width) else f"{whole.width:.0f}"
    shares = [*(held.held for held in found.values()), whole.early / whole.asked, whole.late / whole.asked]
    percent = " | ".join(f"{share * 100:.0f} %" for share in shares)
    return f"| {kind} | {percent} | {whole.brier:.2f} | {whole.brier_of_the_share:.2f} | {wide} |"


def slice_held(kind: str, found: dict[int, Held]) -> str:
    """Return how many of some readers were held in each week: no change of the model leaves that alone."""
    return f"{kind}: {' '.join(str(held.asked - held.early - held.late) for held in found.values())}"

"""Simulated readers, to see how much of their notes they know when the goal ends, planned for it or not.

`python -m bench recall` asks many of them and writes the table of docs/RECALL.md.
"""

import math
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import date, datetime, time, timezone
from random import Random
from statistics import mean, median
from typing import NamedTuple, Protocol

from fsrs import Card, Rating, Scheduler
from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from papertrail.domain.goal.goal import DAY, WEEK
from papertrail.domain.recall.forgetting import Memory
from papertrail.domain.recall.planning import Candidate, Terms, plan_of_day
from papertrail.library.memory import answered

READERS = 20  # of each kind, for the table
SLICE = 2  # of them, for the tests
START = date(2026, 1, 5)
END = START + 26 * WEEK  # the day to be ready by
PAPERS = 100
QUESTIONS = (6, 9)  # a paper
SECONDS = 20.0  # a question
HOLIDAY = 14  # days, begun between the two days of the goal
HOLIDAY_BEGINS = (50, 120)
AIM = 0.85
FSRS, HALVING = "as FSRS has it", "halving"


class TrueMemory(Protocol):
    """How a reader really remembers one answer."""

    def chance(self, on: date) -> float:
        """Return how likely it is known on a day."""
        ...

    def answer(self, grade: int, on: date) -> None:
        """Change by having been asked."""
        ...


class _FsrsMemory:
    """The memory model of FSRS-6 with weights of the reader's own."""

    def __init__(self, scheduler: Scheduler, grade: int, on: date) -> None:
        self._scheduler = scheduler
        self._card = Card(card_id=0, due=_noon(on))
        self.answer(grade, on)

    def chance(self, on: date) -> float:
        return self._scheduler.get_card_retrievability(self._card, _noon(on))

    def answer(self, grade: int, on: date) -> None:
        self._card, _ = self._scheduler.review_card(self._card, Rating(grade), _noon(on))


class _HalvingMemory:
    """Halves every so many days; each success multiplies these days, each failure halves them."""

    def __init__(self, half_life: float, growth: float, on: date) -> None:
        self._first = self._half_life = half_life
        self._growth = growth
        self._last_on = on

    def chance(self, on: date) -> float:
        return math.pow(2, -(on - self._last_on).days / self._half_life)

    def answer(self, grade: int, on: date) -> None:
        if grade == 1:
            self._half_life = max(self._first / 2, self._half_life / 2)
        else:
            # Asked again at once nobody gains: the whole gain takes an eighth of the half-life.
            spaced = min(1.0, 8 * (on - self._last_on).days / self._half_life)
            self._half_life *= 1 + {2: 0.6, 3: 1.0, 4: 1.3}[grade] * (self._growth - 1) * spaced
        self._last_on = on


def _noon(on: date) -> datetime:
    return datetime.combine(on, time(12), timezone.utc)


def _fsrs_reader(random: Random) -> Callable[[date], TrueMemory]:
    """Return how a reader learns who forgets as FSRS has it, with weights around the usual ones."""
    spread = dict.fromkeys(range(4), 0.4) | {8: 0.15, 9: 0.15, 10: 0.2, 11: 0.3, 20: 0.25}
    weights = [
        min(max(usual * math.exp(random.gauss(0, spread.get(place, 0))), least), most)
        for place, (usual, least, most) in enumerate(
            zip(DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
        )
    ]
    scheduler = Scheduler(weights, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    return lambda on: _FsrsMemory(scheduler, random.choices((1, 2, 3, 4), (15, 25, 45, 15))[0], on)


def _halving_reader(random: Random) -> Callable[[date], TrueMemory]:
    """Return how a reader learns who forgets half in some six days, 2.5 times as many after a success."""
    half_life, growth = math.exp(random.gauss(math.log(6), 0.4)), 1 + 1.5 * math.exp(random.gauss(0, 0.25))
    return lambda on: _HalvingMemory(
        half_life * math.exp(random.gauss(0, 0.5)), 1 + (growth - 1) * math.exp(random.gauss(0, 0.25)), on
    )


KINDS = {FSRS: _fsrs_reader, HALVING: _halving_reader}


class Way(NamedTuple):
    """How review is done."""

    kind: str
    retention: float
    minutes: float
    planned: bool


class HalfYear(NamedTuple):
    """How it went with a reader.

    Attributes:
        remembered: the share of all questions that is known on the morning of the day to be ready by.
        met: the share that was asked in the last weeks, of the questions that were there a week before it.
        minutes: of each day but those of the holiday.
    """

    remembered: float
    met: float
    minutes: list[float]


WAYS = [
    *(
        Way(kind, retention, 10, planned)
        for kind in KINDS
        for retention in (0.9, 0.95)
        for planned in (False, True)
    ),
    *(Way(FSRS, 0.9, 5, planned) for planned in (False, True)),
    *(Way(HALVING, 0.9, minutes, True) for minutes in (12, 15, 20)),
]
SLICED = [Way(kind, 0.9, 10, planned) for kind in KINDS for planned in (False, True)]
HEAD = """\
| forgets | wanted | budget | planned | remembered | worst | at 85 % | minutes a day | worst day | met again |
| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |"""
BEGINS, ENDS = (
    "<!-- simulation: written by `python -m bench recall` -->\n",
    "\n<!-- end of the simulation -->",
)


def with_table(page: str, table: str) -> str:
    """Return the page with another table between its marks."""
    before, rest = page.split(BEGINS, 1)
    return f"{before}{BEGINS}{table}{ENDS}{rest.split(ENDS, 1)[1]}"


def half_year(way: Way, number: int) -> HalfYear:
    """Let a reader read and review for 26 weeks."""
    random = Random(f"{way.kind} {number}")
    learn = KINDS[way.kind](random)
    holiday = START + random.randrange(*HOLIDAY_BEGINS) * DAY
    days = [START + i * DAY for i in range((END - START).days)]
    working = [day for day in days if not 0 <= (day - holiday).days < HOLIDAY]
    counted = sorted(random.choices(working, k=PAPERS))
    terms = Terms(minutes=way.minutes, ready_by=END if way.planned else None)
    known: list[Candidate] = []
    real: list[TrueMemory] = []
    memories: dict[int, Memory] = {}
    minutes = []
    last_weeks, early = END, 0
    for today in working:
        plan = plan_of_day(known, today, terms, seconds=SECONDS)
        last_weeks = plan.last_weeks_from or last_weeks
        early = len(known) if today < END - WEEK else early
        for one in plan.asked:
            knows = random.random() < real[one.id].chance(today)
            grade = random.choices((2, 3, 4), (20, 60, 20))[0] if knows else 1
            real[one.id].answer(grade, today)
            memory = answered(memories.get(one.id), grade, today, way.retention)
            memories[one.id] = memory
            known[one.id] = Candidate(
                one.id, one.group, memory.due_on, memory.stability, memory.difficulty, memory.last_on
            )
        minutes.append(plan.minutes)
        for paper in range(counted.count(today)):
            for _ in range(random.randint(*QUESTIONS)):
                known.append(Candidate(len(known), f"{today} {paper}"))
                real.append(learn(today))
    met = mean(one.last_on is not None and one.last_on >= last_weeks for one in known[:early])
    return HalfYear(mean(one.chance(END) for one in real), met, minutes)


class Row(NamedTuple):
    """A line of the table: how it went with some readers."""

    way: Way
    remembered: float
    weakest: float
    reached: float
    minutes: float
    most_minutes: float
    met: float

    def __str__(self) -> str:
        way = self.way
        return (
            f"| {way.kind} | {way.retention} | {way.minutes:g} | {'yes' if way.planned else 'no'} | "
            f"{self.remembered:.1%} | {self.weakest:.0%} | {self.reached:.0%} | "
            f"{self.minutes:.1f} | {self.most_minutes:.1f} | {f'{self.met:.1%}' if way.planned else ''} |"
        ).replace("%", " %")


def row(way: Way, years: list[HalfYear]) -> Row:
    """Return the line of the table for readers."""
    shares = [one.remembered for one in years]
    return Row(
        way,
        mean(shares),
        min(shares),
        mean(share >= AIM for share in shares),
        mean(median(one.minutes) for one in years),
        max(max(one.minutes) for one in years),
        mean(one.met for one in years),
    )


def measured(way: Way, readers: int, pool: Executor | None = None) -> Row:
    """Ask readers, and return their line of the table."""
    each = pool.map if pool else map
    return row(way, list(each(half_year, [way] * readers, range(readers))))

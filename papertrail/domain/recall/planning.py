"""What a day asks, in which order, and how long it takes; the rules stand in docs/RECALL.md.

All days are the reader's own. What is planned follows from the questions and the day alone, so that it is the same however
often it is asked for.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from itertools import islice
from math import ceil
from statistics import median
from typing import NamedTuple

from papertrail.domain.recall.forgetting import FACTOR, DECAY, USUAL_RETENTION, retrievability

DAY = timedelta(days=1)
USUAL_SECONDS = 20.0  # a question takes, until the reader's own answers say
KNOWN_FROM = 10  # answers, from which the reader's own time is believed
SECONDS = (3.0, 180.0)  # the least and the most that is believed of it
LAST_DAYS = 60  # how long the last weeks are at most: what is met earlier is not met for the date


class Candidate(NamedTuple):
    """A question that may be asked.

    Attributes:
        id: the question's; what else is equal is asked in this order.
        group: the paper or lineage it is of; not asked of twice in a row where others are left.
        due_on: None for one that was never answered, as the three that follow.
        stability: in days.
        difficulty: from 1 to 10.
        last_on: the day of its last answer.
        failed: somebody asked it in earnest, and it was not known: it comes first.
    """

    id: int
    group: str
    due_on: date | None = None
    stability: float | None = None
    difficulty: float | None = None
    last_on: date | None = None
    failed: bool = False


def _every_day(day: date) -> bool:
    return True


class Terms(NamedTuple):
    """What the reader wants.

    Attributes:
        minutes: a day, at most.
        new: questions a day that were never answered, at most.
        retention: the wanted chance on the day on which a question is asked again.
        ready_by: the day on which all should be known; nothing is planned for it after the day before.
        reviews_on: tells the days that can be planned with, as `Goal.is_working_day` does.
    """

    minutes: float = 10.0
    new: int = 10
    retention: float = USUAL_RETENTION
    ready_by: date | None = None
    reviews_on: Callable[[date], bool] = _every_day


class DayPlan(NamedTuple):
    """What a day asks.

    Attributes:
        asked: in their order.
        waiting: how many are due besides, which other days will ask.
        minutes: that the asked ones will take.
        tomorrow_minutes: that the next day will take once these are answered.
        last_weeks_from: the day on which every question begins to be met once more before `ready_by`, on that day and
            after it until `ready_by`.
    """

    asked: tuple[Candidate, ...]
    waiting: int
    minutes: float
    tomorrow_minutes: float
    last_weeks_from: date | None = None


def usual_seconds(late: Sequence[float]) -> float:
    """Return how long a question takes, by the seconds that the last answers took."""
    if len(late) < KNOWN_FROM:
        return USUAL_SECONDS
    return min(max(float(median(late)), SECONDS[0]), SECONDS[1])


def plan_of_day(
    candidates: Iterable[Candidate],
    today: date,
    terms: Terms,
    *,
    seconds: float = USUAL_SECONDS,
    spent: float = 0.0,
    begun: int = 0,
) -> DayPlan:
    """Return what a day asks.

    Args:
        candidates: all questions that may be asked: awake, not set aside, of papers that count.
        today: the reader's date.
        terms: what the reader wants.
        seconds: that a question takes (`usual_seconds`).
        spent: seconds that today's answers took so far.
        begun: questions answered today for the first time.
    """
    raise NotImplementedError

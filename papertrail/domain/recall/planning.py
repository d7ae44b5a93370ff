"""What a day asks, in which order, and how long it takes; the rules stand in docs/RECALL.md.

All days are the reader's own. A plan follows from the questions and the day alone: it is the same, however
often it is asked for.
"""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from statistics import median
from typing import NamedTuple

from papertrail.domain.recall.forgetting import retrievability

DAY = timedelta(days=1)
USUAL_SECONDS = 20.0  # a question takes, until the reader's own answers say
KNOWN_FROM = 10  # answers, from which the reader's own time is believed
SECONDS = (3.0, 180.0)  # the least and the most that is believed of it
LAST_DAYS = 60  # the last weeks are this long at most: what is met earlier is not met for the date
LAST_TIMES = 2  # so often could every question be met in them
KEPT_FREE = 0.2  # of the minutes to come: for questions that are not there yet, and what is not known
_FIRST_CHANCE = 0.7  # that a question asked for the first time does not come back on the next day


class Candidate(NamedTuple):
    """A question that may be asked.

    Attributes:
        id: the question's; what else is equal is asked in this order. Below zero the story of a lineage that
            was never told, the lineage's id negated.
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


def every_day(day: date) -> bool:
    """Say of any day that one can plan with it."""
    return True


class Terms(NamedTuple):
    """What the reader wants.

    Attributes:
        minutes: a day, at most.
        new: questions a day that were never answered, at most.
        ready_by: the day on which all should be known; nothing is planned for it after the day before.
        reviews_on: tells the days that can be planned with, as `Goal.is_working_day` does.
    """

    minutes: float = 10.0
    new: int = 10
    ready_by: date | None = None
    reviews_on: Callable[[date], bool] = every_day


class DayPlan(NamedTuple):
    """What a day asks.

    Attributes:
        asked: in their order.
        waiting: how many are due besides, which other days will ask.
        minutes: that the asked ones will take.
        tomorrow_minutes: that the next day will take once these are answered.
        last_weeks_from: the day from which on every question is met once more before `ready_by`; None unless
            that is still to come.
        unasked: how many others were never asked so far.
    """

    asked: tuple[Candidate, ...]
    waiting: int
    minutes: float
    tomorrow_minutes: float
    last_weeks_from: date | None = None
    unasked: int = 0


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
    a_day = max(int(terms.minutes * 60 // seconds), 1)
    room = max(int((terms.minutes * 60 - spent) // seconds), 0) if spent else a_day
    every = list(candidates)
    begins = _last_weeks_from(len(every), a_day, today, terms)
    due = [one for one in every if _is_due(one, today, begins)]
    due.sort(key=lambda one: (not one.failed, _chance(one, today), one.id))
    new = sorted((one for one in every if one.last_on is None), key=_order_of_new)

    fresh = new[: min(max(terms.new - begun, 0), max(room - len(due), room // 2))]
    owed = [one for one in due if _is_owed(one, today, begins)]
    later = int(a_day * _review_days(today, terms) * (1 - KEPT_FREE)) if owed else 0
    pressing = owed[: max(len(owed) + len(new) - len(fresh) - later, 0)]
    again = _weakest(due, pressing, room - len(fresh))
    asked = [*again, *fresh]
    taken = {one.id for one in again}
    tomorrow = _questions_tomorrow(
        asked,
        (one for one in every if one.last_on is not None and one.id not in taken),
        len(new) - len(fresh),
        today,
        begins,
        terms,
    )
    return DayPlan(
        tuple(_apart(asked)),
        sum(_is_due(one, today, None) for one in due if one.id not in taken),
        len(asked) * seconds / 60,
        min(tomorrow, a_day) * seconds / 60,
        begins,
        len(new) - len(fresh),
    )


def _order_of_new(one: Candidate) -> tuple[bool, bool, int]:
    """Return a key: a lineage's story needs the answers about its papers, and so comes after them."""
    return not one.failed, one.id < 0, abs(one.id)


def _last_weeks_from(questions: int, a_day: int, today: date, terms: Terms) -> date | None:
    """Return the day from which on there are minutes to meet each question `LAST_TIMES` times."""
    if terms.ready_by is None or today >= terms.ready_by:
        return None
    day, room = terms.ready_by, 0
    while room < questions * LAST_TIMES and (terms.ready_by - day).days < LAST_DAYS:
        day -= DAY
        room += a_day * terms.reviews_on(day)
    return day


def _review_days(after: date, terms: Terms) -> int:
    """Count the days for review that are left after a day, before the one to be ready by."""
    days = (terms.ready_by - after).days if terms.ready_by is not None else 0
    return sum(terms.reviews_on(after + i * DAY) for i in range(1, days))


def _is_owed(one: Candidate, today: date, begins: date | None) -> bool:
    """Tell whether a question is still to be met once more in the last weeks."""
    return begins is not None and one.last_on is not None and one.last_on < begins <= today


def _is_due(one: Candidate, today: date, begins: date | None) -> bool:
    """Tell whether a question that was answered before, but not today, is to be asked again."""
    if one.last_on is None or one.due_on is None or one.last_on >= today:
        return False
    return one.failed or one.due_on <= today or _is_owed(one, today, begins)


def _chance(one: Candidate, today: date) -> float:
    """Return how likely a question is known today."""
    if one.last_on is None or one.stability is None:
        return _FIRST_CHANCE
    return retrievability(one.stability, (today - one.last_on).days)


def _weakest(due: list[Candidate], pressing: list[Candidate], room: int) -> list[Candidate]:
    """Return as many as there is room for, in the order given, those that press among them."""
    taken = {one.id for one in pressing[:room]}
    others = [one.id for one in due if one.id not in taken]
    taken.update(others[: room - len(taken)])
    return [one for one in due if one.id in taken]


def _apart(chosen: list[Candidate]) -> list[Candidate]:
    """Return questions in nearly the same order, but none beside one of its group, which may give it away."""
    order: list[Candidate] = []
    held: deque[Candidate] = deque()  # all of the group that the last one is of
    for one in chosen:
        if order and one.group == order[-1].group:
            held.append(one)
            continue
        order.append(one)
        if held:
            order.append(held.popleft())
    return [*order, *held]


def _questions_tomorrow(
    asked: Iterable[Candidate],
    others: Iterable[Candidate],
    new: int,
    today: date,
    begins: date | None,
    terms: Terms,
) -> float:
    """Return how many questions the next day will ask: some of today's, too, as some will not be known.

    Args:
        asked: today.
        others: that were answered before and are not asked today.
        new: how many were never asked, and are not asked today.
    """
    tomorrow = today + DAY
    if not terms.reviews_on(tomorrow):
        return 0.0
    if tomorrow == terms.ready_by:
        begins = None
    again = sum(1 - _chance(one, today) for one in asked)
    left = sum(_is_due(one, tomorrow, begins) for one in others)
    return again + left + min(new, terms.new)

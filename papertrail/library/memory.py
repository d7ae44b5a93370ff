"""What an answer makes of a memory: the one door to the package `fsrs`, imported when a grade is given.

FSRS counts periods of 24 hours between moments: for it, next morning is still the day of an answer in the
evening. So it is given noon of the reader's own date, as if that were UTC, and its days are the reader's,
whatever the hour, the time zone and daylight saving time are. Without learning steps and without chance an
answer has one outcome, and the log of answers always yields the same memory.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timezone
from functools import cache
from typing import TYPE_CHECKING

from papertrail.domain.recall.forgetting import MOST_DAYS, USUAL_RETENTION, Memory
from papertrail.domain.settings import LEAST_RETENTION, MOST_RETENTION

if TYPE_CHECKING:
    from fsrs import Scheduler

_DIGITS = 8  # behind the point: what is recorded for undo, as JSON, is written with fifteen in all
_NOON = time(12, tzinfo=timezone.utc)


@cache
def _scheduler(retention: float, most: int) -> "Scheduler":
    from fsrs import Scheduler

    if not LEAST_RETENTION <= retention <= MOST_RETENTION:
        raise ValueError(f"a retention of {retention}: from {LEAST_RETENTION} to {MOST_RETENTION}")
    return Scheduler(
        desired_retention=retention,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=most,
        enable_fuzzing=False,
    )


def load() -> None:
    """Import the package."""
    import fsrs  # noqa: F401


def answered(
    memory: Memory | None, grade: int, on: date, retention: float = USUAL_RETENTION, most: int = MOST_DAYS
) -> Memory:
    """Return the memory after an answer.

    Args:
        memory: the one before; None for a question that was never answered.
        grade: 1 again, 2 hard, 3 good, 4 easy.
        on: the reader's date. One before the last answer, as after a journey west or with a clock put back,
            is taken as the day of the last answer.
        retention: the wanted chance on the day on which it is asked again.
        most: days until then at most.

    Raises:
        ValueError: no such grade, or a retention out of bounds.
    """
    from fsrs import Card, Rating, State

    if memory is None:
        card = Card(card_id=0, due=datetime.combine(on, _NOON))
    else:
        on = max(on, memory.last_on)
        card = Card(
            card_id=0,
            state=State.Review,
            stability=memory.stability,
            difficulty=memory.difficulty,
            due=datetime.combine(memory.due_on, _NOON),
            last_review=datetime.combine(memory.last_on, _NOON),
        )
    card, _ = _scheduler(retention, most).review_card(card, Rating(grade), datetime.combine(on, _NOON))
    if card.stability is None or card.difficulty is None:
        raise AssertionError("fsrs knows no memory after an answer")
    return Memory(round(card.stability, _DIGITS), round(card.difficulty, _DIGITS), card.due.date(), on)


def remembered_after(
    answers: Iterable[tuple[date, int]], retention: float = USUAL_RETENTION, most: int = MOST_DAYS
) -> Memory | None:
    """Return the memory after answers in the order in which they were given, each the reader's date and a
    grade.

    Returns:
        None when there were no answers.
    """
    memory: Memory | None = None
    for on, grade in answers:
        memory = answered(memory, grade, on, retention, most)
    return memory

"""A review under way: which question is asked, what was answered, what that was worth."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from papertrail.domain.recall.forgetting import Memory, retrievability
from papertrail.domain.recall.review import Grade, ReviewDay, ReviewQuestion

LATER = 30  # days after which is told what a review was worth
MOST_SECONDS = 180  # an answer takes at most; whoever took longer was elsewhere


class Answered(NamedTuple):
    """A question that was graded or set aside.

    Attributes:
        at: its place in the sitting.
        op: the operation, to take it back by.
        grade: None where it was set aside.
        memory: what is remembered from then on; None where it was set aside.
    """

    at: int
    question: ReviewQuestion
    op: str
    grade: Grade | None = None
    memory: Memory | None = None
    seconds: int = 0


class Worth(NamedTuple):
    """What a sitting was worth.

    Attributes:
        answered: questions that were graded.
        known: of these.
        seconds: that they took.
        later: how many of them will likely be known a month later.
        without: how many would have been, had they not been asked.
        tomorrow: how many of them come again the next day.
        again: what was not known, in order.
    """

    answered: int
    known: int
    seconds: int
    later: float
    without: float
    tomorrow: int
    again: tuple[ReviewQuestion, ...]


class Sitting:
    """Goes through the questions of a day, forwards, and back over what is taken back.

    Args:
        day: what is asked.
    """

    def __init__(self, day: ReviewDay) -> None:
        self.day = day
        self._at = 0
        self._answered: list[Answered] = []

    @property
    def next_id(self) -> int | None:
        """The id of the question whose turn it is; None at the end."""
        return self.day.asked[self._at] if self._at < len(self.day.asked) else None

    @property
    def number(self) -> int:
        """Which one that is, from 1."""
        return self._at + 1

    @property
    def total(self) -> int:
        """How many are asked."""
        return len(self.day.asked)

    @property
    def minutes_left(self) -> float:
        """How long the rest takes."""
        return max(self.total - self._at, 0) * self.day.seconds / 60

    @property
    def last(self) -> Answered | None:
        """What was answered or set aside last."""
        return self._answered[-1] if self._answered else None

    def pass_over(self) -> None:
        """Go on without an answer."""
        self._at += 1

    def note(
        self,
        question: ReviewQuestion,
        op: str,
        grade: Grade | None = None,
        memory: Memory | None = None,
        seconds: int = 0,
    ) -> None:
        """Keep that the question was graded or set aside, and go on."""
        self._answered.append(Answered(self._at, question, op, grade, memory, seconds))
        self._at += 1

    def go_back(self) -> None:
        """Go back to what was answered last; that is forgotten here."""
        self._at = self._answered.pop().at

    def worth(self, today: date) -> Worth:
        """Return what it was worth so far."""
        graded = [one for one in self._answered if one.grade is not None]
        return Worth(
            len(graded),
            sum(one.grade is not Grade.AGAIN for one in graded),
            sum(one.seconds for one in graded),
            sum(_later(one.memory, today) for one in graded),
            sum(_later(one.question.memory, today) for one in graded),
            sum(one.memory is not None and (one.memory.due_on - today).days <= 1 for one in graded),
            tuple(one.question for one in graded if one.grade is Grade.AGAIN),
        )


def seconds_taken(seconds: float) -> int:
    """Return how long an answer took, as it is kept."""
    return min(max(round(seconds), 1), MOST_SECONDS)


def papers_of(questions: Sequence[ReviewQuestion]) -> dict[str, list[ReviewQuestion]]:
    """Return questions by the key of their paper, in order; those of lineages are left out."""
    found: dict[str, list[ReviewQuestion]] = {}
    for one in questions:
        if one.key is not None:
            found.setdefault(one.key, []).append(one)
    return found


def _later(memory: Memory | None, today: date) -> float:
    if memory is None:
        return 0.0
    return retrievability(memory.stability, (today - memory.last_on).days + LATER)

"""What review shows: a question, its answer, what a grade would mean, and how the day went."""

from datetime import date
from enum import IntEnum
from typing import NamedTuple

from papertrail.domain.recall.forgetting import Memory
from papertrail.domain.recall.question import Kind
from papertrail.domain.text import clean_line

LEAST_COUNTED = 3
"""Papers that count from which a lineage asks for its story."""
_BEGINNING = 40  # letters by which a question is found in its note
OF_LINEAGE = "Name its papers in order, and what each one removed."


class Grade(IntEnum):
    """How well the reader knew it."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class ReviewQuestion(NamedTuple):
    """A question as review asks it.

    Attributes:
        id: the question's; below zero the lineage's that was never answered, negated.
        key: of its paper; None for a lineage's.
        lineage: whose story it asks for; None for a paper's.
        title: of the paper or the lineage.
        section: where its answer stands in the note.
        place: which one of its note it is, from 0.
        memory: None while it was never answered.
        last_review: the id of its newest answer; None while there is none.
    """

    id: int
    kind: Kind
    key: str | None
    lineage: str | None
    title: str
    year: int | None
    section: str
    wording: str
    place: int
    memory: Memory | None
    last_review: int | None


class StandingQuestion(NamedTuple):
    """A question as other programs are given it, with a name of its own that lasts.

    Attributes:
        id: as in `ReviewQuestion`, and so are the others.
        guid: the same whatever becomes of its wording, answer, paper's key and memory.
    """

    id: int
    guid: str
    kind: Kind
    key: str | None
    lineage: str | None
    title: str
    year: int | None
    section: str
    wording: str
    place: int


class ToldStep(NamedTuple):
    """One paper of a lineage's story: what it changed, a paragraph for each parent; empty if no note says."""

    key: str
    title: str
    year: int | None
    text: str


def place_of(wording: str, text: str) -> tuple[int, int] | None:
    """Return row and column of the line in a note where a question begins, from 0; None where none is."""
    begin = wording[:_BEGINNING].rstrip("…")
    rows = (row for row, words in enumerate(text.split("\n")) if begin and begin in clean_line(words))
    return next(((row, 0) for row in rows), None)


class ReviewAnswer(NamedTuple):
    """What the reader wrote.

    Attributes:
        markdown: the answer; empty where the note has it no more.
        steps: of a lineage, instead of that.
        trouble: why the answer cannot be shown, on one line; empty mostly.
    """

    markdown: str
    steps: tuple[ToldStep, ...] = ()
    trouble: str = ""


class Graded(NamedTuple):
    """A grade that was given.

    Attributes:
        op: the operation, to take it back by.
        question: the id of the question, which a lineage's has from its first answer on.
        memory: what is remembered from now on.
    """

    op: str
    question: int
    memory: Memory


class ReviewDay(NamedTuple):
    """What a day asks.

    Attributes:
        asked: ids of questions in the order in which they are asked.
        waiting: how many are due besides, which other days will ask.
        minutes: that the asked ones will take.
        tomorrow_minutes: that the next day will take.
        answered: today, so far.
        known: how many questions the notes ask in all.
        last_weeks_from: the day from which every question is met once more before `ready_by`.
        ready_by: the day by which that is done; None where none is wanted.
        seconds: that a question takes.
        newest: the id of the newest answer when this was read; what was answered since has a greater one.
        next_on: the next day on which a question is due; None where none is.
        unasked: how many others were never asked so far.
    """

    asked: tuple[int, ...]
    waiting: int
    minutes: float
    tomorrow_minutes: float
    answered: int
    known: int
    last_weeks_from: date | None
    ready_by: date | None
    seconds: float
    newest: int = 0
    next_on: date | None = None
    unasked: int = 0


class DayTold(NamedTuple):
    """The answers of a day: how many there were, and how many of them were known."""

    day: date
    answers: int
    known: int
    seconds: int


class WeakPaper(NamedTuple):
    """A paper, and how likely an answer about it is known today, on average over those given before."""

    key: str
    title: str
    year: int | None
    chance: float
    questions: int


class BadQuestion(NamedTuple):
    """A question that is not asked until the reader has worded it otherwise in the note."""

    key: str
    title: str
    section: str
    wording: str

    def place_in(self, text: str) -> tuple[int, int] | None:
        """Return row and column of its line in a note, from 0; None where none is."""
        return place_of(self.wording, text)


class ReviewStats(NamedTuple):
    """How review goes.

    Attributes:
        days: the last weeks, those with answers.
        questions: asked by the notes in all.
        answered: of them at least once.
        remembered: the share of those that is likely remembered today, 0 to 1; None while there are none.
        explained: papers that the reader can explain.
        faded: keys of those that could be explained and no longer can, the latest first.
        counted: papers that count.
        due: how many are due on each of the next days, today first.
        weakest: papers, the one that is remembered worst first.
        bad: what the reader marked as bad.
    """

    days: tuple[DayTold, ...]
    questions: int
    answered: int
    remembered: float | None
    explained: int
    counted: int
    due: tuple[int, ...]
    weakest: tuple[WeakPaper, ...] = ()
    bad: tuple[BadQuestion, ...] = ()
    faded: tuple[str, ...] = ()

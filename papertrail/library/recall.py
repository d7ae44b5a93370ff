"""Review: what a day asks, the answers, and the grades that are given."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from papertrail.domain.errors import BadInput, Conflict, NotFound, PapertrailError
from papertrail.domain.operations import Verb
from papertrail.domain.recall import review
from papertrail.domain.recall.forgetting import retrievability
from papertrail.domain.recall.planning import Candidate, Terms, every_day, plan_of_day, usual_seconds
from papertrail.domain.recall.question import Kind, NoteQuestion
from papertrail.domain.recall.review import (
    BadQuestion,
    DayTold,
    Grade,
    Graded,
    ReviewAnswer,
    ReviewDay,
    ReviewQuestion,
    ReviewStats,
    StandingQuestion,
    ToldStep,
    WeakPaper,
)
from papertrail.domain.settings import REVIEW_MINUTES, REVIEW_NEW, REVIEW_READY_BY, REVIEW_RETENTION
from papertrail.library.open_trail import OpenTrail
from papertrail.store.queries import goals, lineages, papers, progress, recall

if TYPE_CHECKING:
    from sqlite3 import Connection

    from papertrail.library.comparisons import Comparisons

STATS_DAYS = 28
DAYS_AHEAD = 7
MOST_WEAK = 50  # papers


class Recall:
    """The use cases of review; each grade is an operation of its own, so that one can be taken back."""

    def __init__(self, trail: OpenTrail, comparisons: "Comparisons") -> None:
        self._trail = trail
        self._comparisons = comparisons

    def day(
        self, keys: Iterable[str] = (), *, lineage: str | None = None, minutes: float | None = None
    ) -> ReviewDay:
        """Return what today asks.

        Args:
            keys: of papers, when only their questions are wanted, due or not.
            lineage: its exact name, when only its own questions and those of its papers are wanted.
            minutes: that today may take, one question at the least where some are wanted; unless given it is
                what the reader has set, or as long as those take.

        Raises:
            NotFound: there is no such paper, or lineage.
        """
        connection = self._trail.database.read()
        today = self._trail.today()
        newest = recall.newest(connection)  # first: what is answered meanwhile is not to be asked again
        every = self._candidates(connection, today)
        wanted = self._wanted(connection, keys, lineage)
        usual = usual_seconds(recall.late_seconds(connection))
        spent, answered, begun = recall.spent(connection, today.isoformat(), usual)
        terms = self._terms(connection, minutes)
        known = recall.known(connection)
        if wanted is not None:
            # Who asks for some has time for them: weakest first, and no day is spoilt by it.
            chosen = sorted(
                (one for one in every if one.group in wanted),
                key=lambda one: (_chance(one, today), one.id < 0, abs(one.id)),
            )
            fitting = None if minutes is None else max(1, int(minutes * 60 / usual))
            ids = tuple(one.id for one in chosen[:fitting])
            return ReviewDay(
                ids, 0, len(ids) * usual / 60, 0.0, answered, known, None, terms.ready_by, usual, newest
            )
        plan = plan_of_day(every, today, terms, seconds=usual, spent=spent, begun=begun)
        return ReviewDay(
            tuple(one.id for one in plan.asked),
            plan.waiting,
            plan.minutes,
            plan.tomorrow_minutes,
            answered,
            known,
            plan.last_weeks_from,
            terms.ready_by,
            usual,
            newest,
            min((one.due_on for one in every if one.due_on is not None and one.due_on > today), default=None),
            plan.unasked,
        )

    def _candidates(self, connection: "Connection", today: date) -> list[Candidate]:
        return recall.candidates(
            connection,
            today.isoformat(),
            by_reading=goals.counts_by_reading(connection),
            least=review.LEAST_COUNTED,
        )

    def _wanted(self, connection: "Connection", keys: Iterable[str], lineage: str | None) -> set[str] | None:
        """Return the groups that are asked for: keys of papers and names of lineages; None for all."""
        found = {
            papers.keys_of(connection, [id_])[id_]
            for id_ in (self._trail.paper_id(connection, key) for key in keys)
        }
        if lineage is not None:
            members = lineages.all_members(connection)
            if lineage not in members:
                raise NotFound(f"no lineage is called {lineage}", "see: papertrail lineages")
            found.update((f"lineage {lineage}", *members[lineage]))
        return found if found or lineage is not None else None

    def _terms(self, connection: "Connection", minutes: float | None) -> Terms:
        goal = goals.in_force(connection)
        wanted = self._trail.setting(REVIEW_READY_BY)
        ready_by = None if wanted in ("goal", "never") else date.fromisoformat(wanted)
        if wanted == "goal" and goal is not None:
            ready_by = goal.last_day
        return Terms(
            minutes=self._trail.setting(REVIEW_MINUTES) if minutes is None else minutes,
            new=self._trail.setting(REVIEW_NEW),
            ready_by=ready_by,
            reviews_on=every_day if goal is None else goal.is_working_day,
        )

    def question(self, id_: int, newest: int | None = None) -> ReviewQuestion:
        """Return a question with all that is shown of it.

        Args:
            id_: as `day` gives it.
            newest: as `day` gave it, where a question that was answered since is not wanted.

        Raises:
            NotFound: it is asked no more.
            Conflict: it was answered since, in another window.
        """
        found = self._question(self._trail.database.read(), id_)
        if newest is not None and (found.last_review or 0) > newest:
            raise _answered_meanwhile()
        return found

    def _question(self, connection: "Connection", id_: int) -> ReviewQuestion:
        if id_ < 0:
            known = recall.of_lineage(connection, -id_)
            name = recall.lineage_name(connection, -id_)
            if known is None and name is not None:
                return ReviewQuestion(
                    id_, Kind.LINEAGE, None, name, name, None, "", review.OF_LINEAGE, 0, None, None
                )
            id_ = known or id_
        found = recall.question(connection, id_)
        if found is None:
            raise NotFound("that question is asked no more", "begin again: papertrail review")
        return found

    def standing(self) -> list[StandingQuestion]:
        """Return every question that the notes and lineages ask, bad ones apart, each under its lasting guid.

        Those of papers come in the order of their notes, papers by key.
        """
        connection = self._trail.database.read()
        return recall.standing(
            connection,
            review.OF_LINEAGE,
            by_reading=goals.counts_by_reading(connection),
            least=review.LEAST_COUNTED,
        )

    def answer(self, question: ReviewQuestion) -> ReviewAnswer:
        """Return the reader's own answer, as the note has it now."""
        return next(self.answers([question]))

    def answers(self, questions: Iterable[ReviewQuestion | StandingQuestion]) -> Iterator[ReviewAnswer]:
        """Yield the answers of several questions in their order; those of one note read it once."""
        notes = _Notes(self._trail)
        for question in questions:
            if question.key is None:
                yield ReviewAnswer("", tuple(self._story(question.lineage or "", notes)))
            else:
                yield notes.answer(question.key, question)

    def _story(self, lineage: str, notes: "_Notes") -> Iterator[ToldStep]:
        connection = self._trail.database.read()
        keys = lineages.all_members(connection).get(lineage, ())
        summaries = papers.summaries(connection, [self._trail.paper_id(connection, key) for key in keys])
        texts = {}
        for key in keys:
            with suppress(PapertrailError):
                texts[key] = notes.text(key)
        told: dict[str, list[str]] = {}
        for (child, _), text in self._comparisons.changes_told(texts).items():
            told.setdefault(child, []).append(text)
        for one in summaries:
            yield ToldStep(one.key, one.title, one.year, "\n\n".join(told.get(one.key, ())))

    def prepare(self) -> None:
        """Load what works out intervals and grades, which takes a moment the first time."""
        from papertrail.library import memory

        memory.load()

    def intervals(self, question: ReviewQuestion) -> dict[Grade, int]:
        """Return for each grade after how many days the question would come again."""
        from papertrail.library.memory import answered

        today, retention = self._trail.today(), self._trail.setting(REVIEW_RETENTION)
        return {
            grade: (answered(question.memory, grade, today, retention).due_on - today).days for grade in Grade
        }

    def grade(self, question: ReviewQuestion, grade: Grade, seconds: int | None = None) -> Graded:
        """Say how well a question was answered, and so when it is asked again.

        Args:
            question: as it was shown.
            grade: how well.
            seconds: from the question to the grade, where they are known.

        Raises:
            Conflict: it was answered meanwhile, in another window; nothing was changed.
            NotFound: it is asked no more.
        """
        from papertrail.library.memory import answered

        retention = self._trail.setting(REVIEW_RETENTION)
        with self._trail.operation(Verb.REVIEW) as (connection, operation):
            now = self._question(connection, question.id)
            if now.last_review != question.last_review:
                raise _answered_meanwhile()
            id_ = self._own_id(connection, now)
            memory = answered(now.memory, grade, date.fromisoformat(operation.local_date), retention)
            recall.add_review(connection, id_, grade, operation.at, operation.local_date, seconds)
            recall.put_memory(
                connection,
                id_,
                memory.stability,
                memory.difficulty,
                memory.due_on.isoformat(),
                memory.last_on.isoformat(),
            )
            recall.ask_again(connection, id_)
            told = {"question": now.wording, "grade": grade.name.lower(), "lineage": now.lineage}
            self._trail.journal(connection, operation, Verb.REVIEW, now.key, None, told)
        return Graded(operation.op, id_, memory)

    def bury(self, question: ReviewQuestion) -> str:
        """Do not ask a question until tomorrow; return the operation, to take it back by."""
        tomorrow = self._trail.today() + timedelta(days=1)
        return self._set_aside(question, tomorrow.isoformat())

    def mark_bad(self, question: ReviewQuestion) -> str:
        """Do not ask a question until the reader has worded it otherwise; return the operation.

        Raises:
            BadInput: it is a lineage's, which no reader words.
        """
        if question.key is None:
            raise BadInput("what a lineage asks is not in a note", "bury it until tomorrow: -")
        return self._set_aside(question, None)

    def _set_aside(self, question: ReviewQuestion, until: str | None) -> str:
        with self._trail.operation(Verb.SET_ASIDE) as (connection, operation):
            now = self._question(connection, question.id)
            recall.set_aside(connection, self._own_id(connection, now), until)
            told = {"question": now.wording, "until": until, "lineage": now.lineage}
            self._trail.journal(connection, operation, Verb.SET_ASIDE, now.key, None, told)
        return operation.op

    def _own_id(self, connection: "Connection", question: ReviewQuestion) -> int:
        """Return the id of a question in the database; a lineage's gets one here."""
        if question.id > 0:
            return question.id
        return recall.begin_lineage(connection, -question.id, question.wording)

    def explained(self) -> Sequence[int]:
        """Return the ids of the papers that the reader can explain today."""
        return sorted(self._trail.explained())

    def stats(self) -> ReviewStats:
        """Return how review goes."""
        connection = self._trail.database.read()
        today = self._trail.today()
        since = today - timedelta(days=STATS_DAYS - 1)
        memories = recall.memories(connection)
        chances: dict[int | None, list[float]] = defaultdict(list)  # by paper; None for those of lineages
        due = [0] * DAYS_AHEAD
        ahead = cache(lambda day: (date.fromisoformat(day) - today).days)  # few days of many questions
        for _, stability, _, due_on, last, paper in memories:
            chances[paper].append(retrievability(stability, -ahead(last)))
            if ahead(due_on) < len(due):
                due[max(ahead(due_on), 0)] += 1
        _, counted = progress.read_and_counted(connection)
        return ReviewStats(
            tuple(
                DayTold(date.fromisoformat(row.day), row.answers, row.known, row.seconds)
                for row in recall.days(connection, since.isoformat())
            ),
            recall.known(connection),
            len(memories),
            sum(map(sum, chances.values())) / len(memories) if memories else None,
            len(self.explained()),
            counted,
            tuple(due),
            self._weakest(connection, {paper: of for paper, of in chances.items() if paper is not None}),
            tuple(BadQuestion(*row) for row in recall.bad(connection)),
            self._trail.faded(),
        )

    def _weakest(self, connection: "Connection", chances: dict[int, list[float]]) -> tuple[WeakPaper, ...]:
        means = {paper: sum(of) / len(of) for paper, of in chances.items()}
        worst = sorted(means, key=lambda paper: (means[paper], paper))[:MOST_WEAK]
        return tuple(
            WeakPaper(one.key, one.title, one.year, means[one.id], len(chances[one.id]))
            for one in papers.summaries(connection, worst)
        )


class _Notes:
    """Reads notes for their answers, each once."""

    def __init__(self, trail: OpenTrail) -> None:
        self._trail = trail
        self._texts: dict[str, str] = {}
        self._asked: tuple[str, Sequence[NoteQuestion]] = ("", ())

    def text(self, key: str) -> str:
        """Return a note's text, empty where there is none.

        Raises:
            StorageError: it cannot be read.
        """
        if key not in self._texts:
            file = self._trail.notebook.read(key)
            self._texts[key] = "" if file is None else file.text
        return self._texts[key]

    def answer(self, key: str, question: ReviewQuestion | StandingQuestion) -> ReviewAnswer:
        """Return what the note of a paper answers now."""
        try:
            text = self.text(key)
        except PapertrailError as error:
            return ReviewAnswer("", trouble=str(error))
        if not text:
            return ReviewAnswer("", trouble=f"the note of {key} is gone")
        same = [
            (abs(place - question.place), one.answer)
            for place, one in enumerate(self._asked_by(key, text))
            if (one.kind, one.wording) == (question.kind, question.wording)
        ]
        if not same:
            return ReviewAnswer("", trouble=f"the note of {key} was changed, and asks this no more")
        return ReviewAnswer(min(same, key=lambda one: one[0])[1])

    def _asked_by(self, key: str, text: str) -> Sequence[NoteQuestion]:
        if self._asked[0] != key:
            from papertrail.notebook.questions import questions_in
            from papertrail.notebook.sections import index_note

            template = self._trail.notebook.template()
            index = index_note(text, template)
            filled = index.state(self._trail.notebook.path(key)).filled
            self._asked = (key, questions_in(index.whole, template, filled))
        return self._asked[1]


def _chance(one: Candidate, today: date) -> float:
    """Return how likely a question is remembered; a new one comes first."""
    if one.stability is None or one.last_on is None:
        return 0.0
    return retrievability(one.stability, (today - one.last_on).days)


def _answered_meanwhile() -> Conflict:
    return Conflict("this question was answered meanwhile, in another window", "go on with the next")

"""The goal: set, paused, re-planned and dropped; every version of it is kept."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from papertrail.domain.clock import date_of
from papertrail.domain.errors import BadInput, NotFound
from papertrail.domain.goal.goal import (
    DAY,
    DEFAULT_LENGTH,
    DEFAULT_TARGET,
    EARLIEST,
    LATEST,
    Counts,
    Goal,
    Pause,
)
from papertrail.domain.goal.progress import GoalProgress
from papertrail.domain.operations import PAPERTRAIL, Verb
from papertrail.library.indexed_notes import IndexedNotes
from papertrail.library.open_trail import OpenTrail
from papertrail.store.queries import goals, notes, papers, progress

if TYPE_CHECKING:
    from papertrail.domain.goal.floor import Floor
    from papertrail.domain.goal.forecast import Forecast
    from papertrail.domain.goal.replan import Replan, Way
    from papertrail.domain.reports import PastGoal


class Goals:
    """The use cases of the goal."""

    def __init__(self, trail: OpenTrail, indexed: IndexedNotes) -> None:
        self._trail = trail
        self._indexed = indexed

    def progress(self) -> GoalProgress:
        """Return the goal and how far it is today."""
        return self.standing()[0]

    def standing(self) -> tuple[GoalProgress, list[tuple[date, int]]]:
        """Return the goal's progress, and the days on which papers were counted towards it."""
        connection = self._trail.database.read()
        today = self._trail.today()
        goal = goals.in_force(connection)
        read, noted = progress.read_and_counted(connection)
        days = progress.counted_days(connection, goal) if goal else []
        able = self._trail.explained()
        explained = progress.explained_towards(connection, goal, able) if goal else len(able)
        missing = len(papers.missing_keys(connection)) if read > noted else 0
        standing = GoalProgress.on(today, goal, read, noted, days, explained, missing)
        return standing, days

    def forecast(self, standing: GoalProgress, days: Sequence[tuple[date, int]]) -> "Forecast | None":
        """Return when the goal will be reached, from what `standing` gave, or None."""
        from papertrail.domain.goal.forecast import forecast

        return forecast(standing.goal, days, standing.today) if standing.goal else None

    def set(
        self,
        *,
        target: int | None = None,
        start: date | None = None,
        last_day: date | None = None,
        rest_days: Collection[int] | None = None,
        counts: Counts | None = None,
        words: int | None = None,
    ) -> Goal:
        """Put a goal in force with a straight plan; what is not given stays as it is, pauses with it.

        Without a goal in force what is not given is 100 papers in 26 weeks from today.

        Args:
            target: how many papers.
            start: the first day.
            last_day: the last day that belongs to it.
            rest_days: days of the week without reading, Monday is 0.
            counts: what makes a paper count.
            words: how many each required section of a note must have at least; notes are counted anew.

        Raises:
            BadInput: the values make no goal; nothing has been changed.
        """
        for day in (start, last_day):
            _check_reach(day)

        def changed(old: Goal | None) -> Goal:
            first = start or (old.start if old else self._trail.today())
            end = _after(last_day) if last_day else old.end if old else first + DEFAULT_LENGTH
            return Goal(
                target=target if target is not None else old.target if old else DEFAULT_TARGET,
                start=first,
                end=end,
                counts=counts or (old.counts if old else Counts.NOTED),
                rest_days=frozenset(rest_days)
                if rest_days is not None
                else old.rest_days
                if old
                else frozenset(),
                pauses=old.pauses if old else (),
                words=words if words is not None else old.words if old else 0,
            )

        return self._change_goal(changed)

    def floor(self, words: int) -> "Floor":
        """Return what it would mean to want so many words of each required section; nothing is changed.

        Raises:
            BadInput: no section can be asked for so many.
        """
        from papertrail.domain.goal.floor import Floor

        connection = self._trail.database.read()
        goal = goals.in_force(connection)
        today = self._trail.today()
        Goal(DEFAULT_TARGET, today, today + DEFAULT_LENGTH, words=words)  # refuses what cannot be
        owing, counting = list[str](), list[str]()
        for note in notes.with_floor(connection, words):
            if note.is_read and note.was_complete != note.complete:
                (counting if note.complete else owing).append(note.key)
        read, noted = progress.read_and_counted(connection)
        owed = read - noted - len(papers.missing_keys(connection)) + len(owing) - len(counting)
        return Floor(words, goal.words if goal else 0, tuple(owing), tuple(counting), owed)

    def drop(self) -> None:
        """Read on without a goal; what was counted and every goal there was stay.

        Raises:
            NotFound: there is no goal.
        """
        with self._trail.operation(Verb.GOAL) as (connection, operation):
            old = _required(goals.in_force(connection))
            goals.add(connection, old, operation.at, dropped=True)
            if old.words:
                self._indexed.recount(connection, operation)
            self._trail.journal(connection, operation, "goal", None, goals.columns(old), None)

    def pause(self, first: date, last: date) -> Goal:
        """Plan nothing from the first to the last of these days.

        Raises:
            NotFound: there is no goal.
            BadInput: the days make no pause; nothing has been changed.
        """
        for day in (first, last):
            _check_reach(day)
        if last < first:
            raise BadInput(f"a pause from {first} to {last} ends before it begins", "swap the two days")
        pause = Pause(first, _after(last))

        def paused(old: Goal | None) -> Goal:
            goal = _required(old)
            if pause.end <= goal.start or pause.start >= goal.end:
                raise BadInput(
                    f"a pause from {first} to {last} lies outside of the goal",
                    f"give days from {goal.start} to {goal.last_day}",
                )
            return goal._replace(
                pauses=tuple(sorted({*goal.pauses, pause}, key=lambda one: (one.start, one.end)))
            )

        return self._change_goal(paused)

    def end_pause(self, day: date) -> Goal:
        """Take the pauses that hold this day out of the plan again.

        Raises:
            NotFound: there is no goal, or no pause on this day.
        """

        def resumed(old: Goal | None) -> Goal:
            goal = _required(old)
            kept = tuple(pause for pause in goal.pauses if not pause.start <= day < pause.end)
            if len(kept) == len(goal.pauses):
                raise NotFound(f"there is no pause on {day}", "papertrail goal shows the pauses")
            return goal._replace(pauses=kept)

        return self._change_goal(resumed)

    def replans(self) -> "tuple[Replan, ...]":
        """Return the three ways on from today, with what each means; nothing is changed.

        Raises:
            NotFound: there is no goal.
            BadInput: it is reached: there is nothing to plan.
        """
        from papertrail.domain.goal.replan import replans

        progress, days = self.standing()
        goal = _required(progress.goal)
        forecast = self.forecast(progress, days)
        ways = replans(progress, forecast.per_week if forecast else _pace_of(goal, progress.counted))
        if not ways:
            raise BadInput(
                f"the goal is reached ({progress.tally}): there is nothing to re-plan",
                "set the next one with papertrail goal set",
            )
        return ways

    def replan(self, way: "Way") -> "Replan":
        """Take one of the three ways on.

        Raises:
            NotFound: there is no goal.
            BadInput: this way is closed, or the goal is reached; nothing has been changed.
        """
        chosen = self.replan_preview(way)
        goal = _required(chosen.goal)
        self._change_goal(lambda _: goal)
        return chosen

    def replan_preview(self, way: "Way") -> "Replan":
        """Return what `replan` would do; nothing is changed.

        Raises:
            NotFound: there is no goal.
            BadInput: this way is closed, or the goal is reached.
        """
        chosen = next(replan for replan in self.replans() if replan.way is way)
        if chosen.goal is None:
            raise BadInput(f"{way} is not possible: {chosen.consequence}", "see: papertrail goal replan")
        return chosen

    def history(self) -> "list[PastGoal]":
        """Return every goal ever set, the newest first."""
        from papertrail.domain.reports import PastGoal

        zone = self._trail.now().tzinfo
        return [
            PastGoal(goal, dropped, date.fromisoformat(on) if on else date_of(at, zone))
            for goal, dropped, at, on in reversed(goals.history(self._trail.database.read()))
        ]

    def begin(self) -> None:
        """Give a new trail its goal: 100 papers in 26 weeks from today."""
        if not goals.was_ever_set(self._trail.database.read()):
            self._change_goal(lambda old: old or Goal.beginning(self._trail.today()), Verb.BEGIN)

    def _change_goal(self, changed: Callable[[Goal | None], Goal], verb: Verb = Verb.GOAL) -> Goal:
        """Append a goal made from the one in force, unless it is the same."""
        with self._trail.operation(verb, program=PAPERTRAIL if verb is Verb.BEGIN else None) as (
            connection,
            operation,
        ):
            old = goals.in_force(connection)
            new = changed(old)
            if new != old:
                goals.add(connection, new, operation.at)
                if new.words != (old.words if old else 0):
                    self._indexed.recount(connection, operation)
                before = goals.columns(old) if old else None
                self._trail.journal(connection, operation, "goal", None, before, goals.columns(new))
            return new


def _check_reach(day: date | None) -> None:
    """Refuse a day of another century.

    Raises:
        BadInput: it is one.
    """
    if day is not None and not EARLIEST <= day < LATEST:
        raise BadInput(f"{day} is too far away", f"give a day from {EARLIEST} to {LATEST - DAY}")


def _after(last_day: date) -> date:
    """Return the day after."""
    return last_day + DAY


def _required(goal: Goal | None) -> Goal:
    if goal is None:
        raise NotFound("there is no goal", "set one with: papertrail goal set --target 100")
    return goal


def _pace_of(goal: Goal, counted: int) -> float:
    """Return the papers of an ordinary week over the whole of a goal."""
    days = goal.working_days(goal.start, goal.end)
    return counted * goal.days_a_week / days if days else 0.0

"""The goal: so many papers counted between two dates, the plan towards it, and where one stands on a day.

All dates are the reader's own. Spans are half open: the first day belongs to them, `end` does not.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple, Self

from papertrail.domain.errors import BadInput

DEFAULT_TARGET = 100
DEFAULT_LENGTH = timedelta(weeks=26)
MOST_PAPERS = 100_000
MOST_WORDS = 9_999  # that a section can be asked for
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)  # room for a forecast on both sides of the calendar
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
EPSILON = 1e-9  # what sums of fractions may be off by


class Counts(StrEnum):
    """What makes a paper count: read with the required sections of its note filled, or just read."""

    NOTED = "noted"
    READ = "read"


class Pause(NamedTuple):
    """Days on which nothing is planned, such as a holiday."""

    start: date
    end: date

    @property
    def last_day(self) -> date:
        """The last day that belongs to it."""
        return self.end - DAY


class Waypoint(NamedTuple):
    """So many papers are planned to be counted before `day`; a re-plan bends the plan here."""

    day: date
    papers: float


class _Values(NamedTuple):
    target: int
    start: date
    end: date
    counts: Counts = Counts.NOTED
    rest_days: frozenset[int] = frozenset()
    pauses: tuple[Pause, ...] = ()
    waypoints: tuple[Waypoint, ...] = ()
    words: int = 0


class Goal(_Values):
    """`target` papers from `start` to `end`, and the plan towards it.

    The plan is a line from nothing at the start over the waypoints to the target at the end, straight in
    working days: those that are neither a rest day of the week nor in a pause.

    Attributes:
        rest_days: days of the week without reading; Monday is 0.
        waypoints: in order of their days, within the goal.
        words: how many each required section of a note must have at least.

    Raises:
        BadInput: the values make no goal.
    """

    __slots__ = ()

    def __new__(
        cls,
        target: int,
        start: date,
        end: date,
        counts: Counts = Counts.NOTED,
        rest_days: frozenset[int] = frozenset(),
        pauses: tuple[Pause, ...] = (),
        waypoints: tuple[Waypoint, ...] = (),
        words: int = 0,
    ) -> Self:
        """Take the values and look whether they make a goal."""
        goal = super().__new__(cls, target, start, end, counts, rest_days, pauses, waypoints, words)
        goal._check()
        return goal

    @classmethod
    def _make(cls, iterable: Iterable[Any]) -> Self:  # type: ignore[override] # narrower than any tuple's
        """Return what `_replace` has changed, looked at like any other."""
        return cls(*iterable)

    def _check(self) -> None:
        if not 0 <= self.target <= MOST_PAPERS:
            raise BadInput(f"a target of {self.target} papers", f"give a number from 0 to {MOST_PAPERS}")
        if not 0 <= self.words <= MOST_WORDS:
            raise BadInput(f"{self.words} words a section", f"give a number from 0 to {MOST_WORDS}; 0 is any")
        if not EARLIEST <= self.start < self.end <= LATEST:
            raise BadInput(
                f"a goal from {self.start} to {self.last_day if self.end > EARLIEST else self.end}",
                f"its last day cannot be before its first one, and both lie between {EARLIEST} and {LATEST}",
            )
        if len(self.rest_days) > 6 or not self.rest_days <= set(range(7)):
            raise BadInput(
                "every day of the week would be a rest day", "leave at least one to read on: --rest sat,sun"
            )
        for pause in self.pauses:
            if pause.start >= pause.end:
                raise BadInput("a pause that ends before it begins", "give its first and its last day")
            if pause.start < EARLIEST or pause.end > LATEST:
                raise BadInput(
                    f"a pause from {pause.start} to {pause.last_day}",
                    f"give days between {EARLIEST} and {LATEST - DAY}",
                )

    @classmethod
    def beginning(cls, day: date) -> "Goal":
        """Return the goal a new trail starts with: 100 papers in 26 weeks."""
        return cls(DEFAULT_TARGET, day, day + DEFAULT_LENGTH)

    @property
    def last_day(self) -> date:
        """The last day that belongs to the goal."""
        return self.end - DAY

    @property
    def days(self) -> int:
        """How many days the goal lasts."""
        return (self.end - self.start).days

    def day_number(self, today: date) -> int:
        """Return which day of the goal `today` is, from 1; 0 before it starts, `days` once it is over."""
        return min(max((today - self.start).days + 1, 0), self.days)

    @property
    def days_a_week(self) -> int:
        """On how many days of an ordinary week one reads."""
        return 7 - len(self.rest_days)

    def is_working_day(self, day: date) -> bool:
        """Tell whether anything is planned for a day."""
        return day.weekday() not in self.rest_days and not any(p.start <= day < p.end for p in self.pauses)

    def working_days(self, first: date, before: date) -> int:
        """Count the working days from `first` to the day before `before`, inside the goal or not."""
        if before <= first:
            return 0
        return self._read_days(first, before) - sum(
            self._read_days(max(pause.start, first), min(pause.end, before)) for pause in self._merged()
        )

    def _read_days(self, first: date, before: date) -> int:
        """Count days that are no rest days, without a look at the pauses."""
        if before <= first:
            return 0
        weeks, rest = divmod((before - first).days, 7)
        weekday = first.weekday()
        return weeks * self.days_a_week + sum((weekday + i) % 7 not in self.rest_days for i in range(rest))

    def _merged(self) -> Iterator[Pause]:
        """Yield the pauses in order, those that overlap as one."""
        merged: Pause | None = None
        for pause in sorted(self.pauses, key=lambda one: one.start):
            if merged is None or pause.start > merged.end:
                if merged is not None:
                    yield merged
                merged = pause
            else:
                merged = Pause(merged.start, max(merged.end, pause.end))
        if merged is not None:
            yield merged

    def after_working_days(self, first: date, number: float) -> date | None:
        """Return the day on which `number` working days, counted from `first` on, are full.

        Args:
            first: the first day counted.
            number: of working days; 0 or less gives the day before `first`.

        Returns:
            The day, inside the goal or not; None beyond `LATEST`.
        """
        low, high = 0, (LATEST - first).days
        if number > self.working_days(first, LATEST):
            return None
        while low < high:
            middle = (low + high) // 2
            if self.working_days(first, first + middle * DAY) >= number - EPSILON:
                high = middle
            else:
                low = middle + 1
        return first + (low - 1) * DAY

    def planned(self, before: date) -> float:
        """Return how many papers the plan wants counted by the end of the day before `before`."""
        if before >= self.end:
            return float(self.target)
        for here, there in self._legs():
            if before < there.day:
                length = self.working_days(here.day, there.day)
                share = self.working_days(here.day, before) / length if length else 0.0
                return here.papers + (there.papers - here.papers) * share
        return float(self.target)

    def _legs(self) -> Iterator[tuple[Waypoint, Waypoint]]:
        """Yield the straight pieces of the plan."""
        here = Waypoint(self.start, 0.0)
        for there in (*self.waypoints, Waypoint(self.end, float(self.target))):
            yield here, there
            here = there

    def working_days_planned(self, papers: float) -> float:
        """Return after how many working days from the start the plan wants `papers` counted."""
        passed = 0.0
        for here, there in self._legs():
            length = self.working_days(here.day, there.day)
            if papers < there.papers:
                rise = there.papers - here.papers
                return passed + (length * max(papers - here.papers, 0.0) / rise if rise else 0.0)
            passed += length
        return passed

"""How far one is with a goal on a day, and in a week."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from math import ceil
from typing import NamedTuple

from papertrail.domain.goal.goal import DAY, EPSILON, WEEK, Goal

EXPLAINED_BAR = 0.8
"""The share of the goal's papers that one wants to be able to explain."""


class Standing(StrEnum):
    """Where one is with a goal."""

    NOT_BEGUN = "not begun"
    BEHIND = "behind"
    LEVEL = "level"
    AHEAD = "ahead"
    REACHED = "reached"
    OVER = "over"


class Week(NamedTuple):
    """The week one is in, Monday to Sunday.

    Attributes:
        end: the Monday after.
        quota: how many papers counted this week put one level with the plan at its end.
        done: how many were counted this week.
    """

    start: date
    end: date
    quota: int
    done: int

    @property
    def left(self) -> int:
        """How many of the quota are still to come."""
        return max(self.quota - self.done, 0)


def week_start(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - day.weekday() * DAY


class GoalProgress(NamedTuple):
    """The goal and how far it is on a day.

    Attributes:
        goal: None while there is none.
        read: all papers read.
        counted: papers that count towards the goal by their day; all that are read and noted without a goal.
        owed: papers read whose note is not complete; those whose note is missing are not among them.
        counted_this_week: those of `counted` whose day is from this week's Monday to today.
        counted_today: those whose day is today.
        counted_later: those whose day is still to come: the clock was ahead when they were counted.
        explained: those of `counted` that the reader can explain today.
        missing: papers read whose note's file is gone, which was there.
    """

    goal: Goal | None
    today: date
    read: int
    counted: int
    owed: int
    counted_this_week: int
    counted_today: int = 0
    counted_later: int = 0
    explained: int = 0
    missing: int = 0

    @classmethod
    def on(
        cls,
        today: date,
        goal: Goal | None,
        read: int,
        noted: int,
        days: Sequence[tuple[date, int]],
        explained: int = 0,
        missing: int = 0,
    ) -> "GoalProgress":
        """Return how far a goal is on a day.

        Args:
            today: the reader's date.
            goal: the one in force.
            read: all papers read.
            noted: those of them whose note is complete.
            days: when papers were counted towards the goal, and how many.
            explained: how many of those that count can be explained.
            missing: how many of those that are read had a note whose file is gone.
        """
        monday = week_start(today)
        return cls(
            goal=goal,
            today=today,
            read=read,
            counted=sum(number for _, number in days) if goal else noted,
            owed=read - noted - missing,
            counted_this_week=sum(number for day, number in days if monday <= day <= today),
            counted_today=sum(number for day, number in days if day == today),
            counted_later=sum(number for day, number in days if day > today),
            explained=explained,
            missing=missing,
        )

    @property
    def parts(self) -> tuple[str, ...]:
        """What is told of the goal in one line, in parts: the first ones are wanted most."""
        owed = (f"{self.owed} owed", *([f"{self.missing} missing"] if self.missing else []))
        if self.goal is None:
            return f"{self.counted} counted", *owed, "no goal"
        day = f"day {self.goal.day_number(self.today)} of {self.goal.days}"
        return f"{self.counted} / {self.goal.target} counted", *owed, day

    @property
    def line(self) -> str:
        """The goal in one line: `37 / 100 counted · 4 owed · day 64 of 182`."""
        return " · ".join(self.parts)

    @property
    def tally(self) -> str:
        """`37 of 100`, or just `37` without a goal."""
        return str(self.counted) if self.goal is None else f"{self.counted} of {self.goal.target}"

    @property
    def explained_share(self) -> float | None:
        """The share of the goal's papers that can be explained, 0 to 1; None without a goal."""
        return None if self.goal is None else self.explained / self.goal.target

    @property
    def remaining(self) -> int:
        """How many papers are still to be counted."""
        return 0 if self.goal is None else max(self.goal.target - self.counted, 0)

    @property
    def expected(self) -> float:
        """How many papers the plan wants counted by the end of today."""
        return 0.0 if self.goal is None else self.goal.planned(self.today + DAY)

    @property
    def ahead_papers(self) -> int:
        """By how many whole papers one is ahead of the plan; negative when behind."""
        return 0 if self.goal is None else _whole(self.counted - self.expected)

    @property
    def ahead_days(self) -> int:
        """By how many whole working days one is ahead of the plan; negative when behind."""
        goal = self.goal
        if goal is None:
            return 0
        passed = goal.working_days(goal.start, min(self.today + DAY, goal.end))
        return _whole(goal.working_days_planned(self.counted) - passed)

    @property
    def standing(self) -> Standing:
        """Where one is with the goal; level without one."""
        if self.goal is None:
            return Standing.LEVEL
        if self.counted >= self.goal.target:
            return Standing.REACHED
        if self.today >= self.goal.end:
            return Standing.OVER
        if self.today < self.goal.start:
            return Standing.NOT_BEGUN
        if not self.ahead_papers:
            return Standing.LEVEL
        return Standing.AHEAD if self.ahead_papers > 0 else Standing.BEHIND

    @property
    def needed_per_week(self) -> float | None:
        """How many papers an ordinary week needs from now on; what is left where no whole week is.

        None when nothing is left to be counted, or no day to do it.
        """
        if self.goal is None or not self.remaining:
            return None
        days = self.goal.working_days(max(self.today, self.goal.start), self.goal.end)
        if not days:
            return None
        return self.remaining * min(self.goal.days_a_week / days, 1.0)

    @property
    def week(self) -> Week:
        """This week's quota and what of it is done."""
        start = week_start(self.today)
        end = start + WEEK
        quota = 0
        if self.goal is not None and self.goal.start < end and self.today < self.goal.end:
            wanted = min(ceil(self.goal.planned(end) - EPSILON), self.goal.target)
            quota = max(wanted - (self.counted - self.counted_this_week), 0)
        return Week(start, end, quota, self.counted_this_week)


def _whole(number: float) -> int:
    """Round towards nothing: nine tenths of a paper behind is not behind."""
    return int(number + EPSILON) if number > 0 else int(number - EPSILON)

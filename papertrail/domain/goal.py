"""The goal: so many papers counted between two dates."""

from dataclasses import dataclass
from datetime import date, timedelta

DEFAULT_TARGET = 100
DEFAULT_LENGTH = timedelta(weeks=26)


@dataclass(frozen=True, slots=True)
class Goal:
    """`target` papers from `start` to `end`; the first day is `start`, the last one the day before `end`."""

    target: int
    start: date
    end: date

    @classmethod
    def beginning(cls, day: date) -> "Goal":
        """Return the goal a new trail starts with: 100 papers in 26 weeks."""
        return cls(DEFAULT_TARGET, day, day + DEFAULT_LENGTH)

    @property
    def days(self) -> int:
        """How many days the goal lasts."""
        return (self.end - self.start).days

    def day_number(self, today: date) -> int:
        """Return which day of the goal `today` is, from 1; 0 before it starts, `days` once it is over."""
        return min(max((today - self.start).days + 1, 0), self.days)


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """The goal and how far it is: papers read, counted (read and noted) and owed a note."""

    goal: Goal
    today: date
    read: int
    counted: int
    owed: int

    @property
    def line(self) -> str:
        """The goal in one line: `37 / 100 counted · 4 owed · day 64 of 182`."""
        day = f"day {self.goal.day_number(self.today)} of {self.goal.days}"
        return f"{self.counted} / {self.goal.target} counted · {self.owed} owed · {day}"

"""When the goal will be reached: a range with a probability, from the reader's own pace."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from papertrail.domain.goal import Goal


@dataclass(frozen=True, slots=True)
class FanPoint:
    """How many papers will be counted before `day`: 80 % from `low` to `high`, half up to `middle`."""

    day: date
    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """stub"""

    early: date | None
    likely: date | None
    late: date | None
    probability: float
    per_week: float
    fan: tuple[FanPoint, ...]

    @property
    def words(self) -> str:
        """stub"""
        return "about 3 in 4"


def forecast(goal: Goal, counted: Sequence[tuple[date, int]], today: date) -> Forecast | None:
    """stub"""
    return None

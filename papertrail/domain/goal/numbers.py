"""The numbers behind the goal's picture: week by week as a table, and of one day in a line."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from papertrail.domain.goal import words
from papertrail.domain.goal.burnup import Burnup
from papertrail.domain.goal.forecast import FanPoint
from papertrail.domain.goal.goal import DAY, WEEK
from papertrail.domain.goal.progress import week_start

NOW = "▶"
"""The sign of the week that today is in."""


class WeekNumbers(NamedTuple):
    """One week of the picture.

    Attributes:
        monday: its first day.
        counted: papers counted in it; None where it is still to come.
        total: papers counted by its end, or by today; None where it is still to come.
        planned: papers the plan wants by its end.
        foreseen: how many it may be by its end; None where all of it has passed, and past the forecast.
        is_now: whether today is in it.
    """

    monday: date
    counted: int | None
    total: int | None
    planned: float
    foreseen: FanPoint | None
    is_now: bool


def weeks_of(burnup: Burnup) -> Iterator[WeekNumbers]:
    """Yield the weeks of a picture from its first day on, those to come as the forecast sees them."""
    monday, before = week_start(burnup.goal.start), 0
    while monday < burnup.end:
        end = monday + WEEK
        has_begun = monday <= burnup.today
        total = burnup.total_by(end - DAY) if has_begun else None
        yield WeekNumbers(
            monday=monday,
            counted=None if total is None else total - before,
            total=total,
            planned=burnup.goal.planned(end),
            foreseen=burnup.forecast_by(min(end, burnup.end)) if end > burnup.today + DAY else None,
            is_now=monday <= burnup.today < end,
        )
        monday, before = end, total or 0


def table_of(burnup: Burnup) -> list[tuple[str, ...]]:
    """Return the weeks as rows of texts, below a row of headings; `NOW` marks this one."""
    rows: list[tuple[str, ...]] = [("", "week from", "counted", "in all", "plan", "forecast", "likely range")]
    for week in weeks_of(burnup):
        seen = week.foreseen
        rows.append(
            (
                NOW if week.is_now else "",
                words.day_words(week.monday, burnup.today),
                "" if week.counted is None else str(week.counted),
                "" if week.total is None else str(week.total),
                _papers(week.planned),
                "" if seen is None else _papers(seen.middle),
                "" if seen is None else f"{_papers(seen.low)} to {_papers(seen.high)}",
            )
        )
    return rows


def told_of_day(burnup: Burnup, day: date) -> str:
    """Say the numbers of one day of the picture: what is counted by then, planned, foreseen."""
    said = [] if day > burnup.today else [_counted(burnup, day)]
    said.append(f"the plan asks for {_papers(burnup.goal.planned(day + DAY))}")
    seen = burnup.forecast_by(day + DAY) if day > burnup.today else None
    if seen is not None:
        said.append(
            f"the forecast is {_papers(seen.middle)}; "
            f"{_papers(seen.low)} to {_papers(seen.high)} in 8 of 10 cases"
        )
    return f"by {words.weekday_words(day)}: {', '.join(said)}"


def told_of_reading(day: date, papers: int) -> str:
    """Say what was read on one day."""
    return f"{words.weekday_words(day)}: {words.papers_words(papers) if papers else 'no paper'} worked on"


def _counted(burnup: Burnup, day: date) -> str:
    total = burnup.total_by(day)
    that_day = total - burnup.total_by(day - DAY)
    return f"{words.papers_words(total)} counted" + (f" ({that_day} that day)" if that_day else "")


def _papers(number: float) -> str:
    return f"{number:.0f}"

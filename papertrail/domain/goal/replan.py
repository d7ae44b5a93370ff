"""Three ways on when the plan and the reading have come apart: catch up, rebalance, extend."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import ceil

from papertrail.domain.goal.goal import DAY, EPSILON, LATEST, WEEK, Goal, Waypoint
from papertrail.domain.goal.progress import GoalProgress, Standing, week_start
from papertrail.domain.goal.words import day_words, number_words

STEEPEST = 1.5  # times the plan's own pace: what catching up may ask of a week
FLATTEST = 0.5  # times the plan's own pace: how far a lead lets one slow down
MOST_TIMES = 10  # times the goal's own length: an end beyond that is none


class Way(StrEnum):
    """What to do about a plan that no longer fits."""

    CATCH_UP = "catch-up"
    REBALANCE = "rebalance"
    EXTEND = "extend"


@dataclass(frozen=True, slots=True)
class Replan:
    """One way on, before it is taken.

    Attributes:
        goal: the goal as it would be; None when this way is closed.
        consequence: what it means, or why it is closed, in one line.
    """

    way: Way
    goal: Goal | None
    consequence: str


def replans(progress: GoalProgress, per_week: float) -> tuple[Replan, ...]:
    """Return the three ways on from today; none without a goal, or once it is reached.

    Args:
        progress: where the reader is.
        per_week: papers in an ordinary week at the reader's present pace.
    """
    goal = progress.goal
    if goal is None or progress.standing is Standing.REACHED:
        return ()
    today = progress.today
    here = Waypoint(max(_first_day(progress, goal, per_week), goal.start), float(progress.counted))
    return (
        _catch_up(goal, here, today),
        _rebalance(goal, here, today),
        _extend(goal, here, per_week, today),
    )


def _first_day(progress: GoalProgress, goal: Goal, per_week: float) -> date:
    """Return the day from which on a new plan asks for papers.

    What was counted today is part of today. Nor does a plan that asks for a whole paper a day begin today, as
    long as there is a day after it: one would be behind at once.
    """
    today, tomorrow = progress.today, progress.today + DAY
    days = goal.working_days(today, goal.end)
    asked = max(STEEPEST * progress.remaining / days if days else 0.0, per_week / goal.days_a_week)
    is_much = asked > 1 - EPSILON and goal.working_days(tomorrow, goal.end) > 0
    return tomorrow if progress.counted_today or is_much else today


def _no_days(goal: Goal, here: Waypoint, today: date) -> str:
    """Say why no plan can be made up to the goal's last day; empty where one can."""
    last = day_words(goal.last_day, today)
    if today >= goal.end:
        return f"the goal ended on {last}: no days are left"
    if here.day >= goal.end:
        return f"today, {last}, is the goal's last day"
    if not goal.working_days(here.day, goal.end):
        return f"no reading day is left until {last}: rest days and pauses"
    return ""


def _catch_up(goal: Goal, here: Waypoint, today: date) -> Replan:
    """Meet the present plan again in as few weeks as ask for no more than half as much again."""
    last = day_words(goal.last_day, today)
    if closed := _no_days(goal, here, today):
        return Replan(Way.CATCH_UP, None, closed)
    own = goal.target / goal.working_days(goal.start, goal.end)  # a day
    for until in _meetings(goal, here):
        papers = goal.planned(until) - here.papers
        a_day = papers / max(goal.working_days(here.day, until), 1)
        if papers >= 0 and own * FLATTEST - EPSILON <= a_day <= own * STEEPEST + EPSILON:
            break
    else:
        until = goal.end
        papers = goal.target - here.papers
        if papers / goal.working_days(here.day, until) > own * STEEPEST + EPSILON:
            return Replan(Way.CATCH_UP, None, _not_enough(goal, here, own * STEEPEST, today))
    pace = _per_week(goal, here.day, until, papers)
    later = tuple(point for point in goal.waypoints if point.day > until)
    meeting = (Waypoint(until, round(goal.planned(until), 6)),) if until < goal.end else ()
    bent = goal._replace(waypoints=_within(goal, (here, *meeting, *later)))
    if until >= goal.end:
        return Replan(
            Way.CATCH_UP,
            bent,
            f"{number_words(pace)} a week until {last}, the last day",
        )
    after = _per_week(goal, until, goal.end, goal.target - goal.planned(until))
    first, then = number_words(pace), number_words(after)
    if first == then:
        return Replan(Way.CATCH_UP, bent, f"{first} a week, as planned so far")
    until_words = f"{first} a week until {day_words(until - DAY, today)}"
    return Replan(Way.CATCH_UP, bent, f"{until_words}, then {then} as planned")


def _not_enough(goal: Goal, here: Waypoint, most: float, today: date) -> str:
    """Say how far the most papers a day that catching up may ask for would lead."""
    reached = int(here.papers + most * goal.working_days(here.day, goal.end) + EPSILON)
    pace, last = number_words(most * goal.days_a_week), day_words(goal.last_day, today)
    return f"half as much again, {pace} a week, would be {reached} of {goal.target} by {last}: not enough"


def _meetings(goal: Goal, here: Waypoint) -> Iterator[date]:
    """Yield the Mondays on which the present plan may be met again, from a week ahead on."""
    until = week_start(here.day) + WEEK
    while until < goal.end:
        if until - here.day >= WEEK:
            yield until
        until += WEEK


def _rebalance(goal: Goal, here: Waypoint, today: date) -> Replan:
    """Spread what is left evenly over the days left."""
    last = day_words(goal.last_day, today)
    if closed := _no_days(goal, here, today):
        return Replan(Way.REBALANCE, None, closed)
    left = goal.target - here.papers
    pace = _per_week(goal, here.day, goal.end, left)
    planned = _per_week(goal, here.day, goal.end, goal.target - goal.planned(here.day))
    bent = goal._replace(waypoints=_within(goal, (here,)))
    new, so_far = number_words(pace), number_words(planned)
    beside = ", as planned so far" if new == so_far else f"; planned so far: {so_far}"
    return Replan(Way.REBALANCE, bent, f"{new} a week until {last}{beside}")


def _extend(goal: Goal, here: Waypoint, per_week: float, today: date) -> Replan:
    """Move the end to where the present pace leads."""
    left = goal.target - here.papers
    slowest = left / (LATEST - here.day).days  # any slower ends in another century
    days = ceil(left * goal.days_a_week / per_week) if per_week > slowest else None
    last = None if days is None else goal.after_working_days(here.day, days)
    if last is None or last >= LATEST - DAY or last - here.day > MOST_TIMES * (goal.end - goal.start):
        return Replan(Way.EXTEND, None, "at your pace of now no end is in sight: start with one paper")
    end = max(last, here.day) + DAY
    moved = goal._replace(end=end)
    moved = moved._replace(waypoints=_within(moved, (here,)))
    shift = (end - goal.end).days
    pace = "as you read now" if here.papers else "as planned so far"
    words = f"{number_words(per_week)} a week {pace}; ends on {day_words(moved.last_day, today)}"
    if shift:
        words += f", {_days(abs(shift))} {'later' if shift > 0 else 'earlier'}"
    return Replan(Way.EXTEND, moved, words)


def _within(goal: Goal, points: tuple[Waypoint, ...]) -> tuple[Waypoint, ...]:
    """Keep the waypoints that lie inside the goal; the beginning itself needs none while nothing counts."""
    return tuple(p for p in points if p.day < goal.end and (p.day > goal.start or p.papers > 0))


def _per_week(goal: Goal, first: date, before: date, papers: float) -> float:
    """Return how many papers an ordinary week has when so many are spread over these days."""
    days = goal.working_days(first, before)
    return papers * min(goal.days_a_week / days, 1.0) if days else papers


def _days(number: int) -> str:
    """Say a length in weeks where it has several: `3 weeks`, `about 9 weeks`, `1 day`."""
    if number < 14 and number % 7:
        return f"{number} day{'' if number == 1 else 's'}"
    weeks = round(number / 7)
    return f"{'about ' if number % 7 else ''}{weeks} week{'' if weeks == 1 else 's'}"

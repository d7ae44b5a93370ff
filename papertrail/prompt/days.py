"""The fields of a prompt that follow from the goal's days, worked out as everywhere else."""

from datetime import date
from sqlite3 import Connection

from papertrail.domain.goal.activity import SHOWN_WEEKS, streak
from papertrail.domain.goal.goal import WEEK
from papertrail.domain.goal.progress import GoalProgress, Standing, week_start
from papertrail.store.queries import goals, progress


def _standing(trail: Connection, today: str) -> GoalProgress:
    goal = goals.in_force(trail)
    read, noted = progress.read_and_counted(trail)
    days = progress.counted_days(trail, goal) if goal else []
    return GoalProgress.on(date.fromisoformat(today), goal, read, noted, days)


def pace(trail: Connection, today: str) -> str:
    """Return where one is with the goal: `3 behind`, `level`, `2 ahead`, `reached`; empty without one."""
    standing = _standing(trail, today)
    if standing.goal is None:
        return ""
    if standing.standing in (Standing.BEHIND, Standing.AHEAD):
        return f"{abs(standing.ahead_papers)} {standing.standing}"
    return str(standing.standing)


def behind(trail: Connection, today: str) -> int:
    """Return by how many papers one is behind the plan; 0 where one is not."""
    return max(-_standing(trail, today).ahead_papers, 0)


def days_in_a_row(trail: Connection, today: str) -> int:
    """Return on how many days in a row something was read."""
    day, goal = date.fromisoformat(today), goals.in_force(trail)
    since = week_start(day) - SHOWN_WEEKS * WEEK
    since = min(since, goal.start) if goal else since
    return streak(progress.active_days(trail, since), goal, day)

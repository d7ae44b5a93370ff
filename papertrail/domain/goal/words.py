"""What the goal's numbers mean, in words; the same in every front end, and never a scolding."""

from datetime import date
from typing import TYPE_CHECKING

from papertrail.domain.clock import MONTHS
from papertrail.domain.goal.goal import Counts, Goal, Pause
from papertrail.domain.goal.progress import EXPLAINED_BAR, GoalProgress, Standing

if TYPE_CHECKING:
    from papertrail.domain.goal.forecast import Forecast

FAR_BEHIND = 2  # times the plan's papers of a week: more than that in one week is no advice
READ_AND_NOTED = "read and noted"
GOOD_CHANCE, POOR_CHANCE = 0.59, 0.41  # chances that are told as 2 in 3 or more, as 1 in 3 or less
_AT_THE_PLANS = " at the plan's pace"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def standing_words(progress: GoalProgress, *, days: bool = True) -> str:
    """Say where one stands: `3 papers ahead (5 days)`, `on pace`, `2 papers to catch up (4 days)`.

    What was counted by a clock that was ahead of today's is told beside it.

    Args:
        progress: where the reader is.
        days: whether to say how many days of the plan that is.
    """
    later = progress.counted_later
    told = f"; {papers_words(later)} counted on days still to come" if later else ""
    return _standing_words(progress, days) + told


def _standing_words(progress: GoalProgress, with_days: bool) -> str:
    goal, where = progress.goal, progress.standing
    if goal is None:
        return "no goal"
    if where is Standing.REACHED:
        return "reached"
    if where is Standing.OVER:
        return f"ended on {day_words(goal.last_day, progress.today)} with {progress.tally}"
    if where is Standing.NOT_BEGUN:
        return f"begins on {day_words(goal.start, progress.today)}"
    if where is Standing.LEVEL:
        return "on pace"
    days = f" ({_days(abs(progress.ahead_days))})" if with_days else ""
    if where is Standing.AHEAD:
        return f"{papers_words(progress.ahead_papers)} ahead{days}"
    return f"{papers_words(-progress.ahead_papers)} to catch up{days}"


def advice(progress: GoalProgress, replan: str, new: str) -> str:
    """Say what to do now, in one short sentence.

    Args:
        progress: where the reader is.
        replan: the command or key that makes another plan.
        new: the command or key that sets a goal.
    """
    goal, where, left = progress.goal, progress.standing, progress.week.left
    if goal is None:
        return f"{new} sets a goal"
    if where is Standing.REACHED:
        return f"well done; {new} sets the next goal"
    if where is Standing.OVER:
        return f"{replan} moves the end, {new} begins anew"
    if where is Standing.NOT_BEGUN:
        needed = progress.needed_per_week
        return "" if needed is None else f"{number_words(needed)} a week will do"
    if where is Standing.BEHIND:
        if left > FAR_BEHIND * max(_planned_a_week(goal), 1.0) + 1:
            return f"begin with one, or plan anew: {replan}"
        return (
            f"{left} this week {'brings' if left == 1 else 'bring'} you level" if left else "level by Sunday"
        )
    if not left:
        return "this week is done" if progress.week.quota else "nothing is due this week"
    keeps = "keeps" if left == 1 else "keep"
    return f"{left} more this week {keeps} you {'ahead' if where is Standing.AHEAD else 'on pace'}"


def top_words(progress: GoalProgress) -> str:
    """Say the goal and the day, for the top of every screen, what is wanted most first.

    As in `37 / 100 counted · 4 owed · Sun 3 May · day 64 of 182`.
    """
    *first, last = progress.parts
    return " · ".join((*first, weekday_words(progress.today), last))


def forecast_words(forecast: "Forecast", progress: GoalProgress) -> str:
    """Say the chance, and when all is done.

    As in `chance of 100 by 30 Aug: 3 in 4; done 18 Jul to 14 Sep in 8 of 10 cases`.

    As long as nothing is counted it says that the pace is the plan's; where the chance seems to gainsay
    where one stands, why.
    """
    said = chance_words(forecast, progress)
    if not forecast.begun and not said.endswith(_AT_THE_PLANS):
        said += _AT_THE_PLANS
    if forecast.early is None:
        return f"{said}; at this pace no end is in sight"
    early = day_words(forecast.early, progress.today)
    if forecast.late is None:
        return f"{said}; hardly before {early}, and no end is in sight"
    return f"{said}; done {early} to {day_words(forecast.late, progress.today)} in 8 of 10 cases"


def chance_words(forecast: "Forecast", progress: GoalProgress) -> str:
    """Say the chance alone, of what, and why where that is not plain: `chance of 100 by 30 Aug: 3 in 4`."""
    goal = progress.goal
    assert goal is not None, "a forecast is made for a goal"
    by, why = f"by {day_words(goal.last_day, progress.today)}", why_words(forecast, progress)
    if "about" in forecast.words:
        what = goal.target if goal.target > 1 else papers_words(goal.target)
        return f"chance of {what} {by}: {forecast.words.removeprefix('about ')}{why}"
    all_ = f"all {goal.target}" if goal.target > 1 else papers_words(goal.target)
    return f"{all_} {by}: {forecast.words}{why}"


def why_words(forecast: "Forecast", progress: GoalProgress) -> str:
    """Say why the chance is small although one is on pace, or good although one is behind; else nothing.

    The standing compares what is counted with the plan by today; the chance goes by the reader's own pace
    from here on: ` at your 2.1 a week; it takes 3.9`.
    """
    goal, where, chance = progress.goal, progress.standing, forecast.probability
    is_behind = where is Standing.BEHIND
    if is_behind:
        is_plain = chance < GOOD_CHANCE
    else:
        least = {Standing.AHEAD: GOOD_CHANCE, Standing.LEVEL: POOR_CHANCE}
        is_plain = chance >= least.get(where, 0.0)
    if goal is None or is_plain:
        return ""
    if not forecast.begun:
        return _AT_THE_PLANS
    days = goal.working_days(max(progress.today, goal.start), goal.end)
    if days < goal.days_a_week:
        return f" with {_days(days)} left"
    pace, takes = forecast.per_week, progress.needed_per_week or 0.0
    told, wanted = number_words(pace), number_words(takes)
    if told == wanted or (pace > takes) is not is_behind:
        return " as little is left" if is_behind else " as your pace is not sure yet"
    return f" at your {told} a week; it takes {wanted}"


def explained_words(progress: GoalProgress) -> str:
    """Say how much of what counts can be explained; empty where nothing can.

    As in `17 of 27 counted, 11 of them you can explain: 41 % of the goal, the bar is 80 %`.
    """
    if not progress.explained:
        return ""
    told = f"{progress.tally} counted, {progress.explained} of them you can explain"
    share = progress.explained_share
    return (
        told
        if share is None
        else f"{told}: {share:.0%} of the goal, the bar is {EXPLAINED_BAR:.0%}".replace("%", " %")
    )


def span_words(goal: Goal, today: date) -> str:
    """Say when the goal is: `1 Mar to 29 Aug`."""
    return f"{day_words(goal.start, today)} to {day_words(goal.last_day, today)}"


def pause_words(pause: Pause, today: date) -> str:
    """Say when a pause is: `3 Apr to 12 Apr`."""
    return f"{day_words(pause.start, today)} to {day_words(pause.last_day, today)}"


def rest_words(goal: Goal) -> str:
    """Say on which days one does not read: `Sat and Sun`; empty where on every day."""
    return " and ".join(_DAYS[day] for day in sorted(goal.rest_days))


def goal_words(goal: Goal, today: date) -> str:
    """Say what the goal is: `100 papers read and noted, 1 Mar to 29 Aug`."""
    return f"{papers_words(goal.target)} {counts_words(goal)}, {span_words(goal, today)}"


def papers_words(number: int) -> str:
    """Say so many papers: `3 papers`, `1 paper`."""
    return f"{number} paper{'' if number == 1 else 's'}"


def counts_words(goal: Goal) -> str:
    """Say what counts."""
    return READ_AND_NOTED if goal.counts is Counts.NOTED else "read"


def day_words(day: date, today: date) -> str:
    """Say a day: `28 Feb`, with the year where it is not this one."""
    words = f"{day.day} {MONTHS[day.month - 1]}"
    return words if day.year == today.year else f"{words} {day.year}"


def weekday_words(day: date) -> str:
    """Say a day with its weekday: `Sun 1 Mar`."""
    return f"{_DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def number_words(number: float) -> str:
    """Say a number of papers: `4`, `4.3`, and of a little `less than 0.1`."""
    if 0 < number < 0.05:
        return "less than 0.1"
    return f"{max(number, 0):.1f}".removesuffix(".0")


def _planned_a_week(goal: Goal) -> float:
    days = goal.working_days(goal.start, goal.end)
    return goal.target * goal.days_a_week / days if days else 0.0


def _days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"

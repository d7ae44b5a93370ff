"""The goal's engine: working days, the plan, where one stands, the week."""

from collections import Counter
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.clock import local_date
from papertrail.domain.errors import BadInput
from papertrail.domain.goal.goal import DAY, LATEST, WEEK, Counts, Goal, Pause, Waypoint
from papertrail.domain.goal.progress import GoalProgress, Standing
from papertrail.domain.goal.replan import replans
from tests.cases import each
from tests.domain.goal.goals import INSTANTS, goals, standing
from tests.examples import examples

WEEKEND = frozenset({5, 6})
START = date(2026, 3, 2)  # a Monday
GOAL = Goal(100, START, START + 26 * WEEK)


def on(day: date, counted: int, this_week: int = 0, goal: Goal = GOAL) -> GoalProgress:
    return GoalProgress(goal, day, counted, counted, 0, this_week)


@examples(200)
@given(goals(), st.lists(INSTANTS, max_size=4), INSTANTS, st.integers(-900, 1_700), st.booleans())
def test_no_day_no_zone_and_no_pause_make_nonsense(
    goal: Goal, moments: list[datetime], now: datetime, offset: int, far: bool
) -> None:
    today = local_date(now) if far else goal.start + offset * DAY
    days = Counter(local_date(moment) for moment in moments)
    days[goal.start + (offset // 2) * DAY] += abs(offset) % 7
    progress = standing(goal, today, dict(days))
    week = progress.week
    assert 0 <= progress.expected <= goal.target
    assert min(week.quota, week.left, progress.remaining) >= 0
    assert week.left <= max(goal.target, week.quota)
    assert week.start <= today < week.end and week.end - week.start == WEEK
    needed = progress.needed_per_week
    assert needed is None or 0 < needed <= progress.remaining
    assert 0 <= goal.day_number(today) <= goal.days
    assert abs(progress.ahead_papers) <= goal.target + progress.counted
    passed = goal.working_days(goal.start, goal.end)
    assert -passed <= progress.ahead_days <= passed
    assert (progress.standing is Standing.REACHED) == (progress.counted >= goal.target)
    assert progress.line
    for way in replans(progress, per_week=days[today] / 3):
        assert way.consequence
        if way.goal is not None:
            first = [max(day, goal.start) for day in (today, today + DAY)]
            planned = [way.goal.planned(day) for day in first]
            assert pytest.approx(progress.counted) in planned or way.goal.start in first


@examples(60)
@given(goals(), st.integers(-50, 900), st.integers(0, 300))
def test_working_days_are_those_one_would_count(goal: Goal, offset: int, length: int) -> None:
    first = goal.start + offset * DAY
    one_by_one = sum(goal.is_working_day(first + i * DAY) for i in range(length))
    assert goal.working_days(first, first + length * DAY) == one_by_one
    for number in (0, 1, one_by_one, one_by_one + 0.5):
        last = goal.after_working_days(first, number)
        assert last is not None
        assert goal.working_days(first, last + DAY) >= number
        assert last < first or goal.working_days(first, last) < number


@examples(60)
@given(goals())
def test_the_plan_never_falls_and_ends_at_the_target(goal: Goal) -> None:
    plan = [goal.planned(goal.start + i * DAY) for i in range(-2, goal.days + 3)]
    assert plan == sorted(plan)
    assert plan[0] == 0
    assert plan[-1] == goal.target


@each(
    ("day", "counted", "papers", "days", "where"),
    [
        (START - DAY, 0, 0, 0, Standing.NOT_BEGUN),
        (START, 0, 0, -1, Standing.LEVEL),
        (START + DAY, 0, -1, -2, Standing.BEHIND),
        (START + 13 * WEEK - DAY, 50, 0, 0, Standing.LEVEL),
        (START + 13 * WEEK - DAY, 54, 4, 7, Standing.AHEAD),
        (START + 13 * WEEK - DAY, 46, -4, -7, Standing.BEHIND),
        (START + 13 * WEEK, 100, 49, 90, Standing.REACHED),
        (GOAL.end, 99, -1, -1, Standing.OVER),
    ],
)
def test_where_one_stands(day: date, counted: int, papers: int, days: int, where: Standing) -> None:
    progress = on(day, counted)
    assert (progress.ahead_papers, progress.ahead_days, progress.standing) == (papers, days, where)


def test_rest_days_and_pauses_are_no_part_of_the_plan() -> None:
    goal = Goal(
        10, START, START + 4 * WEEK, rest_days=WEEKEND, pauses=(Pause(START + WEEK, START + 3 * WEEK),)
    )
    assert goal.working_days(goal.start, goal.end) == 10
    assert [goal.planned(START + n * DAY) for n in (0, 1, 5, 6, 7, 14, 21, 22, 28)] == [
        0, 1, 5, 5, 5, 5, 5, 6, 10,
    ]  # fmt: skip
    assert on(START + 10 * DAY, 5, goal=goal).standing is Standing.LEVEL
    overlapping = Goal(
        10, START, START + 4 * WEEK, pauses=(Pause(START, START + WEEK), Pause(START + DAY, START + 2 * WEEK))
    )
    assert overlapping.working_days(START, overlapping.end) == 14


def test_a_goal_all_of_which_is_a_pause_asks_for_nothing_until_its_end() -> None:
    goal = Goal(5, START, START + WEEK, pauses=(Pause(START - WEEK, START + 2 * WEEK),))
    progress = on(START + 3 * DAY, 0, goal=goal)
    assert (progress.expected, progress.needed_per_week, progress.standing) == (0, None, Standing.LEVEL)


@each(
    ("day", "counted", "this_week", "quota", "left"),
    [
        (START, 0, 0, 4, 4),
        (START + 6 * DAY, 3, 3, 4, 1),
        (START + WEEK, 4, 0, 4, 4),
        (START + 2 * WEEK, 0, 0, 12, 12),
        (START + 2 * WEEK, 30, 0, 0, 0),
        (START + 25 * WEEK, 98, 1, 3, 2),
        (START - 2 * WEEK, 0, 0, 0, 0),
        (GOAL.end, 90, 0, 0, 0),
    ],
)
def test_the_week_s_quota_puts_one_level_at_its_end(
    day: date, counted: int, this_week: int, quota: int, left: int
) -> None:
    week = on(day, counted, this_week).week
    assert (week.quota, week.left, week.done) == (quota, left, this_week)
    if quota:
        after = on(week.end - DAY, counted + left)
        assert after.ahead_papers >= 0


@pytest.mark.parametrize(
    ("day", "counted", "needed"),
    [
        (START, 0, 100 / 26),
        (START + 13 * WEEK, 50, 50 / 13),
        (GOAL.end - 3 * DAY, 97, 3),
        (GOAL.end, 97, None),
        (START, 100, None),
    ],
)
def test_needed_per_week(day: date, counted: int, needed: float | None) -> None:
    assert on(day, counted).needed_per_week == (None if needed is None else pytest.approx(needed))


def test_a_bent_plan_goes_through_its_waypoints() -> None:
    half = START + 13 * WEEK
    bent = Goal(100, START, START + 26 * WEEK, waypoints=(Waypoint(half, 20),))
    assert bent.planned(half) == 20
    assert bent.planned(half + 13 * WEEK - DAY) < 100
    assert bent.working_days_planned(20) == 91
    assert bent.working_days_planned(60) == pytest.approx(91 * 1.5)
    assert bent.working_days_planned(100) == 182


def test_february_has_29_days_sometimes() -> None:
    leap = Goal(29, date(2028, 2, 1), date(2028, 3, 1))
    assert leap.days == 29 == leap.day_number(date(2028, 2, 29))
    assert leap.planned(date(2028, 3, 1)) == 29
    year = Goal(100, date(2028, 2, 29), date(2029, 2, 28))
    assert year.planned(date(2028, 3, 1)) == pytest.approx(100 / 365)


@each(
    "values",
    [
        {"target": -1},
        {"target": 100_001},
        {"end": START},
        {"end": START - DAY},
        {"start": date(1, 1, 1)},
        {"end": date(9999, 12, 31)},
        {"rest_days": frozenset(range(7))},
        {"rest_days": frozenset({7})},
        {"pauses": (Pause(START, START),)},
    ],
)
def test_what_is_no_goal_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        Goal(**{"target": 1, "start": START, "end": START + WEEK, **values})  # type: ignore[arg-type]
    with pytest.raises(BadInput):
        Goal(1, START, START + WEEK)._replace(**values)  # type: ignore[arg-type]


def test_without_a_goal_nothing_is_asked() -> None:
    progress = GoalProgress(None, START, 7, 5, 2, 1)
    assert (progress.tally, progress.line) == ("5", "5 counted · 2 owed · no goal")
    assert (progress.expected, progress.ahead_papers, progress.ahead_days) == (0, 0, 0)
    assert (progress.needed_per_week, progress.week.quota, progress.remaining) == (None, 0, 0)
    assert replans(progress, 3) == ()


def test_days_are_those_of_the_reader_s_own_zone() -> None:
    moment = datetime(2026, 3, 1, 23, 30, tzinfo=ZoneInfo("UTC"))
    assert local_date(moment.astimezone(ZoneInfo("Asia/Shanghai"))) == date(2026, 3, 2)
    assert local_date(moment.astimezone(ZoneInfo("America/New_York"))) == date(2026, 3, 1)


def test_no_day_so_far_away_that_it_raises() -> None:
    goal = Goal(3, START, START + WEEK, Counts.READ)
    assert goal.after_working_days(START, 1e9) is None
    assert goal.working_days(date.min, START) > 700_000
    for day in (date(1, 1, 8), LATEST, date(9999, 12, 20)):
        assert on(day, 1, goal=goal).line

"""The three ways on: what each asks, and what it leads to."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.goal.goal import DAY, WEEK, Goal, Pause, Waypoint
from papertrail.domain.goal.progress import GoalProgress, Standing
from papertrail.domain.goal.replan import Replan, Way, replans
from tests.domain.goal.goals import goals, standing

START = date(2026, 3, 2)  # a Monday
GOAL = Goal(104, START, START + 26 * WEEK)  # four a week


def ways(day: date, counted: int, per_week: float = 4.0, goal: Goal = GOAL) -> dict[Way, Replan]:
    return {way.way: way for way in replans(GoalProgress(goal, day, counted, counted, 0, 0), per_week)}


def test_behind() -> None:
    day = START + 10 * WEEK
    found = ways(day, 30, per_week=3)
    catch_up, rebalance, extend = found[Way.CATCH_UP], found[Way.REBALANCE], found[Way.EXTEND]
    assert catch_up.consequence == "6 a week until 14 Jun, then 4 as planned"
    assert catch_up.goal is not None
    assert catch_up.goal.waypoints == (Waypoint(day, 30.0), Waypoint(day + 5 * WEEK, 60.0))
    assert catch_up.goal.planned(day + 5 * WEEK) == pytest.approx(GOAL.planned(day + 5 * WEEK))
    assert rebalance.consequence == "4.6 a week until 30 Aug; planned so far: 4"
    assert rebalance.goal is not None and rebalance.goal.planned(day + 8 * WEEK) == pytest.approx(30 + 37)
    assert extend.consequence == "3 a week as you read now; ends on 30 Oct, about 9 weeks later"
    assert extend.goal is not None and extend.goal.end == GOAL.end + 61 * DAY
    assert extend.goal.planned(day) == 30


def test_ahead_one_may_slow_down_or_end_earlier() -> None:
    day = START + 10 * WEEK
    found = ways(day, 50, per_week=5.4)
    assert found[Way.CATCH_UP].consequence == "2 a week until 14 Jun, then 4 as planned"
    assert found[Way.REBALANCE].consequence == "3.4 a week until 30 Aug; planned so far: 4"
    assert found[Way.EXTEND].consequence.endswith("6 weeks earlier")


def test_where_one_is_as_planned_no_pace_is_named_twice() -> None:
    found = ways(START, 0)
    assert found[Way.CATCH_UP].consequence == "4 a week, as planned so far"
    assert found[Way.REBALANCE].consequence == "4 a week until 30 Aug, as planned so far"


def test_a_way_that_is_closed_says_why() -> None:
    found = ways(GOAL.end + 3 * DAY, 100, per_week=4)
    assert found[Way.CATCH_UP].goal is None and "ended on 30 Aug" in found[Way.CATCH_UP].consequence
    assert found[Way.REBALANCE].goal is None
    extended = found[Way.EXTEND].goal
    assert extended is not None and extended.end == GOAL.end + 10 * DAY
    still = ways(START + WEEK, 0, per_week=0)[Way.EXTEND]
    assert still.goal is None and "start with one paper" in still.consequence


def test_too_far_behind_to_meet_the_plan_before_the_end() -> None:
    found = ways(START + 24 * WEEK, 20)
    catch_up = found[Way.CATCH_UP]
    assert catch_up.goal is None
    assert catch_up.consequence == "half as much again, 6 a week, would be 31 of 104 by 30 Aug: not enough"
    assert found[Way.REBALANCE].consequence.startswith("45.2 a week until 30 Aug")


def test_without_a_day_to_read_on_two_ways_are_closed() -> None:
    friday = GOAL.end - 3 * DAY
    for goal in (
        GOAL._replace(rest_days=frozenset({4, 5, 6})),
        GOAL._replace(pauses=(Pause(friday, GOAL.end),)),
    ):
        found = ways(friday, 90, goal=goal)
        for way in (Way.CATCH_UP, Way.REBALANCE):
            assert found[way].goal is None
            assert found[way].consequence == "no reading day is left until 30 Aug: rest days and pauses"
        assert found[Way.EXTEND].goal is not None


@given(goals(), st.integers(0, 800), st.integers(0, 40), st.integers(0, 5), st.floats(0, 20))
def test_a_new_plan_asks_for_nothing_more_today_once_something_was_read(
    goal: Goal, offset: int, before: int, read: int, per_week: float
) -> None:
    today = goal.start + offset % goal.days * DAY
    days = {goal.start: before, today: read} if today != goal.start else {today: read}
    now = standing(goal, today, days)
    for way in replans(now, per_week):
        if way.goal is not None and (read or goal.working_days(today + DAY, goal.end)):
            assert standing(way.goal, today, days).standing in (Standing.LEVEL, Standing.REACHED), way


@given(goals(), st.integers(0, 800), st.integers(0, 300))
def test_catching_up_never_asks_for_more_than_half_as_much_again(
    goal: Goal, offset: int, counted: int
) -> None:
    goal, today = goal._replace(waypoints=()), goal.start + offset % goal.days * DAY
    for way in replans(standing(goal, today, {goal.start: counted}), 4):
        if way.way is Way.CATCH_UP and way.goal is not None:
            own = goal.target / goal.working_days(goal.start, goal.end)
            here, *later = [p for p in way.goal.waypoints if p.day >= today] or [Waypoint(today, counted)]
            until = later[0] if later else Waypoint(goal.end, float(goal.target))
            days = goal.working_days(here.day, until.day)
            assert (until.papers - here.papers) / max(days, 1) <= 1.5 * own + 1e-6


def test_a_reached_goal_needs_no_plan() -> None:
    assert replans(GoalProgress(GOAL, START + WEEK, 104, 104, 0, 0), 4) == ()


def test_rest_days_and_earlier_bends_are_kept() -> None:
    later = Waypoint(START + 22 * WEEK, 90.0)
    goal = GOAL._replace(rest_days=frozenset({5, 6}), waypoints=(Waypoint(START + WEEK, 1.0), later))
    bent = ways(START + 10 * WEEK, 38, goal=goal)[Way.CATCH_UP].goal
    assert bent is not None
    assert bent.rest_days == goal.rest_days
    assert bent.waypoints[0] == Waypoint(START + 10 * WEEK + DAY, 38.0), "a paper a day: not yet today"
    assert bent.waypoints[-1] == later
    assert bent.planned(goal.end) == 104

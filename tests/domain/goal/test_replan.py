"""The three ways on: what each asks, and what it leads to."""

from dataclasses import replace
from datetime import date

import pytest

from papertrail.domain.goal.goal import DAY, WEEK, Goal, GoalProgress, Waypoint
from papertrail.domain.goal.replan import Replan, Way, replans

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
    assert rebalance.consequence == "4.6 a week until 30 Aug; the plan so far asks for 4"
    assert rebalance.goal is not None and rebalance.goal.planned(day + 8 * WEEK) == pytest.approx(30 + 37)
    assert extend.consequence == "3 a week as you read now; ends on 30 Oct, about 9 weeks later"
    assert extend.goal is not None and extend.goal.end == GOAL.end + 61 * DAY
    assert extend.goal.planned(day) == 30


def test_ahead_one_may_slow_down_or_end_earlier() -> None:
    day = START + 10 * WEEK
    found = ways(day, 50, per_week=5.4)
    assert found[Way.CATCH_UP].consequence == "2 a week until 14 Jun, then 4 as planned"
    assert found[Way.REBALANCE].consequence == "3.4 a week until 30 Aug; the plan so far asks for 4"
    assert found[Way.EXTEND].consequence.endswith("6 weeks earlier")


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
    assert found[Way.CATCH_UP].consequence == "42 a week until 30 Aug, the last day"
    bent = found[Way.CATCH_UP].goal
    assert bent == found[Way.REBALANCE].goal


def test_a_reached_goal_needs_no_plan() -> None:
    assert replans(GoalProgress(GOAL, START + WEEK, 104, 104, 0, 0), 4) == ()


def test_rest_days_and_earlier_bends_are_kept() -> None:
    later = Waypoint(START + 22 * WEEK, 90.0)
    goal = replace(GOAL, rest_days=frozenset({5, 6}), waypoints=(Waypoint(START + WEEK, 1.0), later))
    bent = ways(START + 10 * WEEK, 38, goal=goal)[Way.CATCH_UP].goal
    assert bent is not None
    assert bent.rest_days == goal.rest_days
    assert bent.waypoints[0] == Waypoint(START + 10 * WEEK, 38.0)
    assert bent.waypoints[-1] == later
    assert bent.planned(goal.end) == 104

"""What is learnt of a pace: exact where it can be checked, and what is made of each kind of reader."""

from collections.abc import Sequence
from datetime import date
from math import comb

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from papertrail.domain.goal.goal import DAY, WEEK, Goal
from papertrail.domain.goal.pace import Pace, beta_odds, incomplete_beta, learn_pace
from tests.examples import examples

START = date(2026, 3, 2)
GOAL = Goal(100, START, START + 26 * WEEK)


def learnt(days: Sequence[tuple[int, int]], weeks: float, goal: Goal = GOAL) -> Pace:
    counted = [(goal.start + day * DAY, number) for day, number in sorted(days)]
    return learn_pace(goal, counted, goal.start + round(weeks * 7) * DAY)


def singly(weeks: Sequence[int]) -> list[tuple[int, int]]:
    """Return the papers of some weeks, spread over their days."""
    days: dict[int, int] = {}
    for week, number in enumerate(weeks):
        for paper in range(number):
            day = week * 7 + paper * 7 // number
            days[day] = days.get(day, 0) + 1
    return sorted(days.items())


def wide(pace: Pace, papers: int = 50) -> float:
    """Return how many times the range's beginning its end is."""
    return pace.days_until(papers, 0.9) / pace.days_until(papers, 0.1)


@pytest.mark.parametrize(("a", "b"), [(1, 1), (2, 5), (7, 3), (40, 12), (3, 60)])
@pytest.mark.parametrize("x", [0.001, 0.1, 0.4, 0.5, 0.77, 0.999])
def test_the_incomplete_beta_function_is_the_binomial_sum(a: int, b: int, x: float) -> None:
    n = a + b - 1  # DLMF 8.17.5
    exact = sum(comb(n, j) * x**j * (1 - x) ** (n - j) for j in range(a, n + 1))
    assert incomplete_beta(x, a, b) == pytest.approx(exact, rel=1e-9, abs=1e-12)


@examples(100)
@example(0.99609375, 0.125, 481.0)
@given(
    st.floats(0.001, 0.999), st.floats(0.02, 50) | st.floats(50, 1e5), st.floats(0.5, 50) | st.floats(50, 1e5)
)
def test_its_inverse_is_found(chance: float, a: float, b: float) -> None:
    odds = beta_odds(chance, a, b)
    within = 1e-6 if a >= 0.1 else 2e-3  # the curve is a step for less
    assert incomplete_beta(odds / (1 + odds), a, b) == pytest.approx(chance, abs=within)


@examples(40)
@given(
    st.dictionaries(st.integers(2, 90), st.integers(1, 5), min_size=1, max_size=30),
    st.integers(1, 12),
    st.integers(0, 40),
)
def test_weeks_before_the_first_paper_are_no_weeks_without_papers(
    days: dict[int, int], late: int, more: int
) -> None:
    at_once = [*days.items()]
    weeks = max(days) / 7 + more / 7
    late_start = [(day + late * 7, number) for day, number in at_once]
    assert learnt(late_start, weeks + late) == learnt(at_once, weeks)


def test_the_plan_fades_as_weeks_come() -> None:
    planned = 100 / 26
    paces = [learnt(singly([8] * weeks), weeks).per_day * 7 for weeks in (1, 3, 8, 20)]
    assert planned < paces[0] < paces[1] < paces[2] < paces[3] < 8.01
    assert paces[2] > 7


def test_each_unevenness_widens_the_range() -> None:
    steady = learnt(singly([4] * 12), 12)
    kinds = {
        "sessions": [(week * 7, 4) for week in range(12)],
        "uneven weeks": singly([0, 8, 1, 7, 0, 9, 0, 8, 0, 8, 0, 7]),
        "a pace that wanders": singly([2, 1, 2, 4, 6, 8, 9, 7, 4, 2, 1, 2]),
    }
    for kind, days in kinds.items():
        assert wide(learnt(days, 12)) > wide(steady) * 1.25, kind


def test_what_wanders_is_less_sure_far_ahead_than_what_is_only_uneven() -> None:
    """Uneven weeks even out over the months, a pace that wanders does not: the same weeks reordered."""
    papers = [1, 1, 2, 2, 2, 3, 4, 5, 6, 7, 8, 9, 8, 7, 6, 4]
    shuffled = [2, 8, 1, 6, 2, 9, 4, 1, 7, 3, 8, 2, 5, 7, 4, 6]
    assert sorted(papers) == sorted(shuffled)
    wanders, uneven = learnt(singly(papers), 16), learnt(singly(shuffled), 16)
    assert wide(wanders, 200) > wide(uneven, 200)


@pytest.mark.parametrize("per_week", [1, 4, 10])
def test_a_long_silence_may_be_for_good(per_week: int) -> None:
    reading = [learnt(singly([per_week] * 10), 10 + silent).reading for silent in (0, 1, 2, 4, 8, 16)]
    assert reading == sorted(reading, reverse=True)
    assert reading[0] > 0.99 and reading[1] > 0.97
    assert reading[-1] < 0.3
    gone = learnt(singly([per_week] * 10), 26)
    assert gone.days_until(10, 0.9) == float("inf")
    assert gone.chance(10, 10_000) <= gone.reading


def test_who_reads_a_paper_in_a_month_is_not_silent_between_two() -> None:
    slow = Goal(12, START, START + 52 * WEEK)
    monthly = [(month * 30 + 5, 1) for month in range(6)]
    assert learnt(monthly, (155 + 30) / 7, slow).reading > 0.9


def test_a_paper_again_ends_the_silence() -> None:
    days = singly([4] * 10)
    assert learnt(days, 16).reading < 0.6
    assert learnt([*days, (16 * 7, 1)], 16 + 1 / 7).reading > 0.99

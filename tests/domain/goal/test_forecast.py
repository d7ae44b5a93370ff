"""The forecast: exact where it can be checked, calibrated by simulation, never nonsense."""

from collections.abc import Sequence
from datetime import date
from math import comb
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papertrail.domain.goal.forecast import Forecast, forecast, incomplete_beta
from papertrail.domain.goal.goal import DAY, LATEST, WEEK, Goal, Pause
from tests.domain.goal.goals import goals
from tests.domain.goal.readers import KINDS, simulate

DOCS = Path(__file__).parent.parent.parent.parent / "docs" / "FORECAST.md"
START = date(2026, 3, 2)
GOAL = Goal(100, START, START + 26 * WEEK)


def read(per_week: int, weeks: int) -> list[tuple[date, int]]:
    return [(START + week * WEEK + 2 * DAY, per_week) for week in range(weeks)]


def said(per_week: int, weeks: int, goal: Goal = GOAL) -> Forecast:
    found = forecast(goal, read(per_week, weeks), START + weeks * WEEK)
    assert found is not None
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_the_range_holds_what_the_documents_say(kind: str) -> None:
    row = simulate(kind)
    print(row)
    assert str(row) in DOCS.read_text(encoding="utf-8").splitlines()
    if kind == "the model's own":
        assert 0.75 <= row.held <= 0.85
    assert row.held >= 0.5, "even of those who slow down all the time half finish within the range"
    assert row.brier < row.base / 2, "twice as good as knowing only how many make it"


@pytest.mark.parametrize(("a", "b"), [(1, 1), (2, 5), (7, 3), (40, 12), (3, 60)])
@pytest.mark.parametrize("x", [0.001, 0.1, 0.4, 0.5, 0.77, 0.999])
def test_the_incomplete_beta_function_is_the_binomial_sum(a: int, b: int, x: float) -> None:
    n = a + b - 1  # DLMF 8.17.5
    exact = sum(comb(n, j) * x**j * (1 - x) ** (n - j) for j in range(a, n + 1))
    assert incomplete_beta(x, a, b) == pytest.approx(exact, rel=1e-9, abs=1e-12)


def test_at_the_plan_s_pace_it_is_an_even_chance() -> None:
    found = said(4, 13)
    assert 0.5 < found.probability < 0.8
    assert found.early is not None and found.likely is not None and found.late is not None
    assert found.early < GOAL.end < found.late
    assert abs((found.likely - GOAL.end).days) < 14
    assert found.per_week == pytest.approx(4, abs=0.1)
    assert (found.fan[0].day, found.fan[0].middle) == (START + 13 * WEEK, 52)


def test_faster_is_sooner_and_surer() -> None:
    slow, even, fast = said(2, 10), said(4, 10), said(6, 10)
    assert slow.probability < 0.05 and 0.4 < even.probability < 0.9 and fast.probability > 0.97
    assert slow.likely is not None and even.likely is not None and fast.likely is not None
    assert fast.likely < even.likely < slow.likely
    assert (slow.words, fast.words) == ("hardly", "almost certainly")


def test_recent_weeks_weigh_more() -> None:
    rising = [(START + week * WEEK, week) for week in range(1, 8)]
    falling = [(START + week * WEEK, 8 - week) for week in range(1, 8)]
    up, down = (forecast(GOAL, days, START + 8 * WEEK) for days in (rising, falling))
    assert up is not None and down is not None
    assert up.per_week > down.per_week + 0.5


def test_a_new_trail_has_the_plan_s_pace_and_a_wide_range() -> None:
    found = forecast(GOAL, [], START)
    assert found is not None
    assert found.per_week == pytest.approx(100 / 26)
    assert 0.3 < found.probability < 0.7
    assert found.early is not None and found.late is not None
    assert found.late - found.early > 15 * WEEK
    before = forecast(GOAL, [], START - 8 * WEEK)
    assert before is not None and before.probability == found.probability


def test_a_pause_ahead_moves_the_end() -> None:
    paused = Goal(100, START, GOAL.end, pauses=(Pause(START + 12 * WEEK, START + 16 * WEEK),))
    with_pause, without = said(4, 10, paused), said(4, 10)
    assert with_pause.likely is not None and without.likely is not None
    assert with_pause.likely > without.likely + 3 * WEEK
    assert with_pause.probability < without.probability


def test_today_is_not_held_against_anybody_before_it_is_over() -> None:
    """A day without a paper lowers the pace only once it is past."""
    week = [(START + i * DAY, 1) for i in range(7)]
    now, tomorrow = (forecast(GOAL, week, START + days * DAY) for days in (7, 8))
    assert now is not None and tomorrow is not None
    assert now.per_week > tomorrow.per_week


def test_after_long_silence_no_end_is_in_sight() -> None:
    found = forecast(GOAL, [(START, 1)], GOAL.end - DAY)
    assert found is not None
    assert found.late is None
    assert found.probability < 0.01 and found.words == "hardly"


@pytest.mark.parametrize(
    ("goal", "counted", "today"),
    [(GOAL, [(START, 100)], START), (GOAL, [], GOAL.end), (Goal(0, START, GOAL.end), [], START)],
)
def test_what_is_reached_or_over_has_no_forecast(
    goal: Goal, counted: Sequence[tuple[date, int]], today: date
) -> None:
    assert forecast(goal, counted, today) is None


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (1.0, "almost certainly"),
        (0.9, "about 9 in 10"),
        (0.8, "about 4 in 5"),
        (0.75, "about 3 in 4"),
        (0.66, "about 2 in 3"),
        (0.5, "about 1 in 2"),
        (0.34, "about 1 in 3"),
        (0.25, "about 1 in 4"),
        (0.2, "about 1 in 5"),
        (0.1, "about 1 in 10"),
        (0.0, "hardly"),
    ],
)
def test_words(probability: float, words: str) -> None:
    assert Forecast(None, None, None, probability, 1, ()).words == words


@settings(max_examples=1_000, deadline=None)
@given(
    goals(),
    st.lists(st.tuples(st.integers(-20, 900), st.integers(1, 5)), max_size=8, unique_by=lambda day: day[0]),
    st.integers(-400, 900),
    st.sampled_from([1, 1, 300]),
)
def test_no_reader_gets_nonsense(goal: Goal, days: list[tuple[int, int]], offset: int, many: int) -> None:
    today = goal.start + offset * DAY
    counted = [(goal.start + day * DAY, number) for day, number in sorted(days)]
    goal = Goal(goal.target * many, goal.start, goal.end, goal.counts, goal.rest_days, goal.pauses)
    found = forecast(goal, counted, today)
    if found is None:
        return
    assert 0 <= found.probability <= 1
    assert found.per_week > 0
    dates = [day or LATEST for day in (found.early, found.likely, found.late)]
    assert dates == sorted(dates) and dates[0] >= min(today, goal.start) - DAY
    total = sum(number for _, number in counted)
    for point in found.fan:
        assert total - 0.01 <= point.low <= point.middle + 0.5 <= point.high + 1 <= goal.target + 1.5
    assert [point.day for point in found.fan] == sorted({point.day for point in found.fan})


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 25), st.integers(0, 6), st.integers(1, 80))
def test_one_more_paper_today_never_makes_it_less_likely(weeks: int, per_week: int, more: int) -> None:
    today = START + weeks * WEEK
    days = [(day, number) for day, number in read(per_week, weeks) if number][:24]
    few, many = (forecast(GOAL, [*days, (today, number)], today) for number in (1, 2))
    if few is not None and many is not None:
        assert many.probability >= few.probability - 0.02, "an uneven week widens the range a little"

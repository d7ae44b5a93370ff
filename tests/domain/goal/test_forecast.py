"""The forecast: exact where it can be checked, calibrated by simulation, never nonsense."""

from collections.abc import Sequence
from datetime import date
from math import sqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.goal.burnup import Burnup
from papertrail.domain.goal.forecast import EARLY, LATE, LIKELY, Forecast, forecast
from papertrail.domain.goal.goal import DAY, LATEST, WEEK, Goal, Pause
from papertrail.domain.goal.pace import learn_pace
from papertrail.domain.goal.progress import GoalProgress, Standing
from papertrail.domain.goal.words import (
    GOOD_CHANCE,
    POOR_CHANCE,
    advice,
    chance_words,
    forecast_words,
    why_words,
)
from tests.cases import each
from tests.domain.goal.goals import goals
from tests.domain.goal.readers import KINDS, SLICE, WEEKS, simulate, slice_held
from tests.examples import examples

DOCS = Path(__file__).parent.parent.parent.parent / "docs" / "FORECAST.md"
NOW, BEFORE = "How often it is right", "How often it was right before"
START = date(2026, 3, 2)
GOAL = Goal(100, START, START + 26 * WEEK)


def read(per_week: int, weeks: int) -> list[tuple[date, int]]:
    return [(START + week * WEEK + 2 * DAY, per_week) for week in range(weeks)]


def said(per_week: int, weeks: int, goal: Goal = GOAL) -> Forecast:
    found = forecast(goal, read(per_week, weeks), START + weeks * WEEK)
    assert found is not None
    return found


def table(heading: str) -> dict[str, list[str]]:
    """Return a table of the documents: the cells of each kind of reader."""
    text = DOCS.read_text(encoding="utf-8").split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if "%" in line
    ]
    return {cells[0]: cells[1:] for cells in rows if cells[0] in KINDS}


def shares(cells: Sequence[str]) -> list[float]:
    return [int(cell.removesuffix(" %")) / 100 for cell in cells[: len(WEEKS)]]


@each("kind", KINDS)
def test_the_range_holds_what_the_documents_say(kind: str) -> None:
    """A slice of the readers, within what chance allows; and the very model the table was measured with."""
    found = simulate(kind, SLICE)
    for said, held in zip(shares(table(NOW)[kind]), found.values(), strict=True):
        chance = sqrt(min(max(said, 0.05), 0.95) * (1 - min(max(said, 0.05), 0.95)) / held.asked)
        assert abs(held.held - said) <= 3.5 * chance, (said, held)
    assert slice_held(kind, found) in DOCS.read_text(encoding="utf-8").splitlines(), (
        "the model has changed: python -m bench forecast works the table out again"
    )


def test_both_tables_are_of_all_readers_and_no_week_costs_the_steady_one_more_than_two_points() -> None:
    before, now = table(BEFORE), table(NOW)
    assert [*before] == [*now] == [*KINDS]
    for kind in KINDS:
        assert all(n >= b - 0.021 for b, n in zip(shares(before[kind]), shares(now[kind]), strict=True)), kind
    assert min(shares(now["starting late"])) >= 0.8
    assert min(shares(now["in sessions"])) >= 0.78
    assert min(shares(now["wandering strongly"])) > max(shares(before["wandering strongly"]))


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
    rising = [(START + week * WEEK + day * DAY, 1) for week in range(8) for day in range(week)]
    falling = [(START + week * WEEK + day * DAY, 1) for week in range(8) for day in range(7 - week)]
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


@each(
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
    assert Forecast(None, None, None, probability, 1, True, ()).words == words


def read_days(goal: Goal, days: Sequence[tuple[int, int]]) -> list[tuple[date, int]]:
    return [(goal.start + day * DAY, number) for day, number in sorted(days)]


def targets(goal: Goal, target: int | None) -> Goal:
    """Return a goal with another target and a straight plan."""
    wanted = goal.target if target is None else target
    return Goal(wanted, goal.start, goal.end, goal.counts, goal.rest_days, goal.pauses)


GOALS = st.builds(targets, goals(), st.sampled_from([None, None, 1, 2, 3, 7, 90_000]))
DAYS = st.lists(
    st.tuples(st.integers(-20, 900), st.integers(1, 5)), max_size=12, unique_by=lambda day: day[0]
)
OFFSETS = st.integers(-400, 900) | st.integers(-3, 60)


@examples(40)
@given(GOALS, DAYS, OFFSETS)
def test_no_reader_gets_nonsense(goal: Goal, days: list[tuple[int, int]], offset: int) -> None:
    today = goal.start + offset * DAY
    counted = read_days(goal, days)
    found = forecast(goal, counted, today)
    if found is None:
        return
    assert 0 <= found.probability <= 1
    assert found.per_week > 0
    dates = [day or LATEST for day in (found.early, found.likely, found.late)]
    assert dates == sorted(dates) and dates[0] >= min(today, goal.start) - DAY
    total = sum(number for _, number in counted)
    for point in found.fan:
        assert total <= point.low <= point.middle <= point.high <= goal.target
    for values in zip(*((point.low, point.middle, point.high) for point in found.fan), strict=True):
        assert [*values] == sorted(values)
    assert [point.day for point in found.fan] == sorted({point.day for point in found.fan})
    for day, chance in ((found.early, EARLY), (found.likely, LIKELY), (found.late, LATE)):
        in_time = day is not None and day < goal.end
        assert found.probability >= chance - 1e-6 if in_time else found.probability <= chance + 1e-6


@examples(40)
@given(GOALS, DAYS, OFFSETS)
def test_the_fan_meets_the_target_on_the_very_days_that_are_said(
    goal: Goal, days: list[tuple[int, int]], offset: int
) -> None:
    """Also before the start, for small targets, with rest days and pauses; as the picture draws it."""
    today = goal.start + offset * DAY
    counted = [(day, number) for day, number in read_days(goal, days) if goal.start <= day <= today]
    found = forecast(goal, counted, today)
    if found is None:
        return
    fan = Burnup(goal, today, tuple(counted), found.fan).open_fan
    lines = {
        found.early: [point.high for point in found.fan],
        found.likely: [point.middle for point in found.fan],
        found.late: [point.low for point in found.fan],
    }
    for said, line in lines.items():
        met = [point.day for point, papers in zip(found.fan, line, strict=True) if papers >= goal.target]
        if said is None or said >= found.fan[-1].day:
            assert not met
        else:
            assert met[0] - DAY == said
            assert not fan or said < fan[-1].day, "the picture shows it"
    assert all(point in found.fan for point in fan)
    assert len(fan) > 1 or found.fan[-1].day <= today + DAY or found.fan[0].low == goal.target


@examples(20)
@given(GOALS, DAYS, OFFSETS)
def test_the_fan_is_the_quantiles_in_every_week(goal: Goal, days: list[tuple[int, int]], offset: int) -> None:
    """Within two hundredths of the papers left, which a chart of 50 rows of dots does not show."""
    today = goal.start + offset * DAY
    counted = read_days(goal, days)
    found = forecast(goal, counted, today)
    if found is None:
        return
    total, first = sum(number for _, number in counted), found.fan[0].day
    left = goal.target - total
    pace = learn_pace(goal, counted, first)
    steps = [(there.day - here.day).days for here, there in zip(found.fan, found.fan[1:], strict=False)]
    assert max(steps, default=0) <= max(7, (found.fan[-1].day - first).days / 60 + 7)
    for point in found.fan:
        gone = goal.working_days(first, point.day)
        for papers, chance in ((point.low, LATE), (point.middle, LIKELY), (point.high, EARLY)):
            slack = 0.02 * left
            assert pace.days_until(papers - total - slack, chance) <= gone
            if papers < goal.target:
                assert pace.days_until(papers - total + slack, chance) >= gone


@examples(20)
@given(st.integers(1, 25), st.integers(0, 6), st.integers(1, 80))
def test_one_more_paper_today_never_makes_it_less_likely(weeks: int, per_week: int, more: int) -> None:
    today = START + weeks * WEEK
    days = [(day, number) for day, number in read(per_week, weeks) if number][:24]
    few, many = (forecast(GOAL, [*days, (today, number)], today) for number in (more, more + 1))
    if few is not None and many is not None:
        assert many.probability >= few.probability - 0.02, "an uneven week widens the range a little"


@pytest.mark.parametrize("weeks", [0, 1, 4, 10, 20])
def test_as_long_as_nothing_is_counted_the_pace_is_said_to_be_the_plan_s(weeks: int) -> None:
    found = forecast(GOAL, [], START + weeks * WEEK)
    assert found is not None and not found.begun
    assert found.per_week == pytest.approx(100 / 26)
    progress = GoalProgress.on(START, GOAL, 0, 0, ())
    assert " at the plan's pace; " in forecast_words(found, progress)
    begun = forecast(GOAL, [(START + weeks * WEEK, 1)], START + weeks * WEEK)
    assert begun is not None and begun.begun
    assert "plan" not in forecast_words(begun, progress)


# A standing and a chance that seem to gainsay each other


def standing_of(counted: list[tuple[date, int]], today: date, goal: Goal = GOAL) -> GoalProgress:
    total = sum(number for _, number in counted)
    return GoalProgress.on(today, goal, total, total, counted)


@pytest.mark.parametrize(
    ("counted", "weeks", "told"),
    [
        ([(START, 40)], 10, "chance of 100 by 30 Aug: 1 in 10 at your "),
        ([(START + 9 * WEEK, 36)], 10, "chance of 100 by 30 Aug: 2 in 3 at your "),
        ([(START + n * WEEK, 6) for n in range(10)], 10, "all 100 by 30 Aug: almost certainly"),
    ],
    ids=["on pace and unlikely", "behind and likely", "ahead and likely"],
)
def test_a_chance_says_why_it_is_not_as_one_stands(
    counted: list[tuple[date, int]], weeks: int, told: str
) -> None:
    today = START + weeks * WEEK
    found = forecast(GOAL, counted, today)
    assert found is not None
    said = chance_words(found, standing_of(counted, today))
    assert said.startswith(told), (said, found.probability)
    assert ("it takes" in said) == told.endswith("your ")


@given(
    st.dictionaries(st.integers(0, 25 * 7), st.integers(1, 12), max_size=14),
    st.integers(0, 181),
    st.frozensets(st.integers(0, 6), max_size=3),
)
def test_on_pace_never_stands_beside_a_small_chance_without_a_word_why(
    numbers: dict[int, int], day: int, rest: frozenset[int]
) -> None:
    goal, today = GOAL._replace(rest_days=rest), START + day * DAY
    counted = [(START + n * DAY, papers) for n, papers in sorted(numbers.items()) if n <= day]
    found, progress = forecast(goal, counted, today), standing_of(counted, today, goal)
    if found is None:
        return
    small = {Standing.LEVEL: POOR_CHANCE, Standing.AHEAD: GOOD_CHANCE}.get(progress.standing, 0.0)
    good = progress.standing is Standing.BEHIND and found.probability >= GOOD_CHANCE
    why = why_words(found, progress)
    assert bool(why) == (good or found.probability < small)
    assert why in forecast_words(found, progress) and chance_words(found, progress).endswith(why)
    assert len(chance_words(found, progress)) <= 67, "a line of the smallest screen holds it"


def test_each_sentence_says_of_what_it_speaks() -> None:
    """Nothing is left of `about 1 in 10` alone; far behind, the advice is short enough to leave it room."""
    counted = [(START, 30)]
    today = START + 10 * WEEK
    found, progress = forecast(GOAL, counted, today), standing_of(counted, today)
    assert found is not None
    said = f"{advice(progress, 'r', 'g')} · {chance_words(found, progress)}"
    assert said.startswith("begin with one, or plan anew: r · chance of 100 by 30 Aug: ")
    assert len(said) <= 67

"""The plan of a day: within its minutes, the weakest first, all once more before the day to be ready by."""

import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.goal.goal import Goal, Pause
from papertrail.domain.recall.forgetting import retrievability
from papertrail.domain.recall.planning import (
    LAST_DAYS,
    LAST_TIMES,
    USUAL_SECONDS,
    Candidate,
    DayPlan,
    Terms,
    every_day,
    plan_of_day,
    usual_seconds,
)
from tests.examples import examples

DAY = timedelta(days=1)
TODAY = date(2026, 3, 2)
ORDINARY = Terms()  # ten minutes are thirty questions


def met(
    id_: int, group: str = "", *, ago: int = 10, stability: float = 5.0, failed: bool = False
) -> Candidate:
    """Return a question that was last answered so many days ago."""
    last = TODAY - ago * DAY
    due = last + max(round(stability), 1) * DAY
    return Candidate(id_, group or f"paper {id_}", due, stability, 5.0, last, failed)


def fresh(id_: int, group: str = "") -> Candidate:
    return Candidate(id_, group or f"paper {id_}")


def ids(plan: DayPlan) -> list[int]:
    return [one.id for one in plan.asked]


QUESTIONS = st.lists(
    st.one_of(
        st.builds(
            met,
            st.just(0),
            st.sampled_from("abc"),
            ago=st.integers(0, 60),
            stability=st.floats(0.1, 60),
            failed=st.booleans(),
        ),
        st.builds(fresh, st.just(0), st.sampled_from("abc")),
    ),
    max_size=60,
).map(lambda every: [one._replace(id=number) for number, one in enumerate(every)])
TERMS = st.builds(
    Terms,
    minutes=st.integers(1, 12),
    new=st.integers(0, 12),
    ready_by=st.none() | st.integers(-3, 70).map(lambda n: TODAY + n * DAY),
    reviews_on=st.sampled_from([every_day, lambda day: day.weekday() < 5]),
)


@examples(150)
@given(QUESTIONS, TERMS, st.floats(3, 180), st.integers(0, 800), st.integers(0, 15), st.randoms())
def test_every_plan_keeps_its_promises(
    every: list[Candidate], terms: Terms, seconds: float, spent: int, begun: int, random: Random
) -> None:
    plan = plan_of_day(every, TODAY, terms, seconds=seconds, spent=spent, begun=begun)
    asked = plan.asked
    assert len({one.id for one in asked}) == len(asked), "none twice"
    assert set(asked) <= set(every)
    assert all(one.last_on != TODAY for one in asked), "what was answered today rests"
    assert len(asked) * seconds + spent <= max(terms.minutes * 60, seconds) or not asked
    assert sum(one.last_on is None for one in asked) <= max(terms.new - begun, 0)
    assert plan.minutes == pytest.approx(len(asked) * seconds / 60)
    assert plan.tomorrow_minutes <= max(terms.minutes, seconds / 60) + 1e-9
    assert plan.tomorrow_minutes >= 0
    due = [
        one for one in every if one.due_on and one.last_on != TODAY and (one.failed or one.due_on <= TODAY)
    ]
    assert plan.waiting == len(set(due) - set(asked))
    if terms.ready_by is None or terms.ready_by <= TODAY:
        assert plan.last_weeks_from is None
    shuffled = random.sample(every, len(every))
    assert plan_of_day(shuffled, TODAY, terms, seconds=seconds, spent=spent, begun=begun) == plan


def test_a_quiet_day_asks_what_is_due_and_nothing_else() -> None:
    plan = plan_of_day([met(1, ago=4), met(2, ago=5), met(3, ago=6), met(4, ago=0)], TODAY, ORDINARY)
    assert (ids(plan), plan.waiting) == ([3, 2], 0)
    assert plan.minutes == pytest.approx(2 / 3)
    assert plan_of_day([], TODAY, ORDINARY) == DayPlan((), 0, 0.0, 0.0, None)


def test_the_weakest_come_first_and_what_is_new_last() -> None:
    every = [
        fresh(9),
        fresh(8),
        met(1, ago=20, stability=18),
        met(2, ago=9, stability=1),
        met(3, ago=9, stability=4),
    ]
    assert ids(plan_of_day(every, TODAY, ORDINARY)) == [2, 3, 1, 8, 9]


def test_the_stories_of_lineages_come_after_all_else_that_is_new() -> None:
    every = [fresh(-2, "lineage b"), fresh(-1, "lineage a"), fresh(7), fresh(8), met(1, ago=9)]
    assert ids(plan_of_day(every, TODAY, ORDINARY)) == [1, 7, 8, -1, -2]
    plan = plan_of_day(every, TODAY, Terms(new=3))
    assert (ids(plan), plan.waiting, plan.unasked) == ([1, 7, 8, -1], 0, 1)


def test_what_failed_in_earnest_comes_first_though_it_is_not_due() -> None:
    every = [met(1, ago=40), met(2, ago=1, stability=90, failed=True), met(3, ago=0, failed=True)]
    assert ids(plan_of_day(every, TODAY, ORDINARY)) == [2, 1]


def test_questions_of_one_paper_are_kept_apart() -> None:
    every = [met(n, "ab"[n > 3], ago=20 - n) for n in range(1, 7)] + [met(7, "c", ago=8)]
    assert [one.group for one in plan_of_day(every, TODAY, ORDINARY).asked] == list("abababc")
    alone = [met(n, "a") for n in range(4)]
    assert ids(plan_of_day(alone, TODAY, ORDINARY)) == [0, 1, 2, 3]


def test_new_questions_have_half_of_a_full_day_at_most_and_more_of_an_empty_one() -> None:
    behind, new = [met(n, ago=30) for n in range(100)], [fresh(n) for n in range(100, 200)]
    full = plan_of_day(behind + new, TODAY, ORDINARY)
    assert [sum(one.last_on is None for one in full.asked), len(full.asked), full.waiting] == [10, 30, 80]
    many = plan_of_day(behind + new, TODAY, Terms(new=100))
    assert sum(one.last_on is None for one in many.asked) == 15
    assert len(plan_of_day(new, TODAY, Terms(new=100)).asked) == 30
    assert len(plan_of_day(new, TODAY, ORDINARY, begun=8).asked) == 2


def test_a_day_goes_on_where_it_was_left() -> None:
    every = [met(n) for n in range(60)]
    assert len(plan_of_day(every, TODAY, ORDINARY, spent=12 * 20).asked) == 18
    assert plan_of_day(every, TODAY, ORDINARY, spent=599).asked == ()
    assert len(plan_of_day(every, TODAY, Terms(minutes=1), seconds=90).asked) == 1


@dataclass
class Days:
    """Days of review one after the other, each answer good or again."""

    questions: list[Candidate]
    random: Random = field(default_factory=lambda: Random(1))
    knows: float = 0.9

    def go(self, today: date, terms: Terms) -> DayPlan:
        plan = plan_of_day(self.questions, today, terms)
        for one in plan.asked:
            known = self.random.random() < self.knows
            stability = max((one.stability or 1.0) * (3 if known else 0.3), 0.5)
            due = today + max(round(stability), 1) * DAY
            self.questions[one.id] = one._replace(
                due_on=due, stability=stability, difficulty=5.0, last_on=today, failed=False
            )
        return plan


def test_a_backlog_after_a_holiday_is_spread_and_comes_to_an_end() -> None:
    days = Days([met(n, ago=14 + n % 20, stability=3 + n % 9) for n in range(300)])
    plans = [days.go(TODAY + n * DAY, ORDINARY) for n in range(40)]
    assert max(plan.minutes for plan in plans) <= 10
    assert plans[0].waiting == 270
    assert all(plan.waiting < plans[0].waiting for plan in plans[5:])
    assert any(plan.waiting == 0 for plan in plans)


def test_tomorrow_is_told_as_it_will_be() -> None:
    days = Days([met(n, ago=n % 8, stability=5) for n in range(100)])
    told = days.go(TODAY, ORDINARY).tomorrow_minutes
    assert told == pytest.approx(days.go(TODAY + DAY, ORDINARY).minutes, abs=1.5)


@pytest.mark.parametrize("questions", [3, 60, 400, 800])
@pytest.mark.parametrize("minutes", [5, 10])
@pytest.mark.parametrize("weekends", [True, False])
def test_every_question_is_met_once_more_before_the_day(questions: int, minutes: int, weekends: bool) -> None:
    """However long each would rest, and with a tenth forgotten; what there is room for."""
    goal = Goal(1, TODAY, TODAY + 90 * DAY, rest_days=frozenset() if weekends else frozenset({5, 6}))
    terms = Terms(minutes=minutes, new=10, ready_by=goal.end, reviews_on=goal.is_working_day)
    days = Days([met(n, ago=30, stability=200 if n % 3 else 3) for n in range(questions)])
    start = None
    for number in range(90):
        today = TODAY + number * DAY
        if goal.is_working_day(today):
            plan = days.go(today, terms)
            assert plan.minutes <= minutes
            start = plan.last_weeks_from
    assert start is not None
    room = goal.working_days(start, goal.end) * minutes * 3
    assert room >= questions * LAST_TIMES or start == goal.end - LAST_DAYS * DAY
    left_out = sum(one.last_on is None or one.last_on < start for one in days.questions)
    assert left_out == 0 if room >= 1.5 * questions else left_out < 0.3 * questions


def test_papers_read_in_the_last_weeks_leave_no_other_out() -> None:
    """Each day brings five new questions, and a quarter of the answers are not known."""
    end = TODAY + 40 * DAY
    terms = Terms(minutes=10, ready_by=end)
    days = Days([met(n, ago=30, stability=100) for n in range(450)], knows=0.75)
    for number in range(40):
        plan = days.go(TODAY + number * DAY, terms)
        if number < 35:
            days.questions += [fresh(len(days.questions) + n) for n in range(5)]
    begins = plan.last_weeks_from
    assert begins is not None
    assert all(one.last_on is not None and one.last_on >= begins for one in days.questions)


def test_the_last_weeks_are_as_long_as_they_must_be() -> None:
    end = TODAY + 100 * DAY

    def begins(questions: int, *, rest: frozenset[int] = frozenset(), pauses: tuple[Pause, ...] = ()) -> int:
        goal = Goal(1, TODAY, end, rest_days=rest, pauses=pauses)
        terms = Terms(ready_by=end, reviews_on=goal.is_working_day)
        found = plan_of_day([met(n, ago=0) for n in range(questions)], TODAY, terms).last_weeks_from
        assert found is not None
        return (end - found).days

    assert [begins(n) for n in (1, 30, 150, 750, 5_000)] == [1, 2, 10, 50, 60]
    assert begins(150, rest=frozenset({5, 6})) == 14
    assert begins(150, pauses=(Pause(end - 9 * DAY, end - 4 * DAY),)) == 15
    assert begins(150, pauses=(Pause(TODAY, end),)) == LAST_DAYS


def test_what_is_not_due_before_the_day_is_met_before_it_and_from_then_on_when_due() -> None:
    end = TODAY + 10 * DAY
    every = [met(n, ago=20, stability=200) for n in range(150)]
    assert plan_of_day(every, TODAY - DAY, Terms(ready_by=end)).asked == ()
    assert len(plan_of_day(every, TODAY, Terms(ready_by=end)).asked) == 30
    assert plan_of_day(every, TODAY, Terms(ready_by=end)).waiting == 0, "none of them is behind"
    for over in (TODAY, TODAY - 5 * DAY):
        assert plan_of_day(every, TODAY, Terms(ready_by=over)) == plan_of_day(every, TODAY, Terms())


def test_in_the_last_weeks_the_weakest_are_met_first_and_again() -> None:
    """Of strong and weak ones the weak are asked first, and those forgotten more often than once."""
    end = TODAY + 20 * DAY
    strong = [met(n, ago=30, stability=150) for n in range(150)]
    weak = [met(n, ago=30, stability=8) for n in range(150, 300)]
    terms = Terms(ready_by=end)
    first = plan_of_day(strong + weak, TODAY, terms).asked
    assert all(one.id >= 150 for one in first)
    days = Days(strong + weak, knows=0.7)
    times = [0] * 300
    for number in range(20):
        for one in days.go(TODAY + number * DAY, terms).asked:
            times[one.id] += 1
    assert min(times) >= 1
    assert sum(times[150:]) > sum(times[:150])


def test_where_the_minutes_never_suffice_the_weakest_have_them() -> None:
    end = TODAY + 5 * DAY
    days = Days([met(n, ago=30, stability=1 + n % 100) for n in range(1_000)], knows=1)
    weakest = sorted(days.questions, key=lambda one: retrievability(one.stability or 1, 30))[:30]
    assert {one.id for one in days.go(TODAY, Terms(ready_by=end)).asked} == {one.id for one in weakest}


def test_a_rest_day_promises_no_minutes() -> None:
    every = [met(n) for n in range(100)]
    assert plan_of_day(every, TODAY, Terms(reviews_on=lambda day: day != TODAY + DAY)).tomorrow_minutes == 0
    assert plan_of_day(every, TODAY, ORDINARY).tomorrow_minutes == pytest.approx(10)


@pytest.mark.parametrize(
    ("late", "expected"),
    [
        ([], USUAL_SECONDS),
        ([5.0] * 9, USUAL_SECONDS),
        ([5.0] * 10, 5.0),
        ([0.0] * 20, 3.0),
        ([5_000.0] * 20, 180.0),
        ([10.0] * 11 + [9_000.0] * 9, 10.0),
    ],
)
def test_how_long_a_question_takes_is_the_reader_s_own(late: list[float], expected: float) -> None:
    assert usual_seconds(late) == expected


@pytest.mark.parametrize("ready_by", [None, TODAY + 20 * DAY])
def test_ten_thousand_questions_are_planned_in_a_moment(ready_by: date | None) -> None:
    random = Random(1)
    every = [
        met(n, f"paper {n // 8}", ago=random.randrange(80), stability=random.uniform(1, 80))
        for n in range(10_000)
    ]
    taken = []
    for _ in range(3):
        began = time.process_time()
        plan_of_day(every, TODAY, Terms(ready_by=ready_by))
        taken.append(time.process_time() - began)
    assert min(taken) < 0.2

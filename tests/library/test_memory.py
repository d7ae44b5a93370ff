"""What answers make of memories: as `fsrs` says, in the reader's own days."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone
from random import Random
from zoneinfo import ZoneInfo

import pytest
from fsrs import Card, Rating, ReviewLog, Scheduler
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.clock import StoppedClock, local_date
from papertrail.domain.recall.forgetting import MOST_DAYS, Memory
from papertrail.library.memory import answered, remembered_after
from tests.examples import examples

DAY = timedelta(days=1)
START = date(2026, 1, 5)
SHANGHAI, NEW_YORK, BERLIN = (ZoneInfo(z) for z in ("Asia/Shanghai", "America/New_York", "Europe/Berlin"))


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), timezone.utc)


def by_fsrs(history: list[tuple[date, int]], retention: float = 0.9) -> Memory:
    """Return the memory as the package itself works it out from the log."""
    scheduler = Scheduler(
        desired_retention=retention,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=MOST_DAYS,
        enable_fuzzing=False,
    )
    logs = [ReviewLog(0, Rating(grade), noon(on), None) for on, grade in history]
    card = scheduler.reschedule_card(Card(card_id=0, due=noon(START)), logs)
    assert card.stability is not None and card.difficulty is not None and card.last_review is not None
    return Memory(card.stability, card.difficulty, card.due.date(), card.last_review.date())


def same(memory: Memory | None, expected: Memory) -> bool:
    """Tell whether a memory is the expected one, to the day and to the digits that are kept."""
    return (
        memory is not None
        and memory[2:] == expected[2:]
        and memory[:2] == pytest.approx(expected[:2], rel=1e-6, abs=1e-6)
    )


def histories(number: int) -> Iterator[tuple[list[tuple[date, int]], float]]:
    """Yield logs with gaps of none to 300 days, and a wanted retention for each."""
    random = Random("histories")
    for _ in range(number):
        on, history = START, []
        for _ in range(random.randint(1, 12)):
            history.append((on, random.choices((1, 2, 3, 4), (2, 2, 5, 1))[0]))
            on += random.choice((0, 1, 1, 2, 5, 11, 30, 90, 300)) * DAY
        yield history, random.choice((0.7, 0.8, 0.9, 0.95, 0.97))


def test_a_thousand_histories_are_remembered_as_fsrs_says() -> None:
    for history, retention in histories(1_000):
        memory = None
        for on, grade in history:
            memory = answered(memory, grade, on, retention)
        assert memory == remembered_after(history, retention)
        assert same(memory, by_fsrs(history, retention)), history


DATES_AND_GRADES = st.lists(
    st.tuples(st.integers(-20, 40).map(lambda n: START + n * DAY), st.integers(1, 4)), max_size=8
)


@examples(100)
@given(DATES_AND_GRADES)
def test_the_log_replayed_is_the_memory_kept_step_by_step(history: list[tuple[date, int]]) -> None:
    """Also where dates go back, so that taking an answer back by replay leaves what was there before it."""
    memory: Memory | None = None
    for number, (on, grade) in enumerate(history):
        assert remembered_after(history[:number]) == memory
        before, memory = memory, answered(memory, grade, on)
        assert memory.last_on == (on if before is None else max(on, before.last_on))
        assert DAY <= memory.due_on - memory.last_on <= MOST_DAYS * DAY
        assert memory.stability > 0 and 1 <= memory.difficulty <= 10


def on_days(*moments: datetime, day_starts: str = "00:00") -> Memory:
    """Return the memory after the answer *good* at moments of the reader's own time."""
    memory = None
    for moment in moments:
        memory = answered(memory, 3, local_date(StoppedClock(moment).now(), day_starts))
    assert memory is not None
    return memory


def good_on(*days: date) -> Memory:
    return by_fsrs([(day, 3) for day in days])


def at(zone: ZoneInfo, *text: str) -> list[datetime]:
    return [datetime.fromisoformat(one).replace(tzinfo=zone) for one in text]


@pytest.mark.parametrize("evening", ["2026-03-02T23:55", "2026-03-02T00:05", "2026-03-02T12:00"])
@pytest.mark.parametrize("morning", ["2026-03-04T00:05", "2026-03-04T23:55"])
def test_a_day_is_the_reader_s_whatever_the_hour(evening: str, morning: str) -> None:
    """From an evening to a morning are two dates, though no 48 hours."""
    expected = good_on(date(2026, 3, 2), date(2026, 3, 4))
    assert same(on_days(*at(BERLIN, evening, morning)), expected)
    assert expected.due_on == date(2026, 3, 15)


def test_a_day_may_start_at_four() -> None:
    moments = at(BERLIN, "2026-03-03T01:30", "2026-03-04T22:00")
    assert same(on_days(*moments, day_starts="04:00"), good_on(date(2026, 3, 2), date(2026, 3, 4)))


def test_days_a_little_short_of_24_hours_are_days() -> None:
    """Moments given to fsrs as they are would be one day's answers, and the memory would hardly grow."""
    moments = [
        datetime(2026, 3, 2, 22, tzinfo=BERLIN) + n * timedelta(hours=23, minutes=50) for n in range(5)
    ]
    memory = on_days(*moments)
    assert same(memory, good_on(*(date(2026, 3, 2) + n * DAY for n in range(5))))
    assert memory.stability > 20


@pytest.mark.parametrize("first", [date(2026, 3, 27), date(2026, 10, 23)], ids=["to summer", "to winter"])
@pytest.mark.parametrize("hour", [0, 2, 3, 9, 23])
def test_clocks_put_forward_or_back_change_no_day(first: date, hour: int) -> None:
    days = [first + n * DAY for n in range(5)]
    moments = [datetime.combine(day, time(hour, 30), BERLIN) for day in days]
    assert same(on_days(*moments), good_on(*days))


def test_a_journey_west_never_dates_an_answer_before_the_last() -> None:
    """Answered in Shanghai after midnight; in the plane the clock is put to New York's, still the 9th."""
    early = at(SHANGHAI, "2026-03-08T00:30", "2026-03-10T00:30")
    landed = at(NEW_YORK, "2026-03-09T15:00", "2026-03-10T09:00", "2026-03-21T09:00")
    assert early[-1] < landed[0]
    days = [date(2026, 3, 8), date(2026, 3, 10), date(2026, 3, 10)]
    assert same(on_days(*early, landed[0]), good_on(*days))
    assert same(on_days(*early, *landed), good_on(*days, date(2026, 3, 10), date(2026, 3, 21)))


def test_a_journey_east_leaves_a_date_out() -> None:
    """From New York on the evening of the 9th to Shanghai, where it is the 11th when one lands."""
    moments = [*at(NEW_YORK, "2026-03-09T20:00"), *at(SHANGHAI, "2026-03-11T06:00")]
    memory = on_days(*moments)
    assert same(memory, good_on(date(2026, 3, 9), date(2026, 3, 11)))
    assert memory.due_on == date(2026, 3, 22)


@pytest.mark.parametrize("retention", [0.0, -1.0, 0.5, 0.98, 1.0, 1.5, float("nan"), float("inf")])
def test_a_retention_out_of_bounds_is_refused(retention: float) -> None:
    with pytest.raises(ValueError, match="retention"):
        answered(None, 3, START, retention)


@pytest.mark.parametrize("grade", [0, 5, -1])
def test_another_grade_is_refused(grade: int) -> None:
    with pytest.raises(ValueError, match=str(grade)):
        answered(None, grade, START)


def test_nothing_answered_is_nothing_remembered() -> None:
    assert remembered_after([]) is None


def test_the_package_comes_with_the_first_grade() -> None:
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, papertrail.library.memory as memory, papertrail.library.recall, datetime\n"
            "print('fsrs' in sys.modules)\n"
            "memory.answered(None, 3, datetime.date(2026, 1, 5))\n"
            "print('fsrs' in sys.modules)",
        ],
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=120,
    )
    assert told.stdout.split() == ["False", "True"]

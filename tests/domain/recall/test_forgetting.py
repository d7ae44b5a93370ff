"""The curve of forgetting: that of the package `fsrs`, to the last digit."""

from datetime import datetime, timedelta, timezone

import pytest
from fsrs import Card, Scheduler, State
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.recall.forgetting import DECAY, FACTOR, reach, retrievability
from tests.examples import examples

NOON = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
STABILITIES = st.floats(0.001, 20_000)


def card(stability: float) -> Card:
    return Card(
        card_id=0, state=State.Review, stability=stability, difficulty=5.0, due=NOON, last_review=NOON
    )


@examples(100)
@given(STABILITIES, st.integers(-10, 5_000))
def test_chances_are_those_of_fsrs(stability: float, days: int) -> None:
    said = Scheduler().get_card_retrievability(card(stability), NOON + timedelta(days=days))
    assert retrievability(stability, days) == pytest.approx(said, rel=1e-12)


def test_stability_is_the_time_until_nine_in_ten() -> None:
    assert retrievability(30, 30) == pytest.approx(0.9)
    assert retrievability(30, 0) == retrievability(30, -3) == 1
    assert reach(0.9) == pytest.approx(1)
    assert reach(retrievability(7, 21)) == pytest.approx(3)
    assert (DECAY, Scheduler().parameters[20]) == (0.1542, 0.1542), (
        "another version of FSRS has another curve"
    )
    assert pytest.approx(Scheduler()._FACTOR) == FACTOR


@examples(100)
@given(STABILITIES, st.floats(0.7, 0.97))
def test_a_wanted_chance_is_reached_when_fsrs_asks_again(stability: float, retention: float) -> None:
    scheduler = Scheduler(desired_retention=retention, maximum_interval=10**9)
    days = scheduler._next_interval(stability=stability)
    assert days == max(round(stability * reach(retention)), 1) or stability * reach(
        retention
    ) % 1 == pytest.approx(0.5), "halves may be rounded otherwise, as the formula is put in another order"
    assert retrievability(stability, stability * reach(retention)) == pytest.approx(retention)

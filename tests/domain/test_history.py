"""Which texts of a note are kept for how long, and which sections changed."""

from collections.abc import Collection
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.history import changed_sections, made_by, outgrown
from tests.cases import each
from tests.examples import examples

ZONE = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=ZONE)  # a Wednesday


def day_of(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()


def kept(moments: Collection[datetime], now: datetime = NOW, counted: Collection[date] = ()) -> set[datetime]:
    """Return which of these moments are kept, each of a text of its own."""
    seen = {at.isoformat(): [at] for at in moments}
    gone = outgrown(seen, now, counted, day_of)
    return {at for at in moments if at.isoformat() not in gone}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@each(
    ("moments", "expected"),
    [
        ([], []),
        (["2001-01-01T00:00"], [0]),
        # All of 48 hours, to the second.
        (["2026-11-25T12:00", "2026-11-25T11:59", "2026-11-23T12:00", "2026-11-23T11:59"], [0, 1, 2]),
        # The last of each day for 30 days; the reader's days, not those of UTC.
        (["2026-11-10T23:59", "2026-11-10T07:00", "2026-11-09T23:00"], [0, 2]),
        (["2026-11-10T08:30", "2026-11-10T07:30"], [0]),
        (["2026-10-28T09:00", "2026-10-27T09:00", "2026-10-27T08:00"], [0, 1]),
        # From then on weeks, from Monday.
        (["2026-10-25T09:00", "2026-10-19T09:00", "2026-10-18T09:00"], [0, 2]),
        (["2026-10-25T09:00", "2026-10-24T09:00", "2026-10-23T09:00", "2026-10-12T09:00"], [0, 3]),
        # A month's last is kept though its week ends in the next month.
        (["2026-07-02T09:00", "2026-06-30T09:00", "2026-06-29T09:00"], [0, 1]),
        # After a year, months.
        (["2025-11-30T09:00", "2025-11-24T09:00", "2025-11-20T09:00", "2025-11-02T09:00"], [0]),
        (["2025-12-30T09:00", "2025-12-24T09:00", "2025-12-17T09:00"], [0, 1, 2]),
        # A clock that was set back.
        (["2027-03-01T09:00", "2027-03-01T08:00", "2026-11-25T11:00"], [0, 1, 2]),
    ],
)
def test_what_is_kept(moments: list[str], expected: list[int]) -> None:
    assert kept([at(text) for text in moments]) == {at(moments[number]) for number in expected}


def test_a_day_on_which_the_paper_was_counted_is_kept_whole() -> None:
    moments = [at(f"2025-05-{day}T{hour}:00") for day in (10, 11, 12) for hour in (10, 11)]
    assert kept(moments) == {moments[-1]}
    assert kept(moments, counted=[date(2025, 5, 11)]) == {moments[2], moments[3], moments[-1]}


def test_a_text_stays_for_the_latest_of_its_moments() -> None:
    old, new = at("2025-05-10T09:00"), at("2026-11-25T09:00")
    assert outgrown({"a": [old, new], "b": [at("2025-05-11T09:00")], "c": [old]}, NOW, (), day_of) == {"c"}


MOMENTS = st.lists(
    st.integers(0, 800 * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes)), unique=True
)
DAYS = st.lists(st.integers(0, 800).map(lambda days: day_of(NOW) - timedelta(days=days)), max_size=5)


@examples(50)
@given(MOMENTS, st.lists(st.integers(0, 900), max_size=4), DAYS)
def test_how_often_one_thins_is_all_the_same(
    moments: list[datetime], thinned: list[int], counted: list[date]
) -> None:
    at_once = kept(moments, NOW + timedelta(days=1000), counted)
    left = set(moments)
    for day in sorted(thinned):
        left = kept(left, NOW + timedelta(days=day), counted)
    assert kept(left, NOW + timedelta(days=1000), counted) == at_once


@examples(50)
@given(MOMENTS, DAYS)
def test_the_last_one_stays_and_so_do_48_hours_and_counted_days(
    moments: list[datetime], counted: list[date]
) -> None:
    left = kept(moments, counted=counted)
    assert left >= {max(moments)} if moments else not left
    assert left >= {one for one in moments if NOW - one <= timedelta(hours=48) or day_of(one) in counted}
    assert len(left) <= len({(one.year, one.month) for one in moments}) + 53 + 31 + sum(
        NOW - one <= timedelta(hours=48) or day_of(one) in counted for one in moments
    )


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ({}, {}, ()),
        ({"a": "1"}, {"a": "1"}, ()),
        ({"a": "1", "b": "2"}, {"b": "3", "a": "1"}, ("b",)),
        ({"a": "1", "b": "2"}, {"c": "3", "b": "2"}, ("c", "a")),
        ({"": "1"}, {"": "2"}, ("",)),
    ],
)
def test_changed_sections(before: dict[str, str], after: dict[str, str], changed: tuple[str, ...]) -> None:
    assert changed_sections(before, after) == changed


@each(
    ("verb", "program", "restored", "by"),
    [
        ("note", "tui", False, "editor"),
        ("note", "cli", False, "command"),
        ("note", "outside", False, "outside"),
        ("note", "tui", True, "restore"),
        ("undo", "tui", False, "undo"),
        ("redo", "cli", False, "redo"),
        ("note", "schema-2", False, "earlier"),
        ("note", "something new", False, "earlier"),
        (None, None, False, "earlier"),
    ],
)
def test_by_whom(verb: str | None, program: str | None, restored: bool, by: str) -> None:
    assert made_by(verb, program, restored=restored) == by

"""Papers along a scale of years, as their years say, whatever is missing or does not fit."""

import pytest

from papertrail.domain.lineages.map.years import (
    Stretch,
    gaps_on_scale,
    rows_on_scale,
    stretches_of,
    years_on_scale,
)


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ({"a": 2013, "b": 2014, "c": 2015}, {"a": 2013, "b": 2014, "c": 2015}),
        ({"a": 2013, "b": None, "c": 2015}, {"a": 2013, "b": 2013, "c": 2015}),
        ({"a": None, "b": None, "c": 2015}, {"a": 2015, "b": 2015, "c": 2015}),
        ({"a": 2013, "b": 2010, "c": 2011}, {"a": 2013, "b": 2013, "c": 2013}),
        ({"a": None, "b": None, "c": None}, {"a": 0, "b": 0, "c": 0}),
    ],
)
def test_none_stands_before_what_it_builds_on(years: dict[str, int | None], expected: dict[str, int]) -> None:
    assert years_on_scale({"c": ["b"], "a": [], "b": ["a"]}, years) == expected


def test_one_without_a_year_stands_with_the_first_that_builds_on_it() -> None:
    parents: dict[str, list[str]] = {"a": [], "b": ["a"], "c": ["a"], "d": []}
    assert years_on_scale(parents, {"a": None, "b": 2016, "c": 2014, "d": None})["a"] == 2014


def test_a_year_that_follows_from_another_tells_of_those_beside_it_too() -> None:
    """`child` stands with `old`, of whose year its other child tells; so `other` cannot stand below it."""
    parents: dict[str, list[str]] = {"old": [], "other": [], "child": ["old", "other"], "dated": ["old"]}
    years = years_on_scale(parents, {"old": None, "other": None, "child": None, "dated": 1950})
    assert years == dict.fromkeys(parents, 1950)


def test_a_scale_has_the_rows_each_year_needs_and_what_lies_between() -> None:
    scale = stretches_of({2015: 2, 1951: 1, 2013: 1, 0: 3})
    assert scale == [
        Stretch(1951, 1),
        Stretch(None, 0, 61),
        Stretch(2013, 1),
        Stretch(None, 0, 1),
        Stretch(2015, 2),
        Stretch(0, 3),
    ]
    assert rows_on_scale(scale) == {1951: 0, 2013: 1, 2015: 2, 0: 4}
    assert [(gap.empty, after.year) for gap, after in gaps_on_scale(scale)] == [(61, 2013), (1, 2015)]

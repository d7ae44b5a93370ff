"""Maps of lineages: every paper once, parents above children, and lines that can be told apart."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.lineages.map import MapLayout, lay_out, lay_out_by_year
from papertrail.domain.lineages.map import packing as packing_module
from tests.cases import each
from tests.domain.lineages.map.checks import calls, check_drawing, check_layout, check_scale
from tests.domain.lineages.map.graphs import (
    LINEAGES,
    Case,
    case,
    large_cases,
    links_of,
    paper,
    random_case,
    seeded,
    small_cases,
)
from tests.examples import examples

TOLD = "Shares the features of all boxes instead of working them out for each."
WIDTHS = st.sampled_from([None, 1, 30, 80, 140])


def check_by_year(drawn: Case, width: int | None) -> MapLayout:
    """Check a map along a scale of years as any other, and the scale."""
    papers, links = drawn
    layout = lay_out_by_year(
        papers, links, width=width, edge_texts={(c, p): TOLD for c in links for p in links[c]}
    )
    assert list(layout.boxes) == [shown.key for shown in papers]
    check_layout(layout, links)
    check_drawing(layout, links)
    check_scale(layout)
    return layout


def check(drawn: Case, width: int | None) -> MapLayout:
    papers, links = drawn
    layout = lay_out(papers, links, width=width)
    assert list(layout.boxes) == [shown.key for shown in papers]
    check_layout(layout, links)
    check_drawing(layout, links)
    return layout


@given(small_cases(), WIDTHS)
@examples(50)
def test_any_few_papers(drawn: Case, width: int | None) -> None:
    check(drawn, width)


@given(large_cases(), WIDTHS)
@examples(4)
def test_many_papers(drawn: Case, width: int | None) -> None:
    check(drawn, width)


@given(small_cases(), WIDTHS)
@examples(50)
def test_any_few_papers_by_year(drawn: Case, width: int | None) -> None:
    check_by_year(drawn, width)


@given(large_cases(120), WIDTHS)
@examples(4)
def test_many_papers_by_year(drawn: Case, width: int | None) -> None:
    check_by_year(drawn, width)


@pytest.mark.parametrize("width", [80, 140])
@pytest.mark.parametrize("lineage", LINEAGES)
def test_every_seeded_lineage_fits_the_width(lineage: str, width: int) -> None:
    assert check(seeded(lineage), width).width <= width


@each("lineage", LINEAGES)
def test_every_seeded_lineage_by_year(lineage: str) -> None:
    assert check_by_year(seeded(lineage), 100).width <= 100


@each("lineage", LINEAGES)
def test_every_seeded_lineage_with_all_its_neighbours(lineage: str) -> None:
    assert check(seeded(lineage, children_elsewhere=True), 80).width <= 80


def test_all_seeds_at_once() -> None:
    layout = check(seeded(None), 140)
    assert len(layout.boxes) == 198


def test_the_same_papers_give_the_same_map() -> None:
    papers, links = random_case(7, 60, 1.5)
    first, second = (lay_out(papers, links, width=100) for _ in range(2))
    assert (first.boxes, first.routes) == (second.boxes, second.routes)


def test_a_change_of_status_moves_nothing() -> None:
    papers, links = seeded("ResNet")
    unread = [paper(shown.key, shown.year, shown.lineage) for shown in papers]
    was, now = (lay_out(some, links, width=80) for some in (papers, unread))
    assert was.routes == now.routes
    assert [(box.x, box.y) for box in was.boxes.values()] == [(box.x, box.y) for box in now.boxes.values()]


def test_no_papers() -> None:
    layout = lay_out([], {}, width=80)
    assert (layout.width, layout.height, layout.boxes, layout.routes) == (0, 0, {}, {})


def test_papers_without_links_stand_in_reading_order_below() -> None:
    papers, links = case("b>a")
    loose = [paper(f"loose-{number}") for number in range(9)]
    layout = check(([*loose[:4], *papers, *loose[4:]], links), 60)
    places = [(layout.boxes[shown.key].y, layout.boxes[shown.key].x) for shown in loose]
    assert places == sorted(places)
    assert min(places)[0] > layout.boxes["b"].bottom - 1
    columns = {x for _, x in places}
    assert len(columns) == 3, "they stand in columns"


def test_small_groups_stand_beside_each_other() -> None:
    layout = check(case("b>a", "d>c"), 80)
    assert layout.boxes["a"].y == layout.boxes["c"].y
    assert layout.boxes["b"].y == layout.boxes["d"].y
    assert layout.boxes["c"].x == layout.boxes["a"].right + 4


def test_a_wide_row_is_wrapped() -> None:
    family = case(*(f"a-child-with-a-name-{number}>parent" for number in range(9)))
    assert check(family, 80).width <= 80
    wide = check(family, None)
    assert len({wide.boxes[key].y for key in wide.children["parent"]}) == 1


def test_a_chain_is_straight() -> None:
    layout = check(case("b>a", "longer-name>b", "d>longer-name"), 80)
    assert all(len({x for x, _ in route.corners}) == 1 for route in layout.routes.values())


def test_links_to_papers_not_given_and_circles_are_left_out() -> None:
    papers = [paper(key) for key in "abc"]
    links = links_of(["a>c", "b>a,b,b,gone", "c>b", "gone>a"])
    layout = lay_out(papers, links, width=80)
    assert len(layout.routes) == 2
    check_layout(layout, {child: [parent] for child, parent in layout.routes})


def test_many_parents_arrive_side_by_side() -> None:
    layout = check(case(*(f"child>{','.join(f'p{number}' for number in range(25))}".split())), 80)
    arrivals = sorted(route.corners[-1][0] for route in layout.routes.values())
    assert all(after - before >= 2 for before, after in pairwise(arrivals))


def test_a_parent_needed_late_stands_near_its_child() -> None:
    layout = check(case("b>a", "c>b", "d>c", "e>d,late"), 80)
    assert layout.boxes["late"].bottom == layout.boxes["d"].bottom


@pytest.mark.parametrize("size", [2, 3, 5])
def test_many_small_groups_are_packed_in_no_more_looks_than_there_are_columns(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looks at places and at what is taken: their number grows as the number of groups does."""
    looks = 0
    free_row = packing_module.free_row

    def counted(skyline: Sequence[tuple[int, int]], first: int, width: int) -> int:
        nonlocal looks
        looks += len(skyline)
        return free_row(skyline, first, width)

    monkeypatch.setattr(packing_module, "free_row", counted)
    groups = 200
    papers = [paper(f"p{number}") for number in range(groups * size)]
    links = {f"p{n}": [f"p{n - 1 - n % size % 2}"] for n in range(groups * size) if n % size > 1}
    links |= {f"p{n}": [f"p{n - 1}"] for n in range(groups * size) if n % size == 1}
    check((papers, links), 100)
    most = 100 // 8 + 2  # stretches: boxes are wider than that
    assert 0 < looks <= groups * most**2


def many(shape: str, size: int) -> Case:
    """Return a trail of one shape with so many papers."""
    half = size // 2
    parent: Callable[[int], int | None] = {
        "pairs": lambda n: n - 1 if n % 2 else None,
        "triples": lambda n: n - 1 if n % 3 else None,
        "loose papers": lambda n: None,
        "loose papers and pairs": lambda n: n - 1 if n < half and n % 2 else None,
        "chains of 20": lambda n: n - 1 if n % 20 else None,
        "one chain": lambda n: n - 1 if n else None,
        "one star": lambda n: 0 if n else None,
        "a star and pairs": lambda n: 0 if 0 < n < half else n - 1 if n > half and n % 2 else None,
        "a star and loose papers": lambda n: 0 if 0 < n < half else None,
    }[shape]
    links = {f"p{n}": [f"p{above}"] for n in range(size) if (above := parent(n)) is not None}
    return [paper(f"p{n}") for n in range(size)], links


@each(
    "shape",
    [
        "pairs",
        "triples",
        "loose papers",
        "loose papers and pairs",
        "chains of 20",
        "one chain",
        "one star",
        "a star and pairs",
        "a star and loose papers",
    ],
)
def test_four_times_as_many_papers_are_about_four_times_the_work(shape: str) -> None:
    few, more = (calls(partial(lay_out, *many(shape, size), width=100)) for size in (100, 400))
    assert more / few < 6


class Unwanted(Exception):
    """Nobody waits for the map any more."""


@pytest.mark.parametrize("steps", [0, 1, 5])
@pytest.mark.parametrize("shape", ["pairs", "one star"])
def test_a_layout_ends_at_the_next_step_when_it_is_not_wanted_any_more(shape: str, steps: int) -> None:
    taken = 0

    def between() -> None:
        nonlocal taken
        taken += 1
        if taken > steps:
            raise Unwanted

    with pytest.raises(Unwanted):
        lay_out(*many(shape, 30), width=100, between=between)
    assert taken == steps + 1

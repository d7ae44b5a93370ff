"""Walking a map with the arrow keys."""

from hypothesis import given

from papertrail.domain.lineages.map import Direction, MapLayout, lay_out, move
from tests.cases import each
from tests.domain.lineages.map.graphs import LINEAGES, Case, case, large_cases, paper, seeded, small_cases
from tests.examples import examples

DIRECTIONS: tuple[Direction, ...] = ("up", "down", "left", "right")


def walk(layout: MapLayout, start: str, *directions: Direction) -> str:
    for direction in directions:
        start = move(layout, start, direction)
    return start


def test_down_and_up_follow_the_lines() -> None:
    layout = lay_out(*case("b>a", "c>b", "d>a"), width=80)
    assert walk(layout, "c", "up", "up") == "a"
    assert walk(layout, "a", "down") in ("b", "d")
    assert walk(layout, "b", "down") == "c"


def test_left_and_right_lead_along_the_row() -> None:
    layout = lay_out(*case("b>a", "c>a", "d>a"), width=80)
    row = sorted("bcd", key=lambda key: layout.boxes[key].x)
    assert walk(layout, row[0], "right") == row[1]
    assert walk(layout, row[0], "right", "right") == row[2]
    assert walk(layout, row[2], "left") == row[1]
    assert walk(layout, row[2], "right") == row[2]
    assert walk(layout, row[0], "left") == "a"
    assert walk(layout, "a", "right") == row[0], "on to the next row, as one reads"


def test_without_a_line_down_leads_to_the_nearest_below() -> None:
    papers, links = case("b>a")
    layout = lay_out([*papers, paper("loose")], links, width=80)
    assert walk(layout, "b", "down") == "loose"
    assert walk(layout, "loose", "up") == "b"


def test_alone_every_key_stays() -> None:
    layout = lay_out([paper("a")], {}, width=80)
    assert [move(layout, "a", direction) for direction in DIRECTIONS] == ["a"] * 4


@given(small_cases())
@examples(20)
def test_moves_go_where_they_say(drawn: Case) -> None:
    layout = lay_out(*drawn, width=80)
    for key, here in layout.boxes.items():
        for direction in DIRECTIONS:
            there = layout.boxes[move(layout, key, direction)]
            if there is not here:
                moved = {
                    "up": there.bottom <= here.y,
                    "down": there.y >= here.bottom,
                    "left": there.middle < here.middle or there.y < here.y,
                    "right": there.middle > here.middle or there.y > here.y,
                }
                assert moved[direction]


@examples(5)
@given(large_cases())
def test_left_and_right_pass_every_paper_and_undo_each_other(drawn: Case) -> None:
    layout = lay_out(*drawn, width=100)
    first = next(iter(layout.boxes))
    ways: tuple[tuple[Direction, Direction], ...] = (("left", "right"), ("right", "left"))
    for direction, back in ways:
        way = [first]
        while (there := move(layout, way[-1], direction)) != way[-1]:
            assert move(layout, there, back) == way[-1]
            way.append(there)
        first = way[-1]
    assert sorted(way) == sorted(layout.boxes)


@each("lineage", [*LINEAGES, None])
def test_every_paper_can_be_reached(lineage: str | None) -> None:
    layout = lay_out(*seeded(lineage), width=80)
    start = next(iter(layout.boxes))
    reached = {start}
    ways = [start]
    for key in ways:
        for direction in DIRECTIONS:
            if (there := move(layout, key, direction)) not in reached:
                reached.add(there)
                ways.append(there)
    assert reached == set(layout.boxes)

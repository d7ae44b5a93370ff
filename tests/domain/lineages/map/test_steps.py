"""The steps of the layout, each by itself: rows, columns, and the channels between rows."""

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.lineages.map.graph import GAP, Graph, make_grid
from papertrail.domain.lineages.map.layering import row_choices
from papertrail.domain.lineages.map.ordering import count_crossings, order_choices
from papertrail.domain.lineages.map.placing import place_columns, pool
from papertrail.domain.lineages.map.routing import Wire, route_channel
from tests.examples import examples


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    size = draw(st.integers(1, 25))
    parents = [
        sorted(draw(st.sets(st.integers(0, child - 1), max_size=4))) if child else [] for child in range(size)
    ]
    children: list[list[int]] = [[] for _ in range(size)]
    for child, some in enumerate(parents):
        for parent in some:
            children[parent].append(child)
    widths = draw(st.lists(st.integers(12, 30), min_size=size, max_size=size))
    return Graph(parents, children, widths, [2000 + number for number in range(size)])


ROOMS = st.none() | st.integers(10, 120)


@examples(10)
@given(graphs(), ROOMS)
def test_parents_stand_in_higher_rows(graph: Graph, room: int | None) -> None:
    choices = row_choices(graph, room)
    assert choices
    for rows in choices:
        assert set(rows) == set(range(max(rows) + 1)), "no row is empty"
        for child, some in enumerate(graph.parents):
            assert all(rows[parent] < rows[child] for parent in some)


def test_a_row_is_not_wider_than_the_room() -> None:
    nobody: list[list[int]] = [[] for _ in range(7)]
    rows = row_choices(
        Graph([[], *([0] for _ in range(6))], [[1, 2, 3, 4, 5, 6], *nobody[1:]], [20] * 7, [0] * 7), 50
    )
    assert all(row.count(number) <= 2 for row in rows for number in row)


@examples(10)
@given(graphs(), ROOMS)
def test_things_of_a_row_stand_apart_and_in_order(graph: Graph, room: int | None) -> None:
    grid = make_grid(graph, row_choices(graph, room)[0])
    for order in order_choices(grid):
        left = place_columns(grid, order, room)
        assert sorted(v for row in order for v in row) == list(range(len(grid.rows)))
        assert min(left) == 0
        for row in order:
            for before, after in pairwise(row):
                boxes = before < graph.size and after < graph.size
                width = graph.widths[before] if before < graph.size else 1
                assert left[after] >= left[before] + width + (GAP if boxes else 1)


def test_the_order_takes_crossings_away() -> None:
    parents = [[], [], [1], [0]]
    grid = make_grid(Graph(parents, [[3], [2], [], []], [12] * 4, [0] * 4), [0, 0, 1, 1])
    assert count_crossings(grid, [[0, 1], [2, 3]]) == 1
    assert [count_crossings(grid, order) for order in order_choices(grid)] == [0]


@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(1, 9)), min_size=1, max_size=12))
def test_pooled_numbers_never_fall_and_keep_the_mean(wishes: list[tuple[int, int]]) -> None:
    wanted, weights = zip(*wishes, strict=True)
    best = pool(wanted, weights)
    assert best == sorted(best)
    moment = sum(value * weight for value, weight in zip(best, weights, strict=True))
    assert abs(moment - sum(want * weight for want, weight in wishes)) < 1e-6


@st.composite
def channels(draw: st.DrawFn) -> list[Wire]:
    """Wires in few columns, so that many come down where others go on."""
    count = draw(st.integers(1, 7))
    columns = st.integers(0, 16)
    tops = draw(st.lists(columns, min_size=count, max_size=count, unique=True))
    owners = draw(st.dictionaries(columns, st.integers(0, count - 1), min_size=1))
    bottoms: list[list[int]] = [[] for _ in range(count)]
    for column in sorted(owners):
        bottoms[owners[column]].append(column)
    return [Wire(top, some, []) for top, some in zip(tops, bottoms, strict=True) if some]


@examples(60)
@given(channels())
def test_wires_of_a_channel_only_cross(wires: list[Wire]) -> None:
    tracks = route_channel(wires)
    across: list[tuple[int, int, int, int]] = []
    along: list[tuple[int, int, int, int]] = []
    for number, wire in enumerate(wires):
        column, above = wire.top, -1
        for place, (track, to) in enumerate(wire.bends):
            assert above < track < tracks
            ends = wire.bottoms if place + 1 == len(wire.bends) else [to]
            across.append((number, track, min(column, *ends), max(column, *ends)))
            along.append((number, column, above, track))
            column, above = to, track
        along += [(number, x, above, tracks) for x in wire.bottoms]
        assert wire.bends or wire.bottoms == [wire.top]
    for (one, track, low, high), (other, other_track, other_low, other_high) in combinations(across, 2):
        apart = high + 1 < other_low or other_high + 1 < low
        assert one == other or track != other_track or apart, "two lie on one track"
    for (one, column, top, end), (other, other_column, other_top, other_end) in combinations(along, 2):
        assert one == other or column != other_column or end < other_top or other_end < top, "one column"

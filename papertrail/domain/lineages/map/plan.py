"""One way to draw papers that hang together, and how good it is; the best of several is kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from papertrail.domain.lineages.map.graph import Graph, Grid, make_grid
from papertrail.domain.lineages.map.layering import MANY, row_choices
from papertrail.domain.lineages.map.ordering import exchange_gain, order_choices
from papertrail.domain.lineages.map.placing import place_columns
from papertrail.domain.lineages.map.ports import Ports, choose_ports
from papertrail.domain.lineages.map.routing import Wire, route_channel

# What makes a picture worse, each time: a row of papers, a row of lines, a column beyond the room, two lines
# that cross, a corner, a cell of a line across, and two lines side by side without a blank between.
_ROW_COST, _TRACK_COST, _OVERFLOW_COST = 48.0, 12.0, 200.0
_CROSSING_COST, _CORNER_COST, _CELL_COST, _TOUCH_COST = 5.0, 2.0, 0.1, 4.0
_EFFORT = 2500
"""How many papers and passing lines may be placed in search of a better plan, those of all plans together."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Rows, columns and lines of papers that hang together.

    Attributes:
        rows: what stands in each row, from left to right.
        left: the left column of each paper and passing line.
        channels: for each row the wires that leave it, by what they leave.
        tracks: how many the wires below each row take.
        width: columns of the whole, lines beside the boxes included.
        cost: how bad it looks; only good to compare plans of the same papers.
    """

    grid: Grid
    rows: Sequence[Sequence[int]]
    left: Sequence[int]
    ports: Ports
    channels: Sequence[dict[int, Wire]]
    tracks: Sequence[int]
    width: int
    cost: float

    def end_of(self, v: int, d: int) -> int:
        """Return the column in which the line from `v` meets `d` in the row below."""
        return self.ports.arriving[d][v] if d < self.grid.graph.size else self.left[d]


def best_plan(graph: Graph, room: int | None, between: Callable[[], None], *, in_haste: bool = False) -> Plan:
    """Return the best of several plans.

    Args:
        graph: papers and links.
        room: columns to keep to if it can be done.
        between: called before each plan; what it raises ends the search.
        in_haste: whether the first good one will do.
    """
    choices = row_choices(graph, room, in_haste=in_haste)
    return _best(graph, choices, room, between, effort=0 if in_haste else _EFFORT)


def plan_in_rows(
    graph: Graph, rows: Sequence[int], between: Callable[[], None], room: int | None = None
) -> Plan:
    """Return the best of several plans in which each paper stands in the row given for it."""
    return _best(graph, [rows], room, between)


def _best(
    graph: Graph,
    choices: Sequence[Sequence[int]],
    room: int | None,
    between: Callable[[], None],
    effort: int = _EFFORT,
) -> Plan:
    between()
    plans: list[Plan] = []
    for rows in choices:
        grid = make_grid(graph, rows)
        for order in order_choices(grid):
            if not plans or effort > 0:
                between()
                plans.append(make_plan(grid, order, room))
                effort -= len(grid.rows)
    best = min(plans, key=lambda plan: plan.cost)
    return best if graph.size > MANY else _exchanged(best, room, effort, between)


def _exchanged(plan: Plan, room: int | None, effort: int, between: Callable[[], None]) -> Plan:
    """Return the plan after exchanging neighbours wherever the picture gets better by it."""
    for number, row in enumerate(plan.rows):
        for index in range(len(row) - 1):
            if effort > 0 and exchange_gain(plan.grid, plan.rows, number, index) >= -1:
                between()
                rows = [list(other) for other in plan.rows]
                rows[number][index : index + 2] = reversed(rows[number][index : index + 2])
                plan = min(plan, make_plan(plan.grid, rows, room), key=lambda plan: plan.cost)
                effort -= len(plan.grid.rows)
    return plan


def make_plan(grid: Grid, rows: Sequence[Sequence[int]], room: int | None) -> Plan:
    """Return the plan with these rows in this order."""
    left = place_columns(grid, rows, room)
    ports = choose_ports(grid, left)
    size = grid.graph.size
    channels: list[dict[int, Wire]] = []
    tracks: list[int] = []
    for row in rows:
        wires = {}
        for v in row:
            if grid.downs[v]:
                ends = [ports.arriving[d][v] if d < size else left[d] for d in grid.downs[v]]
                wires[v] = Wire(ports.leaving[v], sorted(ends), [])
        tracks.append(route_channel(list(wires.values())))
        channels.append(wires)
    width = max(left[v] + (grid.graph.widths[v] if v < size else 1) for v in range(len(left)))
    detours = [column + 1 for wires in channels for wire in wires.values() for _, column in wire.bends]
    width = max(width, *detours, 0)
    cost = _ROW_COST * len(rows) + _TRACK_COST * sum(max(count, 1) for count in tracks)
    cost += sum(_cost_of_wires(list(wires.values())) for wires in channels)
    if room is not None:
        cost += _OVERFLOW_COST * max(width - room, 0)
    return Plan(grid, rows, left, ports, channels, tracks, width, cost)


def _cost_of_wires(wires: Sequence[Wire]) -> float:
    """Return how bad the lines of one channel look."""
    cost = 0.0
    lines: list[tuple[int, int, int]] = []
    for wire in wires:
        at = wire.top
        for index, (track, column) in enumerate(wire.bends):
            ends = wire.bottoms if index + 1 == len(wire.bends) else (column,)
            low, high = min(at, *ends), max(at, *ends)
            cost += _CORNER_COST * (len(ends) + 1) + _CELL_COST * (high - low)
            lines.append((track, low, high))
            at = column
    for wire in wires:
        first = wire.bends[0][0] if wire.bends else 1 << 20
        last = wire.bends[-1][0] if wire.bends else -1
        for track, low, high in lines:
            cost += _CROSSING_COST * (track < first and low < wire.top < high)
            if track > last and wire.bends:
                cost += _CROSSING_COST * sum(low < x < high for x in wire.bottoms)
    columns = {x: wire.top for wire in wires for x in (wire.top, *wire.bottoms)}
    return cost + _TOUCH_COST * sum(columns.get(x + 1, top) != top for x, top in columns.items())

"""The whole map along a scale of years: each paper in a row of its year, the years at the left."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from papertrail.domain.lineages.map.contents import size_of
from papertrail.domain.lineages.map.graph import Graph
from papertrail.domain.lineages.map.layering import MANY
from papertrail.domain.lineages.map.layout import COLUMNS_A_PAPER, WIDEST, joined, parents_on
from papertrail.domain.lineages.map.parts import Link, MapLayout, Picture
from papertrail.domain.lineages.map.plan import Plan, plan_in_rows
from papertrail.domain.lineages.map.ports import width_for_ports
from papertrail.domain.lineages.map.tracing import trace
from papertrail.domain.lineages.map.years import (
    Stretch,
    gaps_on_scale,
    needed_rows,
    rows_on_scale,
    steps_in_years,
    stretches_of,
    years_on_scale,
)
from papertrail.domain.lineages.mapped import MapPaper

_USUAL_WIDTH = 80
_UNKNOWN = "no year"
_LINE, _TICK, _TORN, _APART = " │", " ┤", " ┊", " "  # beside the years
_MOST_EMPTY = 3  # years without papers that are told apart
_SHARES = (100, 88, 76)
"""Percent of the room that boxes may fill: the rest is for lines that pass them."""


def lay_out_by_year(
    papers: Sequence[MapPaper],
    links: Mapping[str, Sequence[str]],
    *,
    width: int | None,
    edge_texts: Mapping[Link, str] | None = None,
    between: Callable[[], None] = lambda: None,
) -> MapLayout:
    """Place papers in rows by their years; see `lay_out`.

    No paper stands above one it builds on: where the years say so it stands by that one's year.
    """
    by_key = {paper.key: paper for paper in papers}
    parents = parents_on(by_key, links)
    children: dict[str, list[str]] = {key: [] for key in by_key}
    for child, some in parents.items():
        for parent in some:
            children[parent].append(child)
    if not papers:
        return joined([(Picture(0, 0, (), (), ()), 0, 0)], parents, children)
    graph = _graph_of(papers, parents, children)
    lead = (len(_UNKNOWN) if 0 in graph.years else 4) + len(_LINE) + 1
    room = max((width or _USUAL_WIDTH) - lead, 1)
    linked = sum(bool(parents[key] or children[key]) for key in by_key)
    if linked > MANY:
        room = max(room, min(COLUMNS_A_PAPER * linked, WIDEST))
    stretches, plan = _planned(graph, room, between)
    first_rows = rows_on_scale(stretches)
    apart = {
        first_rows[after.year or 0]: gap.empty if gap.empty <= _MOST_EMPTY else 1
        for gap, after in gaps_on_scale(stretches)
    }
    picture = trace(plan, papers, edge_texts or {}, None if width is None else room, apart)
    layout = joined([(picture, lead, 0)], parents, children)
    bottoms = {plan.grid.rows[v]: layout.boxes[paper.key].bottom for v, paper in enumerate(papers)}
    scale = dict(_scale(stretches, [bottoms[row] for row in sorted(bottoms)], apart, lead - 1))
    return replace(layout, scale=scale)


def _graph_of(
    papers: Sequence[MapPaper], parents: Mapping[str, Sequence[str]], children: Mapping[str, Sequence[str]]
) -> Graph:
    number = {paper.key: place for place, paper in enumerate(papers)}
    years = years_on_scale(parents, {paper.key: paper.year for paper in papers})
    return Graph(
        [[number[key] for key in parents[paper.key]] for paper in papers],
        [[number[key] for key in children[paper.key]] for paper in papers],
        [max(size_of(paper)[0], width_for_ports(len(parents[paper.key]))) for paper in papers],
        [years[paper.key] for paper in papers],
    )


def _planned(graph: Graph, room: int, between: Callable[[], None]) -> tuple[list[Stretch], Plan]:
    """Return the scale and the plan that fits the room, if one does: the rows of a year hold less if not."""
    best: tuple[list[Stretch], Plan] | None = None
    for share in _SHARES if graph.size <= MANY else _SHARES[-1:]:
        (steps,) = steps_in_years([graph], room * share // 100)
        stretches = stretches_of(needed_rows([graph], [steps]))
        first_rows = rows_on_scale(stretches)
        rows = [first_rows[year] + step for year, step in zip(graph.years, steps, strict=True)]
        plan = plan_in_rows(graph, rows, between, room)
        if best is None or plan.cost < best[1].cost:
            best = stretches, plan
        if plan.width <= room:
            break
    assert best is not None
    return best


def _scale(
    stretches: Sequence[Stretch], bottoms: Sequence[int], apart: Mapping[int, int], width: int
) -> Iterator[tuple[int, str]]:
    """Yield what stands at the left of rows of cells, in so many cells.

    Args:
        stretches: the scale.
        bottoms: for each row of papers the first row of cells below its boxes.
        apart: rows of cells that years without papers take above a row of papers, right below the row before.
        width: cells.
    """
    firsts = list(accumulate((stretch.rows for stretch in stretches), initial=0))
    named = {
        bottoms[first] - 2: stretch.year
        for stretch, first in zip(stretches, firsts, strict=False)
        if stretch.year is not None
    }
    empty: dict[int, str] = {}
    for (gap, _), row in zip(gaps_on_scale(stretches), apart, strict=True):
        sign = _TICK if gap.empty <= _MOST_EMPTY else _TORN
        empty |= {bottoms[row - 1] + step: sign for step in range(apart[row])}
    dated = [y for y, year in named.items() if year]
    last = bottoms[sum(stretch.rows for stretch in stretches if stretch.year) - 1] - 2
    for y in range(max([*named, last]) + 1):
        is_on = bool(dated) and min(dated) <= y <= last
        year = named.get(y)
        if year is not None:
            yield y, f"{year or _UNKNOWN}{_TICK if year else _APART}".rjust(width)
        elif is_on:
            yield y, empty.get(y, _LINE).rjust(width)

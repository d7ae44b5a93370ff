"""A scale of years: which row each paper stands in when its year says it, and what the scale shows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from papertrail.domain.lineages.map.graph import GAP, Graph
from papertrail.domain.lineages.map.layering import top_down


def years_on_scale(parents: Mapping[str, Sequence[str]], years: Mapping[str, int | None]) -> dict[str, int]:
    """Return the year by which each paper stands on the scale; 0 where there is nothing to tell it by.

    That is its own, but never before that of a paper it builds on. One without a year stands with what it
    builds on, or with the first that builds on it.

    Args:
        parents: for each key the keys it builds on, without circles.
        years: of each paper.
    """
    order = _parents_first(parents)
    found = {key: years[key] or 0 for key in order}
    is_new = True  # that a year is known; another may follow from it
    while is_new:
        is_new = False
        for key in order:
            found[key] = max([found[key], *(found[parent] for parent in parents[key])])
        earliest: dict[str, int] = {}
        for key in reversed(order):
            if not found[key] and key in earliest:
                found[key], is_new = earliest[key], True
            if found[key]:
                for parent in parents[key]:
                    earliest[parent] = min(earliest.get(parent, found[key]), found[key])
    return found


def _parents_first(parents: Mapping[str, Sequence[str]]) -> list[str]:
    keys = list(parents)
    number = {key: place for place, key in enumerate(keys)}
    ups = [[number[parent] for parent in parents[key]] for key in keys]
    downs: list[list[int]] = [[] for _ in keys]
    for child, some in enumerate(ups):
        for parent in some:
            downs[parent].append(child)
    return [keys[v] for v in top_down(Graph(ups, downs, [], []))]


def steps_in_years(graphs: Sequence[Graph], room: int) -> list[list[int]]:
    """Return for each paper its step within its year: below what it builds on, and no row wider than `room`.

    Args:
        graphs: families side by side, with the years on the scale.
        room: columns of a row, those of all families together.
    """
    used: dict[tuple[int, int], int] = {}
    steps = []
    for graph in graphs:
        step = [0] * graph.size
        for v in sorted(top_down(graph), key=lambda v: graph.years[v] or 9999):
            above = [step[p] + 1 for p in graph.parents[v] if graph.years[p] == graph.years[v]]
            at = max(above, default=0)
            wide = graph.widths[v] + GAP
            while used.get((graph.years[v], at), 0) + wide > room and used.get((graph.years[v], at), 0):
                at += 1
            step[v] = at
            used[graph.years[v], at] = used.get((graph.years[v], at), 0) + wide
        steps.append(step)
    return steps


def needed_rows(graphs: Sequence[Graph], steps: Sequence[Sequence[int]]) -> dict[int, int]:
    """Return how many rows each year needs for papers at these steps."""
    needed: dict[int, int] = {}
    for graph, some in zip(graphs, steps, strict=True):
        for year, step in zip(graph.years, some, strict=True):
            needed[year] = max(needed.get(year, 0), step + 1)
    return needed


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the scale.

    Attributes:
        year: 0 for papers without one; None for years in which there are none.
        rows: how many rows of papers it has.
        empty: how many years without papers it stands for.
    """

    year: int | None
    rows: int
    empty: int = 0


def stretches_of(steps: Mapping[int, int]) -> list[Stretch]:
    """Return the scale from above, where so many rows are needed for each year; last what has none."""
    years = sorted(year for year in steps if year)
    found: list[Stretch] = []
    for before, year in zip([None, *years], years, strict=False):
        if before is not None and year - before > 1:
            found.append(Stretch(None, 0, year - before - 1))
        found.append(Stretch(year, steps[year]))
    return [*found, Stretch(0, steps[0])] if 0 in steps else found


def rows_on_scale(stretches: Sequence[Stretch]) -> dict[int, int]:
    """Return the first row of papers of each year on a scale."""
    first_rows: dict[int, int] = {}
    row = 0
    for stretch in stretches:
        if stretch.year is not None:
            first_rows[stretch.year] = row
            row += stretch.rows
    return first_rows


def gaps_on_scale(stretches: Sequence[Stretch]) -> Iterator[tuple[Stretch, Stretch]]:
    """Yield the years without papers, with the year after them."""
    for stretch, after in pairwise(stretches):
        if stretch.year is None:
            yield stretch, after

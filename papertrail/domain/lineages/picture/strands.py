"""From ways to what is drawn: pieces without branches, dots where lines branch, arcs where they cross."""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from papertrail.domain.lineages.map.parts import Link, corners_of
from papertrail.domain.lineages.picture.parts import Dot, Point, Route, Strand


def strands_of(routes: Iterable[Route], is_dimmed: Callable[[Link], bool]) -> tuple[list[Strand], list[Dot]]:
    """Return the pieces of all lines, and where they branch.

    Args:
        routes: those of one parent begin in one point and never meet again once they have parted.
        is_dimmed: whether a link has an end in another lineage.
    """
    by_parent: dict[str, list[Route]] = defaultdict(list)
    for route in routes:
        by_parent[route.link[1]].append(route)
    strands: list[Strand] = []
    dots: list[Dot] = []
    for some in by_parent.values():
        _part(some, is_dimmed, strands, dots)
    return _bridged(strands), dots


def _part(
    routes: Sequence[Route], is_dimmed: Callable[[Link], bool], strands: list[Strand], dots: list[Dot]
) -> None:
    """Take the lines of one paper apart where they branch."""
    columns: dict[float, list[float]] = defaultdict(list)
    rows: dict[float, list[float]] = defaultdict(list)
    for x, y in {corner for route in routes for corner in route.corners}:
        insort(columns[x], y)
        insort(rows[y], x)
    following: dict[Point, dict[Point, list[Link]]] = defaultdict(dict)
    for route in routes:
        for before, after in pairwise(_all_points(route.corners, columns, rows)):
            following[before].setdefault(after, []).append(route.link)
    start = routes[0].corners[0]
    ways = [(start, after) for after in following[start]]
    while ways:
        before, after = ways.pop()
        links = following[before][after]
        way = [before, after]
        while len(following.get(after, ())) == 1:
            after = next(iter(following[after]))
            way.append(after)
        strands.append(Strand(tuple(links), corners_of(way), dimmed=all(map(is_dimmed, links))))
        if after in following:
            dots.append(Dot(after, strands[-1].dimmed))
            ways += [(after, further) for further in following[after]]


def _all_points(
    corners: Sequence[Point], columns: Mapping[float, Sequence[float]], rows: Mapping[float, Sequence[float]]
) -> list[Point]:
    """Return the points of a way, with those where another one of the same paper turns off."""
    points = [corners[0]]
    for (x, y), (to_x, to_y) in pairwise(corners):
        if x == to_x:
            between = columns[x]
            points += [(x, at) for at in between[bisect_right(between, y) : bisect_left(between, to_y)]]
        else:
            between = rows[y]
            low, high = min(x, to_x), max(x, to_x)
            some = [(at, y) for at in between[bisect_right(between, low) : bisect_left(between, high)]]
            points += some if to_x > x else reversed(some)
        points.append((to_x, to_y))
    return points


def _bridged(strands: Sequence[Strand]) -> list[Strand]:
    """Return the pieces with arcs on the level ones where they cross lines of other papers."""
    level: list[tuple[float, int, float, float]] = []
    begins: list[tuple[float, float, str]] = []
    ends: list[tuple[float, float, str]] = []
    for number, strand in enumerate(strands):
        parent = strand.links[0][1]
        for (x, y), (to_x, to_y) in pairwise(strand.corners):
            if y == to_y:
                level.append((y, number, min(x, to_x), max(x, to_x)))
            else:
                begins.append((min(y, to_y), x, parent))
                ends.append((max(y, to_y), x, parent))
    begins.sort()
    ends.sort()
    hops: dict[int, list[Point]] = defaultdict(list)
    upright: list[tuple[float, str]] = []  # the pieces that go down at the height in hand
    begun = ended = 0
    for y, number, low, high in sorted(level):
        while begun < len(begins) and begins[begun][0] < y:
            insort(upright, begins[begun][1:])
            begun += 1
        while ended < len(ends) and ends[ended][0] <= y:
            del upright[bisect_left(upright, ends[ended][1:])]
            ended += 1
        parent = strands[number].links[0][1]
        for x, other in upright[bisect_left(upright, (low, "")) : bisect_right(upright, (high, ""))]:
            if other != parent and low < x < high:
                hops[number].append((x, y))
    return [
        replace(strand, hops=tuple(hops[number])) if number in hops else strand
        for number, strand in enumerate(strands)
    ]

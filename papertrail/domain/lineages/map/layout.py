"""The whole map: papers that hang together as pictures, side by side where they fit, and the others below."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from papertrail.domain.lineages.lineage import find_cycle
from papertrail.domain.lineages.map.contents import is_framed, size_of
from papertrail.domain.lineages.map.graph import GAP, Graph
from papertrail.domain.lineages.map.layering import MANY
from papertrail.domain.lineages.map.packing import pack
from papertrail.domain.lineages.map.parts import Box, Link, MapLayout, Picture
from papertrail.domain.lineages.map.plan import best_plan
from papertrail.domain.lineages.map.ports import width_for_ports
from papertrail.domain.lineages.map.tracing import trace
from papertrail.domain.lineages.mapped import MapPaper

_USUAL_WIDTH = 80
COLUMNS_A_PAPER = 3
"""Columns that many papers take, each, however few there are on the screen."""
_APART = 4
_RACK_ROW = 3
WIDEST = 600
"""Columns that small groups keep to, even beside a picture that needs more."""


def lay_out(
    papers: Sequence[MapPaper],
    links: Mapping[str, Sequence[str]],
    *,
    width: int | None,
    edge_texts: Mapping[Link, str] | None = None,
    between: Callable[[], None] = lambda: None,
) -> MapLayout:
    """Place papers and draw the lines between them; a paper stands above those that build on it.

    Args:
        papers: in reading order, each key once.
        links: for each key the keys it builds on; those of papers not given are left out, and so is a
            link that would close a circle.
        width: columns to keep to if it can be done; None for as many as look best.
        edge_texts: what the child of a link changed, to be written beside the line where there is room.
        between: called between the steps of the work; what it raises ends a layout nobody waits for any more.
    """
    by_key = {paper.key: paper for paper in papers}
    parents = parents_on(by_key, links)
    children: dict[str, list[str]] = {key: [] for key in by_key}
    for child, some in parents.items():
        for parent in some:
            children[parent].append(child)
    groups = groups_of(parents, children)
    pictures = [
        _draw_group([by_key[key] for key in group], parents, edge_texts or {}, width, between)
        for group in sorted(groups, key=len, reverse=True)
        if len(group) > 1
    ]
    widest = max((picture.width for picture in pictures), default=0)
    room = max(width or _USUAL_WIDTH, min(widest, WIDEST))
    placed = pack(pictures, room, apart=_APART, below=1)
    bottom = max((y + picture.height + 1 for picture, _, y in placed), default=0)
    placed.append((_rack([by_key[group[0]] for group in groups if len(group) == 1], room), 0, bottom))
    return joined(placed, parents, children)


def relabelled(layout: MapLayout, papers: Iterable[MapPaper]) -> MapLayout:
    """Return the same map with papers as they stand now; the keys, years and lineages must be the same."""
    boxes = {paper.key: replace(layout.boxes[paper.key], paper=paper) for paper in papers}
    return replace(layout, boxes={key: boxes[key] for key in layout.boxes})


def joined(
    placed: Sequence[tuple[Picture, int, int]],
    parents: Mapping[str, Sequence[str]],
    children: Mapping[str, Sequence[str]],
) -> MapLayout:
    """Return the map that several pictures make together."""
    moved = [picture.moved(x, y) for picture, x, y in placed]
    boxes = {box.paper.key: box for picture in moved for box in picture.boxes}
    return MapLayout(
        width=max(x + picture.width for picture, x, _ in placed),
        height=max((box.bottom for box in boxes.values()), default=0),
        boxes={key: boxes[key] for key in parents},
        routes={route.link: route for picture in moved for route in picture.routes},
        parents=parents,
        children=children,
        texts=[text for picture in moved for text in picture.texts],
    )


def parents_on(papers: Mapping[str, MapPaper], links: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return for each paper those on the map that it builds on, each once and without circles."""
    parents = {
        key: [p for p in dict.fromkeys(links.get(key, ())) if p in papers and p != key] for key in papers
    }
    while circle := find_cycle(parents):
        parents[circle[0]].remove(circle[1])
    return parents


def groups_of(parents: Mapping[str, Sequence[str]], children: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Return the keys that hang together, in reading order."""
    place = {key: number for number, key in enumerate(parents)}
    groups: list[list[str]] = []
    seen: set[str] = set()
    for first in parents:
        if first in seen:
            continue
        seen.add(first)
        group = [first]
        for key in group:
            fresh = [k for k in dict.fromkeys((*parents[key], *children[key])) if k not in seen]
            seen.update(fresh)
            group += fresh
        groups.append(sorted(group, key=place.__getitem__))
    return groups


def _draw_group(
    papers: Sequence[MapPaper],
    parents: Mapping[str, Sequence[str]],
    texts: Mapping[Link, str],
    width: int | None,
    between: Callable[[], None],
) -> Picture:
    """Return the picture of papers that hang together."""
    number = {paper.key: place for place, paper in enumerate(papers)}
    ups = [[number[key] for key in parents[paper.key]] for paper in papers]
    downs: list[list[int]] = [[] for _ in papers]
    for child, some in enumerate(ups):
        for parent in some:
            downs[parent].append(child)
    widths = [
        max(size_of(paper)[0], width_for_ports(len(some))) for paper, some in zip(papers, ups, strict=True)
    ]
    room = width
    if width is not None and len(papers) > MANY:
        room = max(width, COLUMNS_A_PAPER * len(papers))
    plan = best_plan(Graph(ups, downs, widths, [paper.year or 0 for paper in papers]), room, between)
    return trace(plan, papers, texts, room)


def _rack(papers: Sequence[MapPaper], room: int) -> Picture:
    """Return papers without links, row by row in reading order, in as many columns as there is room for."""
    sizes = [size_of(paper) for paper in papers]
    widths: list[int] = []
    narrowest = min((width for width, _ in sizes), default=1)
    for count in range(min(len(papers), max(room // (narrowest + GAP) + 1, 1)), 0, -1):
        widths = [max(width for width, _ in sizes[column::count]) for column in range(count)]
        if sum(widths) + GAP * (count - 1) <= room:
            break
    starts = [0, *accumulate(width + GAP for width in widths)]
    boxes = []
    for place, (paper, (width, height)) in enumerate(zip(papers, sizes, strict=True)):
        row, column = divmod(place, len(widths))
        boxes.append(
            Box(
                paper,
                starts[column],
                _RACK_ROW * (row + 1) - height,
                widths[column] if is_framed(paper) else width,
                height,
            )
        )
    right = max((box.right for box in boxes), default=0)
    return Picture(right, max((box.bottom for box in boxes), default=0), boxes, (), ())

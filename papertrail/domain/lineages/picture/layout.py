"""The whole picture: families of papers packed on a page, or side by side along a scale of years."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from papertrail.domain.lineages.map.contents import is_framed
from papertrail.domain.lineages.map.graph import GAP
from papertrail.domain.lineages.map.layout import groups_of, parents_on
from papertrail.domain.lineages.map.packing import pack
from papertrail.domain.lineages.map.parts import Link
from papertrail.domain.lineages.map.plan import Plan, best_plan, plan_in_rows
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
from papertrail.domain.lineages.picture.contents import WIDTH
from papertrail.domain.lineages.picture.legend import legend_of
from papertrail.domain.lineages.picture.metrics import width_of, wrapped
from papertrail.domain.lineages.picture.parts import Arrow, Band, Group, Rect, Scene, Type, Words
from papertrail.domain.lineages.picture.strands import strands_of
from papertrail.domain.lineages.picture.tracing import COLUMN, Family, Heights, family_of, heights_of, trace
from papertrail.domain.paper import Status

_MARGIN, _EDGE = 40, 8
_NARROWEST = 640  # pixels of a picture
_APART, _BELOW = 48, 40  # pixels between families
_ROOM = 1400  # pixels that families keep to when they can, as on a slide
_SCALE = 76  # pixels of the scale of years
_YEAR, _MOST_EMPTY, _TORN = 9, 8, 30  # pixels of a year without papers, how many are told apart, and of more
_MANY = 200  # papers with links on a page, from which on no time is taken over each family
_RACK = 24  # pixels between papers without links
_SHARE = 0.6  # of the width of a page that a paper with as many as it fills takes for each


def draw_picture(
    papers: Sequence[MapPaper],
    links: Mapping[str, Sequence[str]],
    *,
    title: str,
    subtitle: str = "",
    changes: Mapping[Link, str] | None = None,
    ideas: Mapping[str, str] | None = None,
    by_year: bool = False,
    bare: bool = False,
) -> Scene:
    """Return a picture of papers and what builds on what, each paper below those it builds on.

    How far the reader is with the papers is shown unless that is nowhere.

    Args:
        papers: in reading order, each key once.
        links: for each key the keys it builds on; those of papers not given are left out, and so is a link
            that would close a circle.
        title: stands above it; any text.
        subtitle: stands below that.
        changes: what the child of a link changed.
        ideas: the key idea of papers, told when one points at them.
        by_year: whether the papers stand along a scale of years.
        bare: whether heading, margins and legend are left out, for a page that has its own.
    """
    by_key = {paper.key: paper for paper in papers}
    parents = parents_on(by_key, links)
    years = years_on_scale(parents, {key: paper.year for key, paper in by_key.items()}) if by_year else {}
    tips = {key: _tip(paper, (ideas or {}).get(key, "")) for key, paper in by_key.items()}
    children: dict[str, list[str]] = {key: [] for key in by_key}
    for child, some in parents.items():
        for parent in some:
            children[parent].append(child)
    signed = any(paper.status is not Status.UNREAD or paper.mark for paper in papers)
    families = [
        family_of(
            [by_key[key] for key in group],
            parents,
            changes or {},
            tips,
            [years[key] if by_year else by_key[key].year or 0 for key in group],
            signed=signed,
        )
        for group in sorted(groups_of(parents, children), key=len, reverse=True)
    ]
    page = _along_years(families) if by_year else _packed(families)
    return _finished(page, title, subtitle, bare=bare)


def _tip(paper: MapPaper, idea: str) -> tuple[str, ...]:
    """Return what is told of a paper: title and year, key beside a name, how far one is, key idea."""
    year = f" ({paper.year})" if paper.year else ""
    explained = ", can be explained" if paper.explained else ""
    told = f"{paper.title or paper.name or paper.key}{year}"
    key = paper.key if paper.name not in ("", paper.key) else ""
    return tuple(filter(None, (told, key, paper.lineage, paper.state + explained, idea)))


@dataclass(frozen=True, slots=True)
class _Page:
    """What has been drawn, without heading and legend."""

    width: float
    height: float
    groups: tuple[tuple[Group, float, float], ...]
    bands: tuple[Band, ...] = ()


def _packed(families: Sequence[Family]) -> _Page:
    """Return families side by side and below each other; papers without links in rows at the end."""
    linked = [family for family in families if len(family.papers) > 1]
    alone = [family for family in families if len(family.papers) == 1]
    in_haste = sum(len(family.papers) for family in linked) > _MANY
    groups = []
    for family in linked:
        room = max(_ROOM, int(len(family.papers) ** 0.5 * WIDTH * 1.6))
        plan = best_plan(family.graph, room // COLUMN, lambda: None, in_haste=in_haste)
        groups.append(trace(family, plan, heights_of([(family, plan)])))
    widest = max((group.width for group in groups), default=0)
    room = max(_ROOM if linked else _rack_room(len(alone)), widest)
    placed = pack(groups, room, apart=_APART, below=_BELOW)
    bottom = max((y + group.height + _BELOW for group, _, y in placed), default=0)
    if alone:
        placed += _racked(alone, room, bottom)
    width = max((x + group.width for group, x, _ in placed), default=0)
    height = max((y + group.height for group, _, y in placed), default=0)
    return _Page(width, height, tuple(placed))


def _rack_room(count: int) -> int:
    """Return how wide papers without any links stand: some twice as wide as high."""
    return max(int((count * _SHARE) ** 0.5) + 1, 3) * (WIDTH + _RACK) - _RACK


def _racked(alone: Sequence[Family], room: int, y: int) -> list[tuple[Group, int, int]]:
    """Return papers without links in rows from a height on."""
    cells = [(family, _plan_of_one(family)) for family in alone]
    groups = [trace(family, plan, heights_of(cells)) for family, plan in cells]
    wide = max(group.width for group in groups) + _RACK
    columns = max((room + _RACK) // wide, 1)
    return [
        (group, place % columns * wide, y + place // columns * (group.height + _RACK))
        for place, group in enumerate(groups)
    ]


def _plan_of_one(family: Family) -> Plan:
    return plan_in_rows(family.graph, [0], lambda: None)


def _along_years(families: Sequence[Family]) -> _Page:
    """Return families beside each other along one scale of years."""
    count = sum(len(family.papers) for family in families)
    room = max(_ROOM, int(count**0.5 * WIDTH * 1.6)) // COLUMN
    steps = steps_in_years([family.graph for family in families], room)
    stretches = stretches_of(needed_rows([family.graph for family in families], steps))
    first_rows = rows_on_scale(stretches)
    apart = {first_rows[after.year or 0]: _height(gap) for gap, after in gaps_on_scale(stretches)}
    row = sum(stretch.rows for stretch in stretches)
    drawn = []
    for family, some in zip(families, steps, strict=True):
        rows = [first_rows[year] + step for year, step in zip(family.graph.years, some, strict=True)]
        drawn.append((family, plan_in_rows(family.graph, rows, lambda: None)))
    if not drawn:
        return _Page(0, 0, ())
    heights = heights_of(drawn, apart)
    right = [0] * row
    groups = []
    for family, plan in drawn:
        group = trace(family, plan, heights)
        first, last = min(plan.grid.rows), max(plan.grid.rows)
        x = max(right[first : last + 1])
        right[first : last + 1] = [x + group.width + GAP * COLUMN] * (last + 1 - first)
        groups.append((group, _SCALE + x, 0))
    width = max(x + group.width for group, x, _ in groups)
    return _Page(width, heights.height, tuple(groups), tuple(_bands(stretches, heights, width)))


def _height(gap: Stretch) -> int:
    """Return the pixels that years without papers take."""
    return _TORN if gap.empty > _MOST_EMPTY else gap.empty * _YEAR


def _bands(stretches: Sequence[Stretch], heights: Heights, width: int) -> Iterator[Band]:
    """Yield the scale of years beside rows of these heights."""
    row = 0
    top = -_BELOW / 2
    for stretch in stretches:
        if stretch.year is None:
            height, is_torn = _height(stretch), stretch.empty > _MOST_EMPTY
            step = height / stretch.empty
            ticks = [] if is_torn else [top + (n + 0.5) * step for n in range(stretch.empty)]
            yield Band(None, Rect(0, top, width, height), tuple(ticks), is_torn)
            top += height
            continue
        first = heights.cards[row][0]
        row += stretch.rows
        bottom = heights.channels[row - 1] + (8 if row < len(heights.cards) else _BELOW / 2)
        told = str(stretch.year or "no year")
        wide = width_of(told, Type.SCALE.size, bold=True)
        words = Words(Type.SCALE, 0, first + Type.SCALE.size + 8, told, wide)
        yield Band(words, Rect(0, top, width, bottom - top), (first + 17,))
        top = bottom


def _finished(page: _Page, title: str, subtitle: str, *, bare: bool) -> Scene:
    """Return the page with its margins, its heading and its legend, or with none of them."""
    margin = _EDGE if bare else _MARGIN
    room = page.width if bare else max(page.width, _NARROWEST)
    size = Type.TITLE.size
    y = margin + size * 0.8
    heading = []
    for line in wrapped("" if bare else title, room, size, 3, bold=True):
        heading.append(Words(Type.TITLE, _MARGIN, y, line, width_of(line, size, bold=True)))
        y += size * 1.3
    y -= size * 0.3
    for line in wrapped("" if bare else subtitle, room, Type.SUBTITLE.size, 2):
        heading.append(Words(Type.SUBTITLE, _MARGIN, y, line, width_of(line, Type.SUBTITLE.size)))
        y += 20
    x0 = margin + (room - page.width) // 2 * (not page.bands)
    y0 = (margin if bare else round(y) + 16) + (20 if page.bands else 0)
    cards = [card.moved(x0 + x, y0 + y) for group, x, y in page.groups for card in group.cards]
    notes = [note.moved(x0 + x, y0 + y) for group, x, y in page.groups for note in group.notes]
    routes = [route.moved(x0 + x, y0 + y) for group, x, y in page.groups for route in group.routes]
    inside = {card.paper.key: card.paper for card in cards}
    dimmed = {key for key, paper in inside.items() if not is_framed(paper)}

    def is_dimmed(link: Link) -> bool:
        return not dimmed.isdisjoint(link)

    strands, dots = strands_of(routes, is_dimmed)
    arrows = [
        Arrow(
            route.link,
            route.corners[-1],
            inside[route.link[0]].is_read and not inside[route.link[1]].is_read,
            is_dimmed(route.link),
        )
        for route in routes
    ]
    bands = [
        replace(
            band,
            words=band.words and band.words.moved(x0, y0),
            rect=Rect(0, y0 + band.rect.y, room + 2 * margin, band.rect.height),
            ticks=tuple(tick + y0 for tick in band.ticks),
        )
        for band in page.bands
    ]
    bottom = y0 + page.height + (_BELOW if page.bands else 0)
    legend = (
        ()
        if bare
        else legend_of(
            cards,
            arrows,
            branches=bool(dots),
            crossings=any(strand.hops for strand in strands),
            x=_MARGIN,
            y=bottom + 36,
            room=room,
        )
    )
    end = max([entry.at[1] for entry in legend], default=bottom - (0 if bare else margin / 2))
    return Scene(
        room + 2 * margin,
        end + margin,
        tuple(heading),
        cards,
        notes,
        routes,
        strands,
        dots,
        arrows,
        bands,
        x0 + _SCALE - 20,
        legend,
    )

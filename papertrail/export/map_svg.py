"""The picture of a lineage as a standalone SVG: no script, and no address but those of the papers."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from papertrail.domain.lineages.map.contents import is_framed
from papertrail.domain.lineages.picture.parts import (
    HOP,
    Arrow,
    Band,
    Card,
    Note,
    Point,
    Scene,
    Strand,
    Words,
)
from papertrail.domain.paper import EXPLAINED, MISSING, Status
from papertrail.export.xml_text import scoped, xml_text

_BEND = 7  # radius of the corners of lines
_ARROW = (5, 9)  # half the width and the height of an arrowhead
_LIGHT = """
text { font-family: system-ui, "Segoe UI", "Helvetica Neue", "DejaVu Sans", Arial, sans-serif }
text { fill: #2b2620; white-space: pre }
a { text-decoration: none }
.title { font-size: 22px; font-weight: 700 }
.subtitle { font-size: 13px; fill: #6f6656 }
.key { font-size: 13.5px; font-weight: 700 }
.year { font-size: 12px; fill: #6f6656 }
.name, .legend { font-size: 11.5px; fill: #6f6656 }
.beside { font-size: 11.5px; font-style: italic; fill: #6f6656 }
.note { font-size: 11.5px; fill: #4a4237 }
.scale { font-size: 14px; font-weight: 700; fill: #9a5b13 }
.sheet { fill: #fbf7ef }
.band { fill: #f5eee1 }
.rule { stroke: #d9cdb8; fill: none }
.card { fill: #fffdf8; stroke: #cdbfa6 }
.counted { stroke: #9a5b13; stroke-width: 1.6 }
.other { fill: none; stroke: #cdbfa6; stroke-dasharray: 4 3 }
.line { fill: none; stroke: #8d8069; stroke-width: 1.4; stroke-linecap: round; stroke-linejoin: round }
.dim .line, .dim.line { stroke: #c2b59c }
.reach { fill: none; stroke: #000; stroke-opacity: 0; stroke-width: 12; pointer-events: stroke }
.dot, .head { fill: #8d8069; stroke: none }
.dim .head, .dim.dot { fill: #c2b59c }
.hollow { fill: #fbf7ef; stroke: #8d8069; stroke-width: 1.3; stroke-linejoin: round }
.sign { fill: none; stroke: #9a5b13; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round }
.full { fill: #9a5b13; stroke: none }
.faint { fill: none; stroke: #a3977f; stroke-width: 1.3; stroke-linecap: round }
a:hover .card, a:hover .other, g:hover > .line { stroke: #9a5b13 }
"""
_DARK = """
text { fill: #ded6c7 }
.subtitle, .year, .name, .legend, .beside { fill: #a39b8a }
.note { fill: #c4bba9 }
.scale { fill: #d9a05b }
.sheet { fill: #191714 }
.band { fill: #1f1c18 }
.rule { stroke: #3a342c }
.card { fill: #24201b; stroke: #4a4237 }
.counted { stroke: #d9a05b }
.other { fill: none; stroke: #4a4237 }
.line { stroke: #857a68 }
.dim .line, .dim.line { stroke: #5a5042 }
.dot, .head { fill: #857a68 }
.dim .head, .dim.dot { fill: #5a5042 }
.hollow { fill: #191714; stroke: #857a68 }
.sign { stroke: #d9a05b }
.full { fill: #d9a05b }
.faint { stroke: #7d7464 }
a:hover .card, a:hover .other, g:hover > .line { stroke: #d9a05b }
"""


MAP_STYLE = (
    f"{scoped(_LIGHT, 'lineage')}@media (prefers-color-scheme: dark) {{\n{scoped(_DARK, 'lineage')}}}\n"
)
"""How pictures look, light or dark as the viewer is."""


def map_svg(scene: Scene, pages: Mapping[str, str] | None = None) -> str:
    """Return a picture as the text of an SVG file that follows the viewer's choice of light or dark.

    Args:
        scene: what is drawn.
        pages: for a picture within a page that has `MAP_STYLE`: where on it the papers stand, by their keys;
            a card leads there.
    """
    width, height = scene.width, scene.height
    names = {card.paper.key: card.paper.name for card in scene.cards}
    name = xml_text(" ".join(words.text for words in scene.heading) or "map")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}"'
        f' viewBox="0 0 {width:g} {height:g}" class="lineage" role="group" aria-label="{name}">',
        *([f"<style>{MAP_STYLE}</style>"] if pages is None else []),
        f'<rect class="sheet" width="{width:g}" height="{height:g}"/>',
        *(part for number, band in enumerate(scene.bands) for part in _band(band, number, scene.scale)),
        *map(_words, scene.heading),
        *(part for strand in scene.strands for part in _strand(strand, names)),
        *(_dot(dot.at, " dim" if dot.dimmed else "") for dot in scene.dots),
        *map(_arrow, scene.arrows),
        *map(_note, scene.notes),
        *(_card(card, pages or {}) for card in scene.cards),
        *(part for entry in scene.legend for part in (_entry(entry.sign, entry.at), _words(entry.words))),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _words(words: Words) -> str:
    x, anchor = (words.x + words.width, ' text-anchor="end"') if words.from_right else (words.x, "")
    return f'<text class="{words.type}" x="{x:.1f}" y="{words.y:.1f}"{anchor}>{xml_text(words.text)}</text>'


def _titled(told: Sequence[str]) -> str:
    return f"<title>{'&#10;'.join(map(xml_text, told))}</title>"


def _band(band: Band, number: int, scale: float) -> Iterator[str]:
    """Yield a stretch of the scale of years: its ground, its piece of the axis, a mark for each year."""
    rect = band.rect
    if band.words:
        if number % 2:
            yield f'<rect class="band" y="{rect.y:.1f}" width="{rect.width:g}" height="{rect.height:.1f}"/>'
        yield _words(band.words)
    if band.is_torn:
        for part in (-7, 0, 7):
            yield f'<circle class="dot" cx="{scale:g}" cy="{rect.y + rect.height / 2 + part:.1f}" r="1.2"/>'
        return
    yield f'<path class="rule" d="M{scale:g} {rect.y:.1f}v{rect.height:.1f}"/>'
    for tick in band.ticks:
        yield f'<path class="rule" d="M{scale:g} {tick:.1f}h-{9 if band.words else 5}"/>'


def _card(card: Card, pages: Mapping[str, str]) -> str:
    paper, rect = card.paper, card.rect
    kind = "card counted" if paper.counted else "card"
    kind = kind if is_framed(paper) else "other"
    parts = [
        _titled(card.tip),
        f'<rect class="{kind}" x="{rect.x:g}" y="{rect.y:g}" width="{rect.width:g}" height="{rect.height:g}"'
        ' rx="9" pointer-events="all"/>',
        _status(paper.status, card.sign) if card.signed else "",
        _mark(paper.mark, card.mark) if card.signed else "",
        *map(_words, card.words),
    ]
    drawn = "".join(parts)
    if here := pages.get(paper.key):
        return f'<a href="{xml_text(here)}">{drawn}</a>'
    if paper.page is None:
        return f"<g>{drawn}</g>"
    return f'<a href="{xml_text(paper.page)}" target="_blank">{drawn}</a>'


def _status(status: Status, at: Point) -> str:
    """Return the sign of a status, drawn, so that no viewer's fonts are asked for it."""
    x, y = at
    if status is Status.DROPPED:
        return f'<path class="faint" d="M{x - 4:g} {y - 4:g}l8 8m0 -8l-8 8"/>'
    if status is Status.READ:
        return f'<circle class="full" cx="{x:g}" cy="{y:g}" r="5.7"/>'
    ring = f'<circle class="{"faint" if status is Status.UNREAD else "sign"}" cx="{x:g}" cy="{y:g}" r="5"/>'
    if status is Status.READING:
        return ring + f'<path class="full" d="M{x:g} {y - 5:g}a5 5 0 0 0 0 10z"/>'
    if status is Status.QUEUED:
        return ring + f'<path class="full" d="M{x:g} {y:g}v-5a5 5 0 0 1 5 5z"/>'
    return ring


def _mark(mark: str, at: Point) -> str:
    x, y = at
    if mark == "✓":
        return f'<path class="sign" d="M{x - 4.5:g} {y + 0.5:g}l3 3.5l6 -8"/>'
    if mark == EXPLAINED:
        return f'<path class="full" d="M{x:g} {y - 6:g}l5 6l-5 6l-5 -6z"/>'
    if mark == MISSING:
        return f'<path class="sign" d="M{x:g} {y - 5:g}v6.5m0 3v0.8"/>'
    if mark == "✎":
        return f'<path class="sign" d="M{x - 5:g} {y + 5:g}l1 -3.5l6.5 -6.5l2.5 2.5l-6.5 6.5z"/>'
    return ""


def _note(note: Note) -> str:
    return f"<g>{_titled([note.whole])}{''.join(map(_words, note.words))}</g>"


def _arrow(arrow: Arrow) -> str:
    (x, y), (half, high) = arrow.tip, _ARROW
    if arrow.hollow:
        head = f'<path class="hollow" d="M{x:g} {y - 1:g}l-{half} -{high}h{2 * half}z"/>'
    else:
        head = f'<path class="head" d="M{x:g} {y:g}l-{half} -{high}h{2 * half}z"/>'
    return f'<g class="dim">{head}</g>' if arrow.dimmed else head


def _dot(at: Point, more: str = "") -> str:
    return f'<circle class="dot{more}" cx="{at[0]:g}" cy="{at[1]:g}" r="3"/>'


def _strand(strand: Strand, names: Mapping[str, str]) -> Iterator[str]:
    """Yield a line, which tells what builds on what: by their names, or the keys of those without one."""
    way = _way(strand)
    told = [
        f"{names.get(child) or child} builds on {names.get(parent) or parent}"
        for child, parent in strand.links
    ]
    kind = ' class="dim"' if strand.dimmed else ""
    yield f'<g{kind}>{_titled(told)}<path class="reach" d="{way}"/><path class="line" d="{way}"/></g>'


def _way(strand: Strand) -> str:
    """Return a line with round corners, and an arc wherever it passes over another."""
    corners = strand.corners
    parts = [f"M{corners[0][0]:g} {corners[0][1]:g}"]
    for number, (before, after) in enumerate(pairwise(corners)):
        (x, y), (to_x, to_y) = before, after
        if y == to_y:
            sign = 1 if to_x > x else -1
            hops = sorted(
                (hop for hop in strand.hops if hop[1] == y and min(x, to_x) < hop[0] < max(x, to_x)),
                reverse=sign < 0,
            )
            for at, _ in hops:
                parts.append(f"H{at - sign * HOP:g}a{HOP} {HOP} 0 0 {int(sign > 0)} {sign * 2 * HOP} 0")
        if number + 2 == len(corners):
            parts.append(f"L{to_x:g} {to_y:g}")
            continue
        (next_x, next_y) = corners[number + 2]
        radius = min(_BEND, _length(before, after) / 2, _length(after, corners[number + 2]) / 2)
        ahead, beyond = _towards(after, before, radius), _towards(after, (next_x, next_y), radius)
        parts.append(f"L{ahead[0]:g} {ahead[1]:g}Q{to_x:g} {to_y:g} {beyond[0]:g} {beyond[1]:g}")
    return "".join(parts)


def _length(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _towards(start: Point, goal: Point, far: float) -> Point:
    """Return the point so far from one on the straight way to another."""
    whole = _length(start, goal)
    return start[0] + (goal[0] - start[0]) * far / whole, start[1] + (goal[1] - start[1]) * far / whole


def _entry(sign: str, at: Point) -> str:
    """Return a sign of the legend."""
    x, y = at
    if sign in list(Status):
        return _status(Status(sign), at)
    if sign == "beside":
        return f'<rect class="other" x="{x - 9:g}" y="{y - 6:g}" width="18" height="12" rx="3"/>'
    if sign == "dot":
        return f'<path class="line" d="M{x - 9:g} {y:g}h18m-9 0v7"/>' + _dot(at)
    if sign == "hop":
        arc = f"a{HOP} {HOP} 0 0 1 {2 * HOP} 0"
        return f'<path class="line" d="M{x - 9:g} {y:g}h{9 - HOP}{arc}h{9 - HOP}m-9 -8v16"/>'
    if sign in ("arrow", "hollow"):
        link = ("", "")
        return f'<path class="line" d="M{x:g} {y - 8:g}v8"/>' + _arrow(
            Arrow(link, (x, y + 7), sign == "hollow", False)
        )
    return _mark(sign, at)

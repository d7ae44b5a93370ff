"""The map of a lineage as a standalone SVG."""

from collections.abc import Iterator
from html import escape

from papertrail.domain.lineages.map.contents import is_framed, key_of, lineage_of, sign_of, year_of
from papertrail.domain.lineages.map.parts import Box, MapLayout, Route
from papertrail.domain.text import clean_line

CELL, ROW = 9, 19  # pixels of a terminal cell
_MARGIN, _HEAD = 24, 48
_STYLE = """
text { font: 14px "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #2b2620; white-space: pre }
.title { font: 600 18px system-ui, "Segoe UI", "DejaVu Sans", sans-serif }
.quiet { fill: #7d7464 }
.paper { fill: #fbf7ef; stroke: #b5a88f; stroke-width: 1.3 }
.counted { stroke: #3f7030; stroke-width: 2 }
.owed { stroke: #8a6a00; stroke-width: 2 }
.line { fill: none; stroke: #b5a88f; stroke-width: 1.3; stroke-linejoin: round }
.sheet { fill: #fbf7ef }
@media (prefers-color-scheme: dark) {
text { fill: #ded6c7 }
.quiet { fill: #98907f }
.paper { fill: #211e1a; stroke: #5a5042 }
.counted { stroke: #9bbf85 }
.owed { stroke: #e0c067 }
.line { stroke: #5a5042 }
.sheet { fill: #191714 }
}
"""


def map_svg(layout: MapLayout, title: str) -> str:
    """Return a map as the text of an SVG file that follows the viewer's choice of light or dark.

    Args:
        layout: the map.
        title: any text.
    """
    width, height = layout.width * CELL + 2 * _MARGIN, layout.height * ROW + _HEAD + _MARGIN
    name = escape(clean_line(title), quote=True)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" role="img" aria-label="{name}">',
        f"<style>{_STYLE}</style>",
        f'<rect class="sheet" width="{width}" height="{height}"/>',
        f'<text class="title" x="{_MARGIN}" y="32">{name}</text>',
        *(_line(route) for route in layout.routes.values()),
        *(part for box in layout.boxes.values() for part in _box(box)),
        *(_text(text.x, text.y, text.text, "quiet") for text in layout.texts),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _line(route: Route) -> str:
    points = [(x * CELL + CELL / 2 + _MARGIN, y * ROW + ROW / 2 + _HEAD) for x, y in route.corners]
    (x0, y0), (x1, y1) = points[0], points[-1]
    ends = [(x0, y0 - ROW / 2), *points, (x1, y1 + ROW)]  # behind the child, which is drawn later
    return '<path class="line" d="M' + "L".join(f"{x:g} {y:g}" for x, y in ends) + '"/>'


def _box(box: Box) -> Iterator[str]:
    paper = box.paper
    words = f"{sign_of(paper)} {key_of(paper)}{year_of(paper)}"
    if is_framed(paper):
        state = " counted" if paper.counted else " owed" if paper.owed or paper.note_missing else ""
        x, y = box.x * CELL + _MARGIN, box.y * ROW + _HEAD + ROW / 3
        size = f'width="{box.width * CELL}" height="{box.height * ROW - 2 * ROW / 3:g}"'
        yield f'<rect class="paper{state}" x="{x}" y="{y:g}" {size} rx="7"/>'
        yield _text(box.x + 2, box.y + 1, words, "")
    else:
        yield _text(box.x, box.y, words, "quiet")
        yield _text(box.x + 3, box.y + 1, lineage_of(paper), "quiet")


def _text(column: int, row: int, words: str, kind: str) -> str:
    x, y = column * CELL + _MARGIN, (row + 0.72) * ROW + _HEAD
    style = f' class="{kind}"' if kind else ""
    return f'<text{style} x="{x}" y="{y:g}">{escape(words)}</text>'

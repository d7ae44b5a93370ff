"""Pictures put together of what is in sight and was drawn anew alone.

For a picture of two lines Textual has each widget of the screen draw all its lines, what others cover as
well, and cuts every line at the edges of all widgets in it. That is a good part of what a key costs.
"""

from collections.abc import Iterable
from operator import itemgetter

from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

Span = tuple[int, int]
"""The cell of a line in which something begins, and the one behind its end."""
Piece = tuple[int, int, Strip]
"""A span, and what stands there."""


class SightCompositor(Compositor):
    """Takes from each widget, from the front to the back, what is still lacking of a picture."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """Draw what has changed; None where nothing has."""
        width, height = self.size
        spans = [
            (y, begin, min(end, width))
            for y, begin, end in self._regions_to_spans(self._dirty_regions)
            if y < height and begin < width
        ]
        self._dirty_regions.clear()
        if not spans:
            return None
        lacking: dict[int, list[Span]] = {}
        for y, begin, end in spans:
            lacking.setdefault(y, []).append((begin, end))
        pieces = self._pieces(lacking)
        return ChopsUpdate(
            [{begin: strip for begin, _, strip in line} for line in pieces],
            spans,
            [[end for _, end, _ in line] for line in pieces],
        )

    def render_full_update(self, simplify: bool = False) -> LayoutUpdate:
        """Draw the whole screen."""
        if simplify:  # for a file: what does it matter how long it takes
            return super().render_full_update(simplify)
        self._dirty_regions.clear()
        width, height = self.size
        pieces = self._pieces({y: [(0, width)] for y in range(height)})
        return LayoutUpdate([[strip for _, _, strip in line] for line in pieces], self.size.region)

    def _pieces(self, lacking: dict[int, list[Span]]) -> list[list[Piece]]:
        """Return the pieces of each line of the screen, from left to right; what is lacking is taken out."""
        pieces: list[list[Piece]] = [[] for _ in range(self.size.height)]
        for widget, (region, clip) in self.visible_widgets.items():
            shown = region.intersection(clip)
            left, right = shown.column_span
            wanted = [y for y in shown.line_range if y in lacking and _meet(lacking[y], left, right)]
            if not wanted:
                continue
            first = wanted[0]
            part = Region(left, first, shown.width, wanted[-1] + 1 - first)
            strips = widget.render_lines(part.translate((-region.x, -region.y)))
            for y in wanted:
                found, rest = _taken(strips[y - first], left, right, lacking[y])
                pieces[y] += found
                if rest:
                    lacking[y] = rest
                else:
                    del lacking[y]
            if not lacking:
                break
        for line in pieces:
            line.sort(key=itemgetter(0))
        return pieces


def _meet(spans: Iterable[Span], left: int, right: int) -> bool:
    return any(begin < right and end > left for begin, end in spans)


def _taken(strip: Strip, left: int, right: int, spans: Iterable[Span]) -> tuple[list[Piece], list[Span]]:
    """Return what of the spans a strip has that stands from left to right, and the rest of them."""
    found: list[Piece] = []
    rest: list[Span] = []
    for begin, end in spans:
        first, last = max(begin, left), min(end, right)
        if first >= last:
            rest.append((begin, end))
            continue
        found.append((first, last, strip.crop(first - left, last - left)))
        if begin < first:
            rest.append((begin, first))
        if last < end:
            rest.append((last, end))
    return found, rest

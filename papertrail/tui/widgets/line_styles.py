"""Lines of widgets with what stands at their sides, worked out once a picture.

Textual looks up borders, blanks and what may be laid over a text for every line, which is a good part of what
a key costs.
"""

from collections.abc import Callable
from typing import Any

from rich.segment import Segment
from textual._border import get_box
from textual._styles_cache import StylesCache
from textual.cache import LRUCache
from textual.color import Color
from textual.css.styles import StylesBase
from textual.geometry import Region, Size, Spacing
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

_OVERLAID = (
    *("hatch", "opacity", "text_opacity", "tint"),
    *("outline_top", "outline_right", "outline_bottom", "outline_left"),
)
MOST_KEPT = 500  # lines of a widget: of those that come again as they were, nothing is worked out again
Sides = tuple[list[Segment], list[Segment]]


class LineStyles(StylesCache):
    """Keeps the lines of a widget as Textual does."""

    _is_plain: bool | None = None  # of the picture at hand; None until a line of it is drawn anew
    _sides: Sides = ([], [])

    def __init__(self) -> None:
        super().__init__()
        self._between: LRUCache[int, tuple[Strip, Strip]] = LRUCache(MOST_KEPT)
        """Texts by what they are for Python, each with what it is between the sides."""

    def render_widget(self, widget: Widget, crop: Region) -> list[Strip]:
        """Draw lines of a widget."""
        self._is_plain = None
        return super().render_widget(widget, crop)

    def render_line(
        self,
        styles: StylesBase,
        y: int,
        size: Size,
        content_size: Size,
        padding: Spacing,
        base_background: Color,
        background: Color,
        render_content_line: Callable[[int], Strip],
        border_title: Any,
        border_subtitle: Any,
        opacity: float,
        *others: Any,
    ) -> Strip:
        """Draw one line: one of the text here, those above and below it as Textual does."""
        inner, outer = self.get_inner_outer(base_background, background)
        if self._is_plain is None:
            self._is_plain = opacity == 1.0 and not any(map(styles.has_rule, _OVERLAID))
            self._top, self._bottom = styles.gutter.top, size.height - styles.gutter.bottom
            if self._is_plain:
                sides = _sides(styles, padding, base_background, inner, outer)
                if sides != self._sides:
                    self._sides = sides
                    self._between.clear()
        if not self._is_plain or not self._top <= y < self._bottom:
            return super().render_line(
                styles,
                y,
                size,
                content_size,
                padding,
                base_background,
                background,
                render_content_line,
                border_title,
                border_subtitle,
                opacity,
                *others,
            )
        row, blank = y - self._top, inner.rich_style
        if row < content_size.height:
            line = render_content_line(row).adjust_cell_length(content_size.width, blank)
        else:
            line = Strip.blank(content_size.width, blank)
        left, right = self._sides
        if not left and not right:
            return line
        known = self._between.get(id(line))
        if known is None or known[0] is not line:
            known = self._between[id(line)] = line, Strip([*left, *line, *right], size.width)
        return known[1]


def _sides(styles: StylesBase, padding: Spacing, base: Color, inner: Style, outer: Style) -> Sides:
    """Return what stands at the left and at the right of each line of text."""
    left = [Segment(" " * padding.left, inner.rich_style)] if padding.left else []
    right = [Segment(" " * padding.right, inner.rich_style)] if padding.right else []
    (edge, colour), (other_edge, other_colour) = styles.border_left, styles.border_right
    if edge:
        left.insert(0, get_box(edge, inner, outer, Style(foreground=base + colour))[1][0])
    if other_edge:
        right.append(get_box(other_edge, inner, outer, Style(foreground=base + other_colour))[1][2])
    return left, right

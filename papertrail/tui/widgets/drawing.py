"""Pictures made of no more than is needed: the borders at the sides of lines are looked up once a picture.

Textual looks them up for every line, which is a good part of what a key costs.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rich.segment import Segment
from textual._border import get_box
from textual._styles_cache import StylesCache
from textual.color import Color
from textual.css.styles import StylesBase
from textual.dom import DOMNode
from textual.geometry import Region, Size, Spacing
from textual.screen import Screen
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

if TYPE_CHECKING:
    _Screen = Screen[Any]
else:
    _Screen = object


class CalmScreen(_Screen):
    """A screen that Textual paints; here for what is to be painted less."""


class QuickStyles(StylesCache):
    """Adds the borders at the sides, and the blanks between them and the text, worked out once a picture."""

    _is_plain = False
    _sides: tuple[list[Segment], list[Segment]] | None = None

    def render_widget(self, widget: Widget, crop: Region) -> list[Strip]:
        """Draw lines of a widget."""
        self._is_plain, self._sides = _is_plain(widget.styles), None
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
        gutter = styles.gutter
        if opacity != 1.0 or not self._is_plain or not gutter.top <= y < size.height - gutter.bottom:
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
        inner, outer = self.get_inner_outer(base_background, background)
        blank = inner.rich_style
        if y - gutter.top < content_size.height:
            line = render_content_line(y - gutter.top).adjust_cell_length(content_size.width, blank)
        else:
            line = Strip.blank(content_size.width, blank)
        if self._sides is None:
            self._sides = _sides(styles, padding, base_background, inner, outer)
        left, right = self._sides
        return Strip([*left, *line, *right], size.width) if left or right else line


def _is_plain(styles: StylesBase) -> bool:
    """Tell whether nothing is laid over the lines of a widget."""
    return styles.text_opacity == 1.0 and not (
        any(map(styles.has_rule, ("tint", "hatch")))
        or any(map(styles.has_rule, ("outline_top", "outline_right", "outline_bottom", "outline_left")))
    )


def _sides(
    styles: StylesBase, padding: Spacing, base: Color, inner: Style, outer: Style
) -> tuple[list[Segment], list[Segment]]:
    """Return what stands at the left and at the right of each line of text."""
    left = [Segment(" " * padding.left, inner.rich_style)] if padding.left else []
    right = [Segment(" " * padding.right, inner.rich_style)] if padding.right else []
    (edge, colour), (other_edge, other_colour) = styles.border_left, styles.border_right
    if edge:
        left.insert(0, get_box(edge, inner, outer, Style(foreground=base + colour))[1][0])
    if other_edge:
        right.append(get_box(other_edge, inner, outer, Style(foreground=base + other_colour))[1][2])
    return left, right


def draw_quickly(node: DOMNode) -> None:
    """Have a widget, or a screen, drawn as Textual does: quicker ways left old pieces standing."""

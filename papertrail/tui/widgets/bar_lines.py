"""Scrollbars drawn of few different lines: Textual sets each of them as a text of its own."""

from rich.color import Color
from rich.style import Style
from textual._styles_cache import StylesCache
from textual.geometry import Region
from textual.scrollbar import ScrollBarRender
from textual.strip import Strip
from textual.widget import Widget


class BarLines(StylesCache):
    """Draws an upright scrollbar, whose lines are nearly all alike, as often as one scrolls by a line."""

    _bar: tuple[object, list[Strip]] = None, []  # what of, and its lines

    def render_widget(self, widget: Widget, crop: Region) -> list[Strip]:
        """Draw lines of the bar."""
        told = widget.render()
        if not isinstance(told, ScrollBarRender) or not told.vertical or not isinstance(told.style, Style):
            return super().render_widget(widget, crop)
        of = widget.size, told.virtual_size, told.window_size, told.position, told.style, widget.app.theme
        if self._bar[0] != of:
            width, height = widget.size
            grey, magenta = Color.parse("#555555"), Color.parse("bright_magenta")
            drawn = told.render_bar(
                height,
                told.virtual_size,
                told.window_size,
                told.position,
                width,
                back_color=told.style.bgcolor or grey,
                bar_color=told.style.color or magenta,
            )
            filters, ground = widget.get_line_filters(), widget.background_colors[1]
            known: dict[int, Strip] = {}
            for segment in drawn.segments:
                if id(segment) not in known:
                    strip = Strip([segment], width)
                    for line_filter in filters:
                        strip = strip.apply_filter(line_filter, ground)
                    known[id(segment)] = strip
            self._bar = of, [known[id(segment)] for segment in drawn.segments]
        return self._bar[1][crop.y : crop.bottom]

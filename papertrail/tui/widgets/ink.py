"""The colours of the theme as styles, for widgets that draw their own lines.

Component classes would do the same by CSS; but each costs one more pass of styling before the first frame.
"""

from collections.abc import Iterable
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


def ground(widget: Widget) -> Style:
    """Return the style that the style sheets give to a widget's own letters.

    Textual keeps this one; `Widget.rich_style` is worked out anew each time, as long as drawing a line takes.
    """
    return widget.visual_style.rich_style


def on_ground(segments: Iterable[Segment], ground: Style) -> list[Segment]:
    """Return the pieces of a line on a ground."""
    return [Segment(part.text, ground + part.style if part.style else ground) for part in segments]


def blank(widget: Widget, crop: Region) -> list[Strip]:
    """Return lines without letters, all of them one, for a widget that shows nothing but its ground.

    Textual renders what is covered, too; and it would work out each of these lines by itself.
    """
    strip = Strip.blank(crop.width, ground(widget))
    for line_filter in widget.get_line_filters():
        strip = strip.apply_filter(line_filter, widget.background_colors[1])
    return [strip] * crop.height


def ink(widget: Widget, colour: str = "", *, on: str = "", bold: bool | None = None) -> Style:
    """Return a style in colours of the theme the program is in.

    Args:
        widget: any widget of the program.
        colour: name of the theme's variable for the letters, such as `primary`; empty leaves it open.
        on: name of the variable for the ground; empty leaves it open.
        bold: whether the letters are bold; None leaves it open.
    """
    variables = widget.app.theme_variables
    return _style(variables[colour] if colour else None, variables[on] if on else None, bold)


def on_cursor(widget: Widget, segments: Iterable[Segment], style: Style) -> list[Segment]:
    """Return the segments of the row under the cursor.

    In the terminal's own colours all letters have the cursor's, as nobody knows which others are seen on it.
    """
    if not widget.app.current_theme.ansi:
        return list(segments)
    one = Style(color=style.color)
    return [Segment(part.text, part.style + one if part.style else one) for part in segments]


@lru_cache(maxsize=64)
def _style(colour: str | None, ground: str | None, bold: bool | None) -> Style:
    return Style(
        color=rich_colour(colour) if colour else None,
        bgcolor=rich_colour(ground) if ground else None,
        bold=bold,
    )


def rich_colour(colour: str) -> str:
    """Return a colour as Rich names it: Textual's names of the terminal's own begin otherwise."""
    return "default" if colour == "transparent" else colour.removeprefix("ansi_")

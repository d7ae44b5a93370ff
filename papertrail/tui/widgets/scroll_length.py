"""How long it is what a widget scrolls through, said without the screen being laid out for it."""

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.widget import Widget


def say_length(widget: ScrollView, lines: int) -> None:
    """Say how many lines there are; the scrollbar, which stays or stays away, is drawn if it shows that."""
    bar = widget.vertical_scrollbar
    widget.set_reactive(Widget.virtual_size, Size(1, lines))
    if max(bar.window_virtual_size, lines) <= bar.window_size:
        bar.set_reactive(ScrollBar.window_virtual_size, lines)
    else:
        bar.window_virtual_size = lines
    widget.scroll_to(y=min(widget.scroll_y, widget.max_scroll_y), animate=False, force=True, immediate=True)

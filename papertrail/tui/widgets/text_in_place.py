"""Text that is often another one, and mostly takes as many lines as the one before."""

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static


def put_text(widget: Static, content: Content) -> None:
    """Show another text; the screen is laid out anew only where it takes another number of lines.

    To lay a screen out costs more than all else that follows a move of the cursor.
    """
    if isinstance(widget.content, Content) and content.is_same(widget.content):
        return
    size = widget.content_size
    has_room = bool(size) and _lines_for(widget, content, size.width) == size.height
    widget.update(content, layout=not has_room)


def _lines_for(widget: Static, content: Content, width: int) -> int:
    """Return how many lines the style sheets give to a text in so many cells."""
    styles, around = widget.styles, widget.parent
    if not styles.auto_dimensions or not isinstance(around, Widget):
        return widget.content_size.height
    within = around.scrollable_content_region.size, widget.app.size
    lines = content.get_height(styles.get_rules(), width)
    if styles.max_height is not None:
        lines = min(lines, int(styles.max_height.resolve(*within)))
    if styles.min_height is not None:
        lines = max(lines, int(styles.min_height.resolve(*within)))
    return lines

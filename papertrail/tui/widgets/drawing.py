"""How widgets and screens are drawn: as Textual draws them, in fewer steps."""

from textual.dom import DOMNode
from textual.screen import Screen
from textual.scrollbar import ScrollBar
from textual.widget import Widget

from papertrail.tui.widgets.bar_lines import BarLines
from papertrail.tui.widgets.compositor import SightCompositor
from papertrail.tui.widgets.line_styles import LineStyles


def draw_quickly(node: DOMNode) -> None:
    """Have a widget, or a screen, drawn this way; before it is there."""
    if isinstance(node, Widget):
        node._styles_cache = BarLines() if isinstance(node, ScrollBar) else LineStyles()
    if isinstance(node, Screen):
        node._compositor = SightCompositor()

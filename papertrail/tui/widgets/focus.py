"""Screens on which moving the focus costs little."""

from textual.reactive import Reactive
from textual.widget import Widget


class FocusInPlace:
    """Paints what loses the focus and what gets it, where Textual's screens paint all of themselves anew."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

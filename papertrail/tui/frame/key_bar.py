"""The line of keys at the bottom."""

from collections.abc import Mapping

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from papertrail.tui.widgets.ink import ground, ink

Keys = tuple[tuple[str, str], ...]
_GAP = 2  # cells between two of them


class KeyBar(Widget):
    """Names the keys of every day, as many as fit; the rest is behind `?`. A click on one is that key.

    Args:
        keys: key and meaning, in the order shown; one without a meaning is not shown.
        spare: those of them left out where the line is too short, the first one first.
    """

    DEFAULT_CSS = """
    KeyBar { height: 1; background: $surface; padding: 0 1; }
    """

    def __init__(self, keys: Keys, spare: Keys = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._keys = keys
        self._spare = spare
        self._now: Mapping[str, str] = {}
        self._hovered = -1  # which of those shown the mouse is on

    def set_keys(self, keys: Keys) -> None:
        """Name other keys; the spare ones stay those."""
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def set_meanings(self, meanings: Mapping[str, str]) -> None:
        """Say what some of the keys do now; empty where they do nothing."""
        if meanings != self._now:
            self._now = meanings
            self.refresh()

    def shown(self) -> list[tuple[str, str]]:
        """Return keys and meanings as they fit; without spare ones left, the first and the last two stay."""
        told = ((key, self._now.get(key, meaning)) for key, meaning in self._keys)
        keys = [(key, meaning) for key, meaning in told if meaning]
        spare = [key for key, _ in self._spare]
        while keys and sum(map(_cells, keys)) - _GAP > self.content_size.width:
            here = [key for key, _ in keys]
            least = next((key for key in spare if key in here), "")
            del keys[here.index(least) if least else max(len(keys) - 3, 0)]
        return keys

    def render_line(self, y: int) -> Strip:
        """Draw what fits."""
        base, width = ground(self), self.content_size.width
        bold, quiet = base + ink(self, "primary", bold=True), base + ink(self, "quiet")
        segments: list[Segment] = []
        for number, (key, meaning) in enumerate(self.shown()):
            under = Style(underline=True) if number == self._hovered else Style.null()
            segments += [Segment(key, bold), Segment(f" {meaning}", quiet + under), Segment("  ", base)]
        return Strip(segments).adjust_cell_length(width, base)

    def _at(self, x: int) -> tuple[int, int]:
        """Return which key stands in a column, and how far from its beginning; -1 for none."""
        x -= self.styles.padding.left
        for number, one in enumerate(self.shown()):
            if 0 <= x < _cells(one) - _GAP:
                return number, x
            x -= _cells(one)
        return -1, 0

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Underline what a click would do."""
        if (number := self._at(event.x)[0]) != self._hovered:
            self._hovered = number
            self.refresh()

    def on_leave(self) -> None:
        """Underline nothing any more."""
        self._hovered = -1
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Press the key under the mouse."""
        from papertrail.tui.widgets.key_names import keys_in

        number, x = self._at(event.x)
        if number >= 0:
            event.stop()
            named = keys_in(self.shown()[number][0])
            self.app.simulate_key(next((key for _, end, key in named if x < end), named[-1][2]))


def _cells(one: tuple[str, str]) -> int:
    return len(one[0]) + len(one[1]) + 1 + _GAP

"""The line of keys at the bottom."""

from collections.abc import Mapping

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from papertrail.tui.widgets.ink import ground, ink

Keys = tuple[tuple[str, str], ...]


class KeyBar(Widget):
    """Names the keys of every day, as many as fit; the rest is behind `?`.

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

    def render_line(self, y: int) -> Strip:
        """Draw what fits."""
        base, width = ground(self), self.content_size.width
        told = ((key, self._now.get(key, meaning)) for key, meaning in self._keys)
        keys = [(key, meaning) for key, meaning in told if meaning]
        for spare in filter(keys.__contains__, self._spare):
            if sum(len(key) + len(meaning) + 3 for key, meaning in keys) - 2 <= width:
                break
            keys.remove(spare)
        bold, quiet = base + ink(self, "primary", bold=True), base + ink(self, "quiet")
        segments: list[Segment] = []
        room = width + 2  # the last one needs no gap behind it
        for key, meaning in keys:
            room -= len(key) + len(meaning) + 3
            if room < 0:
                break
            segments += [Segment(key, bold), Segment(f" {meaning}  ", quiet)]
        return Strip(segments).adjust_cell_length(width, base)

"""The papers to which a link may lead that is begun in a note with `[[`, in a list below the cursor."""

from collections.abc import Mapping, Sequence

from rich.segment import Segment
from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from papertrail.domain.text import clean_line, fold
from papertrail.tui.widgets.cells import fit
from papertrail.tui.widgets.ink import ground, ink

MOST_NAMES = 7  # in the list
_WIDTH = 60  # cells
_KEY = 24  # cells of a key at most
_MARK = "▸ "


def fitting(begun: str, titles: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return keys and titles that what is typed may mean: the keys that begin so first, then all with it."""
    wanted = fold(begun.strip())
    begins = [key for key in titles if key.startswith(wanted)]
    if len(begins) < MOST_NAMES:
        known = set(begins)
        rest = [key for key in titles if key not in known and (wanted in key or wanted in fold(titles[key]))]
        begins += rest[: MOST_NAMES - len(begins)]
    return [(key, titles[key]) for key in begins[:MOST_NAMES]]


class NameList(Widget):
    """Shows a few papers, one of them chosen."""

    DEFAULT_CSS = """
    NameList { layer: above; position: absolute; display: none; background: $panel; color: $foreground; }
    """

    class Taken(Message):
        """The reader clicked a paper."""

    def __init__(self) -> None:
        super().__init__(id="names")
        self._names: Sequence[tuple[str, str]] = ()
        self._at = 0

    @property
    def chosen(self) -> str:
        """Key of the paper that is chosen; empty while there is no list."""
        return self._names[self._at][0] if self.display and self._names else ""

    def offer(self, names: Sequence[tuple[str, str]], cursor: Offset) -> None:
        """Show papers below the cursor, or above it where there is more room; hide where there are none.

        Args:
            names: keys and titles.
            cursor: where the cursor is on the screen.
        """
        here = self.chosen
        self._names = names
        self._at = next((number for number, (key, _) in enumerate(names) if key == here), 0)
        self.display = bool(names)
        if names:
            screen, height = self.app.size, len(names)
            width = min(_WIDTH, screen.width - 2)
            below = cursor.y + 1
            self.styles.width, self.styles.height = width, height
            y = below if below + height < screen.height else max(cursor.y - height, 0)
            self.styles.offset = (max(min(cursor.x, screen.width - width - 1), 0), y)
            self.refresh()

    def close(self) -> None:
        """Show nothing."""
        self.display = False

    def move(self, step: int) -> None:
        """Choose the next one, or the one before, round and round."""
        self._at = (self._at + step) % max(len(self._names), 1)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one paper."""
        base, width = ground(self), self.content_size.width
        if y >= len(self._names):
            return Strip.blank(width, base)
        key, title = self._names[y]
        is_here = y == self._at
        longest = min(max(len(one) for one, _ in self._names), _KEY)
        segments = [
            Segment(_MARK if is_here else "  ", base + ink(self, "primary", bold=True)),
            Segment(
                fit(key, longest), base + ink(self, "primary" if is_here else "foreground", bold=is_here)
            ),
            Segment(fit(f"  {clean_line(title)}", width - longest - 2), base + ink(self, "quiet")),
        ]
        return Strip(segments).adjust_cell_length(width, base)

    def on_click(self, event: events.Click) -> None:
        """Take the paper under the mouse."""
        event.stop()
        if event.y < len(self._names):
            self._at = event.y
            self.post_message(self.Taken())

"""The four grades, each with when the question would come again; they are clicked as well."""

from collections.abc import Mapping

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from papertrail.domain.recall.review import Grade
from papertrail.domain.recall.words import interval_words
from papertrail.tui.widgets.ink import ground, ink

_WORDS = {Grade.AGAIN: "Again", Grade.HARD: "Hard", Grade.GOOD: "Good", Grade.EASY: "Easy"}
_COLOURS = {Grade.AGAIN: "error", Grade.HARD: "warning", Grade.GOOD: "success", Grade.EASY: "secondary"}
_GAP = 2
_LEFT = 2


class GradeBar(Widget):
    """Before the answer is seen it says how to see it, then which grades there are."""

    DEFAULT_CSS = """
    GradeBar { height: 1; }
    """

    class Clicked(Message):
        """The reader clicked a grade; None for seeing the answer."""

        def __init__(self, grade: Grade | None) -> None:
            super().__init__()
            self.grade = grade

    def __init__(self) -> None:
        super().__init__(id="grades")
        self._grades, self._key = False, "space"
        self._intervals: Mapping[Grade, int] = {}

    def show(self, *, grades: bool, key: str) -> None:
        """Offer the grades, or the answer, which a key shows."""
        self._grades, self._key = grades, key
        self.refresh()

    def set_intervals(self, intervals: Mapping[Grade, int]) -> None:
        """Say after how many days the question would come again."""
        self._intervals = intervals
        self.refresh()

    def _chips(self) -> list[tuple[Grade | None, str, str]]:
        """Return what can be clicked: the grade, its key and its words."""
        if not self._grades:
            return [(None, self._key, "see the answer")]
        chips: list[tuple[Grade | None, str, str]] = []
        for grade, word in _WORDS.items():
            days = self._intervals.get(grade)
            chips.append((grade, str(int(grade)), word if days is None else f"{word} {interval_words(days)}"))
        return chips

    def render_line(self, y: int) -> Strip:
        """Draw them beside each other."""
        base, width = ground(self), self.content_size.width
        segments = [Segment(" " * _LEFT, base)]
        for grade, key, words in self._chips():
            colour = "primary" if grade is None else _COLOURS[grade]
            segments += [
                Segment(f" {key} ", base + ink(self, colour, on="panel", bold=True)),
                Segment(f"{words} ", base + ink(self, "foreground", on="panel")),
                Segment(" " * _GAP, base),
            ]
        return Strip(segments).adjust_cell_length(width, base)

    def on_click(self, event: events.Click) -> None:
        """Tell which one is under the mouse."""
        x = event.x - _LEFT
        for grade, key, words in self._chips():
            wide = cell_len(key) + cell_len(words) + 3
            if 0 <= x < wide:
                self.post_message(self.Clicked(grade))
                return
            x -= wide + _GAP

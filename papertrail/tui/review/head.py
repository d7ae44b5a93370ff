"""The line above a question: which paper it is of, how far one is, how long the rest takes."""

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from papertrail.domain.recall.review import ReviewQuestion
from papertrail.domain.recall.sitting import Sitting
from papertrail.domain.recall.words import minutes_words
from papertrail.domain.text import clean_line
from papertrail.tui.widgets.cells import fit, line_bar
from papertrail.tui.widgets.ink import ground, ink

_LEAST_NAME = 16
_GAP = 2


class SittingHead(Widget):
    """Two lines: the paper's name and year with how far one is, and that as a bar."""

    DEFAULT_CSS = """
    SittingHead { height: 2; padding: 0 2; }
    """

    def __init__(self) -> None:
        super().__init__(id="sitting")
        self._about = self._beside = ""
        self._done, self._total = 0, 1

    def show(self, sitting: Sitting, question: ReviewQuestion | None) -> None:
        """Say where one is; without a question at the end."""
        self._total = sitting.total
        if question is None:
            self._done, self._about, self._beside = sitting.total, "Review", "done"
        else:
            year = f" · {question.year}" if question.year else ""
            self._about = question.title + (year if question.key is not None else " · the whole line")
            self._done = sitting.number - 1
            left = minutes_words(sitting.minutes_left)
            self._beside = f"{sitting.number} of {sitting.total} · {left} left"
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one of them."""
        base, width = ground(self), self.content_size.width
        if y == 1:
            filled, rest = line_bar(self._done, self._total, width)
            return Strip(
                [Segment(filled, base + ink(self, "primary")), Segment(rest, base + ink(self, "rule"))]
            )
        room = max(width - cell_len(self._beside) - _GAP, _LEAST_NAME)
        name, year = clean_line(self._about), ""
        if " · " in name and cell_len(name) > room:  # the title is cut, the year is not
            name, _, year = name.rpartition(" · ")
            year = f" · {year}"
        name = fit(name, room - cell_len(year)) if year else fit(name, room)
        return Strip(
            [
                Segment(name + year, base + ink(self, "primary", bold=True)),
                Segment(" " * _GAP + self._beside, base + ink(self, "quiet")),
            ]
        ).adjust_cell_length(width, base)

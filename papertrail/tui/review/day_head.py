"""The head of the review's screen: how many questions in large digits, and what there is to say of them."""

from datetime import date

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.renderables.digits import Digits
from textual.strip import Strip
from textual.widget import Widget

from papertrail.domain.recall import words
from papertrail.domain.recall.review import ReviewDay, ReviewStats
from papertrail.tui.widgets.cells import fit, line_bar
from papertrail.tui.widgets.ink import ground, ink

_GAP = 3
_MOST_BAR = 40


class ReviewHead(Widget):
    """Three lines: how much is asked today, what is remembered, the plan; the number in large digits."""

    DEFAULT_CSS = """
    ReviewHead { height: 3; padding: 0 2; }
    """

    def __init__(self) -> None:
        super().__init__(id="due")
        self._told: tuple[ReviewDay, ReviewStats, date] | None = None
        self._large = [""] * 3

    def set_day(self, day: ReviewDay, stats: ReviewStats, today: date) -> None:
        """Show what is due, and how it went."""
        self._told = day, stats, today
        drawn = Digits(str(len(day.asked))).render(Style(bold=True))
        self._large = [part.text for part in drawn if isinstance(part, Segment) and part.text != "\n"]
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the number's part and what stands beside it."""
        base, width = ground(self), self.content_size.width
        if self._told is None:
            return Strip.blank(width, base)
        large = Segment(self._large[y], base + ink(self, "primary", bold=True))
        room = max(width - cell_len(large.text) - _GAP, 0)
        parts = (self._due, self._remembered, self._plan)[y](room)
        return Strip([large, Segment(" " * _GAP, base), *parts]).adjust_cell_length(width, base)

    def _style(self, colour: str, *, bold: bool | None = None) -> Style:
        return ground(self) + ink(self, colour, bold=bold)

    def _due(self, room: int) -> list[Segment]:
        assert self._told is not None
        day, stats, today = self._told
        said = words.today_words(day) if day.asked else words.why_nothing(day, stats, today)
        beside = f"{day.answered:,} answered today" if day.answered else ""
        beside = " · ".join(filter(None, [beside, words.waiting_words(day)]))
        gap = room - cell_len(said) - cell_len(beside)
        if gap < 2:
            return [Segment(fit(said, room), self._style("foreground", bold=True))]
        return [
            Segment(said, self._style("foreground", bold=True)),
            Segment(" " * gap, ground(self)),
            Segment(beside, self._style("quiet")),
        ]

    def _remembered(self, room: int) -> list[Segment]:
        """Draw the share that is remembered as a bar, and say it."""
        assert self._told is not None
        _, stats, _ = self._told
        said = " · ".join(filter(None, [words.remembered_words(stats), words.explained_words(stats)]))
        if stats.remembered is None:
            return [Segment(fit(said, room), self._style("quiet"))]
        if cell_len(said) + 12 > room:
            said = words.remembered_words(stats)
        wide = min(max(room - cell_len(said) - 2, 0), _MOST_BAR)
        filled, rest = line_bar(stats.remembered, 1.0, wide)
        return [
            Segment(filled, self._style("primary")),
            Segment(rest, self._style("rule")),
            Segment(fit(f"  {said}", room - wide), self._style("foreground")),
        ]

    def _plan(self, room: int) -> list[Segment]:
        assert self._told is not None
        day, stats, today = self._told
        if not day.known or not (stats.counted or stats.answered):
            return []
        parts = [words.deadline_words(day, today)]
        if stats.answered or day.asked:
            parts.insert(0, words.tomorrow_words(day))
        said = " · ".join(filter(None, parts))
        if cell_len(said) > room:
            said = said.replace("about ", "").replace(" minutes", " min").replace(" minute", " min")
        return [Segment(fit(said, room), self._style("quiet"))]

"""The way to the goal as pictures: counted against plan with the forecast, and the reading days."""

from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from papertrail.domain.goal.today import Today
from papertrail.tui.widgets.ink import blank, ground


class Pictures(Widget):
    """The burn-up chart above, the map of reading days below; only what fits, nothing is scrolled.

    Empty until it is given days: the first frame does not wait for pictures.
    """

    DEFAULT_CSS = """
    Pictures { height: 1fr; padding: 0 1 0 2; }
    """

    class DayTold(Message):
        """The mouse came to a day: its numbers, in words; none when it left the pictures."""

        def __init__(self, told: str) -> None:
            super().__init__()
            self.told = told

    def __init__(self) -> None:
        super().__init__(id="pictures")
        self._today: Today | None = None
        self._strips: list[Strip] = []
        self._told = ""  # of the day under the mouse
        self._drawn: tuple[int, int, Style] | None = None

    def set_today(self, today: Today) -> None:
        """Show these days."""
        self._today = today
        self._drawn = None
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the lines in sight."""
        return blank(self, crop) if self._today is None else super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line; all are worked out when size, colours or days have changed."""
        base = ground(self)
        wanted = (*self.content_size, base)
        if self._drawn != wanted:
            from papertrail.tui.widgets.drawn_days import draw_days

            self._strips = list(draw_days(self, self._today, self.content_size)) if self._today else []
            self._drawn = wanted
        return self._strips[y] if y < len(self._strips) else Strip.blank(self.content_size.width, base)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Tell the numbers of the day that the mouse has come to."""
        self._tell(event)

    def on_click(self, event: events.Click) -> None:
        """Tell them, too: some terminals only say when the mouse is clicked."""
        self._tell(event)

    def on_leave(self) -> None:
        """Tell what was told before the mouse came."""
        if self._told:
            self._told = ""
            self.post_message(self.DayTold(""))

    def _tell(self, event: events.MouseEvent) -> None:
        at = event.get_content_offset(self)
        if self._today is not None and at is not None:
            from papertrail.tui.widgets.drawn_days import told_at

            told = told_at(self._today, self.content_size, *at)
            if told and told != self._told:
                self._told = told
                self.post_message(self.DayTold(told))

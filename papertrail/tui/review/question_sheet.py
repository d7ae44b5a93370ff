"""The page of a question and its answer; until that is seen, a frame invites to think of one."""

from collections.abc import Sequence

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from papertrail.tui.widgets.cells import fit
from papertrail.tui.widgets.ink import ground, ink
from papertrail.tui.widgets.markdown_lines import Lines
from papertrail.tui.widgets.sheet import Block, Sheet

INVITING = "Think, or say it aloud. Or type it: tab."
_LEAST_FRAME = 3  # lines
_WIDEST = 100  # cells within the frame, as in the field that takes its place
_BESIDE = 4  # cells: the frame's sides, and a blank within each


class QuestionSheet(Sheet):
    """Draws the frame itself where nobody types: a field there would lay the screen out at each question."""

    class Invited(Message):
        """The reader clicked the frame."""

    def __init__(self) -> None:
        super().__init__()
        self._has_frame = False

    def ask(self, question: Lines, *, framed: bool) -> None:
        """Show a question alone.

        Args:
            question: its lines.
            framed: whether the frame stands below it, as far as there is room.
        """
        self._has_frame = framed
        self.show([], header=question, at=(0, 0))

    def answer(self, blocks: Sequence[Block], question: Lines) -> None:
        """Show the answer below its question."""
        self._has_frame = False
        self.show(blocks, header=question, at=(0, 1))

    def on_click(self, event: events.Click) -> None:
        """Tell that the frame was clicked."""
        if self._has_frame and event.y >= len(self._header):
            event.prevent_default()
            self.post_message(self.Invited())

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window."""
        size, top = self.scrollable_content_region.size, len(self._header)
        if not self._has_frame or y < top or size.height - top < _LEAST_FRAME:
            return super().render_line(y)
        base = ground(self)
        rule = base + ink(self, "rule")
        inside = max(min(size.width - 1 - _BESIDE, _WIDEST), 1)
        if y in (top, size.height - 1):
            left, right = "╭╮" if y == top else "╰╯"
            parts = [Segment(f" {left}{'─' * (inside + 2)}{right}", rule)]
        else:
            words = INVITING if y == top + 1 else ""
            parts = [
                Segment(" │ ", rule),
                Segment(fit(words, inside), base + ink(self, "quiet")),
                Segment(" │", rule),
            ]
        return Strip(parts).adjust_cell_length(size.width, base)

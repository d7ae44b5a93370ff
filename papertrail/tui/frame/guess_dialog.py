"""The author's seat: one page before a paper is read."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static, TextArea

from papertrail.domain.errors import PapertrailError
from papertrail.domain.seat import QUESTION, Seat
from papertrail.domain.unsaved import Unsaved
from papertrail.library import Library
from papertrail.tui.frame.drafted_dialog import DraftedDialog
from papertrail.tui.widgets.clean_area import CleanArea
from papertrail.tui.widgets.data_text import line, of_segments
from papertrail.tui.widgets.dialogs import FRAME, AnswerKeys, answer_keys
from papertrail.tui.widgets.ink import ink
from papertrail.tui.widgets.markdown_lines import note_lines, words_lines

BEFORE = "a guess before you read it"
_MOST_CELLS = 89  # of a line of the limits
_BESIDE = 7  # cells of frame, padding and scrollbar
_SHARE = 22  # of a hundred lines of the screen, for the limits


class GuessDialog(DraftedDialog[str | None]):
    """Shows what the parents left open and takes a guess; gives back a line to tell, None for no guess.

    Args:
        library: the open trail.
        seat: what is to be seen.
    """

    CSS = FRAME.format(name="GuessDialog") + (
        f"GuessDialog #limits {{ height: auto; max-height: {_SHARE}vh; margin-bottom: 1; }}"
        "GuessDialog #limits { scrollbar-size-vertical: 1; }"
        "GuessDialog #limits Static { height: auto; }"
        "GuessDialog CleanArea { height: 3; margin-top: 1; border: none; background: $panel; }"
        "GuessDialog #problem { height: auto; color: $warning; }"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "Keep it", priority=True, id="guess.keep"),
        Binding("escape", "leave", "Skip it", priority=True, id="dialog.cancel"),
        Binding("pageup", "page(-1)", "Limits up", show=False, priority=True, id="guess.up"),
        Binding("pagedown", "page(1)", "Limits down", show=False, priority=True, id="guess.down"),
    ]

    def __init__(self, library: Library, seat: Seat) -> None:
        super().__init__(library, Unsaved.GUESS, seat.paper.key)
        self._seat = seat
        self._warned = ""  # the words that escape was pressed over once
        self._kept = seat.guess.words if seat.guess else ""
        self._area = CleanArea(self.left or self._kept, hint="Two sentences will do.")

    def compose(self) -> ComposeResult:
        """The paper, the limits of its parents, the question, a few lines to write on."""
        paper = self._seat.paper
        with Vertical():
            year = f"\n{paper.year} · {BEFORE}" if paper.year else f"\n{BEFORE}"
            yield Static(Content.assemble(line(paper.title, "bold"), (year, "$quiet")), classes="question")
            with VerticalScroll(id="limits", can_focus=False):
                yield Static("")
            yield Static(Content.styled(QUESTION, "bold $primary"))
            yield self._area
            yield Static("these words were never kept: ^s keeps them" if self.left else "", id="problem")
            yield AnswerKeys("", classes="answer-keys")

    def on_mount(self) -> None:
        """Show the limits; what was written goes on where it ended."""
        self._area.move_cursor(self._area.document.end)
        self._show_limits()

    def on_resize(self) -> None:
        """Break their lines anew."""
        self._show_limits()

    def _show_limits(self) -> None:
        width, height = self.app.size
        lines = list(self._limits(max(min(_MOST_CELLS, width * 94 // 100 - _BESIDE), 1)))
        self.query_one("#limits Static", Static).update(of_segments(lines))
        on = [("pgdn", "read on")] if len(lines) > height * _SHARE // 100 else []
        keys = (("^s", "into the note"), *on, ("esc", "skip: it is asked once"))
        self.query_one(".answer-keys", Static).update(answer_keys(*keys))

    def _limits(self, width: int) -> Iterator[Sequence[Segment]]:
        quiet = ink(self, "quiet")
        for one in self._seat.limits:
            year = f" · {one.paper.year}" if one.paper.year else ""
            yield from words_lines(f"limits of {one.paper.key}{year}", width, quiet)
            yield from note_lines(self, one.words, width)
        if self._seat.why_empty:
            yield from words_lines(self._seat.why_empty, width, quiet)

    @property
    def _words(self) -> str:
        return self._area.text.strip()

    @on(TextArea.Changed)
    def _typed(self) -> None:
        if self._words in ((self.left or self._kept).strip(), self._warned):
            return  # as it was
        self._say("")
        self.put_aside()

    def _say(self, problem: str) -> None:
        """Say what is wrong; else that no draft is kept, as long as that is so."""
        self.query_one("#problem", Static).update(line(problem or self.trouble))

    def tell_trouble(self, words: str) -> None:
        """Say it below the words."""
        self._say("")

    def unsaved(self) -> str:
        """Return the words, unless they are those of the note."""
        return self._words if self._words != self._kept.strip() else ""

    def action_page(self, pages: int) -> None:
        """Read on in the limits, or back."""
        limits = self.query_one("#limits", VerticalScroll)
        limits.scroll_relative(y=pages * max(limits.size.height - 1, 1), animate=False)

    def action_keep(self) -> None:
        """Write the guess into the note."""
        if not self._words:
            self._say("write a sentence or two, or leave with esc")
            return
        try:
            self._library.guesses.tell(self._seat.paper.key, self._words)
        except PapertrailError as error:
            self._say(str(error))
        else:
            self.leave(f"your guess stands first in the note of {self._seat.paper.key}")

    def action_leave(self) -> None:
        """Leave without a guess; what is typed is not lost by one key."""
        if self._words and self._words != self._warned:
            self._warned = self._words
            self._say("^s keeps these words; esc once more lets them go")
            return
        self.leave(None)

"""One announcement whole, to be read before it is sorted out."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from papertrail.domain.inbox.contents import NewVersion
from papertrail.domain.inbox.ranking import Ranked
from papertrail.tui.frame.steady import Steady
from papertrail.tui.inbox.words import told_of
from papertrail.tui.widgets.dialogs import FRAME, AnswerKeys, answer_keys
from papertrail.tui.widgets.modal import Modal


class ReadingScreen(Steady, Modal[str]):
    """Shows an announcement; gives back the action that was asked for, of the screen below.

    Args:
        item: the announcement.
    """

    CSS = FRAME.format(name="ReadingScreen") + (
        "ReadingScreen VerticalScroll { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }"
        "ReadingScreen VerticalScroll Static { height: auto; }"
    )
    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll(1)", "Down", show=False, id="reading.down"),
        Binding("k", "scroll(-1)", "Up", show=False, id="reading.up"),
        Binding("w", "answer('take')", "Into the queue", id="reading.take"),
        Binding("L", "answer('lineage')", "Into a lineage", id="reading.lineage"),
        Binding("d", "answer('skip')", "Skip", id="reading.skip"),
        Binding("exclamation_mark", "answer('mute')", "Mute", id="reading.mute"),
        Binding("o", "answer('open_page')", "Open a page", id="reading.open"),
        Binding("escape,q,enter", "answer('')", "Close", id="reading.close"),
    ]

    def __init__(self, item: Ranked | NewVersion) -> None:
        super().__init__()
        self._item = item

    def compose(self) -> ComposeResult:
        """All there is to say of it, and the keys."""
        with Vertical():
            with VerticalScroll():
                yield Static(Content("\n").join(told_of(self._item, spacious=True)))
            keys = (("w", "queue"), ("L", "lineage"), ("d", "skip"), ("!", "mute"), ("o", "page"))
            yield AnswerKeys(answer_keys(*keys, ("esc", "back")), classes="answer-keys")

    def action_scroll(self, lines: int) -> None:
        """Read on, or back."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_answer(self, action: str) -> None:
        """Close; the screen below does it."""
        self.dismiss(action)

"""Asked in earnest: a question that somebody really asked about a paper."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from papertrail.domain.asked import Outcome
from papertrail.domain.paper import PaperSummary
from papertrail.library import Library
from papertrail.tui.widgets.data_text import line
from papertrail.tui.widgets.dialogs import FRAME, AnswerKeys, answer_keys
from papertrail.tui.widgets.forms import FIELDS, Form

_HOW = (
    ("not-told", "not said"),
    ("failed", "I failed it: it comes first tomorrow"),
    ("held", "I held it"),
)


class AskedDialog(Form):
    """Asks what was asked, where, and how it went.

    Args:
        library: the open trail.
        paper: it was asked about.
    """

    CSS = (
        "".join(part.format(name="AskedDialog") for part in (FRAME, FIELDS))
        + "AskedDialog .outcomes { height: 3; } AskedDialog .outcomes Static { width: 14; color: $quiet; }"
        + "AskedDialog .outcomes OptionList { width: 1fr; margin: 0; padding: 0 1; }"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "to_outcome", "How it went", show=False, id="asked.outcome"),
    ]

    def __init__(self, library: Library, paper: PaperSummary) -> None:
        super().__init__()
        self._library = library
        self._paper = paper

    def compose(self) -> ComposeResult:
        """What, where, how it went."""
        with Vertical():
            yield Static(
                Content.assemble(
                    ("Asked in earnest about ", "bold $primary"), line(self._paper.title, "bold")
                ),
                classes="question",
            )
            yield self.field("question", "", hint="why 3x3?")
            yield self.field("where", "", hint="design review, or empty")
            with Horizontal(classes="outcomes"):
                yield Static("how it went")
                yield OptionList(*(Option(words, id=name) for name, words in _HOW), id="outcome")
            yield Static("", id="problem")
            yield AnswerKeys(
                answer_keys(("⏎", "into the note"), ("↓", "how it went"), ("esc", "cancel")),
                classes="answer-keys",
            )

    def on_mount(self) -> None:
        """Begin with how it went not told."""
        self.query_one("#outcome", OptionList).highlighted = 0

    def action_to_outcome(self) -> None:
        """Go to how it went."""
        outcome = self.query_one("#outcome", OptionList)
        outcome.focus()
        outcome.highlighted = 1

    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        self._submitted()

    def carry_out(self) -> str:
        """Keep the question."""
        outcome = self.query_one("#outcome", OptionList)
        name = _HOW[outcome.highlighted or 0][0]
        how = Outcome(name) if name in set(Outcome) else None
        asked = self._library.asked.add(self._paper.key, self.text("question"), how, where=self.text("where"))
        return asked.told

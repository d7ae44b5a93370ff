"""Asking for the papers to add."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from papertrail.domain.arxiv_id import parse_arxiv_id
from papertrail.domain.errors import BadInput
from papertrail.tui.widgets.clean_input import CleanInput
from papertrail.tui.widgets.data_text import line
from papertrail.tui.widgets.dialogs import FRAME, answer_keys


class AddDialog(ModalScreen[list[str] | None]):
    """Asks for one or more arXiv ids; gives them back as typed, or None."""

    CSS = (
        FRAME.format(name="AddDialog")
        + "AddDialog #ids { border: tall $panel; } AddDialog #problem { height: auto; color: $warning; }"
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss_none", "Cancel", id="dialog.cancel")]

    def compose(self) -> ComposeResult:
        """A line to type into, and what is wrong with it."""
        with Vertical():
            yield Static(Content.styled("Add papers from arXiv", "bold $primary"), classes="question")
            yield CleanInput(
                placeholder="1706.03762, cs/0112017 or https://arxiv.org/abs/… , several with blanks",
                id="ids",
            )
            yield Static("", id="problem")
            yield Static(answer_keys(("⏎", "add"), ("esc", "cancel")), classes="answer-keys")

    @staticmethod
    def _split(text: str) -> list[str]:
        return text.replace(",", " ").replace(";", " ").split()

    def _problem(self, text: str) -> str:
        for word in self._split(text):
            try:
                parse_arxiv_id(word)
            except BadInput as error:
                return str(error)
        return ""

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        complete = message.value.endswith(" ")
        self.query_one("#problem", Static).update(line(self._problem(message.value) if complete else ""))

    @on(Input.Submitted)
    def _submitted(self, message: Input.Submitted) -> None:
        problem = self._problem(message.value)
        if problem:
            self.query_one("#problem", Static).update(line(problem))
            return
        self.dismiss(self._split(message.value) or None)

    def action_dismiss_none(self) -> None:
        """Leave without adding."""
        self.dismiss(None)

"""Dialogs with lines to fill in."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from papertrail.domain.errors import PapertrailError
from papertrail.tui.clean_input import CleanInput
from papertrail.tui.data_text import line
from papertrail.tui.dialogs import FRAME, answer_keys

FIELDS = """
{name} .field {{ height: 3; }}
{name} .field Static {{ width: 14; height: 3; content-align: left middle; color: $quiet; }}
{name} .field Input {{ width: 1fr; border: tall $panel; background: $surface; }}
{name} .field Input:focus {{ border: tall $primary; }}
{name} Checkbox {{ border: none; background: $surface; padding: 0; margin: 0 0 0 14; }}
{name} #problem {{ height: auto; color: $warning; margin: 1 0 0 0; }}
{name} OptionList {{
    height: auto; max-height: 6; border: none; background: $surface; padding: 0; margin: 0 0 0 13;
}}
"""


class Form(ModalScreen[str | None]):
    """A few lines to fill in; what the library refuses is told below them, and nothing typed is lost."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Cancel", show=False, id="dialog.cancel"),
    ]

    def field(self, name: str, value: str, *, hint: str = "") -> Horizontal:
        """Return one line with its name."""
        return Horizontal(
            Static(name),
            CleanInput(value=value, placeholder=hint, id=name.replace(" ", "-")),
            classes="field",
        )

    def text(self, name: str) -> str:
        """Return what stands in a line."""
        return self.query_one(f"#{name.replace(' ', '-')}", Input).value.strip()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        try:
            self.dismiss(self.carry_out())
        except PapertrailError as error:
            self.query_one("#problem", Static).update(line(str(error)))

    @on(Input.Changed)
    def _typed(self) -> None:
        self.query_one("#problem", Static).update("")

    def carry_out(self) -> str:
        """Do what is asked for and return a line to tell."""
        raise NotImplementedError

    def action_leave(self) -> None:
        """Leave everything as it is."""
        self.dismiss(None)


class LineDialog(Form):
    """Asks for one line and does something with it.

    Args:
        question: shown above; data in it must be inert already.
        name: of the line.
        carry_out: takes what was typed and returns a line to tell; what it refuses is told in the dialog.
        value: stands in the line to begin with.
        hint: an example.
    """

    CSS = FRAME.format(name="LineDialog") + FIELDS.format(name="LineDialog")

    def __init__(
        self,
        question: Content,
        name: str,
        carry_out: Callable[[str], str],
        *,
        value: str = "",
        hint: str = "",
    ) -> None:
        super().__init__()
        self._question = question
        self._line = name
        self._carry_out = carry_out
        self._value = value
        self._hint = hint

    def compose(self) -> ComposeResult:
        """The question, the line, what is wrong with it."""
        with Vertical():
            yield Static(self._question, classes="question")
            yield self.field(self._line, self._value, hint=self._hint)
            yield Static("", id="problem")
            yield Static(answer_keys(("⏎", "do it"), ("esc", "cancel")), classes="answer-keys")

    def carry_out(self) -> str:
        """Do what is asked for and return a line to tell."""
        return self._carry_out(self.text(self._line))

"""Dialogs with lines to fill in."""

from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from papertrail.domain.errors import PapertrailError
from papertrail.domain.text import fold, shorten
from papertrail.tui.widgets.clean_input import CleanInput
from papertrail.tui.widgets.data_text import line
from papertrail.tui.widgets.dialogs import FRAME, AnswerKeys, answer_keys
from papertrail.tui.widgets.modal import Modal

MOST_CHOICES = 50  # of those that fit
LONGEST_ABOUT = 40  # letters of what is said of a choice
FIELDS = """
{name} .field {{ height: 1; margin: 0 0 1 0; }}
{name} .field Static {{ width: 14; height: 1; color: $quiet; }}
{name} .field Input {{ width: 1fr; }}
{name} Checkbox {{ border: none; background: $surface; padding: 0; margin: 0 0 0 14; }}
{name} #problem {{ height: auto; color: $warning; }}
{name} OptionList {{
    text-wrap: nowrap; text-overflow: ellipsis;
    height: auto; max-height: 6; border: none; background: $surface; padding: 0 1; margin: 0 0 0 14;
}}
"""


class Form(Modal[str | None]):
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

    @abstractmethod
    def carry_out(self) -> str:
        """Do what is asked for and return a line to tell."""

    def action_leave(self) -> None:
        """Leave everything as it is."""
        self.dismiss(None)


class LineDialog(Form):
    """Asks for one line and does something with it; what one may mean stands below and can be chosen.

    Args:
        question: shown above; data in it must be inert already.
        name: of the line.
        carry_out: takes what was typed and returns a line to tell; what it refuses is told in the dialog.
        value: stands in the line to begin with.
        hint: an example.
        choices: what may be meant: what to type, and words about it.
        pick: whether only one of the choices may be meant; enter takes the first that fits.
    """

    CSS = FRAME.format(name="LineDialog") + FIELDS.format(name="LineDialog")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "to_choices", "To the list", show=False, id="dialog.choices"),
    ]

    def __init__(
        self,
        question: Content,
        name: str,
        carry_out: Callable[[str], str],
        *,
        value: str = "",
        hint: str = "",
        choices: Sequence[tuple[str, str]] = (),
        pick: bool = False,
    ) -> None:
        super().__init__()
        self._pick = pick
        self._question = question
        self._line = name
        self._carry_out = carry_out
        self._value = value
        self._hint = hint
        self._choices = choices

    def compose(self) -> ComposeResult:
        """The question, the line, what may be meant, what is wrong with it."""
        with Vertical():
            yield Static(self._question, classes="question")
            yield self.field(self._line, self._value, hint=self._hint)
            if self._choices:
                yield OptionList(*self._fitting(""), id="choices")
            yield Static("", id="problem")
            choose = [("↓", "choose")] if self._choices else []
            yield AnswerKeys(answer_keys(("⏎", "do it"), *choose, ("esc", "cancel")), classes="answer-keys")

    def _fitting(self, text: str) -> Iterator[Option]:
        """Yield the choices that hold all words typed, those that begin so first."""
        words = fold(text).split()
        fitting = [one for one in self._choices if all(word in fold(" ".join(one)) for word in words)]
        fitting.sort(key=lambda one: not fold(one[0]).startswith(fold(text)))
        for value, about in fitting[:MOST_CHOICES]:
            shown = Content.assemble(line(value, "bold"), "  ", line(shorten(about, LONGEST_ABOUT), "$quiet"))
            yield Option(shown, id=value)

    @on(Input.Changed)
    def _narrow(self, message: Input.Changed) -> None:
        for choices in self.query(OptionList):
            choices.clear_options()
            choices.add_options(self._fitting(message.value))
            if self._pick and not choices.option_count:
                self.call_later(self._say_none)  # once what was said of the former words is gone

    def _say_none(self) -> None:
        self.query_one("#problem", Static).update(line(f"no {self._line} has these words"))

    @on(OptionList.OptionSelected)
    def _choose(self, message: OptionList.OptionSelected) -> None:
        field = self.query_one(Input)
        with field.prevent(Input.Changed):
            field.value = message.option.id or ""
        self._submitted()

    def action_to_choices(self) -> None:
        """Go from the line to what may be meant."""
        for choices in self.query(OptionList):
            if choices.option_count:
                choices.focus()
                choices.highlighted = 0

    def carry_out(self) -> str:
        """Do what is asked for and return a line to tell."""
        text = self.text(self._line)
        if self._pick and text and text not in {value for value, _ in self._choices}:
            fitting = next(self._fitting(text), None)
            text = (fitting.id if fitting else None) or text
        return self._carry_out(text)

"""Small questions over the screen; each gives back plain data."""

from textwrap import wrap
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from papertrail.domain.arxiv_id import parse_arxiv_id
from papertrail.domain.errors import BadInput
from papertrail.tui.widgets.clean_input import CleanInput
from papertrail.tui.widgets.data_text import line

FRAME = """
{name} {{ align: center middle; background: $background 60%; }}
{name} > Vertical {{
    width: 72; max-width: 94%; height: auto; max-height: 90%;
    background: $surface; border: round $primary; padding: 1 2;
}}
{name} .question {{ height: auto; margin-bottom: 1; }}
{name} .answer-keys {{ height: 1; margin-top: 1; color: $quiet; }}
"""


_ANSWER = 60  # letters of an answer that stand beside its key


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


class ChoiceDialog(ModalScreen[str]):
    """Asks a question with a few answers; gives back the answer's name.

    Args:
        question: shown above the answers.
        answers: name, key and words of each; the last one is what escape means.
    """

    CSS = FRAME.format(name="ChoiceDialog") + (
        "ChoiceDialog OptionList { height: auto; border: none; background: transparent; padding: 0; }"
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "last", "Back", id="dialog.back")]

    def __init__(self, question: Content, answers: list[tuple[str, str, str]]) -> None:
        super().__init__()
        self._question = question
        self._answers = answers
        for name, key, _ in answers:
            self._bindings.bind(key, f"answer('{name}')", show=False)

    def compose(self) -> ComposeResult:
        """The question, the answers below each other."""
        with Vertical():
            yield Static(self._question, classes="question")
            yield OptionList(
                *(
                    Option(Content.assemble((f" {key} ", "bold $primary"), " ", _hanging(words)), id=name)
                    for name, key, words in self._answers
                )
            )
            yield Static(
                answer_keys(("↑↓ ⏎", "choose"), ("esc", self._answers[-1][2])), classes="answer-keys"
            )

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Give the chosen answer back."""
        self.dismiss(message.option.id or self._answers[-1][0])

    def action_answer(self, name: str) -> None:
        """Give an answer back by its key."""
        self.dismiss(name)

    def action_last(self) -> None:
        """Give back the harmless answer."""
        self.dismiss(self._answers[-1][0])


def _hanging(words: str) -> Content:
    """Return an answer's words, further lines of it below the first and not below its key."""
    return Content("\n    ").join(line(part) for part in wrap(words, _ANSWER) or [""])


def unsaved_dialog() -> ChoiceDialog:
    """Ask what to do with unsaved text: `save`, `draft` or `stay`."""
    return ChoiceDialog(
        Content.styled("This note has unsaved words.", "bold $primary"),
        [
            ("save", "s", "save and leave"),
            ("draft", "d", "leave; the words are kept as a draft and offered next time"),
            ("stay", "k", "keep writing"),
        ],
    )


def conflict_dialog(kept_in: str, *, removed: bool = False) -> ChoiceDialog:
    """Say that another program changed the note's file, or removed it: `mine`, `theirs` or `stay`.

    Args:
        kept_in: where the reader's text has been kept.
        removed: whether the file is gone.
    """
    if removed:
        happened, kept = (
            "Another program removed this note while you were writing.\n",
            "Your text is kept in ",
        )
        mine, theirs = "make mine the note again", "begin a new note"
    else:
        happened = "Another program changed this note while you were writing.\n"
        kept = "Both texts are kept: theirs is the note's file, yours is in "
        mine, theirs = "make mine the note; theirs goes into the history", "go on with theirs"
    return ChoiceDialog(
        Content.assemble((happened, "bold $warning"), kept, line(kept_in, "bold"), "."),
        [("mine", "m", mine), ("theirs", "t", theirs), ("stay", "k", "keep writing, decide later")],
    )


def answer_keys(*pairs: tuple[str, str]) -> Content:
    """Return the line that says what the keys of a dialog do."""
    parts: list[Content | tuple[str, str]] = []
    for key, meaning in pairs:
        parts += [(f"{key} ", "bold $primary"), (f"{meaning}   ", "$quiet")]
    return Content.assemble(*parts)

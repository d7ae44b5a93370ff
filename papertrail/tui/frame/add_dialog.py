"""Asking for the papers to add."""

from typing import ClassVar, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from papertrail.domain.id_list import IdList, read_list, read_pasted
from papertrail.domain.text import clean, shorten
from papertrail.tui.frame.steady import Steady
from papertrail.tui.widgets.clean_input import CleanInput
from papertrail.tui.widgets.data_text import line
from papertrail.tui.widgets.dialogs import FRAME, AnswerKeys, answer_keys
from papertrail.tui.widgets.modal import Modal

_IDS_NAMED = 8
_LINES_TOLD = 5
_TOLD = 62  # letters of one line of the dialog


class IdInput(CleanInput):
    """A line to type into; what is pasted in several lines is a list and goes to the dialog."""

    class ListPasted(Message):
        """Several lines were pasted.

        Args:
            text: all of them.
        """

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def on_paste(self, event: events.Paste) -> None:
        """Tell of a list; a single line is taken into the field."""
        if len(clean(event.text).strip().split("\n")) > 1:
            event.prevent_default()
            event.stop()
            self.post_message(self.ListPasted(event.text))


class ImportAsked(NamedTuple):
    """The reader would rather bring in a file."""


class AddDialog(Steady, Modal[list[str] | str | ImportAsked | None]):
    """Asks for arXiv ids, typed or pasted in whatever form; gives back those, words to search for, or that a
    file is to be brought in.
    """

    CSS = (
        FRAME.format(name="AddDialog")
        + "AddDialog #read { height: auto; max-height: 38vh; margin-top: 1; }"
        + "AddDialog #found, AddDialog #problem { height: auto; padding: 0 1; }"
        + "AddDialog #problem { color: $warning; }"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss_none", "Cancel", id="dialog.cancel"),
        Binding("ctrl+s", "search", "Search arXiv", id="dialog.search"),
        Binding("ctrl+o", "import_file", "Import a file", id="dialog.import_file"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._pasted: list[IdList] = []

    def compose(self) -> ComposeResult:
        """A line to type into, what was found in it and in lists, and what is wrong."""
        with Vertical():
            yield Static(Content.styled("Add papers from arXiv", "bold $primary"), classes="question")
            yield IdInput(placeholder="an id, address, DOI or reference; or paste a list", id="ids")
            with VerticalScroll(id="read"):
                yield Static("", id="found")
                yield Static("", id="problem")
            yield AnswerKeys(
                answer_keys(("⏎", "add"), ("^s", "search arXiv"), ("^o", "a file"), ("esc", "cancel")),
                classes="answer-keys",
            )

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        self._show(read_list(message.value), complete=message.value.endswith((" ", ",", ";")))

    @on(IdInput.ListPasted)
    def _list_pasted(self, message: IdInput.ListPasted) -> None:
        self._pasted.append(read_pasted(message.text))
        self._show(read_list(self.query_one(IdInput).value), complete=False)

    @on(Input.Submitted)
    def _submitted(self, message: Input.Submitted) -> None:
        typed = read_list(message.value)
        ids = self._ids(typed)
        if typed.refused or (self._pasted and not ids):
            self._show(typed, complete=True)
            return
        self.dismiss(ids or None)

    def _ids(self, typed: IdList) -> list[str]:
        return list(dict.fromkeys(id_ for each in (*self._pasted, typed) for id_ in each.ids))

    def _show(self, typed: IdList, *, complete: bool) -> None:
        """Say what would be added and what would not.

        Args:
            typed: what stands in the field.
            complete: whether what is wrong in the field is told already.
        """
        ids = self._ids(typed)
        found = ""
        if self._pasted or ids:
            more = f" … and {len(ids) - _IDS_NAMED} more" if len(ids) > _IDS_NAMED else ""
            named = f": {', '.join(ids[:_IDS_NAMED])}{more}" if ids else ""
            found = f"{len(ids)} {'paper' if len(ids) == 1 else 'papers'}{named}"
        self.query_one("#found", Static).update(line(found))
        problems = [
            f"line {number}: {error.cause}" for each in self._pasted for number, error in each.refused
        ]
        told = [f"left out, {len(problems)} of the pasted list:"] if problems else []
        told += problems[:_LINES_TOLD]
        told += [f"… and {len(problems) - _LINES_TOLD} more"] if len(problems) > _LINES_TOLD else []
        told = [shorten(each, _TOLD) for each in told]
        told += [str(error) for _, error in typed.refused[:1]] if complete else []
        self.query_one("#problem", Static).update(Content("\n").join(line(each) for each in told))

    def action_search(self) -> None:
        """Leave, to search for the words typed."""
        self.dismiss(self.query_one(IdInput).value)

    def action_import_file(self) -> None:
        """Leave, to bring in a file."""
        self.dismiss(ImportAsked())

    def action_dismiss_none(self) -> None:
        """Leave without adding."""
        self.dismiss(None)

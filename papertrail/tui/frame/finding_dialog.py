"""A line for words over a screen, and below it what they find, as one types."""

from abc import abstractmethod
from collections.abc import Callable
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from papertrail.tui.frame.background import UseCaseFailed
from papertrail.tui.frame.found_rows import FoundRows
from papertrail.tui.frame.key_bar import KeyBar, Keys
from papertrail.tui.frame.newest import NewestOnly
from papertrail.tui.frame.steady import Steady
from papertrail.tui.widgets.clean_input import CleanInput
from papertrail.tui.widgets.data_text import line
from papertrail.tui.widgets.dialogs import FRAME
from papertrail.tui.widgets.modal import Modal
from papertrail.tui.widgets.row_list import RowList
from papertrail.tui.widgets.text_in_place import put_text

_ABOUT_FOUND = ("enter", "up", "down", "pageup", "pagedown", "ctrl+home", "ctrl+end")


class FindingDialog(Steady, Modal[Callable[[], object]]):
    """Finds something as one types; gives back what goes to the chosen thing, or does it.

    Args:
        rows: shows what is found.
    """

    CSS = FRAME.format(name="FindingDialog") + (
        "FindingDialog { align: center top; }"
        "FindingDialog > Vertical { height: 90%; margin-top: 1; padding: 0 1; }"
        "FindingDialog > Vertical { border-title-color: $primary; }"
        "FindingDialog #words { border: none; height: 1; padding: 0 1; background: $surface; }"
        "FindingDialog #words:focus { color: $foreground; }"
        "FindingDialog #rule { height: 1; color: $rule; overflow: hidden; }"
        "FindingDialog #found { height: 1fr; }"
        "FindingDialog #told { height: auto; max-height: 2; padding: 0 1; }"
    )
    SCOPED_CSS = False  # it begins with this class, and is meant for those made of it
    AUTO_FOCUS = "#words"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", id="dialog.cancel"),
        Binding("down", "move(1)", "Down", show=False, id="finder.down"),
        Binding("up", "move(-1)", "Up", show=False, id="finder.up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="finder.page_down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="finder.page_up"),
        Binding("ctrl+home", "move_to(0)", "First", show=False, id="finder.first"),
        Binding("ctrl+end", "move_to(-1)", "Last", show=False, id="finder.last"),
    ]
    ABOUT: ClassVar[str]
    """What stands above it."""
    PLACEHOLDER: ClassVar[str]
    """What stands in the empty line."""
    KEYS: ClassVar[Keys]
    """What the keys do."""
    SPARE: ClassVar[Keys]
    """Those of them left out where there is no room, the first one first."""

    def __init__(self, rows: FoundRows) -> None:
        super().__init__()
        self._rows = rows
        self._finding = NewestOnly(self, "finder")

    def compose(self) -> ComposeResult:
        """A line for words, what was found, what is to be told."""
        with Vertical() as frame:
            frame.border_title = self.ABOUT
            yield CleanInput(placeholder=self.PLACEHOLDER, id="words", select_on_focus=False)
            yield Static("─" * 200, id="rule")
            yield self._rows
            yield Static("", id="told")
            yield KeyBar(self.KEYS, self.SPARE)

    @abstractmethod
    def look_for(self, text: str) -> None:
        """Find what was typed, and show it."""

    @abstractmethod
    def chosen(self) -> Callable[[], object] | None:
        """Return what goes to the thing under the cursor, or does it; None where there is none."""

    def key_meanings(self) -> dict[str, str]:
        """Return what those keys do now that do not always do the same: nothing where there is no row."""
        return {"⏎": "", "↑↓": ""} if self.chosen() is None else {}

    def say_keys(self) -> None:
        """Say what the keys do now."""
        self.query_one(KeyBar).set_meanings(self.key_meanings())

    def on_mount(self) -> None:
        """Say it before anything is found."""
        self.say_keys()

    @property
    def typed(self) -> str:
        """What stands in the line."""
        return self.query_one("#words", Input).value

    def is_ready_for(self, key: str) -> bool:
        """Let keys that choose wait until what was typed is found; letters and what leaves need not."""
        return key not in _ABOUT_FOUND or not self._finding.is_waited_for

    @on(Input.Changed, "#words")
    def _changed(self, message: Input.Changed) -> None:
        message.stop()
        self.look_for(message.value)

    def tell(self, text: str, *, warn: bool = False) -> None:
        """Say something below what was found."""
        put_text(self.query_one("#told", Static), line(text, "$warning" if warn else "$quiet"))

    @on(UseCaseFailed)
    def _failed(self, message: UseCaseFailed) -> None:
        message.stop()
        self.tell(str(message.error), warn=True)

    def action_move(self, rows: int) -> None:
        """Move the cursor by so many rows."""
        self._rows.action_move(rows)

    def action_page(self, pages: int) -> None:
        """Move the cursor by so many windows."""
        self._rows.action_page(pages)

    def action_move_to(self, index: int) -> None:
        """Move the cursor to a row; negative ones count from the end."""
        self._rows.action_move_to(index)

    @on(Input.Submitted, "#words")
    def _submitted(self, message: Input.Submitted) -> None:
        message.stop()
        self._choose()

    @on(RowList.Chosen, "#found")
    def _clicked(self, message: RowList.Chosen) -> None:
        message.stop()
        self._choose()

    def _choose(self) -> None:
        if (there := self.chosen()) is not None:
            self.dismiss(there)

    def on_click(self, event: events.Click) -> None:
        """Close where the screen behind is clicked."""
        if event.widget is self:
            self.action_close()

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)

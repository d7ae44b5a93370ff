"""Finding anything: papers, notes, lineages, tags and views, while one types."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from papertrail.domain.query.remarks import in_one_line
from papertrail.library import Library
from papertrail.tui.frame.background import UseCaseFailed, WorkTold
from papertrail.tui.frame.found import Found, Row, Ways, go, look
from papertrail.tui.frame.found_list import FoundList
from papertrail.tui.frame.key_bar import KeyBar
from papertrail.tui.frame.newest import NewestOnly
from papertrail.tui.frame.steady import Steady
from papertrail.tui.widgets.clean_input import CleanInput
from papertrail.tui.widgets.data_text import line
from papertrail.tui.widgets.dialogs import FRAME
from papertrail.tui.widgets.modal import Modal
from papertrail.tui.widgets.row_list import RowList
from papertrail.tui.widgets.text_in_place import put_text

EXAMPLES = (
    ("residual net", "words of titles, authors, notes, abstracts"),
    ('"small objects"', "just these, one after the other"),
    ("残差", "any script"),
    ("author:he year:2015..", "what stands in one field; a range"),
    ("tag:thesis -unet", "with a tag, and without a word"),
    ("status:reading or owed", "either of two"),
    ("note:superpixels", "in your notes alone: ⏎ opens one at the line"),
)
_ABOUT_FOUND = ("enter", "up", "down", "pageup", "pagedown")
_LONGEST_EXAMPLE = max(cell_len(typed) for typed, _ in EXAMPLES)
_KEYS = (("⏎", "go there"), ("↑↓", "choose"), ("tab", "all on Papers"), ("esc", "close"))
_SPARE = (_KEYS[1], _KEYS[0], _KEYS[2])
NOTHING = "nothing found with all these words: try fewer, or only the beginning of one"


class Finder(Steady, Modal[Callable[[], None]]):
    """Shows what is found for the words typed, the best first; gives back what goes to the chosen thing.

    Args:
        library: the open trail.
        ways: lead to what is chosen.
    """

    CSS = FRAME.format(name="Finder") + (
        "Finder { align: center top; }"
        "Finder > Vertical { height: 90%; margin-top: 1; padding: 0 1; }"
        "Finder > Vertical { border-title-color: $primary; }"
        "Finder #words { border: none; height: 1; padding: 0 1; background: $surface; }"
        "Finder #words:focus { color: $foreground; }"
        "Finder #rule { height: 1; color: $rule; overflow: hidden; }"
        "Finder #found { height: 1fr; display: none; }"
        "Finder #examples { height: 1fr; padding: 0 1; color: $quiet; }"
        "Finder #told { height: auto; max-height: 2; padding: 0 1; }"
    )
    AUTO_FOCUS = "#words"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", id="dialog.cancel"),
        Binding("down", "move(1)", "Down", show=False, id="finder.down"),
        Binding("up", "move(-1)", "Up", show=False, id="finder.up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="finder.page_down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="finder.page_up"),
        Binding("tab", "show_all", "All of them on Papers", priority=True, id="finder.all"),
    ]

    def __init__(self, library: Library, ways: Ways) -> None:
        super().__init__()
        self._library = library
        self._ways = ways
        self._finding = NewestOnly(self, "finder")
        self._found: Found | None = None

    def compose(self) -> ComposeResult:
        """A line for words, what was found, what is to be told."""
        with Vertical() as frame:
            frame.border_title = "find anything"
            yield CleanInput(
                placeholder="find papers, notes, lineages, tags, views …", id="words", select_on_focus=False
            )
            yield Static("─" * 200, id="rule")
            yield FoundList(id="found")
            yield Static(_examples(), id="examples")
            yield Static("", id="told")
            yield KeyBar(_KEYS, _SPARE)

    @property
    def _typed(self) -> str:
        return self.query_one("#words", Input).value

    def finds(self, words: str) -> bool:
        """Tell whether these words were typed, and a paper of them is under the cursor."""
        row = self._marked
        return self._typed.strip().lower().startswith(words) and row is not None and row.kind == "paper"

    @property
    def _marked(self) -> Row | None:
        rows = self.query_one(FoundList)
        return rows.chosen if rows.display else None

    def is_ready_for(self, key: str) -> bool:
        """Let keys that choose wait until what was typed is found; letters and what leaves need not."""
        return key not in _ABOUT_FOUND or not self._finding.is_waited_for

    @on(Input.Changed, "#words")
    def _changed(self, message: Input.Changed) -> None:
        message.stop()
        if message.value.strip():
            self._finding.ask(partial(look, self._library, message.value, self._show))
        else:
            self._finding.forget()
            self._show(None)

    def _show(self, found: Found | None) -> None:
        self._found = found
        is_any = found is not None and bool(found.groups)
        # Not by a class of the screen: that has all styles worked out anew.
        rows = self.query_one(FoundList)
        rows.display = found is not None and (is_any or found.query.where is not None)
        self.query_one("#examples").display = not rows.display
        if found is not None:
            rows.show(found)
        self._tell(_told(found))

    def _tell(self, text: str, *, warn: bool = False) -> None:
        put_text(self.query_one("#told", Static), line(text, "$warning" if warn else "$quiet"))

    @on(WorkTold)
    def _work_told(self, message: WorkTold) -> None:
        message.stop()
        message.then()

    @on(UseCaseFailed)
    def _failed(self, message: UseCaseFailed) -> None:
        message.stop()
        self._tell(str(message.error), warn=True)

    def action_move(self, rows: int) -> None:
        """Move the cursor by so many rows."""
        self.query_one(FoundList).action_move(rows)

    def action_page(self, pages: int) -> None:
        """Move the cursor by so many windows."""
        self.query_one(FoundList).action_page(pages)

    @on(Input.Submitted, "#words")
    def _submitted(self, message: Input.Submitted) -> None:
        message.stop()
        self._choose()

    @on(RowList.Chosen, "#found")
    def _clicked(self, message: RowList.Chosen) -> None:
        message.stop()
        self._choose()

    def _choose(self) -> None:
        """Go to what is under the cursor."""
        row = self._marked
        if row is not None and self._found is not None:
            self.dismiss(partial(go, self._ways, self._found.query, row))

    def action_show_all(self) -> None:
        """Show all papers that are found on the papers' screen; without words go there to type some."""
        self.dismiss(partial(self._ways.papers, self._typed.strip()))

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)


def _told(found: Found | None) -> str:
    if found is None:
        return ""
    if found.remarks:
        return in_one_line(found.remarks)
    return "" if found.groups or found.query.where is None else NOTHING


def _examples() -> Content:
    parts: list[Content | tuple[str, str]] = []
    for typed, meaning in EXAMPLES:
        blanks = " " * (_LONGEST_EXAMPLE + 2 - cell_len(typed))
        parts += [(f"{typed}{blanks}", "$primary"), (f"{meaning}\n", "")]
    return Content.assemble(("Type what you look for:\n\n", ""), *parts)

"""A question about the list of papers: which columns it has, and by which it is sorted."""

from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from papertrail.domain.query.tree import Sort
from papertrail.tui.frame.steady import Steady
from papertrail.tui.papers.columns import COLUMNS, next_sort
from papertrail.tui.widgets.dialogs import FRAME, AnswerKeys, answer_keys
from papertrail.tui.widgets.modal import Modal

OWN = "own order"


class Listing(NamedTuple):
    """The columns that are chosen, and what the list is sorted by first; None for its own order."""

    columns: tuple[str, ...]
    sort: Sort | None


class ColumnDialog(Steady, Modal[Listing]):
    """Shows all columns; gives back which are chosen and what sorts the list.

    Args:
        listing: as it is.
    """

    CSS = FRAME.format(name="ColumnDialog") + (
        "ColumnDialog OptionList { height: auto; border: none; background: transparent; padding: 0; }"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "choose", "Show or hide", id="columns.choose"),
        Binding("s", "sort", "Sort by it", id="columns.sort"),
        Binding("n", "own_order", "Own order", id="columns.own"),
        Binding("j", "move(1)", "Down", show=False, id="columns.down"),
        Binding("k", "move(-1)", "Up", show=False, id="columns.up"),
        Binding("escape,O,q", "leave", "Done", id="columns.leave"),
    ]

    def __init__(self, listing: Listing) -> None:
        super().__init__()
        self._listing = listing

    def compose(self) -> ComposeResult:
        """The columns below each other, with what the keys do."""
        with Vertical():
            yield Static(Content.styled("Columns and order of the list", "bold $primary"), classes="question")
            yield OptionList(*(Option(self._said(column.name), id=column.name) for column in COLUMNS))
            keys = ("space", "show or hide"), ("⏎ s", "sort"), ("n", OWN), ("esc", "done")
            yield AnswerKeys(answer_keys(*keys), classes="answer-keys")

    def on_mount(self) -> None:
        """Begin at what sorts the list, else at the first column."""
        names = [column.name for column in COLUMNS]
        sort = self._listing.sort
        self.query_one(OptionList).highlighted = names.index(sort.by) if sort and sort.by in names else 0

    def _said(self, name: str) -> Content:
        sort = self._listing.sort
        is_shown = name in self._listing.columns or name == "title"
        sign = "" if sort is None or sort.by != name else "↓ falling" if sort.descending else "↑ rising"
        return Content.assemble(
            (f" {'shown' if is_shown else 'hidden':<7}", "$primary" if is_shown else "$quiet"),
            f"{name:<8} ",
            (sign, "$primary"),
        )

    def _show(self) -> None:
        rows = self.query_one(OptionList)
        for column in COLUMNS:
            rows.replace_option_prompt(column.name, self._said(column.name))

    @property
    def _column(self) -> str:
        return COLUMNS[self.query_one(OptionList).highlighted or 0].name

    def action_move(self, rows: int) -> None:
        """Go to the next or the last column."""
        columns = self.query_one(OptionList)
        if rows > 0:
            columns.action_cursor_down()
        else:
            columns.action_cursor_up()

    def action_choose(self) -> None:
        """Show the column, or hide it; titles are always there."""
        name, shown = self._column, self._listing.columns
        others = tuple(one for one in shown if one != name)
        self._listing = self._listing._replace(columns=others if name in shown else (*shown, name))
        self._show()

    def action_sort(self) -> None:
        """Sort by the column; again the other way; a third time not at all."""
        self._listing = self._listing._replace(sort=next_sort(self._column, self._listing.sort))
        self._show()

    def action_own_order(self) -> None:
        """Leave papers in the order of what they are listed for."""
        self._listing = self._listing._replace(sort=None)
        self._show()

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Sort by the column."""
        self.action_sort()

    def action_leave(self) -> None:
        """Give back what is chosen."""
        self.dismiss(self._listing)

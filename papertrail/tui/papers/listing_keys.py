"""How the list of papers is laid out: its columns, and what sorts it."""

from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from papertrail.domain.listing import setting_of, sort_of
from papertrail.domain.query.tree import Sort
from papertrail.domain.settings import LIST_ORDER, SHOWN_COLUMNS
from papertrail.tui.frame.background import tells_failure
from papertrail.tui.papers.columns import next_sort
from papertrail.tui.papers.filter import FilterLine

if TYPE_CHECKING:
    from papertrail.tui.papers.column_dialog import Listing
    from papertrail.tui.papers.screen import PapersScreen


class ListingKeys:
    """Asks for columns and order, and remembers them.

    Args:
        screen: where the list is.

    Attributes:
        columns: by their names, in their order.
        order: of lists whose query names none.
    """

    def __init__(self, screen: "PapersScreen") -> None:
        self._papers = screen
        self.columns: tuple[str, ...] = ()
        self.order: tuple[Sort, ...] = ()

    @property
    def screen(self) -> Screen[Any]:
        """The screen with the list."""
        return self._papers

    @property
    def sort(self) -> Sort | None:
        """What sorts the list in sight; None where it is in its own order."""
        order = self._papers.query_in_sight.order
        return order[0] if order else None

    def read(self) -> None:
        """Take columns and order as they are remembered."""
        settings = self._papers.library.settings
        self.columns = tuple(settings.get(SHOWN_COLUMNS).split(","))
        self.order = sort_of(settings.get(LIST_ORDER))

    def ask(self) -> None:
        """Ask which columns the list has, and by which it is sorted."""
        from papertrail.tui.papers.column_dialog import ColumnDialog, Listing

        self._papers.app.push_screen(ColumnDialog(Listing(self.columns, self.sort)), self._set)

    @tells_failure
    def _set(self, listing: "Listing | None") -> None:
        if listing is None:
            return
        if set(listing.columns) != set(self.columns):
            self._papers.library.settings.set(SHOWN_COLUMNS.name, ",".join((*listing.columns, "title")))
            self.read()
            self._papers.show_title()
        if listing.sort != self.sort:
            self._sort(listing.sort)

    @tells_failure
    def sort_by(self, column: str) -> None:
        """Sort by a column, the other way, or not any more."""
        self._sort(next_sort(column, self.sort))

    def _sort(self, sort: Sort | None) -> None:
        """Sort what is in sight: in the query where one is typed, or names an order; else for all lists."""
        order = () if sort is None else (sort,)
        typed = self._papers.typed
        text = self._papers.line_in_sight if typed.text is None else typed.text
        if isinstance(text, str) and (
            typed.text is not None or (typed.found is not None and typed.found.names_order)
        ):
            from papertrail.domain.query.printer import with_order

            typed.put(text := with_order(text, order))
            for field in self._papers.query(FilterLine):
                field.put(text, typed.begins_with)
        else:
            self._papers.library.settings.set(LIST_ORDER.name, setting_of(order))
            self.read()
        self._papers.show_papers()
        way = "" if sort is None else "falling" if sort.descending else "rising"
        self._papers.hint(f"sorted by {sort.by}, {way}" if sort else "in their own order, not sorted")

"""The palette behind ctrl+p: every action of the screen, and all that the finder finds."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, TypeAlias

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.screen import Screen

from papertrail.domain.errors import PapertrailError
from papertrail.domain.query.tree import Query
from papertrail.library import Library
from papertrail.tui.frame.actions import Action, actions_of, by_letters, by_words
from papertrail.tui.frame.finding_dialog import FindingDialog
from papertrail.tui.frame.found import PAPERS, Found, Row, find_names, go, ways_of, with_notes
from papertrail.tui.frame.found_rows import FoundRows
from papertrail.tui.frame.newest import Shown
from papertrail.tui.widgets.cells import fit
from papertrail.tui.widgets.ink import ink

_WHAT, _KEY = 26, 6  # cells of what an action is called, of its key; longer ones push what follows
_NAMED = ("lineage", "tag", "view")
NOTHING = "nothing found, and nothing to do, with these words"

Item: TypeAlias = Action | Row


class Offers(FoundRows):
    """What can be done and what was found, a line each; a click is as good as enter."""

    @property
    def chosen(self) -> Item | None:
        """What is under the cursor."""
        return self._items[self.cursor] if self._items else None

    def plain_segments(self, item: Any, width: int, style: Style) -> list[Segment] | None:
        """Nothing here cannot be chosen."""
        return None

    def item_segments(self, item: Item, width: int, style: Style, quiet: Style) -> Iterator[Segment]:
        """Draw an action, or what was found and of what kind it is."""
        if isinstance(item, Row):
            beside = f"{item.kind} · {item.beside}" if item.beside else item.kind
            yield from super().item_segments(item._replace(beside=beside), width, style, quiet)
            return
        what = fit(f"{item.what:{_WHAT}}", min(max(cell_len(item.what), _WHAT), width))
        room = max(_WHAT + _KEY - cell_len(what), cell_len(item.key))
        yield Segment(f"{what}  ", style)
        yield Segment(fit(item.key, room), style + ink(self, "primary"))
        left = width - cell_len(what) - 2 - room - 2
        yield Segment(f"  {fit(item.beside, min(left, cell_len(item.beside)))}", quiet)

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        index = event.y + round(self.scroll_y)
        if index < self.row_count:
            event.stop()
            self.cursor = index
            self.action_choose()


class Palette(FindingDialog):
    """Offers what can be done on a screen, and finds as the finder does.

    Args:
        screen: the one that it is opened from.
        library: the open trail, if it is open.
    """

    ABOUT = "palette"
    PLACEHOLDER = "find a paper, lineage, tag, view, or something to do …"
    KEYS = (("⏎", "do it, or go there"), ("↑↓", "choose"), ("esc", "close"))
    SPARE = (KEYS[1], KEYS[0])

    def __init__(self, screen: Screen[Any], library: Library | None) -> None:
        self._offers = Offers(id="found")
        super().__init__(self._offers)
        self._library = library
        self._from = screen
        self._actions = actions_of(screen)
        self._found: Found | None = None

    def on_mount(self) -> None:
        """Offer all that can be done while nothing is typed."""
        self._offers.put(self._actions, Query())

    def look_for(self, text: str) -> None:
        """Find what was typed; in the trail, in a thread, from two letters on."""
        self._finding.forget()
        if self._library is None or (text.isascii() and len(text.strip()) < 2):
            self._show(text, None)
        else:
            self._finding.ask(partial(self._look, self._library, text))

    def _look(self, library: Library, text: str) -> Iterator[Shown]:
        """Find papers and names, and notes where they would not stand below more papers than are told."""
        try:
            found = find_names(library, text)
        except PapertrailError:
            yield partial(self._show, text, None)
            raise
        is_all = all(some.is_all for some in found.groups if some.heading == PAPERS)
        yield partial(self._show, text, with_notes(library, found) if is_all else found)

    def _show(self, text: str, found: Found | None) -> None:
        self._found = found
        items = _in_order(self._actions, text, found) if text.strip() else self._actions
        self._offers.put(items, found.query if found is not None else Query())
        self.tell("" if items else NOTHING)
        self.say_keys()

    def chosen(self) -> Callable[[], object] | None:
        """Return what does what is under the cursor, or goes there."""
        item = self._offers.chosen
        if isinstance(item, Action):
            return partial(self.app.run_action, item.name, self._from)
        if item is None or self._found is None or self._library is None:
            return None
        return partial(go, ways_of(self.app, self._library), self._found.query, item)


def _in_order(actions: Sequence[Action], text: str, found: Found | None) -> Sequence[Item]:
    """Return actions that are called so, what was found, papers by the beginning of their key first, actions
    that have all the letters.
    """
    called = by_words(actions, text)
    rows = [] if found is None else [row for some in found.groups for row in some.rows]
    begins = text.strip().lower()

    def place(row: Row) -> int:
        is_key = row.kind == "paper" and row.name.startswith(begins)
        return 0 if is_key else 1 if row.kind in _NAMED else 2

    rest = [action for action in actions if action not in called]
    return [*called, *sorted(rows, key=place), *by_letters(rest, text)]

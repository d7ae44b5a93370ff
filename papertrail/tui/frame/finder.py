"""Finding anything: papers, notes, lineages, tags and views, while one types."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType

from papertrail.domain.query.remarks import in_one_line
from papertrail.library import Library
from papertrail.tui.frame.finding_dialog import FindingDialog
from papertrail.tui.frame.found import Found, Ways, go, look
from papertrail.tui.frame.found_list import FoundList

NOTHING = "nothing found with all these words: try fewer, or only the beginning of one"


class Finder(FindingDialog):
    """Shows what is found for the words typed, the best first.

    Args:
        library: the open trail.
        ways: lead to what is chosen.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "show_all", "All of them on Papers", priority=True, id="finder.all")
    ]
    ABOUT = "find anything"
    PLACEHOLDER = "find papers, notes, lineages, tags, views …"
    KEYS = (("⏎", "go there"), ("↑↓", "choose"), ("tab", "all on Papers"), ("esc", "close"))
    SPARE = (KEYS[1], KEYS[0], KEYS[2])

    def __init__(self, library: Library, ways: Ways) -> None:
        self._list = FoundList(id="found")
        super().__init__(self._list)
        self._library = library
        self._ways = ways
        self._found: Found | None = None

    def finds(self, words: str) -> bool:
        """Tell whether these words were typed, and a paper of them is under the cursor."""
        row = self._list.chosen
        return self.typed.strip().lower().startswith(words) and row is not None and row.kind == "paper"

    def look_for(self, text: str) -> None:
        """Find what was typed, in a thread."""
        if text.strip():
            self._finding.ask(partial(look, self._library, text, self._show))
        else:
            self._finding.forget()
            self._show(None)

    def _show(self, found: Found | None) -> None:
        self._found = found
        self._list.show(found)
        self.tell(_told(found))
        self.say_keys()

    def key_meanings(self) -> dict[str, str]:
        """Return what those keys do now that do not always do the same."""
        return super().key_meanings() | ({} if self.typed.strip() else {"tab": "find on Papers"})

    def chosen(self) -> Callable[[], object] | None:
        """Return what goes to what is under the cursor."""
        row = self._list.chosen
        return None if row is None or self._found is None else partial(go, self._ways, self._found.query, row)

    def action_show_all(self) -> None:
        """Show all papers that are found on the papers' screen; without words go there to type some."""
        self.dismiss(partial(self._ways.papers, self.typed.strip()))


def _told(found: Found | None) -> str:
    if found is None:
        return ""
    if found.remarks:
        return in_one_line(found.remarks)
    return "" if found.groups or found.query.where is None else NOTHING

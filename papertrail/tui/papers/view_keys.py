"""The keys of saved views: a query in sight gets a name, or loses it."""

from functools import partial
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.screen import Screen

from papertrail.domain.text import clean_line, shorten
from papertrail.domain.views import SavedView
from papertrail.tui.frame.background import tells_failure
from papertrail.tui.widgets.data_text import line

if TYPE_CHECKING:
    from papertrail.tui.papers.screen import PapersScreen

LONGEST_SAID = 40  # letters of a name or a query in a question


class ViewKeys:
    """Asks for the name of a view, and saves or removes it.

    Args:
        screen: where its query is in sight.
    """

    def __init__(self, screen: "PapersScreen") -> None:
        self._papers = screen

    @property
    def screen(self) -> Screen[Any]:
        """The screen with the query."""
        return self._papers

    def ask(self) -> None:
        """Ask for a name for the query in sight; where it has one, whether to remove that."""
        view = self._papers.chosen_view
        if view is None:
            self._ask_name()
            return
        from papertrail.tui.widgets.dialogs import ChoiceDialog

        said = shorten(clean_line(view.name), LONGEST_SAID)
        answers = [
            ("save", "s", "save what is in sight under another name, too"),
            ("remove", "r", f"remove {said}; its papers stay"),
            ("stay", "k", "leave all as it is"),
        ]
        dialog = ChoiceDialog(Content.styled("Saved views", "bold $primary"), answers)
        self._papers.app.push_screen(dialog, lambda what: self._act(what, view))

    @tells_failure
    def _act(self, what: str | None, view: SavedView) -> None:
        if what == "save":
            self._ask_name()
        elif what == "remove":
            self._papers.library.views.remove(view.name)
            self._papers.refresh_all()
            self._papers.hint(f"{view.name} is removed; its papers stay · u takes it back")

    @tells_failure
    def _ask_name(self) -> None:
        from papertrail.tui.widgets.forms import LineDialog

        query = self._papers.query_text()
        if not query:
            self._papers.hint("these are all papers: first type a query with /, then V saves it", warn=True)
            return
        asked = line(f"Save {shorten(query, LONGEST_SAID)} as a view: which name?", "bold $primary")
        known = [(view.name, view.query) for view in self._papers.library.views.all()]
        save = partial(self._save, query)
        dialog = LineDialog(
            asked, "name", save, hint="such as to-read; a name in use is replaced", choices=known
        )
        self._papers.app.push_screen(dialog, self._done)

    def _save(self, query: str, name: str) -> str:
        saved = self._papers.library.views.save(name, query)
        before = f"; it was {saved.before}" if saved.before not in (None, saved.view.query) else ""
        return f"{saved.view.name} is saved, v goes to it{before}"

    def _done(self, told: str | None) -> None:
        if told:
            self._papers.refresh_all()
            self._papers.hint(told)

"""Saved views: queries by name."""

from collections.abc import Sequence

from papertrail.domain.errors import BadInput, NotFound
from papertrail.domain.lineages.lineage import LineageProgress, folded_name, names_meant, twin
from papertrail.domain.operations import Verb
from papertrail.domain.text import clean_line, shorten
from papertrail.domain.views import SavedView, ViewSaved, checked_name, checked_query
from papertrail.library.open_trail import OpenTrail
from papertrail.library.search import Search
from papertrail.store.queries import progress, views

_SEE = "see: papertrail view list"


class Views:
    """The use cases of saved views."""

    def __init__(self, trail: OpenTrail, search: Search) -> None:
        self._trail = trail
        self._search = search

    def all(self) -> list[SavedView]:
        """Return every view, in the order in which they were first saved."""
        return [SavedView(*row) for row in views.all_views(self._trail.database.read())]

    def ids(self, view: SavedView) -> Sequence[int]:
        """Return the ids of the papers that a view asks for, in its order."""
        return self._search.ids(view.meaning)

    def count(self, view: SavedView) -> int:
        """Return how many papers a view asks for."""
        return len(self.ids(view))

    def as_lineage(self, view: SavedView) -> tuple[LineageProgress, list[str]]:
        """Return how far the papers of a view are, as of a lineage, and their keys in its order."""
        found = self._search.find(view.meaning)
        return LineageProgress.of(view.name, found), [paper.key for paper in found]

    def fitting(self, text: str) -> list[SavedView]:
        """Return the views a reader may mean, in their order: however spelled, by beginning or a part.

        Raises:
            BadInput: there is no name.
            NotFound: no view fits.
        """
        known = {view.name: view for view in self.all()}
        if found := names_meant(text, known):
            return [known[name] for name in found]
        said = shorten(clean_line(text), 60)
        if not said:
            raise BadInput("the name of the view is empty", _SEE)
        raise NotFound(
            f"no view is called {said}", _SEE if known else "save one: papertrail view save NAME QUERY"
        )

    def save(self, name: str, query: str) -> ViewSaved:
        """Save a query by a name; a view that is called so, however spelled, gets this query.

        Raises:
            BadInput: the name can be none, a lineage is called so, or the query is not understood;
                nothing has been changed.
        """
        name, query = checked_name(name), checked_query(query)
        with self._trail.operation(Verb.VIEW) as (connection, operation):
            known = {folded_name(view): (view, text) for view, text in views.all_views(connection)}
            stored, before = known.get(folded_name(name), (name, None))
            if before is None and (lineage := twin(name, progress.lineage_names(connection))):
                raise BadInput(f"a lineage is called {lineage}", "give the view a name of its own")
            if query != before:
                views.put(connection, stored, query)
                was = None if before is None else {"view": stored, "query": before}
                now = {"view": stored, "query": query}
                self._trail.journal(connection, operation, "view", None, was, now)
        return ViewSaved(SavedView(stored, query), before)

    def remove(self, text: str) -> SavedView:
        """Remove the view of this whole name, however spelled; papers are not touched.

        Raises:
            BadInput: there is no name.
            NotFound: no view is called so, or only begins so.
        """
        wanted = folded_name(clean_line(text))
        view = next((view for view in self.all() if folded_name(view.name) == wanted), None)
        if view is None:
            near = self.fitting(text)
            raise NotFound(
                f"no view is called {shorten(clean_line(text), 60)}",
                f"give the whole name, such as {near[0].name}",
            )
        with self._trail.operation(Verb.VIEW) as (connection, operation):
            views.remove(connection, view.name)
            was = {"view": view.name, "query": view.query}
            self._trail.journal(connection, operation, "view", None, was, None)
        return view

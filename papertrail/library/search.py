"""Finding papers by what stands in them, and keeping the index of words right."""

import sys
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from papertrail.domain.errors import StorageError
from papertrail.domain.operations import Verb
from papertrail.domain.query.tree import Query, Text
from papertrail.library.open_trail import OpenTrail
from papertrail.store.queries import papers
from papertrail.store.queries.ids import all_ids

if TYPE_CHECKING:
    from array import array
    from sqlite3 import Connection

    from papertrail.domain.paper import PaperSummary
    from papertrail.domain.query.hits import Hit

_BEST_FIRST = (("key",), ("title",), ("author", "venue", "arxiv", "doi"), ("note",), ("abstract",))
"""Fields of the index, those first in which words weigh most."""


class Search:
    """The use cases that find papers by queries; safe from any thread."""

    def __init__(self, trail: OpenTrail) -> None:
        self._trail = trail
        self._order: tuple[str, bool] | None = None

    def ids(self, query: Query, most: int | None = None, *, often: bool = False) -> "array[int]":
        """Return the ids of the papers asked for.

        In reading order, unless the query says another; those of a single lineage in its order, queued ones
        in the queue's.

        Args:
            query: what is asked for.
            most: how many at most, the first ones: these come at once among 100,000 papers, too.
            often: whether such questions are asked time and again, as while one types: then it is worth to
                know whether the reading order is that of the ids, in which half of the time is enough.
        """
        if query == Query():
            found = all_ids(self._trail.database.read())
            return found if most is None else found[:most]
        from papertrail.store.queries import search

        connection = self._trail.database.read()
        in_section = partial(self._in_section, {})
        around = search.Surroundings(
            self._trail.today, self._begins, in_section, self._with_pdf, self._trail.explained
        )
        in_order = (often or most is not None) and self._is_in_order(connection)
        return search.ids(connection, query, around, most=most, in_order=in_order)

    def find(self, query: Query) -> "list[PaperSummary]":
        """Return the papers asked for, in the order of `ids`; of many ask for their ids and show a page."""
        return papers.summaries(self._trail.database.read(), self.ids(query), self._trail.explained())

    def best(self, query: Query, most: int) -> list[int]:
        """Return the ids of the papers asked for, at most so many, in the order the query says.

        Where it says none, those come first whose words all stand where they weigh most: each place is asked
        until there are enough, so that of words that many papers have not all are looked at.
        """
        where = query.where
        if query.order or where is None:
            return list(self.ids(query, most))
        from papertrail.domain.query.hits import standing_in

        found: dict[int, None] = {}
        for fields in _BEST_FIRST:
            if (narrower := standing_in(where, fields)) == where:
                break
            found.update(dict.fromkeys(self.ids(Query(narrower), most)))
            if len(found) >= most:
                return list(found)[:most]
        found.update(dict.fromkeys(self.ids(query, most)))
        return list(found)[:most]

    def hits(self, query: Query, ids: Sequence[int], cells: int = sys.maxsize) -> "dict[int, Hit]":
        """Return by their ids the lines of papers in which the words of a query stand; ask a page at a time.

        Of a note it is a line of the reader's own words; `hits.place` finds it in the file.

        Args:
            query: that found the papers.
            ids: of the papers.
            cells: how wide a line may be.
        """
        from papertrail.domain.query.hits import find
        from papertrail.store.queries import search

        texts = search.texts(self._trail.database.read(), ids)
        found = ((id_, find(query, texts[id_], cells)) for id_ in ids if id_ in texts)
        return {id_: hit for id_, hit in found if hit is not None}

    def in_notes(self, query: Query, most: int) -> list[tuple[int, "Hit"]]:
        """Return ids and lines of the papers in whose notes the words of a query stand, at most so many."""
        from papertrail.domain.query.hits import standing_in, terms

        if query.where is None or not any(term.may_stand_in("note") for term in terms(query)):
            return []
        asked = Query(standing_in(query.where, ["note"]), query.order)
        found = self.hits(asked, self.ids(asked, most)).items()
        return [(id_, hit) for id_, hit in found if hit.where == "note"]

    def names_of_nothing(self, query: Query) -> list[Text]:
        """Return the terms that name a lineage or a tag which there is none of."""
        from papertrail.store.queries import search

        return search.names_of_nothing(self._trail.database.read(), query.where)

    def _is_in_order(self, connection: "Connection") -> bool:
        """Tell whether the reading order is that of the ids; looked at anew after each change."""
        from papertrail.store.queries import operations, search

        state = operations.state(connection)
        if self._order is None or self._order[0] != state:
            self._order = state, search.is_in_order_of_ids(connection)
        return self._order[1]

    def _begins(self, day: date) -> str:
        """Return the moment at which a date of the reader's begins."""
        from datetime import datetime, time, timedelta

        from papertrail.domain.clock import utc_text
        from papertrail.domain.settings import DAY_STARTS

        hour, minute = map(int, self._trail.setting(DAY_STARTS).split(":"))
        try:
            begins = datetime.combine(day, time()) + timedelta(hours=hour, minutes=minute)
            return utc_text(begins.replace(tzinfo=self._trail.now().tzinfo))
        except (OverflowError, ValueError):  # at either end of the calendar
            return "" if day.year < 2000 else "~"

    def _in_section(self, read: dict[str, dict[str, str]], term: Text) -> Iterable[int]:
        """Give the papers of which a term of the field `section` holds, as their notes say.

        Args:
            read: the sections of the notes that a query had to look at so far; these are looked at once.
            term: of the query.
        """
        from papertrail.domain.query.matching import holds_in_section
        from papertrail.notebook.sections import section_texts
        from papertrail.store.queries import search

        connection = self._trail.database.read()
        for paper, key in papers.keys_of(connection, search.in_note(connection, term)).items():
            if key not in read:
                try:
                    file = self._trail.notebook.read(key)
                except StorageError:
                    file = None
                read[key] = {} if file is None else section_texts(file.text)
            if read[key] and holds_in_section(term, read[key]):
                yield paper

    def _with_pdf(self) -> Iterable[str]:
        folder = self._trail.home.pdfs
        return [path.stem for path in folder.glob("*.pdf")] if folder.is_dir() else []

    def reindex(self) -> int:
        """Index the words of every paper anew; return how many papers there are."""
        from papertrail.store.queries import word_index

        with self._trail.operation(Verb.INDEX) as (connection, _):
            return word_index.rebuild(connection)

    def out_of_step(self) -> list[str]:
        """Return the keys of papers of which the index does not hold what they say."""
        from papertrail.store.queries import word_index

        return word_index.out_of_step(self._trail.database.read())

    def is_whole(self) -> bool:
        """Ask SQLite whether the index agrees with itself."""
        from papertrail.store.queries import word_index

        with self._trail.operation(Verb.INDEX) as (connection, _):
            return word_index.agrees_with_itself(connection)

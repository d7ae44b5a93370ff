"""Looking at papers, and finding the one a reader meant."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from papertrail.domain.errors import BadInput, NotFound
from papertrail.domain.paper import PaperSummary
from papertrail.domain.text import clean_line, shorten
from papertrail.library.open_trail import OpenTrail
from papertrail.store.queries import goals, notes, papers
from papertrail.store.queries.ids import all_ids

if TYPE_CHECKING:
    from papertrail.domain.listing import PaperExtras
    from papertrail.domain.note import NoteState, SectionState
    from papertrail.domain.paper_line import PaperLine
    from papertrail.domain.whole_paper import LineagePlace, Paper

AT_ONCE = 200
"""Papers that one look at the database brings to a list."""


class Papers:
    """The use cases that look at papers; safe from any thread."""

    def __init__(self, trail: OpenTrail) -> None:
        self._trail = trail

    def number(self) -> int:
        """Return how many papers the trail has."""
        return papers.count(self._trail.database.read())

    def summaries(self, ids: Sequence[int]) -> list[PaperSummary]:
        """Return the papers of these ids, in their order; ask for a page at a time."""
        return papers.summaries(self._trail.database.read(), ids, self._trail.explained())

    def extras(self, ids: Sequence[int]) -> "dict[int, PaperExtras]":
        """Return by their ids what lists show of papers besides their summaries; ask for a page at a time."""
        from papertrail.domain.listing import PaperExtras
        from papertrail.store.queries import paper_lines

        day_of = self._day_of()
        return {
            id_: PaperExtras(venue, day_of(added), read or "", words)
            for id_, venue, added, read, words in paper_lines.extras(self._trail.database.read(), ids)
        }

    def _day_of(self) -> Callable[[str], str]:
        """Return what gives the reader's date of a stored moment, ISO 8601."""
        from datetime import datetime

        from papertrail.domain.clock import local_date
        from papertrail.domain.settings import DAY_STARTS

        zone, day_starts = self._trail.now().tzinfo, self._trail.setting(DAY_STARTS)
        return lambda at: str(local_date(datetime.fromisoformat(at).astimezone(zone), day_starts))

    def lines(self, ids: Sequence[int] | None) -> "Iterator[PaperLine]":
        """Yield a line for each of these papers, as they are taken; None is every paper, in reading order."""
        from papertrail.store.queries import paper_lines

        connection, explained = self._trail.database.read(), self._trail.explained()
        if ids is None:
            yield from paper_lines.all_lines(connection, AT_ONCE, explained)
            return
        for start in range(0, len(ids), AT_ONCE):
            yield from paper_lines.lines_of(connection, ids[start : start + AT_ONCE], explained)

    def each(self, ids: Sequence[int] | None = None) -> Iterator[PaperSummary]:
        """Yield these papers as `summaries` gives them, some at a time; every paper unless told which."""
        wanted = all_ids(self._trail.database.read()) if ids is None else ids
        for start in range(0, len(wanted), AT_ONCE):
            yield from self.summaries(wanted[start : start + AT_ONCE])

    def titles(self) -> dict[str, str]:
        """Return the title of every paper by its key."""
        return papers.titles(self._trail.database.read())

    def longest_key(self) -> int:
        """Return how many letters the longest key of the trail has."""
        from papertrail.store.queries import paper_lines

        return paper_lines.longest_key(self._trail.database.read())

    def get(self, key: str) -> "Paper":
        """Return all that is known of one paper.

        Raises:
            NotFound: no paper has this key.
        """
        connection, key = self._trail.database.read(), self._trail.key_of_today(key)
        id_ = self._trail.paper_id(connection, key)
        from papertrail.library.whole_papers import days_of, whole_paper
        from papertrail.store.queries import whole_rows

        row = whole_rows.one(connection, key)
        assert row is not None
        return whole_paper(
            row,
            self.summaries([id_])[0],
            papers.references(connection, papers.PARENTS, paper=id_),
            papers.references(connection, papers.CHILDREN, paper=id_),
            papers.references(connection, papers.NAMED_IN, paper=id_),
            self._places(id_),
            self._note_state(key, row.note_path, row.note_sections, row.note_words),
            days_of(row, self._day_of()),
        )

    def all(self, only: Collection[str] | None = None, *, with_days: bool = True) -> "list[Paper]":
        """Return all that is known of every paper, in reading order: each as `get` gives it.

        Only the paths of notes that are not there are left out: their folder stands for each.

        Args:
            only: keys of those that are wanted.
            with_days: whether it is told when the reader did what with it, which takes a third of the time.
        """
        from papertrail.library.whole_papers import whole_papers

        return whole_papers(
            self._trail.database.read(),
            self._trail.notebook.notes,
            self._missing_sections(),
            self._trail.explained(),
            self._day_of() if with_days else None,
            only,
        )

    def _places(self, paper: int) -> "tuple[LineagePlace, ...]":
        from papertrail.domain.whole_paper import LineagePlace

        connection = self._trail.database.read()
        places = []
        for lineage, name in papers.lineages_of(connection, paper):
            members = papers.member_ids(connection, lineage)
            at = members.index(paper)
            before, after = (
                papers.references(connection, papers.REFERENCE, paper=beside)[0] if beside else None
                for beside in (
                    members[at - 1] if at else None,
                    members[at + 1] if at + 1 < len(members) else None,
                )
            )
            places.append(LineagePlace(name, at + 1, len(members), before, after))
        return tuple(places)

    def _note_state(self, key: str, path: str | None, sections: str | None, words: int | None) -> "NoteState":
        """Return how far a paper's note is."""
        from papertrail.domain.note import NoteState

        if path is None:
            return NoteState(self._trail.notebook.path(key), False, self._missing_sections(), 0)
        return notes.state(self._trail.notebook.path(key), sections, words)

    def _missing_sections(self) -> "tuple[SectionState, ...]":
        floor = goals.words_wanted(self._trail.database.read())
        sections = self._trail.notebook.template().sections
        return tuple(section.state().with_floor(floor) for section in sections)

    def resolve(self, text: str) -> str:
        """Return the key of the paper a reader means: by key, arXiv id or DOI in any form, or unique prefix.

        Raises:
            BadInput: there is nothing, or there are the ids of two papers.
            NotFound: no paper fits, or several do; the remedy names those that are near.
        """
        connection = self._trail.database.read()
        wanted = clean_line(text)
        key = wanted.lower()
        if not key:
            raise BadInput(
                "the name of the paper is empty", "give a key, an arXiv id or the beginning of a key"
            )
        if papers.id_of_key(connection, key) is not None:
            return key
        if (now := papers.key_of_alias(connection, key)) is not None:
            return now
        from papertrail.store.queries import imports

        if (cited := imports.key_of_cite_key(connection, wanted)) is not None:
            return cited
        found = self._by_identifier(text)
        if found is not None:
            return found
        matches = papers.keys_with_prefix(connection, key)
        if len(matches) == 1:
            return matches[0]
        if matches:
            more = ", …" if len(matches) > 5 else ""
            raise NotFound(
                f"{shorten(key, 40)} is the beginning of several papers", f"{', '.join(matches[:5])}{more}"
            )
        raise NotFound(f"no paper is called {shorten(wanted, 60)}", self._did_you_mean(key))

    def _by_identifier(self, text: str) -> str | None:
        if not any(sign in text for sign in "./%\uff0e\uff0f") and "arxiv" not in text.lower():
            return None  # an identifier has a full stop or a slash; most keys have none and cost nothing here
        from papertrail.domain.arxiv_id import find_identifiers, refusal

        found = find_identifiers(text)
        if len(found.ids) > 1:
            raise refusal(text, found)
        connection = self._trail.database.read()
        if found.ids:
            arxiv_id = found.ids[0].id
            if key := papers.key_of_arxiv_id(connection, arxiv_id):
                return key
            raise NotFound(
                f"arXiv:{arxiv_id} is not in this trail", f"add it with: papertrail add {arxiv_id}"
            )
        if len(found.dois) == 1:
            doi = found.dois[0].text
            if key := papers.key_of_doi(connection, doi):
                return key
            raise NotFound(f"doi:{shorten(doi, 60)} is not in this trail", "see: papertrail list")
        return None

    def named(self, targets: Iterable[str]) -> dict[str, str]:
        """Return the keys of now of the papers that `[[…]]` lead to, by what stands there."""
        connection = self._trail.database.read()
        found = {}
        cited: dict[str, str] | None = None
        for target in targets:
            if papers.id_of_key(connection, target) is not None:
                found[target] = target
            elif (key := papers.key_of_alias(connection, target)) is not None:
                found[target] = key
            else:
                cited = papers.cited_of_all(connection) if cited is None else cited
                found.update({target: cited[target]} if target in cited else {})
        return found

    def _did_you_mean(self, key: str) -> str:
        from difflib import get_close_matches

        near = get_close_matches(key, papers.all_keys(self._trail.database.read()), n=3, cutoff=0.6)
        if not near:
            from papertrail.domain.query.parser import parse
            from papertrail.library.search import Search

            found = Search(self._trail).best(parse(key).query, 3)
            near = [paper.key for paper in self.summaries(found)]
        return f"did you mean {' or '.join(near)}?" if near else "see: papertrail list"

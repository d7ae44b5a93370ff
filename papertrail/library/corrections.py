"""What a reader corrects by hand: a paper's key, what is known of it, whether it is there at all."""

from sqlite3 import Connection

from papertrail.disk.whole_file import FileChanged
from papertrail.domain.errors import BadInput, Conflict, FactsChanged, SamePaper
from papertrail.domain.facts import Facts, changed_facts, only_lacking, only_other, with_links
from papertrail.domain.keys import is_valid_key
from papertrail.domain.operations import Verb
from papertrail.domain.reports import AddedByHand, Edited, Renamed
from papertrail.domain.text import clean_line, shorten
from papertrail.library.indexed_notes import IndexedNotes
from papertrail.library.moved_notes import moved_notes
from papertrail.library.open_trail import OpenTrail
from papertrail.library.twins import twins_of
from papertrail.store.queries import corrections, lineages, papers, progress
from papertrail.store.queries.operations import Operation

_NOTHING: dict[str, object] = {
    "title": "",
    "authors": "",
    "year": None,
    "venue": "",
    "doi": None,
    "arxiv_id": None,
    "abstract": None,
}


class Corrections:
    """The use cases of correcting papers by hand."""

    def __init__(self, trail: OpenTrail, indexed: IndexedNotes) -> None:
        self._trail = trail
        self._indexed = indexed

    def rename(self, key: str, new: str) -> Renamed:
        """Give a paper another key; it still answers to the one it had, and its note moves along.

        The key in the note's front matter becomes the new one, and so do the links in all notes.

        Args:
            key: the paper's key.
            new: the other one.

        Raises:
            NotFound: no paper has this key.
            BadInput: the new one can be no key, or is or was another paper's.
            Conflict: there is a file where the note is to be, or another program changed a note meanwhile.
            StorageError: the note cannot be read or moved; all is as it was.
        """
        from papertrail.library.followed_links import follow_links
        from papertrail.notebook.encoding import encode_note
        from papertrail.notebook.front_matter import with_key
        from papertrail.notebook.note_links import with_links_to

        if not is_valid_key(new):
            raise BadInput(
                f"{shorten(clean_line(new), 60)!r} can be no key",
                "give 1 to 64 small letters, digits and hyphens",
            )
        try:
            with (
                moved_notes(self._trail) as moved,
                self._trail.operation(Verb.RENAME) as (connection, operation),
            ):
                paper = self._trail.paper_id(connection, key)
                old = papers.keys_of(connection, [paper])[paper]
                if old == new:
                    return Renamed(old, ())
                self._need_free(connection, paper, new)
                note = self._indexed.file(connection, old)
                corrections.rename(connection, paper, old, new)
                corrections.refold(connection, paper)
                self._trail.journal(connection, operation, "rename", new, {"key": old}, {"key": new})
                moved.move_draft(old, new)
                if note is not None:
                    text = with_links_to(with_key(note.text, old, new), old, new)
                    data = note.data if text == note.text else encode_note(text, note.data)
                    self._indexed.put(connection, operation, moved.move(note, new, data))
                write = (connection, operation, moved)
                linked = follow_links(self._trail, self._indexed, write, (old, new), without={old, new})
        except FileChanged as error:
            raise Conflict(
                f"there is a file notes/{new}.md already, or a note was changed meanwhile",
                "move that file away, or try again",
            ) from error
        return Renamed(old, linked)

    def remove(self, key: str) -> str:
        """Remove a paper with its status and its places in lineages; its note goes into the history.

        Returns:
            The key it had.

        Raises:
            NotFound: no paper has this key.
            StorageError: the note cannot be read; all is as it was.
        """
        with (
            moved_notes(self._trail) as moved,
            self._trail.operation(Verb.REMOVE) as (connection, operation),
        ):
            paper = self._trail.paper_id(connection, key)
            key = papers.keys_of(connection, [paper])[paper]
            note = self._indexed.file(connection, key)
            with self._trail.counting(connection, operation, paper, key):
                if note is not None:
                    self._indexed.remove(connection, operation, key)
                    moved.take_away(note)
                known = corrections.facts(connection, paper)
                was = {
                    "title": known["title"],
                    "arxiv_id": known["arxiv_id"],
                    "keys": [key, *corrections.aliases(connection, paper)],
                }
                corrections.remove(connection, paper)
            self._trail.journal(connection, operation, "remove", key, was, None)
        return key

    def edit(self, key: str, facts: Facts, *, seen: Facts | None = None) -> Edited:
        """Say by hand what is known of a paper; what was said so is not touched by arXiv or a seeds file.

        A paper that gets another arXiv id forgets what arXiv said of the other one.

        Args:
            key: the paper's key.
            facts: what is to be known of it.
            seen: what the reader saw of it; facts that are as seen are not said anew.

        Raises:
            NotFound: no paper has this key.
            SamePaper: another one has that arXiv id or DOI.
            FactsChanged: what is to be another fact is not as it was seen any more.
        """
        with self._trail.operation(Verb.EDIT) as (connection, operation):
            paper = self._trail.paper_id(connection, key)
            if seen is not None:
                facts = only_other(facts, seen)
                known = corrections.facts(connection, paper)
                changed = changed_facts(known, _of_these(seen, facts))
                wanted = changed_facts(known, facts)
                if now := {name: was for name, (was, _) in changed.items() if name in wanted}:
                    raise FactsChanged(str(known["key"]), now)
            return self._edit(connection, operation, paper, facts)

    def _edit(self, connection: Connection, operation: Operation, paper: int, facts: Facts) -> Edited:
        known = corrections.facts(connection, paper)
        key = str(known["key"])
        changes = changed_facts(known, facts)
        if not changes:
            return Edited(key, {})
        self._need_own_identity(connection, paper, facts)
        edited = [*str(known["edited_fields"]).split(), *facts.values]
        new = {**known, **facts.values, "urls": with_links(str(known["urls"]), facts)}
        new["edited_fields"] = " ".join(dict.fromkeys(edited))
        is_another = new["arxiv_id"] != known["arxiv_id"]
        if is_another and "abstract" not in edited:
            new["abstract"] = None
        corrections.set_facts(connection, paper, new)
        if is_another:
            corrections.forget_metadata(connection, paper)
        was, now = ({name: pair[side] for name, pair in changes.items()} for side in (0, 1))
        self._trail.journal(connection, operation, "edit", key, was, now)
        return Edited(key, changes)

    def add(self, facts: Facts, *, lineage: str | None = None, new: bool = False) -> AddedByHand:
        """Add a paper by hand; one that is there, by arXiv id or DOI, only gets what it lacks.

        Args:
            facts: what is known of it; a title at least.
            lineage: name of the lineage it joins, made when there is none.
            new: whether that may be another spelling, or the beginning, of one there is.

        Raises:
            BadInput: there is no title, or the lineage has no name; nothing was done.
        """
        from papertrail.domain.keys import make_key
        from papertrail.domain.lineages.lineage import known_name

        if not facts.values.get("title"):
            raise BadInput("the title is missing", "every paper has one")
        connection = self._trail.database.read()
        name = None
        if lineage is not None:
            name = known_name(lineage, progress.lineage_names(connection), new=new)
        with self._trail.operation(Verb.ADD) as (connection, operation):
            known = self._same_paper(connection, facts)
            if known is not None:
                paper = self._trail.paper_id(connection, known)
                lacking = only_lacking(corrections.facts(connection, paper), facts)
                key, changes = known, self._edit(connection, operation, paper, lacking).changes
            else:
                told = {**_NOTHING, **facts.values, "urls": with_links("", facts)}
                authors = papers.lines(str(told["authors"]))
                year, arxiv_id = facts.values.get("year"), facts.values.get("arxiv_id")
                key = make_key(
                    authors,
                    None if year is None else int(year),
                    str(told["title"]),
                    None if arxiv_id is None else str(arxiv_id),
                    lambda one: (
                        papers.id_by_any_key(connection, one) is not None or self._trail.has_pdf_of(one)
                    ),
                )
                told |= {"key": key, "edited_fields": " ".join(facts.values)}
                paper, changes = corrections.add(connection, told, operation.at), {}
                what = {"title": told["title"], "arxiv_id": arxiv_id, "by": "hand"}
                self._trail.journal(connection, operation, "add", key, None, what)
            if name is not None:
                self._join(connection, operation, key, name)
            (summary,) = papers.summaries(connection, [paper])
            twins = () if known is not None else twins_of(connection, [key])
        return AddedByHand(summary, known is not None, tuple(changes), twins, name)

    def twins(self, key: str) -> list[str]:
        """Return the keys of the other papers that this may be: those with its DOI or its title.

        Raises:
            NotFound: no paper has this key.
        """
        connection = self._trail.database.read()
        self._trail.paper_id(connection, key)
        return [other for _, other in twins_of(connection, [self._trail.key_of_today(key)])]

    def _same_paper(self, connection: Connection, facts: Facts) -> str | None:
        """Return the key of the paper with the same arXiv id, else the same DOI."""
        arxiv_id, doi = facts.values.get("arxiv_id"), facts.values.get("doi")
        found = papers.key_of_arxiv_id(connection, str(arxiv_id)) if arxiv_id else None
        return found or (papers.key_of_doi(connection, str(doi)) if doi else None)

    def _join(self, connection: Connection, operation: Operation, key: str, name: str) -> None:
        if lineages.find(connection, name) is None:
            lineages.add(connection, name)
            self._trail.journal(connection, operation, "lineage", None, None, {"lineage": name})
        found = lineages.find(connection, name)
        assert found is not None
        members = lineages.members(connection, found[0])
        if key not in members:
            lineages.order(connection, found[0], [*members, key])
            self._trail.journal(connection, operation, "lineage", key, None, {"lineage": name})

    def _need_own_identity(self, connection: Connection, paper: int, facts: Facts) -> None:
        """Make sure that no other paper has the arXiv id or the DOI that this one is to have.

        Raises:
            SamePaper: one does.
        """
        other = self._same_paper(connection, facts)
        own = papers.keys_of(connection, [paper])[paper]
        if other is not None and other != own:
            raise SamePaper(own, other)

    def _need_free(self, connection: Connection, paper: int, new: str) -> None:
        """Make sure that no other paper has a key, or had it.

        Raises:
            BadInput: one does.
        """
        other = papers.id_by_any_key(connection, new)
        if other not in (None, paper):
            assert other is not None
            now = papers.keys_of(connection, [other])[other]
            raise BadInput(
                f"{new} is a paper already" if now == new else f"{now} was called {new} and answers to it",
                "choose another key",
            )
        if other is None and self._trail.has_pdf_of(new):
            raise BadInput(f"the PDF of a paper that was removed is kept as {new}", "choose another key")


def _of_these(seen: Facts, facts: Facts) -> Facts:
    """Return what was seen of those facts that others speak of."""
    return Facts(
        {column: seen.values.get(column) for column in facts.values},
        {kind: seen.links.get(kind, ()) for kind in facts.links},
    )

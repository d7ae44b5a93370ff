"""Two papers that are one: made one, with all that was known and written of both."""

from collections.abc import Iterator, Mapping
from sqlite3 import Connection
from typing import Any

from papertrail.disk.whole_file import FileChanged
from papertrail.domain.backups import Why
from papertrail.domain.errors import BadInput, Conflict
from papertrail.domain.facts import LINK_KINDS, Facts, links_of, only_lacking, with_links
from papertrail.domain.lineages.lineage import way_down
from papertrail.domain.operations import Verb
from papertrail.domain.reports import PapersMerged
from papertrail.domain.tags import as_first_written
from papertrail.library.backups import back_up
from papertrail.library.followed_links import follow_links
from papertrail.library.indexed_notes import IndexedNotes
from papertrail.library.moved_notes import MovedNotes, moved_notes
from papertrail.library.open_trail import OpenTrail
from papertrail.notebook.versions import NoteFile
from papertrail.store.queries import corrections, lineages, papers, questions, tags, tellings
from papertrail.store.queries.operations import Operation

_FACTS = ("authors", "year", "venue", "doi", "arxiv_id", "abstract")
_FURTHER = ("unread", "dropped", "queued", "reading", "read")


class Unions:
    """The use case of two papers that are one."""

    def __init__(self, trail: OpenTrail, indexed: IndexedNotes) -> None:
        self._trail = trail
        self._indexed = indexed

    def merge(self, key: str, into: str) -> PapersMerged:
        """Make one paper of two: the second gets what it lacks, and answers to the keys of the first.

        It has the further status of the two and the earlier days, its own rating before that of the first,
        the tags of both, is in the lineages of both, and builds on what either did, but for links that would
        close a circle. Links in other notes lead to it. Two notes become one with the words of both; the
        first one's front matter, and its text as it was, are in the history. The trail is backed up before.

        Args:
            key: of the paper that goes.
            into: of the one that stays.

        Raises:
            NotFound: one of the keys is unknown.
            BadInput: both are one paper.
            Conflict: another program changed one of the notes meanwhile; all is as it was.
            StorageError: a note cannot be read or written; all is as it was.
        """
        connection = self._trail.database.read()
        if self._trail.paper_id(connection, key) == self._trail.paper_id(connection, into):
            raise BadInput(f"{into} is the same paper", "name two")
        back_up(self._trail, Why.BEFORE_MERGE)
        try:
            with (
                moved_notes(self._trail) as moved,
                self._trail.operation(Verb.MERGE) as (connection, operation),
            ):
                gone, paper = (self._trail.paper_id(connection, one) for one in (key, into))
                if gone == paper:
                    raise BadInput(f"{into} is the same paper", "name two")
                keys = papers.keys_of(connection, [gone, paper])
                return self._merge(connection, operation, moved, (gone, keys[gone]), (paper, keys[paper]))
        except FileChanged as error:
            raise Conflict("one of the notes was changed meanwhile", "all is as it was: try again") from error

    def _merge(
        self,
        connection: Connection,
        operation: Operation,
        moved: MovedNotes,
        one: tuple[int, str],
        other: tuple[int, str],
    ) -> PapersMerged:
        (gone, key), (paper, into) = one, other
        notes = self._indexed.file(connection, key), self._indexed.file(connection, into)
        with (
            self._trail.counting(connection, operation, gone, key),
            self._trail.counting(connection, operation, paper, into),
        ):
            known, stays = corrections.facts(connection, gone), corrections.facts(connection, paper)
            metadata = corrections.metadata(connection, gone)
            names = [key, *corrections.aliases(connection, gone)]
            places = corrections.places(connection, gone)
            had, has = tags.of(connection, gone), tags.of(connection, paper)
            reading = further(corrections.reading(connection, gone), corrections.reading(connection, paper))
            links, left_out = _links(lineages.links(connection), key, into)
            if notes[0] is not None:
                self._indexed.remove(connection, operation, key)
            tellings.take_marks(connection, gone, paper)
            questions.give(connection, gone, paper)
            corrections.remove(connection, gone)
            corrections.add_aliases(connection, paper, names)
            corrections.take_places(connection, paper, places)
            tags.add(connection, paper, [tag for tag in as_first_written(had, has) if tag not in has])
            if reading is not None:
                corrections.put_reading(connection, paper, reading)
            for child, parent in links:
                lineages.link(connection, child, parent)
            taken = _lacking(known, stays)
            edited = dict.fromkeys(
                [
                    *str(stays["edited_fields"]).split(),
                    *(name for name in str(known["edited_fields"]).split() if name in taken.values),
                ]
            )
            facts = {**stays, **taken.values, "urls": with_links(str(stays["urls"]), taken)}
            corrections.set_facts(connection, paper, {**facts, "edited_fields": " ".join(edited)})
            if "arxiv_id" in taken.values:
                corrections.set_metadata(connection, paper, metadata)
            what = {"title": known["title"], "arxiv_id": known["arxiv_id"], "keys": names}
            self._trail.journal(connection, operation, "merge", key, what, {"key": into})
            self._merge_notes(connection, operation, moved, notes, (key, into), str(known["title"]))
        write = (connection, operation, moved)
        follow_links(self._trail, self._indexed, write, (key, into), without={key, into})
        moved.move_draft(key, into)
        (summary,) = papers.summaries(connection, [paper])
        identity = (
            f"{sign}:{known[name]}"
            for name, sign in (("arxiv_id", "arXiv"), ("doi", "doi"))
            if known[name] and str(known[name]).lower() != str(facts[name]).lower()
        )
        count = sum(note is not None for note in notes)
        return PapersMerged(summary, key, count, tuple(identity), tuple(left_out))

    def _merge_notes(
        self,
        connection: Connection,
        operation: Operation,
        moved: MovedNotes,
        notes: tuple[NoteFile | None, NoteFile | None],
        keys: tuple[str, str],
        title: str,
    ) -> None:
        from papertrail.domain.merging import NoteMerge, Take
        from papertrail.notebook.encoding import encode_note
        from papertrail.notebook.front_matter import split_front_matter, with_key
        from papertrail.notebook.merging import merge_parts
        from papertrail.notebook.note_links import with_links_to
        from papertrail.notebook.template import escape_title

        theirs, mine = notes
        if theirs is None:
            return
        text = with_links_to(with_key(theirs.text, *keys), *keys)
        if mine is None:
            data = theirs.data if text == theirs.text else encode_note(text, theirs.data)
            self._indexed.put(connection, operation, moved.move(theirs, keys[1], data))
            return
        if split_front_matter(mine.text)[0]:
            text = split_front_matter(text)[1]
        begin = text.lstrip("\n")
        heading = f"# {escape_title(title) or keys[0]}\n"
        text = begin.removeprefix(heading).lstrip("\n") if begin.startswith(heading) else text
        parts = merge_parts(mine.text, text, self._trail.notebook.template())
        merge = NoteMerge(keys[1], theirs.path.name, mine.sha256, theirs.sha256, text, parts)
        data = encode_note(merge.merged([Take.BOTH] * len(parts)), mine.data)
        if data != mine.data:
            self._indexed.put(connection, operation, moved.rewrite(mine, data))
        moved.take_away(theirs)


def further(one: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return how far a reader is with a paper that two rows tell of: the further, with the earlier days."""
    rows = [row for row in (one, other) if row is not None]
    if not rows:
        return None
    found = dict(max(rows, key=lambda row: (_FURTHER.index(row["status"]), row is other)))
    found["is_read"] = max(row["is_read"] for row in rows)
    found["rating"] = next((row["rating"] for row in reversed(rows) if row["rating"] is not None), None)
    for moment, *days in (("started_at",), ("finished_at", "finished_on"), ("counted_at", "counted_on")):
        first = min(rows, key=lambda row: (row[moment] is None, row[moment] or ""))
        found.update({name: first[name] for name in (moment, *days)})
    return found


def _lacking(known: Mapping[str, object], stays: Mapping[str, object]) -> Facts:
    """Return what is known of one paper and not of the other."""
    values: dict[str, Any] = {name: known[name] for name in _FACTS}
    if known["arxiv_id"] and stays["arxiv_id"]:
        del values["arxiv_id"]  # two preprints: each abstract is of its own
    links = {kind: links_of(known, kind) for kind in LINK_KINDS if links_of(known, kind)}
    return only_lacking(stays, Facts(values, links))


def _links(
    parents: dict[str, list[str]], key: str, into: str
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the links that a paper gets from another one, child and parent, and those that cannot be."""
    wanted = list(_wanted(parents, key, into))
    rest = {child: [p for p in of if p != key] for child, of in parents.items() if child != key}
    links: list[tuple[str, str]] = []
    left_out: list[tuple[str, str]] = []
    for child, parent in wanted:
        if parent in rest.get(child, ()):
            continue
        if way_down(parent, child, rest):
            left_out.append((child, parent))
            continue
        rest.setdefault(child, []).append(parent)
        links.append((child, parent))
    return links, left_out


def _wanted(parents: Mapping[str, list[str]], key: str, into: str) -> Iterator[tuple[str, str]]:
    for child, of in parents.items():
        if key in of and child != into:
            yield child, into
    for parent in parents.get(key, ()):
        if parent != into:
            yield into, parent

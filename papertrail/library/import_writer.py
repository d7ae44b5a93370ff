"""What the records of a file say, written into the trail within one operation."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from sqlite3 import Connection
from typing import Any

from papertrail.domain.errors import BadInput
from papertrail.domain.facts import Facts, Value, changed_facts, only_lacking, with_links
from papertrail.domain.imports import Wanted
from papertrail.domain.lineages.lineage import checked_name, known_name, merge_order, twin, way_down
from papertrail.domain.metadata import title_of
from papertrail.domain.operations import Verb
from papertrail.domain.paper import PaperSummary, Status
from papertrail.domain.records import Record
from papertrail.domain.reference import CitedAs
from papertrail.domain.tags import COMMAS, MOST_LETTERS
from papertrail.domain.text import clean_line, fold
from papertrail.library.importing import Matched, Target
from papertrail.library.indexed_notes import IndexedNotes
from papertrail.library.moved_notes import MovedNotes
from papertrail.library.open_trail import OpenTrail, ignore
from papertrail.library.statuses import give_status
from papertrail.notebook.versions import NoteFile
from papertrail.store.queries import corrections, imports, lineages, papers, progress, reading, tags
from papertrail.store.queries.operations import Operation

AT_ONCE = 500
"""Papers that one statement writes."""
_TELLS_NOTHING = re.compile(r"//(?:www\.|export\.)?arxiv\.org/|//(?:dx\.)?doi\.org/")


class ImportWriter:
    """Writes what the records of a file say, within one operation.

    Args:
        trail: where to.
        indexed: the index of its notes.
        connection: the operation's.
        operation: the use case.
        moved: takes the notes; None where the operation is given up anyway, and no file may be touched.
    """

    def __init__(
        self,
        trail: OpenTrail,
        indexed: IndexedNotes,
        connection: Connection,
        operation: Operation,
        moved: MovedNotes | None,
    ) -> None:
        self._trail = trail
        self._indexed = indexed
        self._connection = connection
        self._operation = operation
        self._moved = moved
        self._spelled: dict[str, str] = {}  # tags as they were first written
        self._tagged: list[tuple[int, str, list[str]]] = []

    def write(
        self, matched: Matched, wanted: Wanted, on_progress: Callable[[int, int], None] = ignore
    ) -> dict[int, list[str]]:
        """Write everything; return what each paper gains, in words.

        Args:
            matched: the records, and the papers they are.
            wanted: what the reader says of all of them.
            on_progress: told how many papers of how many are done.
        """
        number = len(matched.targets)
        gains: dict[int, list[str]] = {}
        new = [target for target in matched.targets if target.is_new]
        work = len(new) + number  # each paper is come by once more, when it is there
        for at in range(0, len(new), AT_ONCE):
            some = new[at : at + AT_ONCE]
            imports.add(self._connection, self._operation, [_row(target) for target in some])
            on_progress((at + len(some)) * number // work, number)
        known = imports.all_cited_as(self._connection)
        cited = {target.id: _details(target, known.get(target.key)) for target in matched.targets}
        imports.cite(self._connection, list(_cited(matched.targets, cited, known)))
        for name, _ in tags.counts(self._connection):
            self._spelled.setdefault(fold(name), name)
        for done, target in enumerate(matched.targets):
            gained = gains.setdefault(target.id, [])
            if not target.is_new:
                gained += [*self._fill(target), *(cited[target.id] if target.key in known else ())]
            gained += self._mark(target, wanted)
            if done % AT_ONCE == AT_ONCE - 1:
                self._tag()
                on_progress((len(new) + done + 1) * number // work, number)
        self._tag()
        for lineage, keys in self._order(matched, wanted):
            for target in matched.targets:
                if target.key in keys:
                    gains[target.id].append(f"lineage {lineage}")
        self._link(matched)
        for target in self._write_notes(matched.targets):
            gains[target.id].append("a note")
        on_progress(number, number)
        return gains

    def _fill(self, target: Target) -> list[str]:
        """Give a paper the facts that it lacks, as the file tells them; return which."""
        known = corrections.facts(self._connection, target.id)
        facts = only_lacking(known, _facts(target.records))
        for column, key_of in (("arxiv_id", papers.key_of_arxiv_id), ("doi", papers.key_of_doi)):
            value = facts.values.get(column)
            if value and key_of(self._connection, str(value)) not in (None, target.key):
                del facts.values[column]  # that of another paper
        changes = changed_facts(known, facts)
        if changes:
            new = {**known, **facts.values, "urls": with_links(str(known["urls"]), facts)}
            corrections.set_facts(self._connection, target.id, new)
            was, now = ({name: pair[side] for name, pair in changes.items()} for side in (0, 1))
            self._trail.journal(self._connection, self._operation, "edit", target.key, was, now)
        return list(changes)

    def _mark(self, target: Target, wanted: Wanted) -> list[str]:
        """Give a paper its tags, its rating and its status; return which of them are new."""
        connection, operation, paper, key = self._connection, self._operation, target.id, target.key
        gained = []
        had = set() if target.is_new else {_hyphened(name) for name in tags.of(connection, paper)}
        told = _tags(target.records, wanted)
        named = {folded: name for folded, name in told.items() if _hyphened(name) not in had}
        new = [self._spelled.setdefault(folded, name) for folded, name in named.items()]
        if new:
            self._tagged.append((paper, key, new))
            gained.append(f"tags {', '.join(new)}")
        rating = next((record.rating for record in target.records if record.rating), None)
        if rating is not None and (target.is_new or tags.rating(connection, paper) is None):
            tags.rate(connection, paper, rating)
            self._trail.journal(connection, operation, Verb.RATE, key, {"rating": None}, {"rating": rating})
            gained.append("a rating")
        status, on = _status(target.records, wanted)
        if status not in (None, Status.UNREAD) and (
            target.is_new or reading.status_of(connection, paper) is Status.UNREAD
        ):
            day = on if on is not None and on <= self._trail.today() else None
            give_status(self._trail, connection, operation, (paper, key), status, day)
            gained.append(f"status {status}")
        return gained

    def _tag(self) -> None:
        """Write the tags that came since last time."""
        tags.add_many(self._connection, self._operation, self._tagged)
        self._tagged.clear()

    def _write_notes(self, targets: Iterable[Target]) -> Iterator[Target]:
        """Write what the file says into the papers' notes, nothing twice; yield the papers it is new to."""
        targets = [
            target
            for target in targets
            if any(one.note or one.note_file or one.note_body for one in target.records)
        ]
        if not targets:
            return
        new: dict[str, bytes] = {}
        others: list[tuple[NoteFile, bytes]] = []
        there = self._trail.notebook.names()
        summaries = {paper.id: paper for paper in papers.summaries(self._connection, [t.id for t in targets])}
        for target in targets:
            may_have_one = not target.is_new or target.key.lower() in there
            note = self._indexed.file(self._connection, target.key) if may_have_one else None
            data = self._note_data(target, summaries[target.id], note)
            if data is None:
                continue
            yield target
            if note is None:
                new[target.key] = data
            else:
                others.append((note, data))
        if self._moved is not None and others:
            for file in self._moved.rewrite_all(others):
                self._indexed.put(self._connection, self._operation, file)
        if self._moved is not None and new:
            for file in self._moved.begin(new):
                self._indexed.put(self._connection, self._operation, file, is_first=True)

    def _note_data(self, target: Target, paper: PaperSummary, note: NoteFile | None) -> bytes | None:
        """Return a paper's note with what the file says in it; None where it says nothing new."""
        from papertrail.notebook.bringing_in import sections_beyond, with_body, with_brought_in
        from papertrail.notebook.encoding import decode_note, encode_note
        from papertrail.notebook.outline import newlines

        whole = next((one.note_file for one in target.records if one.note_file is not None), None)
        is_new = False
        if note is not None:
            base, before = note.data, note.text
        elif whole is not None:
            base, before = whole, decode_note(whole)
        else:
            template = self._trail.notebook.template()
            base, before = b"", template.fill(paper.key, paper.title, paper.arxiv_id, paper.lineages)
            if told := next((one for one in target.records if one.note_body), None):
                before, is_new = with_body(before, told.note_body, told.numbers), True
        after = before
        for one in target.records:
            if one.note_file is not None and one.note_file != base:
                after = with_brought_in(after, decode_note(one.note_file))
            after = with_brought_in(after, sections_beyond(after, newlines(one.note_body)))
            after = with_brought_in(after, one.note)
        if after == before and not is_new:
            return whole if note is None else None
        return encode_note(after, base)

    def _order(self, matched: Matched, wanted: Wanted) -> Iterator[tuple[str, set[str]]]:
        """Put the papers into the lineages that the file and the reader name, in the order of the file.

        Yields each lineage with the keys that are new in it.
        """
        joining: dict[str, list[str]] = {}
        for target in matched.targets:
            for name in dict.fromkeys(name for record in target.records for name in record.lineages):
                joining.setdefault(name, []).append(target.key)
        there = list(progress.lineage_names(self._connection))
        for name, keys in joining.items():
            with suppress(BadInput):  # a name that none can have
                known = twin(checked_name(name), there) or checked_name(name)
                there.append(known)
                yield known, self._join(known, keys)
        if wanted.lineage:
            known = known_name(wanted.lineage, there)
            yield known, self._join(known, [target.key for target in matched.targets])

    def _link(self, matched: Matched) -> None:
        """Say what builds on what, as the file tells it; what would close a circle is left out."""
        named = {one.key: target.key for target in matched.targets for one in target.records if one.key}
        told = [
            (target.key, named.get(parent, parent))
            for target in matched.targets
            for record in target.records
            for parent in record.builds_on
        ]
        if not told:
            return
        connection, known = self._connection, imports.keys(self._connection)
        parents = lineages.links(connection)
        for child, parent in dict.fromkeys(told):
            is_there = parent in parents.get(child, ())
            if is_there or parent not in known or child == parent or way_down(parent, child, parents):
                continue
            lineages.link(connection, child, parent)
            parents.setdefault(child, []).append(parent)
            told_now = {"builds_on": parent}
            self._trail.journal(connection, self._operation, "link", child, None, told_now)

    def _join(self, name: str, keys: list[str]) -> set[str]:
        """Put papers into a lineage; return those that are new in it."""
        connection, operation = self._connection, self._operation
        if lineages.find(connection, name) is None:
            lineages.add(connection, name)
            self._trail.journal(connection, operation, "lineage", None, None, {"lineage": name})
        found = lineages.find(connection, name)
        assert found is not None
        there = lineages.members(connection, found[0])
        known = set(there)
        new = [key for key in keys if key not in known]
        if new:
            lineages.order(connection, found[0], merge_order(there, keys, keep=True))
        for key in new:
            self._trail.journal(connection, operation, "lineage", key, None, {"lineage": name})
        return set(new)


def _row(target: Target) -> list[object]:
    """Return the row of a new paper, as `imports.ADD` has them."""
    told = _facts(target.records)
    facts = told.values
    authors, title, year = str(facts["authors"]), str(facts["title"]), facts["year"]
    venue, arxiv_id, urls = str(facts["venue"]), facts["arxiv_id"], with_links("", told)
    state = "seed" if title else "waiting"
    title = title or title_of(str(arxiv_id))
    folded = papers.folded(target.key, title, authors, year, venue, arxiv_id, None)
    named = (target.id, target.key, arxiv_id, facts["doi"], title, authors, year, venue, folded)
    return [*named, facts["abstract"], urls, state]


def _facts(records: Iterable[Record]) -> Facts:
    """Return what records say of one paper; where they differ the first has its way."""
    records = list(records)

    def first(name: str) -> Any:
        return next((value for one in records if (value := getattr(one, name))), None)

    urls = tuple(dict.fromkeys(url for one in records for url in one.urls if not _TELLS_NOTHING.search(url)))
    values: dict[str, Value] = {
        "title": first("title") or "",
        "authors": "\n".join(first("authors") or ()),
        "year": first("year"),
        "venue": first("venue") or "",
        "doi": first("doi"),
        "arxiv_id": first("arxiv_id"),
        "abstract": first("abstract"),
    }
    return Facts(values, {"page": urls} if urls else {})


def _cited(
    targets: Iterable[Target], new: Mapping[int, Mapping[str, str]], known: Mapping[str, CitedAs]
) -> Iterator[list[object]]:
    """Yield how papers are cited, as `imports.CITE` has it, each of which something is to be kept anew.

    Args:
        targets: the papers.
        new: their fields that nothing is known of, by id.
        known: how papers were cited before, by key.
    """
    for target in targets:
        record = next((one for one in target.records if one.key or one.kind or one.details), None)
        before, fields = known.get(target.key), new[target.id]
        if record is None or (before is not None and not fields):
            continue
        details = json.dumps({**(before.details if before else {}), **fields}, ensure_ascii=False)
        yield [target.id, "" if record.key == target.key else record.key, record.kind, details]


def _details(target: Target, known: CitedAs | None) -> dict[str, str]:
    """Return the fields without a place elsewhere, of the first entry that has them, but for known ones."""
    before = known.details if known is not None else {}
    found: dict[str, str] = {}
    for record in target.records:
        for name, text in record.details.items():
            if name not in before:
                found.setdefault(name, text)
    return found


def _tags(records: Iterable[Record], wanted: Wanted) -> dict[str, str]:
    """Return the tags of a paper by what tells them apart; what can be none is left out."""
    named: dict[str, str] = {}
    for name in (*(tag for record in records for tag in record.tags), *wanted.tags):
        for part in clean_line(name).translate(COMMAS).split(","):
            if fold(part.strip()) and len(part.strip()) <= MOST_LETTERS:
                named.setdefault(fold(part.strip()), part.strip())
    return named


def _hyphened(tag: str) -> str:
    """Return what tells tags apart where some programs take no blanks in them."""
    return "-".join(fold(tag).split())


def _status(records: Iterable[Record], wanted: Wanted) -> tuple[Status | None, date | None]:
    if wanted.status is not None:
        return wanted.status, wanted.on
    said = next((one for one in records if one.status is not None), None)
    return (None, None) if said is None else (said.status, said.read_on)

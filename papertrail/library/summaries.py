"""The notes about lineages: opened, saved by compare-and-swap, given back; they count for nothing."""

import sqlite3
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from papertrail.disk.whole_file import FileChanged
from papertrail.domain.errors import BadInput, Conflict, NotFound, PapertrailError
from papertrail.domain.operations import OUTSIDE, Verb
from papertrail.domain.query.tree import Query
from papertrail.domain.text import clean_line, shorten
from papertrail.library.open_trail import OpenTrail
from papertrail.store.queries import summaries

if TYPE_CHECKING:
    from papertrail.domain.lineages.summary import Earlier
    from papertrail.domain.note import NoteState
    from papertrail.domain.note_text import LentNote, NoteContent, NoteLook, NoteText
    from papertrail.domain.query.hits import Hit
    from papertrail.domain.reports import NoteSaved
    from papertrail.domain.word_diff import Line
    from papertrail.notebook.summaries import Summaries as Files
    from papertrail.notebook.versions import NoteFile
    from papertrail.store.queries.operations import Operation


class Summaries:
    """The use cases of the notes about lineages, each lineage by its exact name."""

    def __init__(self, trail: OpenTrail) -> None:
        self._trail = trail
        self._words: dict[str, tuple[str, str]] = {}  # by file, with the stamp of when it was read

    @property
    def _files(self) -> "Files":
        return self._trail.summaries

    def open(self, name: str, *, to_write: bool = False) -> "NoteText":
        """Return the text to edit: the file's, or a new one while nothing is written.

        Args:
            name: of the lineage.
            to_write: as for a paper's note.

        Raises:
            NotFound: no lineage has exactly this name.
            StorageError: the file cannot be read, or is not UTF-8 text.
        """
        from dataclasses import replace

        from papertrail.domain.note_text import NoteText

        _, stem = self._find(name)
        file = self._files.read(stem)
        text = self._files.begun(name) if file is None else file.text
        note = NoteText(name, self._files.path(stem), text, file.sha256 if file else None)
        left = [draft for draft in self._files.drafts_left(stem) if draft.text != text]
        draft = self._files.take_draft(stem, text) if to_write else next(iter(left), None)
        if draft is None:
            return note
        at, more = draft.saved_at.astimezone(self._trail.now().tzinfo), max(len(left) - 1, 0)
        return replace(note, draft=draft.text, draft_base=draft.base, draft_at=at, more_drafts=more)

    def _find(self, name: str) -> tuple[int, str]:
        """Return the id of a lineage, and the name of its note's file without ending."""
        from papertrail.library.summary_files import stem_of

        connection = self._trail.database.read()
        for known in summaries.known(connection):
            if known.name == name:
                return known.lineage, known.file or stem_of(connection, known.lineage, name)
        raise NotFound(f"no lineage is called {shorten(clean_line(name), 60)}", "see: papertrail lineages")

    def save(
        self, name: str, text: str, base: str | None, *, draft_at: datetime | None = None
    ) -> "NoteSaved":
        """Write the note about a lineage if its file still is the version `base`, as one operation.

        Args:
            name: of the lineage.
            text: the whole new text.
            base: sha256 of the version `text` was made from; None when there was no file.
            draft_at: as for a paper's note.

        Raises:
            NotFound: no lineage has exactly this name.
            NoteConflict: the file was changed meanwhile; it stays, and `text` is kept beside it.
            StorageError: the disk did not take it; the file is as it was.
        """
        _, stem = self._find(name)
        self.take_in(name)
        file = self._files.save(stem, text, base, self._trail.now())
        saved = self._keep(name, file)
        self._files.discard_draft(stem)
        return saved

    def _keep(self, name: str, file: "NoteFile", *, program: str | None = None) -> "NoteSaved":
        """Have the library know a version of a note; within an operation of its own where it is another."""
        from papertrail.domain.reports import NoteSaved

        state = self._state(file.text, file.path)
        lineage, _ = self._find(name)
        if self._known(lineage) != (file.key, file.sha256):
            self._files.keep_history(file.key, file.data, self._trail.now())
            with self._trail.operation(Verb.SUMMARY, program=program) as (connection, operation):
                self._put(connection, operation, name, file, state.words)
        return NoteSaved(state, file.sha256, newly_counted=False)

    def _put(
        self, connection: sqlite3.Connection, operation: "Operation", name: str, file: "NoteFile", words: int
    ) -> None:
        known = next(one for one in summaries.known(connection) if one.name == name)
        before = None if known.sha256 is None else {"lineage": name, "sha256": known.sha256}
        summaries.put(connection, known.lineage, file.key, file.sha256)
        after = {"lineage": name, "sha256": file.sha256, "words": words}
        self._trail.journal(connection, operation, "summary", None, before, after)

    def _known(self, lineage: int) -> tuple[str | None, str | None]:
        known = summaries.known(self._trail.database.read())
        return next((one.file, one.sha256) for one in known if one.lineage == lineage)

    def take_in(self, name: str) -> None:
        """Have the library know what another program made of the note about a lineage.

        Raises:
            NotFound: no lineage has exactly this name.
            StorageError: the file cannot be read.
        """
        lineage, stem = self._find(name)
        file, known = self._files.read(stem), self._known(lineage)
        if file is not None:
            self._keep(name, file, program=OUTSIDE)
        elif known[1] is not None:
            with self._trail.operation(Verb.SUMMARY, program=OUTSIDE) as (connection, operation):
                summaries.remove(connection, lineage)
                before = {"lineage": name, "sha256": known[1]}
                self._trail.journal(connection, operation, "summary", None, before, None)

    def _state(self, text: str, path: Path) -> "NoteState":
        from papertrail.notebook.sections import index_note

        return index_note(text, self._files.template()).state(path)

    def content(self, name: str) -> "NoteContent":
        """Return what the note about a lineage says; nothing where there is none, or none that can be read.

        Raises:
            NotFound: no lineage has exactly this name.
        """
        from papertrail.domain.note_text import NoteContent
        from papertrail.notebook.sections import note_content

        _, stem = self._find(name)
        try:
            file = self._files.read(stem)
        except PapertrailError:
            file = None
        if file is None or stem in self._files.leading_out():
            return NoteContent("", ())
        return note_content(file.text, self._files.template())

    def find(self, query: Query, most: int) -> "list[tuple[str, Hit]]":
        """Return names and lines of the lineages in whose notes the words of a query stand, at most so many.

        There are dozens of such notes: each is read again when its file has changed, and looked through.
        """
        from papertrail.domain.query import hits
        from papertrail.domain.query.matching import holds_in_lineage_note

        where = query.where
        found: list[tuple[str, Hit]] = []
        if where is None or not any(term.may_stand_in("note") for term in hits.terms(query)):
            return []
        asked = Query(hits.standing_in(where, ["note"]))
        for name, words in self._own_words():
            if len(found) < most and holds_in_lineage_note(where, name, words):
                hit = hits.find(asked, hits.Texts("", "", note=words), sys.maxsize)
                if hit is not None and hit.where == "note":
                    found.append((name, hit))
        return found

    def _own_words(self) -> "Iterator[tuple[str, str]]":
        """Give the name of each lineage that has a note, and the reader's own words in it."""
        from papertrail.library.summary_files import stem_of

        if not (stamps := self._files.scan()):
            return
        connection, leading_out = self._trail.database.read(), self._files.leading_out()
        for one in summaries.known(connection):
            stem = one.file or stem_of(connection, one.lineage, one.name)
            if stem in stamps and stem not in leading_out:
                stamp = f"{stamps[stem]} {self._files.template_stamp()}"
                if stem not in self._words or self._words[stem][0] != stamp:
                    self._words[stem] = stamp, self._words_in(stem)
                yield one.name, self._words[stem][1]

    def _words_in(self, stem: str) -> str:
        from papertrail.notebook.sections import index_note

        try:
            file = self._files.read(stem)
            return "" if file is None else index_note(file.text, self._files.template()).body
        except PapertrailError:  # doctor tells of it
            return ""

    def contents(self) -> "dict[str, NoteContent]":
        """Return what the notes about lineages say, by the lineages' names; those alone that have one."""
        from papertrail.library.summary_files import stem_of

        there = self._files.scan()
        if not there:
            return {}
        connection = self._trail.database.read()
        known = summaries.known(connection)
        strange = there.keys() - {one.file for one in known}
        return {
            one.name: self.content(one.name)
            for one in known
            if (
                one.file in there
                if one.file or not strange
                else stem_of(connection, one.lineage, one.name) in there
            )
        }

    def file(self, name: str) -> Path:
        """Return where the note about a lineage is, or would be.

        Raises:
            NotFound: no lineage has exactly this name.
        """
        return self._files.path(self._find(name)[1])

    def version(self, name: str) -> str | None:
        """Return the version of the note's file, as `save` wants it; None without one."""
        file = self._files.version(self._find(name)[1])
        return None if file is None else file.sha256

    # In an editor

    def refuse_link_out(self, name: str) -> None:
        """Make sure that the note can be saved in the trail.

        Raises:
            LeadsOut: it, or a folder above it, is a link out of it.
        """
        self._files.to_write(self._find(name)[1])

    def look(self, name: str, text: str) -> "NoteLook":
        """Return how far a text would be as the note about a lineage; nothing is stored."""
        from papertrail.domain.note_text import NoteLook
        from papertrail.notebook.sections import index_note, writing_places

        template = self._files.template()
        index = index_note(text, template)
        return NoteLook(index.state(self.file(name)), writing_places(text, index.whole, template))

    def read_as(self, text: str) -> "NoteContent":
        """Return how a text reads as a note: without front matter, comments and prompts."""
        from papertrail.notebook.sections import note_content

        return note_content(text, self._files.template())

    def front_matter(self, text: str) -> str:
        """Return what stands above a text for other programs, fences included; empty where nothing does."""
        from papertrail.notebook.front_matter import split_front_matter

        return split_front_matter(text)[0]

    def keep_draft(self, name: str, text: str, base: str | None = None) -> None:
        """Keep unsaved text aside, in case the editor does not end well."""
        self._files.keep_draft(self._find(name)[1], text, base)

    def discard_draft(self, name: str) -> None:
        """Forget unsaved text."""
        self._files.discard_draft(self._find(name)[1])

    def put_elsewhere(self, name: str, text: str) -> Path:
        """Write unsaved text to a new file: in the trail, at home or in the folder of temporary files.

        Raises:
            StorageError: nowhere can it be written.
        """
        from papertrail.library.elsewhere import put_elsewhere

        return put_elsewhere(self._trail, self._find(name)[1], text)

    def begin_file(self, name: str) -> "LentNote":
        """Make sure the note's file is there and lend it to another editor.

        Raises:
            LeadsOut: it is a link out of the trail, which an editor would follow.
            StorageError: the disk did not take it.
        """
        from papertrail.domain.note_text import LentNote

        _, stem = self._find(name)
        self.refuse_link_out(name)
        self.take_in(name)
        sha256 = self.version(name)
        if sha256 is None:
            sha256 = self._files.save(stem, self._files.begun(name), None, self._trail.now()).sha256
        return LentNote(name, self._files.path(stem), sha256)

    def is_as_lent(self, lent: "LentNote") -> bool:
        """Tell whether another editor has left the file as it was when it was lent."""
        return self.version(lent.key) == lent.sha256

    def end_file(self, lent: "LentNote") -> "NoteSaved | None":
        """Take in what another editor made of the file; one that still is as it was begun is removed.

        Returns:
            What was saved, or None when the editor wrote nothing.
        """
        lineage, stem = self._find(lent.key)
        file = self._files.read(stem)
        if file is None:
            self.take_in(lent.key)
            return None
        if file.text == self._files.begun(lent.key) and self._known(lineage)[1] is None:
            self._files.remove(stem, file.sha256)
            return None
        saved = self._keep(lent.key, file)
        return saved if file.sha256 != lent.sha256 else None

    # Its history

    def earlier(self, name: str) -> "list[Earlier]":
        """Return the texts of the note that are kept, the newest first.

        Raises:
            NotFound: no lineage has exactly this name.
        """
        from papertrail.domain.lineages.summary import Earlier

        _, stem = self._find(name)
        now, zone = self.version(name), self._trail.now().tzinfo
        kept = list(enumerate(self._files.versions_kept(stem), start=1))
        return [
            Earlier(number, one.at.astimezone(zone), one.sha256, one.sha256 == now)
            for number, one in reversed(kept)
        ]

    def restore(self, name: str, rev: str) -> "NoteSaved | None":
        """Make an earlier text the note again, to the byte, as one operation.

        Args:
            name: of the lineage.
            rev: the text's number, as `earlier` gives it, or five letters of its digest or more.

        Returns:
            What was saved; None where the note is like that already.

        Raises:
            NotFound: no such text is kept.
            BadInput: this names no text.
            Conflict: the note was changed meanwhile; it stays as it is.
        """
        _, stem = self._find(name)
        one = self._meant(self.earlier(name), rev)
        self.take_in(name)
        data = self._data(stem, one)
        base = self.version(name)
        if base == one.sha256:
            return None
        try:
            return self._keep(name, self._files.restore(stem, data, base, self._trail.now()))
        except FileChanged as error:
            raise Conflict(
                "the note was changed meanwhile", "it stays as it is; look at it, then try again"
            ) from error

    def compare(self, name: str, revs: Sequence[str]) -> "tuple[Earlier | None, Earlier, list[Line]]":
        """Return two texts of the note, and what changed from one to the other, word by word.

        Args:
            name: of the lineage.
            revs: the two, as `restore` takes them; the newest for a second that is not given, and the one
                before it for both. The older is None where there is none.

        Raises:
            NotFound: no such text is kept.
            BadInput: one of these names no text.
        """
        from papertrail.domain.word_diff import word_diff
        from papertrail.notebook.encoding import decode_anyway
        from papertrail.notebook.outline import newlines

        _, stem = self._find(name)
        self.take_in(name)
        earlier = self.earlier(name)
        if not earlier:
            raise NotFound("there is no earlier text", "see: --history")
        meant = [self._meant(earlier, rev) for rev in revs]
        old = meant[0] if meant else next(iter(earlier[1:]), None)
        new = meant[1] if len(meant) > 1 else earlier[0]
        before, after = ("" if one is None else decode_anyway(self._data(stem, one)) for one in (old, new))
        return old, new, word_diff(newlines(before), newlines(after))

    def _meant(self, earlier: "Sequence[Earlier]", rev: str) -> "Earlier":
        shown = shorten(clean_line(rev), 40)
        is_number = rev.isdecimal() and len(rev) < 5
        if not is_number and len(rev) < 5:
            raise BadInput(f"{shown!r} names no text", "give its number: --history")
        for one in earlier:
            if one.number == int(rev) if is_number else one.sha256.startswith(rev.lower()):
                return one
        raise NotFound(f"no text {shown} of this note is kept", "see: --history")

    def _data(self, stem: str, one: "Earlier") -> bytes:
        data = self._files.version_kept(stem, one.sha256)
        if data is None:
            raise NotFound(f"text {one.number} is damaged or gone from the history", "another may do")
        return data

"""The index of the notes: what their files mean for counting, kept in step with them."""

from collections.abc import Collection, Iterable, Mapping
from contextlib import nullcontext
from sqlite3 import Connection
from typing import TYPE_CHECKING

from papertrail.domain.errors import Conflict
from papertrail.domain.operations import Verb
from papertrail.library.open_trail import OpenTrail
from papertrail.store.queries import goals, notes, reading

if TYPE_CHECKING:
    from papertrail.domain.reports import NoteSaved
    from papertrail.notebook.versions import NoteFile
    from papertrail.store.queries.operations import Operation


class IndexedNotes:
    """Takes in what note files say; the files are the truth and are written first."""

    def __init__(self, trail: OpenTrail) -> None:
        self._trail = trail

    def take_in(
        self, file: "NoteFile", *, program: str | None = None, told: Mapping[str, object] | None = None
    ) -> "NoteSaved":
        """Index a note just read or written, as one operation if it says anything new.

        Args:
            file: the note.
            program: what wrote it, unless it is this one.
            told: what the journal row is to tell besides.
        """
        from papertrail.library.thinning import Thinning

        old = notes.indexed(self._trail.database.read(), file.key)
        verb = Verb.INDEX if old is not None and old.sha256 == file.sha256 else Verb.NOTE
        with self._trail.operation(verb, program=program) as (connection, operation):
            saved = self.put(connection, operation, file, told)
        if verb is Verb.NOTE:  # so that the journal tells when the history was thinned
            Thinning(self._trail).thin(file.key)
        return saved

    def put(
        self,
        connection: Connection,
        operation: "Operation",
        file: "NoteFile",
        told: Mapping[str, object] | None = None,
        *,
        is_first: bool = False,
    ) -> "NoteSaved":
        """Store the index of a note within an operation, with a journal row if its text changed.

        One whose text is the same is indexed anew when the template or the rules are others: nobody wrote.

        Args:
            connection: the operation's.
            operation: the use case.
            file: the note.
            told: what the journal row is to tell besides.
            is_first: whether the operation has just begun the note: the history is known to have its text,
                and its rows are new, and digested where the operation ends.
        """
        from papertrail.domain.reports import NoteSaved
        from papertrail.library import known_questions
        from papertrail.notebook.questions import questions_in
        from papertrail.notebook.sections import index_note
        from papertrail.store.queries import digests

        template = self._trail.notebook.template()
        index = index_note(file.text, template)
        state = index.state(file.path).with_floor(goals.words_wanted(connection))
        old = notes.indexed(connection, file.key)
        paper = self._trail.paper_id(connection, file.key)
        known_questions.take_in(
            connection, operation, paper, questions_in(index.whole, template, state.begun)
        )
        indexed = (file.sha256, notes.column(state), state.words, index.body)
        if old is not None and (old.sha256, old.sections, old.words, old.text) == indexed:
            digests.keep_index_of(connection, paper)
            notes.set_stamp(connection, file.key, file.path.name, file.stamp)
            return NoteSaved(state, file.sha256, newly_counted=False)
        if not is_first:  # whoever wrote it: what the library has seen once, it can give back
            self._trail.notebook.keep_history(file.key, file.data, self._trail.now())
        is_read = reading.is_read(connection, paper)  # what is not counts neither before nor after
        with self._trail.counting(connection, operation, paper, file.key) if is_read else nullcontext():
            notes.put(
                connection, file.key, sha256=file.sha256, stamp=file.stamp, state=state, text=index.body
            )
        if not is_first:
            digests.keep_index_of(connection, paper)
        if old is None or old.sha256 != file.sha256:
            before = None if old is None else {"sha256": old.sha256, "complete": old.complete}
            after = {
                "sha256": file.sha256,
                "complete": state.complete,
                "words": state.words,
                "sections": index.digests,
                **(told or {}),
            }
            self._trail.journal(connection, operation, "note", file.key, before, after)
        was_complete = old is not None and old.complete
        newly = is_read and state.complete and not was_complete and not goals.counts_by_reading(connection)
        return NoteSaved(state, file.sha256, newly_counted=newly)

    def read_off(self, connection: Connection, operation: "Operation", file: "NoteFile") -> None:
        """Store what follows from a note's file, whatever the index held: nobody wrote, nothing counts anew.

        Args:
            connection: the operation's.
            operation: the use case.
            file: the note.
        """
        from papertrail.library import known_questions
        from papertrail.notebook.questions import questions_in
        from papertrail.notebook.sections import index_note
        from papertrail.store.queries import digests

        template, paper = self._trail.notebook.template(), self._trail.paper_id(connection, file.key)
        index = index_note(file.text, template)
        state = index.state(file.path).with_floor(goals.words_wanted(connection))
        known_questions.take_in(
            connection, operation, paper, questions_in(index.whole, template, state.begun)
        )
        notes.put(connection, file.key, sha256=file.sha256, stamp=file.stamp, state=state, text=index.body)
        digests.keep_index_of(connection, paper)

    def recount(
        self, connection: Connection, operation: "Operation", *, counted: Collection[int] = ()
    ) -> None:
        """Let each note be as complete as the goal of now wants, as far as its index tells how long it is.

        Args:
            connection: the operation's.
            operation: the use case.
            counted: ids of papers of which the use case journals itself whether they count.
        """
        from papertrail.store.queries import digests

        for note in list(notes.with_floor(connection, goals.words_wanted(connection))):
            if note.was_complete == note.complete or not note.is_read or note.paper in counted:
                notes.set_sections(connection, note)
            else:
                with self._trail.counting(connection, operation, note.paper, note.key):
                    notes.set_sections(connection, note)
            digests.keep_index_of(connection, note.paper)

    def file(self, connection: Connection, key: str) -> "NoteFile | None":
        """Return a paper's note, which is to be moved or to go, as the index has it.

        Raises:
            Conflict: another program changed it since.
            StorageError: it cannot be read.
        """
        note = self._trail.notebook.read(key)
        indexed = notes.indexed(connection, key)
        if (note and note.sha256) != (indexed and indexed.sha256):
            raise Conflict(f"notes/{key}.md was changed meanwhile", "try again")
        return note

    def forget(self, keys: Iterable[str], *, program: str | None = None) -> None:
        """Forget notes whose files are gone; every version the library has seen stays in the history."""
        with self._trail.operation(Verb.NOTE, program=program) as (connection, operation):
            for key in keys:
                self.remove(connection, operation, key)

    def remove(self, connection: Connection, operation: "Operation", key: str) -> None:
        """Take a note out of the index within an operation; its questions sleep from now on."""
        from papertrail.store.queries import questions

        self.take_out(connection, operation, key)
        questions.put_all_to_sleep(connection, self._trail.paper_id(connection, key), operation.local_date)

    def take_out(self, connection: Connection, operation: "Operation", key: str) -> None:
        """Take a note out of the index within an operation, and leave its questions as they are."""
        old = notes.indexed(connection, key)
        if old is None:
            return
        with self._trail.counting(connection, operation, self._trail.paper_id(connection, key), key):
            notes.remove(connection, key)
        before = {"sha256": old.sha256, "complete": old.complete}
        self._trail.journal(connection, operation, "note", key, before, None)

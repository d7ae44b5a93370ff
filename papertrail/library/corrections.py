"""What a reader corrects by hand: a paper's key, what is known of it, whether it is there at all."""

from sqlite3 import Connection

from papertrail.domain.errors import BadInput, Conflict
from papertrail.domain.keys import is_valid_key
from papertrail.domain.operations import Verb
from papertrail.domain.text import clean_line, shorten
from papertrail.library.indexed_notes import IndexedNotes
from papertrail.library.moved_notes import moved_notes
from papertrail.library.open_trail import OpenTrail
from papertrail.notebook.files import FileChanged
from papertrail.notebook.notebook import NoteFile
from papertrail.store.queries import corrections, notes, papers


class Corrections:
    """The use cases of correcting papers by hand."""

    def __init__(self, trail: OpenTrail, indexed: IndexedNotes) -> None:
        self._trail = trail
        self._indexed = indexed

    def rename(self, key: str, new: str) -> str:
        """Give a paper another key; it still answers to the one it had, and its note moves along.

        The key in the note's front matter becomes the new one; nothing else in it, or in other notes, does.

        Args:
            key: the paper's key.
            new: the other one.

        Returns:
            The key it had.

        Raises:
            NotFound: no paper has this key.
            BadInput: the new one can be no key, or is or was another paper's.
            Conflict: there is a file where the note is to be, or another program changed the note meanwhile.
            StorageError: the note cannot be read or moved; all is as it was.
        """
        from papertrail.notebook.encoding import encode_note
        from papertrail.notebook.front_matter import with_key

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
                    return old
                self._need_free(connection, paper, new)
                note = self._note(connection, old)
                corrections.rename(connection, paper, old, new)
                corrections.refold(connection, paper)
                self._trail.journal(connection, operation, "rename", new, {"key": old}, {"key": new})
                moved.move_draft(old, new)
                if note is not None:
                    text = with_key(note.text, old, new)
                    data = note.data if text == note.text else encode_note(text, note.data)
                    self._indexed.put(connection, operation, moved.move(note, new, data))
        except FileChanged as error:
            raise Conflict(
                f"there is a file notes/{new}.md already, or the note of {key} was changed meanwhile",
                "move that file away, or try again",
            ) from error
        return old

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
            note = self._note(connection, key)
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

    def _note(self, connection: Connection, key: str) -> NoteFile | None:
        """Return a paper's note as the index has it.

        Raises:
            Conflict: another program changed it since.
            StorageError: it cannot be read.
        """
        note = self._trail.notebook.read(key)
        indexed = notes.indexed(connection, key)
        if (note and note.sha256) != (indexed and indexed.sha256):
            raise Conflict(f"notes/{key}.md was changed meanwhile", "try again")
        return note

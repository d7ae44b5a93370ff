"""Notes that change their keys: written under the new one before the commit, taken from the old one after."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from papertrail.library.open_trail import OpenTrail
from papertrail.notebook.files import FileChanged
from papertrail.notebook.notebook import NoteFile


class MovedNotes:
    """The notes that one operation gives other keys, or takes away.

    At every moment a note stands under the key that the database knows. What another program writes to the
    old place meanwhile stays there.
    """

    def __init__(self, trail: OpenTrail) -> None:
        self._trail = trail
        self._placed: list[NoteFile] = []
        self._written: list[tuple[NoteFile, NoteFile]] = []
        self._over: list[NoteFile] = []
        self._keys: list[tuple[str, str]] = []

    def move(self, note: NoteFile, new: str, data: bytes) -> NoteFile:
        """Write a note as that of another key, which has none.

        Raises:
            FileChanged: the file is another version than `note`, or there is one of the other name.
            StorageError: the note is a link, or the disk did not take it.
        """
        placed = self._trail.notebook.place(note, new, data, self._trail.now())
        self._placed.append(placed)
        self.take_away(note)
        return placed

    def rewrite(self, note: NoteFile, data: bytes) -> NoteFile:
        """Give a note another text, which goes with the operation should that fail.

        Raises:
            FileChanged: the file is another version than `note`.
            StorageError: the disk did not take it.
        """
        written = self._trail.notebook.restore(note.key, data, note.sha256, self._trail.now())
        self._written.append((written, note))
        return written

    def take_away(self, note: NoteFile) -> None:
        """Remove a note's file once the operation is done; its text goes into the history."""
        self._over.append(note)

    def move_draft(self, key: str, new: str) -> None:
        """Give unsaved text to another key once the operation is done."""
        self._keys.append((key, new))

    def forsake(self) -> None:
        """The operation failed: the notes stay where they were."""
        for note in self._placed:
            self._trail.notebook.remove(note.key, note.sha256)
        for written, before in self._written:
            with suppress(FileChanged):  # by another program: that is kept
                self._trail.notebook.restore(before.key, before.data, written.sha256, self._trail.now())

    def finish(self) -> None:
        """The operation is done: nothing is left in the old places but what was written there meanwhile."""
        for key, new in self._keys:
            self._trail.notebook.move_draft(key, new)
        for note in self._over:
            if not self._trail.notebook.remove(note.key, note.sha256) and note.path.exists():
                self._trail.report(
                    f"notes/{note.path.name} was changed meanwhile: it stays; papertrail doctor"
                )


@contextmanager
def moved_notes(trail: OpenTrail) -> Iterator[MovedNotes]:
    """Give what moves notes along with the operation inside this."""
    moved = MovedNotes(trail)
    try:
        yield moved
    except BaseException:
        moved.forsake()
        raise
    moved.finish()

"""Notes that change their keys: written under the new one before the commit, taken from the old one after."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from papertrail.disk.whole_file import FileChanged, sha256_of
from papertrail.domain.errors import Busy
from papertrail.library.open_trail import OpenTrail
from papertrail.notebook.moves import Move
from papertrail.notebook.versions import NoteFile
from papertrail.store.queries import notes, papers


class MovedNotes:
    """The notes that one operation gives other keys, or takes away.

    At every moment a note stands under the key that the database knows. What another program writes to the
    old place meanwhile stays there. All is written down before any file is touched: should the program be
    killed, `finish_moves` brings the files to where the database has them.
    """

    def __init__(self, trail: OpenTrail) -> None:
        self._trail = trail
        self._move = Move()
        self._path: Path | None = None
        self._placed: list[NoteFile] = []
        self._written: list[tuple[NoteFile, NoteFile]] = []
        self._over: list[NoteFile] = []

    def move(self, note: NoteFile, new: str, data: bytes) -> NoteFile:
        """Write a note as that of another key, which has none.

        Raises:
            FileChanged: the file is another version than `note`, or there is one of the other name.
            StorageError: the note is a link, or the disk did not take it.
        """
        self._move.files.append((new, sha256_of(data)))
        self.take_away(note)
        placed = self._trail.notebook.place(note, new, data, self._trail.now())
        self._placed.append(placed)
        return placed

    def begin(self, notes: Mapping[str, bytes]) -> list[NoteFile]:
        """Write the first notes of papers, which go with the operation should that fail; they are kept in
        the history, too.

        Raises:
            FileChanged: there is a file of that name meanwhile.
            StorageError: the disk did not take it.
        """
        self._move.files.extend((key, sha256_of(data)) for key, data in notes.items())
        self._write_down()
        placed = []
        for note in self._trail.notebook.begin(notes, self._trail.now()):
            self._placed.append(note)  # at once: it has to go should the next one fail
            placed.append(note)
        return placed

    def rewrite(self, note: NoteFile, data: bytes) -> NoteFile:
        """Give a note another text, which goes with the operation should that fail.

        Raises:
            FileChanged: the file is another version than `note`.
            StorageError: the disk did not take it.
        """
        (written,) = self.rewrite_all([(note, data)])
        return written

    def rewrite_all(self, notes: Sequence[tuple[NoteFile, bytes]]) -> Iterator[NoteFile]:
        """Do so with many, which are written down at once; yield each written.

        Raises:
            FileChanged: a file is another version than the note; as for `rewrite`.
            StorageError: the disk did not take it.
        """
        self._move.rewritten.extend((note.key, sha256_of(data), note.sha256) for note, data in notes)
        self._write_down()
        for note, data in notes:
            written = self._trail.notebook.restore(note.key, data, note.sha256, self._trail.now())
            self._written.append((written, note))
            yield written

    def take_away(self, note: NoteFile) -> None:
        """Remove a note's file once the operation is done; its text goes into the history."""
        self._move.files.append((note.key, note.sha256))
        self._write_down()
        self._over.append(note)

    def move_draft(self, key: str, new: str) -> None:
        """Give unsaved text to another key once the operation is done."""
        if self._trail.notebook.has_drafts(key):
            self._move.drafts.append((key, new))
            self._write_down()

    def _write_down(self) -> None:
        moves = self._trail.notebook.moves
        self._path = self._path or moves.new_path()
        moves.keep(self._path, self._move)

    def forsake(self) -> None:
        """The operation failed: the notes stay where they were."""
        for note in self._placed:
            self._trail.notebook.remove(note.key, note.sha256)
        for written, before in self._written:
            with suppress(FileChanged):  # by another program: that is kept
                self._trail.notebook.restore(before.key, before.data, written.sha256, self._trail.now())
        self._end()

    def finish(self) -> None:
        """The operation is done: nothing is left in the old places but what was written there meanwhile."""
        for key, new in self._move.drafts:
            self._trail.notebook.move_draft(key, new)
        for note in self._over:
            if not self._trail.notebook.remove(note.key, note.sha256) and note.path.exists():
                self._trail.report(
                    f"notes/{note.path.name} was changed meanwhile: it stays; papertrail doctor"
                )
        self._end()

    def _end(self) -> None:
        if self._path is not None:
            self._trail.notebook.moves.end(self._path)


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


def finish_moves(trail: OpenTrail) -> None:
    """Bring the files that killed programs were moving to where the database has them.

    A program that is at it is waited for; should it take too long, the next start does it.
    """
    with suppress(Busy):
        for path, move in trail.notebook.moves.under_way():
            with trail.database.lock():  # whoever moves notes has it until the commit
                connection = trail.database.read()
                for key, sha256 in move.files:
                    known = notes.indexed(connection, key)
                    if known is None or known.sha256 != sha256:
                        trail.notebook.remove(key, sha256)
                for key, sha256, before in move.rewritten:
                    known = notes.indexed(connection, key)
                    data = trail.notebook.version_kept(key, before)
                    if data is not None and known is not None and known.sha256 == before:
                        with suppress(FileChanged):  # it never came to that, or by another program
                            trail.notebook.restore(key, data, sha256, trail.now())
                for key, new in move.drafts:
                    if papers.id_of_key(connection, key) is None and papers.id_of_key(connection, new):
                        trail.notebook.move_draft(key, new)
            trail.notebook.moves.end(path)

"""What a check is, and what it is given to look at."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import IntEnum
from functools import cached_property
from sqlite3 import Connection, DatabaseError
from typing import TYPE_CHECKING, NamedTuple

from papertrail.domain.errors import PapertrailError, StorageError
from papertrail.domain.findings import Finding
from papertrail.domain.operations import Verb
from papertrail.library.checks.writing import Obstacle, obstacle_of
from papertrail.library.indexed_notes import IndexedNotes
from papertrail.library.note_titles import NoteTitles
from papertrail.library.notes import Notes
from papertrail.library.open_trail import OpenTrail
from papertrail.library.search import Search
from papertrail.library.strays import Strays
from papertrail.notebook.notebook import Notebook
from papertrail.store import SCHEMA_VERSION
from papertrail.store.migrate import checked_version
from papertrail.store.queries import notes

if TYPE_CHECKING:
    from papertrail.domain.strays import Stray
    from papertrail.notebook.history import Read
    from papertrail.notebook.versions import NoteFile
    from papertrail.store.queries.operations import Operation

FIX = "papertrail doctor --fix"
REBUILD = "papertrail rebuild"
RESTORE_ALL = "papertrail note --restore-all"
DATABASE = ".papertrail/library.db"


class Needs(IntEnum):
    """What must be there for a check to look."""

    FILES = 0
    DATABASE = 1  # one that can be opened
    SCHEMA = 2  # and is of today's schema


class State(IntEnum):
    """What there is of a database."""

    NEW = 0  # none, and nothing that knew one
    LOST = 1  # none, or an empty file, though there was one
    UNREADABLE = 2
    OLDER = 3  # of an earlier schema: the next command brings it up
    OPEN = 4


class ChangedByDisk(NamedTuple):
    """A note of other bytes than were taken in last, which nobody wrote.

    Attributes:
        sha256: of what was taken in.
        is_older: whether the file's time is earlier than that.
    """

    sha256: str
    is_older: bool


class Look:
    """A trail as the checks look at it: nothing is made, migrated or taken in.

    Attributes:
        trail: its database may be gone or damaged; checks take `connection` from here.
        state: what there is of the database.
        trouble: why the database cannot be read; None where it can be.
        is_damaged: whether its pages or rows are known to be wrong.
    """

    def __init__(self, trail: OpenTrail) -> None:
        self.trail = trail
        self.trouble: PapertrailError | None = None
        self.state = self._state_of_database()
        self.is_damaged = False

    def _state_of_database(self) -> State:
        path = self.trail.database.path
        try:
            if not path.exists() or not path.stat().st_size:
                from papertrail.library.rebuilding import is_lost

                return State.LOST if is_lost(self.trail.home) else State.NEW
            version = checked_version(self.trail.database)
            if version == SCHEMA_VERSION:
                self.trail.database.read()
                return State.OPEN
            return State.OLDER if version else State.LOST
        except PapertrailError as error:
            self.trouble = error
        except (OSError, DatabaseError) as error:
            self.trouble = StorageError(str(error))
        return State.UNREADABLE

    def can(self, needs: Needs) -> bool:
        """Tell whether there is what a check needs."""
        least = (State.NEW, State.OLDER, State.OPEN)[needs]
        return self.state >= least

    @cached_property
    def obstacle(self) -> Obstacle | None:
        """Why nothing can be written; None where it can."""
        return obstacle_of(self.trail.home)

    @property
    def connection(self) -> Connection:
        """The database, to look at."""
        return self.trail.database.read()

    @cached_property
    def notebook(self) -> Notebook:
        """The notes; without a database none is missing."""
        if self.can(Needs.SCHEMA):
            return self.trail.notebook
        return Notebook(self.trail.home.notes, self.trail.home.private)

    @cached_property
    def indexed(self) -> IndexedNotes:
        """The index of the notes."""
        return IndexedNotes(self.trail)

    @cached_property
    def notes(self) -> Notes:
        """The use cases of notes."""
        return Notes(self.trail, self.indexed)

    @cached_property
    def strays(self) -> Strays:
        """The use cases of what is lost or astray."""
        return Strays(self.trail, self.indexed)

    @cached_property
    def astray(self) -> "list[Stray]":
        """The files among the notes that are no note."""
        if self.can(Needs.SCHEMA):
            return self.strays.all()
        from papertrail.notebook.strays import look_for_strays

        # Whose a file is, keys alone tell; those of the notes themselves are known.
        return look_for_strays(self.trail.home.notes, self.on_disk.__contains__)

    @cached_property
    def titles(self) -> NoteTitles:
        """The use cases of titles in notes."""
        return NoteTitles(self.trail, self.notes)

    @cached_property
    def search(self) -> Search:
        """The use cases of the index of words."""
        return Search(self.trail)

    @cached_property
    def listed(self) -> dict[str, str] | StorageError:
        """Stamps of the note files by key, or why their folder cannot be looked through."""
        try:
            return self.notebook.scan()
        except StorageError as error:
            return error

    @property
    def on_disk(self) -> dict[str, str]:
        """Stamps of the note files by key; empty where the folder is gone or cannot be read."""
        return {} if isinstance(self.listed, StorageError) else self.listed

    @cached_property
    def keys(self) -> list[str]:
        """Keys of the notes there are, of papers only where these are known."""
        if self.can(Needs.SCHEMA):
            with suppress(DatabaseError, PapertrailError):
                return self.notes.keys(None if isinstance(self.listed, StorageError) else self.listed)
        return sorted(self.on_disk)

    @cached_property
    def matters(self) -> dict[str, str]:
        """The front matter of the notes that can be read, by key."""
        from papertrail.notebook.front_matter import split_front_matter

        return {file.key: split_front_matter(file.text)[0] for file in self.files}

    @cached_property
    def read(self) -> "dict[str, NoteFile | PapertrailError]":
        """The notes by key, or why they cannot be read."""
        return {key: self._read(key) for key in self.keys}

    @property
    def files(self) -> "Iterator[NoteFile]":
        """The notes that can be read."""
        return (file for file in self.read.values() if not isinstance(file, PapertrailError))

    def _read(self, key: str) -> "NoteFile | PapertrailError":
        try:
            file = self.notebook.read(key)
        except PapertrailError as error:
            return error
        return StorageError(f"the note of {key} is gone") if file is None else file

    @cached_property
    def changed_by_disk(self) -> dict[str, ChangedByDisk]:
        """The notes of other bytes than were taken in whose time is the same, or earlier, by key.

        People and programs that write give a file a new time. Only those are here whose text is kept.
        """
        changed = {}
        if self.can(Needs.SCHEMA):
            stamps = notes.stamps(self.connection)
            for key, sha256 in notes.versions(self.connection).items():
                if key not in self.read or key not in self.on_disk or key not in stamps:
                    continue
                then, now = (int(stamp.split(":")[0] or 0) for stamp in (stamps[key], self.on_disk[key]))
                if (
                    now <= then
                    and self._sha256(key) != sha256
                    and self.notebook.names_of_version(key, sha256)
                ):
                    changed[key] = ChangedByDisk(sha256, now < then)
        return changed

    def _sha256(self, key: str) -> str:
        file = self.read[key]
        if not isinstance(file, PapertrailError):
            return file.sha256
        with suppress(PapertrailError):
            version = self.notebook.version(key)
            return version.sha256 if version else ""
        return ""

    @cached_property
    def history(self) -> "dict[str, list[Read]]":
        """What was found of each note's texts in the history, all of which are read for it once."""
        return self.notebook.read_history()

    @contextmanager
    def mending(self, check: str, what: str) -> "Iterator[tuple[Connection, Operation]]":
        """Run one fix that writes rows, as one operation that says what it did."""
        with self.trail.operation(Verb.MEND) as (connection, operation):
            yield connection, operation
            told = {"check": check, "what": what}
            self.trail.journal(connection, operation, "mend", None, None, told)


Mend = Callable[[Look, Sequence[Finding]], Iterable[str]]
"""Does what can be done about findings of one check that are fixable, and says it line by line."""


class Check(NamedTuple):
    """One thing to look at.

    Attributes:
        name: by which it is asked for.
        asks: what it looks for, in a few words.
        why: why that matters.
        look: gives what is found; nothing is changed.
        needs: what must be there.
        is_before_backup: whether it is mended before the backup, which could not be made otherwise.
    """

    name: str
    asks: str
    why: str
    look: Callable[[Look], Iterable[Finding]]
    needs: Needs = Needs.FILES
    mend: Mend | None = None
    is_before_backup: bool = False

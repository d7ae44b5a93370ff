"""The one place that opens the library's database: pragmas, locking and transactions for both doors."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from papertrail.domain.errors import REBUILD, Busy, DatabaseDamaged, DatabaseLost, LeadsOut, StorageError
from papertrail.store.disk_errors import lost
from papertrail.store.disk_errors import translated_errors as translated_errors  # noqa: PLC0414 for all doors
from papertrail.store.lock import write_lock
from papertrail.store.looking import address, holds_something, way_to_look
from papertrail.store.telling import TellingConnection

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session as Session  # noqa: PLC0414 given on to the library

BUSY_SECONDS = 10.0
RESTORING = "restoring.json"
"""Stands beside the database while a trail is being restored over another."""
UNINDEXED = "SELECT 1 FROM unindexed LIMIT 1"
_Identity = tuple[int, ...]


class Database:
    """One SQLite file, opened once for each thread that asks.

    Reads run in autocommit on the thread's own connection. Writes take a file lock and `BEGIN IMMEDIATE`:
    SQLite older than 3.51.3 can damage a WAL database when a checkpoint and a commit of two processes
    coincide, and a deferred transaction that turns into a write fails at once instead of waiting.

    Args:
        path: the file; its folder must exist.
        busy_seconds: how long to wait for another process before `Busy`.
        copy: the file that each committed operation is appended to in plain text, if any.
    """

    def __init__(self, path: Path, *, busy_seconds: float = BUSY_SECONDS, copy: Path | None = None) -> None:
        self.path = path
        self._copy = copy
        self._busy_seconds = busy_seconds
        self._local = threading.local()
        self._guard = threading.Lock()
        self._engine: Engine | None = None
        self._watch: sqlite3.Connection | None = None
        self._watched: _Identity = ()
        self._written: _Identity = ()  # when the file itself was last seen to change
        self._data_version = -1
        self._was_there = False
        self._doubts = 0  # damages met; a connection that is older than the last one is opened anew

    @property
    def only_to_read(self) -> StorageError | None:
        """Why this thread can read and not write; None where it can, as far as is known."""
        own: _Own | None = getattr(self._local, "own", None)
        return None if own is None else own.connection.why_only_to_read

    def connect(self, *, foreign_keys: bool = True) -> TellingConnection:
        """Open a new connection in autocommit mode, every pragma set.

        Where nothing can be written, the folder being read-only or the disk full, it is one to look with:
        SQLite itself would refuse even that, since readers of a WAL database make files beside it.

        Raises:
            DatabaseLost: it was there before, and is gone.
            DatabaseDamaged: the file is no SQLite database.
            StorageError: the file can be neither written nor read.
        """
        how = "mode=rw" if self._was_there else "mode=rwc"  # what is gone is not replaced by an empty one
        if self._was_there:
            self._identity()
        try:
            self._refuse_way_out()
        except LeadsOut as error:
            return self._connected_to_look(error)
        with translated_errors(self.path):
            if not self._was_there:
                self._make_private()
            connection = self._connected(how)
            try:
                connection.execute("PRAGMA journal_mode=WAL")  # stays DELETE where WAL cannot work
                connection.execute("PRAGMA synchronous=FULL")
                connection.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
            except (DatabaseLost, DatabaseDamaged):
                connection.close()
                raise
            except StorageError as error:
                connection.close()
                return self._connected_to_look(error)
            except BaseException:
                connection.close()
                raise
            self._was_there = self._was_there or self.path.stat().st_size > 0
            return connection

    def _make_private(self) -> None:
        """Make the file where there is none, for nobody else to read: SQLite leaves that to the umask.

        What is beside it has its rights. Where it cannot be made SQLite says why.
        """
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | getattr(os, "O_NOFOLLOW", 0)
        with suppress(OSError):
            os.close(os.open(self.path, flags, 0o600))

    def _refuse_way_out(self) -> None:
        """Make sure that what is written here is written in the trail.

        Raises:
            LeadsOut: the file, or its folder, is a link out of there.
        """
        if self.path.is_symlink() or self.path.parent.is_symlink():
            from papertrail.disk.links import refuse_way_out

            refuse_way_out(self.path, self.path.parent.parent)

    def _connected(self, how: str) -> TellingConnection:
        """Open a connection, of which every error is one of papertrail's."""
        connection = sqlite3.connect(
            address(str(self.path), how),
            uri=True,
            timeout=self._busy_seconds,
            isolation_level=None,
            check_same_thread=False,
            factory=TellingConnection,
        )
        connection.path, connection.doubt = self.path, self.doubt
        return connection

    def _connected_to_look(self, why: StorageError) -> TellingConnection:
        """Open a connection that only reads; raise `why` where that does not go either."""
        path = str(self.path)
        if not holds_something(path):
            raise why
        connection = None
        try:
            if holds_something(f"{path}-wal") and not Path(f"{path}-shm").exists():
                connection = self._copy_to_look()
            else:
                connection = self._connected(way_to_look(path))
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        except DatabaseDamaged:
            raise
        except (OSError, sqlite3.Error, StorageError) as error:
            if connection is not None:
                connection.close()
            raise why from error
        connection.why_only_to_read = why
        return connection

    def _copy_to_look(self) -> TellingConnection:
        """Open a copy, made elsewhere, of a database whose last changes SQLite cannot read where they are."""
        from shutil import copyfile
        from tempfile import TemporaryDirectory

        with TemporaryDirectory(prefix="papertrail-") as folder:
            whole = Path(folder, "library.db")
            for ending in ("", "-wal"):
                copyfile(f"{self.path}{ending}", f"{whole}{ending}")
            copy = sqlite3.connect(whole)
            try:
                connection = sqlite3.connect(
                    ":memory:", isolation_level=None, check_same_thread=False, factory=TellingConnection
                )
                connection.path, connection.doubt = self.path, self.doubt
                copy.backup(connection)
            finally:
                copy.close()
        return connection

    def _identity(self) -> _Identity:
        """Return what tells the file from any other that may come to stand in its place.

        Raises:
            DatabaseLost: it is gone, or empty.
        """
        try:
            found = self.path.stat()
        except (FileNotFoundError, NotADirectoryError) as error:
            raise lost(self.path) from error
        except OSError as error:
            from papertrail.domain.disk_words import told_of_disk

            raise told_of_disk(error, self.path) from error
        if not found.st_size and self._was_there:
            raise DatabaseLost(f"{self.path} is empty", f"put it back, or {REBUILD}")
        return (found.st_dev, found.st_ino, self._doubts)

    def _identity_to_look(self) -> _Identity:
        """Return what tells, with `_identity`, that somebody has written what is only read here."""
        marks: list[int] = []
        for ending in ("", "-wal"):
            with suppress(OSError):
                found = Path(f"{self.path}{ending}").stat()
                marks += (found.st_mtime_ns, found.st_size)
        return tuple(marks)

    @property
    def is_open(self) -> bool:
        """Whether this thread has a connection."""
        return hasattr(self._local, "own")

    def read(self) -> sqlite3.Connection:
        """Return this thread's connection, for queries.

        The file is looked for each time: an open one stays readable and writable when it was deleted, and
        what is written to it then is lost. One that was put in its place is opened.

        Raises:
            DatabaseLost: the database is gone.
            DatabaseDamaged: it is no database any more.
            StorageError: the file can be neither written nor read.
        """
        own: _Own | None = getattr(self._local, "own", None)
        if own is None or own.is_outdated():
            own = self._local.own = _Own(self)
        return own.connection

    def doubt(self) -> None:
        """Have every connection opened anew: what stands in the file is not what SQLite has in memory."""
        self._doubts += 1

    def check(self) -> None:
        """Look whether the database is well again, or still, as far as SQLite can tell.

        Raises:
            DatabaseLost: it is gone.
            DatabaseDamaged: it is not.
        """
        self._identity()
        with translated_errors(self.path):
            connection = self.connect()
            try:
                ((found,),) = connection.execute("PRAGMA quick_check(1)").fetchall()
                connection.execute(UNINDEXED)
            finally:
                self.close_connection(connection)
        if found != "ok":
            raise DatabaseDamaged(f"{self.path} is damaged ({' '.join(str(found).split())[:80]})")

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Run one write transaction on this thread's connection; an exception undoes all of it.

        Raises:
            Busy: another process kept the lock for too long.
            StorageError: the disk is full, read-only or gone.
        """
        with self.lock(), translated_errors(self.path):
            self._refuse_half_restored()
            connection = self._to_write()
            self._refuse_behind(connection)
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                _index_words(connection)
                self._identity()  # else this were kept in a file that nobody finds again
                connection.execute("COMMIT")
            except BaseException:
                _roll_back(connection)
                raise
            self._append_to_copy(connection)

    @contextmanager
    def session(self) -> Iterator["Session"]:
        """Run one write transaction through SQLModel, under the same lock and the same `BEGIN IMMEDIATE`."""
        from sqlalchemy.exc import DBAPIError
        from sqlmodel import Session

        with self.lock(), translated_errors(self.path):
            self._refuse_half_restored()
            self._refuse_behind(self._to_write())
            try:
                with Session(self.engine()) as session, session.begin():
                    yield session
                    session.flush()
                    _index_words(raw_connection(session))
                    self._identity()
            except DBAPIError as error:
                if isinstance(error.orig, sqlite3.Error):
                    raise error.orig from error
                raise
            self._append_to_copy(self.read())

    def _append_to_copy(self, connection: sqlite3.Connection) -> None:
        if self._copy is not None:
            from papertrail.store import journal_copy

            journal_copy.catch_up(self._copy, connection)

    def _refuse_behind(self, connection: sqlite3.Connection) -> None:
        """Refuse to go on with a database that has lost its last changes: their copy would be put aside."""
        if self._copy is None:
            return
        from papertrail.store import journal_copy

        try:
            lacking = journal_copy.lacking_in(connection, self._copy)
        except OSError:
            return
        if lacking:
            changes = "change" if lacking == 1 else "changes"
            raise DatabaseDamaged(
                f"{self.path} lacks the last {lacking} {changes} that {self._copy.name} tells"
            )

    def _to_write(self) -> sqlite3.Connection:
        """Return this thread's connection, opened anew where it was one to look with.

        Raises:
            StorageError: nothing can be written.
        """
        connection = self.read()
        if self.only_to_read is not None:
            del self._local.own
            connection = self.read()
            if self.only_to_read is not None:
                raise self.only_to_read
        return connection

    def engine(self) -> "Engine":
        """Return the SQLAlchemy engine over the same connections, made on first use."""
        if self._engine is None:
            self._engine = make_engine(self)
        return self._engine

    def catch_up(self) -> None:
        """Index the words of what another program changed without doing so."""
        if self.read().execute(UNINDEXED).fetchone() is not None:
            with self.write():
                pass  # each transaction ends so

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the lock that one writer holds, among all processes.

        Raises:
            Busy: on entering, when another process kept it for too long.
            StorageError: on entering, when nothing can be written.
        """
        if self._was_there:
            self._identity()
        self._refuse_way_out()
        with write_lock(self.path.with_name("library.lock"), self._busy_seconds):
            yield

    def _refuse_half_restored(self) -> None:
        """Refuse, under the lock, to write to what a restore that was killed is about to move aside."""
        if os.path.lexists(self.path.with_name(RESTORING)):
            raise Busy("a restore of this trail was cut off", "any command ends it: papertrail list")

    def changed_elsewhere(self) -> bool:
        """Tell whether any other connection, in this process or another, has written since last asked.

        Raises:
            DatabaseLost: the database is gone.
        """
        with self._guard, translated_errors(self.path):
            self._identity()
            found = self.path.stat()
            written = found.st_mtime_ns, found.st_size
            if self._written not in ((), written):  # by a checkpoint, now and then; or by who knows what
                self.doubt()
            self._written = written
            identity = self._identity()
            self.read()  # in a trail that is only read, nothing else may be opened
            if self.only_to_read is not None:
                identity += self._identity_to_look()
                version = self._data_version
            else:
                if self._watch is None or identity != self._watched:
                    # Nothing but this is asked of it: pragmas would have SQLite read the whole schema.
                    self._watch = self._connected("mode=rw")
                version = self._watch.execute("PRAGMA data_version").fetchone()[0]
            changed = self._watched not in ((), identity) or self._data_version not in (-1, version)
            self._watched, self._data_version = identity, version
            return changed

    def close(self) -> None:
        """Close the connection of this thread, and that of `changed_elsewhere`.

        Those of other threads close as these end: closed under a running statement, SQLite would take the
        whole process down.
        """
        if self._engine is not None:
            self._engine.dispose()
        own: _Own | None = self._local.__dict__.pop("own", None)
        if own is not None:
            own.close()
        with self._guard:
            if self._watch is not None:
                self.close_connection(self._watch)
            self._watch = None

    def close_connection(self, connection: sqlite3.Connection) -> None:
        """Close a connection; under the lock when closing may write the WAL back."""
        wal = self.path.with_name(self.path.name + "-wal")
        try:
            pending = wal.stat().st_size > 0
        except OSError:
            pending = False
        held: AbstractContextManager[None] | None = self.lock() if pending else None
        if held is not None:
            try:
                held.__enter__()
            except StorageError:  # then nothing is written back either
                held = None
        try:
            with suppress(StorageError):  # what was acknowledged stands in the WAL
                connection.close()
        finally:
            if held is not None:
                held.__exit__(None, None, None)


class _Own:
    """The connection of one thread; it closes when the thread ends, or before by hand."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.connection = database.connect()
        self._identity = database._identity()
        is_to_look = self.connection.why_only_to_read is not None
        self._to_look = database._identity_to_look() if is_to_look else ()

    def is_outdated(self) -> bool:
        """Tell whether another file stands there now, or one that was only read was written to."""
        is_another = self._identity != self._database._identity() and not self.connection.in_transaction
        return is_another or (bool(self._to_look) and self._to_look != self._database._identity_to_look())

    def close(self) -> None:
        """Close the connection."""
        self._database.close_connection(self.connection)

    def __del__(self) -> None:
        with suppress(Exception):  # the interpreter may be ending, or another process hold the lock
            self.close()


def make_engine(database: Database, *, foreign_keys: bool = True) -> "Engine":
    """Return an engine whose connections come from `database` and whose transactions are immediate."""
    from sqlalchemy import Connection, create_engine, event
    from sqlalchemy.pool import NullPool

    engine = create_engine(
        "sqlite://", creator=lambda: database.connect(foreign_keys=foreign_keys), poolclass=NullPool
    )

    @event.listens_for(engine, "begin")
    def begin_immediate(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _index_words(connection: sqlite3.Connection) -> None:
    """Bring the index of words in step with what a transaction changed, within it."""
    if connection.execute(UNINDEXED).fetchone() is not None:
        from papertrail.store.queries import word_index

        word_index.catch_up(connection)


def raw_connection(session: "Session") -> sqlite3.Connection:
    """Return the connection under a session, within the session's transaction."""
    connection = session.connection().connection.driver_connection
    assert isinstance(connection, sqlite3.Connection)
    return connection


def _roll_back(connection: sqlite3.Connection) -> None:
    """Take back a transaction, unless SQLite did so itself: it does where the disk fails."""
    if connection.in_transaction:
        with suppress(StorageError):
            connection.execute("ROLLBACK")

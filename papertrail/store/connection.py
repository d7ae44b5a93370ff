"""The one place that opens the library's database: pragmas, locking and transactions for both doors."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from papertrail.domain.errors import Busy, IncompatibleLibrary, PapertrailError, StorageError
from papertrail.store.lock import write_lock

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session as Session  # noqa: PLC0414 given on to the library

BUSY_SECONDS = 10.0
RESTORING = "restoring.json"
"""Stands beside the database while a trail is being restored over another."""
UNINDEXED = "SELECT 1 FROM unindexed LIMIT 1"
_NEVER, _ANOTHER_FILE = -1, -2  # in place of the version of the data that was seen last
_DISK_CODES = {
    "SQLITE_FULL",
    "SQLITE_IOERR",
    "SQLITE_READONLY",
    "SQLITE_CANTOPEN",
    "SQLITE_PERM",
    "SQLITE_AUTH",
}


class Database:
    """One SQLite file, opened once for each thread that asks.

    Reads run in autocommit on the thread's own connection. Writes take a file lock and `BEGIN IMMEDIATE`:
    SQLite older than 3.51.3 can damage a WAL database when a checkpoint and a commit of two processes
    coincide, and a deferred transaction that turns into a write fails at once instead of waiting.

    Args:
        path: the file; its folder must exist.
        busy_seconds: how long to wait for another process before `Busy`.
    """

    def __init__(self, path: Path, *, busy_seconds: float = BUSY_SECONDS) -> None:
        self.path = path
        self._busy_seconds = busy_seconds
        self._local = threading.local()
        self._guard = threading.Lock()
        self._engine: Engine | None = None
        self._watch: sqlite3.Connection | None = None
        self._watched: tuple[int, int] | None = None
        self._data_version = _NEVER

    def connect(self, *, foreign_keys: bool = True) -> sqlite3.Connection:
        """Open a new connection in autocommit mode, every pragma set.

        Raises:
            StorageError: the file cannot be opened or written.
            IncompatibleLibrary: the file is no SQLite database.
        """
        with translated_errors(self.path):
            connection = sqlite3.connect(
                self.path, timeout=self._busy_seconds, isolation_level=None, check_same_thread=False
            )
            try:
                connection.execute("PRAGMA journal_mode=WAL")  # stays DELETE where WAL cannot work
                connection.execute("PRAGMA synchronous=FULL")
                connection.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
            except BaseException:
                connection.close()
                raise
            return connection

    def read(self) -> sqlite3.Connection:
        """Return this thread's connection, for queries."""
        own: _Own | None = getattr(self._local, "own", None)
        if own is None or self._is_replaced(own.of, own.connection):
            if own is not None:
                own.forsake()
            own = self._local.own = _Own(self)
        return own.connection

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Run one write transaction on this thread's connection; an exception undoes all of it.

        Raises:
            Busy: another process kept the lock for too long.
            StorageError: the disk is full, read-only or gone.
        """
        with self.lock(), translated_errors(self.path):
            self._refuse_half_restored()
            connection = self.read()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                _index_words(connection)
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    @contextmanager
    def session(self) -> Iterator["Session"]:
        """Run one write transaction through SQLModel, under the same lock and the same `BEGIN IMMEDIATE`."""
        from sqlalchemy.exc import DBAPIError
        from sqlmodel import Session

        with self.lock(), translated_errors(self.path):
            self._refuse_half_restored()
            try:
                with Session(self.engine()) as session, session.begin():
                    yield session
                    session.flush()
                    _index_words(raw_connection(session))
            except DBAPIError as error:
                if isinstance(error.orig, sqlite3.Error):
                    raise error.orig from error
                raise

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

    def lock(self) -> AbstractContextManager[object]:
        """Return the lock that one writer holds, among all processes.

        Raises:
            Busy: on entering, when another process kept it for too long.
        """
        return write_lock(self.path.with_name("library.lock"), self._busy_seconds)

    def file_now(self) -> tuple[int, int] | None:
        """Return what tells the file that is there from any other; None where there is none."""
        try:
            status = os.stat(self.path)  # noqa: PTH116 asked with every query
        except OSError:
            return None
        return status.st_dev, status.st_ino

    def _is_replaced(self, of: tuple[int, int] | None, connection: sqlite3.Connection) -> bool:
        """Tell whether there is another file by now: a trail that was restored, or put back by hand.

        What is gone is not replaced, and a transaction ends where it began.
        """
        now = self.file_now()
        return now != of and now is not None and not connection.in_transaction

    def _refuse_half_restored(self) -> None:
        """Refuse, under the lock, to write to what a restore that was killed is about to move aside."""
        if os.path.lexists(self.path.with_name(RESTORING)):
            raise Busy("a restore of this trail was cut off", "any command ends it: papertrail list")

    def changed_elsewhere(self) -> bool:
        """Tell whether any other connection, in this process or another, has written since last asked.

        Another file in the database's place is a change, too.
        """
        with self._guard, translated_errors(self.path):
            if self._watch is not None and self._is_replaced(self._watched, self._watch):
                self._watch.close()
                self._watch = None
                self._data_version = _ANOTHER_FILE
            if self._watch is None:
                self._watched = self.file_now()
                # Nothing but this is asked of it: pragmas would have SQLite read the whole schema.
                self._watch = sqlite3.connect(
                    self.path, timeout=self._busy_seconds, isolation_level=None, check_same_thread=False
                )
            version: int = self._watch.execute("PRAGMA data_version").fetchone()[0]
            changed = self._data_version not in (_NEVER, version)
            self._data_version = version
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
        with self.lock() if pending else nullcontext():
            connection.close()


class _Own:
    """The connection of one thread; it closes when the thread ends, or before by hand."""

    def __init__(self, database: Database) -> None:
        self._database: Database | None = database
        before = database.file_now()
        self.connection = database.connect()
        self.of = before or database.file_now()

    def forsake(self) -> None:
        """Let go of a file that is no longer the trail's: it is closed with whoever reads there last.

        SQLite leaves the log of the file that is there now alone, as it knows that its own was moved.
        """
        self._database = None

    def close(self) -> None:
        """Close the connection."""
        if self._database is not None:
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


@contextmanager
def translated_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite and the disk say into one of papertrail's errors."""
    try:
        yield
    except PapertrailError:
        raise
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorname", "") or ""
        if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise Busy("another program is writing to this trail", "try again in a moment") from error
        if code.startswith("SQLITE_NOTADB"):
            raise IncompatibleLibrary(
                f"{path} is not a papertrail database", "move it away, or choose another folder with --home"
            ) from error
        if code.startswith("SQLITE_CORRUPT"):
            raise StorageError(
                f"{path} is damaged ({error})", "restore the newest file of .papertrail/backups"
            ) from error
        if code.startswith(tuple(_DISK_CODES)):
            raise StorageError(
                f"cannot write {path} ({error})", "check free space and permissions of the folder"
            ) from error
        raise
    except OSError as error:
        raise StorageError(
            f"cannot use {error.filename or path} ({error.strerror or error})",
            "check free space and permissions of the folder",
        ) from error

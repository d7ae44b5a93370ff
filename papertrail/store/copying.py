"""Copies of the database: made beside those who write, and believed only after they were opened."""

import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path
from typing import NamedTuple

from papertrail.domain.errors import Busy, DatabaseDamaged, DatabaseLost, IncompatibleLibrary
from papertrail.domain.text import clean_line, shorten
from papertrail.store import SCHEMA_VERSION
from papertrail.store.connection import BUSY_SECONDS
from papertrail.store.disk_errors import TOLD_BY_SQLITE, told_of_database, translated_errors

_OURS = {"paper", "reading", "journal"}
"""Tables that every schema has."""

TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite_%'"


class Inside(NamedTuple):
    """What a database holds: its schema, and how many rows of each table."""

    schema: int
    rows: Mapping[str, int]


def copy_database(
    database: Path, target: Path, lock: Callable[[], AbstractContextManager[object]] = nullcontext
) -> Inside:
    """Write a compact copy of a database, without its write-ahead log, and return what both hold.

    The connection is one that cannot write and has no transaction open: Python's `Connection.backup()` of
    one with an open write transaction never returns, and what it makes cannot be opened in a folder that is
    read-only. Where somebody commits while it is copied it is copied once more, under the lock.

    Args:
        database: any schema.
        target: there must be nothing of this name.
        lock: gives the lock of those who write.

    Raises:
        DatabaseLost: there is none.
        DatabaseDamaged: what it holds cannot be copied.
        IncompatibleLibrary: it is none of ours, or a newer papertrail's.
        Busy: another program goes on writing.
        StorageError: there is no room for the copy.
    """
    for locked in (nullcontext, lock, lock):
        with locked():
            inside = _copied(database, target)
        if inside is not None:
            return inside
        target.unlink()
    raise Busy("another program goes on writing to this trail", "try again in a moment")


def _copied(database: Path, target: Path) -> Inside | None:
    """Copy it; None where somebody wrote meanwhile."""
    if not _holds_something(database):
        raise DatabaseLost(f"{database} is {'empty' if database.exists() else 'gone'}")
    with translated_errors(target), closing(_opened(database)) as connection:
        try:
            before = connection.execute("PRAGMA data_version").fetchone()
            inside = look_inside(connection, str(database))
            connection.execute("VACUUM INTO ?", (str(target),))
            return inside if connection.execute("PRAGMA data_version").fetchone() == before else None
        except TOLD_BY_SQLITE as error:
            told = told_of_database(error, database)
            if isinstance(told, DatabaseDamaged):
                raise told from error
            raise  # of the copy, then


def check_copy(data: bytes, called: str) -> Inside:
    """Return what a copy of a database holds, every page and row of it looked at; no file is touched.

    Args:
        data: the bytes.
        called: what it is called should it be damaged.

    Raises:
        DatabaseDamaged: it is not whole.
        IncompatibleLibrary: it is none of ours, or a newer papertrail's.
    """
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.deserialize(data)
            connection.execute("PRAGMA query_only = ON")
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()
            if found != ("ok",):
                raise DatabaseDamaged(f"{called} is damaged ({shorten(clean_line(found[0]), 80)})")
            return look_inside(connection, called)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise DatabaseDamaged(f"{called} is damaged ({error})") from error


def look_inside(connection: sqlite3.Connection, called: str) -> Inside:
    """Return what a database holds.

    Raises:
        IncompatibleLibrary: it is none of ours, or a newer papertrail's.
    """
    schema: int = connection.execute("PRAGMA user_version").fetchone()[0]
    tables = sorted(name for (name,) in connection.execute(TABLES))
    if schema > SCHEMA_VERSION:
        raise IncompatibleLibrary(
            f"{called} was written by a newer papertrail (schema {schema}, this one knows {SCHEMA_VERSION})",
            "update papertrail; nothing was changed",
        )
    if not schema or not set(tables) >= _OURS:
        raise IncompatibleLibrary(f"{called} is not a papertrail database", "nothing was changed")
    rows = {}
    for name in tables:
        quoted = name.replace('"', '""')
        rows[name] = connection.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0]  # noqa: S608
    return Inside(schema, rows)


def inside_of(database: Path) -> Inside:
    """Return what the database of a trail holds.

    Raises:
        IncompatibleLibrary: it is none of ours, or a newer papertrail's.
        StorageError: it cannot be read.
    """
    with translated_errors(database), closing(_opened(database)) as connection:
        return look_inside(connection, str(database))


def fold_log_in(database: Path) -> None:
    """Bring the write-ahead log into the database, as far as nobody reads there; under the lock.

    Raises:
        StorageError: it is damaged, or the disk does not take it.
    """
    with translated_errors(database), closing(sqlite3.connect(database, timeout=1)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def damaged_rows(database: Path) -> int:
    """Return how many rows of a copy are not what papertrail wrote last, as far as its schema tells."""
    from papertrail.store.queries.digests import DIGESTED_SINCE, damaged

    with translated_errors(database), closing(_opened(database)) as connection:
        if connection.execute("PRAGMA user_version").fetchone()[0] < DIGESTED_SINCE:
            return 0
        connection.execute("BEGIN")
        return sum(1 for _ in damaged(connection))


def note_digests(data: bytes) -> dict[str, str]:
    """Return the sha256 of each note by key, as a copy of a database tells; empty where it tells of none."""
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.deserialize(data)
            return dict(connection.execute(NOTES))
        except (sqlite3.Error, UnicodeDecodeError):
            return {}


NOTES = "SELECT p.key, n.sha256 FROM note n JOIN paper p ON p.id = n.paper_id"


def _opened(database: Path) -> sqlite3.Connection:
    """Open a database to read; on a medium that cannot be written what nobody writes to does not change."""
    escaped = str(database.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    is_still = not _holds_something(database.with_name(f"{database.name}-wal"))
    how = "&immutable=1" if is_still and not os.access(database.parent, os.W_OK) else ""
    connection = sqlite3.connect(
        f"file:{escaped}?mode=ro{how}", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
    except BaseException:
        connection.close()
        raise
    return connection


def _holds_something(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except FileNotFoundError:
        return False

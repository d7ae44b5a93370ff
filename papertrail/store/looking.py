"""Opens a trail's database to look only, for a shell that completes: not a byte is written or made."""

import os
import sqlite3

from papertrail.store import SCHEMA_VERSION

BUSY_SECONDS = 0.05  # a reader waits at the keyboard, and no completion is no harm


def look_into(path: str) -> sqlite3.Connection | None:
    """Open the database at `path` for reading; None where it is not there or of another version.

    SQLite makes the files `-wal` and `-shm` anew even for those who only read. Without such files nobody
    has anything to say that is not in the database itself, and it is read as if it could not change; what
    is cut off by a writer beginning at that very moment is an error to whoever reads.

    Raises:
        sqlite3.Error: it is locked, damaged, or no database.
        OSError: it cannot be read.
    """
    if not os.path.isfile(path):
        return None
    connection = sqlite3.connect(
        address(path, way_to_look(path)), uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )
    try:
        if connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION:
            return connection
    except BaseException:
        connection.close()
        raise
    connection.close()
    return None


def way_to_look(path: str) -> str:
    """Return how SQLite is to open the database at `path` so that it writes nothing."""
    if holds_something(f"{path}-wal") and os.path.exists(f"{path}-shm"):
        return "mode=ro&readonly_shm=1"
    if holds_something(f"{path}-journal"):
        return "mode=ro"
    return "mode=ro&immutable=1"


def address(path: str, how: str) -> str:
    """Return the address by which SQLite opens the file at `path` in this way."""
    escaped = os.path.abspath(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"file:{escaped}?{how}"


def holds_something(path: str) -> bool:
    """Tell whether there is a file at `path` that is not empty."""
    try:
        return os.stat(path).st_size > 0
    except FileNotFoundError:
        return False


def copy_in_memory(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Return a copy of a database, to try on it what would have to write; outside of write transactions."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.backup(copy)
    except BaseException:
        copy.close()
        raise
    return copy


def words_in_memory(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Return a database that has the index of words alone, as the tables tell in which FTS5 keeps it.

    Raises:
        sqlite3.DatabaseError: there is none that could be copied.
        DatabaseDamaged: its pages cannot be read.
    """
    made_by = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'words'").fetchall()
    copy = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for (sql,) in made_by:
            copy.execute(sql)
        copy.execute("BEGIN")
        for part in ("data", "idx", "content", "docsize", "config"):
            copy.execute(f"DELETE FROM words_{part}")  # noqa: S608 tables of the index
            rows = connection.execute(f"SELECT * FROM words_{part}").fetchall()  # noqa: S608
            marks = ", ".join("?" * len(rows[0])) if rows else "NULL"
            copy.executemany(f"INSERT INTO words_{part} VALUES ({marks})", rows)  # noqa: S608
        copy.execute("COMMIT")
    except BaseException:
        copy.close()
        raise
    return copy

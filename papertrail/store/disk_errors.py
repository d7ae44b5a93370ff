"""What SQLite and the system say of the disk, as papertrail's errors."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from papertrail.domain.errors import (
    REBUILD,
    Busy,
    DatabaseDamaged,
    DatabaseLost,
    PapertrailError,
    StorageError,
)

_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT")
_NOT_AS_MADE = ("no such table", "no such column", "malformed database schema")
_NUMBERS = {
    "SQLITE_FULL": errno.ENOSPC,
    "SQLITE_IOERR": errno.EIO,
    "SQLITE_READONLY": errno.EACCES,
    "SQLITE_CANTOPEN": errno.EACCES,
    "SQLITE_PERM": errno.EACCES,
    "SQLITE_AUTH": errno.EACCES,
}

TOLD_BY_SQLITE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What a statement may raise: SQLite names the part of a schema that is damaged, by whatever bytes stand
there, and where these are no text, Python raises that in place of SQLite's own error."""


@contextmanager
def translated_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite and the disk say into one of papertrail's errors."""
    try:
        yield
    except PapertrailError:
        raise
    except TOLD_BY_SQLITE as error:
        raise told_of_database(error, path) or error from error
    except OSError as error:
        from papertrail.domain.disk_words import told_of_disk

        raise told_of_disk(error, path) from error


def told_of_database(error: sqlite3.DatabaseError | UnicodeDecodeError, path: Path) -> PapertrailError | None:
    """Return what SQLite says of the database at `path` as papertrail's error; None where it is none."""
    if isinstance(error, UnicodeDecodeError):
        return DatabaseDamaged(f"{path} is damaged (a name in its schema is no text)")
    code, said = getattr(error, "sqlite_errorname", "") or "", str(error)
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Busy("another program is writing to this trail", "try again in a moment")
    if code.startswith(_DAMAGED) or said.startswith(_NOT_AS_MADE):
        return DatabaseDamaged(f"{path} is damaged ({said})")
    number = next((number for name, number in _NUMBERS.items() if code.startswith(name)), 0)
    if not number:
        return None
    if number == errno.EACCES and _is_read_only(path):
        number = errno.EROFS
    if number == errno.EIO and _is_full(path):  # there is no room for the file that readers share
        number = errno.ENOSPC
    verb = "use" if number == errno.EIO else "write"
    if number in (errno.ENOSPC, errno.EROFS):
        said = os.strerror(number)
    from papertrail.domain.disk_words import disk_remedy

    return StorageError(f"cannot {verb} {path} ({said})", disk_remedy(OSError(number, said)))


def lost(path: Path) -> DatabaseLost:
    """Return the error of a database that is gone, with its folder maybe."""
    folders = [folder for folder in list(path.parents)[:2] if not folder.exists()]
    gone = f"the folder {folders[-1]}" if folders else str(path)
    return DatabaseLost(f"{gone} is gone", f"put it back, or {REBUILD}")


def _is_full(path: Path) -> bool:
    """Tell whether there is no room where `path` is."""
    try:
        return os.statvfs(path).f_bavail == 0
    except (AttributeError, OSError):
        return False


def _is_read_only(path: Path) -> bool:
    """Tell whether the medium of `path` takes no changes."""
    try:
        return bool(os.statvfs(path).f_flag & os.ST_RDONLY)
    except (AttributeError, OSError):  # Windows has none of it
        return False

"""Makes a database anew that is gone or damaged, from the newest good backup and the journal's copy."""

import os
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from papertrail.disk.whole_file import disk_errors, make_private_folder, sync_folder
from papertrail.disk.whole_folder import folder_beside
from papertrail.domain.clock import Clock, SystemClock
from papertrail.domain.errors import DatabaseLost, PapertrailError
from papertrail.library.trail import Home, make_private
from papertrail.store import SCHEMA_VERSION, journal_copy
from papertrail.store.connection import Database
from papertrail.store.migrate import prepare
from papertrail.store.replaying import Replayed, begins_before, replay

_FILES = ("library.db", "library.db-wal", "library.db-shm", "library.db-journal")


class Rebuilt(NamedTuple):
    """What a database was made anew from.

    Attributes:
        backup: the one it began with; None where none was good, or the copy of the journal tells all.
        operations: how many the copy of the journal told beyond that.
        unreadable: lines of that copy which were damaged.
        dropped: rows that stood upon others which are lost.
        until: when the newest change was made that is there again; None where none is.
        put_aside: the folder that holds the database as it was; None where there was none.
    """

    backup: Path | None
    operations: int
    unreadable: int
    dropped: int
    until: datetime | None
    put_aside: Path | None

    @property
    def knows_past(self) -> bool:
        """Whether anything told what was done before."""
        return self.backup is not None or self.until is not None


def refuse_lost(home: Home) -> None:
    """Refuse to open a trail whose database is lost.

    Raises:
        DatabaseLost: it is.
    """
    if is_lost(home):
        what = "is empty" if home.database.exists() else "is gone"
        raise DatabaseLost(
            f"{home.database} {what}, and there was one", "put it back, or make it anew: papertrail rebuild"
        )


def is_lost(home: Home) -> bool:
    """Tell whether there is no database, or an empty one, where there was one before."""
    if _holds_something(home.database):
        return False
    return any(_holds_something(home.private / name) for name in ("journal.jsonl", "library.db-wal")) or any(
        _has_entries(home.private / name) for name in ("history", "backups", "tellings", "damaged")
    )


def is_well(home: Home) -> bool:
    """Tell whether the database is there, is one, and holds what papertrail wrote, to the last change."""
    from papertrail.store.queries import digests

    if not _holds_something(home.database):
        return False
    database = Database(home.database)
    try:
        database.check()
        connection = database.read()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version != SCHEMA_VERSION:
            return True
        return (
            not journal_copy.lacking_in(connection, home.journal_copy)
            and next(digests.damaged(connection), None) is None
        )
    except PapertrailError:
        return False
    finally:
        database.close()


def _holds_something(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def _has_entries(folder: Path) -> bool:
    try:
        return any(folder.iterdir())
    except OSError:
        return False


def rebuild(home: Home, *, clock: Clock | None = None) -> Rebuilt:
    """Make the database anew, beside the old one, and put it in its place once it is whole.

    It begins with the newest good backup, unless the copy of the journal tells all since the beginning, and
    goes on with what that copy tells. Notes and seeds are read when the trail is opened next. What was there
    is kept in `.papertrail/damaged/`.

    Raises:
        Busy: another process has the trail open for writing.
        StorageError: the folder cannot be written.
    """
    clock = clock or SystemClock()
    with disk_errors(home.private):
        make_private(home)
        with (
            Database(home.database).lock(),
            folder_beside(home.database) as folder,
        ):
            new = folder / "library.db"
            backup, told = _made(home, new)
            put_aside = _put_in_place(home, new, clock.now())
            if told.unreadable:
                _begin_copy_anew(home, put_aside)
    until = datetime.fromisoformat(told.until) if told.until else None
    return Rebuilt(backup, told.operations, told.unreadable, told.dropped, until, put_aside)


def _made(home: Home, new: Path) -> tuple[Path | None, Replayed]:
    """Make the database `new`; return the backup it began with, and what the copy told."""
    from papertrail.library.backups import extract_database, newest_good

    backup = newest_good(home)
    if backup is not None:
        extract_database(backup, new)
        database = Database(new)
        try:
            prepare(database)
            if not home.journal_copy.exists() or begins_before(home.journal_copy, database.read()):
                return backup, replay(database, home.journal_copy)
            is_newer = _newest_moment(database) > _newest_told(home.journal_copy)
            if is_newer:
                return backup, replay(database, new.with_name("none"))
        finally:
            database.close()
        for name in _FILES:
            new.with_name(name).unlink(missing_ok=True)
    database = Database(new)
    try:
        prepare(database)
        return None, replay(database, home.journal_copy)
    finally:
        database.close()


def _newest_moment(database: Database) -> str:
    (at,) = database.read().execute("SELECT coalesce(max(at), '') FROM operation").fetchone()
    return str(at)


def _newest_told(copy: Path) -> str:
    rows = (line.row for line in journal_copy.read(copy) if line is not None and line.row)
    return max((str(row.now["at"]) for row in rows if row.table == "operation" and row.now), default="")


def _put_in_place(home: Home, new: Path, now: datetime) -> Path | None:
    """Move the database that is there aside, all its files together, and the new one in its place."""
    there = [path for name in _FILES if (path := home.private / name).exists()]
    aside = None
    if there:
        aside = make_private_folder(home.private, "damaged") / now.strftime("%Y%m%d-%H%M%S-%f")
        aside.mkdir(mode=0o700)
        for path in there:
            path.rename(aside / path.name)
        sync_folder(aside)
    new.rename(home.database)
    sync_folder(home.private)
    return aside


def _begin_copy_anew(home: Home, put_aside: Path | None) -> None:
    database = Database(home.database)
    try:
        if put_aside is not None:
            os.link(home.journal_copy, put_aside / home.journal_copy.name)
        journal_copy.write_anew(home.journal_copy, database.read())
    finally:
        database.close()

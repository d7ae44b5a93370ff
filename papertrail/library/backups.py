"""Backups: made, listed, thinned, looked through, and what a single note was in one of them."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone, tzinfo
from itertools import islice
from pathlib import Path
from stat import S_ISDIR
from time import time
from typing import TYPE_CHECKING

from papertrail.disk.whole_file import FileChanged, disk_errors, make_private_folder
from papertrail.domain.backups import (
    DATABASE,
    JOURNAL,
    Contents,
    Named,
    Stored,
    Why,
    outgrown,
    read_name,
)
from papertrail.domain.clock import Clock, SystemClock, local_date, moment_words
from papertrail.domain.errors import BadInput, Conflict, NotFound, PapertrailError, StorageError
from papertrail.domain.operations import Verb
from papertrail.domain.settings import BACKUP_SIZE, DAY_STARTS
from papertrail.domain.text import clean_line, shorten
from papertrail.library import backup_file
from papertrail.library.indexed_notes import IndexedNotes
from papertrail.library.open_trail import OpenTrail
from papertrail.library.trail import Home
from papertrail.store.connection import BUSY_SECONDS
from papertrail.store.copying import copy_database
from papertrail.store.lock import write_lock
from papertrail.store.queries import papers
from papertrail.store.trail_folder import own_account

if TYPE_CHECKING:
    from papertrail.domain.reports import NoteSaved

FOLDER = "backups"
_LONGEST = 120.0  # seconds that one waits for another that makes a backup
_LEFTOVER_SECONDS = 3600.0
Lock = Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that is there.

    Attributes:
        path: of its file.
        named: what its name tells, or would.
        size: in bytes.
        contents: what it holds; None where its file cannot be read.
        trouble: why it cannot, on a line.
    """

    path: Path
    named: Named
    size: int
    contents: Contents | None
    trouble: str = ""


class Backups:
    """The use cases of backups of an open trail."""

    def __init__(self, trail: OpenTrail, indexed: IndexedNotes) -> None:
        self._trail = trail
        self._indexed = indexed

    def make(self, why: Why = Why.BY_HAND, to: Path | None = None) -> Backup:
        """Back the trail up, look through what was written, and thin what is kept; see `make_backup`.

        Args:
            why: what it is for.
            to: the file, or the folder, that it goes to; the trail's own folder of backups unless given.
        """
        return back_up(self._trail, why, to)

    def make_of_the_day(self) -> Backup | None:
        """Make the backup of the day if what was done before today is in none yet."""
        with suppress(StorageError), _one_at_a_time(self._trail.home, 0.0):
            pass  # whoever is at it makes it
        return self.make(Why.DAILY) if self.is_due() else None

    def is_due(self) -> bool:
        """Tell whether something was done before today that is in no backup yet; only names are looked at."""
        from papertrail.library.due_backup import is_due

        return is_due(self._trail)

    def all(self) -> list[Backup]:
        """Return the trail's own backups, the newest first, by the reader's clock."""
        return all_backups(self._trail.home, self._trail.now().tzinfo)

    def restore_note(self, path: Path, key: str) -> "NoteSaved | None":
        """Make a paper's note what it is in a backup, as one operation; what is there goes into the history.

        Args:
            path: of the backup, or the name of one of the trail's own.
            key: the paper's key.

        Returns:
            What was saved; None if the note is like that already.

        Raises:
            NotFound: there is no such backup, paper, or note in it.
            BadBackup: the backup is damaged.
            Conflict: the note was changed meanwhile; it stays as it is.
            StorageError: the note in it is no UTF-8 text, or the disk did not take it.
        """
        path = find_backup(self._trail.home, path)
        connection = self._trail.database.read()
        self._trail.paper_id(connection, key)
        key = self._trail.key_of_today(key)
        with backup_file.opened(path) as backup:
            at = backup.contents.at.astimezone(self._trail.now().tzinfo)
            for name in (key, *papers.aliases(connection, key)):
                if f"notes/{name}.md" in backup.contents.files:
                    data = backup.read(f"notes/{name}.md")
                    break
            else:
                raise NotFound(f"{key} has no note in {path.name}", "see: papertrail backup --list")
        return self._save(key, data, at)

    def _save(self, key: str, data: bytes, at: datetime) -> "NoteSaved | None":
        from papertrail.library.histories import utf8_text

        utf8_text(key, data)
        notebook = self._trail.notebook
        file = notebook.version(key)
        if file is not None and file.data == data:
            return None
        try:
            with self._trail.operation(Verb.NOTE) as (connection, operation):
                base = None if file is None else file.sha256
                written = notebook.restore(key, data, base, self._trail.now())
                return self._indexed.put(connection, operation, written, {"as_of": moment_words(at)})
        except FileChanged as error:
            raise Conflict(
                f"notes/{key}.md was changed meanwhile", "it stays as it is; look at it, then try again"
            ) from error


def back_up(trail: OpenTrail, why: Why, to: Path | None = None) -> Backup:
    """Back an open trail up as `make_backup` does, then remove backups that need no longer be kept."""
    backup = make_backup(trail.home, why, trail, to=to, lock=trail.database.lock)
    if to is None:
        _thin(trail, backup)
    return backup


def _thin(trail: OpenTrail, made: Backup) -> None:
    """Remove what `outgrown` says; what stands in the way is left for the next time."""
    kept = {made.path.name}
    if made.contents is not None and made.contents.damaged:  # the rows as they were may be needed yet
        clean = (one for one in all_backups(trail.home) if one.contents and not one.contents.damaged)
        kept |= {one.path.name for one in islice(clean, 1)}
    zone, starts = trail.now().tzinfo, trail.setting(DAY_STARTS)

    def day_of(moment: datetime) -> date:
        return local_date(moment.astimezone(zone), starts)

    home, most = trail.home, trail.setting(BACKUP_SIZE) * 1_000_000
    with suppress(PapertrailError), _one_at_a_time(home):
        for name in outgrown(stored(home), trail.today(), day_of, most, keep=kept):
            with suppress(OSError):
                (_folder(home) / name).unlink()


def make_backup(
    home: Home, why: Why, clock: Clock | None = None, *, to: Path | None = None, lock: Lock | None = None
) -> Backup:
    """Back a trail up, of whatever schema, and look through all that was written before it gets its name.

    Notes that change meanwhile are in it as they were at some moment, and named.

    Args:
        home: the trail.
        why: what it is for.
        clock: gives the present moment; the machine's unless given.
        to: the file, or the folder, that it goes to; the trail's own folder of backups unless given.
        lock: gives the lock of those who write to the database, if that need be held.

    Raises:
        BadInput: there is something of the file's name already.
        DatabaseLost, DatabaseDamaged, IncompatibleLibrary: the database cannot be backed up.
        StorageError: there is no room, or the disk did not take it.
        Busy: another program goes on writing.
    """
    at = (clock or SystemClock()).now().astimezone(timezone.utc)
    if to is None:
        with disk_errors(home.private):
            folder = make_private_folder(home.private, FOLDER)
        with disk_errors(folder), _one_at_a_time(home):
            taken = {one.named.at for one in stored(home)}
            at = at.replace(microsecond=0)
            while at in taken:  # the clock may stand still
                at += timedelta(seconds=1)
            return _made(home, why, at, folder / Named(at, why).file_name, lock or _lock_of(home))
    if to.is_dir():
        to = to / f"papertrail-{Named(at, why).file_name}"
    if os.path.lexists(to):
        raise BadInput(f"there is a file {to} already", "give another name, or move it away")
    return _made(home, why, at, to, lock or _lock_of(home))


def _made(home: Home, why: Why, at: datetime, target: Path, lock: Lock) -> Backup:
    sweep_work(target.parent)
    with disk_errors(target), work_folder(target.parent) as work:
        _need_room(home.root / DATABASE, work)
        first = dict(_read_first(home))
        inside = copy_database(home.root / DATABASE, work / "library.db", lock)
        written = work / "backup.zip"
        descriptor = os.open(written, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "w+b") as file:
            contents = backup_file.write_backup(home, first, work / "library.db", inside, file, at, why)
            file.flush()
            os.fsync(descriptor)
        with backup_file.opened(written) as backup:
            backup.check()
        _give_name(written, target)
    return Backup(target, Named(at, why), target.stat().st_size, contents)


def _need_room(database: Path, folder: Path) -> None:
    """Refuse to begin where not even the database fits twice, as it is and packed: SQLite says no more than
    that the disk has an error.
    """
    needed = database.stat().st_size * 4 // 3 if database.exists() else 0
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise StorageError(
            f"a backup needs some {needed // 1_000_000 + 1} MB, and {folder.parent} has {free // 1_000_000}",
            "make room, or name a file elsewhere: papertrail backup FILE",
        )


def _read_first(home: Home) -> Iterator[tuple[str, bytes]]:
    """Give what must not be newer than the copy of the database: what it can be brought in step with."""
    path = home.root / JOURNAL
    with suppress(FileNotFoundError):
        data = path.read_bytes()
        yield JOURNAL, data[: data.rfind(b"\n") + 1]
    for move in sorted((home.private / "moves").glob("*.json")):
        with suppress(FileNotFoundError):
            yield f".papertrail/moves/{move.name}", move.read_bytes()


def _give_name(written: Path, target: Path) -> None:
    """Give a file that is whole its name, unless something has it."""
    try:
        os.link(written, target)
    except FileExistsError:
        raise BadInput(f"there is a file {target} already", "give another name") from None
    except OSError:  # a file system without links
        if os.path.lexists(target):
            raise BadInput(f"there is a file {target} already", "give another name") from None
        written.rename(target)
    folder = os.open(target.parent, os.O_RDONLY | os.O_CLOEXEC)
    try:
        with suppress(OSError):  # file systems that cannot
            os.fsync(folder)
    finally:
        os.close(folder)


def stored(home: Home) -> list[Stored]:
    """Return the trail's own backups by their names, the oldest first."""
    found = []
    with suppress(OSError), os.scandir(_folder(home)) as entries:
        for entry in entries:
            named = read_name(entry.name)
            if named is not None and entry.is_file(follow_symlinks=False):
                found.append(Stored(entry.name, named, entry.stat().st_size))
    return sorted(found, key=lambda one: (one.named.at, one.file_name))


def all_backups(home: Home, zone: tzinfo | None = timezone.utc) -> list[Backup]:
    """Return the trail's own backups, the newest first, with what they say they hold.

    Args:
        home: the trail.
        zone: in which their moments are told.
    """
    return [_look(_folder(home) / one.file_name, one, zone) for one in reversed(stored(home))]


def _look(path: Path, one: Stored, zone: tzinfo | None) -> Backup:
    named = Named(one.named.at.astimezone(zone), one.named.why)
    try:
        with backup_file.opened(path) as backup:
            return Backup(path, named, one.size, backup.contents)
    except PapertrailError as error:
        return Backup(path, named, one.size, None, str(error))


def check(path: Path) -> Contents:
    """Look at every byte of a backup and every row of its database, and return what it holds.

    Raises:
        BadBackup: it is none, or damaged.
        DatabaseDamaged: its database is.
        IncompatibleLibrary: a newer papertrail made it.
        NotFound: there is no such file.
    """
    with backup_file.opened(path) as backup:
        backup.check()
        return backup.contents


def newest_good(home: Home) -> Path | None:
    """Return the newest of a trail's own backups that is whole, every byte looked at; None without one.

    One of a database in which rows were damaged already is the last choice.
    """
    second: Path | None = None
    for one in reversed(stored(home)):
        with suppress(PapertrailError, OSError):
            path = _folder(home) / one.file_name
            if not check(path).damaged:
                return path
            second = second or path
    return second


def extract_database(path: Path, to: Path) -> Contents:
    """Write the database of a backup to a file that is not there yet, and return what the backup holds.

    Raises:
        BadBackup: it is none, or damaged.
        DatabaseDamaged: its database is.
        IncompatibleLibrary: a newer papertrail made it.
        StorageError: the disk did not take it, or there is something of this name.
    """
    with backup_file.opened(path) as backup:
        backup.check()
        backup.write(DATABASE, to)
        return backup.contents


def find_backup(home: Home, path: Path) -> Path:
    """Return the file that a reader means: one of this name, else one of the trail's own backups.

    Raises:
        NotFound: there is neither.
    """
    own = _folder(home) / path.name
    if path.exists():
        return path
    if len(path.parts) == 1 and own.exists():
        return own
    raise NotFound(f"there is no file {shorten(clean_line(str(path)), 200)}", "see: papertrail backup --list")


def sweep_work(folder: Path) -> None:
    """Remove what processes killed more than an hour ago left in a folder where they worked."""
    with suppress(OSError):
        for left in folder.glob(".backup-*.tmp"):
            with suppress(OSError):
                found = left.lstat()
                is_ours = S_ISDIR(found.st_mode) and found.st_uid == own_account()
                if is_ours and time() - found.st_mtime > _LEFTOVER_SECONDS:
                    shutil.rmtree(left)


@contextmanager
def work_folder(beside: Path) -> Iterator[Path]:
    """Give a folder that nobody else can look into or guess; it is gone afterwards."""
    folder = beside / f".backup-{os.urandom(8).hex()}.tmp"
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _folder(home: Home) -> Path:
    return home.private / FOLDER


def _lock_of(home: Home) -> Lock:
    return lambda: write_lock(home.private / "library.lock", BUSY_SECONDS)


def _one_at_a_time(home: Home, seconds: float = _LONGEST) -> AbstractContextManager[None]:
    return write_lock(home.private / "backups.lock", seconds)

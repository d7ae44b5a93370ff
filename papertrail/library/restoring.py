"""A whole trail put back from a backup: into a new folder, or over the one that is there.

Over a trail: all of it is written beside first, then a marker says what is about to be moved, then each file
is. Whatever moment a program is killed at, there either is no marker and the trail is as it was, or there is
one and the next program that opens the trail moves the rest.
"""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from datetime import timezone
from pathlib import Path
from time import time

from papertrail.disk.whole_file import (
    disk_errors,
    make_private_folder,
    read_file,
    sha256_of,
    write_whole,
)
from papertrail.domain.backups import (
    DATABASE,
    HISTORY,
    JOURNAL,
    LINEAGE_TEMPLATE,
    SEEDS,
    TEMPLATE,
    Contents,
    Why,
)
from papertrail.domain.clock import Clock, SystemClock
from papertrail.domain.errors import (
    BadInput,
    DatabaseDamaged,
    DatabaseLost,
    IncompatibleLibrary,
    PapertrailError,
    StorageError,
)
from papertrail.library import backup_file
from papertrail.library.backups import make_backup, sweep_work, work_folder
from papertrail.library.trail import Home
from papertrail.notebook.notebook import Notebook
from papertrail.store import SCHEMA_VERSION
from papertrail.store.connection import BUSY_SECONDS, RESTORING, Database
from papertrail.store.copying import Inside, fold_log_in, inside_of
from papertrail.store.known_trails import remember
from papertrail.store.lock import write_lock
from papertrail.store.migrate import prepare

REPLACED = "replaced"
_NAME = re.compile(r"\d{8}T\d{6}\.\d{6}Z-[0-9a-f]{16}")
_DONE = "done.json"
_LEFTOVER_SECONDS = 3600.0
_BESIDE = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Restored:
    """A trail that was put back.

    Attributes:
        root: its folder.
        contents: what the backup holds.
        before: the backup of what was there; None where nothing was, or it could not be backed up.
        kept: the folder with what was there and is in no backup; None where there is nothing.
    """

    root: Path
    contents: Contents
    before: Path | None = None
    kept: Path | None = None


def restore_into(path: Path, folder: Path) -> Restored:
    """Make a trail in a new folder of a backup, whole or not at all.

    Raises:
        BadInput: there is something in the folder.
        BadBackup: the backup is damaged, or none.
        DatabaseDamaged: its database is.
        IncompatibleLibrary: a newer papertrail made it.
        StorageError: there is no room, or the disk did not take it.
    """
    folder = folder.absolute()
    with backup_file.opened(path) as backup, disk_errors(folder):
        if os.path.lexists(folder) and (folder.is_symlink() or not folder.is_dir() or any(folder.iterdir())):
            raise BadInput(f"{folder} is not empty", "give a folder that is new or empty")
        backup.check()
        folder.parent.mkdir(parents=True, exist_ok=True)
        sweep_work(folder.parent)
        _need_room(backup.contents, folder.parent)
        with work_folder(folder.parent) as work:
            root = work / "trail"
            root.mkdir()
            _unpack(backup, root, backup.contents.files)
            for name in ("notes", "seeds"):
                (root / name).mkdir(exist_ok=True)
            _bring_up_to_date(root / DATABASE)
            root.rename(folder)
    remember(str(folder), os.environ)  # who asks for it knows it
    return Restored(folder, backup.contents)


def restore_over(path: Path, home: Home, clock: Clock | None = None) -> Restored:
    """Make the trail that is there what it was in a backup; what it is now is backed up first.

    PDFs, replies and backups stay, and so does every text of the history. What another program wrote after
    the backup of what is there is moved aside, not removed. Programs that have the trail open notice it.

    Raises:
        BadBackup: the backup is damaged, or none; nothing was changed, as with all that follows.
        DatabaseDamaged: its database is.
        IncompatibleLibrary: a newer papertrail made it.
        BadInput: parts of the trail are elsewhere.
        Busy: another program keeps the trail locked.
        StorageError: there is no room, or the disk did not take it.
    """
    clock = clock or SystemClock()
    database = home.root / DATABASE
    with backup_file.opened(path) as backup, disk_errors(home.private):
        _refuse_elsewhere(home)
        backup.check()
        make_private_folder(home.private, REPLACED)
        sweep(home)
        _need_room(backup.contents, home.private)
        name = f"{clock.now().astimezone(timezone.utc):%Y%m%dT%H%M%S.%fZ}-{os.urandom(8).hex()}"
        folder = make_private_folder(home.private, f"{REPLACED}/{name}")
        try:
            new = make_private_folder(folder, "new")
            files = [one for one in backup.contents.files if not one.startswith(f"{HISTORY}/")]
            _unpack(backup, new, files)
            inside = _bring_up_to_date(new / DATABASE)
            with (
                write_lock(home.private / "library.lock", BUSY_SECONDS),
                Notebook(home.notes, home.private).hold(),
            ):
                before = _back_up(home, clock)
                with suppress(PapertrailError):
                    fold_log_in(database)
                _add_history(backup, home)
                gone = [one for one in _own_files(home) if one not in backup.contents.files]
                told = {"folder": name, "gone": gone, "before": before and before.name}
                write_whole(home.private / RESTORING, json.dumps(told).encode("utf-8"), 0o600)
                _move(home, name, gone)
                if inside_of(database) != inside:
                    raise StorageError(
                        f"{database} is not what was restored", "restore it into a new folder: --to DIR"
                    )
        except BaseException:
            if not (home.private / RESTORING).exists() and not (folder / _DONE).exists():
                shutil.rmtree(folder, ignore_errors=True)
                with suppress(OSError):  # others may be there
                    folder.parent.rmdir()
            raise
    return Restored(home.root, backup.contents, before, _clean(folder, before))


def finish(home: Home, report: Callable[[str], None]) -> None:
    """Move the rest of what a program was moving that was killed while it restored the trail.

    Raises:
        StorageError: the disk did not take it, or what was to be moved is damaged.
        Busy: another program is at it for too long.
    """
    marker = home.private / RESTORING
    with disk_errors(marker), write_lock(home.private / "library.lock", BUSY_SECONDS):
        file = read_file(marker)
        if file is None:  # by another program meanwhile
            return
        with Notebook(home.notes, home.private).hold():
            name, gone, before = _told(marker, file.data)
            _move(home, name, gone)
    kept = _clean(home.private / REPLACED / name, home.private / "backups" / before if before else None)
    report("a restore of this trail that was cut off is done now" + (f"; see {kept}" if kept else ""))


def _told(marker: Path, data: bytes) -> tuple[str, list[str], str]:
    """Return what a marker tells; it names nothing outside of the trail, whoever wrote it."""
    try:
        told = json.loads(data)
        name, gone, before = told["folder"], list(told["gone"]), told["before"] or ""
        if _NAME.fullmatch(name) and set(gone) <= {*_SINGLE, *filter(_is_own, gone)}:
            return name, gone, Path(before).name
    except (ValueError, KeyError, TypeError):
        pass
    raise StorageError(
        f"{marker} cannot be read, and says how a restore goes on",
        f"remove it, then restore the newest of {marker.parent / 'backups'} once more",
    )


_SINGLE = (SEEDS, TEMPLATE, LINEAGE_TEMPLATE, JOURNAL)


def _is_own(path: object) -> bool:
    """Tell whether a path is one of those that go where the backup has them not."""
    if not isinstance(path, str):
        return False
    folder, _, name = path.rpartition("/")
    is_name = bool(name) and name not in (".", "..") and "\\" not in name and "\0" not in name
    in_private = folder in (".papertrail/drafts", ".papertrail/moves") and is_name
    return in_private or bool(backup_file.note_key(path))


def _own_files(home: Home) -> Iterator[str]:
    """Give the files of a trail that must not be there unless the backup has them."""
    for path in _SINGLE:
        if os.path.lexists(home.root / path):
            yield path
    for folder in ("notes", ".papertrail/drafts", ".papertrail/moves"):
        with suppress(FileNotFoundError):
            for name in sorted(os.listdir(home.root / folder)):  # noqa: PTH208 names are all that is wanted
                if _is_own(f"{folder}/{name}"):
                    yield f"{folder}/{name}"


def _move(home: Home, name: str, gone: Iterable[str]) -> None:
    """Move what is new into its place and what was there aside, as far as is left; forget the marker."""
    folder = home.private / REPLACED / name
    new, old = folder / "new", folder / "old"
    old.mkdir(mode=0o700, exist_ok=True)
    touched = {home.root, home.private}
    if (new / DATABASE).exists():
        _move_database(home, new, old)
    for path in sorted(_files_below(new)):
        target = home.root / path
        if _is_same(new / path, target):
            (new / path).unlink()
            continue
        _make_way(home, target, old)
        (new / path).rename(target)
        touched.add(target.parent)
    for path in gone:
        if os.path.lexists(home.root / path):
            _move_aside(home, home.root / path, old)
            touched.add((home.root / path).parent)
    for place in touched:
        _sync(place)
    (home.private / RESTORING).rename(folder / _DONE)
    _sync(home.private)


def _move_database(home: Home, new: Path, old: Path) -> None:
    """Put the new database in the old one's place: with its log, which SQLite would replay into the new one.

    There is a database at every moment: who opened one that is gone would make an empty one.
    """
    database = home.root / DATABASE
    for suffix in _BESIDE:
        beside = database.with_name(f"{database.name}{suffix}")
        if os.path.lexists(beside):
            _move_aside(home, beside, old)
    kept = old / DATABASE
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.path.lexists(database) and not os.path.lexists(kept):
        try:
            os.link(database, kept)
        except OSError:  # a file system without links
            database.rename(kept)
    (new / DATABASE).replace(database)


def _make_way(home: Home, target: Path, old: Path) -> None:
    """Have a folder for a file, and nothing in its place; what is in the way is moved aside."""
    for folder in reversed(target.relative_to(home.root).parents[:-1]):
        place = home.root / folder
        if os.path.lexists(place) and (place.is_symlink() or not place.is_dir()):
            _move_aside(home, place, old)
        place.mkdir(mode=0o700 if folder.parts[0] == ".papertrail" else 0o777, exist_ok=True)
    if os.path.lexists(target):
        _move_aside(home, target, old)


def _move_aside(home: Home, path: Path, old: Path) -> None:
    aside = old / path.relative_to(home.root)
    aside.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    number = 1
    while os.path.lexists(aside):
        number += 1
        aside = aside.with_name(f"{path.name}.{number}")
    path.rename(aside)


def _clean(folder: Path, before: Path | None) -> Path | None:
    """Remove what was moved aside as far as the backup before has it, and return where the rest is."""
    if before is None:
        return folder / "old" if any(_files_below(folder / "old")) else None
    with suppress(OSError, PapertrailError), backup_file.opened(before) as backup:
        files = backup.contents.files
        for path in list(_files_below(folder / "old")):
            place = folder / "old" / path
            is_database = path in (DATABASE, *(f"{DATABASE}{suffix}" for suffix in _BESIDE))
            if is_database or (
                path in files
                and not place.is_symlink()
                and sha256_of(place.read_bytes()) == files[path].sha256
            ):
                place.unlink()
        if not any(_files_below(folder / "old")):
            shutil.rmtree(folder)
            with suppress(OSError):  # others may be there
                folder.parent.rmdir()
            return None
    return folder / "old"


def sweep(home: Home) -> None:
    """Remove what programs killed more than an hour ago unpacked and never moved, or moved aside."""
    with suppress(OSError):
        for folder in (home.private / REPLACED).iterdir():
            if folder.is_symlink() or time() - folder.stat().st_mtime < _LEFTOVER_SECONDS:
                continue
            if (folder / _DONE).exists():
                with suppress(OSError, StorageError):
                    _, _, before = _told(folder / _DONE, (folder / _DONE).read_bytes())
                    _clean(folder, home.private / "backups" / before if before else None)
            elif not (folder / "old").exists():
                shutil.rmtree(folder, ignore_errors=True)


def _back_up(home: Home, clock: Clock) -> Path | None:
    """Back up what is there, under the lock; None where it cannot be, as its database is what is wrong."""
    try:
        return make_backup(home, Why.BEFORE_RESTORE, clock, lock=nullcontext).path
    except (DatabaseLost, DatabaseDamaged, IncompatibleLibrary):
        return None


def _add_history(backup: backup_file.BackupFile, home: Home) -> None:
    """Add the texts of the backup that the history lacks; none goes, as none stands in another's way."""
    for path, kept in backup.contents.files.items():
        if path.startswith(f"{HISTORY}/"):
            target = home.root / path
            if target.is_file() and target.stat().st_size == kept.size:
                continue
            folder = Path(path).relative_to(".papertrail").parent
            make_private_folder(home.private, str(folder))
            write_whole(target, backup.read(path), 0o600)


def _unpack(backup: backup_file.BackupFile, root: Path, paths: Iterable[str]) -> None:
    """Write files of a backup below a folder, for good."""
    written = []
    for path in paths:
        target = root / path
        if not target.parent.is_dir():
            if path.startswith(backup_file.PRIVATE):
                make_private_folder(root, str(Path(path).parent), within=root)
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
        backup.write(path, target)
        written.append(target)
    for target in written:  # after all of them: the first has the others written as well
        _sync(target)


def _bring_up_to_date(path: Path) -> Inside:
    """Migrate a database that nobody uses yet; what it then holds."""
    if inside_of(path).schema != SCHEMA_VERSION:
        database = Database(path)
        try:
            prepare(database)
        finally:
            database.close()
            path.with_name("library.lock").unlink(missing_ok=True)
    return inside_of(path)


def _need_room(contents: Contents, folder: Path) -> None:
    needed, free = sum(kept.size for kept in contents.files.values()), shutil.disk_usage(folder).free
    if needed > free:
        raise StorageError(
            f"the backup holds {needed // 1_000_000} MB, and {folder} has room for {free // 1_000_000}",
            "make room, or restore it elsewhere: --to DIR",
        )


def _refuse_elsewhere(home: Home) -> None:
    """Refuse a trail of which parts are on another disk, or behind a link: files could not be moved there."""
    device = home.root.stat().st_dev
    for place in (home.private, home.notes, home.seeds.parent):
        if place.is_symlink() or (place.exists() and place.stat().st_dev != device):
            raise BadInput(
                f"{place} is a link, or another disk",
                "restore into a new folder: papertrail restore FILE --to DIR",
            )


def _files_below(folder: Path) -> Iterator[str]:
    """Give the paths of all files and links below a folder, seen from there."""
    for place, folders, names in os.walk(folder):
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        for name in (*names, *links):
            yield (Path(place) / name).relative_to(folder).as_posix()


def _is_same(one: Path, other: Path) -> bool:
    """Tell whether both are files with the same bytes, and neither is a link."""
    try:
        if other.is_symlink() or one.stat().st_size != other.stat().st_size or not other.is_file():
            return False
        return one.read_bytes() == other.read_bytes()
    except FileNotFoundError:
        return False


def _sync(path: Path) -> None:
    """Make a file, or the names in a folder, last."""
    with suppress(OSError):  # file systems that cannot, or a folder that is gone by now
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

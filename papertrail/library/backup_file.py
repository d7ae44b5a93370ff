"""The file of a backup: a zip of a trail's database and files, with a list of what is in it."""

import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO

from papertrail import __version__
from papertrail.disk.whole_file import disk_errors, read_file
from papertrail.domain.backups import (
    CONTENTS,
    DATABASE,
    FOLDERS,
    JOURNAL,
    LINEAGE_TEMPLATE,
    TEMPLATE,
    Contents,
    KeptFile,
    NewerFormat,
    Why,
    may_hold,
    read_contents,
)
from papertrail.domain.errors import IncompatibleLibrary, NotFound, PapertrailError, StorageError
from papertrail.domain.keys import is_valid_key
from papertrail.library.trail import Home
from papertrail.store.copying import Inside, check_copy, damaged_rows, note_digests

PRIVATE = ".papertrail/"
_LARGEST_LIST = 256 << 20  # bytes of the list of what is in a backup
_ROOM, _TIGHTEST = 64 << 20, 200  # what holds more than this, and so many times its own size, is a bomb
_PIECE = 1 << 20
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a zip can tell; the true moment stands in the list
_QUICK = 1  # a third larger than the smallest, in a seventh of the time


class BadBackup(PapertrailError):
    """A file is no backup of papertrail's, or is not as it was made; nothing was changed."""


class BackupFile:
    """A backup that is open; what is read from it has the digest that its list tells, or is refused.

    Args:
        path: of the file.
        archive: it, open.

    Attributes:
        contents: what it says it holds.

    Raises:
        BadBackup: it is none of ours, or damaged.
        IncompatibleLibrary: a newer papertrail made it.
    """

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self._path = path
        self._archive = archive
        entries = archive.infolist()
        names = [entry.filename for entry in entries]
        if CONTENTS not in names:
            raise BadBackup(f"{path} is no backup of papertrail's", "nothing was changed")
        self._told = archive.getinfo(CONTENTS)
        self._refuse_traps(entries)
        try:
            self.contents = read_contents(self._bytes(self._told))
        except NewerFormat:
            raise IncompatibleLibrary(
                f"{path} was made by a newer papertrail", "update papertrail; nothing was changed"
            ) from None
        except ValueError as error:
            raise self._damaged("its list of files cannot be read") from error
        if sorted(names) != sorted([CONTENTS, *self.contents.files]):
            raise self._damaged("its files are not those of its list")
        if any(entry.file_size != self._size_told(entry) for entry in entries):
            raise self._damaged("its files are not as large as its list tells")

    def _refuse_traps(self, entries: list[zipfile.ZipInfo]) -> None:
        """Refuse what was made to do harm, before anything of it is unpacked."""
        packed = sum(entry.compress_size for entry in entries)
        size = self._path.stat().st_size
        if (
            packed > size
            or sum(entry.file_size for entry in entries) > _ROOM + _TIGHTEST * size
            or self._told.file_size > _LARGEST_LIST
        ):
            raise self._damaged("it would unpack to more than a trail can be")
        for entry in entries:
            kind = stat.S_IFMT(entry.external_attr >> 16)
            if kind not in (0, stat.S_IFREG) or entry.flag_bits & 1 or entry.is_dir():
                raise self._damaged(f"{entry.filename} is no file as backups have them")

    def _size_told(self, entry: zipfile.ZipInfo) -> int:
        return entry.file_size if entry is self._told else self.contents.files[entry.filename].size

    def read(self, path: str) -> bytes:
        """Return the bytes of one of its files.

        Raises:
            BadBackup: they are not those that were put in.
        """
        data = self._bytes(self._archive.getinfo(path))
        if sha256(data).hexdigest() != self.contents.files[path].sha256:
            raise self._damaged(f"{path} is not as it was")
        return data

    def write(self, path: str, target: Path) -> None:
        """Write one of its files anew, with the time that it had; what is private, for nobody else to read.

        Raises:
            BadBackup: its bytes are not those that were put in; there is no file then.
            StorageError: the disk did not take it, or there is something of this name.
        """
        kept, digest = self.contents.files[path], sha256()
        with disk_errors(target):
            mode = 0o600 if path.startswith(PRIVATE) else 0o666
            descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    for piece in self._pieces(self._archive.getinfo(path)):
                        digest.update(piece)
                        file.write(piece)
                    file.flush()
                    os.utime(descriptor, ns=(kept.modified, kept.modified))
                if digest.hexdigest() != kept.sha256:
                    raise self._damaged(f"{path} is not as it was")
            except BaseException:
                target.unlink(missing_ok=True)
                raise

    def check(self) -> None:
        """Look at every byte, and at every row of the database.

        Raises:
            BadBackup: it is damaged.
            DatabaseDamaged: its database is.
            IncompatibleLibrary: a newer papertrail made it.
        """
        for path in self.contents.files:
            data = self.read(path)
            if path == DATABASE:
                inside = check_copy(data, f"the database in {self._path}")
                if inside != Inside(self.contents.schema, dict(self.contents.rows)):
                    raise self._damaged("its database has other rows than its list tells")

    def _bytes(self, entry: zipfile.ZipInfo) -> bytes:
        return b"".join(self._pieces(entry))

    def _pieces(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        try:
            with self._archive.open(entry) as packed:
                while piece := packed.read(_PIECE):
                    yield piece
        except _BROKEN as error:
            raise self._damaged(f"{entry.filename} cannot be read") from error

    def _damaged(self, how: str) -> BadBackup:
        return BadBackup(f"{self._path} is damaged, {how}", "nothing was changed; another backup may do")


_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


@contextmanager
def opened(path: Path) -> Iterator[BackupFile]:
    """Open a backup to read from it; what is told of it is true, what it holds is not looked at yet.

    Raises:
        NotFound: there is no such file.
        BadBackup: it is none of ours, or damaged.
        IncompatibleLibrary: a newer papertrail made it.
        StorageError: it cannot be read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except FileNotFoundError:
        raise NotFound(f"there is no file {path}", "see: papertrail backup --list") from None
    except OSError as error:
        raise StorageError(
            f"cannot read {path} ({error.strerror})", "check that it is yours to read"
        ) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise BadBackup(f"{path} is no backup of papertrail's", "nothing was changed")
    with os.fdopen(descriptor, "rb") as file:
        try:
            archive = zipfile.ZipFile(file)
        except (*_BROKEN, OSError) as error:
            raise BadBackup(
                f"{path} is no backup of papertrail's, or is damaged", "nothing was changed"
            ) from error
        with archive:
            yield BackupFile(path, archive)


def write_backup(
    home: Home,
    first: dict[str, bytes],
    database: Path,
    inside: Inside,
    target: IO[bytes],
    at: datetime,
    why: Why,
) -> Contents:
    """Write a trail's files into a new backup, and return what it holds.

    Args:
        home: the trail.
        first: files that had to be read before the database was copied, by their paths.
        database: the copy.
        inside: what that holds.
        target: an open file.
        at: the moment at which the backup was begun.
        why: what it is for.
    """
    files: dict[str, KeptFile] = {}
    left_out: list[str] = []
    known: dict[str, str] = {}
    with zipfile.ZipFile(target, "w") as archive:

        def put(path: str, data: bytes, modified: int) -> None:
            entry = zipfile.ZipInfo(path, _EARLIEST)
            entry.create_system, entry.external_attr = 3, (stat.S_IFREG | 0o600) << 16
            is_packed = path.endswith((".gz", ".png", ".jpg", ".jpeg", ".webp", ".pdf", ".zip"))
            archive.writestr(
                entry, data, zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED, compresslevel=_QUICK
            )
            files[path] = KeptFile(sha256(data).hexdigest(), len(data), modified)

        copy = database.read_bytes()
        known = note_digests(copy)
        put(DATABASE, copy, database.stat().st_mtime_ns)
        del copy
        for path, data in first.items():
            put(path, data, 0)
        for path, place in files_of(home):
            if path in files:
                continue
            try:
                file = read_file(place) if may_hold(path) else None
            except StorageError:
                file = None
            if file is not None:
                put(path, file.data, file.status.st_mtime_ns)
            elif os.path.lexists(place):
                left_out.append(path.encode("utf-8", "replace").decode("utf-8"))
        contents = Contents(
            at=at,
            why=why,
            version=__version__,
            schema=inside.schema,
            rows=inside.rows,
            files=files,
            changed=tuple(_changed(known, files)),
            left_out=tuple(left_out),
            damaged=damaged_rows(database),
        )
        archive.writestr(CONTENTS, contents.to_json(), zipfile.ZIP_DEFLATED, compresslevel=_QUICK)
    return contents


def _changed(known: dict[str, str], files: dict[str, KeptFile]) -> list[str]:
    """Return the keys of papers whose note is not the one that the database knows."""
    there = {key: kept.sha256 for path, kept in files.items() if (key := note_key(path))}
    return sorted(key for key in known.keys() | there.keys() if known.get(key) != there.get(key))


def note_key(path: str) -> str:
    """Return the key of the paper whose note a path in the trail is of; empty where it is of none."""
    folder, _, name = path.rpartition("/")
    key = name.removesuffix(".md")
    return key if folder == "notes" and name.endswith(".md") and is_valid_key(key) else ""


def files_of(home: Home) -> Iterator[tuple[str, Path]]:
    """Give the files of a trail that belong into a backup: path in the trail, and where it is.

    A note that is a link, and the folder of notes that is one, is followed: its words are the reader's. No
    other link is, nor is what begins with a dot: that is half-written, or another program's.
    """
    for path in (TEMPLATE, LINEAGE_TEMPLATE, JOURNAL):
        if (home.root / path).is_file():
            yield path, home.root / path
    for folder in FOLDERS:
        yield from _below(home.root, folder)


def _below(root: Path, folder: str) -> Iterator[tuple[str, Path]]:
    try:
        with os.scandir(root / folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise StorageError(
            f"cannot read {root / folder} ({error.strerror})", "check that the folder is yours"
        ) from error
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(root, path)
        elif entry.is_file(follow_symlinks=False) or (note_key(path) and entry.is_file()):
            yield path, Path(entry.path)

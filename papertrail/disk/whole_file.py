"""Files written so that a crash, a full disk, a second writer or a planted link never costs a word.

The one way to write a file whole: beside its place, in a file of a name that nobody can guess and that only
we can have made, and then moved there.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from papertrail.domain.errors import PapertrailError, StorageError

if TYPE_CHECKING:
    from papertrail.disk.versions import FileVersion

# What file systems say that have no hard links.
_NO_LINKS = {errno.EPERM, errno.EACCES, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}
_FILES_AT_ONCE = 100  # that are open; 256 is the most of some systems
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


class Temporary(NamedTuple):
    """A file that is being written; the descriptor is that of `file`."""

    path: Path
    file: BinaryIO


class FileChanged(Exception):
    """The file is not the version it was expected to be; nothing has been written over it."""


def sha256_of(data: bytes) -> str:
    """Return the hex digest of a file's bytes: the name of a version."""
    import hashlib  # brings in OpenSSL; commands that only look never hash

    return hashlib.sha256(data).hexdigest()


def stamp_of(status: os.stat_result) -> str:
    """Return the mark that tells one state of a file from another without reading it."""
    return f"{status.st_mtime_ns}:{status.st_ctime_ns}:{status.st_size}"


@contextmanager
def disk_errors(path: Path, verb: str = "write") -> Iterator[None]:
    """Turn what the operating system says about `path` into a `StorageError`."""
    try:
        yield
    except PapertrailError:
        raise
    except OSError as error:
        if error.errno in _FULL:
            remedy = "make room on the disk, then try again"
        elif error.errno in _REFUSED:
            remedy = "check that the folder is yours and can be written"
        elif error.errno in {errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.EINVAL, errno.ELOOP}:
            remedy = "something else is in its place: move that away"
        else:
            remedy = "check the disk"
        raise StorageError(f"cannot {verb} {path} ({error.strerror or error})", remedy) from error


def read_file(path: Path) -> "FileVersion | None":
    """Return what a regular file holds, or None when there is none.

    Read again when another program writes to it meanwhile, so that half of a version is not taken for one.

    Raises:
        StorageError: it cannot be read, or is no regular file.
    """
    from papertrail.disk.versions import FileVersion

    with disk_errors(path, "read"):
        for _ in range(4):
            try:
                # A pipe in the place of a note must not make us wait for a writer.
                descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
            except FileNotFoundError:
                return None
            try:
                before = os.fstat(descriptor)
                if not stat.S_ISREG(before.st_mode):
                    code = errno.EISDIR if stat.S_ISDIR(before.st_mode) else errno.EINVAL
                    raise OSError(code, os.strerror(code))
                version = FileVersion(read_all(descriptor, before.st_size), before)
                if stamp_of(os.fstat(descriptor)) == version.stamp:
                    break
            finally:
                os.close(descriptor)
        return version


def read_all(descriptor: int, size: int) -> bytes:
    """Return what a file holds: 10 µs less than a file object takes, of which there may be thousands.

    Args:
        descriptor: of the file, at its beginning.
        size: how long it was when somebody looked: so much is asked for at once.
    """
    data = os.read(descriptor, size + 1)
    if len(data) == size:
        return data
    return data + b"".join(iter(partial(os.read, descriptor, 1 << 16), b""))


def new_file(path: Path, data: bytes, mode: int = 0o666) -> str:
    """Write a new file, whole or not at all, and return its stamp.

    Raises:
        FileExistsError: there is something of this name; it stays.
    """
    with _written_beside(path, data, None, mode) as written:
        stamp = _put_where_none_is(written, path)
        sync_folder(path.parent)
        return stamp


def new_files(folder: Path, files: Iterable[tuple[str, bytes]], mode: int = 0o666) -> Iterator[str]:
    """Write new files, each whole or not at all; give the stamp of each once it has its name.

    Some are written and safe from a power failure before the first of them has its name, and the folder is
    made to last once for all.

    Raises:
        FileExistsError: there is something of one's name; it stays, and so do the files that were given.
    """
    left = ((folder / name, data) for name, data in files)
    while some := list(islice(left, _FILES_AT_ONCE)):
        with _written_together(some, mode) as written:
            for one, (path, _) in zip(written, some, strict=True):
                yield _put_where_none_is(one, path)
    sync_folder(folder)


def write_files(files: Iterable[tuple[Path, bytes]], mode: int = 0o666) -> None:
    """Write many files as `write_whole` does, some at a time, so that a disk is waited for less often."""
    left = iter(files)
    while some := list(islice(left, _FILES_AT_ONCE)):
        with _written_together(some, mode) as written:
            for one, (path, _) in zip(written, some, strict=True):
                one.path.replace(path)
        for folder in dict.fromkeys(path.parent for path, _ in some):
            sync_folder(folder)


@contextmanager
def _written_together(files: Sequence[tuple[Path, bytes]], mode: int) -> Iterator[list[Temporary]]:
    """Give a file beside each path that holds its data, all of them safe from a power failure."""
    with ExitStack() as stack:
        written = [stack.enter_context(beside(path, mode)) for path, _ in files]
        for one, (_, data) in zip(written, files, strict=True):
            one.file.write(data)
            one.file.flush()
        for one in written:
            os.fsync(one.file.fileno())
        yield written


def _put_where_none_is(written: Temporary, path: Path) -> str:
    """Give a file that was written its name, and return its stamp.

    Raises:
        FileExistsError: there is something of this name; it stays.
    """
    before = os.fstat(written.file.fileno())
    try:
        os.link(written.path, path)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from error
        written.path.replace(path)
    else:
        written.path.unlink()
    return _stamp_after(before, os.fstat(written.file.fileno()))


def replace_file(
    path: Path,
    data: bytes,
    expected: "FileVersion | None",
    mode: int = 0o666,
    *,
    keep: Callable[[bytes], object] = bytes,
) -> str:
    """Write a file in place of the version `expected`, whole or not at all, and return its stamp.

    Owner and permission bits stay as they were.

    Args:
        path: no symbolic link.
        data: the whole new content.
        expected: None when there must be no file.
        mode: permission bits of a new file, before the umask.
        keep: given what another program wrote into the old file after the last look at it, if any did.

    Raises:
        FileChanged: the file is another version by now, or there is one.
    """
    if expected is None:
        try:
            return new_file(path, data, mode)
        except FileExistsError as error:
            raise FileChanged from error
    with _written_beside(path, data, expected.status, mode) as (temporary, file):
        before = os.fstat(file.fileno())
        # Programs that do not know our lock may have written while we did: as late a look as there can be.
        try:
            now = path.stat()
        except FileNotFoundError as error:
            raise FileChanged from error
        if (now.st_ino, stamp_of(now)) != (expected.status.st_ino, expected.stamp):
            raise FileChanged
        with path.open("rb") as replaced:
            temporary.replace(path)
            after = os.fstat(replaced.fileno())
            if (after.st_mtime_ns, after.st_size) != (now.st_mtime_ns, now.st_size):
                keep(replaced.read())
        sync_folder(path.parent)
        return _stamp_after(before, os.fstat(file.fileno()))


def write_whole(path: Path, data: bytes, mode: int = 0o666, *, durable: bool = True) -> None:
    """Write a file over whatever version there is, whole or not at all; a link of that name is replaced.

    Args:
        path: of the file.
        data: what it is to hold.
        mode: permission bits, before the umask.
        durable: whether to wait until it is safe from a power failure, which takes most of the time of
            writing a small file; what can be made again need not.
    """
    temporary = _name_beside(path)
    descriptor = os.open(temporary, _NEW, mode)
    try:
        try:
            left = memoryview(data)
            while left:
                left = left[os.write(descriptor, left) :]
            if durable:
                os.fsync(descriptor)
        finally:
            os.close(descriptor)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    if durable:
        sync_folder(path.parent)


def new_numbered(folder: Path, stem: str, data: bytes, mode: int = 0o666) -> Path:
    """Write a new file `<stem>.md` in `folder`, or `<stem>-2.md`… when that is taken, and return its path."""
    for number in count(1):
        path = folder / (f"{stem}.md" if number == 1 else f"{stem}-{number}.md")
        if os.path.lexists(path):  # cheaper to see than by writing all of it first
            continue
        with suppress(FileExistsError):
            new_file(path, data, mode)
            break
    return path


@contextmanager
def beside(path: Path, mode: int = 0o666) -> Iterator[Temporary]:
    """Give a new, empty file in the folder of `path`; it is gone afterwards unless it was put in its place.

    Its name cannot be guessed, and where there is something of it all the same, that is not opened.
    """
    temporary = _name_beside(path)
    descriptor = os.open(temporary, _NEW, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield Temporary(temporary, file)
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()


def put_in_place(written: Temporary, path: Path, *, durable: bool = True) -> None:
    """Move what was written to its place, over whatever is there; see `write_whole`."""
    written.file.flush()
    if durable:
        os.fsync(written.file.fileno())
    written.path.replace(path)
    if durable:
        sync_folder(path.parent)


def _name_beside(path: Path) -> Path:
    return path.with_name(f".{beginning_of(path.name)}.{os.urandom(8).hex()}.tmp")


def beginning_of(name: str) -> str:
    """Return the part of a file's name that stands in that of its `beside`: no more than always fits."""
    return os.fsencode(name)[:64].decode("utf-8", "ignore")


def make_private_folder(private: Path, name: str = "", *, within: Path | None = None) -> Path:
    """Return the folder `name` in the trail's private folder, made for nobody else to read if need be.

    Args:
        private: the folder.
        name: path within it.
        within: where no link may lead out of; the trail, in which `private` stands, unless given.

    Raises:
        LeadsOut: a link leads it out of the trail.
    """
    from papertrail.disk.links import refuse_way_out

    private.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = private
    for part in Path(name).parts:
        folder /= part
        folder.mkdir(mode=0o700, exist_ok=True)
    refuse_way_out(folder, within or private.parent)
    return folder


@contextmanager
def _written_beside(path: Path, data: bytes, like: os.stat_result | None, mode: int) -> Iterator[Temporary]:
    """Give a file beside `path` that holds `data` for good, with owner and permission bits as another has."""
    with beside(path, mode) as written:
        file = written.file
        file.write(data)
        file.flush()
        if like is not None:
            status = os.fstat(file.fileno())
            if (status.st_uid, status.st_gid) != (like.st_uid, like.st_gid):
                with suppress(OSError):
                    os.fchown(file.fileno(), like.st_uid, like.st_gid)
            os.fchmod(file.fileno(), stat.S_IMODE(like.st_mode))
        os.fsync(file.fileno())
        yield written


def sync_folder(folder: Path) -> None:
    """Make a new name in `folder` last; file systems that cannot are left alone."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EBADF}:
            raise
    finally:
        os.close(descriptor)


def _stamp_after(before: os.stat_result, after: os.stat_result) -> str:
    """Return the stamp of what we wrote: should another program have written since, it fits no file."""
    return f"{before.st_mtime_ns}:{after.st_ctime_ns}:{before.st_size}"

"""The history of the notes: every text that was seen, compressed, named by its moment and its digest."""

import os
import re
import stat
import zlib
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime, timezone
from pathlib import Path
from typing import NamedTuple

from papertrail.disk.leftovers import sweep_leftovers
from papertrail.disk.links import refuse_way_out
from papertrail.disk.whole_file import (
    disk_errors,
    make_private_folder,
    read_all,
    sha256_of,
    sync_folder,
    write_files,
    write_whole,
)

_GZIP = 31  # zlib's name for the format that gzip and zcat read
_SHORT = 8  # digits of the digest in the names of earlier versions, whose texts are not compressed
_NAME = re.compile(
    r"(\d{8}T\d{6}\.\d{6}Z)-([0-9a-f]{64}|[0-9a-f]{8}(?=(?:-\d+)?\.md\Z))(?:-\d+)?\.md(\.gz)?", re.ASCII
)


class Kept(NamedTuple):
    """One text in the history.

    Attributes:
        at: when it was put there, UTC.
        sha256: hex digest of its bytes.
        name: of the file that holds it.
    """

    at: datetime
    sha256: str
    name: str


class Read(NamedTuple):
    """A file of the history after it was read.

    Attributes:
        name: of the file.
        at: when it was put there, UTC.
        sha256: hex digest of the text that it is to hold; empty where a damaged one's name tells but a part.
        is_whole: whether it holds that.
    """

    name: str
    at: datetime
    sha256: str
    is_whole: bool


class History:
    """The private folder's `history/`, with a folder a note.

    A text is believed only if it has the digest that its file is named by: what was damaged is as good as
    gone, and is written anew should it be seen again.

    Args:
        private: the trail's private folder.
        of: the folder within `history/` of notes that are not those of papers.
    """

    def __init__(self, private: Path, of: str = "") -> None:
        self._private = private
        self._name = f"history/{of and f'@{of}'}".rstrip("/")

    def keep(self, key: str, data: bytes, now: datetime) -> Path:
        """Keep a text of a note, unless it is there.

        Returns:
            The file that holds it.

        Raises:
            StorageError: the disk did not take it.
        """
        digest = sha256_of(data)
        at = now.astimezone(timezone.utc)
        with disk_errors(self._folder(key)):  # what cannot be written is the history, not the note
            folder = make_private_folder(self._private, f"{self._name}/{key}")
            path = folder / _name_of(at, digest)
            for name, found in _named(folder, digest):
                if _text(folder / name, digest) == data:
                    return folder / name
                if found[3]:
                    path = folder / name
            write_whole(path, _packed(data), 0o600)
            sweep_leftovers(folder)
            return path

    def keep_first(self, texts: Mapping[str, bytes], now: datetime) -> None:
        """Keep texts of notes, by key, most of which have none yet: what these need not be looked for.

        Raises:
            StorageError: the disk did not take it.
        """
        at = now.astimezone(timezone.utc)
        with disk_errors(self._private / self._name):
            root = make_private_folder(self._private, self._name)
            new = {key: data for key, data in texts.items() if self._is_first(root / key)}
            write_files(
                ((root / key / _name_of(at, sha256_of(data)), _packed(data)) for key, data in new.items()),
                0o600,
            )
            sync_folder(root)
        for key in texts.keys() - new.keys():
            self.keep(key, texts[key], now)

    @staticmethod
    def _is_first(folder: Path) -> bool:
        """Make the folder of a note; tell whether there was none."""
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            return False
        return True

    def get(self, key: str, sha256: str) -> bytes | None:
        """Return the text with this digest, None if it is not kept or was damaged."""
        folder = self._folder(key)
        with disk_errors(folder, "read"):
            texts = (_text(folder / name, sha256) for name, _ in _named(folder, sha256))
            return next((text for text in texts if text is not None), None)

    def names(self, key: str, sha256: str) -> list[str]:
        """Return the names of the files that are to hold the text with this digest; none is read."""
        return [name for name, _ in _named(self._folder(key), sha256)]

    def all(self, key: str) -> list[Kept]:
        """Return what is kept of a note, the oldest first; only texts of earlier versions are read for it."""
        folder = self._folder(key)
        found: dict[str, Kept] = {}
        with disk_errors(folder, "read"):
            for name, match in sorted(_named(folder)):
                digest = match[2] if match[3] else _digest_of(folder / name)
                if digest is not None and digest.startswith(match[2]):
                    at = datetime.fromisoformat(match[1])
                    found.setdefault(digest, Kept(at, digest, name))
        return list(found.values())

    def share(self, key: str, other: str) -> None:
        """Give a note all texts of another one, which keeps them: it is the same note by another name."""
        source = self._folder(key)
        for name, _ in _named(source):
            target = make_private_folder(self._private, f"{self._name}/{other}") / name
            with suppress(FileExistsError):
                try:
                    target.hardlink_to(source / name)
                except FileExistsError:
                    raise
                except OSError:  # a file system without links
                    write_whole(target, (source / name).read_bytes(), 0o600)

    def read(self) -> dict[str, list[Read]]:
        """Read every text there is, and return what was found for each note, the oldest first."""
        root = self._private / self._name
        with disk_errors(root, "read"):
            if not root.is_dir():
                return {}
            with os.scandir(root) as entries:
                folders = sorted(
                    (entry.name, entry.path)
                    for entry in entries
                    if entry.is_dir() and not entry.name.startswith("@")  # of other things than papers
                )
        return {key: [_read(folder, *named) for named in sorted(_named(folder))] for key, folder in folders}

    def remove(self, key: str, digests: Collection[str]) -> None:
        """Remove texts, and what processes that were killed have left half-written."""
        folder = self._folder(key)
        with disk_errors(folder, "remove"):
            refuse_way_out(folder, self._private.parent)
            for kept in self.all(key):
                if kept.sha256 in digests:
                    (folder / kept.name).unlink(missing_ok=True)
            sweep_leftovers(folder)

    def _folder(self, key: str) -> Path:
        return self._private / self._name / key


def _read(folder: str, name: str, match: re.Match[str]) -> Read:
    digest, named = _digest_of(f"{folder}/{name}"), match[2]
    at = datetime.fromisoformat(match[1])
    if digest is not None and digest.startswith(named):
        return Read(name, at, digest, is_whole=True)
    return Read(name, at, named if match[3] else "", is_whole=False)


def _named(folder: Path | str, digest: str = "") -> list[tuple[str, re.Match[str]]]:
    """Return the names in a folder that are ours, all or those that may have a digest, and what they say."""
    try:
        names = os.listdir(folder)  # noqa: PTH208 half the time of paths
    except FileNotFoundError:
        return []
    short = digest[:_SHORT]
    matches = ((name, _NAME.fullmatch(name)) for name in names if short in name)
    return [(name, match) for name, match in matches if match and (not digest or digest.startswith(match[2]))]


def _name_of(at: datetime, digest: str) -> str:
    return f"{at:%Y%m%dT%H%M%S.%fZ}-{digest}.md.gz"


def _packed(data: bytes) -> bytes:
    packing = zlib.compressobj(wbits=_GZIP)
    return packing.compress(data) + packing.flush()


def _text(path: Path, digest: str) -> bytes | None:
    """Return what a file of the history holds, None unless it has the digest."""
    data = _bytes(path)
    return data if data is not None and sha256_of(data) == digest else None


def _digest_of(path: Path | str) -> str | None:
    data = _bytes(path)
    return None if data is None else sha256_of(data)


def _bytes(path: Path | str) -> bytes | None:
    """Return what a file holds; None for one that is damaged, and what is no file.

    Nothing is written to a text once it has its name, so none has to be looked at twice.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                return None
            data = read_all(descriptor, status.st_size)
        finally:
            os.close(descriptor)
        return zlib.decompress(data, wbits=_GZIP) if str(path).endswith(".gz") else data
    except (OSError, zlib.error):
        return None

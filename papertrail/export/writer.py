"""The one that touches the disk: writes what changed, and leaves alone what is not ours."""

import hashlib
import json
import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from papertrail.disk.whole_file import write_whole
from papertrail.domain.errors import BadInput, StorageError
from papertrail.domain.reports import ExportReport
from papertrail.domain.text import clean_line

MANIFEST = ".papertrail-export.json"
_EMPTY = hashlib.sha256(b"").hexdigest()
"""The digest of a file without a byte, of which nobody loses anything."""


def is_written(folder: Path, made_from: str) -> ExportReport | None:
    """Return what an export of the same state would find, nothing to do; None if it is to be made.

    Args:
        folder: where to.
        made_from: what stands for all that the files follow from, as it was given to `write_export`.
    """
    manifest = _read_manifest(folder / MANIFEST)
    if manifest.made_from != made_from or not made_from:
        return None
    try:
        if any(
            (folder / name).is_symlink() or _digest_of(folder / name) != digest
            for name, digest in manifest.files.items()
        ):
            return None
    except OSError:
        return None
    return ExportReport(folder, (), tuple(manifest.files), (), ())


def write_export(
    folder: Path, files: Mapping[str, str], *, keep: Collection[str] = (), made_from: str = ""
) -> ExportReport:
    """Bring a folder to hold these files; each is whole at every moment.

    A manifest in the folder remembers what we wrote. A file of the same name that we did not write, or that
    was changed since, stays as it is; files of an earlier export that are no longer wanted are removed.

    Args:
        folder: made if it is not there.
        files: path relative to the folder, and text.
        keep: what an earlier export may have written and stays as it is, though it is not among the files.
        made_from: what stands for all that the files follow from, for `is_written`; empty for nothing.

    Raises:
        StorageError: the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _Export(folder, files, keep, made_from).run()
    except OSError as error:
        raise StorageError(
            f"cannot export to {folder} ({error.strerror or error})",
            "choose another folder with --to, or check free space and permissions",
        ) from error


def write_file(path: Path, text: str, record: Path) -> None:
    """Write one file, whole at every moment; its folder is made if need be.

    A file that is there already is replaced only if it is as we wrote it: nobody means to lose a note to a
    slip of the finger, or words added by hand.

    Args:
        path: of the file.
        text: what it is to hold.
        record: the file that remembers what we wrote there, a digest a line; it knows of a new text before
            that is written, so that our own file is never taken for somebody else's.

    Raises:
        BadInput: there is something else of that name; it stays.
        StorageError: the file cannot be written, or is a device or a pipe.
    """
    data = text.encode("utf-8", "replace")
    path = Path(os.path.realpath(path))  # a link stays one: what it leads to is written
    shown = clean_line(str(path))
    if path.is_dir():
        raise BadInput(f"{shown} is a folder", "name a file in it")
    if path.exists() and not path.is_file():
        raise StorageError(f"{shown} is no ordinary file", "name a file to be written")
    try:
        known = _read_record(record)
        there, wanted = _digest_of(path), hashlib.sha256(data).hexdigest()
        if there not in (None, wanted, *known):
            raise BadInput(
                f"{shown} is not papertrail's, or was changed since: it stays as it is",
                "choose another file, or move that one away",
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        if known[-1:] != [wanted]:
            record.parent.mkdir(parents=True, exist_ok=True)
            write_whole(record, "".join(f"{one}\n" for one in (*known[-1:], wanted)).encode(), 0o600)
        if there != wanted:
            write_whole(path, data)
    except OSError as error:
        raise StorageError(
            f"cannot write {shown} ({error.strerror or error})",
            "choose another file, or check free space and permissions",
        ) from error


def _read_record(record: Path) -> list[str]:
    """Return the digests of what was written last; none where there is no record that can be read."""
    try:
        return record.read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return []


class _Export:
    def __init__(self, folder: Path, files: Mapping[str, str], keep: Collection[str], made_from: str) -> None:
        self._made_from = made_from
        self._folder = folder
        self._files = files
        self._keep = keep
        self._known = _read_manifest(folder / MANIFEST).files
        self._root = folder.resolve()
        self._sound: set[Path] = set()

    def run(self) -> ExportReport:
        written, unchanged, kept = [], [], []
        manifest = {name: digest for name, digest in self._known.items() if name in self._keep}
        for name, text in self._files.items():
            data = text.encode("utf-8", "replace")
            digest = hashlib.sha256(data).hexdigest()
            path = self._inside(name)
            there = _digest_of(path)
            if there == digest:
                unchanged.append(name)
            elif there not in (None, _EMPTY, self._known.get(name)):
                kept.append(name)
                continue
            else:
                write_whole(path, data, durable=False)  # empty after a power failure: written anew
                written.append(name)
            manifest[name] = digest
        removed = self._remove_stale()
        told = {"version": 1, "files": manifest, "made_from": "" if kept else self._made_from}
        text = json.dumps(told, indent=1, ensure_ascii=False, sort_keys=True)
        data = (text + "\n").encode("utf-8")
        if _digest_of(self._folder / MANIFEST) != hashlib.sha256(data).hexdigest():
            write_whole(self._folder / MANIFEST, data)
        return ExportReport(self._folder, tuple(written), tuple(unchanged), tuple(removed), tuple(kept))

    def _inside(self, name: str) -> Path:
        """Return the path of a file in a folder that is there; no symbolic link may lead out of ours."""
        path = self._folder / name
        parent = path.parent
        if (
            parent not in self._sound and not parent.resolve().is_relative_to(self._root)
        ) or path.is_symlink():
            raise StorageError(
                f"{path} leads out of the export's folder",
                "remove that link, or choose another folder with --to",
            )
        if parent not in self._sound:
            parent.mkdir(parents=True, exist_ok=True)
            self._sound.add(parent)
        return path

    def _remove_stale(self) -> list[str]:
        removed = []
        for name, digest in self._known.items():
            if name in self._files or name in self._keep:
                continue
            path = self._folder / name
            inside = path.parent.resolve().is_relative_to(self._root) and not path.is_symlink()
            if inside and _digest_of(path) == digest:
                path.unlink()
                removed.append(name)
                with suppress(OSError):  # not empty: somebody keeps something there
                    if path.parent != self._folder:
                        path.parent.rmdir()
        return removed


class _Manifest(NamedTuple):
    """What an earlier export wrote, the digest of each file, and what it was made from."""

    files: dict[str, str]
    made_from: str


def _read_manifest(path: Path) -> _Manifest:
    """Return what an earlier export left; nothing when that cannot be told."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        files = {str(name): str(digest) for name, digest in told["files"].items()}
        return _Manifest(files, str(told.get("made_from", "")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return _Manifest({}, "")


def _digest_of(path: Path) -> str | None:
    """Return the digest of a file; "" for what is there but no file, None for nothing."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None
    except IsADirectoryError:
        return ""

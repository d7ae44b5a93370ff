"""The one that touches the disk: writes what changed, and leaves alone what is not ours."""

import hashlib
import json
import os
import stat
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from papertrail.disk.leftovers import sweep_leftovers
from papertrail.disk.links import link_of_others
from papertrail.disk.whole_file import make_private_folder, write_whole
from papertrail.domain.errors import BadInput, StorageError
from papertrail.domain.exported import ExportReport
from papertrail.domain.text import clean_line

MANIFEST = ".papertrail-export.json"
BEGUN = ".papertrail-export.begun"
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
    What is about to be written is written down before, so that an export that was cut off, however that
    was, is finished by the next one.

    Args:
        folder: made if it is not there.
        files: path relative to the folder, and text.
        keep: what an earlier export may have written and stays as it is, though it is not among the files.
        made_from: what stands for all that the files follow from, for `is_written`; empty for nothing.

    Raises:
        StorageError: the folder cannot be written, or a link of another user's leads to it.
    """
    _refuse_link_of_others(folder)
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
        StorageError: the file cannot be written, is a device or a pipe, or another user's link leads to it.
    """
    data = _encoded(text)
    _refuse_link_of_others(path)
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
            make_private_folder(record.parent.parent, record.parent.name)
            ours = [there, wanted] if there in known else [wanted]
            write_whole(record, "".join(f"{one}\n" for one in ours).encode(), 0o600)
            sweep_leftovers(record.parent)
        if there != wanted:
            write_whole(path, data)
            sweep_leftovers(path.parent, path.name)
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
        self._begun = _read_begun(folder / BEGUN)
        self._root = folder.resolve()
        self._sound: dict[str, Path] = {}

    def run(self) -> ExportReport:
        digests = {name: hashlib.sha256(_encoded(text)).hexdigest() for name, text in self._files.items()}
        self._begin(digests)
        written, unchanged, kept = [], [], []
        manifest: dict[str, str] = {}
        for name, digest in digests.items():
            path = self._inside(name)
            there = _digest_of(path)
            if there == digest:
                unchanged.append(name)
            elif there not in (None, _EMPTY) and there not in self._ours(name):
                kept.append(name)
                continue
            else:
                # Without a wait for the disk: what a power failure leaves empty is written anew.
                write_whole(path, _encoded(self._files[name]), durable=False)
                written.append(name)
            manifest[name] = digest
        removed = self._remove_stale(manifest)
        told = {"version": 1, "files": manifest, "made_from": "" if kept else self._made_from}
        data = _json(told)
        if _digest_of(self._folder / MANIFEST) != hashlib.sha256(data).hexdigest():
            write_whole(self._folder / MANIFEST, data)
        (self._folder / BEGUN).unlink(missing_ok=True)
        if written:
            for folder in {self._root, *self._sound.values()}:
                sweep_leftovers(folder)
        return ExportReport(self._folder, tuple(written), tuple(unchanged), tuple(removed), tuple(kept))

    def _begin(self, digests: Mapping[str, str]) -> None:
        """Write down, for good, what is about to be written, with what earlier exports have begun."""
        new = {name: digest for name, digest in digests.items() if digest not in self._ours(name)}
        if new:
            for name, digest in new.items():
                self._begun.setdefault(name, []).append(digest)
            told = json.dumps({"version": 1, "files": self._begun}, ensure_ascii=False)
            write_whole(self._folder / BEGUN, _encoded(f"{told}\n"))

    def _ours(self, name: str) -> list[str]:
        """Return the digests of all that an export, finished or not, may have written there."""
        known = self._known.get(name)
        return [*([] if known is None else [known]), *self._begun.get(name, ())]

    def _inside(self, name: str) -> Path:
        """Return the path of a file in a folder that is there; no symbolic link may lead out of ours."""
        folder, _, file = name.rpartition("/")
        parent = self._sound.get(folder) or self._folder / folder
        path = parent / file
        is_sound = folder in self._sound or parent.resolve().is_relative_to(self._root)
        if not is_sound or path.is_symlink():
            raise StorageError(
                f"{path} leads out of the export's folder",
                "remove that link, or choose another folder with --to",
            )
        if folder not in self._sound:
            parent.mkdir(parents=True, exist_ok=True)
            self._sound[folder] = parent
        return path

    def _remove_stale(self, manifest: dict[str, str]) -> list[str]:
        """Remove what is no longer wanted; what is to be kept goes into the manifest."""
        removed = []
        for name in {**self._known, **self._begun}:
            if name in self._files:
                continue
            path = self._folder / name
            inside = path.parent.resolve().is_relative_to(self._root) and not path.is_symlink()
            there = _digest_of(path) if inside else None
            if name in self._keep:
                manifest[name] = there if there in self._ours(name) else self._ours(name)[0]
            elif there in self._ours(name):
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


def _read_begun(path: Path) -> dict[str, list[str]]:
    """Return what exports that were cut off may have written; nothing when that cannot be told."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): [str(one) for one in digests] for name, digests in told["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _json(told: dict[str, object]) -> bytes:
    return (json.dumps(told, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _refuse_link_of_others(path: Path) -> None:
    """Refuse to write where somebody else has us led.

    Raises:
        StorageError: a link of another user's leads there.
    """
    if (link := link_of_others(path)) is not None:
        raise StorageError(
            f"{clean_line(str(link))} is a link that another user made: it is not followed",
            "name the place itself that you mean",
        )


def _digest_of(path: Path) -> str | None:
    """Return the digest of a file; "" for what is there but no file, None for nothing."""
    try:
        # A pipe in its place must not make us wait for a writer.
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return ""
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return hashlib.sha256(file.read()).hexdigest()
    finally:
        os.close(descriptor)

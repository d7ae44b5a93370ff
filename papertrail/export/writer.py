"""The one that touches the disk: writes what changed, and leaves alone what is not ours."""

import hashlib
import json
import os
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TypeVar

from papertrail.disk.leftovers import sweep_leftovers
from papertrail.disk.links import link_of_others
from papertrail.disk.whole_file import make_private_folder, write_whole
from papertrail.domain.errors import BadInput, StorageError
from papertrail.domain.exported import Becomes, ExportReport
from papertrail.domain.text import clean_line

Known = TypeVar("Known")

MANIFEST = ".papertrail-export.json"
BEGUN = ".papertrail-export.begun"
_FROM = "from:"  # before what a file was made from, in its record
_AT_ONCE = 1 << 20  # bytes of a file that are read
_EMPTY = hashlib.sha256(b"").hexdigest()
"""The digest of a file without a byte, of which nobody loses anything."""


Lists = Mapping[str, Sequence[str]]


class Part:
    """What of a file is ours: here all of it; a vault shares its files with the reader."""

    def digest_of(self, path: Path) -> str | None:
        """Return what stands for our part of a file; "" for what is none of ours, None for nothing."""
        return _digest_of(path)

    def digest(self, name: str, text: str) -> str:
        """Return what stands for our part of a new file, by its path in the folder."""
        return hashlib.sha256(_encoded(text)).hexdigest()

    def data(self, path: Path, text: str) -> bytes:
        """Return a file with our part as it is to be.

        Args:
            path: the file as it is, if there is one.
            text: it, were there none.
        """
        return _encoded(text)

    def is_all(self, path: Path) -> bool:
        """Tell whether nothing else is in a file that holds a part of ours."""
        return True

    def lists(self, name: str) -> Lists:
        """Return what is ours in the lists of a file that have entries of the reader's as well."""
        return {}

    def remind(self, lists: Mapping[str, Lists]) -> None:
        """Be told what `lists` gave of each file when it was written last."""


WHOLE = Part()


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
        root = os.fspath(folder)  # of ten thousand files making a `Path` each takes longer than reading them
        if any(
            stat.S_ISLNK(os.lstat(path := f"{root}/{name}").st_mode) or _digest_of(path) != digest
            for name, digest in manifest.whole.items()
        ):
            return None
    except OSError:
        return None
    return ExportReport(folder, (), tuple(manifest.files), (), ())


def written_files(folder: Path) -> tuple[str, ...]:
    """Return the paths of the files in a folder that the last export wrote, or found as it would."""
    return tuple(_read_manifest(folder / MANIFEST).files)


def write_export(
    folder: Path,
    files: Mapping[str, str],
    *,
    keep: Collection[str] = (),
    made_from: str = "",
    only_look: bool = False,
    part: Part | None = None,
    only_some: bool = False,
    renamed: Mapping[str, str] | None = None,
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
        only_look: whether it is only told what would be done, and nothing is.
        part: which part of the files is ours; all of it unless given.
        only_some: whether the files of earlier exports that are not among these are to stay as they are.
        renamed: what files of an earlier export were called, by what they are called now: they are taken
            along, with all that somebody wrote in them.

    Raises:
        StorageError: the folder cannot be written, or a link of another user's leads to it.
    """
    _refuse_link_of_others(folder)
    try:
        if not only_look:
            folder.mkdir(parents=True, exist_ok=True)
        export = _Export(
            folder, files, keep, made_from, part or WHOLE, only_some=only_some, renamed=renamed or {}
        )
        return export.look() if only_look else export.run()
    except OSError as error:
        raise StorageError(
            f"cannot export to {folder} ({error.strerror or error})",
            "choose another folder with --to, or check free space and permissions",
        ) from error


def write_file(
    path: Path, text: str, record: Path, *, made_from: str = "", only_look: bool = False
) -> Becomes:
    """Write one file, whole at every moment, and return what became of it; its folder is made if need be.

    A file that is there already is replaced only if it is as we wrote it: nobody means to lose a note to a
    slip of the finger, or words added by hand.

    Args:
        path: of the file.
        text: what it is to hold.
        record: the file that remembers what we wrote there, a digest a line; it knows of a new text before
            that is written, so that our own file is never taken for somebody else's.
        made_from: what stands for all that the text follows from, for `is_file_written`; empty for nothing.
        only_look: whether it is only told what would become of it, and nothing is written.

    Raises:
        BadInput: there is something else of that name; it stays.
        StorageError: the file cannot be written, is a device or a pipe, or another user's link leads to it.
    """
    data = _encoded(text)
    path = _real(path)
    shown = clean_line(str(path))
    try:
        known, from_ = _read_record(record)
        there, wanted = _digest_of(path), hashlib.sha256(data).hexdigest()
        if there not in (None, wanted, *known):
            if only_look:
                return Becomes.LEFT
            raise BadInput(
                f"{shown} is not papertrail's, or was changed since: it stays as it is",
                "choose another file, or move that one away",
            )
        becomes = Becomes.NEW if there is None else Becomes.CHANGED if there != wanted else Becomes.UNCHANGED
        if only_look:
            return becomes
        path.parent.mkdir(parents=True, exist_ok=True)
        if known[-1:] != [wanted]:
            ours = [there, wanted] if there in known else [wanted]
            _write_record(record, ours, "")
        if there != wanted:
            write_whole(path, data)
            sweep_leftovers(path.parent, path.name)
        if made_from and (known, from_) != ([wanted], made_from):
            _write_record(record, [wanted], made_from)
        return becomes
    except OSError as error:
        raise StorageError(
            f"cannot write {shown} ({error.strerror or error})",
            "choose another file, or check free space and permissions",
        ) from error


def is_file_written(path: Path, record: Path, made_from: str) -> bool:
    """Tell whether a file is there as `write_file` wrote it from the same.

    Raises:
        StorageError: it is a device or a pipe, or another user's link leads to it.
        BadInput: it is a folder.
    """
    path = _real(path)
    known, from_ = _read_record(record)
    try:
        return bool(made_from) and from_ == made_from and _digest_of(path) == known[-1]
    except OSError:
        return False


def _real(path: Path) -> Path:
    """Return where a file is written: a link stays one, and what it leads to is written."""
    _refuse_link_of_others(path)
    path = Path(os.path.realpath(path))
    shown = clean_line(str(path))
    if path.is_dir():
        raise BadInput(f"{shown} is a folder", "name a file in it")
    if path.exists() and not path.is_file():
        raise StorageError(f"{shown} is no ordinary file", "name a file to be written")
    return path


def _read_record(record: Path) -> tuple[list[str], str]:
    """Return the digests of what was written last, and what it was made from, as far as that is known."""
    try:
        words = record.read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return [], ""
    made_from = [word.removeprefix(_FROM) for word in words if word.startswith(_FROM)]
    return [word for word in words if not word.startswith(_FROM)], "".join(made_from[-1:])


def _write_record(record: Path, digests: Sequence[str], made_from: str) -> None:
    make_private_folder(record.parent.parent, record.parent.name)
    lines = [*digests, *([f"{_FROM}{made_from}"] if made_from else [])]
    write_whole(record, "".join(f"{one}\n" for one in lines).encode(), 0o600)
    sweep_leftovers(record.parent)


class _Export:
    def __init__(
        self,
        folder: Path,
        files: Mapping[str, str],
        keep: Collection[str],
        made_from: str,
        part: Part,
        *,
        only_some: bool,
        renamed: Mapping[str, str],
    ) -> None:
        self._only_some = only_some
        self._made_from = made_from
        self._part = part
        self._folder = folder
        self._files = files
        self._keep = keep
        earlier = _read_manifest(folder / MANIFEST)
        self._known = earlier.files
        self._known_whole = earlier.whole
        self._known_lists = earlier.lists
        lists = {name: earlier.lists.get(old, {}) for name, old in renamed.items()}
        part.remind({**lists, **earlier.lists})
        self._begun = _read_begun(folder / BEGUN)
        self._root = folder.resolve()
        self._renamed = renamed
        self._digests = {name: part.digest(name, text) for name, text in files.items()}
        self._sound: dict[str, Path] = {}

    def look(self) -> ExportReport:
        """Tell what would be done."""
        written, unchanged, kept, replaced = [], [], [], set()
        moved = self._moved()
        for name, digest in self._digests.items():
            path = self._inside(moved.get(name, name))
            there = self._part.digest_of(path)
            if there == digest and name not in moved and self._is_as_wanted(path, name):
                unchanged.append(name)
            elif there not in (None, _EMPTY, digest) and there not in self._ours(name):
                kept.append(name)
            else:
                written.append(name)
                replaced.update([name] if there is not None and name not in moved else [])
        stale = [name for name in self._stale() if name not in moved.values()]
        ours_alone = [name for name in stale if self._part.is_all(self._folder / name)]
        return ExportReport(
            self._folder,
            tuple(written),
            tuple(unchanged),
            (*ours_alone, *moved.values()),
            tuple(kept),
            replaced=frozenset(replaced),
            outlived=tuple(name for name in stale if name not in ours_alone),
        )

    def run(self) -> ExportReport:
        report = self.look()
        self._begin()
        for folder in self._sound.values():
            folder.mkdir(parents=True, exist_ok=True)
        moved = self._moved()
        for name, old in moved.items():
            self._inside(old).rename(self._inside(name))
        for name in report.written:
            # Without a wait for the disk: what a power failure leaves empty is written anew.
            path = self._inside(name)
            write_whole(path, self._part.data(path, self._files[name]), durable=False)
        self._remove(name for name in report.removed if name not in moved.values())
        manifest = {name: digest for name, digest in self._digests.items() if name not in report.kept}
        outlived = {name: self._there(name) for name in report.outlived}  # ours still, should it come back
        told: dict[str, object] = {
            "version": 1,
            "files": {**self._beside(self._known), **manifest, **self._kept(), **outlived},
            "made_from": "" if report.kept else self._made_from,
        }
        if self._part is not WHOLE:  # to see at a glance that nobody touched them
            whole = {name: _digest_of(self._folder / name) for name in manifest}
            told["whole"] = {**self._beside(self._known_whole), **whole}
            lists = {name: found for name in manifest if (found := self._part.lists(name))}
            told["lists"] = {**self._beside(self._known_lists), **lists}
        data = _json(told)
        if _digest_of(self._folder / MANIFEST) != hashlib.sha256(data).hexdigest():
            write_whole(self._folder / MANIFEST, data)
        (self._folder / BEGUN).unlink(missing_ok=True)
        if report.written:
            for folder in {self._root, *self._sound.values()}:
                sweep_leftovers(folder)
        return report

    def _beside(self, known: Mapping[str, Known]) -> dict[str, Known]:
        """Return what is known of the files that are none of these and stay."""
        return {name: of for name, of in known.items() if name not in self._files} if self._only_some else {}

    def _is_as_wanted(self, path: Path, name: str) -> bool:
        if self._part is WHOLE:
            return True
        return path.read_bytes() == self._part.data(path, self._files[name])

    def _begin(self) -> None:
        """Write down, for good, what is about to be written, with what earlier exports have begun."""
        new = {name: digest for name, digest in self._digests.items() if digest not in self._ours(name)}
        if new:
            for name, digest in new.items():
                self._begun.setdefault(name, []).append(digest)
            told = json.dumps({"version": 1, "files": self._begun}, ensure_ascii=False)
            write_whole(self._folder / BEGUN, _encoded(f"{told}\n"))

    def _moved(self) -> dict[str, str]:
        """Return the files of earlier exports that go on under another name, by that name."""
        return {
            name: old
            for name, old in self._renamed.items()
            if self._part.digest_of(self._inside(name)) is None
            and (there := self._there(old))
            and there in self._ours(old)
        }

    def _ours(self, name: str) -> list[str]:
        """Return the digests of all that an export, finished or not, may have written or moved there."""
        names = [name, *([self._renamed[name]] if name in self._renamed else [])]
        known = [self._known[one] for one in names if one in self._known]
        return [*known, *(digest for one in names for digest in self._begun.get(one, ()))]

    def _inside(self, name: str) -> Path:
        """Return the path of a file; no symbolic link may lead out of our folder."""
        folder, _, file = name.rpartition("/")
        parent = self._sound.get(folder) or self._folder / folder
        path = parent / file
        is_sound = folder in self._sound or parent.resolve().is_relative_to(self._root)
        if not is_sound or path.is_symlink():
            raise StorageError(
                f"{path} leads out of the export's folder",
                "remove that link, or choose another folder with --to",
            )
        self._sound.setdefault(folder, parent)
        return path

    def _there(self, name: str) -> str | None:
        """Return the digest of a file of an earlier export; None as well where a link leads there."""
        path = self._folder / name
        inside = path.parent.resolve().is_relative_to(self._root) and not path.is_symlink()
        return self._part.digest_of(path) if inside else None

    def _stale(self) -> Iterator[str]:
        """Yield what earlier exports wrote and is no longer wanted."""
        for name in {} if self._only_some else {**self._known, **self._begun}:
            if name not in self._files and name not in self._keep and self._there(name) in self._ours(name):
                yield name

    def _kept(self) -> dict[str, str]:
        """Return what earlier exports wrote and is to be kept, with its digests."""
        found = {}
        for name in {**self._known, **self._begun}:
            if name not in self._files and name in self._keep:
                there = self._there(name)
                found[name] = there if there in self._ours(name) and there else self._ours(name)[0]
        return found

    def _remove(self, names: Iterable[str]) -> None:
        for name in names:
            path = self._folder / name
            path.unlink()
            with suppress(OSError):  # not empty: somebody keeps something there
                if path.parent != self._folder:
                    path.parent.rmdir()


class _Manifest(NamedTuple):
    """What an earlier export wrote: the digest of our part of each file and of all of it, our lists in it."""

    files: dict[str, str]
    made_from: str
    whole: dict[str, str]
    lists: dict[str, Lists]


def _read_manifest(path: Path) -> _Manifest:
    """Return what an earlier export left; nothing when that cannot be told."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        files = _strings(told["files"])
        whole = _strings(told["whole"]) if "whole" in told else files
        lists: dict[str, Lists] = {
            str(name): {str(one): [str(entry) for entry in entries] for one, entries in of.items()}
            for name, of in told.get("lists", {}).items()
        }
        return _Manifest(files, str(told.get("made_from", "")), whole, lists)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return _Manifest({}, "", {}, {})


def _strings(told: dict[str, object]) -> dict[str, str]:
    return dict(zip(told.keys(), map(str, told.values()), strict=True))


def _read_begun(path: Path) -> dict[str, list[str]]:
    """Return what exports that were cut off may have written; nothing when that cannot be told."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): [str(one) for one in digests] for name, digests in told["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _json(told: dict[str, object]) -> bytes:
    """Return what `json.dumps` makes with an indent, in which it takes five times as long by itself."""
    lines = []
    for name, value in sorted(told.items()):
        if isinstance(value, dict):
            within = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",\n  ", ": "))
            text = f"{{\n  {within[1:-1]}\n }}" if value else "{}"
        else:
            text = json.dumps(value, ensure_ascii=False)
        lines.append(f" {json.dumps(name)}: {text}")
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


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


def _digest_of(path: Path | str) -> str | None:
    """Return the digest of a file; "" for what is there but no file, None for nothing."""
    try:
        # A pipe in its place must not make us wait for a writer.
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return ""
        digest = hashlib.sha256()
        while data := os.read(descriptor, _AT_ONCE):
            digest.update(data)
        return digest.hexdigest()
    finally:
        os.close(descriptor)

"""The folder of notes: one Markdown file a paper, saved so that nobody's words are ever lost."""

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import datetime, timezone
from functools import cache, cached_property
from pathlib import Path
from stat import S_IMODE
from typing import TYPE_CHECKING
from zlib import crc32

from papertrail.disk.whole_file import (
    FileChanged,
    disk_errors,
    make_private_folder,
    new_file,
    new_files,
    new_numbered,
    read_file,
    replace_file,
    sha256_of,
    stamp_of,
)
from papertrail.domain.errors import (
    BadInput,
    Busy,
    NoteConflict,
    NotesGone,
    StorageError,
    UnreadableNote,
)
from papertrail.domain.keys import is_valid_key
from papertrail.domain.text import clean_line, shorten
from papertrail.notebook.encoding import decode_note, encode_note

if TYPE_CHECKING:
    from papertrail.disk.versions import FileVersion
    from papertrail.domain.unsaved import Unsaved
    from papertrail.notebook.drafts import Draft, Drafts, Window
    from papertrail.notebook.history import History, Kept, Read
    from papertrail.notebook.moves import Moves
    from papertrail.notebook.template import Template
    from papertrail.notebook.versions import NoteFile

LOCK_SECONDS = 10.0
MOVES = "moves"  # the folder of what is being moved, in the private one
# To be raised whenever the same text and template give another index than before.
INDEX_VERSION = 5


class Notebook:
    """The notes of one trail; any program may change the files at any time.

    Args:
        notes: the folder of the files.
        private: the trail's private folder, for the lock, the history, the drafts and the template.
        lock_seconds: how long to wait for another process that saves, before `Busy`.
        known: tells how many notes there were when somebody looked last. While the folder is gone, and there
            were some, every note is out of reach (`NotesGone`) instead of not being there, and no note is
            written: one alone in a new folder would make the others look removed.
    """

    template_name = "template.md"
    """Of the reader's own template, in the private folder."""
    packaged_template = Path(__file__).with_name("template.md")

    def __init__(
        self,
        notes: Path,
        private: Path,
        *,
        lock_seconds: float = LOCK_SECONDS,
        known: Callable[[], int] = lambda: 0,
    ) -> None:
        self.notes = notes
        self.private = private
        self._lock_seconds = lock_seconds
        self._known = known
        self._template: tuple[str, Template] | None = None

    @cached_property
    def _history(self) -> "History":
        from papertrail.notebook.history import History

        return History(self.private)

    @cached_property
    def _window(self) -> "Window":
        from papertrail.notebook.drafts import Window

        return Window()

    @cached_property
    def moves(self) -> "Moves":
        """What is being moved."""
        from papertrail.notebook.moves import Moves

        return Moves(self.private / MOVES)

    @property
    def is_moving(self) -> bool:
        """Whether some program moves notes, or was killed at it."""
        with suppress(OSError):  # mostly, as there was never a move
            return any(path.suffix == ".json" for path in (self.private / MOVES).iterdir())
        return False

    def path(self, key: str) -> Path:
        """Return where the note of a paper is, or would be.

        Raises:
            BadInput: this can be no key.
        """
        if not is_valid_key(key):
            raise BadInput(f"{shorten(clean_line(key), 60)!r} can be no key", "see: papertrail list")
        return self.notes / f"{key}.md"

    def read(self, key: str) -> "NoteFile | None":
        """Return the note of a paper, or None when there is no file.

        Raises:
            UnreadableNote: the file is not UTF-8 text.
            StorageError: the file cannot be read, or is a link to one that is not there.
        """
        file = self.version(key)
        if file is None and (path := self.path(key)).is_symlink():
            raise StorageError(
                f"notes/{path.name} is a link to a file that is not there",
                "bring that back or remove the link",
            )
        return None if file is None else _note(key, self.path(key), file)

    def version(self, key: str) -> "FileVersion | None":
        """Return the bytes of a paper's note, text or not, or None when there is no file.

        Raises:
            StorageError: the file cannot be read.
            NotesGone: see `Notebook`.
        """
        file = read_file(self.path(key))
        if file is None:
            self._need_folder()
        return file

    def _need_folder(self) -> None:
        """Make sure that a note which is not there is not one of many that are out of reach.

        Raises:
            NotesGone: the folder is gone, and there were notes in it.
        """
        if not self.notes.exists() and (count := self._known()):
            raise NotesGone(count)

    def save(self, key: str, text: str, base: str | None, now: datetime) -> "NoteFile":
        """Write a note if its file still is the version `base`; that version goes into the history.

        A symbolic link that stays within the trail is written through, permission bits stay, and so do line
        ends of CR LF. The file is at every moment one whole version or the other.

        Args:
            key: the paper's key.
            text: the whole new text; lone surrogates, which no file can hold, become U+FFFD.
            base: sha256 of the version `text` was made from; None when there was no file.
            now: the present moment, aware; its zone is the reader's.

        Raises:
            NoteConflict: the file is another version; it stays, and `text` is kept beside it.
            LeadsOut: the note, or the folder, is a link out of the trail.
            StorageError: the disk did not take it; the file is as it was.
            Busy: another process kept the lock for too long.
        """
        path = self.path(key)
        with disk_errors(path), self._lock():
            target = self.to_write(key)
            self._make_folder()
            for _ in range(3):  # once, unless another program touches the file at this very moment
                old = read_file(target)
                data = encode_note(text, old.data if old else b"")
                if old is not None and old.data == data:
                    return _note(key, path, old)
                if (old and old.sha256) != base:
                    break
                with suppress(FileChanged):
                    return self._replace(key, target, data, old, now)
            raise self._conflict(key, data, old, now)

    def begin(self, notes: Mapping[str, bytes], now: datetime) -> "Iterator[NoteFile]":
        """Write the first notes of papers, by key, and keep their texts in the history; give each once there.

        Raises:
            FileChanged: there is a file of that name; it stays, and so do the notes that were given.
            LeadsOut: the folder is a link out of the trail.
            StorageError: the disk did not take it.
            Busy: another process kept the lock for too long.
        """
        from papertrail.disk.leftovers import sweep_leftovers
        from papertrail.notebook.versions import NoteFile

        paths = {key: self.path(key) for key in notes}
        with disk_errors(self.notes), self._lock():
            self._make_folder()
            sweep_leftovers(self.notes)
            stamps = new_files(self.notes, ((paths[key].name, data) for key, data in notes.items()))
            try:
                for (key, data), stamp in zip(notes.items(), stamps, strict=True):
                    yield NoteFile(key, paths[key], decode_note(data), data, sha256_of(data), stamp)
            except FileExistsError as error:
                raise FileChanged from error
        with disk_errors(self.private):
            self._history.keep_first(notes, now)

    def restore(self, key: str, data: bytes, base: str | None, now: datetime) -> "NoteFile":
        """Give a note the very bytes of another version, if its file still is the version `base`.

        Args:
            key: the paper's key.
            data: the bytes.
            base: sha256 of the version that is there; None when there is no file.
            now: as in `save`.

        Raises:
            FileChanged: the file is another version; it stays.
            StorageError: the disk did not take it; the file is as it was.
            Busy: another process kept the lock for too long.
        """
        path = self.path(key)
        with disk_errors(path), self._lock():
            target = self.to_write(key)
            self._make_folder()
            old = read_file(target)
            if (old and old.sha256) != base:
                raise FileChanged
            return self._replace(key, target, data, old, now)

    def to_write(self, key: str) -> Path:
        """Return the file that a paper's note is written to: the note's, or that to which it is a link.

        Raises:
            LeadsOut: that, or the folder, is outside the trail.
        """
        from papertrail.disk.links import refuse_way_out

        path = self.path(key)
        refuse_way_out(path, self._root)
        return Path(os.path.realpath(path))

    @property
    def _root(self) -> Path:
        return self.notes.parent

    def leading_out(self, among: Collection[str] | None = None) -> set[str]:
        """Return the keys of the notes that are links out of the trail: all where the folder is one.

        Args:
            among: keys of those that are looked at; all unless given.
        """
        from papertrail.disk.links import way_out

        try:
            keys = self.scan().keys() if among is None else among
        except StorageError:
            return set()
        if way_out(self.notes, self._root) is not None:
            return set(keys)
        return {key for key in keys if self.path(key).is_symlink() and way_out(self.path(key), self._root)}

    def _make_folder(self) -> None:
        from papertrail.disk.links import refuse_way_out

        self._need_folder()
        refuse_way_out(self.notes, self._root)
        self.notes.mkdir(parents=True, exist_ok=True)

    def hold(self) -> AbstractContextManager[None]:
        """Return what keeps every papertrail from saving notes while one is within it.

        Raises:
            Busy: on entering, when another process kept the lock for too long.
        """
        return self._lock()

    def write_folder(self, notes: Mapping[str, bytes]) -> None:
        """Make the folder, which is gone, with these notes by key in it: all of them at once, or nothing.

        Raises:
            StorageError: there is something in its place, or the disk did not take it.
        """
        from papertrail.disk.leftovers import sweep_leftovers
        from papertrail.disk.whole_folder import folder_beside

        with disk_errors(self.notes), self._lock():
            sweep_leftovers(self.private)
            with folder_beside(make_private_folder(self.private) / "notes") as folder:
                made = folder / "notes"
                made.mkdir()
                for key, data in notes.items():
                    new_file(made / f"{key}.md", data)
                made.rename(self.notes)

    def _replace(
        self, key: str, target: Path, data: bytes, old: "FileVersion | None", now: datetime
    ) -> "NoteFile":
        """Write a note's file in place of `old`, which goes into the history; `target` is no link."""
        from papertrail.disk.leftovers import sweep_leftovers
        from papertrail.notebook.versions import NoteFile

        if old is not None:
            self._history.keep(key, old.data, now)
        stamp = replace_file(target, data, old, keep=lambda late: self._keep_beside(key, late, now))
        sweep_leftovers(self.notes)
        return NoteFile(key, self.path(key), decode_note(data), data, sha256_of(data), stamp)

    def remove(self, key: str, sha256: str) -> bool:
        """Remove a note's file if it still is this version, which goes into the history; a link to it stays.

        Returns:
            Whether it was removed.
        """
        path = self.path(key)
        with disk_errors(path, "remove"), self._lock():
            file = self.version(key)
            if file is None or file.sha256 != sha256:
                return False
            target = self.to_write(key)
            self._history.keep(key, file.data, datetime.now(timezone.utc))
            target.unlink()
            return True

    def place(self, note: "NoteFile", new: str, data: bytes, now: datetime) -> "NoteFile":
        """Write a note as that of another key, which has none; its texts in the history are that one's, too.

        The note's own file stays, for `remove` to take away once all else of the move is done.

        Args:
            note: as it was read.
            new: the other key.
            data: the bytes.
            now: as in `save`.

        Raises:
            FileChanged: the file is another version, or there is one of the other name; all stays.
            StorageError: the note is a link, or the disk did not take it.
            Busy: another process kept the lock for too long.
        """
        from papertrail.notebook.versions import NoteFile

        source, target = self.path(note.key), self.path(new)
        if source.is_symlink():
            raise StorageError(
                f"notes/{source.name} is a link to another file", "put the file itself in its place first"
            )
        with disk_errors(target), self._lock():
            self._make_folder()
            file = read_file(source)
            if file is None or file.sha256 != note.sha256 or os.path.lexists(target):
                raise FileChanged
            self._history.keep(note.key, file.data, now)
            self._history.share(note.key, new)
            stamp = replace_file(target, data, None, S_IMODE(file.status.st_mode))
            return NoteFile(new, target, decode_note(data), data, sha256_of(data), stamp)

    def names(self) -> set[str]:
        """Return the names of what is in the folder, without suffixes, in small letters: more than the keys
        that have a note, as none is looked at.

        Raises:
            NotesGone: see `Notebook`.
            StorageError: the folder cannot be read.
        """
        with disk_errors(self.notes, "read"):
            try:
                entries = os.scandir(self.notes)
            except FileNotFoundError:
                self._need_folder()
                return set()
            with entries:
                return {entry.name.rpartition(".")[0].lower() for entry in entries}

    def scan(self) -> dict[str, str]:
        """Return for the key of each note its stamp, which changes whenever the file does.

        What stands in the place of a note and cannot be read, as a folder or a dangling link, is a note too:
        only one that is gone may be forgotten.

        Raises:
            NotesGone: see `Notebook`.
            StorageError: the folder cannot be read.
        """
        found: dict[str, str] = {}
        with disk_errors(self.notes, "read"):
            try:
                entries = os.scandir(self.notes)
            except FileNotFoundError:
                self._need_folder()
                return found
            with entries:
                for entry in entries:
                    key, dot, suffix = entry.name.rpartition(".")
                    if not dot or suffix != "md" or not is_valid_key(key):
                        continue
                    with suppress(FileNotFoundError):  # gone since
                        found[key] = stamp_of(_status(entry))
        return found

    def template(self) -> "Template":
        """Return the reader's template, or the packaged one; read again only when the file has changed.

        Raises:
            BadInput: the file is no template.
            StorageError: the file cannot be read.
        """
        from papertrail.notebook.template import read_template

        stamp = self.template_stamp()
        if self._template is None or self._template[0] != stamp:
            self._template = (stamp, read_template(self.private, self.template_name, self.packaged_template))
        return self._template[1]

    def template_stamp(self) -> str:
        """Return a mark that changes whenever notes may have to be indexed anew."""
        path = self.private / self.template_name
        with disk_errors(path, "read"):
            try:
                return f"{INDEX_VERSION}:{stamp_of(path.stat())}"
            except FileNotFoundError:
                return f"{INDEX_VERSION}:default:{_digest_of(self.packaged_template)}"

    def beside(self, name: str) -> "FileVersion | None":
        """Return a file that stands among the notes, or None; `name` is its path within their folder."""
        return read_file(self.notes / name)

    def put_away(self, key: str, name: str, sha256: str, now: datetime) -> bool:
        """Move a second text of a paper into its note's history, if it still is this version.

        Args:
            key: the paper's key.
            name: of the file, its path within the folder of notes.
            sha256: hex digest of its bytes.
            now: as in `save`.

        Returns:
            Whether it was moved.
        """
        from papertrail.disk.links import refuse_way_out

        path = self.notes / name
        with disk_errors(path, "remove"), self._lock():
            file = read_file(path)
            if file is None or file.sha256 != sha256:
                return False
            refuse_way_out(path.parent, self._root)
            self._history.keep(key, file.data, now)
            path.unlink()
            return True

    def keep_history(self, key: str, data: bytes, now: datetime) -> Path:
        """Keep a version of a note in the history, unless it is there.

        Returns:
            The file in the history.
        """
        with disk_errors(self.path(key)):
            return self._history.keep(key, data, now)

    def version_kept(self, key: str, sha256: str) -> bytes | None:
        """Return a version of a note that the history keeps, or None."""
        self.path(key)
        return self._history.get(key, sha256)

    def versions_kept(self, key: str) -> "list[Kept]":
        """Return what the history keeps of a note, the oldest first."""
        self.path(key)
        return self._history.all(key)

    def names_of_version(self, key: str, sha256: str) -> list[str]:
        """Return the names of the files in the history that are to hold a version; none is read."""
        self.path(key)
        return self._history.names(key, sha256)

    def read_history(self) -> "dict[str, list[Read]]":
        """Read every text of the history, and return what was found for each note, the oldest first."""
        return self._history.read()

    def forget_versions(self, key: str, digests: Collection[str]) -> None:
        """Take versions out of the history, but never the one that the note's file has."""
        path = self.path(key)
        with disk_errors(path), self._lock():
            file = read_file(path)
            self._history.remove(key, set(digests) - {file.sha256 if file else ""})

    def typed(self, kind: "Unsaved") -> "Drafts":
        """Return where unsaved words of one kind are."""
        from papertrail.notebook.drafts import Drafts

        return Drafts(self.private, kind.value, self._window)

    @property
    def _drafts(self) -> "Drafts":
        from papertrail.domain.unsaved import Unsaved

        return self.typed(Unsaved.NOTE)

    def keep_draft(self, key: str, text: str, base: str | None) -> None:
        """Put unsaved text aside, in place of this program's earlier one; `base` as in `save`."""
        self.path(key)
        self._drafts.keep(key, text, base)

    def drafts_left(self, key: str) -> "list[Draft]":
        """Return the unsaved texts that were put aside, but for those that other programs are at."""
        self.path(key)
        return self._drafts.left(key)

    def take_draft(self, key: str, saved: str) -> "Draft | None":
        """Return the first of those that is not `saved`, and have it as this program's own."""
        self.path(key)
        return self._drafts.take(key, saved)

    def discard_draft(self, key: str) -> None:
        """Forget this program's unsaved text; none is fine."""
        self.path(key)
        self._drafts.discard(key)

    def let_go_of_drafts(self) -> None:
        """Leave all that is unsaved to whoever looks for it next."""
        if "_window" in self.__dict__:
            self._window.let_go_of_all()

    def has_drafts(self, key: str) -> bool:
        """Tell whether there is unsaved text about a paper: its note's, or another's that goes by its key."""
        from papertrail.domain.unsaved import OF_PAPERS

        self.path(key)
        return any(self.typed(kind).has(key) for kind in OF_PAPERS)

    def move_draft(self, key: str, new: str) -> None:
        """Give unsaved text to another key, unless that has some itself."""
        from papertrail.domain.unsaved import OF_PAPERS

        self.path(key)
        for kind in OF_PAPERS:
            self.typed(kind).move(key, self.path(new).stem)

    def drafts(self) -> list[str]:
        """Return the keys of the papers with unsaved text that was left, sorted."""
        return [name for name in self._drafts.names() if is_valid_key(name)]

    @contextmanager
    def _lock(self) -> Iterator[None]:
        """Be the only process that saves notes of this trail."""
        from filelock import FileLock, Timeout

        path = make_private_folder(self.private) / "notes.lock"
        lock = FileLock(path, timeout=self._lock_seconds, poll_interval=0.01, mode=0o600)
        try:
            lock.acquire()
        except Timeout as error:
            raise Busy(
                "another papertrail is saving a note of this trail", "try again in a moment"
            ) from error
        try:
            yield
        finally:
            lock.release()

    def _conflict(self, key: str, data: bytes, theirs: "FileVersion | None", now: datetime) -> Exception:
        """Keep our bytes beside the note and return the error that says so."""
        from papertrail.domain.note_text import NoteText

        path = self.path(key)
        mine = self._keep_beside(key, data, now)
        if theirs is None:
            return NoteConflict(NoteText(key, path, "", None), mine)
        try:
            text = decode_note(theirs.data)
        except UnicodeDecodeError:
            return StorageError(
                f"{path} was changed meanwhile and is not UTF-8 text",
                f"it stays; your text is kept in {mine}",
            )
        return NoteConflict(NoteText(key, path, text, theirs.sha256), mine)

    def _keep_beside(self, key: str, data: bytes, now: datetime) -> Path:
        for path in sorted(self.notes.glob(f"{key}.conflict-*.md")):
            if _holds(path, data):
                return path
        return new_numbered(self.notes, f"{key}.conflict-{now:%Y%m%d-%H%M%S}", data)


@cache
def _digest_of(packaged: Path) -> int:
    """Return a digest of a file that comes with the program, and stays as it is while that runs."""
    return crc32(packaged.read_bytes())


def _status(entry: os.DirEntry[str]) -> os.stat_result:
    """Return what is known of a file, or of the link itself where that leads nowhere."""
    try:
        return entry.stat()
    except OSError:
        return entry.stat(follow_symlinks=False)


def _note(key: str, path: Path, file: "FileVersion") -> "NoteFile":
    from papertrail.notebook.versions import NoteFile

    try:
        text = decode_note(file.data)
    except UnicodeDecodeError as error:
        raise UnreadableNote(
            f"notes/{path.name} is not UTF-8 text (byte {error.start + 1})",
            f"`papertrail note {key} --convert` makes it so, `papertrail note {key}` and E open it as it is",
        ) from error
    return NoteFile(key, path, text, file.data, file.sha256, file.stamp)


def _holds(path: Path, data: bytes) -> bool:
    """Tell whether a file of ours has exactly these bytes."""
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except FileNotFoundError:
        return False

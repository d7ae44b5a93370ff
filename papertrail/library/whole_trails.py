"""A whole trail as one file of text, and made again of it: every row, every file, byte for byte."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from papertrail.disk.whole_file import disk_errors, read_file
from papertrail.domain.backups import Why, may_hold
from papertrail.domain.clock import Clock
from papertrail.domain.errors import IncompatibleLibrary, NotFound, StorageError
from papertrail.domain.imports import Fate, FormatName, ImportedEntry, ImportReport
from papertrail.domain.operations import FINAL
from papertrail.domain.records import RecordProblem
from papertrail.domain.text import clean_line, shorten
from papertrail.domain.trail_lines import (
    FileLine,
    NewerLines,
    RowLine,
    end_line,
    file_line,
    head_line,
    read_lines,
    row_line,
)
from papertrail.library.open_trail import OpenTrail
from papertrail.library.out_files import file_named
from papertrail.library.trail import Home
from papertrail.store import SCHEMA_VERSION, journal_copy
from papertrail.store.connection import Database
from papertrail.store.copying import copy_database
from papertrail.store.journal_copy import ToldRow
from papertrail.store.migrate import prepare
from papertrail.store.queries import copied
from papertrail.store.replaying import take_rows

TABLES = (*copied.WHOLE, "announced")
"""Whose rows are told: all that is not made anew of the others."""


@dataclass(frozen=True, slots=True)
class WholeTaken:
    """A trail that was made again of a file.

    Attributes:
        report: of its papers, and what could not be read.
        notes: how many notes it has.
        before: the backup of what was there; None where nothing was changed, or nothing was there.
    """

    report: ImportReport
    notes: int
    before: Path | None


class WholeTrails:
    """The use cases of giving a trail away whole.

    None leaves a trace in the trail: the next file would be another one.
    """

    def __init__(self, trail: OpenTrail) -> None:
        self._trail = trail

    def document(self) -> tuple[str, tuple[str, ...]]:
        """Return the trail as lines of JSON, and the paths of files that cannot be read."""
        files = dict[str, tuple[bytes, int]]()
        left_out = []
        for path, place in _files_of(self._trail.home):
            try:
                file = read_file(place) if may_hold(path) else None
            except StorageError:
                file = None
            if file is not None:
                files[path] = file.data, file.status.st_mtime_ns
            else:
                left_out.append(clean_line(path))
        lines = [head_line(SCHEMA_VERSION), *self._rows()]
        lines += [file_line(path, data, modified) for path, (data, modified) in files.items()]
        lines.append(end_line(len(lines) + 1))
        return b"".join(lines).decode("utf-8", "surrogatepass"), tuple(left_out)

    def save(self, to: Path) -> tuple[Path, tuple[str, ...]]:
        """Write the trail to a file; return its path, and the paths of files that cannot be read.

        Args:
            to: a file with an ending, else the folder for `trail.jsonl`.

        Raises:
            BadInput: there is a file of that name which is not ours, or was changed since; it stays.
            StorageError: it cannot be written.
        """
        path = file_named(to, "trail.jsonl")
        text, left_out = self.document()
        self._trail.outgoing.write(path, text)
        return path, left_out

    def is_untouched(self) -> bool:
        """Tell whether nothing is here but what a new trail has: no note, and nothing that one could undo."""
        verbs = copied.verbs(self._trail.database.read())
        notes = (path for path in self._trail.home.notes.rglob("*.md") if path.name != "README.md")
        return verbs <= {verb.value for verb in FINAL} and next(notes, None) is None

    def _rows(self) -> Iterator[bytes]:
        connection = self._trail.database.read()
        connection.execute("BEGIN")  # all of one moment
        try:
            yield from map(row_line, copied.all_rows(connection, TABLES))
        finally:
            connection.execute("COMMIT")


def is_whole_trail(path: Path) -> bool:
    """Tell whether a file begins as `WholeTrails.document` does, be it that its first line is damaged."""
    from papertrail.domain.checked_lines import told_by

    try:
        with path.open("rb") as file:
            line = file.readline(1024)
    except OSError:
        return False
    told = told_by(line)
    return line.startswith(b'{"crc":"') if told is None else told.get("papertrail") == "trail"


def take_whole(path: Path, home: Home, clock: Clock, *, is_done: bool = True) -> WholeTaken:
    """Make a trail that is there what a file tells, all of it; what is there is backed up first.

    What the file tells is put together beside and looked at before anything is touched. A line that is
    damaged is left out and told.

    Args:
        path: the file.
        home: the trail.
        clock: gives the present moment.
        is_done: whether to do it; else only what it would come to is told.

    Raises:
        NotFound: there is no such file.
        IncompatibleLibrary: a newer papertrail wrote it; nothing was changed.
        BadInput: there is no paper in it, or parts of the trail are elsewhere.
        StorageError: there is no room, or the disk did not take it.
    """
    from papertrail.library.backups import work_folder
    from papertrail.library.restoring import restore_over

    with disk_errors(home.private), work_folder(home.private) as work:
        reading = _Reading(path, Home(work / "trail"))
        entries = reading.take()
        report = ImportReport(tuple(entries), tuple(reading.problems), FormatName.JSONL.value, is_done)
        if not entries or not is_done:
            return WholeTaken(report, reading.notes, None)
        reading.pack(work / "trail.zip", clock)
        restored = restore_over(work / "trail.zip", home, clock)
    return WholeTaken(report, reading.notes, restored.before)


class _Reading:
    """Puts a trail together of the lines of a file, in a folder of its own."""

    def __init__(self, path: Path, home: Home) -> None:
        self._path = path
        self._home = home
        self.problems: list[RecordProblem] = []
        self.notes = 0
        self._rows: list[tuple[int, str]] = []
        self._papers: dict[int, ImportedEntry] = {}

    def take(self) -> list[ImportedEntry]:
        """Make database and files; return the papers."""
        self._home.private.mkdir(parents=True, mode=0o700)
        database = Database(self._home.database)
        prepare(database)
        refused, dropped = take_rows(database, self._read())
        for number in refused:
            line, table = self._rows[number]
            self._papers.pop(line, None)
            self.problems.append(RecordProblem(line, f"this row of {table} cannot be one: it is left out"))
        if dropped:
            why = f"{dropped} rows are left out, as they stand upon others that are missing"
            self.problems.append(RecordProblem(1, why))
        journal_copy.write_anew(self._home.journal_copy, database.read())
        database.close()
        self.problems.sort(key=lambda one: one.line)
        return list(self._papers.values())

    def pack(self, to: Path, clock: Clock) -> None:
        """Put what was made into a backup, from which trails are put back."""
        from papertrail.library.backup_file import write_backup

        copy = to.with_name("library.db")
        inside = copy_database(self._home.database, copy)
        with to.open("xb") as file:
            write_backup(self._home, {}, copy, inside, file, clock.now(), Why.BY_HAND)

    def _read(self) -> Iterator[ToldRow]:
        try:
            with self._path.open("rb") as file:
                for told in read_lines(file, TABLES, SCHEMA_VERSION):
                    if isinstance(told, RecordProblem):
                        self.problems.append(told)
                    elif isinstance(told, FileLine):
                        self._write(told)
                    else:
                        self._know(told)
                        yield ToldRow(told.table, told.key, dict(told.now))
        except NewerLines as error:
            raise IncompatibleLibrary(
                f"{self._shown} was written by a newer papertrail (schema {error.schema})",
                "update papertrail; nothing was changed",
            ) from None
        except FileNotFoundError:
            raise NotFound(f"there is no file {self._shown}") from None

    @property
    def _shown(self) -> str:
        return shorten(clean_line(str(self._path)), 60)

    def _know(self, row: RowLine) -> None:
        self._rows.append((row.number, row.table))
        if row.table == "paper":
            title = clean_line(str(row.now.get("title", "")))
            place = RecordProblem(row.number, "").place
            self._papers[row.number] = ImportedEntry(place, Fate.ADDED, str(row.now["key"]), title)

    def _write(self, file: FileLine) -> None:
        from papertrail.library.backup_file import note_key

        target = self._home.root / file.path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as new:
                new.write(file.data)
            if file.modified is not None:
                os.utime(target, ns=(file.modified, file.modified))
        except (FileExistsError, NotADirectoryError, OverflowError):  # a disk that tells no a from A
            self.problems.append(RecordProblem(file.number, "another file of this name came before it"))
        else:
            self.notes += bool(note_key(file.path))


def _files_of(home: Home) -> Iterator[tuple[str, Path]]:
    from papertrail.domain.backups import JOURNAL
    from papertrail.library.backup_file import files_of

    return ((path, place) for path, place in files_of(home) if path != JOURNAL)

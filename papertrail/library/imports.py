"""Bringing in what readers keep in other programs: bibliographies, libraries, notes, reading histories."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from papertrail.disk.whole_file import FileChanged
from papertrail.domain.errors import Conflict, PapertrailError
from papertrail.domain.imports import Fate, ImportedEntry, ImportReport, Wanted
from papertrail.domain.operations import Verb
from papertrail.domain.records import Record, RecordProblem
from papertrail.library.import_writer import ImportWriter
from papertrail.library.importing import Matched, Target, match
from papertrail.library.indexed_notes import IndexedNotes
from papertrail.library.moved_notes import moved_notes
from papertrail.library.open_trail import OpenTrail, ignore
from papertrail.library.pages import Pages
from papertrail.library.statuses import check_day

if TYPE_CHECKING:
    from papertrail.domain.imports import FormatName


_A_PDF = "a PDF"
_UNNAMED = "neither title nor arXiv id, nor a key that is here"


class _OnlyLooked(Exception):
    """Ends a transaction that was to tell what it would do."""


class Imports:
    """The use cases of bringing in what other programs keep."""

    def __init__(self, trail: OpenTrail, indexed: IndexedNotes, pages: Pages) -> None:
        self._trail = trail
        self._indexed = indexed
        self._pages = pages

    def preview(
        self,
        path: Path,
        wanted: Wanted | None = None,
        *,
        form: "FormatName | None" = None,
        on_progress: Callable[[int, int], None] = ignore,
    ) -> ImportReport:
        """Tell what `take_in` would do, from the same arguments; nothing is written.

        Raises:
            NotFound: there is no such file.
            BadInput: it is of no known format, the day is still to come, or the lineage has no name for one.
        """
        from papertrail.library.uncollected import uncollected

        wanted = wanted or Wanted()
        check_day(self._trail, wanted.on)
        with uncollected():
            records, problems, name = self._read(path, form)
        entries: tuple[ImportedEntry, ...] = ()
        try:
            with uncollected(), self._trail.operation(Verb.IMPORT) as (connection, operation):
                matched = match(connection, records, self._trail.keys_of_pdfs())
                writer = ImportWriter(self._trail, self._indexed, connection, operation, None)
                gains = writer.write(matched, wanted, on_progress)
                for target in matched.targets:
                    if not target.is_new and next(self._pdfs_of(path, target), None) is not None:
                        gains[target.id].append(_A_PDF)
                entries = tuple(_entries(matched, gains))
                raise _OnlyLooked
        except _OnlyLooked:
            return ImportReport(entries, tuple(problems), name, is_done=False)

    def take_in(
        self,
        path: Path,
        wanted: Wanted | None = None,
        *,
        form: "FormatName | None" = None,
        on_progress: Callable[[int, int], None] = ignore,
    ) -> ImportReport:
        """Bring in all good entries of a file or folder, in one transaction; the trail is backed up before.

        A paper that is there already gets what it lacks: facts, tags, a status if it has none, and the
        file's note behind its own. PDFs that the file names are copied afterwards.

        Args:
            path: the file or folder.
            wanted: what the reader says of all of them.
            form: as which it is read; told by its name and its text unless given.
            on_progress: told how many papers of how many are done.

        Raises:
            NotFound: there is no such file.
            BadInput: it is of no known format, the day is still to come, or the lineage has no name for one.
            Conflict: another program changed a note meanwhile; all is as it was.
            StorageError: the disk did not take it; all is as it was.
        """
        from papertrail.domain.backups import Why
        from papertrail.library.backups import back_up
        from papertrail.library.uncollected import uncollected

        wanted = wanted or Wanted()
        check_day(self._trail, wanted.on)
        with uncollected():
            records, problems, name = self._read(path, form)
        if not records:
            return ImportReport((), tuple(problems), name, is_done=True)
        back_up(self._trail, Why.BEFORE_IMPORT)
        try:
            with (
                uncollected(),
                moved_notes(self._trail) as moved,
                self._trail.operation(Verb.IMPORT) as (connection, operation),
            ):
                matched = match(connection, records, self._trail.keys_of_pdfs())
                writer = ImportWriter(self._trail, self._indexed, connection, operation, moved)
                gains = writer.write(matched, wanted, on_progress)
        except FileChanged as error:
            raise Conflict("a note was changed meanwhile", "all is as it was: try again") from error
        problems.extend(self._attach(path, matched, gains))
        return ImportReport(tuple(_entries(matched, gains)), tuple(problems), name, is_done=True)

    def _read(self, path: Path, form: "FormatName | None") -> tuple[list[Record], list[RecordProblem], str]:
        from papertrail.sources.formats.reading import read_path

        name, found = read_path(path, form)
        records: list[Record] = []
        problems: list[RecordProblem] = []
        for one in found:
            if isinstance(one, Record):
                records.append(one)
                if one.read_on is not None and one.read_on > self._trail.today():
                    told = f"{one.read_on} is still to come: today is taken instead"
                    problems.append(RecordProblem(one.line, told, one.file))
            else:
                problems.append(one)
        return records, problems, name.value

    def _attach(
        self, path: Path, matched: Matched, gains: Mapping[int, list[str]]
    ) -> Iterator[RecordProblem]:
        """Copy the first PDF that is there of those that the records name; yield what could not be."""
        for target in matched.targets:
            for record, file in self._pdfs_of(path, target):
                try:
                    self._pages.attach_pdf(target.key, file)
                except PapertrailError as error:
                    yield RecordProblem(record.line, f"the PDF of {target.key}: {error}")
                else:
                    gains[target.id].append(_A_PDF)
                    break

    def _pdfs_of(self, path: Path, target: Target) -> Iterator[tuple[Record, Path]]:
        """Yield the PDFs of a paper that has none here, those that are there where the file names them."""
        named = [(record, name) for record in target.records for name in record.attached]
        if named and self._trail.has_pdf_of(target.key):
            return
        for record, name in named:
            file = path.parent / Path(name).expanduser()
            if file.is_file():
                yield record, file


def _entries(matched: Matched, gains: dict[int, list[str]]) -> Iterator[ImportedEntry]:
    """Yield what becomes of each record."""
    seen: set[int] = set()
    for record, target, told_by in zip(matched.records, matched.of_record, matched.told_by, strict=True):
        if target is None:
            yield ImportedEntry(
                record.place,
                Fate.SKIPPED,
                "",
                record.title,
                f"{record.key}: {_UNNAMED}" if record.key and not record.title else _UNNAMED,
            )
            continue
        is_first = target.id not in seen
        seen.add(target.id)
        if target.is_new and is_first:
            yield ImportedEntry(record.place, Fate.ADDED, target.key, record.title)
        elif is_first and (gained := gains.get(target.id)):
            why = f"known by its {told_by}; new: {', '.join(gained)}"
            yield ImportedEntry(record.place, Fate.MERGED, target.key, record.title, why)
        else:
            yield ImportedEntry(record.place, Fate.KNOWN, target.key, record.title, f"known by its {told_by}")

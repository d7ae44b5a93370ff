"""What is not as it should be in a trail, found by looking and nothing else."""

import shlex
from collections.abc import Callable, Iterable, Iterator

from papertrail.domain.errors import StorageError, UnreadableNote
from papertrail.domain.findings import Finding
from papertrail.domain.strays import Stray, StrayKind
from papertrail.domain.text import clean_line
from papertrail.library.note_titles import NoteTitles
from papertrail.library.notes import Notes
from papertrail.library.open_trail import OpenTrail
from papertrail.library.search import Search
from papertrail.library.strays import Strays
from papertrail.library.twins import every_twin

RESTORE_ALL = "papertrail note --restore-all"


class Checks:
    """Looks at the trail; every check is a method that yields what it finds."""

    def __init__(
        self, trail: OpenTrail, notes: Notes, strays: Strays, titles: NoteTitles, search: Search
    ) -> None:
        self._trail = trail
        self._notes = notes
        self._strays = strays
        self._titles = titles
        self._search = search
        self._checks: tuple[Callable[[], Iterable[Finding]], ...] = (
            self._notes_folder,
            self._gone_notes,
            self._unreadable_notes,
            self._stray_files,
            self._damaged_texts,
            self._twins,
            self._other_titles,
            self._index_of_words,
        )

    def all(self) -> list[Finding]:
        """Return what every check finds; nothing is changed."""
        return [finding for check in self._checks for finding in check()]

    def _notes_folder(self) -> Iterator[Finding]:
        if self._notes.trouble:
            cause, _, _ = self._notes.trouble.partition(": ")
            yield Finding("notes-folder", cause, "notes/", RESTORE_ALL)

    def _gone_notes(self) -> Iterator[Finding]:
        if self._notes.trouble:
            return
        for key, is_kept in self._strays.gone().items():
            where = f"notes/{key}.md"
            if is_kept:
                yield Finding("gone-notes", f"the note of {key} is gone", where, RESTORE_ALL)
            else:
                what = f"the note of {key} is gone, and its last text is not kept"
                yield Finding("gone-notes", what, where, f"papertrail note {key}")

    def _unreadable_notes(self) -> Iterator[Finding]:
        if self._notes.trouble:
            return
        keys = self._notes.keys()
        for key in keys:
            try:
                self._trail.notebook.read(key)
            except UnreadableNote as error:
                remedy = f"papertrail note {key} --convert"
                yield Finding("unreadable-notes", error.cause, f"notes/{key}.md", remedy)
            except StorageError as error:
                what = f"the note of {key} cannot be read: {error}"
                yield Finding("unreadable-notes", what, f"notes/{key}.md", f"ls -l notes/{key}.md")

    def _damaged_texts(self) -> Iterator[Finding]:
        for key, name in self._trail.notebook.damaged_versions():
            what = f"an earlier text of {key} is damaged; the others are kept"
            where = f".papertrail/history/{key}/{name}"
            yield Finding("history", what, where, f"papertrail note {key} --history", is_remark=True)

    def _twins(self) -> Iterator[Finding]:
        for key, other, by_doi in every_twin(self._trail.database.read()):
            what = f"{key} and {other} have the same {'DOI' if by_doi else 'title'}: they may be one paper"
            yield Finding("twins", what, key, f"papertrail merge {key} {other}", is_remark=not by_doi)

    def _other_titles(self) -> Iterator[Finding]:
        if self._notes.trouble:
            return
        keys = self._notes.keys()
        for key in keys:
            if title := self._titles.another(key):
                remedy = f"papertrail edit {key} {shlex.quote(f'title={title}')}"
                what = f"the note of {key} calls it {title}"
                yield Finding("note-titles", what, f"notes/{key}.md", remedy, is_remark=True)

    def _index_of_words(self) -> Iterator[Finding]:
        if wrong := self._search.out_of_step():
            what = (
                f"papers are not found by all their words: {', '.join(wrong[:5])}{', …' * (len(wrong) > 5)}"
            )
            yield Finding("word-index", what, ".papertrail/library.db", "papertrail reindex")

    def _stray_files(self) -> Iterator[Finding]:
        yield from map(_stray_finding, self._strays.all())


def _stray_finding(stray: Stray) -> Finding:
    where = f"notes/{stray.name}"
    # A name that cannot be typed is not named: the merge finds the file by itself.
    name = where if clean_line(where) == where else ""
    if stray.kind is StrayKind.COPY:
        merge = f"papertrail note {stray.key} --merge"
        what = f"a second text of {stray.key}: {stray.why}"
        return Finding("stray-files", what, where, f"{merge} {shlex.quote(name)}" if name else merge)
    if stray.kind is StrayKind.MOVED:
        what = f"the note of {stray.key} under another name: {stray.why}"
        source = shlex.quote(name) if name else "FILE"
        return Finding("stray-files", what, where, f"mv {source} notes/{stray.key}.md")
    what = f"no note: {stray.why}"
    return Finding("stray-files", what, where, "papertrail list", is_remark=True)

"""Notes: opened, saved by compare-and-swap, and indexed; the file is the truth and is written first."""

from typing import TYPE_CHECKING

from papertrail.domain.errors import PapertrailError
from papertrail.domain.goal.goal import Counts
from papertrail.domain.note import LentNote, NoteState, NoteText
from papertrail.domain.paper import Status
from papertrail.library.open_trail import OpenTrail
from papertrail.notebook.notebook import NoteFile
from papertrail.store.queries import goals, notes, papers, reading, settings

if TYPE_CHECKING:
    from papertrail.domain.reports import NoteSaved


class Notes:
    """The use cases of notes."""

    def __init__(self, trail: OpenTrail) -> None:
        self._trail = trail

    def open(self, key: str) -> NoteText:
        """Return the text to edit: the file's, or the template filled in while nothing is written.

        Raises:
            NotFound: no paper has this key.
            StorageError: the file cannot be read as UTF-8 text.
        """
        self._trail.paper_id(self._trail.database.read(), key)
        file = self._trail.notebook.read(key)
        text = self._filled_template(key) if file is None else file.text
        draft = self._trail.notebook.draft(key)
        sha256 = file.sha256 if file else None
        if draft is None or draft.text == text:
            return NoteText(key, self._trail.notebook.path(key), text, sha256)
        return NoteText(key, self._trail.notebook.path(key), text, sha256, draft.text, draft.base)

    def _filled_template(self, key: str) -> str:
        connection = self._trail.database.read()
        paper = papers.summaries(connection, [self._trail.paper_id(connection, key)])[0]
        return self._trail.notebook.template().fill(paper.key, paper.title, paper.arxiv_id, paper.lineages)

    def save(self, key: str, text: str, base: str | None) -> "NoteSaved":
        """Write a note if its file still is the version `base`, then index it.

        Args:
            key: the paper's key.
            text: the whole new text.
            base: sha256 of the version `text` was made from; None when there was no file.

        Raises:
            NoteConflict: the file was changed meanwhile; it stays, and `text` is kept beside it.
            StorageError: the disk did not take it; the file is as it was.
        """
        self._trail.paper_id(self._trail.database.read(), key)
        file = self._trail.notebook.save(key, text, base, self._trail.now())
        saved = self._index(file)
        self._trail.notebook.discard_draft(key)
        return saved

    def keep_draft(self, key: str, text: str, base: str | None = None) -> None:
        """Keep unsaved text aside, in case the editor does not end well."""
        self._trail.notebook.keep_draft(key, text, base)

    def discard_draft(self, key: str) -> None:
        """Forget unsaved text."""
        self._trail.notebook.discard_draft(key)

    def begin_file(self, key: str) -> LentNote:
        """Make sure the note's file is there, from the template if need be, and lend it to another editor."""
        self._trail.paper_id(self._trail.database.read(), key)
        file = self._trail.notebook.read(key)
        if file is None:
            file = self._trail.notebook.save(key, self._filled_template(key), None, self._trail.now())
        return LentNote(key, file.path, file.sha256)

    def is_as_lent(self, lent: LentNote) -> bool:
        """Tell whether another editor has left the file as it was when it was lent."""
        file = self._trail.notebook.read(lent.key)
        return file is not None and file.sha256 == lent.sha256

    def end_file(self, lent: LentNote) -> "NoteSaved | None":
        """Index the note after another editor had it; one that still is the bare template is removed.

        Returns:
            What was saved, or None when the editor wrote nothing.
        """
        file = self._trail.notebook.read(lent.key)
        if file is None:
            self.index_changed()
            return None
        if file.text == self._filled_template(lent.key):
            self._trail.notebook.remove(lent.key, file.sha256)
            self.index_changed()
            return None
        saved = self._index(file)
        return saved if saved.newly_counted or file.sha256 != lent.sha256 else None

    def body(self, key: str) -> str:
        """Return the note as it reads: without front matter and prompts; empty while there is none."""
        from papertrail.notebook.sections import note_content

        file = self._trail.notebook.read(key)
        return "" if file is None else note_content(file.text, self._trail.notebook.template()).body

    def state_of(self, key: str, text: str) -> NoteState:
        """Return what the index would say of `text` as the note of `key`; nothing is stored."""
        from papertrail.notebook.sections import index_note

        index = index_note(text, self._trail.notebook.template())
        return NoteState(self._trail.notebook.path(key), True, index.sections, index.words)

    def _index(self, file: NoteFile) -> "NoteSaved":
        """Store the index of a note just read or written, with its journal row if anything changed."""
        from papertrail.domain.reports import NoteSaved
        from papertrail.notebook.sections import index_note

        index = index_note(file.text, self._trail.notebook.template())
        state = NoteState(file.path, True, index.sections, index.words)
        operation = self._trail.begin()
        with self._trail.database.write() as connection:
            old = notes.indexed(connection, file.key)
            if old is not None and (old.sha256, old.sections) == (file.sha256, state.sections):
                notes.set_stamp(connection, file.key, file.stamp)
                return NoteSaved(state, file.sha256, newly_counted=False)
            # Whoever wrote it: what the library has seen once, it can give back.
            self._trail.notebook.keep_history(file.key, file.text, self._trail.now())
            paper = self._trail.paper_id(connection, file.key)
            with self._trail.counting(connection, operation, paper, file.key):
                notes.put(
                    connection,
                    file.key,
                    path=file.path.name,
                    sha256=file.sha256,
                    stamp=file.stamp,
                    states=state.sections,
                    words=state.words,
                    text=index.body,
                )
            before = None if old is None else {"sha256": old.sha256, "complete": old.complete}
            after = {"sha256": file.sha256, "complete": state.complete, "words": state.words}
            self._trail.journal(connection, operation, "note", file.key, before, after)
            is_read = reading.status_of(connection, paper) is Status.READ
            goal = goals.in_force(connection)
        was_complete = old is not None and old.complete
        counts_by_note = goal is None or goal.counts is Counts.NOTED
        newly = counts_by_note and is_read and state.complete and not was_complete
        return NoteSaved(state, file.sha256, newly_counted=newly)

    def index_changed(self) -> bool:
        """Index every note file that was touched, made or removed since last time.

        Returns:
            Whether anything had changed.
        """
        connection = self._trail.database.read()
        on_disk = self._trail.notebook.scan()
        stamps = notes.stamps(connection)
        template = self._trail.notebook.template_stamp()
        new_template = settings.get(connection, "template") != template
        touched = [k for k, stamp in on_disk.items() if new_template or stamps.get(k) != stamp]
        changed = False
        for key in touched:
            if papers.id_of_key(connection, key) is not None:
                changed = self._index_file(key) or changed
        for key in stamps.keys() - on_disk.keys():
            self._forget(key)
            changed = True
        if new_template:
            with self._trail.database.write() as writing:
                settings.put(writing, "template", template)
        return changed

    def _index_file(self, key: str) -> bool:
        try:
            file = self._trail.notebook.read(key)
        except PapertrailError as error:
            self._trail.report(str(error))
            return False
        if file is None:
            return False
        self._index(file)
        return True

    def _forget(self, key: str) -> None:
        """Forget a note whose file is gone; every version the library has seen stays in the history."""
        operation = self._trail.begin()
        with self._trail.database.write() as connection:
            old = notes.indexed(connection, key)
            if old is None:
                return
            with self._trail.counting(connection, operation, self._trail.paper_id(connection, key), key):
                notes.remove(connection, key)
            before = {"sha256": old.sha256, "complete": old.complete}
            self._trail.journal(connection, operation, "note", key, before, None)

    def texts(self) -> dict[str, str]:
        """Return the text of every note file that belongs to a paper, by key."""
        texts = {}
        for paper in self.keys():
            file = self._trail.notebook.read(paper)
            if file is not None:
                texts[paper] = file.text
        return texts

    def keys(self) -> list[str]:
        """Return the keys of the papers that have a note file, in reading order."""
        on_disk = self._trail.notebook.scan()
        return [key for key in papers.all_keys(self._trail.database.read()) if key in on_disk]

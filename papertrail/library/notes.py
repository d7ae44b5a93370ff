"""Notes: opened, saved by compare-and-swap, and indexed; the file is the truth and is written first."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from papertrail.domain.clock import moment_words
from papertrail.domain.errors import (
    NO_DATABASE,
    DatabaseLost,
    NotesGone,
    NotFound,
    PapertrailError,
    StorageError,
    UnreadableNote,
)
from papertrail.domain.operations import OUTSIDE
from papertrail.library import known_files
from papertrail.library.indexed_notes import IndexedNotes
from papertrail.library.open_trail import OpenTrail
from papertrail.store.queries import goals, notes, papers, settings

if TYPE_CHECKING:
    from papertrail.domain.note_text import LentNote, NoteBody, NoteContent, NoteLine, NoteLook, NoteText
    from papertrail.domain.reports import NoteConverted, NoteSaved


class Notes:
    """The use cases of notes."""

    def __init__(self, trail: OpenTrail, indexed: IndexedNotes) -> None:
        self._trail = trail
        self._indexed = indexed
        self._trouble = ""  # why the folder could not be looked through last time
        self._waiting: dict[str, str] = {}  # notes that the disk did not let us take in, and what it said
        self._told: dict[str, str] = {}  # notes that cannot be read, and their stamps when that was told

    def open(self, key: str, *, to_write: bool = False) -> "NoteText":
        """Return the text to edit: the file's, or the template filled in while nothing is written.

        Args:
            key: the paper's key.
            to_write: whether unsaved text that was left is this program's own from now on.

        Raises:
            NotFound: no paper has this key.
            UnreadableNote: the file is not UTF-8 text.
            StorageError: the file cannot be read.
        """
        from papertrail.domain.note_text import NoteText

        key = self._trail.key_of_today(key)
        self._trail.paper_id(self._trail.database.read(), key)
        file = self._trail.notebook.read(key)
        text = self._filled_template(key) if file is None else file.text
        sha256 = file.sha256 if file else None
        note = NoteText(key, self._trail.notebook.path(key), text, sha256)
        notebook = self._trail.notebook
        left = [draft for draft in notebook.drafts_left(key) if draft.text != text]
        draft = notebook.take_draft(key, text) if to_write else next(iter(left), None)
        if draft is None:
            return note
        at = draft.saved_at.astimezone(self._trail.now().tzinfo)
        return replace(
            note, draft=draft.text, draft_base=draft.base, draft_at=at, more_drafts=max(len(left) - 1, 0)
        )

    def _filled_template(self, key: str) -> str:
        connection = self._trail.database.read()
        paper = papers.summaries(connection, [self._trail.paper_id(connection, key)])[0]
        return self._trail.notebook.template().fill(paper.key, paper.title, paper.arxiv_id, paper.lineages)

    def save(self, key: str, text: str, base: str | None, *, draft_at: datetime | None = None) -> "NoteSaved":
        """Write a note if its file still is the version `base`, then index it.

        Args:
            key: the paper's key.
            text: the whole new text.
            base: sha256 of the version `text` was made from; None when there was no file.
            draft_at: when `text`, or what it was made from, was put aside unsaved, in the reader's zone.

        Raises:
            NoteConflict: the file was changed meanwhile; it stays, and `text` is kept beside it.
            StorageError: the disk did not take it; the file is as it was.
        """
        self._trail.paper_id(self._trail.database.read(), key)
        key = self._trail.key_of_today(key)
        file = self._trail.notebook.save(key, text, base, self._trail.now())
        saved = self._indexed.take_in(
            file, told=None if draft_at is None else {"draft": moment_words(draft_at)}
        )
        self._trail.notebook.discard_draft(key)
        return saved

    def section(self, key: str, name: str) -> str:
        """Return what stands in one section of a note, of the template while nothing is written.

        Raises:
            NotFound: no paper has this key, or its note has no such section.
            BadInput: the name is none.
            UnreadableNote: the file is not UTF-8 text.
        """
        from papertrail.notebook.one_section import read_section

        return read_section(self.open(key).text, name, self._trail.notebook.template())

    def save_section(self, key: str, name: str, words: str, *, more: bool = False) -> "NoteSaved":
        """Save a note with other words in one section, every byte outside of it as it was.

        Args:
            key: the paper's key.
            name: of the section; one that is not there is put where the template has it.
            words: what is to stand there.
            more: whether they come behind what stands there, in place of taking its place.

        Raises:
            BadInput: the name is none, or other sections would change; nothing has been changed.
            NoteConflict: the file was changed meanwhile; it stays, and the new text is kept beside it.
            StorageError: the disk did not take it; the file is as it was.
        """
        from papertrail.notebook.one_section import add_to_section, write_section

        note = self.open(key)
        write = add_to_section if more else write_section
        text = write(note.text, name, words, self._trail.notebook.template())
        return self.save(note.key, text, note.sha256)

    def lines_with(self, words: str, keys: Iterable[str]) -> "Iterator[NoteLine]":
        """Yield the lines of notes that have some words, case and accents ignored.

        Args:
            words: as they stand there, on one line.
            keys: of the papers.
        """
        from papertrail.domain.note_text import NoteLine
        from papertrail.domain.text import fold

        wanted = fold(words)
        for key in keys:
            try:
                text = self.text_anyway(key)
            except StorageError:
                continue
            for number, line in enumerate(text.split("\n"), 1):
                if wanted in fold(line):
                    yield NoteLine(key, number, line)

    def restore_draft(self, key: str) -> "NoteSaved":
        """Make the note of what an editor left unsaved, as one operation.

        Raises:
            NotFound: nothing was left unsaved.
            NoteConflict: the file was changed since; it stays, and what was unsaved is kept beside it.
            StorageError: the disk did not take it; the file is as it was.
        """
        note = self.open(key, to_write=True)
        if note.draft is None:
            raise NotFound(
                f"no editor left unsaved text for the note of {key}", "the note is as it was saved"
            )
        return self.save(key, note.draft, note.draft_base, draft_at=note.draft_at)

    def keep_draft(self, key: str, text: str, base: str | None = None) -> None:
        """Keep unsaved text aside, in case the editor does not end well; no database is needed for it.

        What other programs put aside of the same note stays.

        Raises:
            StorageError: the disk does not take it, or the folder of the trail is gone: it is not made anew,
                as that would stand in the way of putting it back.
        """
        if not self._trail.home.private.is_dir():
            raise DatabaseLost(f"the folder {self._trail.home.private} is gone")
        self._trail.notebook.keep_draft(self._key_anyway(key), text, base)

    def _key_anyway(self, key: str) -> str:
        """Return the key that a paper has by now, as far as there is a database to tell it."""
        try:
            return self._trail.key_of_today(key)
        except NO_DATABASE:
            return key

    def put_elsewhere(self, key: str, text: str) -> Path:
        """Write unsaved text to a new file: in the trail, at home or in the folder of temporary files.

        Raises:
            StorageError: nowhere can it be written.
        """
        from papertrail.library.elsewhere import put_elsewhere

        return put_elsewhere(self._trail, key, text)

    def discard_draft(self, key: str) -> None:
        """Forget the unsaved text of this program; that of others stays."""
        self._trail.notebook.discard_draft(self._key_anyway(key))

    def begin_file(self, key: str) -> "LentNote":
        """Make sure the note's file is there, from the template if need be, and lend it to another editor.

        Raises:
            LeadsOut: it is a link out of the trail, which an editor would follow.
            StorageError: the disk did not take it.
        """
        from papertrail.domain.note_text import LentNote

        key = self._trail.key_of_today(key)
        sha256 = self.version(key)
        self.refuse_link_out(key)
        if sha256 is None:
            text = self._filled_template(key)
            sha256 = self._trail.notebook.save(key, text, None, self._trail.now()).sha256
        return LentNote(key, self._trail.notebook.path(key), sha256)

    def is_as_lent(self, lent: "LentNote") -> bool:
        """Tell whether another editor has left the file as it was when it was lent."""
        return self.version(lent.key) == lent.sha256

    def end_file(self, lent: "LentNote") -> "NoteSaved | None":
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
        saved = self._indexed.take_in(file)
        return saved if saved.newly_counted or file.sha256 != lent.sha256 else None

    def version(self, key: str) -> str | None:
        """Return the version of the note's file, as `save` wants it, text or not; None without one."""
        self._trail.paper_id(self._trail.database.read(), key)
        file = self._trail.notebook.version(self._trail.key_of_today(key))
        return None if file is None else file.sha256

    def body(self, key: str) -> "NoteBody":
        """Return the note as it reads, as far as it can be read; empty while there is none."""
        from papertrail.domain.note_text import NoteBody
        from papertrail.notebook.sections import note_content

        trouble, key = "", self._trail.key_of_today(key)
        try:
            file = self._trail.notebook.read(key)
            if file is None:
                return NoteBody("")
            text = file.text
        except UnreadableNote as error:
            text, trouble = self.text_anyway(key), str(error)
        except StorageError as error:
            text, trouble = "", str(error)
        return NoteBody(note_content(text, self._trail.notebook.template()).body, trouble)

    def text_anyway(self, key: str) -> str:
        """Return the text of a note with U+FFFD for what is not UTF-8."""
        from papertrail.notebook.encoding import decode_anyway

        file = self._trail.notebook.version(key)
        return "" if file is None else decode_anyway(file.data)

    def convert(self, key: str, encoding: str | None = None) -> "NoteConverted | None":
        """Make a note UTF-8 that is not, and index it; the bytes it had are kept in the history.

        Args:
            key: the paper's key.
            encoding: what it is in; guessed unless given.

        Returns:
            What became of it; None when it is UTF-8 already.

        Raises:
            NotFound: there is no note.
            BadInput: there is no such encoding, the file is not in it, or what it is in cannot be told.
            NoteConflict: another program changed the file meanwhile.
        """
        from papertrail.domain.reports import NoteConverted
        from papertrail.notebook.converting import convert

        self._trail.paper_id(self._trail.database.read(), key)
        done = convert(self._trail.notebook, key, encoding, self._trail.now())
        if done is None:
            return None
        foreign = dict.fromkeys(word for word in done.note.text.split() if not word.isascii())
        return NoteConverted(self._indexed.take_in(done.note), done.taken_for, done.kept, tuple(foreign)[:3])

    def look(self, key: str, text: str) -> "NoteLook":
        """Return what the index would say of `text` as the note of `key`; nothing is stored."""
        from papertrail.domain.note_text import NoteLook
        from papertrail.notebook.sections import index_note, writing_places

        template = self._trail.notebook.template()
        index = index_note(text, template)
        floor = goals.words_wanted(self._trail.database.read())
        state = index.state(self._trail.notebook.path(key)).with_floor(floor)
        return NoteLook(state, writing_places(text, index.whole, template))

    def read_as(self, text: str) -> "NoteContent":
        """Return how a text reads as a note: without front matter, comments and prompts."""
        from papertrail.notebook.sections import note_content

        return note_content(text, self._trail.notebook.template())

    def front_matter(self, text: str) -> str:
        """Return what stands above a text for other programs, fences included; empty where nothing does."""
        from papertrail.notebook.front_matter import split_front_matter

        return split_front_matter(text)[0]

    def index_changed(self, *, tell: bool = True) -> bool:
        """Index every note file that was touched, made or removed since last time.

        Args:
            tell: whether to tell which notes the disk does not let us take in; see `behind`.

        Returns:
            Whether anything had changed.
        """
        connection = self._trail.database.read()
        before, self._trouble = self._trouble, ""
        try:
            on_disk = self._trail.notebook.scan()
        except StorageError as error:  # what is known of the notes stays until they can be seen again
            self._trouble = str(error)
            if self._trouble != before:
                self._trail.report(self._trouble)
            return self._trouble != before
        stamps = notes.stamps(connection)
        template, known = self._trail.notebook.template_stamp(), settings.get(connection, "template")
        new_template = known_files.mark_of(known) != template
        touched = sorted(k for k, stamp in on_disk.items() if new_template or stamps.get(k) != stamp)
        changed = bool(before)
        path = self._trail.home.private / "template.md"
        is_same_template = not new_template or (
            template.split(":")[0] == known_files.mark_of(known).split(":")[0]
            and known_files.is_as_read(known, path)
        )
        for key in touched:  # what one of them tells of damage has the database opened anew
            if papers.id_of_key(self._trail.database.read(), key) is not None:
                changed = self._index_file(key, on_disk[key], tell, is_same_template) or changed
        if gone := sorted(stamps.keys() - on_disk.keys()):
            from papertrail.domain.note import gone_words

            with suppress(StorageError):  # forgotten as soon as the disk takes it
                self._indexed.forget(gone, program=OUTSIDE)
                self._trail.report(gone_words(gone))
                changed = True
        if new_template and not self._waiting:
            try:
                with self._trail.database.write() as writing:
                    settings.put(writing, "template", known_files.remembered(template, path))
            except StorageError:
                if not is_same_template:
                    raise
        return changed

    def _index_file(self, key: str, stamp: str, tell: bool, is_same_template: bool) -> bool:
        if self._told.get(key) == stamp:
            return False
        try:
            file = self._trail.notebook.read(key)
        except PapertrailError as error:
            self._told[key] = stamp
            self._trail.report(str(error))
            return False
        if file is None:
            return False
        try:
            self._indexed.take_in(file, program=OUTSIDE)
        except StorageError as error:  # taken in as soon as the disk takes it; all else goes on meanwhile
            known = notes.indexed(self._trail.database.read(), key)
            if is_same_template and known is not None and known.sha256 == file.sha256:
                return False  # its time is another, and nothing in it
            if tell and self._waiting.get(key) != str(error):
                self._trail.report(str(error))
            self._waiting[key] = str(error)
            return False
        self._waiting.pop(key, None)
        return True

    @property
    def behind(self) -> str:
        """Why notes wait to be taken in; empty where none does."""
        return next(iter(self._waiting.values()), "")

    @property
    def trouble(self) -> str:
        """Why no note could be seen when somebody looked last, on one line; empty mostly."""
        return self._trouble

    def texts(self, keys: Iterable[str] | None = None) -> tuple[dict[str, str], list[str]]:
        """Return the notes of papers: the texts by key, and the keys of those that cannot be read.

        Args:
            keys: of the papers; all that have a note unless given.
        """
        texts: dict[str, str] = {}
        unreadable: list[str] = []
        indexed = notes.stamps(self._trail.database.read())
        for key in self.keys() if keys is None else keys:
            try:
                file = self._trail.notebook.read(key)
            except NotesGone:
                unreadable += [key] if key in indexed else []
                continue
            except StorageError:
                unreadable.append(key)
                continue
            if file is not None:
                texts[key] = file.text
        return texts, unreadable

    def refuse_link_out(self, key: str) -> None:
        """Make sure that what is written as the note of a paper can be saved in the trail.

        Raises:
            LeadsOut: the note, or the folder, is a link out of it.
        """
        self._trail.notebook.to_write(self._trail.key_of_today(key))

    def leading_out(self, among: Collection[str] | None = None) -> set[str]:
        """Return the keys of the notes, or of some, that are links out of the trail: not given away."""
        return self._trail.notebook.leading_out(among)

    def keys(self, listed: Mapping[str, str] | None = None) -> list[str]:
        """Return the keys of the papers that have a note file, in reading order.

        Args:
            listed: what `Notebook.scan` gives, where that is known.
        """
        connection = self._trail.database.read()
        try:
            there = (self._trail.notebook.scan() if listed is None else listed).keys()
        except StorageError:
            there = notes.stamps(connection).keys()
        return [key for key in papers.all_keys(connection) if key in there]

"""The history of a note: the texts it had, what changed between two of them, and the way back."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from papertrail.disk.whole_file import FileChanged
from papertrail.domain.clock import moment_words
from papertrail.domain.errors import BadInput, Conflict, NotFound, StorageError
from papertrail.domain.history import Revision, changed_sections, made_by
from papertrail.domain.note import short_section
from papertrail.domain.operations import Verb
from papertrail.domain.text import clean_line, shorten
from papertrail.library.indexed_notes import IndexedNotes
from papertrail.library.open_trail import OpenTrail
from papertrail.store.queries import journal

if TYPE_CHECKING:
    from papertrail.domain.reports import NoteRestored
    from papertrail.domain.word_diff import Line

_LONG_AGO = datetime.min.replace(tzinfo=timezone.utc)
_NUMBER = re.compile(r"[0-9]{1,4}")
_NAME = re.compile(r"[0-9a-f]{5,64}", re.IGNORECASE)


class Histories:
    """The use cases of the texts that notes had."""

    def __init__(self, trail: OpenTrail, indexed: IndexedNotes) -> None:
        self._trail = trail
        self._indexed = indexed

    def revisions(self, key: str) -> list[Revision]:
        """Return the texts of a note that are kept, the newest first; none of them is read for it.

        Raises:
            NotFound: no paper has this key.
        """
        connection = self._trail.database.read()
        self._trail.paper_id(connection, key)
        notebook, zone = self._trail.notebook, self._trail.now().tzinfo
        file = notebook.version(key)
        now = None if file is None else file.sha256
        kept = {version.sha256: version.at for version in notebook.versions_kept(key)}
        all_of_it = _with_unknown(_steps(journal.note_steps(connection, key)), kept)
        newest_first: list[Revision] = []
        for number, one in reversed(list(enumerate(all_of_it, start=1))):
            is_now = one.sha256 == now
            if is_now or one.sha256 in kept:
                now = None if is_now else now  # the newest with this text, should there be several
                newest_first.append(replace(one, number=number, at=one.at.astimezone(zone), is_now=is_now))
        return newest_first

    def find(self, key: str, rev: str) -> Revision:
        """Return the text of a note that a reader means.

        Args:
            key: the paper's key.
            rev: its number, or the first five digits of its name or more.

        Raises:
            BadInput: this can name no text.
            NotFound: no text that is kept goes by this, or there is none at all.
            UnreadableNote: there is none, as the note is not UTF-8 text.
        """
        shown = shorten(clean_line(rev), 60)
        if not _NUMBER.fullmatch(rev) and not _NAME.fullmatch(rev):
            raise BadInput(
                f"{shown!r} names no text of a note",
                f"give its number or the beginning of its name: papertrail note {key} --history",
            )
        revisions = self.revisions(key)
        if not revisions:
            self._trail.notebook.read(key)  # one that cannot be read is there, and says so
            raise NotFound(f"{key} has no note yet", f"begin it with: papertrail note {key}")
        for revision in revisions:
            is_meant = revision.number == int(rev) if _NUMBER.fullmatch(rev) else False
            if is_meant or (len(rev) > 4 and revision.sha256.startswith(rev.lower())):
                return revision
        raise NotFound(
            f"no text {shown} of the note of {key} is kept", f"see: papertrail note {key} --history"
        )

    def text(self, key: str, revision: Revision) -> str:
        """Return a text, with U+FFFD for what is not UTF-8.

        Raises:
            StorageError: its file was damaged, or is gone since.
        """
        from papertrail.notebook.encoding import decode_anyway

        return decode_anyway(self._data(key, revision))

    def looked_at(self, key: str, revision: Revision, before: Revision | None) -> Revision:
        """Return a revision with its words counted and its changed sections known, from the texts if need be.

        Args:
            key: the paper's key.
            revision: one of `revisions`.
            before: the one before it, if any.
        """
        if revision.words is not None and revision.sections is not None:
            return revision
        from papertrail.notebook.sections import index_note

        template = self._trail.notebook.template()
        index = index_note(self.text(key, revision), template)
        sections: tuple[str, ...] = ()
        if before is not None and not revision.is_first:
            sections = changed_sections(index_note(self.text(key, before), template).digests, index.digests)
        return replace(revision, words=index.words, sections=sections)

    def compare(self, key: str, old: Revision | None, new: Revision) -> "list[Line]":
        """Return what changed from one text to another, word by word; from nothing without an old one.

        Line ends of another kind are no change.
        """
        from papertrail.domain.word_diff import word_diff
        from papertrail.notebook.outline import newlines

        before = "" if old is None else self.text(key, old)
        return word_diff(newlines(before), newlines(self.text(key, new)))

    def restore(self, key: str, revision: Revision, section: str = "") -> "NoteRestored | None":
        """Make a text the note again, to the byte, or one section of it; what is there goes into the history.

        Args:
            key: the paper's key.
            revision: the text.
            section: name of the section; the whole note unless given.

        Returns:
            What became of it; None if the note is like that already.

        Raises:
            NotFound: the text has no such section.
            BadInput: the section cannot be put back by itself.
            StorageError: the text is damaged, or not UTF-8.
            Conflict: the note was changed meanwhile; it stays as it is.
        """
        from papertrail.domain.reports import NoteRestored

        data = self._data(key, revision)
        notebook, now = self._trail.notebook, self._trail.now()
        file = notebook.version(key)
        there = b"" if file is None else file.data
        if section:
            from papertrail.notebook.grafting import graft_section, known_section

            template = notebook.template()
            section = known_section(section, template)
            data = graft_section(utf8_text(key, there), utf8_text(key, data), section, template).encode(
                "utf-8"
            )
        utf8_text(key, data)
        if file is not None and file.data == data:
            return None
        told = {
            "as_of": moment_words(revision.at),
            **({"section": short_section(section)} if section else {}),
        }
        try:
            with self._trail.operation(Verb.NOTE) as (connection, operation):
                written = notebook.restore(key, data, None if file is None else file.sha256, now)
                saved = self._indexed.put(connection, operation, written, told)
        except FileChanged as error:
            raise Conflict(
                f"notes/{key}.md was changed meanwhile", "it stays as it is; look at it, then try again"
            ) from error
        return NoteRestored(saved, revision, section)

    def _data(self, key: str, revision: Revision) -> bytes:
        data = self._trail.notebook.version_kept(key, revision.sha256)
        if data is None:  # what never was saved over need not be in the history
            file = self._trail.notebook.version(key)
            data = file.data if file is not None and file.sha256 == revision.sha256 else None
        if data is None:
            raise StorageError(
                f"text {revision.number} of the note of {key} is damaged or gone from the history",
                f"another may do: papertrail note {key} --history",
            )
        return data


def _steps(steps: Sequence[journal.NoteStep]) -> Iterator[Revision]:
    """Yield a revision, not numbered yet, for each change that left a text."""
    digests: dict[str, str] | None = {}
    for step in steps:
        if step.after is None:
            digests = {}
            continue
        own: dict[str, str] | None = step.after.get("sections")
        is_first = step.before is None
        sections = None if own is None or digests is None else changed_sections(digests, own)
        by = made_by(step.verb, step.program, restored="as_of" in step.after)
        at = datetime.fromisoformat(step.at)
        sha256, words = step.after["sha256"], step.after.get("words")
        yield Revision(0, at, sha256, by, words, () if is_first else sections, is_first, False)
        digests = own


def _with_unknown(known: Iterator[Revision], kept: Mapping[str, datetime]) -> list[Revision]:
    """Return revisions in their order, with what is kept besides put in by its moment."""
    unknown = dict(kept)
    found: list[tuple[datetime, Revision]] = []
    latest = _LONG_AGO  # clocks may be set back: the order is the journal's
    for one in known:
        latest = max(latest, one.at)
        found.append((latest, one))
        unknown.pop(one.sha256, None)
    for sha256, at in unknown.items():
        by = made_by(None, None, restored=False)
        found.append((at, Revision(0, at, sha256, by, None, None, is_first=False, is_now=False)))
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def utf8_text(key: str, data: bytes) -> str:
    """Return a text that is to be a note.

    Raises:
        StorageError: it is not UTF-8.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise StorageError(
            f"a text of the note of {key} is not UTF-8 (byte {error.start + 1})",
            "only texts that are can be restored",
        ) from error

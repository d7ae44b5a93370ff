"""Titles that notes give their papers: noticed where the reader has put another one there."""

from typing import TYPE_CHECKING

from papertrail.domain.errors import StorageError
from papertrail.domain.text import clean_line
from papertrail.library.notes import Notes
from papertrail.library.open_trail import OpenTrail
from papertrail.store.queries import journal, papers

if TYPE_CHECKING:
    from papertrail.domain.reports import NoteSaved


class NoteTitles:
    """The use cases of a paper's title as its note's front matter tells it."""

    def __init__(self, trail: OpenTrail, notes: Notes) -> None:
        self._trail = trail
        self._notes = notes

    def another(self, key: str) -> str:
        """Return the title that a note gives its paper if that is one the paper never had; empty mostly.

        A note keeps the title of the day it was begun, so that what the paper was called once is no news.

        Raises:
            NotFound: no paper has this key.
        """
        from papertrail.notebook.front_matter import title_in

        connection, key = self._trail.database.read(), self._trail.key_of_today(key)
        (paper,) = papers.summaries(connection, [self._trail.paper_id(connection, key)])
        try:
            note = self._trail.notebook.read(key)
        except StorageError:  # told elsewhere
            return ""
        title = clean_line(title_in(note.text)) if note is not None else ""
        if not title or title == clean_line(paper.title):
            return ""
        return "" if title in map(clean_line, journal.titles(connection, key)) else title

    def put_back(self, key: str) -> "NoteSaved | None":
        """Give a note's front matter the title of its paper; None where it tells none.

        Raises:
            NotFound: no paper has this key.
            NoteConflict: the note was changed at this very moment; it stays.
            StorageError: the note cannot be read or written; it is as it was.
        """
        from papertrail.notebook.front_matter import with_title

        connection, key = self._trail.database.read(), self._trail.key_of_today(key)
        (paper,) = papers.summaries(connection, [self._trail.paper_id(connection, key)])
        note = self._trail.notebook.read(key)
        if note is None or (text := with_title(note.text, paper.title)) == note.text:
            return None
        return self._notes.save(key, text, note.sha256)

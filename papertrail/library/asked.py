"""Asked in earnest: questions that somebody really asked, in the notes of the papers they were about."""

from datetime import date
from typing import TYPE_CHECKING

from papertrail.domain.errors import BadInput
from papertrail.domain.operations import Verb
from papertrail.domain.paper import Status
from papertrail.domain.text import clean_line, shorten
from papertrail.library.indexed_notes import IndexedNotes
from papertrail.library.notes import Notes
from papertrail.library.open_trail import OpenTrail
from papertrail.library.papers import Papers
from papertrail.store.queries import asked, reading

if TYPE_CHECKING:
    from papertrail.domain.asked import Asked, AskedOn, Outcome

LONGEST = 400  # characters of a question, and of where it was asked


class AskedQuestions:
    """The use cases of questions that were asked in earnest."""

    def __init__(self, trail: OpenTrail, papers: Papers, notes: Notes, indexed: IndexedNotes) -> None:
        self._trail = trail
        self._papers = papers
        self._notes = notes
        self._indexed = indexed

    def add(self, key: str, wording: str, outcome: "Outcome | None" = None, *, where: str = "") -> "Asked":
        """Keep a question that somebody asked: in the paper's note, with an open answer, in one operation.

        One that was failed marks a paper that was read to be read again. A question that the note asks
        already stays as it is there.

        Args:
            key: the paper's key.
            wording: the question.
            outcome: how it went.
            where: it was asked.

        Raises:
            NotFound: no paper has this key.
            BadInput: there is no question, or it cannot stand in the note; nothing has been changed.
            NoteConflict: the file was changed meanwhile; it stays, and the new text is kept beside it.
            StorageError: the disk did not take it; the file is as it was.
        """
        from papertrail.domain.asked import Asked, Outcome
        from papertrail.library.thinning import Thinning
        from papertrail.notebook.adding import add_question, has_question

        question, occasion = (shorten(clean_line(text), LONGEST) for text in (wording, where))
        if not any(character.isalnum() for character in question):
            raise BadInput("the question is empty", 'say what was asked: papertrail asked KEY "why 3x3?"')
        key = self._trail.key_of_today(key)
        note = self._notes.open(key)
        stands = note.sha256 is not None and has_question(note.text, question)
        file = None
        if not stands:
            text = add_question(note.text, question, self._trail.notebook.template())
            file = self._trail.notebook.save(key, text, note.sha256, self._trail.now())
        with self._trail.operation(Verb.ASKED) as (connection, operation):
            paper = self._trail.paper_id(connection, key)
            if file is not None:
                self._indexed.put(connection, operation, file)
            value = outcome.value if outcome else None
            asked.add(connection, paper, question, occasion, value, operation.at, operation.local_date)
            was = reading.status_of(connection, paper)
            again = outcome is Outcome.FAILED and was is Status.READ
            if again:
                with self._trail.counting(connection, operation, paper, key):
                    reading.set_status(connection, paper, Status.QUEUED, operation.at, operation.local_date)
                self._trail.journal(
                    connection,
                    operation,
                    "status",
                    key,
                    {"status": was.value},
                    {"status": Status.QUEUED.value},
                )
            told = {"question": question, "outcome": value, "where": occasion}
            self._trail.journal(connection, operation, "asked", key, None, told)
            summary = self._papers.summaries([paper])[0]
        if file is not None:
            Thinning(self._trail).thin(key)
        return Asked(summary, question, occasion, outcome, stood_there=stands, to_read_again=again)

    def between(self, first: date, end: date) -> "list[AskedOn]":
        """Return what was asked from a date to the day before another, in order."""
        return list(asked.between(self._trail.database.read(), first, end))

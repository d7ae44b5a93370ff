"""The author's seat: what the reader would have built, asked once before a paper is read."""

from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING

from papertrail.domain.errors import BadInput, StorageError
from papertrail.domain.operations import Verb
from papertrail.domain.settings import GUESS_ASKED
from papertrail.library.indexed_notes import IndexedNotes
from papertrail.library.notes import Notes
from papertrail.library.open_trail import OpenTrail
from papertrail.library.papers import Papers
from papertrail.store.queries import guesses, papers

if TYPE_CHECKING:
    from papertrail.domain.reports import NoteSaved
    from papertrail.domain.seat import Guess, Remembered, Seat
    from papertrail.library.comparisons import Comparisons

LONG_AGO = timedelta(days=60)
EVERY = 3  # days: on one of so many a guess of long ago is shown
LIMITS, KEY_IDEA = "limits", "key idea"


class Guesses:
    """The use cases of guesses before reading."""

    def __init__(
        self,
        trail: OpenTrail,
        papers: Papers,
        notes: Notes,
        comparisons: "Comparisons",
        indexed: IndexedNotes,
    ) -> None:
        self._trail = trail
        self._papers = papers
        self._notes = notes
        self._comparisons = comparisons
        self._indexed = indexed

    def is_to_be_asked(self, key: str) -> bool:
        """Tell whether the reader wants to be asked, and was not yet about this paper, nor has told a guess.

        Raises:
            NotFound: no paper has this key.
        """
        if self._trail.setting(GUESS_ASKED) != "on":
            return False
        connection = self._trail.database.read()
        if guesses.was_asked(connection, self._trail.paper_id(connection, key)):
            return False
        try:
            return self.told(key) is None
        except StorageError:  # nothing can be written there
            return False

    def told(self, key: str) -> "Guess | None":
        """Return the guess that stands in a paper's note.

        Raises:
            NotFound: no paper has this key.
            StorageError: the note cannot be read.
        """
        from papertrail.notebook.adding import guess_in

        self._trail.paper_id(self._trail.database.read(), key)
        file = self._trail.notebook.read(self._trail.key_of_today(key))
        return None if file is None else guess_in(file.text)

    def in_text(self, text: str) -> "Guess | None":
        """Return the guess that stands in the text of a note, saved or not."""
        from papertrail.notebook.adding import guess_in

        return guess_in(text)

    def seat(self, key: str) -> "Seat":
        """Return what is to be seen before a paper is read.

        Raises:
            NotFound: no paper has this key.
            StorageError: its note cannot be read.
        """
        from papertrail.domain.seat import LeftOpen, Seat

        connection = self._trail.database.read()
        paper = self._papers.summaries([self._trail.paper_id(connection, key)])[0]
        parents = [parent.key for parent in papers.references(connection, papers.PARENTS, paper=paper.id)]
        found, silent = list[LeftOpen](), list[str]()
        comparison = self._comparisons.of_papers(parents)
        limits = next((q for q in comparison.questions if q.name.casefold().startswith(LIMITS)), None)
        for number, parent in enumerate(comparison.papers):
            words = limits.answers[number].text if limits else ""
            if words.strip():
                found.append(LeftOpen(parent, words))
            else:
                silent.append(parent.key)
        return Seat(paper, tuple(found), tuple(silent), self.told(key))

    def tell(self, key: str, words: str) -> "NoteSaved":
        """Write a guess into a paper's note, dated and before all sections, in one operation.

        One that stands there is replaced; its text stays in the history.

        Args:
            key: the paper's key.
            words: the guess.

        Raises:
            NotFound: no paper has this key.
            BadInput: there are no words, or they are more than sentences; nothing has been changed.
            NoteConflict: the file was changed meanwhile; it stays, and the new text is kept beside it.
            StorageError: the disk did not take it; the file is as it was.
        """
        from papertrail.library.thinning import Thinning
        from papertrail.notebook.adding import put_guess

        if not words.strip():
            raise BadInput("the guess is empty", "write a sentence or two")
        key = self._trail.key_of_today(key)
        note = self._notes.open(key)
        text = put_guess(note.text, words, self._trail.today(), self._trail.notebook.template())
        file = self._trail.notebook.save(key, text, note.sha256, self._trail.now())
        with self._trail.operation(Verb.GUESS) as (connection, operation):
            saved = self._indexed.put(connection, operation, file)
            guesses.put(connection, self._trail.paper_id(connection, key), operation.local_date)
            self._trail.journal(connection, operation, "guess", key, None, {"words": len(words.split())})
        Thinning(self._trail).thin(key)
        return saved

    def of_long_ago(self, today: date) -> "Remembered | None":
        """Return a guess of months ago beside what the paper did, on some days, by the date alone.

        Args:
            today: the reader's date.
        """
        from papertrail.domain.seat import GUESS, Remembered
        from papertrail.notebook.adding import guess_in
        from papertrail.notebook.sections import note_answers

        if today.toordinal() % EVERY:
            return None
        keys = guesses.old(self._trail.database.read(), (today - LONG_AGO).isoformat(), GUESS)
        template = self._trail.notebook.template()
        at = today.toordinal() // EVERY
        for number in range(min(len(keys), 5)):
            key = keys[(at + number) % len(keys)]
            with suppress(StorageError):
                file = self._trail.notebook.read(key)
                guess = guess_in(file.text) if file else None
                if file is None or guess is None:
                    continue
                answers = note_answers(file.text, template)
                idea = next((a.short for n, a in answers.items() if n.casefold().startswith(KEY_IDEA)), "")
                if idea:
                    return Remembered(key, guess, idea)
        return None

"""Words typed and not saved yet: put aside meanwhile, brought back, forgotten once they are saved."""

from contextlib import suppress
from typing import TYPE_CHECKING

from papertrail.domain.errors import PapertrailError
from papertrail.domain.unsaved import OF_PAPERS, LeftUnsaved, Unsaved, unsaved_words
from papertrail.library.notes import Notes
from papertrail.library.open_trail import OpenTrail

if TYPE_CHECKING:
    from papertrail.notebook.drafts import Drafts

NEW = "new"  # the name of what has no key yet


class UnsavedWords:
    """The use cases of words that are not saved; no operations, as nothing of the trail is another by them.

    Those of notes are `Notes.keep_draft` and what stands beside it, those of tellings `Tellings.put_aside`.
    """

    def __init__(self, trail: OpenTrail, notes: Notes) -> None:
        self._trail = trail
        self._notes = notes

    def keep(self, kind: Unsaved, name: str, text: str) -> None:
        """Put words aside, in place of those this program put aside before; no words are none to keep.

        Args:
            kind: where they are typed.
            name: the key of a paper, the number of a question, or `NEW`.
            text: all of them.

        Raises:
            StorageError: the disk did not take them.
        """
        if text.strip():
            self._drafts(kind).keep(self._name(kind, name), text, None)
        else:
            self.discard(kind, name)

    def take(self, kind: Unsaved, name: str) -> str:
        """Return what was put aside and left, and have it as this program's own from now on.

        Where several programs left words, those of one are returned each time that the ones before were
        discarded. Empty without any, or where they cannot be read.
        """
        with suppress(PapertrailError):
            draft = self._drafts(kind).take(self._name(kind, name))
            return draft.text if draft is not None else ""
        return ""

    def has(self, kind: Unsaved, name: str) -> bool:
        """Tell whether `take` would return something."""
        with suppress(PapertrailError):
            return bool(self._drafts(kind).left(self._name(kind, name)))
        return False

    def discard(self, kind: Unsaved, name: str) -> None:
        """Forget what this program put aside; none is fine.

        Raises:
            StorageError: it cannot be removed.
        """
        self._drafts(kind).discard(self._name(kind, name))

    def let_go(self, kind: Unsaved, name: str) -> None:
        """Leave what this program put aside to whichever looks for it next."""
        self._drafts(kind).let_go(self._name(kind, name))

    def left(self) -> list[LeftUnsaved]:
        """Return all that was put aside and is no part of the trail yet."""
        found = [
            LeftUnsaved(Unsaved.NOTE, key)
            for key in self._trail.notebook.drafts()
            if self._is_unsaved_note(key)
        ]
        for kind in Unsaved:
            if kind is not Unsaved.NOTE:
                found += [LeftUnsaved(kind, name) for name in self._drafts(kind).names()]
        return found

    def _is_unsaved_note(self, key: str) -> bool:
        with suppress(PapertrailError):  # a paper that is gone, a note that cannot be read
            return self._notes.open(key).draft is not None
        return False

    def quiet_line(self) -> str:
        """Return one line that tells of such words; empty without any."""
        with suppress(PapertrailError):
            return unsaved_words(self.left())
        return ""

    def _drafts(self, kind: Unsaved) -> "Drafts":
        return self._trail.notebook.typed(kind)

    def _name(self, kind: Unsaved, name: str) -> str:
        if kind in OF_PAPERS:
            with suppress(PapertrailError):  # words are kept where the database cannot be asked, too
                return self._trail.key_of_today(name)
        return name

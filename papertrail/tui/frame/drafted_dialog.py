"""Dialogs in which something is typed that is put aside until they are left."""

from contextlib import suppress
from functools import partial
from typing import TypeVar

from textual import on

from papertrail.domain.errors import PapertrailError
from papertrail.domain.unsaved import Unsaved
from papertrail.library import Library
from papertrail.tui.frame.drafting import Drafting, DraftTold
from papertrail.tui.frame.steady import Steady
from papertrail.tui.widgets.modal import Modal

Answer = TypeVar("Answer")


class DraftedDialog(Steady, Modal[Answer]):
    """A dialog whose words are put aside while they are typed, whatever ends the program.

    Args:
        library: the open trail.
        kind: what is typed.
        name: of what it is about, as in `UnsavedWords.keep`.

    Attributes:
        left: what was typed when it was open last, and never stored.
    """

    def __init__(self, library: Library, kind: Unsaved, name: str) -> None:
        super().__init__()
        self._library = library
        self._draft = (kind, name)
        self._drafts = Drafting(self)
        self._trouble = ""  # why no draft is kept
        self._is_over = False
        self.left = library.unsaved.take(kind, name)

    def unsaved(self) -> str:
        """Return what is to be put aside; empty while nothing is other than before."""
        raise NotImplementedError

    def tell_trouble(self, words: str) -> None:
        """Say that no draft is kept; nothing once there is one again."""
        raise NotImplementedError

    def put_aside(self) -> None:
        """Put aside what is typed by now, beside the screen; called with each change of it."""
        self._drafts.offer(self._step())

    def _step(self) -> partial[None]:
        return partial(self._library.unsaved.keep, *self._draft, self.unsaved())

    @property
    def trouble(self) -> str:
        """The words that say why no draft is kept; empty while there is one."""
        return f"no draft is kept: {self._trouble}" if self._trouble else ""

    @on(DraftTold)
    def _draft_told(self, message: DraftTold) -> None:
        if message.trouble != self._trouble:
            self._trouble = message.trouble
            self.tell_trouble(self.trouble)

    def keep_draft_now(self) -> None:
        """Put what is typed aside at once; called when the program is told to end."""
        if not self._is_over:
            self._drafts.now(self._step())

    def on_unmount(self) -> None:
        """Put what is typed aside when the program ends with the dialog open."""
        with suppress(PapertrailError):
            self.keep_draft_now()
        self._drafts.end()
        self._library.unsaved.let_go(*self._draft)

    def leave(self, answer: Answer) -> None:
        """Leave; what was typed is stored by now, or was let go."""
        self._is_over = True
        with suppress(PapertrailError):  # it is no more than offered once more
            self._drafts.now(partial(self._library.unsaved.discard, *self._draft))
        self.dismiss(answer)

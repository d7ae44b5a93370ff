"""The tutorial: the program itself on a demo trail, with one line that says what to press next."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from papertrail.domain.paper import PaperSummary
from papertrail.library import Home
from papertrail.tui.frame.app import PapertrailApp
from papertrail.tui.frame.finder import Finder
from papertrail.tui.widgets.data_text import line

LOOK = 0.2  # seconds between two looks whether a step is done
SOUGHT = "mask"
OPEN_ONE = "Press ⏎ on a paper to open it."
LEAVE_NOTE = "Press esc to leave the note."
STEPS: tuple[Mapping[str, str], ...] = (
    {
        "": "Press / to find anything.",
        "Finder": f"Type {SOUGHT}. It finds while you type.",
        "NoteEditor": LEAVE_NOTE,
    },
    {"": OPEN_ONE, "Finder": "Press ⏎ to open the paper.", "NoteEditor": LEAVE_NOTE},
    {
        "": OPEN_ONE,
        "PaperScreen": "Press s: you read it now.",
        "GuessDialog": "Type a guess, ^s keeps it. Or esc: not now.",
    },
    {
        "": OPEN_ONE,
        "PaperScreen": "Press e to write its note.",
        "NoteEditor": "Type a line, then press ^s to save it.",
    },
    {"": "Press 3 for the map: who builds on whom.", "NoteEditor": "Saved. Press esc to leave the note."},
)
"""What to press, by the screen in front; "" stands for all others."""
BACK = "esc goes back."
END = "That is all. u takes back what you did last, ? lists all keys, q ends."


class TutorialLine(Static):
    """The lowest line of every screen: what to press next."""

    DEFAULT_CSS = """
    TutorialLine {
        dock: bottom; height: auto; max-height: 2; padding: 0 1;
        background: $primary; color: $background; text-style: bold;
    }
    """


class Begun(NamedTuple):
    """A paper as it was when one came to it; a step is done when it is otherwise."""

    key: str
    status: str
    note: str | None


class TutorialApp(PapertrailApp):
    """Walks through five steps, each done when the reader has done it."""

    def __init__(self, home: Home, **how: Any) -> None:
        super().__init__(home, **how)
        self.step = 0  # how many are done
        self._begun: Begun | None = None

    def data_shown(self) -> None:
        """Begin with the first step."""
        super().data_shown()
        self.screen_change_signal.subscribe(self, lambda _: self.call_later(self.look))
        self.set_interval(LOOK, self.look)
        self.look()

    def look(self) -> None:
        """Go on when the step is done, and say on the screen in front what to press."""
        if self._exit or not self.screen_stack or not (self.screen.is_running and self.screen.is_mounted):
            return
        screen = self.screen
        while self.step < len(STEPS) and self._is_done(screen):
            self.step += 1
        told = self.told(screen)
        there = next(iter(screen.query(TutorialLine)), None)
        if there is None:
            screen.mount(TutorialLine(line(told)))
        elif str(there.content) != told:
            there.update(line(told))

    def told(self, screen: Screen[Any]) -> str:
        """Return what to press on a screen."""
        if self.step == len(STEPS):
            return END
        lines = STEPS[self.step]
        usual = BACK if isinstance(screen, ModalScreen) else lines[""]
        return f"{self.step + 1}/{len(STEPS)} · {lines.get(_name(screen), usual)} ^q ends the tutorial."

    def _is_done(self, screen: Screen[Any]) -> bool:
        """Tell whether the reader has done what the step asks for."""
        there = _name(screen)
        if self.step == 0:
            return isinstance(screen, Finder) and screen.finds(SOUGHT)
        if self.step == 1:
            return there == "PaperScreen"
        if self.step == 4:
            return there == "MapScreen"
        if there == "PaperScreen":
            now = self._as_it_is(screen.chosen_paper())  # type: ignore[attr-defined]
            if self._begun is None or now is None or now.key != self._begun.key:
                self._begun = now
            elif self.step == 2:
                return now.status != self._begun.status
        if self.step == 3 and there in ("PaperScreen", "NoteEditor") and self._begun is not None:
            return self._note_of(self._begun.key) != self._begun.note
        return False

    def _as_it_is(self, paper: PaperSummary | None) -> Begun | None:
        return None if paper is None else Begun(paper.key, paper.status, self._note_of(paper.key))

    def _note_of(self, key: str) -> str | None:
        assert self.library is not None
        return self.library.notes.open(key).sha256


def _name(screen: Screen[Any]) -> str:
    return type(screen).__name__

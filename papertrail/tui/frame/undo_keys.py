"""The keys that take back what was done, and do it again."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.content import Content
from textual.screen import Screen

from papertrail.domain.errors import Conflict, NotFound
from papertrail.domain.text import clean_line, shorten
from papertrail.tui.frame.background import TrailChanged, tells_failure
from papertrail.tui.frame.host import TrailHost
from papertrail.tui.widgets.data_text import line

if TYPE_CHECKING:
    from papertrail.domain.past import Past, TakenBack

LONGEST_TOLD = 60  # letters of what was done, in the line above the keys
LEAST_TOLD = 20
MARGINS = 12  # cells beside the words of that line
LONGEST_ASKED = 300  # in the dialog
MOST_LOOKED_FOR = 20  # of the papers concerned


class _Way(NamedTuple):
    """How a direction is spoken of.

    Attributes:
        question: where it was done elsewhere.
        done: once it is carried out.
        back: the key that turns it round.
        answer: its key in the dialog, and what it does.
    """

    question: str
    done: str
    back: str
    answer: tuple[str, str]


_BACK = _Way("Take this back?", "taken back", "ctrl+r does it again", ("t", "take it back"))
_AGAIN = _Way("Do this again?", "done again", "u takes it back", ("d", "do it again"))


class UndoKeys:
    """Takes back what was done last, by whatever program, and does it again.

    What the reader did in this run of the program is taken back at once; what comes from elsewhere is shown
    first, since nobody can tell what it is from the screen.

    Args:
        host: the screen that shows the trail.
    """

    def __init__(self, host: TrailHost) -> None:
        self._host = host

    @property
    def screen(self) -> Screen[Any]:
        """The screen that shows the trail."""
        return self._host.screen

    def take_back(self) -> None:
        """Take back the newest change."""
        if self._host.is_open:
            undo = self._host.library.undo
            self._begin(_BACK, undo.next, undo.undo)

    def do_again(self) -> None:
        """Do again what was taken back last."""
        if self._host.is_open:
            undo = self._host.library.undo
            self._begin(_AGAIN, undo.next_again, undo.redo)

    @tells_failure
    def _begin(
        self, way: _Way, look: "Callable[[], TakenBack]", carry_out: "Callable[[str], TakenBack]"
    ) -> None:
        try:
            turn = look()
        except NotFound as error:
            self._host.hint(str(error), warn=True)
            return
        if turn.past.is_own:
            self._carry_out(way, turn, carry_out)
        else:
            self._ask(way, turn, carry_out)

    def _ask(self, way: _Way, turn: "TakenBack", carry_out: "Callable[[str], TakenBack]") -> None:
        """Show what was done, when and where."""
        from papertrail.tui.widgets.dialogs import ChoiceDialog

        what = shorten(clean_line(turn.past.what), LONGEST_ASKED)
        question = Content.assemble(
            (way.question, "bold $primary"),
            " It was not done in this run of the program.\n\n",
            line(what, "bold"),
            "\n",
            line(self._origin(turn.past), "$quiet"),
        )
        key, words = way.answer
        dialog = ChoiceDialog(
            question, [("yes", key, f"{words}; {way.back}"), ("no", "k", "leave it as it is")]
        )

        @tells_failure
        def answered(keys: UndoKeys, answer: str | None) -> None:
            if answer == "yes":
                keys._carry_out(way, turn, carry_out)

        self._host.app.push_screen(dialog, lambda answer: answered(self, answer))

    def _origin(self, past: "Past") -> str:
        from papertrail.domain.goal.words import day_words
        from papertrail.domain.operations import TUI
        from papertrail.domain.past import origin

        today, day = self._host.library.agenda.day(), past.at.date()
        when = "today" if day == today else day_words(day, today)
        where = "another run of this program" if past.program == TUI else origin(past.program)
        return f"{when} {past.at:%H:%M} · {where}"

    def _carry_out(self, way: _Way, turn: "TakenBack", carry_out: "Callable[[str], TakenBack]") -> None:
        """Do just what was looked at, show all that may be another now, and tell it in one line."""
        try:
            taken = carry_out(turn.past.op)
        except (Conflict, NotFound) as error:
            self._host.refresh_all()  # what was looked at is another by now
            self._host.hint(str(error), warn=True)
            return
        self._host.refresh_all(show=self._concerned(taken.past))
        self.screen.post_message(TrailChanged(self.screen))
        room = self._host.app.size.width - len(way.done) - len(way.back) - MARGINS
        what = shorten(clean_line(taken.past.what), max(min(room, LONGEST_TOLD), LEAST_TOLD))
        self._host.hint(f"{way.done}: {what} · {way.back}{_stays(turn.passed)}")

    def _concerned(self, past: "Past") -> str | None:
        """Return the paper under the cursor if it is concerned, else the first one that is there."""
        chosen = self._host.chosen_paper()
        keys = past.papers[:MOST_LOOKED_FOR]
        if chosen is not None and chosen.key in past.papers:
            keys = (chosen.key, *keys)
        for key in keys:
            try:
                return self._host.library.papers.get(key).summary.key
            except NotFound:  # it went with what was taken back
                continue
        return None


def _stays(passed: "tuple[Past, ...]") -> str:
    """Say what was passed, as it cannot be taken back."""
    if not passed:
        return ""
    first, more = passed[0], len(passed) - 1
    told = f" · stays: {shorten(clean_line(first.what), LONGEST_TOLD)}: {first.why_final}"
    return told + (f"; and {more} more" if more else "")

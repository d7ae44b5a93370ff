"""A database that cannot be used while the program is open: said above every screen, until it is well."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message

from papertrail.domain.clock import moment_words
from papertrail.domain.errors import NO_DATABASE, REBUILD, DatabaseLost, PapertrailError
from papertrail.tui.frame.background import in_thread
from papertrail.tui.frame.message_line import hush
from papertrail.tui.frame.notice import BrokenNotice, show_notice
from papertrail.tui.widgets.data_text import line, say
from papertrail.tui.widgets.dialogs import ChoiceDialog

if TYPE_CHECKING:
    from papertrail.library.remains import Remains
    from papertrail.tui.frame.steady_app import SteadyApp


class BrokenTrail:
    """What the program knows of a database that cannot be used.

    Args:
        app: the program.
        open_again: opens the trail once more, where the program could not begin with it.

    Attributes:
        error: what is wrong; None while all is well.
        mended: what the database was made anew from, until that is told.
    """

    class Mended(Message):
        """The database was made anew; `told` says from what."""

        def __init__(self, told: str) -> None:
            super().__init__()
            self.told = told

    def __init__(self, app: "SteadyApp", open_again: Callable[[], None]) -> None:
        self._app = app
        self._open_again = open_again
        self._asked: ChoiceDialog | None = None
        self.error: PapertrailError | None = None
        self.mended = ""

    def met(self, error: PapertrailError) -> bool:
        """Take note of an error; tell whether it is one of these."""
        if not isinstance(error, NO_DATABASE):
            return False
        is_new, self.error = self.error is None, error  # the folder may be back, without its database
        if is_new:
            hush(self._app)  # the screen told it in its line, as it does any other
        self.show()
        return True

    def tells(self, text: str) -> bool:
        """Tell whether a message says what is said above the screen already."""
        return self.error is not None and text.endswith(REBUILD)

    def show(self) -> None:
        """Say it above all screens, those that were opened since among them; or no longer."""
        happened = "gone" if isinstance(self.error, DatabaseLost) else "damaged"
        text = f"The database is {happened}: your words stay here, F5 says what can be done"
        for screen in self._app.screen_stack:
            show_notice(screen, text if self.error and self._app.library else "", BrokenNotice)

    def is_well(self) -> None:
        """Say that the database can be used again."""
        if self.error is not None:
            self.error = None
            say(self._app, self.mended or "the database is there again: all goes on")
            self.mended = ""
        for stack in self._app._screen_stacks.values():
            for screen in stack:
                show_notice(screen, "", BrokenNotice)

    def ask(self) -> None:
        """Say what is wrong and what it can be made anew from, and ask what to do."""
        if self.error is None:
            self._app.look_for_news()
            say(self._app, "the trail is well")
            return
        if self._asked in self._app.screen_stack:
            return
        from papertrail.library.remains import remains

        dialog = self._asked = broken_dialog(
            self.error,
            remains(self._app.home),
            self._app.home.root,
            has_old=self._app.home.database.exists(),
            begins=self._app.library is None,
        )
        self._app.push_screen(dialog, self._answered)

    def _answered(self, answer: str | None) -> None:
        if answer == "rebuild":
            in_thread(self._app.screen, self._rebuilt, group="rebuild")
        elif answer == "quit":
            self._app.exit(0 if self.error is None else self.error.exit_code)
        elif self._app.library is None:
            self._open_again()
        elif answer == "again":
            self._app.look_for_news()

    def _rebuilt(self) -> Message:
        from papertrail.library.rebuilding import rebuild
        from papertrail.library.remains import NO_PAST

        rebuilt = rebuild(self._app.home, clock=self._app.clock)
        of = "" if rebuilt.backup is None else f" from {rebuilt.backup.name}"
        until = "" if rebuilt.knows_past else f": {NO_PAST}"
        if rebuilt.until is not None:
            until = f": it is as of {moment_words(rebuilt.until.astimezone(self._app.clock.now().tzinfo))}"
        return self.Mended(f"made the database anew{of}{until}")


def broken_dialog(
    error: PapertrailError, left: "Remains", root: Path, *, has_old: bool, begins: bool
) -> ChoiceDialog:
    """Ask what to do about a database that cannot be used: `rebuild`, `again`, `quit` or `stay`.

    Args:
        error: what is wrong.
        left: what it can be made anew from.
        root: the folder of the trail.
        has_old: whether there is a file in its place, damaged or empty.
        begins: whether the program has just begun, and shows nothing yet.
    """
    from papertrail.library.remains import NO_PAST

    head = (
        ("The database of this trail cannot be used\n\n", "bold $warning"),
        line(error.cause.replace(f"{root}{os.sep}", "")),
    )
    if left.is_nothing:
        question = Content.assemble(*head, ("\n\nPut it back where it was, and all goes on.", "$quiet"))
    else:
        no_past = "" if left.knows_past else f" No backup and no copy of the journal is here: {NO_PAST}."
        question = Content.assemble(
            *head,
            ("\n\nNotes and their earlier texts stay as they are. It can be made anew from ", "$quiet"),
            line(left.words()),
            (".", "$quiet"),
            (no_past, "$warning"),
            (" The old one is kept in .papertrail/damaged." if has_old else "", "$quiet"),
        )
    rebuild = ("rebuild", "r", "make it anew from these, as papertrail rebuild does")
    stay = ("quit", "q", "quit") if begins else ("stay", "k", "stay here; it is looked for each second")
    return ChoiceDialog(
        question,
        [
            *([] if left.is_nothing else [rebuild]),
            ("again", "t", "try again: I have put it back"),
            *([] if begins else [("quit", "q", "quit; papertrail doctor looks closer")]),
            stay,
        ],
        careful=True,
    )

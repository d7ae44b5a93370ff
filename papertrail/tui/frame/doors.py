"""The ways from one screen to another: each room is imported when somebody goes there."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual.app import App
from textual.screen import Screen

from papertrail.library import Library

if TYPE_CHECKING:
    from papertrail.domain.recall.review import ReviewDay
    from papertrail.domain.reports import NoteSaved
    from papertrail.domain.tellings import Telling, TellingPage


@runtime_checkable
class Shows(Protocol):
    """A screen that shows something of the trail, with a line to tell something."""

    def refresh_all(self) -> None:
        """Read everything again."""

    def hint(self, text: str, *, warn: bool = False) -> None:
        """Tell the reader one line."""


def open_paper(app: App[Any], library: Library, key: str) -> None:
    """Open a paper's own screen; if the paper goes, what happened to it is told on the screen below."""
    from papertrail.tui.paper.screen import PaperScreen

    below = app.screen

    def closed(told: str | None) -> None:
        if told and isinstance(below, Shows):
            below.refresh_all()
            below.hint(told)

    app.push_screen(PaperScreen(library, key), closed)


def edit_note(
    app: App[Any],
    library: Library,
    key: str,
    *,
    section: str = "",
    at: "Callable[[str], tuple[int, int] | None] | None" = None,
    edited: "Callable[[NoteSaved | None], None] | None" = None,
) -> None:
    """Open the built-in editor on a note.

    Args:
        app: the program.
        library: the open trail.
        key: of the paper.
        section: where to begin, unless at the first one that is open.
        at: gives row and column to begin at in the text, from 0; None where it is not there any more.
        edited: told what was saved last, None for nothing, when the editor is left.
    """
    from papertrail.tui.note.editor import NoteEditor

    app.push_screen(NoteEditor(library, key, section, at), edited)


def edit_summary(
    app: App[Any],
    library: Library,
    name: str,
    *,
    at: "Callable[[str], tuple[int, int] | None] | None" = None,
    edited: "Callable[[NoteSaved | None], None] | None" = None,
) -> None:
    """Open the built-in editor on the note about a lineage; what else is as for `edit_note`."""
    from papertrail.tui.note.summary_editor import SummaryEditor

    app.push_screen(SummaryEditor(library, name, at), edited)


def edit_note_outside(
    app: App[Any], library: Library, key: str, edited: "Callable[[NoteSaved | None], None]"
) -> None:
    """Lend the terminal to the reader's own editor; `edited` is told what it saved, None for nothing."""
    from papertrail.tui.note.external_editor import edit_outside

    edit_outside(app, library, key, edited)


def open_history(
    app: App[Any],
    library: Library,
    key: str,
    left: "Callable[[NoteSaved | None], None] | None" = None,
) -> None:
    """Show every text a note had; `left` is told which was restored last, None for none."""
    from papertrail.tui.note.history import NoteHistory

    app.push_screen(NoteHistory(library, key), left)


def merge_note(app: App[Any], library: Library, key: str, merged: "Callable[[str | None], None]") -> None:
    """Make one note of two texts of a paper; `merged` is told what came of it, None for nothing."""
    from papertrail.tui.note.merge import MergeScreen

    app.push_screen(MergeScreen(library, key), merged)


def open_comparison(
    app: App[Any], library: Library, keys: Sequence[str], at: str, *, lineage: str = "", view: str = ""
) -> None:
    """Read the notes of papers down one question, beginning at the paper `at`: those of a lineage or view."""
    from papertrail.tui.compare.screen import CompareScreen

    app.push_screen(CompareScreen(library, keys, at, lineage=lineage, view=view))


def tell_lineage(
    app: App[Any], library: Library, page: "TellingPage", told: "Callable[[Telling | None], None]"
) -> None:
    """Let the reader tell a lineage from memory; `told` is given what was kept, None for nothing."""
    from papertrail.tui.tell.screen import TellScreen

    app.push_screen(TellScreen(library, page), told)


def begin_review(app: App[Any], library: Library, day: "ReviewDay") -> None:
    """Ask these questions, one after the other."""
    from papertrail.tui.review.asking import AskingScreen

    app.push_screen(AskingScreen(library, day))


def show_help(screen: Screen[Any]) -> None:
    """Explain keys, signs and words of a screen."""
    from papertrail.tui.frame.help import HelpScreen

    screen.app.push_screen(HelpScreen(screen))


def show_on_papers(app: App[Any], query: str = "", *, lineage: str = "") -> None:
    """Go to the papers, to those of a query or lineage; without either, to where one is typed."""
    from papertrail.tui.frame.trail_screen import TrailScreen

    is_any = not query and not lineage
    app.post_message(TrailScreen.PapersAsked(query=query, lineage=lineage, find=is_any))


def find(screen: Screen[Any], library: Library, **own_ways: Any) -> None:
    """Find anything in the trail, and go there.

    Args:
        screen: from where.
        library: the open trail.
        own_ways: fields of `Ways` that lead elsewhere from this screen.
    """
    from papertrail.tui.frame.finder import Finder
    from papertrail.tui.frame.found import ways_of

    def go(there: "Callable[[], object] | None") -> None:
        if there is not None:
            there()

    screen.app.push_screen(Finder(library, ways_of(screen.app, library)._replace(**own_ways)), go)

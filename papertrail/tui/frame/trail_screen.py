"""What the screens of the modes have in common: they wait for the trail, keep up with it, and tell."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.screen import Screen
from textual.strip import Strip

from papertrail.domain.paper import PaperSummary, Status
from papertrail.library import Library
from papertrail.tui.frame.background import UseCaseFailed
from papertrail.tui.frame.bindings import (
    CORRECTION_BINDINGS,
    FIND_BINDING,
    MARK_BINDINGS,
    PAGE_BINDINGS,
    REVIEW_BINDING,
    STATUS_BINDINGS,
    UNDO_BINDINGS,
)
from papertrail.tui.frame.host import Mode
from papertrail.tui.frame.key_bar import KeyBar
from papertrail.tui.frame.message_line import MessageLine
from papertrail.tui.frame.status_keys import StatusKeys
from papertrail.tui.frame.steady import Steady
from papertrail.tui.frame.theme import BREAKPOINTS
from papertrail.tui.frame.undo_meaning import undo_meaning
from papertrail.tui.widgets.data_text import say
from papertrail.tui.widgets.focus import FocusInPlace
from papertrail.tui.widgets.ink import blank

if TYPE_CHECKING:
    from papertrail.tui.frame.asked_keys import AskedKeys
    from papertrail.tui.frame.correction_keys import CorrectionKeys
    from papertrail.tui.frame.errands import Errands
    from papertrail.tui.frame.lineage_keys import LineageKeys
    from papertrail.tui.frame.mark_keys import MarkKeys
    from papertrail.tui.frame.page_keys import PageKeys
    from papertrail.tui.frame.undo_keys import UndoKeys


class TrailScreen(Steady, FocusInPlace, Screen[None]):
    """A screen of one mode of the program.

    Its widgets are put in when it has its size, all at once, and filled at once if the trail is open by then:
    Textual styles, lays out and draws what `compose` gives several times over before the first frame; so that
    frame comes a tenth earlier. Pieces that it has no use for are made when a key asks for them.

    Args:
        built: called when all widgets are there, before the first frame.
        mode: this screen itself, as what the pieces it has in common with others see of it.
    """

    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = [
        *STATUS_BINDINGS,
        *MARK_BINDINGS,
        *UNDO_BINDINGS,
        *PAGE_BINDINGS,
        *CORRECTION_BINDINGS,
        REVIEW_BINDING,
        Binding("L", "lineage", "Change lineages", tooltip="put in, order, link, save", id="papers.lineage"),
        Binding(
            "a",
            "add",
            "Add from arXiv",
            tooltip="by id, address, DOI, reference, or a pasted list",
            id="papers.add",
        ),
        Binding("A", "add_by_hand", "Add by hand", tooltip="a paper of any kind", id="papers.add_by_hand"),
        Binding(
            "I", "import_file", "Import a file", tooltip="BibTeX, RIS, Zotero, ids …", id="papers.import"
        ),
        Binding("F", "search", "Search arXiv", tooltip="and add what is found", id="papers.search"),
        Binding("f", "fetch", "Fetch abstracts", tooltip="where they lack", id="papers.fetch"),
        Binding("x", "export", "Export Markdown", tooltip="notes, lineages, index", id="papers.export"),
        Binding("e", "edit_note", "Write the note", tooltip="built-in editor", id="note.edit"),
        Binding("E", "edit_note_outside", "Note in $EDITOR", tooltip="your own editor", id="note.outside"),
        Binding(
            "H", "note_history", "Earlier texts of the note", tooltip="every one is kept", id="note.history"
        ),
        FIND_BINDING,
        Binding("question_mark", "help", "Help", id="app.help"),
        Binding("ctrl+p", "app.command_palette", "Palette", show=False, id="app.palette"),
        Binding("q", "app.quit", "Quit", id="app.quit"),
    ]

    class PapersAsked(Message):
        """The reader wants to see papers: one (with a line to tell there), a lineage, those of a query, or
        to look for some.
        """

        def __init__(
            self,
            *,
            key: str = "",
            told: str = "",
            warn: bool = False,
            lineage: str = "",
            query: str = "",
            find: bool = False,
        ) -> None:
            super().__init__()
            self.key = key
            self.told = told
            self.warn = warn
            self.lineage = lineage
            self.query = query
            self.find = find

    class LineageChosen(Message):
        """The reader went to a lineage; the other screen that shows one at a time goes there, too."""

        def __init__(self, lineage: str) -> None:
            super().__init__()
            self.lineage = lineage

    def __init__(self, built: Callable[[], None], mode: Mode) -> None:
        super().__init__()
        self._mode = mode
        self.statuses = StatusKeys(mode)
        self._built = built
        self._opened: Library | None = None
        self._is_built = False
        self._was_left = False  # for another screen, since this one was looked at
        self._stale = False
        self._has_notice = False
        self._is_old_news = False  # what the line above the keys tells, since one went elsewhere

    @cached_property
    def errands(self) -> "Errands":
        """Adding, fetching, exporting, writing notes."""
        from papertrail.tui.frame.errands import Errands

        return Errands(self._mode)

    @cached_property
    def lineages(self) -> "LineageKeys":
        """Lineages changed."""
        from papertrail.tui.frame.lineage_keys import LineageKeys

        return LineageKeys(self._mode)

    @cached_property
    def marks(self) -> "MarkKeys":
        """Tags and ratings."""
        from papertrail.tui.frame.mark_keys import MarkKeys

        return MarkKeys(self._mode)

    @cached_property
    def asked(self) -> "AskedKeys":
        """Questions that somebody really asked."""
        from papertrail.tui.frame.asked_keys import AskedKeys

        return AskedKeys(self._mode)

    @cached_property
    def undos(self) -> "UndoKeys":
        """Changes taken back, and done again."""
        from papertrail.tui.frame.undo_keys import UndoKeys

        return UndoKeys(self._mode)

    @cached_property
    def corrections(self) -> "CorrectionKeys":
        """Papers corrected by hand."""
        from papertrail.tui.frame.correction_keys import CorrectionKeys

        return CorrectionKeys(self._mode)

    @cached_property
    def pages(self) -> "PageKeys":
        """Pages opened, citations copied."""
        from papertrail.tui.frame.page_keys import PageKeys

        return PageKeys(self._mode, self._mode.no_paper, self.errands.fetch_pdf)

    @property
    def library(self) -> Library:
        """The open trail; asked only once it is open."""
        assert self._opened is not None
        return self._opened

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw what is in sight between the widgets."""
        return blank(self, crop)

    @property
    def is_open(self) -> bool:
        """Whether the trail is open."""
        return self._opened is not None

    def on_mount(self) -> None:
        """Put the widgets in when the screen has its size.

        Later than what is in line already: the last event that tells the size would have all drawn twice.
        """
        self._take_width()
        self.call_later(self.call_later, self._build)

    def _take_width(self) -> None:
        """Name the width as the first event that tells it would: that has all styles worked out once more."""
        width = self.app.size.width
        self.update_classes({name: False for _, name in BREAKPOINTS}, update=False)
        self.set_class(True, [name for least, name in BREAKPOINTS if least <= width][-1], update=False)

    async def _build(self) -> None:
        self._take_width()
        with self.app.batch_update():
            await self._mode.mount_widgets()
            self._is_built = True
            self._built()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let no key do anything before the widgets are there: keys typed ahead arrive earlier."""
        return self._is_built

    def open(self, library: Library) -> None:
        """Take the open trail."""
        self._opened = library
        self._show_trouble()

    def news_arrived(self) -> None:
        """Show what another program has changed: now, or when this screen is looked at again."""
        if not self.is_open:
            return
        self._show_trouble()
        if self.is_current:
            self._mode.refresh_all()
        else:
            self._stale = True

    def _show_trouble(self) -> None:
        """Show above everything what is wrong with the notes, as long as something is."""
        trouble = self.library.notes.trouble
        if trouble or self._has_notice:
            from papertrail.tui.frame.notice import show_notice

            show_notice(self, trouble)
        self._has_notice = bool(trouble)

    def hint(self, text: str, *, warn: bool = False) -> None:
        """Tell the reader one line, above the keys."""
        self._is_old_news = False
        self.show_keys()
        self.query_one(MessageLine).tell(text, warn=warn)

    def about(self, text: str, *, warn: bool = False) -> None:
        """Tell of what is under the cursor, unless an error is told that nothing has succeeded since."""
        if not self.query_one(MessageLine).holds:
            self.hint(text, warn=warn)

    def show_keys(self) -> None:
        """Say in the line of keys what they do to what is under the cursor."""
        if self.is_open:
            self.query_one(KeyBar).set_meanings(self.key_meanings())

    def key_meanings(self) -> dict[str, str]:
        """Return what those keys do now that do not always do the same."""
        return self.statuses.meanings() | undo_meaning(self.library)

    def on_screen_suspend(self) -> None:
        """What is told here may no longer be true when one comes back."""
        self._was_left = self._is_old_news = True
        if not self.app.screen.is_modal:
            for told in self.query(MessageLine):
                told.holds = False

    def on_screen_resume(self) -> None:
        """Show what another screen, or another program, may have changed."""
        if self._stale:
            self._mode.refresh_all()
        elif self._was_left and self.is_open:
            self._mode.refresh_paper()
        if self._is_old_news and self.is_open:
            self._mode.describe()
        self._stale = self._was_left = False

    @on(UseCaseFailed)
    def _use_case_failed(self, message: UseCaseFailed) -> None:
        say(self, str(message.error), "error")

    def on_click(self, event: events.Click) -> None:
        """Go to the paper or the lineage whose name was clicked."""
        from papertrail.tui.frame.paper_text import leads_to

        if there := leads_to(event.style.meta):
            self.follow(*there)

    def follow(self, kind: str, name: str) -> None:
        """Go to what a name leads to."""
        from papertrail.tui.frame import paper_text

        if kind == paper_text.PAPER:
            self.open_paper(name)
        elif kind == paper_text.LINEAGE:
            self.post_message(self.PapersAsked(lineage=name))
        else:
            self.pages.open_address(name)

    # What the keys that all modes share do

    def open_paper(self, key: str) -> None:
        """Open a paper's own screen."""
        from papertrail.tui.frame import doors

        doors.open_paper(self.app, self.library, key)

    def chosen_papers(self) -> list[PaperSummary]:
        """Return the papers that a key is about: the one under the cursor."""
        paper = self._mode.chosen_paper()
        return [] if paper is None else [paper]

    def chosen_statuses(self) -> list[Status]:
        """Return the statuses of these papers as they are shown."""
        return [paper.status for paper in self._mode.chosen_papers()]

    def refresh_queue(self, key: str) -> None:
        """Show the queue's new order, the cursor staying on the paper `key`."""
        self._mode.refresh_all(show=key)

    def lineage_renamed(self, new: str) -> None:
        """The lineage in sight has another name."""

    def lineage_removed(self) -> None:
        """The lineage in sight is no more."""

    def action_next_status(self) -> None:
        """One step on with the chosen papers."""
        self.statuses.next()

    def action_go_back(self) -> None:
        """Give each of the chosen papers the status it had before."""
        self.statuses.go_back()

    def action_set_status(self, status: str) -> None:
        """Give the chosen papers a status."""
        self.statuses.set(status)

    def action_move_in_queue(self, rows: int) -> None:
        """Move the paper up or down: in its lineage where one is in sight, else in the queue."""
        if self._mode.current_lineage() is None:
            self.statuses.move_in_queue(rows)
        else:
            self.lineages.move(rows)

    def action_lineage(self) -> None:
        """Show what can be done with the lineage in sight and the chosen papers."""
        self.lineages.ask()

    def action_tag(self) -> None:
        """Ask for tags and rating of the chosen papers."""
        self.marks.ask()

    def action_asked(self) -> None:
        """Keep a question that somebody asked about the paper under the cursor."""
        self.asked.ask()

    def action_take_back(self) -> None:
        """Take back what was done last."""
        self.undos.take_back()

    def action_do_again(self) -> None:
        """Do again what was taken back last."""
        self.undos.do_again()

    def action_open_page(self) -> None:
        """Open a page or the PDF of the chosen paper."""
        self.pages.open()

    def action_copy_citation(self) -> None:
        """Copy how the chosen paper is cited."""
        self.pages.copy()

    def action_add(self) -> None:
        """Ask for arXiv ids and add their papers."""
        self.errands.add()

    def action_add_by_hand(self) -> None:
        """Ask for what is known of a paper, and add it."""
        self.corrections.add()

    def action_correct(self) -> None:
        """Ask for what is known of the chosen paper, as it is, to be corrected."""
        self.corrections.correct()

    def action_rename(self) -> None:
        """Ask for another key for the chosen paper."""
        self.corrections.rename()

    def action_unite(self) -> None:
        """Ask which paper the chosen one is the same as."""
        self.corrections.unite()

    def action_remove(self) -> None:
        """Ask whether the chosen paper is to go."""
        self.corrections.remove()

    def action_search(self) -> None:
        """Search arXiv, and add what is chosen."""
        self.errands.search()

    def action_import_file(self) -> None:
        """Bring in what another program keeps."""
        self.errands.import_file()

    def action_fetch(self) -> None:
        """Fetch abstracts and dates of all papers that lack them."""
        self.errands.fetch()

    def action_export(self) -> None:
        """Write notes, lineages and an index as Markdown."""
        self.errands.export()

    def action_edit_note(self) -> None:
        """Write the note of the chosen paper."""
        self.errands.edit_note()

    def action_edit_note_outside(self) -> None:
        """Write the note of the chosen paper in the reader's own editor."""
        self.errands.edit_note_outside()

    def action_note_history(self) -> None:
        """Show every text that the note of the chosen paper had."""
        self.errands.note_history()

    def action_review(self) -> None:
        """Be asked about the chosen papers."""
        self.errands.review()

    def action_help(self) -> None:
        """Explain keys, signs and words."""
        from papertrail.tui.frame import doors

        doors.show_help(self)

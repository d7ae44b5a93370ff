"""Every text a note had: which, when, by whom; what changed in it; and the way back to it."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from papertrail.domain.errors import NotFound, PapertrailError
from papertrail.domain.history import Revision
from papertrail.domain.paper import PaperSummary
from papertrail.domain.reports import NoteSaved
from papertrail.library import Library
from papertrail.tui.frame import doors
from papertrail.tui.frame.background import TrailChanged, UseCaseFailed, WorkTold, in_thread, tells_failure
from papertrail.tui.frame.bindings import FIND_BINDING, UNDO_BINDINGS
from papertrail.tui.frame.key_bar import KeyBar
from papertrail.tui.frame.message_line import MessageLine
from papertrail.tui.frame.steady import Steady
from papertrail.tui.frame.tabs import PlaceTabs
from papertrail.tui.frame.theme import BREAKPOINTS
from papertrail.tui.frame.undo_keys import UndoKeys
from papertrail.tui.frame.undo_meaning import undo_meaning
from papertrail.tui.note.revisions import RevisionList, diff_blocks
from papertrail.tui.widgets.data_text import line, say
from papertrail.tui.widgets.focus import FocusInPlace
from papertrail.tui.widgets.row_list import RowList
from papertrail.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from papertrail.domain.word_diff import Line

MOST_AT_ONCE = 4_000  # words of two texts that are compared while the reader waits, in a few milliseconds
WIDEST = 98  # cells of running text
KEYS = (
    ("⏎", "restore"),
    ("d", "against now"),
    ("n", "next change"),
    ("space", "read on"),
    ("u", "undo"),
    ("/", "find"),
    ("?", "help"),
    ("esc", "back"),
)
ABOUT_TEXTS = ("⏎", "d", "n", "space")  # they act on a text the note had
SPARE_KEYS = (("/", "find"), ("u", "undo"), ("space", "read on"), ("n", "next change"))


class NoteHistory(Steady, FocusInPlace, Screen[NoteSaved | None]):
    """Lists the texts of one note beside what changed; gives back the last one restored, None for none.

    Args:
        library: the open trail.
        key: the paper's key.
    """

    CSS_PATH = "note.tcss"
    AUTO_FOCUS = "RevisionList"
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "against", "Compare with now", tooltip="or with the text before", id="history.against"),
        Binding("n", "change(1)", "Next change", id="history.next"),
        Binding("N", "change(-1)", "Change before", id="history.previous"),
        Binding("space,right,l", "page(1)", "Read on", tooltip="the text at the right", id="history.page"),
        Binding("left,h", "page(-1)", "Read back", id="history.page_back"),
        *UNDO_BINDINGS,
        FIND_BINDING,
        Binding("question_mark", "help", "Help", id="app.help"),
        Binding("escape,q,backspace", "back", "Back", id="app.back"),
    ]

    def __init__(self, library: Library, key: str) -> None:
        super().__init__()
        self.library = library
        self.undos = UndoKeys(self)
        self._key = key
        self._paper: PaperSummary | None = None
        self._revisions: list[Revision] = []
        self._against_now = False
        self._lines: list[Line] = []
        self._begins: list[int] = []
        self._at = 0  # the change that is read
        self._shown: tuple[int, int, bool] | None = None
        self._restored: NoteSaved | None = None
        self._is_refused = False

    def compose(self) -> ComposeResult:
        """The paper; the texts beside what changed; what was done; the keys."""
        yield PlaceTabs()
        yield Static("", id="history-title")
        with Horizontal(id="history-columns"):
            yield RevisionList()
            yield Sheet()
        yield MessageLine()
        yield KeyBar(KEYS, SPARE_KEYS, id="keys")

    def on_mount(self) -> None:
        """Where the texts cannot be seen say why, and go back."""
        try:
            if not self.library.history.revisions(self._key):
                self.library.notes.open(self._key)  # one that cannot be read is there
        except PapertrailError as error:
            self._is_refused = True
            self.dismiss(None)
            say(self.app, str(error), "warning")

    def on_screen_resume(self) -> None:
        """Show the texts, the cursor on the newest at first; another screen may have changed them since."""
        if not self._is_refused:
            self.refresh_all()

    def news_arrived(self) -> None:
        """Show what another program has changed; under another screen it waits until that is left."""
        if self.is_current:
            self.refresh_all()

    @tells_failure
    def refresh_all(self, *, show: str | None = None) -> None:
        """Read the list again; the cursor stays on its text."""
        try:
            self._paper = self.library.papers.get(self._key).summary
            self._revisions = self.library.history.revisions(self._key)
        except NotFound:  # the paper went with what was taken back: told by the screen below
            if self.is_current:
                self.dismiss(self._restored)
            return
        self._shown = None
        self._say_keys()
        self.query_one(RevisionList).show(self._revisions, self.library.agenda.day().year)

    def _say_keys(self) -> None:
        """Name the keys that have something to act on."""
        against = "against the one before" if self._against_now else "against now"
        idle = {} if self._revisions else dict.fromkeys(ABOUT_TEXTS, "")
        self.query_one(KeyBar).set_meanings({"d": against} | idle | undo_meaning(self.library))

    # What the keys that take back ask of the screen

    @property
    def is_open(self) -> bool:
        """Texts come from an open trail."""
        return True

    def chosen_paper(self) -> PaperSummary | None:
        """Return the paper whose note it is."""
        return self._paper

    def hint(self, text: str, *, warn: bool = False) -> None:
        """Tell the reader one line, above the keys."""
        self.query_one(MessageLine).tell(text, warn=warn)

    @on(UseCaseFailed)
    def _failed(self, message: UseCaseFailed) -> None:
        say(self, str(message.error), "error")

    # What changed in the text under the cursor

    @on(RowList.Moved)
    def _moved(self) -> None:
        self._compare()

    @tells_failure
    def _compare(self) -> None:
        """Show what changed in the text under the cursor; a long one is compared beside the screen."""
        new = self.query_one(RevisionList).chosen
        if new is None:
            self._show_title(None, None)
            self.query_one(Sheet).show([], header=[], at=(0, 0))
            return
        before = self._before(new)
        is_now = self._against_now and not new.is_now
        old = next((one for one in self._revisions if one.is_now), None) if is_now else before
        wanted = (new.number, old.number if old else 0, is_now)
        if wanted == self._shown:
            return
        self._shown = wanted
        self._show_title(old, new)
        # Against now: what restoring would take out of the note, and what it would bring back.
        words = (new.words, old.words if old else 0)
        if None not in words and sum(filter(None, words)) <= MOST_AT_ONCE:
            self._show_diff(wanted, *self._told(old, new, before))
            return

        def compare() -> Message:
            return WorkTold(partial(self._show_diff, wanted, *self._told(old, new, before)))

        self.query_one(Sheet).show([], header=[], at=(0, 0))
        in_thread(self, compare, group="compare")

    def _before(self, revision: Revision) -> Revision | None:
        return next((one for one in self._revisions if one.number < revision.number), None)

    def _told(
        self, old: Revision | None, new: Revision, before: Revision | None
    ) -> "tuple[list[Line], Revision]":
        history = self.library.history
        return history.compare(self._key, old, new), history.looked_at(self._key, new, before)

    def _show_diff(self, wanted: tuple[int, int, bool], lines: "list[Line]", looked_at: Revision) -> None:
        self.query_one(RevisionList).put(looked_at)
        if wanted == self._shown:
            self._lines, self._at = lines, 0
            self._draw()

    def _draw(self) -> None:
        sheet = self.query_one(Sheet)
        width = min(sheet.column_width(1), WIDEST)
        blocks, self._begins = diff_blocks(self, self._lines, width)
        at = self._begins[min(self._at, len(self._begins) - 1)] if self._begins else 0
        sheet.show(blocks, header=[], at=(at, 0), apart=0)

    def on_resize(self) -> None:
        """Set the text anew."""
        if self._lines:
            self.call_after_refresh(self._draw)

    def _show_title(self, old: Revision | None, new: Revision | None) -> None:
        parts: list[Content] = []
        if new is not None:
            what = f"text {new.number}"
            if old is None:
                what += ", the first that is kept"
            elif self._against_now and not new.is_now:
                what += ": what restoring it would change"
            else:
                what += f" against {old.number}, the one before"
            parts = [line(what, "bold $primary"), Content("  ")]
        title = line(self._paper.title if self._paper else self._key, "$quiet")
        self.query_one("#history-title", Static).update(Content.assemble(*parts, title))

    # Keys

    @on(RowList.Chosen)
    @tells_failure
    def _restore(self) -> None:
        """Make the text under the cursor the note again; `u` takes that back."""
        chosen = self.query_one(RevisionList).chosen
        if chosen is None:
            return
        restored = self.library.history.restore(self._key, chosen)
        if restored is None:
            self.hint("the note is like that already")
            return
        self._restored = restored.saved
        rows = self.query_one(RevisionList)
        self.refresh_all()
        rows.cursor = 0
        self.post_message(TrailChanged(self))
        at = chosen.at
        self.hint(f"the note is as of {at.day} {at:%b %Y, %H:%M} again · u takes it back")

    def action_against(self) -> None:
        """Compare with what the note is now, or with the text before again."""
        self._against_now = not self._against_now
        self._say_keys()
        self._compare()

    def action_change(self, step: int) -> None:
        """Go to the next place that changed, or the one before."""
        if self._begins:
            self._at = (self._at + step) % len(self._begins)
            self.query_one(Sheet).go_to(self._begins[self._at], 0)
        else:
            self.hint("nothing changed here")

    def action_page(self, direction: int) -> None:
        """Scroll the text by a window."""
        self.query_one(Sheet).page(direction)

    def action_take_back(self) -> None:
        """Take back what was done last."""
        self.undos.take_back()

    def action_do_again(self) -> None:
        """Do again what was taken back last."""
        self.undos.do_again()

    def action_help(self) -> None:
        """Explain keys, signs and words."""
        doors.show_help(self)

    def action_back(self) -> None:
        """Go back."""
        self.dismiss(self._restored)

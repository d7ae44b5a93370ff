"""All lineages at once: blocks in time, how far one is, what links lead where; one is opened from here."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from papertrail.library import Library
from papertrail.tui.frame import doors
from papertrail.tui.frame.background import UseCaseFailed, tells_failure
from papertrail.tui.frame.bindings import FIND_BINDING
from papertrail.tui.frame.key_bar import KeyBar
from papertrail.tui.frame.message_line import MessageLine
from papertrail.tui.frame.steady import Steady
from papertrail.tui.frame.tabs import PlaceTabs
from papertrail.tui.map.overview import OverviewView
from papertrail.tui.map.words import OVERVIEW_SIGNS, in_rows, one_line
from papertrail.tui.widgets.cells import fit
from papertrail.tui.widgets.data_text import line, say
from papertrail.tui.widgets.focus import FocusInPlace
from papertrail.tui.widgets.text_in_place import put_text

ALL = ""
"""Chosen where all papers are wanted, and no lineage."""
KEYS = (("↑↓", "walk"), ("⏎", "open"), ("/", "find"), ("?", "help"), ("esc", "back"))
SPARE_KEYS = (("/", "find"),)
HINT_ROWS = 3  # lines below them, as in the style sheet
TALL = 30  # rows from which the signs are explained at the foot


class OverviewScreen(Steady, FocusInPlace, Screen[str | None]):
    """Shows the lineages, and tells which one was chosen: its name, `ALL`, or None for none.

    Args:
        library: the open trail.
        name: of the lineage the cursor is on at first; None for all papers.
    """

    CSS_PATH = "map.tcss"
    AUTO_FOCUS = "OverviewView"
    BINDINGS: ClassVar[list[BindingType]] = [
        FIND_BINDING,
        Binding("question_mark", "help", "Help", id="app.help"),
        Binding("escape,q,backspace,0", "back", "Back", id="app.back"),
    ]

    def __init__(self, library: Library, name: str | None) -> None:
        super().__init__()
        self.library = library
        self._name = name
        self._seen = False

    def compose(self) -> ComposeResult:
        """The lineages, what there is to say of one, the keys."""
        yield PlaceTabs()
        yield Static("", id="map-title")
        yield OverviewView()
        yield Static("", id="map-signs")
        yield MessageLine()
        yield KeyBar(KEYS, SPARE_KEYS, id="keys")

    def on_mount(self) -> None:
        """Show them."""
        self._fit_to_size()
        self._show()

    def on_resize(self) -> None:
        """Explain the signs where there is a row for it."""
        self._fit_to_size()
        self._tell()

    def _fit_to_size(self) -> None:
        width, height = self.app.size
        self.set_class(height >= TALL, "-tall")
        put_text(self.query_one("#map-signs", Static), one_line(OVERVIEW_SIGNS, width - 2))

    def news_arrived(self) -> None:
        """Show what another program has changed."""
        if self.is_current:
            self._show()

    def on_screen_resume(self) -> None:
        """Show what another screen may have changed; the first time all has just been read."""
        if self._seen:
            self._show()
        self._seen = True

    @tells_failure
    def _show(self) -> None:
        view = self.query_one(OverviewView)
        overview = self.library.maps.overview()
        count, whole = len(overview.blocks), overview.whole
        told = f"{count} lineage{'' if count == 1 else 's'} · {whole.size} · {whole.progress.counted} counted"
        title = Content.assemble(("All lineages", "bold $primary"), (f"  {told}", "$quiet"))
        put_text(self.query_one("#map-title", Static), title)
        view.set_overview(overview, self._name)

    @on(OverviewView.Moved)
    def _tell(self) -> None:
        """Tell of the lineage under the cursor, which is the one to be on when all is read again."""
        view, width = self.query_one(OverviewView), self.app.size.width - 2
        self._name = view.chosen.progress.name if view.chosen else None
        if told := view.told:
            lines = [line(fit(text, width).rstrip()) for text in in_rows(told, width, HINT_ROWS)]
            if not self.has_class("-tall") and len(lines) < HINT_ROWS:
                lines += [Content("")] * (HINT_ROWS - 1 - len(lines)) + [one_line(OVERVIEW_SIGNS, width)]
            self.query_one(MessageLine).describe(Content("\n").join(lines))

    @on(OverviewView.Opened)
    def _opened(self) -> None:
        self.dismiss(ALL if self._name is None else self._name)

    @on(UseCaseFailed)
    def _failed(self, message: UseCaseFailed) -> None:
        say(self, str(message.error), "error")

    def hint(self, text: str, *, warn: bool = False) -> None:
        """Tell the reader one line."""
        self.query_one(MessageLine).tell(text, warn=warn)

    def action_find(self) -> None:
        """Find anything: a lineage is opened on the map."""
        doors.find(self, self.library, lineage=self.dismiss)

    def action_help(self) -> None:
        """Show the keys."""
        doors.show_help(self)

    def action_back(self) -> None:
        """Go back to the map as it was."""
        self.dismiss(None)

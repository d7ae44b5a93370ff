"""The lineages as maps: what each paper stands on, how far one is, where the next step is."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from papertrail.domain.errors import PapertrailError
from papertrail.domain.lineage_view import LineageView
from papertrail.domain.note import short_section
from papertrail.domain.paper import PaperSummary
from papertrail.library import Library
from papertrail.tui.background import UseCaseFailed, tells_failure
from papertrail.tui.data_text import line
from papertrail.tui.key_bar import KeyBar
from papertrail.tui.map_view import MapView
from papertrail.tui.mode_tabs import ModeTabs
from papertrail.tui.trail_screen import TrailScreen

KEYS = (
    ("←↑↓→", "walk"),
    ("s", "status"),
    ("⏎", "open"),
    ("n", "next step"),
    ("[ ]", "lineage"),
    ("c", "compare"),
    ("e", "note"),
    ("0", "all papers"),
    ("?", "help"),
    ("q", "quit"),
)
SPARE_KEYS = (("0", "all papers"), ("e", "note"), ("c", "compare"))


class MapScreen(TrailScreen):
    """Shows one lineage at a time, or all papers."""

    CSS_PATH = "styles/map_screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "next_step", "Next step", tooltip="the paper to read next here", id="map.next"),
        Binding("left_square_bracket", "other_lineage(-1)", "Lineage before", id="map.previous_lineage"),
        Binding("right_square_bracket", "other_lineage(1)", "Lineage after", id="map.next_lineage"),
        Binding("0", "all_papers", "All papers as one map", id="map.all"),
        Binding(
            "c", "compare", "Compare", tooltip="the lineage's notes, down one question", id="map.compare"
        ),
        Binding("escape", "cancel", "Back", show=False, id="app.cancel"),
    ]

    def __init__(self, built: Callable[[], None]) -> None:
        super().__init__(built)
        self._name: str | None = None
        self._view: LineageView | None = None
        self._described = ""

    async def mount_widgets(self) -> None:
        """The lineage's name above, the map, a line to tell, a line of keys."""
        await self.mount(
            ModeTabs("map"),
            Static("", id="map-title"),
            MapView(),
            Static("", id="hint"),
            KeyBar(KEYS, SPARE_KEYS, id="keys"),
        )

    @tells_failure
    def fill(self, library: Library, told: list[str]) -> None:
        """Show the lineage one is in, at its next step."""
        self.open(library)
        lineages = library.lineages()
        begun = [one for one in lineages if one.is_begun and one.counted < one.total]
        here = (begun or [one for one in lineages if one.counted < one.total] or lineages)[:1]
        self._name = here[0].name if here else None
        self.query_one(MapView).focus()
        self.call_after_refresh(self._show)

    @tells_failure
    def _show(self, cursor: str | None = None) -> None:
        names = [one.name for one in self.library.lineages()]
        if self._name is not None and self._name not in names:  # renamed or removed
            self._name = names[0] if names else None
        view = self._view = self.library.lineage_view(self._name)
        self.query_one(ModeTabs).set_beside(self.library.progress().line)
        title = Content.assemble(line(view.progress.name, "bold $primary"), (f"  {view.line}", "$quiet"))
        self.query_one("#map-title", Static).update(title)
        self.query_one(MapView).set_view(view, cursor=cursor)

    def refresh_all(self, *, show: str | None = None) -> None:
        """Read everything again."""
        if self.is_open:
            self._show(show)

    def refresh_paper(self) -> None:
        """Read everything again: the status of a paper shows on the map."""
        self.refresh_all()

    def show_in_all_papers(self, key: str) -> None:
        """Go to the papers, to this one."""
        self.post_message(self.PapersAsked(key=key))

    def chosen_paper(self) -> PaperSummary | None:
        """Return the paper under the cursor; none while the trail cannot be asked."""
        key = self.query_one(MapView).cursor
        if not self.is_open or not key:
            return None
        try:
            return self.library.paper(key).summary
        except PapertrailError as error:
            self.post_message(UseCaseFailed(error))
            return None

    def hint(self, text: str, *, warn: bool = False) -> None:
        """Tell the reader one line; it stays until the cursor moves."""
        self._described = self.query_one(MapView).cursor
        super().hint(text, warn=warn)

    @on(MapView.Moved)
    @tells_failure
    def _moved(self) -> None:
        key = self.query_one(MapView).cursor
        if not key or key == self._described or self._view is None:
            return
        paper = self.library.paper(key)
        told = [paper.summary.title]
        if paper.summary.owed:
            told.append(f"owes {', '.join(short_section(name) for name in paper.note.missing)}")
        told += [
            f"{parent}, on which it builds, is not read" for child, parent in self._view.gaps if child == key
        ]
        told += [
            f"from {parent}: {text}" for (child, parent), text in self._view.changes.items() if child == key
        ]
        self.hint(" · ".join(told))

    @on(MapView.Opened)
    def _opened_paper(self) -> None:
        self.open_paper(self.query_one(MapView).cursor)

    def current_lineage(self) -> str | None:
        """Return the lineage drawn."""
        return self._name

    def action_next_step(self) -> None:
        """Go to the paper to read next in this lineage."""
        if self._view is None:
            return
        if self._view.next_step is None:
            self.hint("every paper of this lineage is read")
        else:
            self.query_one(MapView).cursor = self._view.next_step

    @tells_failure
    def action_other_lineage(self, step: int) -> None:
        """Go to the lineage before or after."""
        names = [one.name for one in self.library.lineages()] if self.is_open else []
        if names:
            at = names.index(self._name) + step if self._name in names else 0
            self._name = names[at % len(names)]
            self.query_one(MapView).set_reactive(MapView.cursor, "")
            self._show()

    def action_all_papers(self) -> None:
        """Show all papers as one map; the cursor stays on its paper."""
        self._name = None
        self._show()

    @tells_failure
    def action_compare(self) -> None:
        """Read the notes of this lineage down one question."""
        from papertrail.tui.compare_screen import CompareScreen

        if self._view is not None:
            cursor = self.query_one(MapView).cursor
            self.app.push_screen(
                CompareScreen(self.library, self._view.keys, cursor, self._view.progress.name)
            )

    def action_cancel(self) -> None:
        """Stop what is under way."""
        self.cancel_errand()

"""The lineages as maps: what each paper stands on, how far one is, where the next step is."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from papertrail.domain.errors import NotFound, PapertrailError
from papertrail.domain.goal.words import top_words
from papertrail.domain.lineages.view import LineageView
from papertrail.domain.paper import PaperSummary, Status
from papertrail.domain.text import clean_line, shorten
from papertrail.library import Library
from papertrail.tui.frame import doors
from papertrail.tui.frame.background import UseCaseFailed, tells_failure
from papertrail.tui.frame.detail_pane import DetailPane
from papertrail.tui.frame.key_bar import KeyBar
from papertrail.tui.frame.message_line import MessageLine
from papertrail.tui.frame.tabs import ModeTabs
from papertrail.tui.frame.trail_screen import TrailScreen
from papertrail.tui.map.keys import KEYS, SPARE_KEYS
from papertrail.tui.map.title import MapTitle
from papertrail.tui.map.view import MapView
from papertrail.tui.map.words import in_rows, signs_line, told_of
from papertrail.tui.widgets.cells import fit
from papertrail.tui.widgets.data_text import line
from papertrail.tui.widgets.text_in_place import put_text

if TYPE_CHECKING:
    from papertrail.domain.reports import NoteSaved
    from papertrail.domain.tellings import Telling

WITH_DETAIL = 124  # columns from which the paper under the cursor is told beside the map
TALL = 30  # rows from which the signs have a line of their own
ROOMY = 40  # rows from which there are more lines below the map
HINT_ROWS = (3, 5)  # lines below the map, and on a roomy screen; as in the style sheet
LEAST_NAME = 12  # cells of the lineage's name, however much there is to tell
LONGEST_SAID = 32  # letters of a lineage's name in a message
NO_LINEAGES = "No lineages yet: L puts a paper into a new one."
NO_PAPERS = "No papers yet: a adds one from arXiv."
EMPTY_LINEAGE = "No papers in this lineage yet: 2 shows papers, L there puts them in."


class MapScreen(TrailScreen):
    """Shows one lineage at a time, or all papers."""

    CSS_PATH = "map.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "next_step", "Next step", tooltip="the paper to read next here", id="map.next"),
        Binding("left_square_bracket", "other_lineage(-1)", "Lineage before", id="map.previous_lineage"),
        Binding("right_square_bracket", "other_lineage(1)", "Lineage after", id="map.next_lineage"),
        Binding("0", "overview", "All lineages", tooltip="in time; all papers from there", id="map.all"),
        Binding("b", "around(1)", "Around this paper", tooltip="one step; and back", id="map.around"),
        Binding("B", "around(2)", "Two steps around it", tooltip="and back", id="map.around_two"),
        Binding(
            "greater_than_sign",
            "beyond",
            "What other lineages made of it",
            tooltip="show or hide",
            id="map.beyond",
        ),
        Binding("Y", "by_year", "By year", tooltip="along a scale of years; and back", id="map.by_year"),
        Binding("slash", "find", "Find anything", tooltip="a paper or lineage on the map", id="map.find"),
        Binding(
            "c", "compare", "Compare", tooltip="the lineage's notes, down one question", id="map.compare"
        ),
        Binding("T", "tell", "Tell it from memory", tooltip="the lineage, names hidden", id="map.tell"),
        Binding("escape", "cancel", "Back", show=False, id="app.cancel"),
    ]

    def __init__(self, built: Callable[[], None]) -> None:
        super().__init__(built, self)
        self._lineage: str | None = None  # of the lineage drawn; None for all papers
        self._before = ""  # the lineage drawn before all papers were
        self._beyond = False
        self._around: tuple[str, int] | None = None  # the paper whose neighbours are drawn, how many steps
        self._cursors: dict[str | None, str] = {}  # where the cursor was in each lineage
        self._view: LineageView | None = None
        self._described: object = None  # what the lines below are about
        self._is_described = False  # whether they tell of it, not of what was done
        self._detail_pending = False

    async def mount_widgets(self) -> None:
        """The lineage's name above, the map and what there is to say of a paper, a line of keys."""
        await self.mount(
            ModeTabs("map"),
            MapTitle("", id="map-title"),
            Horizontal(MapView(), DetailPane(id="detail"), id="map-panes"),
            Static("", id="map-signs"),
            MessageLine(),
            KeyBar(KEYS, SPARE_KEYS, id="keys"),
        )
        self._fit_to_size()

    def _fit_to_size(self) -> None:
        """Have room beside the map for the paper under the cursor, else a few lines below it."""
        self.set_class(self.app.size.width >= WITH_DETAIL, "-with-detail")
        self.set_class(self.app.size.height >= TALL, "-tall")
        self.set_class(self.app.size.height >= ROOMY, "-roomy")

    @tells_failure
    def fill(self, library: Library, told: list[str]) -> None:
        """Show the lineage one is in, at its next step."""
        self.open(library)
        lineages = library.lineages.all()
        begun = [one for one in lineages if one.is_begun and one.counted < one.total]
        here = (begun or [one for one in lineages if one.counted < one.total] or lineages)[:1]
        self._lineage = here[0].name if here else None
        self.query_one(MapView).focus()
        self.call_after_refresh(self._show)

    def _drawn(self) -> LineageView:
        """Return what is to be drawn: a paper's neighbours, a lineage, or all papers."""
        if self._around is not None:
            try:
                return self.library.maps.around(*self._around)
            except NotFound:  # the paper is gone
                self._around = None
        return self.library.maps.view(self._lineage, beyond=self._beyond)

    @tells_failure
    def _show(self, cursor: str | None = None) -> None:
        try:
            view = self._drawn()
        except NotFound:  # removed, here or by another program
            gone, told = self._lineage, ""
            self._is_described = True  # until somebody tells what was done
            self.lineage_removed()
            if self._view is not None:  # perhaps it only has another name now
                same = [
                    name for name, keys in self.library.lineages.members().items() if keys == self._view.keys
                ]
                self._lineage = same[0] if same else self._lineage
                told = f"; {shorten(clean_line(same[0]), LONGEST_SAID)} has its papers" if same else ""
            view = self.library.maps.view(self._lineage, beyond=self._beyond)
            gone = shorten(clean_line(gone or ""), LONGEST_SAID)
            self.call_after_refresh(self._tell_gone, f"no lineage is called {gone} any more{told}")
        if self._is_described or view != self._view:  # what is told may no longer be true
            self._described = None
        self._view = view
        self.query_one(ModeTabs).set_beside(top_words(self.library.goal.progress()))
        at_rest = "" if view.progress.active else "at rest · "
        so_far = f"{at_rest}{view.line}"
        name, room = clean_line(view.progress.name), self.app.size.width - len(so_far) - 4
        name = fit(name, min(cell_len(name), max(room, LEAST_NAME)))
        title = Content.assemble(line(name, "bold $primary"), (f"  {so_far}", "$quiet"))
        put_text(self.query_one("#map-title", Static), title)
        self.query_one(MapView).set_view(view, cursor=cursor, empty=self.no_paper())
        self._show_signs()
        self._show_detail()

    def _show_signs(self) -> None:
        """Say at the foot what the signs in sight mean, where there is a row for it."""
        if self._view is not None and self.has_class("-tall"):
            signs = signs_line(self._view, self.app.size.width - 2)
            put_text(self.query_one("#map-signs", Static), signs)

    def _tell_gone(self, told: str) -> None:
        """Say why another lineage is drawn, unless the reader was just told what was done."""
        if self._is_described:
            self.hint(told, warn=True)

    def show_lineage(self, name: str | None) -> None:
        """Draw another lineage, or all papers, the cursor where it was there before."""
        view = self.query_one(MapView)
        self._cursors[self._lineage] = view.cursor
        self._around = None
        if name is None and self._lineage is not None:
            self._before = self._lineage
        self._lineage = name
        view.set_reactive(MapView.cursor, "")
        self._described = None
        self._show(self._cursors.get(name))

    @tells_failure
    def show_paper(self, lineage: str, key: str) -> None:
        """Draw a paper's lineage, all papers if it is in none, with the cursor on the paper."""
        if self._lineage != (lineage or None):
            self.show_lineage(lineage or None)
        if key:
            self._go_to_paper(key)

    def refresh_all(self, *, show: str | None = None) -> None:
        """Read everything again; the cursor stays, or goes to the paper `show` if that is in sight."""
        if self.is_open:
            self._show(show)

    def refresh_paper(self) -> None:
        """Read everything again: the status of a paper shows on the map."""
        self.refresh_all()

    def on_resize(self) -> None:
        """Tell of the paper beside the map or below it, as there is room."""
        self._fit_to_size()
        if self._view is not None:
            self._described = None
            self._show_signs()
            self.call_after_refresh(self._moved)

    def show_in_all_papers(self, key: str, told: str, *, warn: bool = False) -> None:
        """Go to the papers, to this one, and tell a line there."""
        self.post_message(self.PapersAsked(key=key, told=told, warn=warn))

    def chosen_paper(self) -> PaperSummary | None:
        """Return the paper under the cursor; none while the trail cannot be asked."""
        key = self.query_one(MapView).cursor
        if not self.is_open or not key:
            return None
        try:
            return self.library.papers.get(key).summary
        except PapertrailError as error:
            self.post_message(UseCaseFailed(error))
            return None

    def hint(self, text: str, *, warn: bool = False) -> None:
        """Tell the reader one line; it stays until the cursor moves."""
        self._described, self._is_described = self._here, False
        if not warn:  # what was refused changed nothing, and looking again would be refused again, for ever
            self._show_detail()
        super().hint(text, warn=warn)

    @property
    def _here(self) -> object:
        """The paper under the cursor, another one when its status is another."""
        return self._lineage, self._around, self.query_one(MapView).cursor, self.chosen_statuses()

    @on(MapView.Moved)
    @tells_failure
    def _moved(self) -> None:
        """Tell of the paper under the cursor."""
        self.show_keys()
        if self._described == self._here:
            return
        self._described, self._is_described = self._here, True
        key = self.query_one(MapView).cursor
        self._show_detail()
        told = [Content("")]
        if key and not self.has_class("-with-detail"):
            paper = self.library.papers.get(key)
            width, rows = self.app.size.width - 2, HINT_ROWS[self.app.size.height >= ROOMY] - 1
            parts = [clean_line(words) for words, _ in told_of(self._view, paper)]
            told = [line(fit(clean_line(paper.summary.title), width))]
            told += [line(text, "$quiet") for text in in_rows(parts, width, rows)]
            if self._view is not None and not self.has_class("-tall") and len(told) <= rows:
                told += [Content("")] * (rows - len(told)) + [signs_line(self._view, width)]
        self.query_one(MessageLine).describe(Content("\n").join(told))

    def describe(self) -> None:
        """Tell of the paper under the cursor, instead of what was told before."""
        self._described = None
        self._moved()

    def chosen_statuses(self) -> list[Status]:
        """Return the status of the paper under the cursor as it is drawn."""
        cursor, papers = self.query_one(MapView).cursor, self._view.papers if self._view else ()
        return [paper.status for paper in papers if paper.key == cursor]

    def no_paper(self) -> str:
        """Say why there is no paper under the cursor."""
        return EMPTY_LINEAGE if self._lineage is not None else NO_PAPERS

    def _show_detail(self) -> None:
        """Tell of the paper in the pane once the cursor has moved: the pane costs as much as the map."""
        if not self._detail_pending:
            self._detail_pending = True
            self.call_after_refresh(self._fill_detail)

    @tells_failure
    def _fill_detail(self) -> None:
        self._detail_pending = False
        if self.has_class("-with-detail"):
            key = self.query_one(MapView).cursor
            paper = self.library.papers.get(key) if key else None
            told = [line(words, style) for words, style in told_of(self._view, paper)] if paper else []
            self.query_one(DetailPane).show(paper, told)

    @on(DetailPane.Followed)
    @tells_failure
    def _followed(self, message: DetailPane.Followed) -> None:
        """Go to what is named in the pane."""
        self.follow(message.kind, message.name)

    @on(MapView.Opened)
    def _opened_paper(self) -> None:
        self.open_paper(self.query_one(MapView).cursor)

    def current_lineage(self) -> str | None:
        """Return the lineage drawn."""
        return self._lineage

    def lineage_renamed(self, new: str) -> None:
        """Stay with the lineage drawn under its new name."""
        self._lineage = new

    def lineage_removed(self) -> None:
        """Draw another lineage: the one drawn is gone."""
        names = [one.name for one in self.library.lineages.all()]
        self._lineage = names[0] if names else None

    @tells_failure
    def action_next_step(self) -> None:
        """Go to the paper to read next in this lineage."""
        if self._view is None:
            return
        step = self._next_step(self._view)
        if not self._view.keys:
            self.hint(self.no_paper())
        elif step is None:
            where = "of this lineage" if self._lineage is not None else "of the trail"
            dropped = self._view.states["dropped"]
            on = "; ] shows the next lineage" if self._lineage is not None else ""
            self.hint(f"every paper {where} is read{' or left aside' if dropped else ''}{on}")
        elif self.query_one(MapView).cursor == step:
            paper = self.chosen_paper()
            begun = paper is not None and paper.status is Status.READING
            self.hint(
                f"this is the next step: {'you are at it, s says it is read' if begun else 's begins it'}"
            )
        else:
            self.query_one(MapView).cursor = step

    def _next_step(self, view: LineageView) -> str | None:
        """Return the paper to read next in the lineage; among all papers the one suggested everywhere."""
        if view.name is not None:
            return view.next_step
        suggested = self.library.agenda.next(1)
        return suggested[0].paper.key if suggested else view.next_step

    @tells_failure
    def action_other_lineage(self, step: int) -> None:
        """Go to the lineage before or after."""
        if not self.is_open:
            return
        names = [one.name for one in self.library.lineages.all()]
        if not names:
            self.hint(NO_LINEAGES if self._view is not None and self._view.keys else self.no_paper())
            return
        if self._lineage in names:
            name = names[(names.index(self._lineage) + step) % len(names)]
        else:
            name = self._before if self._before in names else names[0]
        self.show_lineage(name)
        self.post_message(self.LineageChosen(name))

    def action_overview(self) -> None:
        """Show all lineages at once; one of them, or all papers, is drawn when one comes back."""
        from papertrail.tui.map.overview_screen import OverviewScreen

        if not self.is_open:
            return
        if not self.library.lineages.names():
            self.hint(NO_LINEAGES if self._view is not None and self._view.keys else self.no_paper())
            return
        self.app.push_screen(OverviewScreen(self.library, self._lineage), self._overlooked)

    def _overlooked(self, name: str | None) -> None:
        """Draw what was chosen among all lineages."""
        from papertrail.tui.map.overview_screen import ALL

        if name == ALL:
            self._draw_all_papers()
        elif name is not None:
            self._go_to_lineage(name)

    @tells_failure
    def _draw_all_papers(self) -> None:
        """Show all papers as one map, the cursor on its paper."""
        if self._lineage is not None or self._around is not None:
            cursor = self.query_one(MapView).cursor
            self._around = None
            self._before = self._lineage or self._before
            self._cursors[self._lineage] = cursor
            self._lineage = None
            self._described = None
            self._show(cursor)

    def action_around(self, steps: int) -> None:
        """Draw what is so many steps around the paper under the cursor; the same key there goes back."""
        key = self.query_one(MapView).cursor
        if not self.is_open or not key:
            self.hint(self.no_paper())
        elif self._around == (key, steps):
            self._leave_neighbours()
        else:
            self._around, self._described = (key, steps), None
            self._show(key)
            self.hint(
                f"{'b' if steps == 1 else 'B'} goes back; on another paper it shows what is around that"
            )

    def _leave_neighbours(self) -> None:
        """Draw the lineage again, or all papers, the cursor where it is."""
        self._around, self._described = None, None
        self._show(self.query_one(MapView).cursor)

    def action_beyond(self) -> None:
        """Show, or hide, the papers of other lineages that build on this one."""
        if self._view is None:
            return
        if not self._view.keys:
            self.hint(self.no_paper())
        elif self._around is not None:
            self.hint("these are papers around one: esc goes back to the lineage")
        elif self._lineage is None:
            self.hint("all papers are here already")
        else:
            self._beyond = not self._beyond
            self.refresh_all()
            if not self._beyond:
                self.hint("this lineage only")
            elif self._view.has_heirs:
                self.hint("with what other lineages made of it: > hides it")
            else:
                self.hint("no other lineage builds on this one")

    def action_by_year(self) -> None:
        """Let papers stand by their years, or as near to each other as they can; all maps from now on."""
        view = self.query_one(MapView)
        if self._view is None or not self._view.papers:
            self.hint(self.no_paper())
            return
        view.stand_by_year(not view.by_year)
        told = "by year, the years at the left" if view.by_year else "as near to each other as they can be"
        self.hint(f"the papers stand {told}; Y changes it")

    def action_find(self) -> None:
        """Find anything; a paper or lineage is gone to on the map."""
        if self.is_open:
            doors.find(self, self.library, paper=self._go_to_paper, lineage=self._go_to_lineage)

    def _go_to_lineage(self, name: str) -> None:
        self.show_lineage(name)
        self.post_message(self.LineageChosen(name))

    @tells_failure
    def _go_to_paper(self, key: str) -> None:
        """Go to a paper, in another lineage if need be."""
        if self._view is None:
            return
        if key not in {paper.key for paper in self._view.papers}:
            lineages = self.library.papers.get(key).summary.lineages
            self.show_lineage(lineages[0] if lineages else None)
        self.query_one(MapView).cursor = key

    def action_review(self) -> None:
        """Be asked about this lineage; among all papers about the one under the cursor."""
        self.errands.review(self._lineage)

    @tells_failure
    def action_compare(self) -> None:
        """Read the notes of this lineage down one question."""
        if self._view is not None and self._view.keys:
            cursor, name = self.query_one(MapView).cursor, self._view.progress.name
            doors.open_comparison(self.app, self.library, self._view.keys, cursor, lineage=name)
        else:
            self.hint("there is no paper to compare")

    @tells_failure
    def action_tell(self) -> None:
        """Tell this lineage from memory; what was kept is said when one is back."""
        if self._view is None:
            return
        if self._lineage is None:
            self.hint("only a lineage can be told: 0 goes back to one, [ and ] to the others")
        elif not self._view.keys:
            self.hint(self.no_paper())
        else:
            doors.tell_lineage(self.app, self.library, self.library.tellings.page(self._lineage), self._told)

    def _told(self, telling: "Telling | None") -> None:
        if telling is not None:
            self.hint(f"kept: {telling.size} · {telling.outcome}")

    @on(MapTitle.Reached)
    def _at_title(self) -> None:
        if self._lineage is not None:
            self.hint("e writes the note about this lineage, with which its story begins; esc goes back")

    @on(MapTitle.Chosen)
    @tells_failure
    def _write_summary(self) -> None:
        """Write the note about the lineage drawn."""
        if self._lineage is None:
            self.hint("all papers are not one lineage: 0 goes back to one")
        elif self.is_open:
            doors.edit_summary(self.app, self.library, self._lineage, edited=self._summary_written)

    def _summary_written(self, saved: "NoteSaved | None") -> None:
        self.query_one(MapView).focus()
        if saved is not None:
            self.hint(f"the note about this lineage is saved: {saved.note.length}")

    def action_cancel(self) -> None:
        """Stop what is under way; or go back from all papers to the lineage."""
        self.errands.cancel()
        if not self.query_one(MapView).has_focus:
            self.query_one(MapView).focus()
        elif self._around is not None:
            self._leave_neighbours()
        elif self._lineage is None and self._before:
            self.action_other_lineage(0)

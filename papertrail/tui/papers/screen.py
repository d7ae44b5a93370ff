"""The screen one lives in: the goal, the lineages, their papers, and the chosen paper."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input

from papertrail.domain.errors import PapertrailError
from papertrail.domain.goal.words import top_words
from papertrail.domain.lineages.lineage import LineageProgress
from papertrail.domain.listing import PaperExtras
from papertrail.domain.paper import PaperSummary, Status, byline
from papertrail.domain.query.tree import Choice, Query
from papertrail.domain.text import clean_line
from papertrail.domain.views import SavedView
from papertrail.library import Library
from papertrail.tui.frame import doors, paper_text
from papertrail.tui.frame.background import UseCaseFailed, tells_failure
from papertrail.tui.frame.detail_pane import DetailPane
from papertrail.tui.frame.key_bar import KeyBar
from papertrail.tui.frame.message_line import MessageLine
from papertrail.tui.frame.newest import NewestOnly, Shown
from papertrail.tui.frame.tabs import ModeTabs
from papertrail.tui.frame.theme import NARROW, WIDE
from papertrail.tui.frame.trail_screen import TrailScreen
from papertrail.tui.papers.filter import LEAVE
from papertrail.tui.papers.finding import NOTHING_YET, Asked, Found, look
from papertrail.tui.papers.lineages import LineageList
from papertrail.tui.papers.listing_keys import ListingKeys
from papertrail.tui.papers.table import PaperTable
from papertrail.tui.papers.typed_query import TypedQuery
from papertrail.tui.papers.view_keys import ViewKeys
from papertrail.tui.widgets.cells import fit
from papertrail.tui.widgets.data_text import line, marked
from papertrail.tui.widgets.goal_bar import GoalBar
from papertrail.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from papertrail.domain.query.hits import Hit

KEYS = (
    ("s", ""),  # what it does depends on the paper
    ("S", ""),
    ("e", "note"),
    ("u", "undo"),
    ("t", "tags"),
    ("⏎", "open"),
    ("/", "find"),
    ("c", "compare"),
    ("v", "views"),
    ("O", "columns"),
    ("tab", "lineages"),
    ("a", "add"),
    ("A", "by hand"),
    ("m", "correct"),
    ("f", "fetch"),
    ("x", "export"),
    ("^p", "everything"),
    ("?", "help"),
    ("q", "quit"),
)
LEAVING_KEYS = (("esc", "clear"), ("^p", "everything"))  # of the filter
FILTER_KEYS = (("⏎", "to the list"), *LEAVING_KEYS)
ELSEWHERE_KEYS = (("⏎", "among all papers"), *LEAVING_KEYS)
SPARE_KEYS = (
    ("O", "columns"),
    ("v", "views"),
    ("A", "by hand"),
    ("m", "correct"),
    ("t", "tags"),
    ("^p", "everything"),
    ("x", "export"),
    ("u", "undo"),
    ("f", "fetch"),
    ("a", "add"),
    ("c", "compare"),
    ("/", "find"),
)


LONGEST_LINE = 300  # cells of a line of a paper in the pane


class PapersScreen(TrailScreen):
    """Decides what the widgets only report, calls the library, and tells the widgets.

    Args:
        built: called when all widgets are there, before the first frame.
    """

    CSS_PATH = "papers.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Find", tooltip="by words, author:he, year:2015.. …", id="list.filter"),
        Binding("v", "views", "Saved views", tooltip="the next one", id="list.views"),
        Binding("V", "save_view", "Save a view", tooltip="the query in sight; or remove it", id="list.view"),
        Binding("O", "columns", "Columns and order", tooltip="or click a column's name", id="list.columns"),
        Binding("space", "mark", "Mark", tooltip="keys of status then change all marked", id="list.mark"),
        Binding("c", "compare", "Compare", tooltip="marked papers, or a lineage or view", id="list.compare"),
        Binding("z", "rest", "Let a lineage rest", tooltip="or suggest from it again", id="list.rest"),
        Binding("tab,shift+tab", "other_list", "Lineages or papers", id="pane.other"),
        Binding("h,left", "pane_left", "Pane to the left", id="pane.left"),
        Binding("l,right", "pane_right", "Pane to the right", id="pane.right"),
        Binding("escape", "cancel", "Back", show=False, id="app.cancel"),
    ]

    def __init__(self, built: Callable[[], None]) -> None:
        super().__init__(built, self)
        self.views = ViewKeys(self)
        self.typed = TypedQuery(self)
        self.listing = ListingKeys(self)
        self._was_typing = False
        self.line_in_sight: Query | str = Query()  # what the papers of that line are
        self.query_in_sight = Query()  # what the papers in sight are
        self._finding = NewestOnly(self, "find")
        self._counting = NewestOnly(self, "view-counts")
        self._detail_pending = False
        self._total = 0  # papers in all
        self._described: object = None  # the paper or lineage that the line below the panes is about

    async def mount_widgets(self) -> None:
        """Goal above; lineages, papers and detail side by side; a line to tell, a line of keys."""
        await self.mount(
            ModeTabs("papers"),
            GoalBar(id="goal"),
            Horizontal(
                LineageList(id="lineages"), PaperTable(self._load, self._load_extras, id="papers"), id="panes"
            ),
            MessageLine("opening your trail …"),
            KeyBar(KEYS, SPARE_KEYS, id="keys"),
        )

    def _load(self, ids: Sequence[int]) -> list[PaperSummary]:
        try:
            return self._opened.papers.summaries(ids) if self._opened is not None else []
        except PapertrailError as error:
            self.post_message(UseCaseFailed(error))
            return []

    def _load_extras(self, ids: Sequence[int]) -> dict[int, PaperExtras]:
        try:
            return self.library.papers.extras(ids)
        except PapertrailError as error:
            self.post_message(UseCaseFailed(error))
            return {}

    @tells_failure
    def fill(self, library: Library, told: list[str]) -> None:
        """Show an open trail, on the lineage the reader is in, at the first paper not read."""
        self.open(library)
        lineages = library.lineages.all()
        begun = [line for line in lineages if line.read and line.counted < line.total]
        self._total = library.papers.number()
        self.listing.read()
        self._refresh_numbers(lineages)
        if lineages:
            here = (begun or [line for line in lineages if line.counted < line.total] or lineages)[0]
            rows = self.query_one(LineageList)
            rows.set_reactive(RowList.cursor, rows.index_of(here.name))
        self.show_papers()
        self._to_first_unread()
        self.query_one(PaperTable).focus()
        self.hint(
            told[0] if told else self._welcome(lineages), warn=bool(told) and "made a new" not in told[0]
        )

    def _welcome(self, lineages: list[LineageProgress]) -> str:
        progress = self.library.goal.progress()
        if progress.read:
            return ""
        total = self.query_one(LineageList).total
        return (
            f"A new trail: {total} papers in {len(lineages)} lineages. "
            "s starts the paper under the cursor, e writes its note, ? explains the rest."
        )

    def _to_first_unread(self) -> None:
        table = self.query_one(PaperTable)
        for index in range(min(table.row_count, 200)):
            paper = table.paper_at(index)
            if paper is not None and not (paper.is_read or paper.status is Status.DROPPED):
                table.cursor = index
                return

    # What is shown

    def hint(self, text: str, *, warn: bool = False) -> None:
        """Tell the reader one line, below the panes; it stays until the cursor goes elsewhere."""
        self._described = self._here
        super().hint(text, warn=warn)

    def show_keys(self) -> None:
        """Say what the keys do; letters are words for the filter while one types there."""
        of_filter = ELSEWHERE_KEYS if self.typed.elsewhere else FILTER_KEYS
        bar = self.query_one(KeyBar)
        bar.set_keys(of_filter if isinstance(self.focused, Input) else KEYS)
        if self.is_open:
            other = "papers" if isinstance(self.focused, LineageList) else "lineages"
            bar.set_meanings({**self.key_meanings(), "tab": other})

    def _refresh_numbers(self, lineages: list[LineageProgress] | None = None) -> None:
        """Show goal and lineages as they stand."""
        progress = self.library.goal.progress()
        self.query_one(ModeTabs).set_beside(top_words(progress))
        self.query_one(GoalBar).set_progress(progress)
        everything = LineageProgress(
            "All papers", self._total, progress.read, progress.counted, explained=progress.explained
        )
        known = self.library.lineages.all() if lineages is None else lineages
        queued = len(self.library.search.ids(Query(Choice("status", ("queued",)))))
        views = self.library.views.all()
        self.query_one(LineageList).set_lineages(known, everything, queued, views)
        if views:
            self._counting.ask(partial(self._count, views))

    def _count(self, views: list[SavedView]) -> Iterator[Shown]:
        """Count the papers of views, in a thread."""
        from papertrail.domain.query.parser import parse

        counts = {view.query: len(self.library.search.ids(parse(view.query).query)) for view in views}
        yield partial(self.query_one(LineageList).set_view_counts, counts)

    @tells_failure
    def show_papers(self, *keep: int | None, again: bool = False) -> None:
        """Show the papers of the query typed, else of the chosen line, the cursor on the first of `keep`.

        What is typed, and a view, may take long to be found: that is done beside the screen.

        Args:
            keep: ids of papers.
            again: whether they were shown before: what is in sight stays until all are found anew, and the
                cursor where it is by then.
        """
        rows = self.query_one(LineageList)
        self.line_in_sight = rows.query_at(rows.cursor)
        text = self.line_in_sight if self.typed.text is None else self.typed.text
        if isinstance(text, str):
            asked = Asked(text, self.listing.order, self.typed.begins_with, keep, again)
            self._finding.ask(partial(look, self.library, asked, self._show_found))
            return
        self._finding.forget()
        self.typed.found = None
        self.query_in_sight = text._replace(order=self.listing.order)
        ids = self.library.search.ids(self.query_in_sight, often=True)
        empty = "" if ids else "w queues a paper." if rows.is_queue else NOTHING_YET
        self._put_papers(ids, keep, empty, stay=again)

    def _show_found(self, found: Found) -> None:
        """Show the papers of a query, and tell what of it was not understood."""
        first = (
            self.typed.found
            if self.typed.found is not None and self.typed.found.asked is found.asked
            else None
        )
        self.typed.found, self.query_in_sight = found, found.query
        if first is not None and self.query_one(PaperTable).go_on(found.ids):
            self.show_title()
            return
        # All of them come after the first ones: the reader may be further down by then.
        keep = found.asked.keep if first is None else ()
        self._put_papers(found.ids, keep, found.reason, stay=found.asked.again or first is not None)
        self._describe()

    def _put_papers(self, ids: Sequence[int], keep: Sequence[int | None], empty: str, *, stay: bool) -> None:
        """Show these papers; the cursor is on the first of `keep`, else stays, or is at the top."""
        table = self.query_one(PaperTable)
        keep, row = ((*keep, table.chosen_id), table.cursor) if stay else (keep, 0)
        table.set_papers(ids, keep=keep, row=row, empty=empty)
        self.show_title()

    def query_text(self) -> str:
        """Return the query in sight as it may be typed; empty for all papers."""
        from papertrail.domain.query.printer import to_text, with_order

        text = self.typed.text if self.typed.text is not None else self.line_in_sight
        if not isinstance(text, str):
            text = to_text(text)
        names_order = self.typed.found is not None and self.typed.found.names_order
        return (
            with_order(text, self.listing.order) if self.listing.order and not names_order else text.strip()
        )

    def show_title(self) -> None:
        """Say which papers these are, how many, and how many of them are marked; and what sorts them."""
        if self._opened is None:
            return
        table = self.query_one(PaperTable)
        chosen = self.query_one(LineageList).chosen
        title = chosen.name if chosen is not None else ""
        self.query_one(LineageList).leave(self.typed.text is not None and not self.typed.begins_with)
        count, marked = table.row_count, table.marked_count
        more = "" if self.typed.found is None or self.typed.found.is_all else "+"
        beside = f"· {count:,}{more} {'paper' if count == 1 else 'papers'}"
        beside += f" · {marked} marked" if marked else ""
        if self.typed.text is not None:
            title = f"/{self.typed.text.strip()}" if self.typed.text.strip() else "All papers"
            # Of marks it takes these away; beside the line to type in it is said there.
            if not marked and not self.has_class("filtering"):
                beside += " · esc clears"
        table.set_title(title, beside, end_first=self.typed.text is not None)
        table.set_columns(self.listing.columns, self.listing.sort, key_is_beside=self.app.size.width >= WIDE)

    @tells_failure
    def refresh_all(self, *, show: str | None = None) -> None:
        """Read everything again; the cursor stays, or goes to the paper `show` if that is in sight."""
        wanted = None if show is None else self.library.papers.get(show).summary.id
        self._total = self.library.papers.number()
        self.listing.read()
        self._refresh_numbers()
        self.show_papers(wanted, again=True)

    async def show(self, asked: TrailScreen.PapersAsked) -> None:
        """Show the papers asked for."""
        if asked.key:
            self.show_in_all_papers(asked.key, asked.told, warn=asked.warn)
        elif asked.lineage:
            rows = self.query_one(LineageList)
            rows.cursor = rows.index_of(asked.lineage)
            self._to_first_unread()
            self.action_focus_papers()
        elif asked.query:
            self._show_query(asked.query)
        elif asked.find:
            await self.action_filter()

    def _show_query(self, text: str) -> None:
        """Show the papers of a query, among all papers, the query in sight."""
        self.query_one(LineageList).set_reactive(RowList.cursor, 0)
        self.query_one(PaperTable).clear_marks()
        self.typed.ask(text)
        self.show_papers()
        self.action_focus_papers()

    @tells_failure
    def show_in_all_papers(self, key: str, told: str, *, warn: bool = False) -> None:
        """Put the cursor on a paper, among all papers, and tell a line there."""
        self.query_one(LineageList).set_reactive(RowList.cursor, 0)
        self.query_one(PaperTable).clear_marks()
        self.typed.leave()
        self.action_focus_papers()
        self.refresh_all(show=key)
        self.hint(told, warn=warn)

    @tells_failure
    def refresh_paper(self) -> None:
        """Read again what a change of one paper can touch."""
        self.query_one(PaperTable).forget_papers()
        self._refresh_numbers()
        self.show_keys()
        self._show_detail()

    def _show_detail(self) -> None:
        self._detail_pending = False
        if self.app.size.width < WIDE:
            return
        if not self.query(DetailPane):
            self.query_one("#panes").mount(DetailPane(id="detail"))
        pane = self.query_one(DetailPane)
        paper = self.query_one(PaperTable).chosen
        try:
            hit = None if paper is None else self.typed.hit_in(paper)
            if paper is not None and hit is not None and _is_in_pane(hit, paper):
                hit = None
            told = [] if hit is None else [_said(hit, LONGEST_LINE)]
            pane.show(self.library.papers.get(paper.key) if paper else None, told)
        except PapertrailError:
            pane.show(None)

    @property
    def _here(self) -> object:
        """What the keys are about: a lineage, the filter, or the paper under the cursor."""
        if isinstance(self.focused, LineageList):
            return ("lineage", self.focused.cursor)
        if isinstance(self.focused, Input):
            return ("filter", self.typed.told())
        paper = self.query_one(PaperTable).chosen
        return (paper.id, paper.status, self.typed.text) if paper is not None else None

    def describe(self) -> None:
        """Say in the line below the panes what is under the cursor."""
        self._described = ""
        self._describe()

    def _describe(self) -> None:
        """Say what the line does not say yet: what a lineage has, what the signs of a paper mean."""
        self.show_keys()
        if self._opened is None or self._described == self._here:
            return
        paper, rows = self.query_one(PaperTable).chosen, self.query_one(LineageList)
        if isinstance(self.focused, Input):
            self.about(self.typed.told())
        elif isinstance(self.focused, LineageList) and rows.chosen is not None:
            self.about(f"{rows.chosen.name}: {rows.extent}; ⏎ goes to the papers")
        elif paper is None:
            self.about("")
        else:
            self._describe_paper(paper)

    def _describe_paper(self, paper: PaperSummary) -> None:
        """Say where the words asked for stand, else who wrote it, unless the pane beside does; and where to
        the enter key leads from there.
        """
        hit = self.typed.hit_in(paper)
        there = "⏎ opens the note there" if hit is not None and hit.where == "note" else ""
        self.about(there)
        if self.app.size.width >= WIDE:
            return
        status = paper_text.status_words(paper)
        room = self.app.size.width - status.cell_length - 4
        beside = f" · {there}" if there else ""
        if hit is not None:
            told = _said(hit, room - cell_len(beside))
        else:
            told = line(fit(clean_line(byline(paper.authors)), room), "$quiet")
        self.query_one(MessageLine).describe(Content.assemble(status, "  ", told, (beside, "$quiet")))

    def on_descendant_focus(self) -> None:
        """Say what the keys are about now; of a query that was typed first what was not understood."""
        self._describe()
        if self._was_typing and not isinstance(self.focused, Input):
            self.typed.tell_remarks()
        self._was_typing = isinstance(self.focused, Input)

    @on(RowList.Moved, "#papers")
    def _paper_moved(self) -> None:
        self._describe()
        if not self._detail_pending:
            self._detail_pending = True
            self.call_after_refresh(self._show_detail)

    @on(RowList.Moved, "#lineages")
    def _lineage_moved(self) -> None:
        rows = self.query_one(LineageList)
        if self._opened is not None and rows.query_at(rows.cursor) != self.line_in_sight:
            self.query_one(PaperTable).clear_marks()
            self.typed.leave()
            self.show_papers()
            if (lineage := rows.name_at(rows.cursor)) is not None:
                self.post_message(self.LineageChosen(lineage))
        self._describe()

    @on(RowList.Chosen, "#lineages")
    def _lineage_chosen(self) -> None:
        self.action_focus_papers()
        self._to_first_unread()

    @on(RowList.Chosen, "#papers")
    @tells_failure
    def _paper_chosen(self) -> None:
        """Open the paper; where the words asked for stand in its note, that at their line."""
        if (paper := self.chosen_paper()) is None:
            return
        hit = self.typed.hit_in(paper)
        if hit is None or hit.where != "note" or self.typed.found is None:
            self.open_paper(paper.key)
            return
        from papertrail.domain.query.hits import place

        self.errands.edit_note(at=partial(place, hit.line, self.typed.found.query))

    def on_resize(self) -> None:
        """A pane that comes back shows the paper under the cursor."""
        if self.query("#panes"):
            self._make_room(at_lineages=isinstance(self.focused, LineageList))
        if self._opened is not None:
            self.show_title()
            self._paper_moved()

    # Panes and queries

    def action_focus_lineages(self) -> None:
        """Go to the lineages."""
        self._make_room(at_lineages=True)
        self.query_one(LineageList).focus()

    def action_focus_papers(self) -> None:
        """Go to the papers."""
        self._make_room(at_lineages=False)
        self.query_one(PaperTable).focus()

    def _make_room(self, *, at_lineages: bool) -> None:
        """Have the lineages in place of the papers where only one of them has room, else both."""
        self.query_one("#panes").set_class(at_lineages and self.app.size.width < NARROW, "at-lineages")

    @on(DetailPane.Followed)
    @tells_failure
    def _followed(self, message: DetailPane.Followed) -> None:
        """Go to what is named in the pane."""
        self.follow(message.kind, message.name)

    def action_other_list(self) -> None:
        """Go from the lineages to the papers, from anywhere else to the lineages."""
        if isinstance(self.focused, LineageList):
            self.action_focus_papers()
        else:
            self.action_focus_lineages()

    def action_pane_left(self) -> None:
        """Go to the pane on the left: from the detail to the papers, from there to the lineages."""
        if isinstance(self.focused, DetailPane):
            self.action_focus_papers()
        else:
            self.action_focus_lineages()

    def action_pane_right(self) -> None:
        """Go to the pane on the right: from the lineages to the papers, from there to the detail."""
        if isinstance(self.focused, LineageList):
            self.action_focus_papers()
        elif self.app.size.width >= WIDE:
            self.query_one(DetailPane).focus()

    async def action_filter(self) -> None:
        """Open the line that a query is typed into; it begins with what is in sight."""
        if self.is_attached:  # else the program is ending
            await self.typed.open()

    @on(Input.Changed, "#filter")
    def _filter_changed(self, message: Input.Changed) -> None:
        self.typed.change(message.value)

    @on(Input.Submitted, "#filter")
    def _filter_submitted(self) -> None:
        self.typed.submit()

    def action_cancel(self) -> None:
        """Take the marks away; leave the query and show the chosen line again; or stop what is under way."""
        self.errands.cancel()
        table = self.query_one(PaperTable)
        if table.marked_count and not isinstance(self.focused, Input):
            table.clear_marks()
            self.show_title()
            self.describe()
            return
        if self.typed.text is not None or self.has_class("filtering"):
            self.typed.leave()
            if self._opened is not None:
                self.show_papers(table.chosen_id)
        self.action_focus_papers()

    def is_ready_for(self, key: str) -> bool:
        """Let keys wait until what was typed has been looked for; not the one that leaves it."""
        return key == "escape" or not self._finding.is_waited_for

    def current_lineage(self) -> str | None:
        """Return the lineage in sight."""
        rows = self.query_one(LineageList)
        return rows.name_at(rows.cursor) if self.typed.text is None else None

    def action_move_in_queue(self, rows: int) -> None:
        """Move the paper up or down in its lineage or the queue, where the list is in that order."""
        if self.query_in_sight.order:
            by = self.query_in_sight.order[0].by
            self.hint(f"the list is sorted by {by}: O, n shows it in its own order", warn=True)
        else:
            super().action_move_in_queue(rows)

    # Columns, order and views

    @property
    def chosen_view(self) -> SavedView | None:
        """The view in sight."""
        return self.query_one(LineageList).chosen_view if self.typed.text is None else None

    @tells_failure
    def action_views(self) -> None:
        """Go to the saved views, then from each to the next."""
        rows = self.query_one(LineageList)
        if not rows.view_rows:
            self.hint("no saved views yet: / finds papers, V saves the query", warn=True)
            return
        self.action_focus_lineages()
        rows.cursor = next((row for row in rows.view_rows if row > rows.cursor), rows.view_rows[0])

    def action_save_view(self) -> None:
        """Save the query in sight by a name, or remove the view in sight."""
        if self._opened is not None:
            self.views.ask()

    def action_columns(self) -> None:
        """Ask which columns the list has, and by which it is sorted."""
        self.listing.ask()

    @on(PaperTable.HeadClicked)
    def _head_clicked(self, message: PaperTable.HeadClicked) -> None:
        if self._opened is not None:
            self.listing.sort_by(message.column)

    def action_compare(self) -> None:
        """Read the notes of the marked papers, or of the lineage or view in sight, down one question."""
        table = self.query_one(PaperTable)
        chosen = table.chosen
        if chosen is None:
            self.hint(self.no_paper(), warn=True)
            return
        keys, lineage, view = [paper.key for paper in table.marked], "", None
        if not keys and (lineage := self.current_lineage() or ""):
            keys = self.library.lineages.members()[lineage]
        elif not keys and (view := self.chosen_view):
            _, keys = self.library.views.as_lineage(view)
        if len(keys) > 1:
            name = view.name if view is not None else ""
            doors.open_comparison(self.app, self.library, keys, chosen.key, lineage=lineage, view=name)
        else:
            self.hint("mark two papers or more with space, or choose a lineage or view", warn=True)

    def action_review(self) -> None:
        """Be asked about the marked papers or the one under the cursor; among the lineages about that one."""
        in_lineages = self.query_one(LineageList).has_focus
        self.errands.review(self.current_lineage() if in_lineages else None)

    def action_mark(self) -> None:
        """Mark the paper under the cursor for the keys that change several at once."""
        table = self.query_one(PaperTable)
        table.toggle_mark()
        self.show_title()
        marked = table.marked_count
        told = f"{marked} marked: s S w d U t change them all, c compares, esc takes the marks away"
        if marked:
            self.hint(told)
        elif table.row_count:
            self.describe()
        else:
            self.hint(self.no_paper(), warn=True)

    @tells_failure
    def action_rest(self) -> None:
        """Let the lineage in sight rest, or take its papers among the next ones again."""
        rows = self.query_one(LineageList)
        line = rows.chosen
        if line is None or rows.name_at(rows.cursor) is None:
            way = "go down to one" if isinstance(self.focused, LineageList) else "tab goes to them"
            self.hint(f"z is for lineages: {way}", warn=True)
            return
        self.lineages.let_rest(line.name)

    def chosen_papers(self) -> list[PaperSummary]:
        """Return the marked papers, else the one under the cursor."""
        return self.query_one(PaperTable).marked or super().chosen_papers()

    def refresh_queue(self, key: str) -> None:
        """Show the queue's new order, the cursor staying on the paper."""
        self._refresh_numbers()
        self.show_papers(again=True)

    def chosen_paper(self) -> PaperSummary | None:
        """Return the paper under the cursor; none before the trail is open, none while it is on a lineage."""
        if self._opened is None or isinstance(self.focused, LineageList):
            return None
        return self.query_one(PaperTable).chosen

    def no_paper(self) -> str:
        """Say why there is no paper under the cursor."""
        if isinstance(self.focused, LineageList):
            return f"{self.focused.kind}: ⏎ or tab goes to the papers"
        if self.typed.text is not None:
            return f"no paper has these words: {LEAVE}"
        if self.query_one(LineageList).is_queue:
            return "w queues a paper."
        return self.typed.found.reason if self.typed.found is not None else NOTHING_YET


def _is_in_pane(hit: "Hit", paper: PaperSummary) -> bool:
    """Tell whether the pane beside shows the line anyway; few authors it names all."""
    return hit.where in ("tag", "venue") or hit.line == clean_line(byline(paper.authors))


def _said(hit: "Hit", cells: int) -> Content:
    """Return where a hit is, and its line, in so many cells."""
    from papertrail.domain.query.hits import cut, pieces

    where = f"{hit.where}: "
    shown, spans = cut(hit.line, hit.spans, cells - cell_len(where))
    return Content.assemble((where, "$quiet"), marked(pieces(shown, spans), "bold underline $primary"))

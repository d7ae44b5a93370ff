"""The screen one lives in: the goal, the lineages, their papers, and the chosen paper."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from papertrail.domain.errors import PapertrailError
from papertrail.domain.lineages.lineage import LineageProgress
from papertrail.domain.listing import PaperExtras, setting_of, sort_of
from papertrail.domain.paper import PaperSummary, Status, byline
from papertrail.domain.query.remarks import in_one_line
from papertrail.domain.query.tree import Choice, Query, Sort
from papertrail.domain.settings import LIST_ORDER, SHOWN_COLUMNS
from papertrail.domain.text import clean_line
from papertrail.domain.views import SavedView
from papertrail.library import Library
from papertrail.tui.frame import doors, paper_text
from papertrail.tui.frame.background import UseCaseFailed, tells_failure
from papertrail.tui.frame.detail_pane import DetailPane
from papertrail.tui.frame.key_bar import KeyBar
from papertrail.tui.frame.newest import NewestOnly, Shown
from papertrail.tui.frame.tabs import ModeTabs
from papertrail.tui.frame.theme import WIDE
from papertrail.tui.frame.trail_screen import TrailScreen
from papertrail.tui.papers.columns import next_sort
from papertrail.tui.papers.filter import LEAVE, FilterLine
from papertrail.tui.papers.finding import NOTHING_YET, Asked, Found, look
from papertrail.tui.papers.lineages import LineageList
from papertrail.tui.papers.table import PaperTable
from papertrail.tui.papers.view_keys import ViewKeys
from papertrail.tui.widgets.cells import fit
from papertrail.tui.widgets.data_text import line, marked
from papertrail.tui.widgets.goal_bar import GoalBar
from papertrail.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from papertrail.domain.query.hits import Hit
    from papertrail.tui.papers.column_dialog import Listing

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
        self._text: str | None = None  # the query typed; None while the line of the lineages is in sight
        self._was_typing = False
        self._begins_with = ""  # the term of the lineage that the query began with
        self._line: Query | str = Query()  # what the papers of that line are
        self._query = Query()  # what the papers in sight are
        self._found: Found | None = None
        self._finding = NewestOnly(self, "find")
        self._counting = NewestOnly(self, "view-counts")
        self._order: tuple[Sort, ...] = ()  # of lists whose query names none
        self._columns: tuple[str, ...] = ()
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
            Static("opening your trail …", id="hint"),
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
        self._read_settings()
        self._refresh_numbers(lineages)
        if lineages:
            here = (begun or [line for line in lineages if line.counted < line.total] or lineages)[0]
            rows = self.query_one(LineageList)
            rows.set_reactive(RowList.cursor, rows.index_of(here.name))
        self._show_papers()
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
        of_filter = ELSEWHERE_KEYS if self._elsewhere else FILTER_KEYS
        self.query_one(KeyBar).set_keys(of_filter if isinstance(self.focused, Input) else KEYS)
        super().show_keys()

    def _refresh_numbers(self, lineages: list[LineageProgress] | None = None) -> None:
        """Show goal and lineages as they stand."""
        progress = self.library.goal.progress()
        self.query_one(ModeTabs).set_beside(progress.line)
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

    def _read_settings(self) -> None:
        """Take columns and order as they are remembered."""
        settings = self.library.settings
        self._columns = tuple(settings.get(SHOWN_COLUMNS).split(","))
        self._order = sort_of(settings.get(LIST_ORDER))

    @tells_failure
    def _show_papers(self, *keep: int | None, again: bool = False) -> None:
        """Show the papers of the query typed, else of the chosen line, the cursor on the first of `keep`.

        What is typed, and a view, may take long to be found: that is done beside the screen.

        Args:
            keep: ids of papers.
            again: whether they were shown before: what is in sight stays until all are found anew, and the
                cursor where it is by then.
        """
        rows = self.query_one(LineageList)
        self._line = rows.query_at(rows.cursor)
        text = self._line if self._text is None else self._text
        if isinstance(text, str):
            asked = Asked(text, self._order, self._begins_with, keep, again)
            self._finding.ask(partial(look, self.library, asked, self._show_found))
            return
        self._finding.forget()
        self._found = None
        self._query = text._replace(order=self._order)
        ids = self.library.search.ids(self._query)
        empty = "" if ids else "w queues a paper." if rows.is_queue else NOTHING_YET
        self._put_papers(ids, keep, empty, stay=again)

    def _show_found(self, found: Found) -> None:
        """Show the papers of a query, and tell what of it was not understood."""
        first = self._found if self._found is not None and self._found.asked is found.asked else None
        self._found, self._query = found, found.query
        # All of them come after the first ones: the reader may be further down by then.
        keep = found.asked.keep if first is None else ()
        self._put_papers(found.ids, keep, found.reason, stay=found.asked.again or first is not None)
        self._describe()

    def _put_papers(self, ids: Sequence[int], keep: Sequence[int | None], empty: str, *, stay: bool) -> None:
        """Show these papers; the cursor is on the first of `keep`, else stays, or is at the top."""
        table = self.query_one(PaperTable)
        keep, row = ((*keep, table.chosen_id), table.cursor) if stay else (keep, 0)
        table.set_papers(ids, keep=keep, row=row, empty=empty)
        self._show_title()

    def query_text(self) -> str:
        """Return the query in sight as it may be typed; empty for all papers."""
        from papertrail.domain.query.printer import to_text, with_order

        text = self._text if self._text is not None else self._line
        if not isinstance(text, str):
            text = to_text(text)
        names_order = self._found is not None and self._found.names_order
        return with_order(text, self._order) if self._order and not names_order else text.strip()

    def _show_title(self) -> None:
        """Say which papers these are, how many, and how many of them are marked; and what sorts them."""
        table = self.query_one(PaperTable)
        chosen = self.query_one(LineageList).chosen
        title = chosen.name if chosen is not None else ""
        count, marked = table.row_count, table.marked_count
        more = "" if self._found is None or self._found.is_all else "+"
        beside = f"· {count:,}{more} {'paper' if count == 1 else 'papers'}"
        beside += f" · {marked} marked" if marked else ""
        if self._text is not None:
            title = f"/{self._text.strip()}" if self._text.strip() else "All papers"
            # Of marks it takes these away; beside the line to type in it is said there.
            if not marked and not self.has_class("filtering"):
                beside += " · esc clears"
        table.set_title(title, beside, end_first=self._text is not None)
        sort = self._query.order[0] if self._query.order else None
        table.set_columns(self._columns, sort, key_is_beside=self.app.size.width >= WIDE)

    @tells_failure
    def refresh_all(self, *, show: str | None = None) -> None:
        """Read everything again; the cursor stays, or goes to the paper `show` if that is in sight."""
        wanted = None if show is None else self.library.papers.get(show).summary.id
        self._total = self.library.papers.number()
        self._read_settings()
        self._refresh_numbers()
        self._show_papers(wanted, again=True)

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
        self._text, self._begins_with = text, ""
        self.remove_class("filtering")
        self._show_papers()
        self.action_focus_papers()

    @tells_failure
    def show_in_all_papers(self, key: str, told: str, *, warn: bool = False) -> None:
        """Put the cursor on a paper, among all papers, and tell a line there."""
        self.query_one(LineageList).set_reactive(RowList.cursor, 0)
        self.query_one(PaperTable).clear_marks()
        self._leave_filter()
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
            hit = None if paper is None else self._hit_in(paper)
            if paper is not None and hit is not None and _is_in_pane(hit, paper):
                hit = None
            told = [] if hit is None else [_said(hit, LONGEST_LINE)]
            pane.show(self.library.papers.get(paper.key) if paper else None, told)
        except PapertrailError:
            pane.show(None)

    def _hit_in(self, paper: PaperSummary) -> "Hit | None":
        """Return the line of a paper in which the words asked for stand, if it is not in sight as it is."""
        if self._found is None:
            return None
        hit = self.library.search.hits(self._found.query, [paper.id]).get(paper.id)
        return None if hit is None or hit.where in ("key", "title") else hit

    @property
    def _here(self) -> object:
        """What the keys are about: a lineage, the filter, or the paper under the cursor."""
        if isinstance(self.focused, LineageList):
            return ("lineage", self.focused.cursor)
        if isinstance(self.focused, Input):
            return ("filter", self._told_of_query())
        paper = self.query_one(PaperTable).chosen
        return (paper.id, paper.status, self._text) if paper is not None else None

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
            self.hint(self._told_of_query())
        elif isinstance(self.focused, LineageList) and rows.chosen is not None:
            self.hint(f"{rows.chosen.name}: {rows.extent}; ⏎ goes to the papers")
        elif paper is None:
            self.hint("")
        else:
            self._describe_paper(paper)

    def _describe_paper(self, paper: PaperSummary) -> None:
        """Say where the words asked for stand, else who wrote it, unless the pane beside does; and where to
        the enter key leads from there.
        """
        hit = self._hit_in(paper)
        there = "⏎ opens the note there" if hit is not None and hit.where == "note" else ""
        self.hint(there)
        if self.app.size.width >= WIDE:
            return
        status = paper_text.status_words(paper)
        room = self.app.size.width - status.cell_length - 4
        beside = f" · {there}" if there else ""
        if hit is not None:
            told = _said(hit, room - cell_len(beside))
        else:
            told = line(fit(clean_line(byline(paper.authors)), room), "$quiet")
        self.query_one("#hint", Static).update(Content.assemble(status, "  ", told, (beside, "$quiet")))

    def _told_of_query(self) -> str:
        """Say what of the query typed was not understood, else what the keys do."""
        if self._text and self._found is not None and (told := in_one_line(self._found.remarks)):
            return told
        if self._begins_with and self._text in (None, self._begins_with):
            return "backspace takes it out and finds among all papers"
        if self._elsewhere:
            return f"⏎ shows {self._elsewhere:,} among all papers"
        return "⏎ goes to the list"

    @property
    def _elsewhere(self) -> int:
        """How many papers the enter key shows, where there is none in the lineage that is asked for."""
        return self._found.elsewhere if self._found is not None and self._begins_with else 0

    def on_descendant_focus(self) -> None:
        """Say what the keys are about now; of a query that was typed first what was not understood."""
        self._describe()
        if self._was_typing and not isinstance(self.focused, Input):
            self._tell_remarks()
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
        if self._opened is not None and rows.query_at(rows.cursor) != self._line:
            self.query_one(PaperTable).clear_marks()
            self._leave_filter()
            self._show_papers()
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
        hit = self._hit_in(paper)
        if hit is None or hit.where != "note" or self._found is None:
            self.open_paper(paper.key)
            return
        from papertrail.domain.query.hits import place

        self.errands.edit_note(at=partial(place, hit.line, self._found.query))

    def on_resize(self) -> None:
        """A pane that comes back shows the paper under the cursor."""
        if self._opened is not None:
            self._show_title()
            self._paper_moved()

    # Panes and queries

    def action_focus_lineages(self) -> None:
        """Go to the lineages."""
        self.add_class("at-lineages")
        self.query_one(LineageList).focus()

    def action_focus_papers(self) -> None:
        """Go to the papers."""
        self.remove_class("at-lineages")
        self.query_one(PaperTable).focus()

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
        if not self.is_attached:  # the program is ending
            return
        self.action_focus_papers()
        self.add_class("filtering")
        if not self.query(FilterLine):
            await self.mount(FilterLine(), before="#panes")
        if self._text is None:
            self._begins_with = self._term_in_sight()
        self.query_one(FilterLine).put(self._text_to_go_on_with(), self._begins_with)
        if self._opened is not None:
            self._show_title()
        self.query_one("#filter").focus()

    def _text_to_go_on_with(self) -> str:
        """Return the query in sight, as far as one can type behind it."""
        from papertrail.domain.query.printer import ready_for_more

        return self._begins_with if self._text is None else ready_for_more(self._text)

    def _term_in_sight(self) -> str:
        """Return the query of the chosen line as terms to go on with, a blank behind; empty for all."""
        from papertrail.domain.query.printer import as_first_terms, to_text

        text = as_first_terms(self._line) if isinstance(self._line, str) else to_text(self._line)
        return f"{text} " if text else ""

    def _still_begins_with(self, text: str) -> str:
        """Return the term that the query began with, if it still does so."""
        begins_with = self._begins_with
        is_there = text.startswith(begins_with) or text.strip() == begins_with.strip()
        return begins_with if is_there else ""

    def _leave_filter(self) -> None:
        """Ask for no query any more; who asks for it shows the papers of the chosen line again."""
        self._text, self._begins_with = None, ""
        self.remove_class("filtering")

    def action_cancel(self) -> None:
        """Take the marks away; leave the query and show the chosen line again; or stop what is under way."""
        self.errands.cancel()
        table = self.query_one(PaperTable)
        if table.marked_count and not isinstance(self.focused, Input):
            table.clear_marks()
            self._show_title()
            self.describe()
            return
        if self._text is not None or self.has_class("filtering"):
            self._leave_filter()
            if self._opened is not None:
                self._show_papers(table.chosen_id)
        self.action_focus_papers()

    @on(Input.Changed, "#filter")
    def _filter_changed(self, message: Input.Changed) -> None:
        self._text = message.value
        self._begins_with = self._still_begins_with(message.value)
        if self._opened is not None:
            self._show_papers(self.query_one(PaperTable).chosen_id)

    @on(Input.Submitted, "#filter")
    @tells_failure
    def _filter_submitted(self) -> None:
        self.remove_class("filtering")
        text = self._text if self._text is not None else self._begins_with
        keep = self.query_one(PaperTable).chosen_id
        if self._elsewhere:
            self._text, self._begins_with = text[len(self._begins_with) :].lstrip(), ""
            self._show_papers()
        elif not text.strip():  # the lineage was taken out, and nothing put in its place
            self._leave_filter()
            self.query_one(LineageList).set_reactive(RowList.cursor, 0)
            self._show_papers(keep)
        elif text.strip() == self._begins_with.strip():
            self._leave_filter()
            self._show_papers(keep)
        self._show_title()
        self.action_focus_papers()

    def _tell_remarks(self) -> None:
        """Say what of the query in sight was not understood."""
        if self._text is not None and self._found is not None and (told := in_one_line(self._found.remarks)):
            self.hint(told, warn=True)

    def is_ready_for(self, key: str) -> bool:
        """Let keys wait until what was typed has been looked for; not the one that leaves it."""
        return key == "escape" or not self._finding.is_waited_for

    def current_lineage(self) -> str | None:
        """Return the lineage in sight."""
        rows = self.query_one(LineageList)
        return rows.name_at(rows.cursor) if self._text is None else None

    def action_move_in_queue(self, rows: int) -> None:
        """Move the paper up or down in its lineage or the queue, where the list is in that order."""
        if self._query.order:
            by = self._query.order[0].by
            self.hint(f"the list is sorted by {by}: O, n shows it in its own order", warn=True)
        else:
            super().action_move_in_queue(rows)

    # Columns, order and views

    @property
    def chosen_view(self) -> SavedView | None:
        """The view in sight."""
        return self.query_one(LineageList).chosen_view if self._text is None else None

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
        from papertrail.tui.papers.column_dialog import ColumnDialog, Listing

        sort = self._query.order[0] if self._query.order else None
        self.app.push_screen(ColumnDialog(Listing(self._columns, sort)), self._set_listing)

    @tells_failure
    def _set_listing(self, listing: "Listing | None") -> None:
        if listing is None:
            return
        if set(listing.columns) != set(self._columns):
            self.library.settings.set(SHOWN_COLUMNS.name, ",".join((*listing.columns, "title")))
            self._read_settings()
            self._show_title()
        if listing.sort != (self._query.order[0] if self._query.order else None):
            self._sort(listing.sort)

    @on(PaperTable.HeadClicked)
    @tells_failure
    def _head_clicked(self, message: PaperTable.HeadClicked) -> None:
        if self._opened is not None:
            self._sort(next_sort(message.column, self._query.order[0] if self._query.order else None))

    def _sort(self, sort: Sort | None) -> None:
        """Sort what is in sight: in the query where one is typed, or names an order; else for all lists."""
        order = () if sort is None else (sort,)
        text = self._line if self._text is None else self._text
        if isinstance(text, str) and (
            self._text is not None or (self._found is not None and self._found.names_order)
        ):
            from papertrail.domain.query.printer import with_order

            self._text = with_order(text, order)
            self._begins_with = self._still_begins_with(self._text)
            for field in self.query(FilterLine):
                field.put(self._text, self._begins_with)
        else:
            self.library.settings.set(LIST_ORDER.name, setting_of(order))
            self._read_settings()
        self._show_papers()
        way = "" if sort is None else "falling" if sort.descending else "rising"
        self.hint(f"sorted by {sort.by}, {way}" if sort else "in their own order, not sorted")

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

    def action_mark(self) -> None:
        """Mark the paper under the cursor for the keys that change several at once."""
        table = self.query_one(PaperTable)
        table.toggle_mark()
        self._show_title()
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
        self._show_papers(again=True)

    def chosen_paper(self) -> PaperSummary | None:
        """Return the paper under the cursor; none before the trail is open, none while it is on a lineage."""
        if self._opened is None or isinstance(self.focused, LineageList):
            return None
        return self.query_one(PaperTable).chosen

    def no_paper(self) -> str:
        """Say why there is no paper under the cursor."""
        if isinstance(self.focused, LineageList):
            return f"{self.focused.kind}: ⏎ or tab goes to the papers"
        if self._text is not None:
            return f"no paper has these words: {LEAVE}"
        if self.query_one(LineageList).is_queue:
            return "w queues a paper."
        return self._found.reason if self._found is not None else NOTHING_YET


def _is_in_pane(hit: "Hit", paper: PaperSummary) -> bool:
    """Tell whether the pane beside shows the line anyway; few authors it names all."""
    return hit.where in ("tag", "venue") or hit.line == clean_line(byline(paper.authors))


def _said(hit: "Hit", cells: int) -> Content:
    """Return where a hit is, and its line, in so many cells."""
    from papertrail.domain.query.hits import cut, pieces

    where = f"{hit.where}: "
    shown, spans = cut(hit.line, hit.spans, cells - cell_len(where))
    return Content.assemble((where, "$quiet"), marked(pieces(shown, spans), "bold underline $primary"))

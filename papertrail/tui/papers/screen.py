"""The screen one lives in: the goal, the lineages, their papers, and the chosen paper."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from papertrail.domain.errors import PapertrailError
from papertrail.domain.lineages.lineage import LineageProgress
from papertrail.domain.paper import PaperQuery, PaperSummary, Status, byline
from papertrail.domain.text import clean_line
from papertrail.library import Library
from papertrail.tui.frame import doors, paper_text
from papertrail.tui.frame.background import UseCaseFailed, tells_failure
from papertrail.tui.frame.detail_pane import DetailPane
from papertrail.tui.frame.key_bar import KeyBar
from papertrail.tui.frame.tabs import ModeTabs
from papertrail.tui.frame.theme import WIDE
from papertrail.tui.frame.trail_screen import TrailScreen
from papertrail.tui.papers.filter import LEAVE, FilterLine
from papertrail.tui.papers.lineages import LineageList
from papertrail.tui.papers.table import PaperTable
from papertrail.tui.widgets.cells import fit
from papertrail.tui.widgets.data_text import line
from papertrail.tui.widgets.goal_bar import GoalBar
from papertrail.tui.widgets.row_list import RowList

KEYS = (
    ("s", ""),  # what it does depends on the paper
    ("S", ""),
    ("e", "note"),
    ("u", "undo"),
    ("⏎", "open"),
    ("/", "filter"),
    ("c", "compare"),
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
FILTER_KEYS = (("⏎", "to the list"), ("esc", "all papers"), ("^p", "everything"))
SPARE_KEYS = (
    ("A", "by hand"),
    ("m", "correct"),
    ("^p", "everything"),
    ("x", "export"),
    ("u", "undo"),
    ("f", "fetch"),
    ("a", "add"),
    ("c", "compare"),
    ("/", "filter"),
)


class PapersScreen(TrailScreen):
    """Decides what the widgets only report, calls the library, and tells the widgets.

    Args:
        built: called when all widgets are there, before the first frame.
    """

    CSS_PATH = "papers.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", tooltip="title, author, key, year", id="list.filter"),
        Binding("space", "mark", "Mark", tooltip="keys of status then change all marked", id="list.mark"),
        Binding("c", "compare", "Compare", tooltip="marked papers, or the lineage", id="list.compare"),
        Binding("z", "rest", "Let a lineage rest", tooltip="or suggest from it again", id="list.rest"),
        Binding("tab,shift+tab", "other_list", "Lineages or papers", id="pane.other"),
        Binding("h,left", "pane_left", "Pane to the left", id="pane.left"),
        Binding("l,right", "pane_right", "Pane to the right", id="pane.right"),
        Binding("escape", "cancel", "Back", show=False, id="app.cancel"),
    ]

    def __init__(self, built: Callable[[], None]) -> None:
        super().__init__(built, self)
        self._text = ""
        self._query = PaperQuery()
        self._detail_pending = False
        self._total = 0  # papers in all
        self._described: object = None  # the paper or lineage that the line below the panes is about

    async def mount_widgets(self) -> None:
        """Goal above; lineages, papers and detail side by side; a line to tell, a line of keys."""
        await self.mount(
            ModeTabs("papers"),
            GoalBar(id="goal"),
            Horizontal(LineageList(id="lineages"), PaperTable(self._load, id="papers"), id="panes"),
            Static("opening your trail …", id="hint"),
            KeyBar(KEYS, SPARE_KEYS, id="keys"),
        )

    def _load(self, ids: Sequence[int]) -> list[PaperSummary]:
        try:
            return self._opened.papers.summaries(ids) if self._opened is not None else []
        except PapertrailError as error:
            self.post_message(UseCaseFailed(error))
            return []

    @tells_failure
    def fill(self, library: Library, told: list[str]) -> None:
        """Show an open trail, on the lineage the reader is in, at the first paper not read."""
        self.open(library)
        lineages = library.lineages.all()
        begun = [line for line in lineages if line.read and line.counted < line.total]
        self._total = len(library.papers.ids(PaperQuery()))
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
        self.query_one(KeyBar).set_keys(FILTER_KEYS if self._here == "filter" else KEYS)
        super().show_keys()

    def _refresh_numbers(self, lineages: list[LineageProgress] | None = None) -> None:
        """Show goal and lineages as they stand."""
        progress = self.library.goal.progress()
        self.query_one(ModeTabs).set_beside(progress.line)
        self.query_one(GoalBar).set_progress(progress)
        everything = LineageProgress("All papers", self._total, progress.read, progress.counted)
        known = self.library.lineages.all() if lineages is None else lineages
        queued = len(self.library.papers.ids(PaperQuery(status=Status.QUEUED)))
        self.query_one(LineageList).set_lineages(known, everything, queued)

    @tells_failure
    def _show_papers(self, *keep: int | None) -> None:
        """Show the papers of the chosen lineage that fit the filter, the cursor on the first of `keep`."""
        rows = self.query_one(LineageList)
        self._query = rows.query_at(rows.cursor)
        ids = self.library.papers.ids(self._query._replace(text=self._text))
        table = self.query_one(PaperTable)
        kept = next((paper for paper in keep if paper in ids), None)
        table.set_papers(ids, keep=kept, empty="" if ids else self._why_empty())
        self._show_title()

    def _show_title(self) -> None:
        """Say which papers these are, how many, and how many of them are marked."""
        table = self.query_one(PaperTable)
        title = "Queue" if self._query.status else self._query.lineage or "All papers"
        count, marked = table.row_count, len(table.marked)
        beside = f"· {count:,} {'paper' if count == 1 else 'papers'}"
        beside += f" · {marked} marked" if marked else ""
        table.set_title(title, f"{beside} · filtered" if self._text else beside)

    def _why_empty(self) -> str:
        """Say why there are no papers, and what to press."""
        if not self._text:
            return "w queues a paper." if self._query.status else "No papers yet: a adds one from arXiv."
        if elsewhere := self._found_elsewhere():
            return f"None here. ⏎ shows {elsewhere} among all papers."
        return "No paper has these words."

    def _found_elsewhere(self) -> int:
        """Return how many papers of all fit the filter, where a lineage is chosen."""
        if self._query == PaperQuery():
            return 0
        return len(self.library.papers.ids(PaperQuery(text=self._text)))

    @tells_failure
    def refresh_all(self, *, show: str | None = None) -> None:
        """Read everything again; the cursor stays, or goes to the paper `show` if that is in sight."""
        table = self.query_one(PaperTable)
        here, row = table.chosen.id if table.chosen else None, table.cursor
        wanted = None if show is None else self.library.papers.get(show).summary.id
        self._total = len(self.library.papers.ids(PaperQuery()))
        self._refresh_numbers()
        self._show_papers(wanted, here)
        if here is not None and wanted is None and table.chosen is not None and table.chosen.id != here:
            table.cursor = min(row, table.row_count - 1)  # it is gone

    async def show(self, asked: TrailScreen.PapersAsked) -> None:
        """Show the papers asked for."""
        if asked.key:
            self.show_in_all_papers(asked.key, asked.told, warn=asked.warn)
        elif asked.lineage:
            rows = self.query_one(LineageList)
            rows.cursor = rows.index_of(asked.lineage)
            self._to_first_unread()
            self.action_focus_papers()
        elif asked.find:
            await self.action_filter()

    @tells_failure
    def show_in_all_papers(self, key: str, told: str, *, warn: bool = False) -> None:
        """Put the cursor on a paper, among all papers, and tell a line there."""
        self.query_one(LineageList).set_reactive(RowList.cursor, 0)
        self.action_cancel()
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
            pane.show(self.library.papers.get(paper.key) if paper else None)
        except PapertrailError:
            pane.show(None)

    @property
    def _here(self) -> object:
        """What the keys are about: a lineage, the filter, or the paper under the cursor."""
        if isinstance(self.focused, LineageList):
            return ("lineage", self.focused.cursor)
        if isinstance(self.focused, Input):
            return "filter"
        paper = self.query_one(PaperTable).chosen
        return (paper.id, paper.status) if paper is not None else None

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
        if self._here == "filter":
            self.hint(f"⏎ goes to the list, {LEAVE} again")
        elif isinstance(self.focused, LineageList) and rows.chosen is not None:
            self.hint(f"{rows.chosen.name}: {rows.extent}; ⏎ goes to the papers")
        elif paper is None or self.app.size.width >= WIDE:
            self.hint("")
        else:
            self.hint("")
            status = paper_text.status_words(paper)
            room = self.app.size.width - status.cell_length - 4
            authors = line(fit(clean_line(byline(paper.authors)), room), "$quiet")
            self.query_one("#hint", Static).update(Content.assemble(status, "  ", authors))

    def on_descendant_focus(self) -> None:
        """Say what the keys are about now."""
        self._describe()

    @on(RowList.Moved, "#papers")
    def _paper_moved(self) -> None:
        self._describe()
        if not self._detail_pending:
            self._detail_pending = True
            self.call_after_refresh(self._show_detail)

    @on(RowList.Moved, "#lineages")
    def _lineage_moved(self) -> None:
        rows = self.query_one(LineageList)
        if self._opened is not None and rows.query_at(rows.cursor) != self._query:
            self.query_one(PaperTable).clear_marks()
            self._leave_filter()
            self._show_papers()
            if self._query.lineage is not None:
                self.post_message(self.LineageChosen(self._query.lineage))
        self._describe()

    @on(RowList.Chosen, "#lineages")
    def _lineage_chosen(self) -> None:
        self.action_focus_papers()
        self._to_first_unread()

    @on(RowList.Chosen, "#papers")
    def _paper_chosen(self) -> None:
        if (paper := self.chosen_paper()) is not None:
            self.open_paper(paper.key)

    def on_resize(self) -> None:
        """A pane that comes back shows the paper under the cursor."""
        if self._opened is not None:
            self._paper_moved()

    # Panes and filter

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
        """Open the filter."""
        if not self.is_attached:  # the program is ending
            return
        self.action_focus_papers()
        self.add_class("filtering")
        if not self.query(FilterLine):
            await self.mount(FilterLine(), before="#panes")
        self.query_one("#filter").focus()

    def _leave_filter(self) -> None:
        """Narrow the list no longer; who asks for it shows the papers again."""
        self._text = ""
        self.remove_class("filtering")
        for filter_line in self.query(FilterLine):
            filter_line.empty()

    def action_cancel(self) -> None:
        """Take the marks away; leave the filter and show all papers; or stop what is under way."""
        self.errands.cancel()
        table = self.query_one(PaperTable)
        if table.marked:
            table.clear_marks()
            self._show_title()
            self.describe()
            return
        if self.has_class("filtering"):
            keep = table.chosen.id if table.chosen else None
            self._leave_filter()
            if self._opened is not None:
                self._show_papers(keep)
        self.action_focus_papers()

    @on(Input.Changed, "#filter")
    def _filter_changed(self, message: Input.Changed) -> None:
        chosen = self.query_one(PaperTable).chosen
        self._text = message.value
        if self._opened is not None:
            self._show_papers(chosen.id if chosen else None)

    @on(Input.Submitted, "#filter")
    @tells_failure
    def _filter_submitted(self) -> None:
        if not self._text:
            self.remove_class("filtering")
        elif not self.query_one(PaperTable).row_count and self._found_elsewhere():
            rows = self.query_one(LineageList)
            rows.set_reactive(RowList.cursor, 0)  # the words go along
            rows.refresh()
            self._show_papers()
        self.action_focus_papers()

    def current_lineage(self) -> str | None:
        """Return the lineage in sight."""
        return self._query.lineage

    def action_compare(self) -> None:
        """Read the notes of the marked papers, or of the lineage in sight, down one question."""
        table = self.query_one(PaperTable)
        chosen = table.chosen
        if chosen is None:
            self.hint(self.no_paper(), warn=True)
            return
        keys, name = [paper.key for paper in table.marked], ""
        if not keys and self._query.lineage:
            name = self._query.lineage
            keys = self.library.lineages.members()[name]
        if len(keys) > 1:
            doors.open_comparison(self.app, self.library, keys, chosen.key, name)
        else:
            self.hint("mark two papers or more with space, or choose a lineage", warn=True)

    def action_mark(self) -> None:
        """Mark the paper under the cursor for the keys that change several at once."""
        table = self.query_one(PaperTable)
        table.toggle_mark()
        self._show_title()
        marked = len(table.marked)
        told = f"{marked} marked: s S w d U change them all, c compares them, esc takes the marks away"
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
        table = self.query_one(PaperTable)
        keep = table.chosen.id if table.chosen else None
        self._refresh_numbers()
        self._show_papers(keep)

    def chosen_paper(self) -> PaperSummary | None:
        """Return the paper under the cursor; none before the trail is open, none while it is on a lineage."""
        if self._opened is None or isinstance(self.focused, LineageList):
            return None
        return self.query_one(PaperTable).chosen

    def no_paper(self) -> str:
        """Say why there is no paper under the cursor."""
        if isinstance(self.focused, LineageList):
            return f"{self.focused.kind}: ⏎ or tab goes to the papers"
        if self._text:
            return f"no paper has these words: {LEAVE}"
        return self._why_empty()

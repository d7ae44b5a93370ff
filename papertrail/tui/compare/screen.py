"""The notes of several papers, read down one question; a few side by side; or which answers there are."""

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from papertrail.domain.errors import PapertrailError
from papertrail.domain.lineages.compare import Comparison
from papertrail.domain.paper import PaperSummary
from papertrail.domain.text import fold
from papertrail.library import Library
from papertrail.tui.compare.blocks import ComparisonBlocks, next_owed
from papertrail.tui.frame import doors, paper_text
from papertrail.tui.frame.background import UseCaseFailed
from papertrail.tui.frame.bindings import CITE_BINDING, FIND_BINDING, UNDO_BINDINGS
from papertrail.tui.frame.detail_pane import DetailPane
from papertrail.tui.frame.key_bar import KeyBar
from papertrail.tui.frame.message_line import MessageLine
from papertrail.tui.frame.notice import show_notice
from papertrail.tui.frame.page_keys import PageKeys
from papertrail.tui.frame.steady import Steady
from papertrail.tui.frame.tabs import PlaceTabs
from papertrail.tui.frame.undo_keys import UndoKeys
from papertrail.tui.frame.undo_meaning import undo_meaning
from papertrail.tui.widgets.data_text import line, say
from papertrail.tui.widgets.focus import FocusInPlace
from papertrail.tui.widgets.sheet import GUTTER, Sheet
from papertrail.tui.widgets.text_in_place import put_text

_MORE_KEYS = (
    ("e", "write"),
    ("n", "next owed"),
    ("⏎", "open"),
    ("u", "undo"),
    ("/", "find"),
    ("?", "help"),
    ("esc", "back"),
)
KEYS = (("←→", "question"), ("↑↓", "paper"), ("v", "side by side"), ("o", "overview"), *_MORE_KEYS)
KEYS_BESIDE = (("←→", "paper"), ("↑↓", "question"), ("v", "one question"), ("o", "overview"), *_MORE_KEYS)
KEYS_TABLE = (
    ("←→", "question"),
    ("↑↓", "paper"),
    ("⏎", "read on"),
    ("v", "side by side"),
    *(key for key in _MORE_KEYS if key[0] != "⏎"),
)
SPARE_KEYS = (("/", "find"), ("u", "undo"), ("⏎", "open"), ("n", "next owed"))
BEGIN_WITH = "key idea"  # tells the most
LEAST_ANSWER = 4  # lines below the overview
_TABLE_HEAD = 2  # lines above the overview's table
_AROUND = 5  # lines of the screen: tabs, a blank one, title, keys, rule above the answer
WITH_DETAIL = 164  # columns from which the paper that is read is told beside the answers
LEAST_COLUMN = 34  # cells a paper needs beside others
MOST_BESIDE = 4


class View(StrEnum):
    """How the answers are shown."""

    DOWN = "down"
    BESIDE = "beside"
    TABLE = "table"


class CompareScreen(Steady, FocusInPlace, Screen[None]):
    """Goes from paper to paper and from question to question; the arrows follow what is on the screen.

    Args:
        library: the open trail.
        keys: of the papers.
        at: key of the paper to begin with.
        lineage: its name, if they are one; papers that come to it, or leave it, do so here.
        view: its name, if they are those of one; here they stay the same whatever it asks for.
    """

    AUTO_FOCUS = ""
    CSS = """
    CompareScreen { background: $background; }
    #compare-title { height: 1; padding: 0 3; text-wrap: nowrap; text-overflow: ellipsis; }
    CompareScreen Sheet { margin: 0 1; }
    #compare-panes { height: 1fr; }
    #compare-panes > Vertical { width: 1fr; height: 1fr; }
    CompareScreen #detail { display: none; width: 56; margin: 0 0 0 1; border-left: vkey $panel; }
    CompareScreen #detail:focus { border-left: vkey $primary; }
    CompareScreen.-with-detail #detail { display: block; }
    #answer { display: none; border-top: solid $panel; }
    CompareScreen.-overview #answer { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "across(-1)", "Left", show=False, id="compare.left"),
        Binding("right,l", "across(1)", "Right", tooltip="question or paper", id="compare.right"),
        Binding("up,k", "along(-1)", "Up", show=False, id="compare.up"),
        Binding("down,j", "along(1)", "Down", tooltip="reads on, then the next one", id="compare.down"),
        Binding("tab", "paper(1)", "Next paper", tooltip="without reading on", id="compare.next"),
        Binding("shift+tab", "paper(-1)", "Paper before", show=False, id="compare.previous"),
        Binding("pagedown,space,ctrl+f", "page(1)", "Page down", show=False, id="rows.page_down"),
        Binding("pageup,ctrl+b", "page(-1)", "Page up", show=False, id="rows.page_up"),
        Binding("home,g", "edge(0)", "First", show=False, id="rows.first"),
        Binding("end,G", "edge(-1)", "Last", show=False, id="rows.last"),
        Binding("v", "view('beside')", "Side by side", tooltip="two to four in full", id="compare.beside"),
        Binding("o", "view('table')", "Overview", tooltip="which answers there are", id="compare.table"),
        Binding("n", "next_owed", "Next owed answer", id="compare.owed"),
        Binding("e", "edit", "Write the answer", tooltip="opens the note at this section", id="note.edit"),
        Binding(
            "enter", "open", "Open the paper", tooltip="in the overview: the question", id="compare.open"
        ),
        *UNDO_BINDINGS,
        Binding("O", "open_page", "Open a page", tooltip="arXiv, PDF, publisher, code", id="paper.open"),
        CITE_BINDING,
        FIND_BINDING,
        Binding("question_mark", "help", "Help", id="app.help"),
        Binding("escape,q,backspace", "back", "Back", id="app.back"),
    ]

    def __init__(
        self, library: Library, keys: Sequence[str], at: str = "", *, lineage: str = "", view: str = ""
    ) -> None:
        super().__init__()
        self.library = library
        self._keys = list(keys)
        self.is_left_freely = True
        self.undos = UndoKeys(self)
        self.pages = PageKeys(self, lambda: "there is no paper here")
        self._lineage = lineage
        self._name = lineage or view or "chosen papers"
        self._paper = self._keys.index(at) if at in self._keys else 0
        self._question = 0
        self._first = 0  # of the papers side by side
        self._view = View.DOWN
        self._comparison = Comparison((), ())
        self._blocks: ComparisonBlocks | None = None
        self._seen = False
        self._told_at: object = None  # what was read when something was told

    def compose(self) -> ComposeResult:
        """The question, the answers, the keys."""
        yield PlaceTabs()
        yield Static("", id="compare-title")
        with Horizontal(id="compare-panes"):
            with Vertical():
                yield Sheet()
                yield Sheet(id="answer")
            yield DetailPane(id="detail")
        yield MessageLine(always=False)
        yield KeyBar(KEYS, SPARE_KEYS, id="keys")

    def on_mount(self) -> None:
        """Begin with what the paper owes, else with the question that tells the most."""
        show_notice(self, self.library.notes.trouble)
        self.query_one(DetailPane).can_focus = False  # the arrows are the answers'
        self._fit_to_size()
        self._read()
        names = [fold(question.short) for question in self._comparison.questions]
        self._question = names.index(BEGIN_WITH) if BEGIN_WITH in names else 0
        if self._comparison.papers and self._comparison.papers[self._paper].owed:
            owed = (q.answers[self._paper].owed for q in self._comparison.questions)
            self._question = next((number for number, is_owed in enumerate(owed) if is_owed), 0)
        self.call_after_refresh(self._show)
        self.app.theme_changed_signal.subscribe(self, lambda _: self._set_anew())

    def _fit_to_size(self) -> None:
        """Tell of the paper beside its answer where there is room; papers side by side take all of it."""
        is_wide = self.size.width >= WITH_DETAIL and self._view is not View.BESIDE
        self.set_class(is_wide, "-with-detail")

    def _tell_paper(self) -> None:
        """Tell in the pane of the paper that is read."""
        paper = self.chosen_paper()
        if paper is None or not self.has_class("-with-detail"):
            return
        try:
            self.query_one(DetailPane).show(self.library.papers.get(paper.key))
        except PapertrailError as error:
            say(self, str(error), "error")

    @on(DetailPane.Followed)
    def _followed(self, message: DetailPane.Followed) -> None:
        """Go to what is named in the pane; a lineage is shown on Papers."""
        if message.kind == paper_text.PAPER:
            doors.open_paper(self.app, self.library, message.name)
        elif message.kind == paper_text.LINEAGE:
            self.app.pop_screen()
            doors.show_on_papers(self.app, lineage=message.name)
        else:
            self.pages.open_address(message.name)

    def _set_anew(self) -> None:
        """Draw all again: what was drawn has the colours of the theme before."""
        self._blocks = ComparisonBlocks(self.query_one("#sheet", Sheet), self._comparison)
        self._show()

    def on_resize(self) -> None:
        """Set the text anew."""
        self._fit_to_size()
        self.call_after_refresh(self._show)

    def on_screen_resume(self) -> None:
        """Show what was written meanwhile; the first time all has just been read."""
        if self._seen:
            self._read()
            self._show()
        self._seen = True

    def news_arrived(self) -> None:
        """Show what another program has changed; under another screen it waits until that is left."""
        show_notice(self, self.library.notes.trouble)
        if self.is_current and self._blocks is not None:
            self._read()
            self._show()

    @property
    def is_open(self) -> bool:
        """Answers come from an open trail."""
        return True

    def chosen_paper(self) -> PaperSummary | None:
        """Return the paper that is read."""
        return self._comparison.papers[self._paper] if self._comparison.papers else None

    def map_place(self) -> tuple[str, str]:
        """Return where the map shows the paper that is read: in the lineage compared, or its own first."""
        paper = self.chosen_paper()
        own = paper.lineages[0] if paper and paper.lineages else ""
        return self._lineage or own, paper.key if paper else ""

    def hint(self, text: str, *, warn: bool = False) -> None:
        """Tell the reader one line; it stays until one goes elsewhere."""
        self._told_at = self._here
        self.query_one(MessageLine).tell(text, warn=warn)

    @property
    def _here(self) -> object:
        """The paper and the question that are read, and how."""
        return self._paper, self._question, self._view

    def refresh_all(self, *, show: str | None = None) -> None:
        """Read everything again; at the paper with the key `show` if it is one of these."""
        self._read()
        if show in self._keys:
            self._paper = self._keys.index(show)
        self._show()

    @on(UseCaseFailed)
    def _failed(self, message: UseCaseFailed) -> None:
        say(self, str(message.error), "error")

    def _read(self) -> None:
        """Read the notes again, and which papers the lineage has; the paper that is read stays."""
        here = self._keys[self._paper] if self._keys else ""
        try:
            members = self.library.lineages.members().get(self._lineage, self._keys)
            self._comparison = self.library.comparisons.of_papers(members)
            self._keys = [paper.key for paper in self._comparison.papers]
        except PapertrailError as error:
            say(self, str(error), "error")
        last = max(len(self._keys) - 1, 0)
        self._paper = self._keys.index(here) if here in self._keys else min(self._paper, last)
        self.query_one(PlaceTabs).ask()
        self._blocks = ComparisonBlocks(self.query_one("#sheet", Sheet), self._comparison)
        self._question = min(self._question, max(len(self._comparison.questions) - 1, 0))

    def _show(self) -> None:
        comparison, blocks, sheet = self._comparison, self._blocks, self.query_one("#sheet", Sheet)
        if blocks is None or not self.is_mounted:
            return
        papers, questions = comparison.papers, comparison.questions
        if not papers or not questions:
            self.query_one("#compare-title", Static).update(Content.styled("no papers yet", "$quiet"))
            sheet.show([], header=[], at=(0, 0))
            return
        self._show_title()
        question, paper = self._question, self._paper
        width = sheet.column_width(1)
        if self._view is View.DOWN:
            header = [*blocks.strip(question, paper, width), []]
            sheet.show(blocks.down(question, width), header=header, at=(paper, 0))
        elif self._view is View.BESIDE:
            side = self._side
            column = sheet.column_width(len(side))
            header = [[], blocks.names(side, paper, column), []]
            sheet.show(blocks.beside(side, column), header=header, at=(question, paper - side.start))
        else:
            header = [[], blocks.table_head(question, width)]
            sheet.show(blocks.table(question, paper, width), header=header, at=(paper, 0), apart=0)
        self._divide(len(papers))
        self.call_after_refresh(self._tell_paper)

    def _divide(self, papers: int) -> None:
        """Give the overview the lines it needs, and what is left to the answer that is chosen there."""
        lines = _TABLE_HEAD + papers
        left = self.size.height - _AROUND - lines
        is_divided = self._view is View.TABLE and left >= LEAST_ANSWER
        self.set_class(is_divided, "-overview")
        self.query_one("#sheet", Sheet).styles.height = lines if is_divided else "1fr"
        if is_divided and self._blocks is not None:
            width = self.query_one("#sheet", Sheet).column_width(1)
            whole = self._blocks.whole(self._paper, self._question, width)
            answer = self.query_one("#answer", Sheet)
            answer.show([whole], header=[], at=(1, 0))  # the mark is at its line of the table
            answer.to_top()

    def _show_title(self) -> None:
        count, question = len(self._comparison.papers), self._comparison.questions[self._question]
        about = f"{self._name} · {count} {'paper' if count == 1 else 'papers'}"
        needed = "needed to count · " if question.required else ""
        side = self._side if self._view is View.BESIDE else range(0)
        beside = f"{about.rpartition(' · ')[0]} · papers {side.start + 1}–{side.stop} of {count}"
        legend = self._blocks.legend if self._blocks is not None and self._view is View.TABLE else ""
        words = {
            View.DOWN: (question.name, needed + about),
            View.BESIDE: ("Side by side", beside),
            View.TABLE: ("Overview", f"{legend} · {about}"),
        }
        title, beside = words[self._view]
        keys = {View.DOWN: KEYS, View.BESIDE: KEYS_BESIDE, View.TABLE: KEYS_TABLE}
        bar = self.query_one("#keys", KeyBar)
        bar.set_keys(keys[self._view])
        bar.set_meanings(undo_meaning(self.library))
        shown = Content.assemble(line(title, "bold $primary"), "  ", line(beside, "$quiet"))
        told = self.query_one(MessageLine)
        if self._told_at != self._here and not told.holds:
            told.tell("")
        put_text(self.query_one("#compare-title", Static), shown)

    @property
    def _side(self) -> range:
        """Which papers stand side by side: as many as fit, the one that is read among them."""
        count = len(self._comparison.papers)
        most = min(max((self.size.width - GUTTER) // LEAST_COLUMN, 2), MOST_BESIDE, count)
        self._first = min(max(self._first, self._paper - most + 1), self._paper, count - most)
        return range(self._first, self._first + most)

    @on(Sheet.Chosen)
    def _chosen(self, message: Sheet.Chosen) -> None:
        if self._view is View.BESIDE:
            self._question = message.block
            self._paper = self._side.start + message.column
        else:
            self._paper = message.block
        self._show()

    def action_along(self, step: int) -> None:
        """Read on within what is there, then go to what is below: a paper, side by side a question."""
        if self._view is not View.TABLE and self.query_one("#sheet", Sheet).read_on(step):
            return
        if self._view is View.BESIDE:
            self._to(self._paper, self._question + step)
        else:
            self._to(self._paper + step, self._question)

    def action_paper(self, step: int) -> None:
        """Go to the next paper or the one before, however long this one's answer is."""
        self._to(self._paper + step, self._question)

    def action_across(self, step: int) -> None:
        """Go to another question; side by side to another paper."""
        if self._view is View.BESIDE:
            self._to(self._paper + step, self._question)
        elif self._comparison.questions:
            self._to(self._paper, (self._question + step) % len(self._comparison.questions))

    def action_page(self, direction: int) -> None:
        """Scroll by a window; in the overview the answer below it."""
        self.query_one("#answer" if self.has_class("-overview") else "#sheet", Sheet).page(direction)

    def action_edge(self, index: int) -> None:
        """Go to the first or last paper; side by side to the first or last question."""
        if self._view is View.BESIDE:
            self._to(self._paper, index % max(len(self._comparison.questions), 1))
        else:
            self._to(index % max(len(self._comparison.papers), 1), self._question)

    def _to(self, paper: int, question: int) -> None:
        paper = max(min(paper, len(self._comparison.papers) - 1), 0)
        question = max(min(question, len(self._comparison.questions) - 1), 0)
        if (paper, question) != (self._paper, self._question):
            self._paper, self._question = paper, question
            self._show()

    def action_view(self, view: str) -> None:
        """Show the answers in another way, or down one question again."""
        self._view = View.DOWN if self._view is View(view) else View(view)
        before = self.has_class("-with-detail")
        self._fit_to_size()
        if self.has_class("-with-detail") == before:
            self._show()
        else:
            self.call_after_refresh(self._show)  # once it has its other width

    def action_next_owed(self) -> None:
        """Go to the next answer that a paper lacks to count."""
        found = next_owed(self._comparison, self._paper, self._question)
        if found is None:
            self.hint("nothing is owed here")
        else:
            self._to(*found)

    def action_edit(self) -> None:
        """Write the answer: the note opens at this section."""
        if self._comparison.papers and self._comparison.questions:
            key = self._comparison.papers[self._paper].key
            name = self._comparison.questions[self._question].name
            doors.edit_note(self.app, self.library, key, section=name)

    def action_open_page(self) -> None:
        """Open a page or the PDF of the paper that is read."""
        self.pages.open()

    def action_copy_citation(self) -> None:
        """Copy how the paper that is read is cited."""
        self.pages.copy()

    def action_take_back(self) -> None:
        """Take back what was done last."""
        self.undos.take_back()

    def action_do_again(self) -> None:
        """Do again what was taken back last."""
        self.undos.do_again()

    def action_open(self) -> None:
        """Open the paper; from the overview read the question."""
        if self._view is View.TABLE:
            self.action_view(View.DOWN)
        elif self._comparison.papers:
            doors.open_paper(self.app, self.library, self._comparison.papers[self._paper].key)

    def action_back(self) -> None:
        """Go back to reading down one question, then to the screen below."""
        if self._view is View.DOWN:
            self.app.pop_screen()
        else:
            self.action_view(View.DOWN)

    def action_help(self) -> None:
        """Explain the keys."""
        doors.show_help(self)

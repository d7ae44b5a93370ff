"""What was told beside the lineage's story, paper by paper; the reader says how each fared."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from papertrail.domain.tellings import Mark, Telling, TellingPage, ToldPaper, Unfinished, clock_words
from papertrail.domain.text import clean, clean_line
from papertrail.library import Library
from papertrail.tui.frame import doors
from papertrail.tui.frame.background import UseCaseFailed, tells_failure
from papertrail.tui.frame.key_bar import KeyBar
from papertrail.tui.frame.message_line import MessageLine
from papertrail.tui.frame.steady import Steady
from papertrail.tui.frame.tabs import PlaceTabs
from papertrail.tui.frame.theme import BREAKPOINTS
from papertrail.tui.widgets.cells import fit
from papertrail.tui.widgets.data_text import block, say
from papertrail.tui.widgets.focus import FocusInPlace
from papertrail.tui.widgets.ink import ink
from papertrail.tui.widgets.markdown_lines import Lines, note_lines, words_lines
from papertrail.tui.widgets.sheet import Block, Sheet

KEYS = (
    ("t", "told"),
    ("h", "helped"),
    ("m", "missed"),
    ("↑↓", "read, next"),
    ("⏎", "keep"),
    ("-", "no mark"),
    ("?", "help"),
    ("esc", "back to the page"),
)
SPARE_KEYS = (("-", "no mark"),)
STYLES = {Mark.TOLD: "success", Mark.HELPED: "primary", Mark.MISSED: "warning"}
_UNMARKED = "·"


class MarkScreen(Steady, FocusInPlace, Screen[Telling | dict[str, Mark]]):
    """Goes from paper to paper; gives back what was kept, or the marks so far where one goes on telling.

    Args:
        library: the open trail.
        page: what the telling began with.
        papers: of the lineage, each with its part of the story.
        telling: as it was put aside.
        text: what was told; empty for what was said aloud.
        seconds: that it took.
    """

    AUTO_FOCUS = ""
    CSS_PATH = "tell.tcss"
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "mark('told')", "Told", tooltip="from memory", id="marks.told"),
        Binding("h", "mark('helped')", "Helped", tooltip="came with its name, or half", id="marks.helped"),
        Binding("m", "mark('missed')", "Missed", tooltip="its frame stands out next time", id="marks.missed"),
        Binding("minus,backspace", "unmark", "No mark", id="marks.none"),
        Binding("up,k", "along(-1)", "Up", show=False, id="marks.up"),
        Binding("down,j", "along(1)", "Down", tooltip="reads on, then the next paper", id="marks.down"),
        Binding("tab,right", "paper(1)", "Next paper", tooltip="without reading on", id="marks.next"),
        Binding("shift+tab,left", "paper(-1)", "Paper before", show=False, id="marks.previous"),
        Binding("pagedown,space", "page(1)", "Page down", show=False, id="rows.page_down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="rows.page_up"),
        Binding("enter,ctrl+s", "keep", "Keep it", tooltip="with the marks given", id="marks.keep"),
        Binding("question_mark", "help", "Help", id="app.help"),
        Binding("escape", "back", "Back to the page", tooltip="marks stay", id="marks.back"),
    ]

    def __init__(
        self,
        library: Library,
        page: TellingPage,
        papers: Sequence[ToldPaper],
        telling: Unfinished,
        text: str,
        seconds: int,
    ) -> None:
        super().__init__()
        self._library = library
        self._about = page
        self._papers = papers
        self._telling = telling
        self._text = clean(text)
        self._seconds = seconds
        self._marks = {
            one.paper.key: telling.marks[one.paper.key] for one in papers if one.paper.key in telling.marks
        }
        self._at = next((n for n, one in enumerate(papers) if one.paper.key not in self._marks), 0)
        self._drawn: dict[tuple[int, int], Lines] = {}

    def compose(self) -> ComposeResult:
        """How far one is, what was told beside one paper of the story, keys."""
        yield PlaceTabs()
        yield Static("", id="marks-title")
        yield Static("", id="marks-strip")
        with Horizontal(id="marks-columns"):
            with VerticalScroll(id="told", can_focus=False):
                yield Static("", id="told-text")
            yield Sheet()
        yield MessageLine(always=False)
        yield KeyBar(KEYS, SPARE_KEYS, id="keys")

    def on_mount(self) -> None:
        """Begin at the first paper without a mark."""
        self.query_one("#told").display = bool(self._text.strip())
        self.app.theme_changed_signal.subscribe(self, lambda _: self._take_colours())
        self.call_after_refresh(self._show)

    def _take_colours(self) -> None:
        """Set the text anew in the colours of another theme."""
        self._drawn.clear()
        self._show()

    def on_resize(self) -> None:
        """Set the text anew."""
        self.call_after_refresh(self._show)

    @on(UseCaseFailed)
    def _failed(self, message: UseCaseFailed) -> None:
        say(self, str(message.error), "error")

    @property
    def _here(self) -> ToldPaper:
        return self._papers[self._at]

    def _show(self) -> None:
        if not self.is_mounted or not self._papers:
            return
        self._show_title()
        sheet = self.query_one(Sheet)
        width = min(sheet.column_width(1), 96)
        sheet.show([Block([self._story(width)], self._head(width))], header=[], at=(0, 0))
        told = block(self._text)
        for start, end in self._here.echoes:
            told = told.stylize("bold $accent", start, end)
        self.query_one("#told-text", Static).update(told)

    def _show_title(self) -> None:
        count, width = len(self._papers), self.app.size.width - 2
        marked = f"{len(self._marks)} of {count} marked"
        if len(self._marks) == count:
            marked = "every paper is marked: ⏎ keeps it"
        about = f"  {clock_words(self._seconds)} · {marked}"
        name = clean_line(self._about.name)
        shown = fit(name, min(cell_len(name), max(width - len(about), 8)))
        self.query_one("#marks-title", Static).update(
            Content.assemble(Content.styled(shown, "bold $primary"), (about, "$quiet"))
        )
        self.query_one("#marks-strip", Static).update(self._strip(width))

    def _strip(self, width: int) -> Content:
        """Return sign and year of every paper, those around this one where there is no room for all."""
        cells = 8  # of the widest: sign, blank, year, two blanks
        most = max(width // cells, 1)
        first = max(min(self._at - most // 2, len(self._papers) - most), 0)
        parts: list[Content | tuple[str, str]] = []
        for number in range(first, min(first + most, len(self._papers))):
            one = self._papers[number].paper
            mark = self._marks.get(one.key)
            sign, style = (mark.glyph, f"${STYLES[mark]}") if mark else (_UNMARKED, "$quiet")
            here = " reverse" if number == self._at else ""
            parts += [(f"{sign} {one.year or '····'}", f"{style}{here}"), Content("  ")]
        return Content.assemble(*parts)

    def _head(self, width: int) -> Lines:
        """Return key, year and mark of the paper; the story names its title."""
        told, paper = self._here, self._here.paper
        mark = self._marks.get(paper.key)
        sheet = self.query_one(Sheet)
        state = f"{mark.glyph} {mark}" if mark else "told, helped or missed?"
        lines: list[list[Segment]] = [
            [
                Segment(
                    fit(clean_line(paper.key), min(cell_len(paper.key), width - 8)),
                    ink(sheet, "foreground", bold=True),
                ),
                Segment(f" {paper.year or ''}", ink(sheet, "quiet")),
            ],
            [Segment(state, ink(sheet, STYLES[mark] if mark else "primary", bold=True))],
        ]
        if told.missed_last:
            lines[-1] += [Segment("  missed last time", ink(sheet, "warning"))]
        if paper.key in self._telling.shown:
            lines[-1] += [Segment("  its name was shown", ink(sheet, "quiet"))]
        return [*lines, []]

    def _story(self, width: int) -> Lines:
        """Return what the story says of the paper, below the words that were not told."""
        known = self._drawn.get((self._at, width))
        if known is None:
            sheet, told = self.query_one(Sheet), self._here
            hints: list[Sequence[Segment]] = []
            if told.hints:
                words = f"not in your words: {', '.join(told.hints)}"
                hints = [*words_lines(words, width, ink(sheet, "secondary")), []]
            known = self._drawn[self._at, width] = [*hints, *note_lines(sheet, told.story, width)]
        return known

    # Keys

    def action_along(self, step: int) -> None:
        """Read on within the paper's part, then go to the next one."""
        if not self.query_one(Sheet).read_on(step):
            self.action_paper(step)

    def action_paper(self, step: int) -> None:
        """Go to the next paper or the one before."""
        to = max(min(self._at + step, len(self._papers) - 1), 0)
        if to != self._at:
            self._at = to
            self._show()

    def action_page(self, direction: int) -> None:
        """Scroll by a window."""
        self.query_one(Sheet).page(direction)

    @tells_failure
    def action_mark(self, mark: str) -> None:
        """Say how the paper fared, and go to the next one without a mark."""
        self._marks[self._here.paper.key] = Mark(mark)
        order = [*range(self._at + 1, len(self._papers)), *range(self._at)]
        self._at = next(
            (number for number in order if self._papers[number].paper.key not in self._marks), self._at
        )
        self._show()
        self._put_aside()

    @tells_failure
    def action_unmark(self) -> None:
        """Take the paper's mark off."""
        if self._marks.pop(self._here.paper.key, None) is not None:
            self._show()
            self._put_aside()

    def _put_aside(self) -> None:
        left = self._telling
        telling = Unfinished(left.text, left.seconds, left.shown, dict(self._marks))
        self._library.tellings.put_aside(self._about, telling)

    @tells_failure
    def action_keep(self) -> None:
        """Keep the telling with the marks given."""
        self.dismiss(self._library.tellings.tell(self._about, self._text, self._seconds, self._marks))

    def action_help(self) -> None:
        """Explain the keys."""
        doors.show_help(self)

    def action_back(self) -> None:
        """Go back to the page; the marks stay."""
        self.dismiss(dict(self._marks))

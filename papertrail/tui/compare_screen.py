"""The notes of several papers, read down one question."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from papertrail.domain.compare import Answer, Comparison, Question
from papertrail.domain.errors import PapertrailError
from papertrail.domain.paper import PaperSummary
from papertrail.library import Library
from papertrail.tui.data_text import block, line, say
from papertrail.tui.key_bar import KeyBar
from papertrail.tui.paper_text import status_words

KEYS = (
    ("←→", "question"),
    ("↑↓", "paper"),
    ("v", "side by side"),
    ("e", "write the answer"),
    ("⏎", "open"),
    ("?", "help"),
    ("esc", "back"),
)


LEAST_COLUMN = 34  # columns a paper needs beside others
MOST_BESIDE = 4


class CompareScreen(Screen[None]):
    """One question at a time, the answers below each other; or a few papers in full, side by side.

    Args:
        library: the open trail.
        keys: of the papers.
        at: key of the paper to begin with.
    """

    AUTO_FOCUS = ""
    CSS = """
    CompareScreen { background: $background; }
    #compare-title { height: auto; padding: 0 2; margin: 0 0 1 0; }
    #answers { height: 1fr; padding: 0 2; scrollbar-size-vertical: 1; }
    #answers Static {
        height: auto; max-width: 100; padding: 0 1; margin: 0 0 1 0; border-left: vkey $background;
    }
    #answers .beside { height: auto; }
    #answers .beside Static { width: 1fr; margin: 0 2 1 0; padding: 0; border: none; }
    #answers .question { border: none; padding: 0; margin: 0; }
    #answers .here { border-left: vkey $primary; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "question(-1)", "Question before", id="compare.previous"),
        Binding("right,l", "question(1)", "Question after", id="compare.next"),
        Binding("up,k", "paper(-1)", "Paper before", id="compare.up"),
        Binding("down,j", "paper(1)", "Paper after", id="compare.down"),
        Binding("v", "beside", "Side by side", tooltip="two to four papers in full", id="compare.beside"),
        Binding("e", "edit", "Write the answer", tooltip="opens the note at this section", id="note.edit"),
        Binding("enter", "open", "Open the paper", id="compare.open"),
        Binding("question_mark", "help", "Help", id="app.help"),
        Binding("escape,q,backspace", "app.pop_screen", "Back", id="app.back"),
    ]

    def __init__(self, library: Library, keys: Sequence[str], at: str = "") -> None:
        super().__init__()
        self._library = library
        self._keys = list(keys)
        self._at = self._keys.index(at) if at in self._keys else 0
        self._number = 0
        self._comparison = Comparison((), ())
        self._is_beside = False

    def compose(self) -> ComposeResult:
        """The question, the answers, the keys."""
        yield Static("", id="compare-title")
        yield VerticalScroll(id="answers", can_focus=False)
        yield KeyBar(KEYS)

    async def on_mount(self) -> None:
        """Begin with the key idea, which tells the most."""
        await self._read()
        names = [question.short.casefold() for question in self._comparison.questions]
        self._number = names.index("key idea") if "key idea" in names else 0
        await self._show()

    async def on_screen_resume(self) -> None:
        """Show what was written meanwhile."""
        if self.is_mounted and self._comparison.papers:
            await self._read()
            await self._show()

    async def _read(self) -> None:
        try:
            self._comparison = self._library.compare(self._keys)
        except PapertrailError as error:
            say(self, str(error), "error")

    @property
    def _question(self) -> Question | None:
        questions = self._comparison.questions
        return questions[self._number % len(questions)] if questions else None

    async def _show(self) -> None:
        question = self._question
        if question is None:
            return
        if self._is_beside:
            await self._show_beside()
            return
        count = len(self._comparison.questions)
        number = f"  {self._number % count + 1} of {count}"
        needed = "  needed to count" if question.required else ""
        title = Content.assemble(line(question.name, "bold $primary"), (number + needed, "$quiet"))
        self.query_one("#compare-title", Static).update(title)
        answers = self.query_one("#answers", VerticalScroll)
        await answers.remove_children()
        pairs = zip(self._comparison.papers, question.answers, strict=True)
        await answers.mount(*(Static(_told(paper, answer)) for paper, answer in pairs))
        self._point()

    @property
    def _side(self) -> slice:
        """Which papers stand side by side: the one under the cursor and those after it, as many as fit."""
        number = min(max(self.size.width // LEAST_COLUMN, 2), MOST_BESIDE)
        first = max(min(self._at, len(self._comparison.papers) - number), 0)
        return slice(first, first + number)

    async def _show_beside(self) -> None:
        side = self._side
        papers = self._comparison.papers[side]
        title = Content.assemble(("Side by side", "bold $primary"), ("  ↑↓ other papers, v back", "$quiet"))
        self.query_one("#compare-title", Static).update(title)
        answers = self.query_one("#answers", VerticalScroll)
        await answers.remove_children()
        heads = [line(f"{paper.key} {paper.year or ''}", "bold") for paper in papers]
        rows: list[Widget] = [_row(heads)]
        for question in self._comparison.questions:
            rows.append(Static(line(question.name, "bold $primary"), classes="question"))
            rows.append(_row([_body(answer) for answer in question.answers[side]]))
        await answers.mount(*rows)
        self.query_one("#answers").scroll_home(animate=False)

    def _point(self) -> None:
        for place, answer in enumerate(self.query("#answers Static")):
            answer.set_class(place == self._at, "here")
            if place == self._at:
                answer.scroll_visible(animate=False)

    async def action_question(self, step: int) -> None:
        """Go to another question; the paper stays."""
        if self._comparison.questions:
            self._number = (self._number + step) % len(self._comparison.questions)
            await self._show()

    async def action_paper(self, step: int) -> None:
        """Go to another paper."""
        self._at = max(min(self._at + step, len(self._comparison.papers) - 1), 0)
        if self._is_beside:
            await self._show()
        else:
            self._point()

    async def action_beside(self) -> None:
        """Put a few papers side by side in full, or go back to one question."""
        self._is_beside = not self._is_beside
        await self._show()

    def action_edit(self) -> None:
        """Write the answer: the note opens at this section."""
        from papertrail.tui.note_editor import NoteEditor

        if self._question is not None and self._comparison.papers:
            key = self._comparison.papers[self._at].key
            self.app.push_screen(NoteEditor(self._library, key, self._question.name))

    def action_open(self) -> None:
        """Open the paper."""
        from papertrail.tui.paper_screen import PaperScreen

        if self._comparison.papers:
            self.app.push_screen(PaperScreen(self._library, self._comparison.papers[self._at].key))

    def action_help(self) -> None:
        """Explain the keys."""
        from papertrail.tui.help_screen import HelpScreen

        self.app.push_screen(HelpScreen(self))


def _told(paper: PaperSummary, answer: Answer) -> Content:
    """Return one paper's answer, or what is missing."""
    year = f" {paper.year}" if paper.year else ""
    head = Content.assemble(line(paper.key, "bold"), (f"{year}  ", "$quiet"), status_words(paper))
    return Content("\n").join([head, _body(answer)])


def _body(answer: Answer) -> Content:
    if answer.text.strip():
        return block(answer.text.strip("\n"))
    return Content.styled(*(("owed: e writes it", "$warning") if answer.owed else ("nothing yet", "$quiet")))


def _row(parts: Sequence[Content]) -> Horizontal:
    """Return texts side by side."""
    return Horizontal(*(Static(part) for part in parts), classes="beside")

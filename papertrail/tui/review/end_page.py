"""The end of a review: what was won, what to reread, how long tomorrow will take."""

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from papertrail.domain.recall.review import ReviewDay, ReviewQuestion
from papertrail.domain.recall.sitting import Worth, papers_of
from papertrail.domain.recall.words import asked_words, tomorrow_words, waiting_words, worth_words
from papertrail.domain.text import clean_line
from papertrail.tui.widgets.cells import fit
from papertrail.tui.widgets.ink import ink
from papertrail.tui.widgets.row_list import RowList


class RereadList(RowList):
    """The papers of which something was not known, with what that was."""

    def __init__(self) -> None:
        super().__init__(header=1, id="reread")
        self._rows: list[list[ReviewQuestion]] = []
        self._title = 0  # cells of the longest

    def set_rows(self, rows: list[list[ReviewQuestion]]) -> None:
        """Show these, the questions of a paper in each."""
        self._rows = rows
        self._title = max((cell_len(clean_line(row[0].title)) for row in rows), default=0)
        self.display = bool(rows)
        self.set_count(len(rows))

    @property
    def chosen(self) -> ReviewQuestion | None:
        """The first question of the paper under the cursor."""
        return self._rows[self.cursor][0] if self.cursor < len(self._rows) else None

    def header_segments(self, y: int, width: int, title: Style, quiet: Style) -> list[Segment]:
        """Name the list."""
        return [Segment(" To reread", title), Segment("  e opens the note at what was not known", quiet)]

    def row_segments(self, index: int, width: int, style: Style, is_cursor: bool) -> list[Segment]:
        """Draw one paper."""
        questions = self._rows[index]
        quiet = style if is_cursor else style + ink(self, "quiet")
        room = width - 2
        name = fit(clean_line(questions[0].title), min(self._title, room // 2))
        asked = clean_line(asked_words([one.wording for one in questions]))
        return [
            Segment(f" {name}", style),
            Segment(f"  {fit(asked, room - cell_len(name) - 2)} ", quiet),
        ]


class EndPage(Vertical):
    """Says what a review was worth."""

    def __init__(self) -> None:
        super().__init__(id="end")
        self._worth: Worth | None = None
        self._day: ReviewDay | None = None

    def compose(self) -> ComposeResult:
        """Words, and the papers to reread."""
        yield Static("", id="worth")
        yield RereadList()

    def show(self, worth: Worth) -> None:
        """Show what it was worth; how long tomorrow takes comes later."""
        self._worth, self._day = worth, None
        rows = self.query_one(RereadList)
        rows.set_rows(list(papers_of(worth.again).values()))
        if rows.display:
            rows.focus()
        self._say()

    def set_day(self, day: ReviewDay) -> None:
        """Say what is left of the day, and how long tomorrow takes."""
        self._day = day
        self._say()

    @property
    def chosen(self) -> ReviewQuestion | None:
        """The question to reread under the cursor."""
        return self.query_one(RereadList).chosen

    def _say(self) -> None:
        if self._worth is None:
            return
        first, *more = worth_words(self._worth)
        lines = [Content.styled(first, "bold $primary"), *map(Content, more)]
        if self._day is not None:
            ahead = [tomorrow_words(self._day), waiting_words(self._day)]
            lines += [Content(""), Content.styled(" · ".join(filter(None, ahead)), "$quiet")]
        self.query_one("#worth", Static).update(Content("\n").join(lines))

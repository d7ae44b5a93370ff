"""A comparison put into blocks: one question for all papers, a few papers in full, or all in one table."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.widget import Widget

from papertrail.domain.lineages.compare import Answer, Comparison
from papertrail.domain.note import missing_words
from papertrail.domain.paper import EXPLAINED, PaperSummary
from papertrail.domain.text import clean_line
from papertrail.tui.widgets.cells import fit
from papertrail.tui.widgets.ink import ink
from papertrail.tui.widgets.markdown_lines import Lines, note_lines, words_lines
from papertrail.tui.widgets.sheet import GUTTER, Block

WIDEST = 98  # cells of running text
_LONGEST_KEY = 24
_MARKS = 2  # cells a mark takes in the table
_STATES = {
    "counted": ("✓ counted", "success"),
    "owed": ("✎ owes a note", "warning"),
    "missing": ("! note missing", "warning"),
    "reading": ("reading", "primary"),
    "queued": ("queued", "primary"),
    "unread": ("unread", "quiet"),
    "dropped": ("dropped", "quiet"),
}


_SIGNS = {  # what a note has under a heading, and the colour of that
    "■": ("written", "success"),
    "?": ("questions open", "primary"),
    "□": ("needed to count", "warning"),
    "·": ("nothing yet", "quiet"),
    "✗": ("cannot be read", "error"),
}


def _sign(answer: Answer) -> str:
    if answer.unreadable:
        return "✗"
    if answer.owed:
        return "□"
    if answer.open_words:
        return "?"
    return "■" if answer.text.strip() else "·"


class ComparisonBlocks:
    """Draws a comparison for one widget; what was drawn once is kept.

    Args:
        widget: where it is shown.
        comparison: the papers and what their notes say.
    """

    def __init__(self, widget: Widget, comparison: Comparison) -> None:
        self._widget = widget
        self._comparison = comparison
        self._drawn: dict[tuple[int, int, int], Lines] = {}
        self._heads: dict[tuple[int, int], list[Segment]] = {}
        self._rows: dict[tuple[int, int, bool, int], Block] = {}
        self._theme = ""
        self._blocks: tuple[object, list[Block]] = (
            None,
            [],
        )  # what of, and those; the same until it is another

    def _kept(self, told: object, make: Callable[[], list[Block]]) -> list[Block]:
        """Return the blocks that were made last if they are of the same, else other ones."""
        if self._theme != self._widget.app.theme:
            self._theme, self._blocks = self._widget.app.theme, (None, [])
            for kept in (self._drawn, self._heads, self._rows):
                kept.clear()
        if self._blocks[0] != told:
            self._blocks = told, make()
        return self._blocks[1]

    def down(self, question: int, width: int) -> list[Block]:
        """Return a block for each paper with its answer to one question."""
        papers = range(len(self._comparison.papers))
        return self._kept(
            ("down", question, width), lambda: [self.whole(paper, question, width) for paper in papers]
        )

    def beside(self, papers: range, width: int) -> list[Block]:
        """Return a block for each question with the answers of some papers beside each other."""
        title = self._ink("primary", bold=True)

        def make() -> list[Block]:
            return [
                Block(
                    [self._answer(paper, number, width - 1) for paper in papers],
                    [[Segment(clean_line(question.name), title)]],
                )
                for number, question in enumerate(self._comparison.questions)
            ]

        return self._kept(("beside", papers, width), make)

    def names(self, papers: range, at: int, width: int) -> list[Segment]:
        """Return the names above the columns of `beside`, the one at `at` marked."""
        parts = []
        for number in papers:
            paper = self._comparison.papers[number]
            style = self._ink("primary" if number == at else "foreground", bold=True)
            shown = f"{paper.status.glyph} {paper.key} {paper.year or ''}".rstrip()
            key = fit(shown, min(cell_len(shown), width))
            parts += [Segment(" " * GUTTER), Segment(key, style + Style(underline=number == at))]
            parts.append(Segment(" " * (width - cell_len(key))))
        return parts

    def table(self, question: int, at: int, width: int) -> list[Block]:
        """Return a line for each paper: which questions it answers, and the beginning of one answer."""
        papers = range(len(self._comparison.papers))
        return self._kept(
            ("table", question, at, width),
            lambda: [self._row(paper, question, paper == at, width) for paper in papers],
        )

    def _row(self, number: int, question: int, here: bool, width: int) -> Block:
        """Return a line of the table."""
        if (known := self._rows.get((number, question, here, width))) is not None:
            return known
        paper, keys = self._comparison.papers[number], self._key_cells
        text_width = width - keys - 1 - _MARKS * len(self._comparison.questions) - 1
        key = fit(f"{paper.status.glyph} {paper.key}", keys)
        parts = [Segment(key, self._ink(self._state(paper)[1], bold=here)), Segment(" ")]
        for place, asked in enumerate(self._comparison.questions):
            mark, style = self._mark(asked.answers[number], chosen=place == question)
            parts.append(Segment(fit(mark, _MARKS), style))
        if text_width > 0 and self._comparison.questions:
            answer = self._comparison.questions[question].answers[number]
            short = Segment(fit(answer.short, text_width), self._ink("foreground", bold=here or None))
            parts += [Segment(" "), short]
        row = self._rows[number, question, here, width] = Block([[parts]])
        return row

    def table_head(self, question: int, width: int) -> list[Segment]:
        """Return the line above the table, which points at the question chosen."""
        before = self._key_cells + 1 + _MARKS * question
        name = clean_line(self._comparison.questions[question].short) if self._comparison.questions else ""
        return [
            Segment(" " * (GUTTER + before)),
            Segment(fit(f"▾ {name}", max(width - before, 1)), self._ink("primary", bold=True)),
        ]

    def whole(self, paper: int, question: int, width: int) -> Block:
        """Return one answer in full, or what is missing, under the name of its paper."""
        if (named := self._heads.get((paper, width))) is None:
            named = self._heads[paper, width] = self._named(self._comparison.papers[paper], width)
        return Block([self._answer(paper, question, min(width, WIDEST))], [named])

    def strip(self, question: int, paper: int, width: int) -> Lines:
        """Return the names of all questions with what one paper has of them, on as many lines as it takes."""
        lines: list[list[Segment]] = [[]]
        used = 0
        for number, asked in enumerate(self._comparison.questions):
            mark, mark_style = self._mark(asked.answers[paper])
            name = fit(clean_line(asked.short), min(cell_len(clean_line(asked.short)), width - 3))
            cells = cell_len(name) + 4
            if used and used + cells - 2 > width:
                lines.append([])
                used = 0
            style = self._ink("foreground" if number == question else "quiet", bold=number == question)
            lines[-1] += [
                Segment(f"{mark} ", mark_style),
                Segment(name, style + Style(underline=number == question)),
                Segment("  "),
            ]
            used += cells
        return [[Segment(" " * GUTTER), *line] for line in lines]

    def _ink(self, colour: str, *, bold: bool | None = None) -> Style:
        return ink(self._widget, colour, bold=bold)

    @cached_property
    def legend(self) -> str:
        """What the signs mean, those that are here."""
        seen = {_sign(answer) for question in self._comparison.questions for answer in question.answers}
        return ", ".join(f"{sign} {words}" for sign, (words, _) in _SIGNS.items() if sign in seen)

    @cached_property
    def _key_cells(self) -> int:
        longest = max((cell_len(paper.key) for paper in self._comparison.papers), default=0)
        return min(longest + 2, _LONGEST_KEY)

    def _state(self, paper: PaperSummary) -> tuple[str, str]:
        return _STATES[paper.state]

    def _named(self, paper: PaperSummary, width: int) -> list[Segment]:
        """Return key, year and state of a paper, then its title as far as there is room."""
        words, colour = self._state(paper)
        if paper.word == paper.doing:
            words = paper.doing
        if paper.explained:
            words = f"{words} {EXPLAINED} can explain"
        parts = [
            Segment(f"{paper.status.glyph} ", self._ink(colour)),
            Segment(clean_line(paper.key), self._ink("foreground", bold=True)),
            Segment(f" {paper.year}  " if paper.year else "  ", self._ink("quiet")),
            Segment(words, self._ink(colour)),
        ]
        room = width - sum(part.cell_length for part in parts) - 2
        return [*parts, Segment(f"  {fit(clean_line(paper.title), room)}", self._ink("quiet"))]

    def _mark(self, answer: Answer, *, chosen: bool = False) -> tuple[str, Style]:
        """Return the sign for what a note has there."""
        sign = _sign(answer)
        ground = "block-cursor-background" if chosen else ""
        return sign, ink(self._widget, _SIGNS[sign][1], on=ground)

    def _missing(self, paper: PaperSummary, answer: Answer) -> tuple[str, str]:
        """Return words and colour for an answer that is not there."""
        if answer.unreadable:
            return self._comparison.unreadable[paper.key], "warning"
        if not answer.owed:
            return "nothing yet", "quiet"
        if paper.owed:
            return "owed: e writes it", "warning"
        if paper.note_missing:
            return missing_words(paper.key), "warning"
        return "needed to count: e writes it", "quiet"

    def _answer(self, paper: int, question: int, width: int) -> Lines:
        """Return one answer, or what is missing."""
        known = self._drawn.get((paper, question, width))
        if known is not None:
            return known
        answer = self._comparison.questions[question].answers[paper]
        lines: Lines
        if answer.text.strip():
            lines = note_lines(self._widget, answer.text, width)
        else:
            words, colour = self._missing(self._comparison.papers[paper], answer)
            lines = words_lines(words, width, self._ink(colour))
        self._drawn[paper, question, width] = lines
        return lines


def next_owed(comparison: Comparison, paper: int, question: int) -> tuple[int, int] | None:
    """Return paper and question of the next answer owed after a place, those of read papers first."""
    return next(iter(_owed_from(comparison, paper, question)), None)


def _owed_from(comparison: Comparison, paper: int, question: int) -> Iterator[tuple[int, int]]:
    places = [(p, q) for p in range(len(comparison.papers)) for q in range(len(comparison.questions))]
    here = (paper, question)
    ordered: Sequence[tuple[int, int]] = [
        *(one for one in places if one > here),
        *(one for one in places if one <= here),
    ]
    owed = [(p, q) for p, q in ordered if comparison.questions[q].answers[p].owed]
    yield from (one for one in owed if comparison.papers[one[0]].owed)
    yield from owed

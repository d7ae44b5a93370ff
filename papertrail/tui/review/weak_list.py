"""The papers that are remembered worst, and above them the questions that wait to be worded otherwise."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType

from papertrail.domain.recall.review import BadQuestion, WeakPaper
from papertrail.domain.text import clean_line
from papertrail.tui.widgets.cells import fit, line_bar
from papertrail.tui.widgets.ink import ink
from papertrail.tui.widgets.row_list import RowList

_BAR = 8
_KEY = 20  # cells of the longest key that is seen whole
_WITH_BAR = 70  # cells from which there is a bar


class AskedPaper(NamedTuple):
    """A paper that today asks about before any of its questions was answered."""

    key: str
    title: str
    questions: int


class WeakList(RowList):
    """A line each; `enter` begins the day's review wherever the cursor is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.begin", "Begin today's review", show=False, id="due.begin"),
    ]

    def __init__(self) -> None:
        super().__init__(header=1, id="weak")
        self._rows: list[WeakPaper | AskedPaper | BadQuestion | str] = []
        self._empty = ""
        self._keys = 0

    def set_rows(
        self,
        weak: Sequence[WeakPaper],
        bad: Sequence[BadQuestion],
        asked: Sequence[AskedPaper] = (),
        *,
        empty: str,
    ) -> None:
        """Show these, the cursor on the paper it was on.

        Args:
            weak: papers, the one that is remembered worst first.
            bad: questions.
            asked: papers of today's questions, shown as long as nothing was answered.
            empty: what to say when there is neither.
        """
        here = self.chosen_key
        self._rows = [*(["marked as bad: e words it otherwise"] if bad else []), *bad]
        self._rows += [*(["remembered worst"] if bad and weak else []), *weak]
        if asked and not weak:
            self._rows += ["nothing answered yet; today asks about", *asked]
        self._empty = empty
        keys = [one.key for one in self._rows if not isinstance(one, str)]
        self._keys = min(max(map(cell_len, keys), default=0), _KEY)
        at = next((n for n, one in enumerate(self._rows) if not isinstance(one, str) and one.key == here), 0)
        self.set_count(len(self._rows), at + (at == 0 and self.is_first_heading))

    @property
    def is_first_heading(self) -> bool:
        """Whether a heading stands in the first row."""
        return bool(self._rows) and isinstance(self._rows[0], str)

    @property
    def chosen(self) -> WeakPaper | AskedPaper | BadQuestion | None:
        """What is under the cursor."""
        row = self._rows[self.cursor] if self.cursor < len(self._rows) else None
        return None if isinstance(row, str) else row

    @property
    def chosen_key(self) -> str:
        """The key of the paper under the cursor; empty for none."""
        return self.chosen.key if self.chosen is not None else ""

    def is_heading(self, index: int) -> bool:
        """Tell whether a row is a heading."""
        return isinstance(self._rows[index], str)

    def header_segments(self, y: int, width: int, title: Style, quiet: Style) -> list[Segment]:
        """Name the list."""
        return [Segment(" Papers", title), Segment("  what you know of each today", quiet)]

    def empty_segments(self, width: int, style: Style) -> list[Segment]:
        """Say why there is nothing."""
        return [Segment(f" {fit(self._empty, width - 2)} ", style)]

    def row_segments(self, index: int, width: int, style: Style, is_cursor: bool) -> list[Segment]:
        """Draw one of them."""
        row = self._rows[index]
        if isinstance(row, str):
            return [Segment(f" {fit(row, width - 2)}", style + ink(self, "primary", bold=True))]
        quiet = style if is_cursor else style + ink(self, "quiet")
        key = Segment(f" {fit(clean_line(row.key), self._keys)}  ", style)
        room = width - self._keys - 4
        if isinstance(row, BadQuestion):
            return [key, Segment(f"{fit(clean_line(row.wording), room)} ", quiet)]
        if isinstance(row, AskedPaper):
            count = f"{row.questions} {'question' if row.questions == 1 else 'questions'}"
            return [
                key,
                Segment(f"{fit(clean_line(row.title), room - 13)} ", quiet),
                Segment(f"{count:>12} ", style),
            ]
        share = f"{row.chance:>4.0%} of {row.questions}"
        bar: list[Segment] = []
        if width >= _WITH_BAR:
            filled, rest = line_bar(row.chance, 1.0, _BAR)
            colour = style if is_cursor else style + ink(self, "primary")
            bar = [
                Segment(filled, colour),
                Segment(f"{rest} ", style if is_cursor else style + ink(self, "rule")),
            ]
            room -= _BAR + 1
        return [
            key,
            Segment(f"{fit(clean_line(row.title), room - 11)} ", quiet),
            *bar,
            Segment(f"{fit(share, 10)} ", style),
        ]

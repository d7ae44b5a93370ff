"""The texts a note had, a line each, and what changed in one of them, as lines of a width."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widget import Widget

from papertrail.domain.history import Revision
from papertrail.domain.note import short_section
from papertrail.domain.text import clean, clean_line
from papertrail.domain.word_diff import Line, Mark, changed_lines
from papertrail.tui.widgets.cells import fit
from papertrail.tui.widgets.ink import ink
from papertrail.tui.widgets.row_list import RowList
from papertrail.tui.widgets.sheet import Block

MOST_WHOLE = 400  # lines of a text shown whole; of a longer one what changed, with some lines around
MOST_SHOWN = 2_000
AROUND = 3
_MOMENT, _WORDS, _BY, _NOW = 12, 6, 7, 2  # cells
_SIGN = 2  # cells before a line, where `-` and `+` stand
OUTSIDE = "outside of sections"
_FRAMES = {Mark.SAME: ("", ""), Mark.REMOVED: ("[-", "-]"), Mark.ADDED: ("{+", "+}")}


class RevisionList(RowList):
    """The texts of a note, the newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(  # it opens nothing, as in other lists
            "enter", "choose", "Restore", show=False, tooltip="make this text the note", id="history.restore"
        )
    ]

    def __init__(self) -> None:
        super().__init__(header=1, id="revisions")
        self._revisions: Sequence[Revision] = ()
        self._year = 0

    def show(self, revisions: Sequence[Revision], year: int) -> None:
        """Show texts, with the year of those of another; the cursor stays on its own if that is there."""
        here = self.chosen
        self._revisions, self._year = revisions, year
        numbers = [one.number for one in revisions]
        self.set_count(len(revisions), numbers.index(here.number) if here and here.number in numbers else 0)

    def put(self, revision: Revision) -> None:
        """Take what was found out about one of the texts."""
        rows = list(self._revisions)
        for index, one in enumerate(rows):
            if one.number == revision.number:
                rows[index] = revision
                self._revisions = rows
                self.refresh_row(index)

    @property
    def chosen(self) -> Revision | None:
        """The text under the cursor."""
        return self._revisions[self.cursor] if self.cursor < len(self._revisions) else None

    def header_segments(self, y: int, width: int, title: Style, quiet: Style) -> list[Segment]:
        """Return what the columns are."""
        words = f"{'':{_NOW}}{'when':{_MOMENT}}{'words':>{_WORDS}} {'by':{_BY}} changed"
        return [Segment(fit(words, width), title)]

    def empty_segments(self, width: int, style: Style) -> list[Segment]:
        """Say that there is nothing yet."""
        return [Segment(fit(f"{'':{_NOW}}nothing written yet", width), style)]

    def row_segments(self, index: int, width: int, style: Style, is_cursor: bool) -> list[Segment]:
        """Return one text: when, how long, by whom, what changed."""
        one = self._revisions[index]
        quiet = style if is_cursor else style + ink(self, "quiet")
        moment = f"{one.at:%d %b %H:%M}" if one.at.year == self._year else f"{one.at:%d %b %Y}"
        words = "" if one.words is None else str(one.words)
        rest = max(width - _NOW - _MOMENT - _WORDS - _BY - 2, 0)
        return [
            Segment("= " if one.is_now else "  ", style + ink(self, "success")),
            Segment(fit(moment, _MOMENT), style),
            Segment(f"{words:>{_WORDS}} ", style),
            Segment(fit(one.by, _BY), quiet),
            Segment(" " + fit(changed(one), rest) if rest else "", quiet),
        ]


def changed(revision: Revision) -> str:
    """Return which sections changed, in short."""
    if revision.is_first:
        return "begun"
    return ", ".join(clean_line(short_section(name)) or OUTSIDE for name in revision.sections or ())


def diff_blocks(widget: Widget, lines: Sequence[Line], width: int) -> tuple[list[Block], list[int]]:
    """Return a text with its changes marked, a block a line, and the numbers of blocks where changes begin.

    What was taken out is struck through, what was put in is bold; a sign stands before such lines, and where
    there are no colours the words are framed as well.

    Args:
        widget: any widget of the program.
        lines: both texts as one.
        width: cells of a line.
    """
    console = Console(width=max(width - _SIGN, 1))
    quiet = ink(widget, "quiet")
    ranges = [(0, len(lines))] if len(lines) <= MOST_WHOLE else changed_lines(lines, AROUND)
    blocks: list[Block] = []
    begins: list[int] = []
    is_change = False
    end = 0
    for start, stop in ranges:
        if start > end:
            blocks.append(Block([[[Segment("  …", quiet)]]]))
            is_change = False
        for line in lines[start:stop]:
            if len(blocks) >= MOST_SHOWN:
                return [*blocks, Block([[[Segment("  … there is more", quiet)]]])], begins
            was_change, is_change = is_change, any(piece.mark is not Mark.SAME for piece in line)
            if is_change and not was_change:
                begins.append(len(blocks))
            blocks.append(Block([list(_wrapped(widget, line, console))]))
        end = stop
    if end < len(lines):
        blocks.append(Block([[[Segment("  …", quiet)]]]))
    return blocks, begins


def _wrapped(widget: Widget, line: Line, console: Console) -> Iterator[list[Segment]]:
    """Yield a line in rows of a width, the first one behind its sign."""
    styles = {
        Mark.SAME: Style(),
        Mark.REMOVED: ink(widget, "error") + Style(strike=True),
        Mark.ADDED: ink(widget, "success", bold=True),
    }
    text = Text(end="")
    for words, mark in line:
        before, after = _FRAMES[mark] if widget.app.no_color else ("", "")
        text.append(f"{before}{clean(words)}{after}", styles[mark])
    marks = {piece.mark for piece in line} - {Mark.SAME}
    sign = Segment(
        f"{'~' if len(marks) > 1 else marks.copy().pop().value if marks else ' '} ", ink(widget, "quiet")
    )
    for row in text.wrap(console, console.width) if line else [text]:
        row.end = ""
        yield [sign, *console.render(row, console.options.update(no_wrap=True))]
        sign = Segment(" " * _SIGN)

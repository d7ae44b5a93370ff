"""What there is to do: the next papers, notes owed, lineages."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType

from papertrail.domain.goal.progress import Week
from papertrail.domain.goal.today import Today
from papertrail.domain.lineages.lineage import LineageProgress
from papertrail.domain.lineages.suggest import Suggestion
from papertrail.domain.paper import PaperSummary, Status
from papertrail.domain.text import clean_line
from papertrail.tui.widgets.cells import bar_parts, fit
from papertrail.tui.widgets.ink import ink
from papertrail.tui.widgets.row_list import RowList

MOST_OWED = 5
MOST_DOTS = 12
_WIDE_ENOUGH_FOR_REASONS = 70
_BAR = 8
_LONGEST_NAME = 44  # cells of a lineage's: its bar stands beside it, not at the far edge


class Heading(NamedTuple):
    """A line above others; the cursor passes over it."""

    text: str
    beside: str = ""


_BLANK = Heading("")
Item = Heading | Suggestion | PaperSummary | LineageProgress


class TodayList(RowList):
    """Headings and what stands under them; papers and lineages can be chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(  # not the first row, as in other lists
            "g",
            "screen.goal",
            "Set the goal",
            show=False,
            tooltip="target, days, what counts",
            id="goal.set_from_list",
        )
    ]

    def __init__(self) -> None:
        super().__init__(header=0, id="plan")
        self._today: Today | None = None
        self._items: list[Item] = []
        self._numbers = 0  # the widest of the lineages' numbers
        self._reasons = 0  # cells of the longest reason

    def set_today(self, today: Today) -> None:
        """Show what there is to do; the cursor stays on its paper or lineage."""
        self._today = today
        self._numbers = max((len(_numbers(line)) for line in today.lineages), default=0)
        self._reasons = max((cell_len(clean_line(next_one.why)) for next_one in today.plan), default=0)
        self._arrange()

    def _arrange(self) -> None:
        """Put the rows in, headings with air above them where there is room for all."""
        if self._today is None:
            return
        here = self._item_name(self.cursor)
        self._items = list(_items(self._today))
        headings = sum(isinstance(item, Heading) for item in self._items)
        if len(self._items) + headings - 1 <= self.size.height:
            self._items = [one for item in self._items for one in _with_air(item)][1:]
        names = [self._item_name(index) for index in range(len(self._items))]
        first = next((i for i, item in enumerate(self._items) if not isinstance(item, Heading)), 0)
        self.set_count(len(self._items), names.index(here) if here and here in names else first)

    def go_to(self, key: str) -> None:
        """Put the cursor on a paper if it is among the rows."""
        names = [self._item_name(index) for index in range(len(self._items))]
        if key in names:
            self.cursor = names.index(key)

    def _item_name(self, index: int) -> str:
        """Return what tells a row from others, empty for headings."""
        item = self._items[index] if index < len(self._items) else None
        if isinstance(item, Suggestion):
            return item.paper.key
        if isinstance(item, PaperSummary):
            return item.key
        return f"lineage {item.name}" if isinstance(item, LineageProgress) else ""

    def on_resize(self, event: events.Resize) -> None:
        """Give the sections air where there is room now."""
        rows = len([item for item in self._items if item != _BLANK])
        headings = sum(isinstance(item, Heading) and item != _BLANK for item in self._items)
        if (rows + headings - 1 <= self.size.height) != (_BLANK in self._items):
            self._arrange()
        super().on_resize(event)

    @property
    def here(self) -> str:
        """What tells the row under the cursor from others."""
        return self._item_name(self.cursor)

    @property
    def chosen(self) -> PaperSummary | None:
        """The paper under the cursor."""
        item = self._item
        if isinstance(item, Suggestion):
            return item.paper
        return item if isinstance(item, PaperSummary) else None

    @property
    def chosen_lineage(self) -> str | None:
        """The name of the lineage under the cursor."""
        item = self._item
        return item.name if isinstance(item, LineageProgress) else None

    @property
    def why(self) -> str:
        """Why the paper under the cursor comes next."""
        item = self._item
        return item.why if isinstance(item, Suggestion) else ""

    @property
    def _item(self) -> Item | None:
        return self._items[self.cursor] if self.cursor < len(self._items) else None

    def is_heading(self, index: int) -> bool:
        """Tell whether a row is a heading."""
        return isinstance(self._items[index], Heading)

    def row_segments(self, index: int, width: int, style: Style, is_cursor: bool) -> list[Segment]:
        """Draw one heading, paper or lineage."""
        item = self._items[index]
        if isinstance(item, Heading):
            return self._heading(item, width, style)
        if isinstance(item, LineageProgress):
            return self._lineage(item, width, style, is_cursor)
        if isinstance(item, Suggestion):
            return self._paper(item.paper, item.why, width, style, is_cursor)
        return self._paper(item, "", width, style, is_cursor)

    def _heading(self, item: Heading, width: int, style: Style) -> list[Segment]:
        text = f" {fit(item.text, min(width - 2, len(item.text)))}  "
        beside = fit(item.beside, max(min(width - len(text), cell_len(item.beside)), 0))
        return [
            Segment(text, style + ink(self, "primary", bold=True)),
            Segment(beside, style + ink(self, "quiet")),
        ]

    def _paper(
        self, paper: PaperSummary, why: str, width: int, style: Style, is_cursor: bool
    ) -> list[Segment]:
        quiet = style if is_cursor else style + ink(self, "quiet")
        mark, colour = " ", "primary" if paper.status in (Status.READING, Status.QUEUED) else "quiet"
        if paper.is_read:
            mark, colour = paper.mark, "success" if paper.counted else "warning"
        year = f"{paper.year or '':>4}  "
        room = width - 3 - len(year) - 3
        reason = min(self._reasons, room // 2)
        beside = fit(clean_line(why), reason) if why and width >= _WIDE_ENOUGH_FOR_REASONS else ""
        title = fit(clean_line(paper.title), room - cell_len(beside) - (2 if beside else 0))
        return [
            Segment(f" {paper.status.glyph}{mark}", style + ink(self, colour)),
            Segment(f" {year}", quiet),
            Segment(f"{title} ", style),
            Segment(f" {beside}" if beside else "", quiet),
        ]

    def _lineage(self, line: LineageProgress, width: int, style: Style, is_cursor: bool) -> list[Segment]:
        quiet = style if is_cursor else style + ink(self, "quiet")
        numbers = f"{_numbers(line):>{self._numbers}}"
        room = min(width - len(numbers) - _BAR - 5, _LONGEST_NAME)
        best, done, rest = bar_parts(line.explained, line.counted, line.total, _BAR)
        return [
            Segment(f" {fit(clean_line(line.name), room)}  ", style),
            Segment(best + done, style + ink(self, "success")),
            Segment(rest, style + ink(self, "rule")),
            Segment(f" {numbers} ", quiet),
        ]


def _items(today: Today) -> Sequence[Item]:
    """Return the rows: this week, what comes after it, notes owed, lineages begun and the others."""
    progress = today.progress
    week = progress.week
    quota = week.left if progress.goal is not None else 0
    items: list[Item] = []
    if today.plan:
        now, later = today.plan[:quota], today.plan[quota:]
        if now:
            items += [Heading("this week", _dots(week)), *now]
        if later:
            items += [Heading("after that" if now else "next", "" if now else _dots(week)), *later]
    else:
        items.append(Heading("nothing left to read", "a adds papers"))
    planned = {suggestion.paper.key for suggestion in today.plan}
    owed = [paper for paper in today.owed if paper.key not in planned]  # what is read again stands above
    if owed:
        more = len(owed) - MOST_OWED
        items.append(Heading("notes owed", f"and {more} more" if more > 0 else "e writes"))
        items += owed[:MOST_OWED]
    lines = sorted(today.lineages, key=lambda line: not (line.is_begun and line.counted < line.total))
    if lines:
        items += [Heading("lineages", "⏎ shows their papers"), *(line for line in lines if line.active)]
    return items


def _with_air(item: Item) -> list[Item]:
    """Return a row, a heading with a blank line above it."""
    return [_BLANK, item] if isinstance(item, Heading) else [item]


def _numbers(line: LineageProgress) -> str:
    return f"{line.counted}/{line.total}"


def _dots(week: Week) -> str:
    """Say how far the week is: `▰▰▱▱▱ 2 of 5`."""
    if not week.quota:
        return f"{week.done} this week" if week.done else ""
    dots = "▰" * min(week.done, MOST_DOTS) + "▱" * min(week.left, MOST_DOTS)
    return f"{dots if week.quota <= MOST_DOTS else ''} {week.done} of {week.quota}".strip()

"""The papers in sight: their signs, and the columns that the reader wants to see."""

from bisect import insort
from collections.abc import Callable, Sequence

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message

from papertrail.domain.listing import PaperExtras
from papertrail.domain.paper import GONE, IN_CONFLICT, PaperSummary, Status
from papertrail.domain.query.tree import Sort
from papertrail.domain.text import clean_line
from papertrail.tui.papers.columns import (
    GAP,
    OF_EXTRAS,
    Placed,
    cell,
    column_at,
    head,
    placed,
    title_cells,
)
from papertrail.tui.widgets.cells import fit, fit_end
from papertrail.tui.widgets.ink import ink
from papertrail.tui.widgets.row_list import RowList

PAGE = 100
MARK = "▌"
_KEPT_PAGES = 40

LoadPapers = Callable[[Sequence[int]], list[PaperSummary]]
LoadExtras = Callable[[Sequence[int]], dict[int, PaperExtras]]


class PaperTable(RowList):
    """Shows papers by their ids and loads a page of them when it comes into sight.

    Args:
        load: gives the papers of some ids, in their order; called while drawing, so it must be quick.
        load_extras: gives what some columns show besides; called only while one of them is in sight.
    """

    DEFAULT_CSS = "PaperTable { overflow-y: scroll; }"
    """The scrollbar is always there, unseen where all fits: no list has the screen laid out anew."""

    class HeadClicked(Message):
        """The reader clicked the name over a column."""

        def __init__(self, column: str) -> None:
            super().__init__()
            self.column = column

    def __init__(self, load: LoadPapers, load_extras: LoadExtras, *, id: str | None = None) -> None:
        super().__init__(header=2, id=id)
        self._load = load
        self._load_extras = load_extras
        self._extras: dict[int, dict[int, PaperExtras]] = {}  # by page
        self._chosen_columns: Sequence[str] = ()
        self._sort: Sort | None = None
        self._key_is_beside = False
        self._placed: tuple[int, list[Placed]] | None = None  # the columns in so many cells
        self._ids: Sequence[int] = ()
        self._pages: dict[int, list[PaperSummary]] = {}
        self._marked: set[int] = set()
        self._marked_rows: list[int] | None = None
        self._title = self._beside = self._empty = ""
        self._end_first = False

    def set_title(self, title: str, beside: str, *, end_first: bool = False) -> None:
        """Say which papers these are, and something about them.

        Args:
            title: what they are.
            beside: what there is to say about them.
            end_first: whether the end of a long title says more than its beginning.
        """
        told = clean_line(title), clean_line(beside), end_first
        if told != (self._title, self._beside, self._end_first):
            self._title, self._beside, self._end_first = told
            self.refresh(Region(0, 0, self.size.width, 1))

    def set_columns(self, chosen: Sequence[str], sort: Sort | None, *, key_is_beside: bool) -> None:
        """Say which columns there are to be, what sorts the list, and whether a pane beside tells the key."""
        wanted = chosen, sort, key_is_beside
        if wanted != (self._chosen_columns, self._sort, self._key_is_beside):
            self._chosen_columns, self._sort, self._key_is_beside = wanted
            self._placed = None
            self.refresh()

    def set_papers(
        self, ids: Sequence[int], *, keep: Sequence[int | None] = (), row: int = 0, empty: str = ""
    ) -> None:
        """Show other papers.

        Args:
            ids: of the papers, in order.
            keep: ids of papers; the cursor goes to the first of them that is in the list, and this stays
                where it is on the screen if the cursor is on it.
            row: where the cursor goes else.
            empty: what to say when there are none.
        """
        was, offset = self.chosen_id, self.cursor - round(self.scroll_y)
        self._ids = ids
        self._marked_rows = None
        self._empty = empty
        self._pages.clear()
        self._extras.clear()
        kept = next((id_ for id_ in keep if id_ is not None and id_ in ids), None)
        self.set_count(len(ids), row if kept is None else ids.index(kept))
        if kept is not None and kept == was:
            self.scroll_to(y=max(self.cursor - offset, 0), animate=False, force=True, immediate=True)

    def go_on(self, ids: Sequence[int]) -> bool:
        """Show more papers behind those that there are; tell whether these do begin so.

        What is in sight stays, and is not drawn anew.
        """
        before = len(self._ids)
        if not before or list(ids[:before]) != list(self._ids):
            return False
        self._ids = ids
        self._marked_rows = None
        self._pages.pop(before // PAGE, None)
        self._extras.pop(before // PAGE, None)
        self.grow(len(ids))
        return True

    @property
    def chosen_id(self) -> int | None:
        """The id of the paper under the cursor."""
        return self._ids[self.cursor] if self.cursor < len(self._ids) else None

    @property
    def marked(self) -> list[PaperSummary]:
        """The marked papers that are in the list, in its order."""
        papers = (self.paper_at(index) for index in self._rows_marked())
        return [paper for paper in papers if paper is not None]

    @property
    def marked_count(self) -> int:
        """How many papers of the list are marked."""
        return len(self._rows_marked())

    def _rows_marked(self) -> list[int]:
        """Return the rows of the marked papers: looked for once in a list, then kept."""
        if self._marked_rows is None:
            found = enumerate(self._ids) if self._marked else ()
            self._marked_rows = [row for row, id_ in found if id_ in self._marked]
        return self._marked_rows

    def toggle_mark(self) -> None:
        """Mark the paper under the cursor, or take the mark away, and go one down."""
        if self.row_count:
            rows = self._rows_marked()
            self._marked ^= {self._ids[self.cursor]}
            if self._ids[self.cursor] in self._marked:
                insort(rows, self.cursor)
            else:
                rows.remove(self.cursor)
            self.refresh_row(self.cursor)
            self.action_move(1)

    def clear_marks(self) -> None:
        """Take all marks away."""
        for row in self._rows_marked():
            self.refresh_row(row)
        self._marked.clear()
        self._marked_rows = None

    def forget_papers(self) -> None:
        """Load the papers in sight again: something about them has changed."""
        self._pages.clear()
        self._extras.clear()
        self.refresh()

    @property
    def chosen(self) -> PaperSummary | None:
        """The paper under the cursor."""
        return self.paper_at(self.cursor) if self.row_count else None

    def paper_at(self, index: int) -> PaperSummary | None:
        """Return the paper of a row, loading its page if need be; None when it is gone."""
        number, offset = divmod(index, PAGE)
        page = self._pages.get(number)
        if page is None:
            if len(self._pages) >= _KEPT_PAGES:
                self._pages.clear()
            page = self._pages[number] = self._load(self._ids[number * PAGE : (number + 1) * PAGE])
        return page[offset] if offset < len(page) else None

    def header_segments(self, y: int, width: int, title: Style, quiet: Style) -> list[Segment]:
        """Name the list, and its columns."""
        if y == 0:
            room = width - cell_len(self._beside) - 2
            room = max(room, width // 3)
            name = (fit_end if self._end_first else fit)(self._title, room).rstrip()
            beside = fit(self._beside, width - cell_len(name) - 2)
            return [Segment(f" {name}", title), Segment(f" {beside}", quiet)]
        heads = "".join(head(column, self._sort) for column in self._columns(width))
        return [Segment(set_cell_size(f"    {heads}", width), quiet)]

    def _columns(self, width: int) -> list[Placed]:
        if self._placed is None or self._placed[0] != width:
            columns = placed(self._chosen_columns, width, self._sort, key_is_beside=self._key_is_beside)
            self._placed = (width, columns)
        return self._placed[1]

    def on_click(self, event: events.Click) -> None:
        """Sort by the column whose name is clicked; else as in every list."""
        if event.y != 1:
            super().on_click(event)
        elif column := column_at(self._columns(self.scrollable_content_region.width), event.x):
            self.post_message(self.HeadClicked(column))

    def _extras_of(self, index: int, paper: PaperSummary) -> PaperExtras | None:
        """Return what columns show of a paper besides its summary, loading its page if need be."""
        number = index // PAGE
        page = self._extras.get(number)
        if page is None:
            if len(self._extras) >= _KEPT_PAGES:
                self._extras.clear()
            page = self._extras[number] = self._load_extras(self._ids[number * PAGE : (number + 1) * PAGE])
        return page.get(paper.id)

    def empty_segments(self, width: int, style: Style) -> list[Segment]:
        """Say why there are no papers."""
        return [Segment(f" {fit(clean_line(self._empty), width - 2)} ", style)]

    def row_segments(self, index: int, width: int, style: Style, is_cursor: bool) -> list[Segment]:
        """Draw one paper."""
        paper = self.paper_at(index)
        if paper is None:
            return []
        columns = self._columns(width)
        names = {column.name for column in columns}
        extras = self._extras_of(index, paper) if names & OF_EXTRAS else None
        sign, mark = self._sign_style(paper, style)
        quiet = style if is_cursor else style + ink(self, "quiet")
        segments = [
            Segment(MARK if paper.id in self._marked else " ", style + ink(self, "primary", bold=True)),
            Segment(paper.status.glyph, sign),
            Segment(f"{mark} ", sign),
        ]
        for column in columns:
            if column.name != "title":
                segments.append(Segment(cell(column, paper, extras) + " " * GAP, quiet))
                continue
            gone = f"{GONE} " if paper.notice else ""
            marks = paper.marks if "rating" not in names else " ".join(f"#{tag}" for tag in paper.tags)
            title, beside = title_cells(gone + clean_line(paper.title), clean_line(marks), column.width)
            title_style = quiet if paper.status is Status.DROPPED else style
            segments += [Segment(title, title_style), Segment(beside + " " * GAP, quiet)]
        return segments

    def _sign_style(self, paper: PaperSummary, style: Style) -> tuple[Style, str]:
        """Return the style of the status sign, and the mark after it: ≠ in conflict, else its own."""
        if paper.in_conflict:
            return style + ink(self, "warning"), IN_CONFLICT
        if paper.counted:
            return style + ink(self, "success"), paper.mark
        if paper.owed or paper.note_missing:
            return style + ink(self, "warning"), paper.mark
        if paper.status in (Status.READING, Status.QUEUED):
            return style + ink(self, "primary"), " "
        return style + ink(self, "quiet"), " "

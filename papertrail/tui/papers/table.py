"""The papers of the chosen lineage, or of all: sign, year, title, key."""

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from papertrail.domain.paper import GONE, IN_CONFLICT, PaperSummary, Status
from papertrail.domain.text import clean_line
from papertrail.tui.widgets.cells import fit
from papertrail.tui.widgets.ink import ink
from papertrail.tui.widgets.row_list import RowList

PAGE = 200
MARK = "▌"
_KEY_WIDTH = 20
_KEPT_PAGES = 40

LoadPapers = Callable[[Sequence[int]], list[PaperSummary]]


class PaperTable(RowList):
    """Shows papers by their ids and loads a page of them when it comes into sight.

    Args:
        load: gives the papers of some ids, in their order; called while drawing, so it must be quick.
    """

    def __init__(self, load: LoadPapers, *, id: str | None = None) -> None:
        super().__init__(header=2, id=id)
        self._load = load
        self._ids: Sequence[int] = ()
        self._pages: dict[int, list[PaperSummary]] = {}
        self._marked: set[int] = set()
        self._title = self._beside = self._empty = ""

    def set_title(self, title: str, beside: str) -> None:
        """Say which papers these are, and something about them."""
        self._title, self._beside = clean_line(title), clean_line(beside)
        self.refresh()

    def set_papers(self, ids: Sequence[int], *, keep: int | None = None, empty: str = "") -> None:
        """Show other papers.

        Args:
            ids: of the papers, in order.
            keep: id of the paper the cursor should be on if it is among them.
            empty: what to say when there are none.
        """
        self._ids = ids
        self._empty = empty
        self._pages.clear()
        try:
            cursor = ids.index(keep) if keep is not None else 0
        except ValueError:
            cursor = 0
        self.set_count(len(ids), cursor)

    @property
    def marked(self) -> list[PaperSummary]:
        """The marked papers that are in the list, in its order."""
        chosen = [(i, id_) for i, id_ in enumerate(self._ids) if id_ in self._marked] if self._marked else []
        papers = (self.paper_at(index) for index, _ in chosen)
        return [paper for paper in papers if paper is not None]

    def toggle_mark(self) -> None:
        """Mark the paper under the cursor, or take the mark away, and go one down."""
        if self.row_count:
            self._marked ^= {self._ids[self.cursor]}
            self.refresh_row(self.cursor)
            self.action_move(1)

    def clear_marks(self) -> None:
        """Take all marks away."""
        self._marked.clear()
        self.refresh()

    def forget_papers(self) -> None:
        """Load the papers in sight again: something about them has changed."""
        self._pages.clear()
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
            name = fit(self._title, max(room, width // 2)).rstrip()
            return [Segment(f" {name}", title), Segment(f" {self._beside}", quiet)]
        return [Segment(self._columns(width), quiet)]

    def _columns(self, width: int) -> str:
        key = fit("key", self._key_width(width))
        title = fit("title", width - 13 - self._key_width(width))
        return f"    year  {title}  {key} "

    def empty_segments(self, width: int, style: Style) -> list[Segment]:
        """Say why there are no papers."""
        return [Segment(f" {fit(clean_line(self._empty), width - 2)} ", style)]

    def row_segments(self, index: int, width: int, style: Style, is_cursor: bool) -> list[Segment]:
        """Draw one paper."""
        paper = self.paper_at(index)
        if paper is None:
            return []
        key_width = self._key_width(width)
        sign, mark = self._sign_style(paper, style)
        quiet = style if is_cursor else style + ink(self, "quiet")
        title_style = quiet if paper.status is Status.DROPPED else style
        gone = f"{GONE} " if paper.notice else ""
        title = fit(gone + clean_line(paper.title), width - 13 - key_width)
        return [
            Segment(MARK if paper.id in self._marked else " ", style + ink(self, "primary", bold=True)),
            Segment(paper.status.glyph, sign),
            Segment(mark, sign),
            Segment(f" {paper.year or '':>4}  ", quiet),
            Segment(f"{title}  ", title_style),
            Segment(f"{fit(clean_line(paper.key), key_width)} ", quiet),
        ]

    def _sign_style(self, paper: PaperSummary, style: Style) -> tuple[Style, str]:
        """Return the style of the status sign, and the mark after it: ✓ counted, ✎ owed, ≠ in conflict."""
        if paper.in_conflict:
            return style + ink(self, "warning"), IN_CONFLICT
        if paper.counted:
            return style + ink(self, "success"), "✓"
        if paper.owed:
            return style + ink(self, "warning"), "✎"
        if paper.status in (Status.READING, Status.QUEUED):
            return style + ink(self, "primary"), " "
        return style + ink(self, "quiet"), " "

    @staticmethod
    def _key_width(width: int) -> int:
        return 0 if width < 44 else min(_KEY_WIDTH, max(width // 4, 12))

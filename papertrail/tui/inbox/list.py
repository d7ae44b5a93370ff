"""What waits, a line each: mark, category, title, author; headings between those near and the rest."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from papertrail.domain.inbox.announcement import Announcement
from papertrail.domain.inbox.contents import Contents, NewVersion
from papertrail.domain.inbox.ranking import Ranked
from papertrail.domain.text import clean_line
from papertrail.tui.inbox.words import day_words, first_author, version_words
from papertrail.tui.widgets.cells import fit
from papertrail.tui.widgets.ink import ink
from papertrail.tui.widgets.row_list import RowList

MARK = "▌"
_LONGEST_CATEGORY = 10  # cells
_WITH_AUTHOR = 56  # columns from which the first author stands beside the title
_LEAST_AUTHOR, _MOST_AUTHOR = 16, 26


class Heading(NamedTuple):
    """A line above others; the cursor passes over it."""

    text: str
    beside: str = ""


Item = Heading | Ranked | NewVersion


class InboxList(RowList):
    """Shows announcements, those near before the rest, or a section for each day."""

    def __init__(self) -> None:
        super().__init__(header=1, id="waiting")
        self._items: list[Item] = []
        self._marked: set[str] = set()
        self._categories = 0  # cells of the longest category
        self._title = "Inbox"
        self._beside = self._empty = ""

    def set_title(self, beside: str) -> None:
        """Say how many wait, and when arXiv was asked."""
        self._beside = beside
        self.refresh()

    def set_contents(self, contents: Contents, *, by_date: bool, empty: str, keep: str, row: int) -> None:
        """Show what waits.

        Args:
            contents: in the order wanted.
            by_date: whether that is by date.
            empty: what to say when nothing waits.
            keep: id of the announcement that the cursor should be on if it is there.
            row: where the cursor should be otherwise.
        """
        items = _by_date(contents) if by_date else _by_closeness(contents)
        self._items = list(items)
        self._empty = empty
        ids = self.ids
        self._marked &= set(ids)
        names = (_primary(one.announcement) for one in self._items if not isinstance(one, Heading))
        self._categories = min(max(map(cell_len, names), default=0), _LONGEST_CATEGORY)
        self.set_count(len(self._items), ids.index(keep) if keep and keep in ids else self._row_near(row))

    def _row_near(self, row: int) -> int:
        """Return the row there, or the next one down, or up, that is no heading."""
        rows = [index for index, item in enumerate(self._items) if not isinstance(item, Heading)]
        return next((index for index in rows if index >= row), rows[-1] if rows else 0)

    @property
    def ids(self) -> list[str]:
        """The arXiv id of each row, empty for headings."""
        return ["" if isinstance(one, Heading) else one.announcement.arxiv_id for one in self._items]

    @property
    def chosen(self) -> Ranked | NewVersion | None:
        """What is under the cursor."""
        item = self._items[self.cursor] if self.cursor < len(self._items) else None
        return None if isinstance(item, Heading) else item

    @property
    def marked(self) -> list[Ranked | NewVersion]:
        """The marked rows, in order."""
        rows = (one for one in self._items if not isinstance(one, Heading))
        return [one for one in rows if one.announcement.arxiv_id in self._marked]

    def toggle_mark(self) -> None:
        """Mark the row under the cursor, or take the mark away, and go one down."""
        if (chosen := self.chosen) is not None:
            self._marked ^= {chosen.announcement.arxiv_id}
            self.refresh_row(self.cursor)
            self.action_move(1)

    def unmark(self, ids: Collection[str]) -> None:
        """Take the marks of these away."""
        self._marked -= set(ids)

    def clear_marks(self) -> None:
        """Take all marks away."""
        self._marked.clear()
        self.refresh()

    def is_heading(self, index: int) -> bool:
        """Tell whether a row is a heading."""
        return isinstance(self._items[index], Heading)

    def row_after(self, gone: Collection[str]) -> int:
        """Return where the cursor should be once these are gone: on what follows, else what is before."""
        ids = self.ids
        stay = [index for index, one in enumerate(ids) if one and one not in gone]
        below = next((index for index in stay if index >= self.cursor), None)
        at = below if below is not None else (stay[-1] if stay else 0)
        return at

    def header_segments(self, y: int, width: int, title: Style, quiet: Style) -> list[Segment]:
        """Name the list, and say what there is of it."""
        room = width - cell_len(self._title) - 3
        return [Segment(f" {self._title}", title), Segment(f"  {fit(clean_line(self._beside), room)}", quiet)]

    def empty_segments(self, width: int, style: Style) -> list[Segment]:
        """Say why nothing waits."""
        return [Segment(f" {fit(self._empty, width - 2)} ", style)]

    def row_segments(self, index: int, width: int, style: Style, is_cursor: bool) -> list[Segment]:
        """Draw one heading or announcement."""
        item = self._items[index]
        quiet = style if is_cursor else style + ink(self, "quiet")
        if isinstance(item, Heading):
            text = fit(item.text, min(cell_len(item.text), width - 2))
            beside = fit(item.beside, max(min(width - cell_len(text) - 4, cell_len(item.beside)), 0))
            return [
                Segment(f" {text}  ", style + ink(self, "primary", bold=True)),
                Segment(beside, style + ink(self, "quiet")),
            ]
        told = item.announcement
        mark = MARK if told.arxiv_id in self._marked else " "
        author_width = min(max(width // 5, _LEAST_AUTHOR), _MOST_AUTHOR) if width >= _WITH_AUTHOR else 0
        beside = item.key if isinstance(item, NewVersion) else first_author(told.authors)
        author = f"  {fit(clean_line(beside), author_width)}" if author_width else ""
        version = f"{version_words(item)}  " if isinstance(item, NewVersion) else ""
        room = width - 2 - self._categories - 2 - cell_len(version) - cell_len(author) - 1
        return [
            Segment(mark, style + ink(self, "primary", bold=True)),
            Segment(f" {fit(clean_line(_primary(told)), self._categories)}  ", quiet),
            Segment(version, style + ink(self, "primary")),
            Segment(fit(clean_line(told.title), room), style),
            Segment(f"{author} ", quiet),
        ]


def _primary(one: Announcement) -> str:
    return one.categories[0] if one.categories else ""


def _by_closeness(contents: Contents) -> Iterator[Item]:
    near = [one for one in contents.waiting if one.is_near]
    rest = [one for one in contents.waiting if not one.is_near]
    if near:
        yield Heading("close to what you read", _number(near))
        yield from near
    yield from _versions(contents)
    if rest:
        yield Heading("the rest" if near else "announced", _number(rest))
        yield from rest


def _by_date(contents: Contents) -> Iterator[Item]:
    yield from _versions(contents)
    day = None
    for one in contents.waiting:
        if one.announcement.announced != day:
            day = one.announcement.announced
            same = [each for each in contents.waiting if each.announcement.announced == day]
            yield Heading(day_words(day), _number(same))
        yield one


def _versions(contents: Contents) -> Iterator[Item]:
    if contents.new_versions:
        yield Heading("new versions of papers here", _number(contents.new_versions))
        yield from contents.new_versions


def _number(some: Sequence[object]) -> str:
    return f"{len(some):,}"

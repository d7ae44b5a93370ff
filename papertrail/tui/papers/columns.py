"""The columns of the list of papers: which there are, and which of them have room."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from papertrail.domain.listing import PaperExtras
from papertrail.domain.paper import STAR, PaperSummary
from papertrail.domain.query.tree import Sort
from papertrail.domain.text import clean_line
from papertrail.tui.widgets.cells import fit

SIGNS = 4  # cells before the first column: mark, status, what it counts, a blank
GAP = 2  # cells between columns
LEAST_TITLE = 20
_KEY_WIDTH = 20
_NARROW = 44  # below this the key is left out


class Column(NamedTuple):
    """A column.

    Attributes:
        name: as settings and `sort:` name it.
        width: in cells; 0 for those that take what there is.
        falls: whether it is first sorted with the greatest on top.
        gives_way: the higher, the sooner it is left out where there is no room.
    """

    name: str
    width: int
    falls: bool
    gives_way: int


COLUMNS = (
    Column("year", 4, True, 1),
    Column("title", 0, False, 0),
    Column("venue", 12, False, 7),
    Column("status", 8, False, 4),
    Column("added", 10, True, 6),
    Column("read", 10, True, 5),
    Column("words", 5, True, 3),
    Column("rating", 6, True, 2),
    Column("key", 0, False, 8),
)
"""In the order in which they stand."""
BY_NAME = {column.name: column for column in COLUMNS}
OF_EXTRAS = frozenset({"venue", "added", "read", "words"})
"""Those that a summary of a paper does not tell."""


class Placed(NamedTuple):
    """A column with the cells that it has in a list of some width."""

    name: str
    start: int
    width: int


def placed(chosen: Sequence[str], width: int, sort: Sort | None, *, key_is_beside: bool) -> list[Placed]:
    """Return the columns that have room, from left to right.

    The title is always there, and what the list is sorted by.

    Args:
        chosen: names of columns.
        width: of the list, in cells.
        sort: what weighs most in its order.
        key_is_beside: whether a pane beside tells the key.
    """
    sorted_by = sort.by if sort is not None else ""
    wanted = [column for column in COLUMNS if column.name in (*chosen, "title", sorted_by)]
    if key_is_beside:
        wanted = [column for column in wanted if column.name != "key" or sorted_by == "key"]
    widths = {column.name: column.width for column in wanted}
    if "key" in widths:
        widths["key"] = min(_KEY_WIDTH, max(width // 4, 12))
    for column in sorted(wanted, key=lambda one: -one.gives_way):
        has_room = _title_width(widths, width) >= LEAST_TITLE
        if column.name in ("title", sorted_by) or (
            has_room and not (column.name == "key" and width < _NARROW)
        ):
            continue
        del widths[column.name]
    widths["title"] = max(_title_width(widths, width), 1)
    found, start = [], SIGNS
    for column in wanted:
        if column.name in widths:
            found.append(Placed(column.name, start, widths[column.name]))
            start += widths[column.name] + GAP
    return found


def _title_width(widths: dict[str, int], width: int) -> int:
    """Return the cells that the other columns leave to the title; behind the last one stands a blank."""
    others = sum(cells + GAP for name, cells in widths.items() if name != "title")
    return width - SIGNS - others - 1


def next_sort(name: str, sort: Sort | None) -> Sort | None:
    """Return what sorts the list when one sorts by a column: again the other way, then not at all."""
    falls = BY_NAME[name].falls
    if sort is None or sort.by != name:
        return Sort(name, falls)
    return Sort(name, not falls) if sort.descending == falls else None


def head(column: Placed, sort: Sort | None) -> str:
    """Return the name over a column with its gap, and an arrow where the list is sorted by it."""
    sign = ("↓" if sort.descending else "↑") if sort is not None and sort.by == column.name else ""
    return fit(column.name + sign, column.width + 1) + " " * (GAP - 1)


def cell(column: Placed, paper: PaperSummary, extras: PaperExtras | None) -> str:
    """Return what stands in a column other than that of titles, without its gap."""
    if column.name == "year":
        text = f"{paper.year or '':>4}"
    elif column.name == "key":
        text = clean_line(paper.key)
    elif column.name == "status":
        text = paper.status.value
    elif column.name == "rating":
        text = f"{STAR}{paper.rating}" if paper.rating else ""
    elif extras is None:
        text = ""
    elif column.name == "words":
        text = "" if extras.words is None else f"{extras.words:>{column.width}}"
    else:
        text = clean_line({"venue": extras.venue, "added": extras.added, "read": extras.read}[column.name])
    return fit(text, column.width)


def title_cells(text: str, marks: str, width: int) -> tuple[str, str]:
    """Return a title and, where it leaves room, the rating and tags behind it; together `width` cells."""
    room = width - cell_len(text[:width]) - GAP
    if not marks or room < min(cell_len(marks[:width]), LEAST_TITLE // 2):
        return fit(text, width), ""
    return fit(text, width - room), fit(marks, room)


def column_at(columns: Sequence[Placed], x: int) -> str:
    """Return the name of the column whose head stands at a cell; signs are the status."""
    if x < SIGNS:
        return "status"
    return next((one.name for one in columns if one.start <= x < one.start + one.width + GAP), "")

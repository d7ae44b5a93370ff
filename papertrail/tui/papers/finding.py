"""The query typed on the papers' screen: what it finds, and what is told of it."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from papertrail.domain.query.tree import Group, Query, Remark, Sort, Text, joined
from papertrail.library import Library
from papertrail.tui.frame.newest import Shown
from papertrail.tui.papers.table import PAGE

FEW = 20_000  # papers, all of which are found about as soon as the first ones are drawn
NOTHING_YET = "No papers yet: a adds one from arXiv."


class Asked(NamedTuple):
    """What is to be found.

    Attributes:
        text: as it was typed.
        order: what sorts where the query names no order.
        begins_with: the term of a lineage that the text began with; nothing where that is gone.
        keep: ids of papers on the first of which the cursor is to be.
        again: whether the same was found before, and is in sight until all is found anew.
    """

    text: str
    order: tuple[Sort, ...] = ()
    begins_with: str = ""
    keep: tuple[int | None, ...] = ()
    again: bool = False


class Found(NamedTuple):
    """What was found.

    Attributes:
        query: what the text was understood as, in the order that it is in.
        names_order: whether the text says what sorts.
        remarks: what of it was not understood.
        ids: of the papers, the first ones or all.
        is_all: whether these are all.
        reason: why there are none.
        elsewhere: how many papers the query has without the lineage, where it has none with it.
    """

    asked: Asked
    query: Query
    names_order: bool
    remarks: tuple[Remark, ...]
    ids: Sequence[int]
    is_all: bool = True
    reason: str = ""
    elsewhere: int = 0


def look(library: Library, asked: Asked, show: Callable[[Found], None]) -> Iterator[Shown]:
    """Find the first papers, then all, in a thread; all at once where papers are few, to draw them once.

    A query that was shown before is not shown in part.
    """
    from papertrail.domain.query.parser import parse

    query, remarks = parse(asked.text)
    names_order = bool(query.order)
    query = query if names_order else query._replace(order=asked.order)
    at_once = asked.again or library.papers.number() <= FEW
    ids = library.search.ids(query, most=None if at_once else PAGE, often=True)
    found = Found(asked, query, names_order, remarks, ids, is_all=at_once or len(ids) < PAGE)
    if not ids:
        found = _without_any(library, found)
    yield partial(show, found)
    if not found.is_all:
        found = found._replace(ids=library.search.ids(query, often=True), is_all=True)
        yield partial(show, found)


def _without_any(library: Library, found: Found) -> Found:
    """Say why a query finds nothing: the lineage that is asked for, or a single term."""
    from papertrail.domain.query.parser import parse
    from papertrail.domain.query.printer import node_text

    text, begins_with, where = found.asked.text, found.asked.begins_with, found.query.where
    if not library.papers.number():
        return found._replace(reason=NOTHING_YET)
    if begins_with:
        others = parse(text[len(begins_with) :]).query
        if elsewhere := len(library.search.ids(others)):
            reason = f"None here, {elsewhere:,} among all papers."
            return found._replace(elsewhere=elsewhere, reason=reason)
        where = others.where
    if isinstance(where, Group) and where.kind == "all":
        for part in where.parts:
            rest = joined("all", [one for one in where.parts if one is not part])
            if count := len(library.search.ids(Query(rest))):
                reason = f"None has all of this: {count:,} without {node_text(part)}."
                return found._replace(reason=reason)
    are_words = isinstance(where, Text) and not where.field
    return found._replace(reason="No paper has these words." if are_words else "There is no such paper.")

"""What the finder finds in a trail: papers, notes, lineages, tags and views, the best first."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Literal, NamedTuple, TypeAlias

from textual.app import App

from papertrail.domain.lineages.lineage import folded_name
from papertrail.domain.paper import PaperSummary
from papertrail.domain.query.hits import Hit, Span, holds_all, in_sight, mark, place, terms
from papertrail.domain.query.parser import parse
from papertrail.domain.query.printer import node_text
from papertrail.domain.query.tree import Group, Node, Query, Remark, Text
from papertrail.domain.text import clean_line, fold
from papertrail.library import Library
from papertrail.tui.frame import doors
from papertrail.tui.frame.newest import Shown

PAPERS = "Papers"
MOST_PAPERS = 30
MOST_NOTES = 15
MOST_LINEAGE_NOTES = 5
MOST_NAMES = 10  # of lineages, tags, views

Kind: TypeAlias = Literal["paper", "note", "lineage note", "lineage", "tag", "view"]
At: TypeAlias = Callable[[str], tuple[int, int] | None]
"""Gives row and column in the text of a note; None where there is no such place any more."""


class Row(NamedTuple):
    """One thing found.

    Attributes:
        name: the paper's key; of all else its name.
        text: what is shown of it: title, name, or the line of a note.
        spans: what to mark in `text`.
        beside: what is said beside it, quietly.
        paper: of a paper or note.
        hit: of a paper, the line in which the words stand, where neither title nor key has them.
        query: what finds its papers on their screen, of a tag or view.
    """

    kind: Kind
    name: str
    text: str
    spans: tuple[Span, ...]
    beside: str = ""
    paper: PaperSummary | None = None
    hit: Hit | None = None
    query: str = ""


class Some(NamedTuple):
    """Things of one kind; `is_all` tells whether there are no more of them."""

    heading: str
    rows: tuple[Row, ...]
    is_all: bool = True


class Ways(NamedTuple):
    """What leads to things: to the paper of a key, a place in its note, one in the note about a lineage, a
    lineage by its name, the papers of a query.
    """

    paper: Callable[[str], None]
    note: Callable[[str, At], None]
    lineage_note: Callable[[str, At], None]
    lineage: Callable[[str], None]
    papers: Callable[[str], None]


class Found(NamedTuple):
    """What was found for a text, and what of it was not understood."""

    text: str
    query: Query
    remarks: tuple[Remark, ...]
    groups: tuple[Some, ...]


def look(library: Library, text: str, show: Callable[[Found], None]) -> Iterator[Shown]:
    """Find what a text asks for, in a thread."""
    found = find(library, text)
    yield partial(show, found)
    if any(row.kind == "lineage" for some in found.groups for row in some.rows):
        yield partial(show, _with_numbers(library, found))


def find(library: Library, text: str) -> Found:
    """Return what a text asks for; nothing for one that asks for nothing."""
    return with_notes(library, find_names(library, text))


def find_names(library: Library, text: str) -> Found:
    """Return papers, lineages, tags and views that a text asks for, but no notes."""
    query, remarks = parse(text)
    if query.where is None:
        return Found(text, query, remarks, ())
    groups = (
        _papers(library, query, text),
        _named("lineage", "Lineages", query, _lineages(library)),
        _named("tag", "Tags", query, _tags(library)),
        _named("view", "Views", query, ((view.name, view.query, view.query) for view in library.views.all())),
    )
    return Found(text, query, remarks, tuple(some for some in groups if some.rows))


def with_notes(library: Library, found: Found) -> Found:
    """Return what was found with the notes that have the words, after the papers."""
    if found.query.where is None:
        return found
    notes = (_notes(library, found.query), _lineage_notes(library, found.query))
    number = sum(some.heading == PAPERS for some in found.groups)
    groups = (*found.groups[:number], *(some for some in notes if some.rows), *found.groups[number:])
    return found._replace(groups=groups)


def ways_of(app: App[Any], library: Library) -> Ways:
    """Return the ways that lead to things from every screen that has none of its own."""

    def to_note(key: str, at: At) -> None:
        doors.edit_note(app, library, key, at=at)

    def to_lineage_note(name: str, at: At) -> None:
        doors.edit_summary(app, library, name, at=at)

    return Ways(
        paper=partial(doors.open_paper, app, library),
        note=to_note,
        lineage_note=to_lineage_note,
        lineage=lambda name: doors.show_on_papers(app, lineage=name),
        papers=partial(doors.show_on_papers, app),
    )


def go(ways: Ways, query: Query, row: Row) -> None:
    """Go to what a query found."""
    if row.kind == "paper":
        ways.paper(row.name)
    elif row.kind == "note":
        ways.note(row.name, partial(place, row.text, query))
    elif row.kind == "lineage note":
        ways.lineage_note(row.name, partial(place, row.text, query))
    elif row.kind == "lineage":
        ways.lineage(row.name)
    else:
        ways.papers(row.query)


def _papers(library: Library, query: Query, text: str) -> Some:
    """Find papers; those of which only the note has the words are among the notes."""
    ids = library.search.best(query, MOST_PAPERS + 1)
    papers = library.papers.summaries(ids[:MOST_PAPERS])
    seen = {paper.id: in_sight(query, paper.key, clean_line(paper.title)) for paper in papers}
    hits = library.search.hits(query, [id_ for id_, (_, is_all) in seen.items() if not is_all])
    wanted = fold(text)
    rows = [
        Row(
            "paper",
            paper.key,
            clean_line(paper.title),
            seen[paper.id][0],
            paper=paper,
            hit=hit if hit and hit.where not in ("title", "key") else None,
        )
        for paper in sorted(papers, key=lambda paper: paper.key != wanted)
        if (hit := hits.get(paper.id)) is None or hit.where != "note"
    ]
    return Some(PAPERS, tuple(rows), len(ids) <= MOST_PAPERS)


def _notes(library: Library, query: Query) -> Some:
    found = library.search.in_notes(query, MOST_NOTES + 1)
    hits = dict(found[:MOST_NOTES])
    rows = [
        Row("note", paper.key, hits[paper.id].line, hits[paper.id].spans, paper=paper)
        for paper in library.papers.summaries(list(hits))
    ]
    return Some("Notes", tuple(rows), len(found) <= MOST_NOTES)


def _lineage_notes(library: Library, query: Query) -> Some:
    found = library.summaries.find(query, MOST_LINEAGE_NOTES + 1)
    rows = [Row("lineage note", name, hit.line, hit.spans) for name, hit in found[:MOST_LINEAGE_NOTES]]
    return Some("Notes about lineages", tuple(rows), len(found) <= MOST_LINEAGE_NOTES)


def _lineages(library: Library) -> Iterator[tuple[str, str, str]]:
    """Give names without numbers: those of 100,000 papers take as long to count as all else to find."""
    return ((name, "", "") for name in library.lineages.names())


def _with_numbers(library: Library, found: Found) -> Found:
    """Return what was found with how far each lineage is."""
    numbers = {
        line.name: f"{line.total:,} {'paper' if line.total == 1 else 'papers'} · {line.read:,} read"
        for line in library.lineages.all()
    }
    groups = [
        some._replace(
            rows=tuple(
                row._replace(beside=numbers.get(row.name, "")) if row.kind == "lineage" else row
                for row in some.rows
            )
        )
        for some in found.groups
    ]
    return found._replace(groups=tuple(groups))


def _tags(library: Library) -> Iterator[tuple[str, str, str]]:
    for tag in library.tags.all():
        papers = f"{tag.papers:,} {'paper' if tag.papers == 1 else 'papers'}"
        yield tag.name, papers, node_text(Text("tag", tag.name, whole=True))


def _named(kind: Kind, heading: str, query: Query, names: Iterable[tuple[str, str, str]]) -> Some:
    """Return the names that hold all the words; none where more than words is asked for.

    Args:
        kind: of the rows.
        heading: above them.
        query: what was typed.
        names: each with what is said beside it, and what finds its papers.
    """
    asked = _of_names(query.where, kind)
    if asked is None:
        return Some(heading, ())
    wanted, parts = terms(asked), [folded_name(text) for text in _texts(asked.where)]
    rows = [
        Row(kind, name, clean_line(name), mark(asked, "title", clean_line(name)), beside, query=text)
        for name, beside, text in names
        if holds_all(wanted, name) or all(part in folded_name(name) for part in parts)
    ]
    rows.sort(key=lambda row: row.spans[0][0] if row.spans else sys.maxsize)
    return Some(heading, tuple(rows[:MOST_NAMES]), len(rows) <= MOST_NAMES)


def _of_names(where: Node | None, kind: Kind) -> Query | None:
    """Return what is asked of names: words alone, or a single term of just this field."""
    if isinstance(where, Text) and where.field == kind:
        return Query(where._replace(field=""))
    parts = _parts(where)
    return Query(where) if all(isinstance(part, Text) and not part.field for part in parts) else None


def _texts(where: Node | None) -> list[str]:
    return [part.text for part in _parts(where) if isinstance(part, Text)]


def _parts(where: Node | None) -> Sequence[Node | None]:
    return where.parts if isinstance(where, Group) and where.kind == "all" else (where,)

"""`papertrail list`: papers in reading order."""

import shlex
import sys
from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.query import QueryCommand
from papertrail.cli.trail import lineage_to_read, open_trail, view_to_read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from papertrail.domain.paper_line import PaperLine
    from papertrail.domain.query.tree import Query
    from papertrail.library import Library

AT_ONCE = 50
"""Papers of which the lines with the words asked for are looked for together."""
STATUS_WORDS = ("unread", "queued", "reading", "read", "dropped")


@click.command("list", cls=QueryCommand)
@click.argument("query", nargs=-1)
@click.option("-s", "--status", type=click.Choice(STATUS_WORDS), help="Only papers of this status.")
@click.option(
    "-l", "--lineage", metavar="NAME", help="Only this lineage, in its order; its beginning will do."
)
@click.option("--view", metavar="NAME", help="Only this saved view, in its order.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object (docs/JSON.md).")
@click.option("--no-pager", is_flag=True, help="On a terminal all at once, not through a pager.")
def command(
    query: tuple[str, ...],
    status: str | None,
    lineage: str | None,
    view: str | None,
    as_json: bool,
    no_pager: bool,
) -> None:
    """List papers in reading order; with QUERY only those it asks for.

    Words stand in title, authors, key, venue, abstract, note or tags, in any order; "these two"
    one after the other; ^word not at all; or between two is either. Fields, all in docs/SEARCH.md:

    \b
      title: author: venue: key: arxiv: doi: abstract: note: section:limits:"small objects"
      lineage: tag: status:reading has:note,pdf owed counted explains:no
      year:2015..2018  added:<2w  read:2026-03..  words:>200  rating:4..
      sort:-year  sort:title  sort:added  sort:relevance …
    On a terminal more than a screenful goes through $PAPERTRAIL_PAGER or $PAGER, else less.

    \b
    Example:
      papertrail list superpixels ^unet year:2015.. sort:-year
      papertrail list 'lineage:yolo (owed or status:reading) note:"small objects"'
    """
    asked = None
    if (text := " ".join(query)).strip():
        from papertrail.domain.query.understood import understood

        asked = understood(text)
    with open_trail() as library:
        saved = None if view is None else view_to_read(library, view).meaning
        name = None if lineage is None else lineage_to_read(library, lineage)
        wanted = narrowed(asked, status, name, saved)
        ids = None if wanted is None else library.search.ids(wanted)
        if as_json:
            from papertrail.cli.documents import summary_object

            output.say_json_list("papers", map(summary_object, library.papers.each(ids)))
            return
        if no_pager or not output.is_terminal(sys.stdout):
            found = _say(library, library.papers.lines(ids), wanted)
        else:
            found = _say_in_pager(library, ids, wanted)
        if not found and wanted is not None:
            for term in library.search.names_of_nothing(wanted):
                output.hint(f"no {term.field} is called ", term.text)
            if any(":" in one and " " in one and '"' not in one for one in query):
                output.hint("for words that belong together: 'title:\"deep residual\"'")
            if lineages := library.summaries.find(wanted, 2):
                said = "the note about a lineage has" if len(lineages) == 1 else "notes about lineages have"
                output.hint(f"{said} these words: papertrail lineages --find ", shlex.quote(text))


def _say_in_pager(library: "Library", ids: "Sequence[int] | None", wanted: "Query | None") -> int:
    """List papers on a terminal, through the pager if they are more than fit on the screen.

    Returns:
        How many there are, at least.
    """
    from itertools import chain, islice

    from papertrail.cli.pager import NoPager, through_pager, wanted_pager

    fits = output.screen_height() - 2  # with the line below them, and the prompt
    if wanted is not None:
        fits //= 2  # a line may stand below each
    papers = library.papers.lines(ids)
    first = list(islice(papers, fits + 1))
    papers = chain(first, papers)
    if len(first) > fits and (pager := wanted_pager()):
        try:
            with through_pager(pager):  # a reader may leave before the end
                _say(library, papers, wanted)
            return len(first)
        except NoPager as error:
            output.warn(f"{error}: set PAPERTRAIL_PAGER, or leave it empty for none")
            papers = library.papers.lines(ids)
    return _say(library, papers, wanted)


def _say(library: "Library", papers: "Iterable[PaperLine]", wanted: "Query | None") -> int:
    """List papers, on a terminal with the line in which the words asked for stand; return how many."""
    from papertrail.cli.describe import number_of, paper_cells
    from papertrail.domain.paper import EXPLAINED, GONE, IN_CONFLICT

    number = counted = owed = missing = explained = in_conflict = gone = 0
    in_terminal = output.line_width() is not None
    below: list[Sequence[output.Part]] | None = [] if in_terminal and wanted is not None else None
    if below is not None and wanted is not None:
        papers = _with_hits(library, papers, wanted, below)

    def told(marks: str) -> str:
        """Return what is said behind a title; nothing in a pipe, where the title is the whole column."""
        return f"  {marks}" if marks and in_terminal else ""

    def rows() -> "Iterator[Sequence[output.Part]]":
        nonlocal number, counted, owed, missing, explained, in_conflict, gone
        for paper in papers:
            number += 1
            counted += paper.counted
            owed += paper.owed
            missing += paper.note_missing
            explained += paper.explained
            marks = ""
            if paper.in_conflict:
                in_conflict, marks = in_conflict + 1, f"{IN_CONFLICT} "
            if paper.notice:
                gone, marks = gone + 1, f"{marks}{GONE} "
            yield (*paper_cells(paper), marks + paper.title + told(paper.marks))

    output.say_table(
        rows(),
        least=lambda: (1, len("counted"), 4, library.papers.longest_key()),
        below=None if below is None else below.__getitem__,
    )
    if not number:
        output.hint("no paper fits: see all with papertrail list")
    elif in_terminal:
        line = f"{number_of(number, 'paper')} · {counted} counted · {owed} owed"
        if missing:
            line += f" · {missing} missing"
        if explained:
            line += f" · {explained} {EXPLAINED} you can explain"
        if in_conflict:
            line += f" · {IN_CONFLICT} merge conflict in the note"
        if gone:
            line += f" · {GONE} withdrawn or superseded"
        output.say(output.Tint(line, "quiet"))
    return number


def _with_hits(
    library: "Library", papers: "Iterable[PaperLine]", wanted: "Query", below: "list[Sequence[output.Part]]"
) -> "Iterator[PaperLine]":
    """Give papers on, and put into `below` for each the line in which the words asked for stand."""
    from itertools import islice

    from papertrail.cli.hit_lines import hit_lines

    coming, width = iter(papers), output.line_width() or 0
    while some := list(islice(coming, AT_ONCE)):
        lines = hit_lines(library, wanted, [paper.id for paper in some], width)
        below += (lines.get(paper.id, ()) for paper in some)
        yield from some


def narrowed(
    asked: "Query | None", status: str | None, lineage: str | None, view: "Query | None" = None
) -> "Query | None":
    """Return a query of which a status, a lineage and a view hold, too; None for every paper in its order.

    Its own order goes before the view's.
    """
    if asked is None and status is None and lineage is None and view is None:
        return None
    from papertrail.domain.query.tree import Choice, Node, Query, Text, joined

    both = [query for query in (asked, view) if query is not None]
    order = next((query.order for query in both if query.order), ())
    more: list[Node] = [query.where for query in both if query.where is not None]
    if status is not None:
        more.append(Choice("status", (status,)))
    if lineage is not None:
        more.append(Text("lineage", lineage, whole=True))
    return Query(joined("all", more), order)

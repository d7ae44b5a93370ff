"""`papertrail list`: papers in reading order."""

from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.query import QueryCommand, read_query
from papertrail.cli.trail import lineage_to_read, open_trail, view_to_read

if TYPE_CHECKING:
    from papertrail.domain.query.tree import Query

STATUS_WORDS = ("unread", "queued", "reading", "read", "dropped")


@click.command("list", cls=QueryCommand)
@click.argument("query", nargs=-1)
@click.option("-s", "--status", type=click.Choice(STATUS_WORDS), help="Only papers of this status.")
@click.option(
    "-l", "--lineage", metavar="NAME", help="Only this lineage, in its order; its beginning will do."
)
@click.option("--view", metavar="NAME", help="Only this saved view, in its order; its beginning will do.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object (docs/JSON.md).")
def command(
    query: tuple[str, ...], status: str | None, lineage: str | None, view: str | None, as_json: bool
) -> None:
    """List papers in reading order; with QUERY only those it asks for.

    Words stand in title, authors, key, venue, abstract, note or tags, in any order; "these two"
    one after the other; ^word not at all; or between two is either. Fields, all in docs/SEARCH.md:

    \b
      title: author: venue: key: arxiv: doi: abstract: note: section:limits:"small objects"
      lineage: tag: status:reading has:note,pdf owed counted explains:no
      year:2015..2018  added:<2w  read:2026-03..  words:>200  rating:4..
      sort:-year  sort:title  sort:added  sort:relevance …

    \b
    Example:
      papertrail list superpixels ^unet year:2015.. sort:-year
      papertrail list 'lineage:yolo (owed or status:reading) note:"small objects"'
    """
    from papertrail.domain.paper import GONE, IN_CONFLICT

    asked = read_query(text) if (text := " ".join(query)).strip() else None
    with open_trail() as library:
        saved = None if view is None else view_to_read(library, view).meaning
        name = None if lineage is None else lineage_to_read(library, lineage)
        papers = library.papers.summaries(library.search.ids(narrowed(asked, status, name, saved)))
    if as_json:
        from papertrail.cli.documents import list_object

        output.say_json(list_object(papers))
        return
    from papertrail.cli.describe import number_of, paper_cells

    if not papers:
        output.hint("no paper fits: see all with papertrail list")
        if any(":" in one and " " in one and '"' not in one for one in query):
            output.hint("for words that belong together: 'title:\"deep residual\"'")
        return
    in_terminal = output.line_width() is not None  # in a pipe the title is the whole column
    output.say_table(
        [
            [
                *paper_cells(paper),
                f"{IN_CONFLICT} " * paper.in_conflict
                + f"{GONE} " * bool(paper.notice)
                + paper.title
                + f"  {paper.marks}" * (in_terminal and bool(paper.marks)),
            ]
            for paper in papers
        ]
    )
    if in_terminal:
        counted, owed = sum(p.counted for p in papers), sum(p.owed for p in papers)
        line = f"{number_of(len(papers), 'paper')} · {counted} counted · {owed} owed"
        if any(paper.in_conflict for paper in papers):
            line += f" · {IN_CONFLICT} merge conflict in the note"
        if any(paper.notice for paper in papers):
            line += f" · {GONE} withdrawn or superseded"
        output.say(output.Tint(line, "quiet"))


def narrowed(
    asked: "Query | None", status: str | None, lineage: str | None, view: "Query | None" = None
) -> "Query":
    """Return a query of which a status, a lineage and a view hold, too; its own order before the view's."""
    from papertrail.domain.query.tree import Choice, Node, Query, Text, joined

    both = [query for query in (asked, view) if query is not None]
    order = next((query.order for query in both if query.order), ())
    more: list[Node] = [query.where for query in both if query.where is not None]
    if status is not None:
        more.append(Choice("status", (status,)))
    if lineage is not None:
        more.append(Text("lineage", lineage, whole=True))
    return Query(joined("all", more), order)

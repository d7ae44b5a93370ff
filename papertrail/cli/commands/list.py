"""`papertrail list`: papers in reading order."""

import click

from papertrail.cli import output
from papertrail.cli.trail import lineage_to_read, open_trail

STATUS_WORDS = ("unread", "queued", "reading", "read", "dropped")


@click.command("list")
@click.argument("text", nargs=-1)
@click.option("-s", "--status", type=click.Choice(STATUS_WORDS), help="Only papers of this status.")
@click.option(
    "-l", "--lineage", metavar="NAME", help="Only this lineage, in its order; its beginning will do."
)
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object (docs/JSON.md).")
def command(text: tuple[str, ...], status: str | None, lineage: str | None, as_json: bool) -> None:
    """List papers in reading order.

    With TEXT only those that hold all its words in key, title, authors, year, venue or arXiv id.

    \b
    Columns: sign, state, year, key, title. A read paper is `counted`, or `owed` while its
    note lacks a required section.

    \b
    Example:
      papertrail list girshick --status unread
      papertrail list --lineage sgd
    """
    from papertrail.domain.paper import GONE, IN_CONFLICT, PaperQuery, Status

    with open_trail() as library:
        query = PaperQuery(
            text=" ".join(text),
            status=None if status is None else Status(status),
            lineage=None if lineage is None else lineage_to_read(library, lineage),
        )
        papers = library.papers.find(query)
    if as_json:
        from papertrail.cli.documents import list_object

        output.say_json(list_object(papers))
        return
    from papertrail.cli.describe import number_of, paper_cells

    if not papers:
        output.hint("no paper fits: see all with papertrail list")
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

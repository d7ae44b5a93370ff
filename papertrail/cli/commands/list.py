"""`papertrail list`: papers in reading order."""

import sys
from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.trail import lineage_to_read, open_trail

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from papertrail.domain.paper import PaperQuery
    from papertrail.domain.paper_line import PaperLine
    from papertrail.library import Library

STATUS_WORDS = ("unread", "queued", "reading", "read", "dropped")


@click.command("list")
@click.argument("text", nargs=-1)
@click.option("-s", "--status", type=click.Choice(STATUS_WORDS), help="Only papers of this status.")
@click.option(
    "-l", "--lineage", metavar="NAME", help="Only this lineage, in its order; its beginning will do."
)
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object (docs/JSON.md).")
@click.option("--no-pager", is_flag=True, help="On a terminal all at once, not through a pager.")
def command(
    text: tuple[str, ...], status: str | None, lineage: str | None, as_json: bool, no_pager: bool
) -> None:
    """List papers in reading order.

    With TEXT only those that hold all its words in key, title, authors, year, venue or arXiv id.

    \b
    On a terminal more than a screenful goes through $PAPERTRAIL_PAGER or $PAGER, else less.
    Columns: sign, state, year, key, title. A read paper is `counted`, or `owed` while its
    note lacks a required section.

    \b
    Example:
      papertrail list girshick --status unread
      papertrail list --lineage sgd
    """
    from papertrail.domain.paper import PaperQuery, Status

    with open_trail() as library:
        query = PaperQuery(
            text=" ".join(text),
            status=None if status is None else Status(status),
            lineage=None if lineage is None else lineage_to_read(library, lineage),
        )
        if as_json:
            from papertrail.cli.documents import summary_object

            output.say_json_list("papers", map(summary_object, library.papers.each(query)))
            return
        if no_pager or not output.is_terminal(sys.stdout):
            _say(library, library.papers.lines(query))
        else:
            _say_in_pager(library, query)


def _say_in_pager(library: "Library", query: "PaperQuery") -> None:
    """List papers on a terminal: through the pager if they are more than fit on the screen."""
    from itertools import chain, islice

    from papertrail.cli.pager import NoPager, through_pager, wanted_pager

    fits = output.screen_height() - 2  # with the line below them, and the prompt
    papers = library.papers.lines(query)
    first = list(islice(papers, fits + 1))
    papers = chain(first, papers)
    if len(first) > fits and (pager := wanted_pager()):
        try:
            with through_pager(pager):
                _say(library, papers)
            return
        except NoPager as error:
            output.warn(f"{error}: set PAPERTRAIL_PAGER, or leave it empty for none")
            papers = library.papers.lines(query)
    _say(library, papers)


def _say(library: "Library", papers: "Iterable[PaperLine]") -> None:
    from papertrail.cli.describe import number_of, paper_cells
    from papertrail.domain.paper import GONE, IN_CONFLICT

    number = counted = owed = in_conflict = gone = 0

    def rows() -> "Iterator[Sequence[output.Part]]":
        nonlocal number, counted, owed, in_conflict, gone
        for paper in papers:
            number += 1
            counted += paper.counted
            owed += paper.owed
            marks = ""
            if paper.in_conflict:
                in_conflict, marks = in_conflict + 1, f"{IN_CONFLICT} "
            if paper.notice:
                gone, marks = gone + 1, f"{marks}{GONE} "
            yield (*paper_cells(paper), marks + paper.title)

    output.say_table(rows(), least=lambda: (1, len("counted"), 4, library.papers.longest_key()))
    if not number:
        output.hint("no paper fits: see all with papertrail list")
    elif output.line_width() is not None:
        line = f"{number_of(number, 'paper')} · {counted} counted · {owed} owed"
        if in_conflict:
            line += f" · {IN_CONFLICT} merge conflict in the note"
        if gone:
            line += f" · {GONE} withdrawn or superseded"
        output.say(output.Tint(line, "quiet"))

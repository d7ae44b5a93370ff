"""`papertrail search`: papers at arXiv, marked where the trail holds them."""

from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.trail import open_trail
from papertrail.domain.arxiv_search import MOST_RESULTS, ArxivSearch
from papertrail.domain.errors import BadInput

if TYPE_CHECKING:
    from papertrail.domain.reports import AddReport, Found, SearchReport


@click.command("search")
@click.argument("words", nargs=-1)
@click.option("-a", "--author", "authors", metavar="NAME", multiple=True, help="Also by this author.")
@click.option(
    "-c", "--category", "categories", metavar="NAME", multiple=True, help="In this category, or any of these."
)
@click.option("--from", "since", metavar="DATE", default="", help="From this year, month or day on.")
@click.option("--to", "until", metavar="DATE", default="", help="Up to this year, month or day.")
@click.option("--newest", is_flag=True, help="The newest first, not what fits best.")
@click.option(
    "-n",
    "limit",
    metavar="N",
    type=click.IntRange(1, MOST_RESULTS),
    default=20,
    show_default=True,
    help="So many at most.",
)
@click.option("--add", "numbers", metavar="N[,N]", help="Add these of the papers found, by their numbers.")
@click.option("--patient", is_flag=True, help="Wait for arXiv however long it takes, not for 30 s in all.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object (docs/JSON.md).")
@click.pass_context
def command(
    ctx: click.Context,
    words: tuple[str, ...],
    authors: tuple[str, ...],
    categories: tuple[str, ...],
    since: str,
    until: str,
    newest: bool,
    limit: int,
    numbers: str | None,
    patient: bool,
    as_json: bool,
) -> None:
    """Search arXiv for papers that hold all of WORDS.

    Words between quotation marks are a phrase; ti:, au:, abs:, cat:, co:, jr: before a word or a phrase
    look in title, authors, abstract, category, comment or journal only. Dates are those of the first version:
    2015, 2015-06 or 2015-06-04.

    \b
    Columns: number, sign and key of what the trail holds, else the arXiv id; year, title, authors.
    The same search gives the same numbers for a day, without asking arXiv again.

    \b
    Example:
      papertrail search residual learning --author He --category cs.CV --from 2015
      papertrail search 'ti:"object detection" survey' --newest --add 1,3
    """
    if as_json and numbers is not None:
        raise click.UsageError("--add goes without --json", ctx)
    chosen = _numbers(numbers, limit) if numbers is not None else ()
    wanted = ArxivSearch(" ".join(words), authors, categories, since, until, newest, limit)
    with open_trail() as library:
        report = library.intake.search(wanted, patient=patient, say=output.hint)
        added = None
        if chosen:
            if beyond := [number for number in chosen if number > len(report.results)]:
                number = len(report.results)
                found = f"{number} {'paper was' if number == 1 else 'papers were'} found"
                raise BadInput(f"there is no number {beyond[0]}", found)
            added = library.intake.add_found([report.results[number - 1].metadata for number in chosen])
    if as_json:
        from papertrail.cli.documents import search_object

        output.say_json(search_object(report))
    elif added is not None:
        _say_added(added)
    else:
        _say_found(report)
    for reason in report.odd:
        output.warn(f"{reason}: left out")
    if report.odd:
        ctx.exit(1)


def _numbers(text: str, limit: int) -> tuple[int, ...]:
    """Return the numbers in `1,3`, each once.

    Raises:
        BadInput: there is something else.
    """
    parts = [part.strip() for part in text.split(",")]
    for part in parts:
        if not (part.isascii() and part.isdigit() and len(part) < 4 and 0 < int(part) <= limit):
            raise BadInput(
                f"--add {part or 'nothing'} is no number from 1 to {limit}", "for example --add 1,3"
            )
    return tuple(dict.fromkeys(map(int, parts)))


def _say_found(report: "SearchReport") -> None:
    from papertrail.cli.describe import number_of

    if not report.results:
        output.hint("arXiv finds no such paper: try fewer words")
        return
    rows = (_row(number, found) for number, found in enumerate(report.results, 1))
    output.say_table(rows, right=frozenset({0}))
    if output.line_width() is not None:
        shown, held = len(report.results), sum(found.held is not None for found in report.results)
        of = f" of {report.total:,}" if report.total > shown else ""
        line = f"{shown}{of} papers · {held} here" if shown != 1 or of else f"1 paper · {held} here"
        output.say(output.Tint(f"{line} · again with --add 1,3 to add the first and the third", "quiet"))
    elif report.total > len(report.results):
        output.hint(f"{number_of(len(report.results), 'paper')} of {report.total:,}: -n shows more")


def _row(number: int, found: "Found") -> list[output.Part]:
    from papertrail.cli.describe import STATE_STYLES
    from papertrail.domain.paper import byline

    paper, held = found.metadata, found.held
    style = STATE_STYLES[held.state] if held is not None else ""
    return [
        output.Tint(str(number), "quiet"),
        output.Tint(held.status.glyph if held is not None else "", style),
        output.Tint(held.key, "title") if held is not None else paper.arxiv_id,
        output.Tint(str(paper.published.year), "quiet"),
        f"{paper.title} · {byline(paper.authors)}" if paper.authors else paper.title,
    ]


def _say_added(report: "AddReport") -> None:
    rows: list[list[output.Part]] = []
    rows += ([output.Tint("added", "good"), output.Tint(p.key, "title"), p.title] for p in report.added)
    rows += (["known", output.Tint(p.key, "title"), p.title] for p in report.known)
    output.say_table(rows)

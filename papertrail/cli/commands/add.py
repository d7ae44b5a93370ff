"""`papertrail add`: papers from arXiv."""

import click

from papertrail.cli import output
from papertrail.cli.trail import open_trail
from papertrail.domain.arxiv_id import parse_arxiv_id


@click.command("add")
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option(
    "-l", "--lineage", metavar="NAME", help="Put them at the end of this lineage; a new name makes one."
)
@click.option("--new", is_flag=True, help="NAME is new, though a lineage begins so or is nearly called so.")
@click.pass_context
def command(ctx: click.Context, ids: tuple[str, ...], lineage: str | None, new: bool) -> None:
    """Add papers from arXiv, all in one request.

    ID is an arXiv id in any form: 1506.01497, 1506.01497v2, cs/0112017, arXiv:1506.01497, the URL of
    an abs, pdf or html page, 10.48550/arXiv.1506.01497. Known papers are said to be known.

    \b
    Example:
      papertrail add 1706.03762 https://arxiv.org/abs/2010.11929 --lineage Transformers
    """
    if new and lineage is None:
        raise click.UsageError("--new goes with --lineage", ctx)
    for text in ids:
        parse_arxiv_id(text)  # before anything is opened or made
    with open_trail() as library:
        report = library.intake.add(ids, lineage=lineage, new=new, say=output.hint)
    rows: list[list[output.Part]] = []
    rows += ([output.Tint("added", "good"), output.Tint(p.key, "title"), p.title] for p in report.added)
    rows += (["known", output.Tint(p.key, "title"), p.title] for p in report.known)
    output.say_table(rows)
    if lineage is not None and report.lineage is not None and rows:
        from papertrail.cli.commands.lineage import say_taken_for

        say_taken_for(lineage, report.lineage)
        output.hint(f"in {'the new ' if report.new_lineage else ''}lineage {report.lineage}")
    for arxiv_id in report.missing:
        output.warn(f"arXiv has no paper {arxiv_id}: check the id")
    if report.missing:
        ctx.exit(1)

"""`papertrail seed`: load a file of papers and lineages."""

import click

from papertrail.cli import output
from papertrail.cli.describe import number_of
from papertrail.cli.trail import open_trail


@click.command("seed")
@click.argument("file")
@click.pass_context
def command(ctx: click.Context, file: str) -> None:
    """Load a CSV FILE of papers and lineages; loading it again changes nothing.

    The columns are those of seeds/papers.csv. Status, notes and what you edited stay; lineages and links
    are then as the file says, also where you had changed them. What is wrong in a row is passed over and the
    first ten are named, the rest loads; the exit code is then 1.

    \b
    Example:
      papertrail seed my-papers.csv
    """
    from pathlib import Path

    with open_trail() as library:
        report = library.seeds.load(Path(file))
    for told in report.guesses():
        output.hint(f"{report.path.name}, {told}")
    for told in report.troubles():
        output.warn(f"{report.path.name}, {told}")
    counts = f"{report.added} added, {report.changed} changed, {report.unchanged} as they were"
    lineages = f"; {number_of(report.lineages, 'lineage')} changed" if report.lineages else ""
    output.say(counts + lineages)
    if report.problems:
        ctx.exit(1)

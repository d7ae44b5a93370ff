"""`papertrail seed`: load a file of papers and lineages."""

import click

from papertrail.cli import output
from papertrail.cli.trail import open_trail


@click.command("seed")
@click.argument("file")
@click.pass_context
def command(ctx: click.Context, file: str) -> None:
    """Load a CSV FILE of papers and lineages; loading it again changes nothing.

    The columns are those of seeds/papers.csv. Status, notes and what you edited stay. What is wrong
    in a row is named and passed over, the rest loads; the exit code is then 1.

    \b
    Example:
      papertrail seed my-papers.csv
    """
    from pathlib import Path

    with open_trail() as library:
        report = library.seed(Path(file))
    for problem in report.problems:
        output.warn(f"{report.path.name}, {problem}")
    output.say(f"{report.added} added, {report.changed} changed, {report.unchanged} as they were")
    if report.problems:
        ctx.exit(1)

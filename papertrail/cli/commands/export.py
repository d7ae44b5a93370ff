"""`papertrail export`: notes, lineages and an index as Markdown."""

import click

from papertrail.cli import output
from papertrail.cli.trail import open_trail


@click.command("export")
@click.option("--to", "folder", metavar="DIR", help="Where to; export/ in the trail unless given.")
def command(folder: str | None) -> None:
    """Write the notes, the lineages as stories and an index as Markdown files.

    Only what changed is written again. Files papertrail did not make, or you have changed, are left alone.

    \b
    Example:
      papertrail export --to ~/vault/papers
    """
    from pathlib import Path

    from papertrail.cli.describe import number_of

    with open_trail() as library:
        report = library.export(None if folder is None else Path(folder).expanduser())
    for name in report.kept:
        output.warn(f"{name} was changed by somebody else: left as it is; move it away to have it again")
    counts = f"{number_of(len(report.written), 'file')} written, {len(report.unchanged)} unchanged"
    if report.removed:
        counts += f", {len(report.removed)} removed"
    output.say(f"{counts}: {report.folder}")

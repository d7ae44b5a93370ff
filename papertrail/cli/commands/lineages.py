"""`papertrail lineages`: every lineage and how far it is."""

import click

from papertrail.cli import output
from papertrail.cli.trail import open_trail


@click.command("lineages")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object (docs/JSON.md).")
def command(as_json: bool) -> None:
    """List the lineages: counted, of how many, a bar (half-tone: read, note owed), name.

    \b
    Example:
      papertrail lineages
    """
    with open_trail() as library:
        lineages = library.lineages()
    if as_json:
        from papertrail.cli.documents import lineages_object

        output.say_json(lineages_object(lineages))
        return
    from papertrail.cli.describe import lineage_rows

    output.say_table(lineage_rows(lineages), right=frozenset({0}))

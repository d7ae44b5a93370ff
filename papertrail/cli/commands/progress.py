"""`papertrail progress`: the goal and the lineages."""

import click

from papertrail.cli import output
from papertrail.cli.trail import open_trail


@click.command("progress")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object (docs/JSON.md).")
def command(as_json: bool) -> None:
    """Show the goal, and how far each lineage is.

    A paper counts once it is read and the required sections of its note are filled.

    \b
    Example:
      papertrail progress
    """
    with open_trail() as library:
        today = library.today()
    if as_json:
        from papertrail.cli.documents import progress_object

        output.say_json(progress_object(today))
        return
    from papertrail.cli.cells import bar
    from papertrail.cli.describe import lineage_rows

    progress, lineages = today.progress, today.lineages
    output.say(output.Tint(progress.line, "title"))
    if (goal := progress.goal) is not None:
        output.say(f"{bar(progress.counted, progress.read, goal.target, 40)}  {goal.start} – {goal.last_day}")
    output.say()
    output.say_table(lineage_rows(lineages), right=frozenset({0}))

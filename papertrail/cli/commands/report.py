"""`papertrail report`: a week or a month as Markdown."""

import click

from papertrail.cli import output
from papertrail.cli.trail import open_trail


@click.command("report")
@click.option(
    "--week", "span", flag_value="week", default=True, help="This week from Monday (unless said otherwise)."
)
@click.option("--month", "span", flag_value="month", help="This month.")
@click.option("--last", is_flag=True, help="The week or month before.")
def command(span: str, last: bool) -> None:
    """Write what was read and noted as Markdown, to send to whoever set the goal.

    \b
    Example:
      papertrail report --month --last > october.md
    """
    with open_trail() as library:
        text = library.reports.render(month=span == "month", last=last)
    output.say_raw(text.encode("utf-8"))

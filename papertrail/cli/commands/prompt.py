"""`papertrail status` where more than its line is asked for; `papertrail/prompt/` answers without click."""

import os

import click

from papertrail.cli.trail import named_home


@click.command("status")
@click.option("--format", "form", metavar="TEXT", help="What to write, with fields in braces.")
@click.option("--json", "as_json", is_flag=True, help="All fields as one JSON object (docs/JSON.md).")
@click.pass_context
def command(ctx: click.Context, form: str | None, as_json: bool) -> None:
    """Write a line of numbers, for a shell's prompt, tmux or waybar.

    Fields are {counted}, {target}, {owed}, {due}, {queued}, {reading}, {behind}, {pace} and
    {streak}. The trail is only looked into: nothing is written and nothing asked.

    \b
    Example:
      papertrail status --format "{counted}/{target} {due}"
    """
    from papertrail.prompt.line import USUAL, status

    if as_json and form is not None:
        raise click.UsageError("--json tells all fields, and excludes --format", ctx)
    home = named_home()
    said = None if as_json else USUAL if form is None else form
    ctx.exit(status(None if home is None else str(home), said, os.environ))

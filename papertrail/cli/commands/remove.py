"""`papertrail remove`: a paper out of the trail."""

import click

from papertrail.cli import output
from papertrail.cli.trail import in_terminal, open_trail
from papertrail.domain.errors import BadInput


@click.command("remove")
@click.argument("key")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def command(ctx: click.Context, key: str, yes: bool) -> None:
    """Remove a paper, with its status and its places in lineages; asks first.

    Its note goes into the history: papertrail undo gives all of it back. The seeds file does not bring it
    back by itself.

    \b
    Example:
      papertrail remove yolov4
    """
    with open_trail() as library:
        paper = library.papers.get(library.papers.resolve(key))
        summary, note = paper.summary, paper.note
        with_note = f", with its note of {note.words:,} words" if note.exists else ""
        if not yes:
            if not in_terminal():
                raise BadInput(f"{summary.key} would be removed{with_note}", "say so: --yes")
            output.hint(output.Tint(summary.key, "title"), f"  {summary.title}  {summary.state}{with_note}")
            if not click.confirm("Remove it?", err=True):
                output.hint("it stays")
                ctx.exit(1)
        library.corrections.remove(summary.key)
    kept = "; its note is in the history" if note.exists else ""
    output.say(output.Tint(summary.key, "title"), f"  removed{kept}")
    output.hint("papertrail undo gives it back")

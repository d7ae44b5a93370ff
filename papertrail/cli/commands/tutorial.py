"""`papertrail tutorial`: walk a demo trail in five steps."""

import click

from papertrail.cli import output
from papertrail.cli.trail import can_draw, in_terminal
from papertrail.domain.errors import BadInput


@click.command("tutorial")
def command() -> None:
    """Walk a demo trail in five steps: find a paper, open it, start it, write a line, see the map.

    Each step waits until you have done it; ^q ends the tutorial at any time. It is made in a folder of its
    own and gone afterwards: your own trail is not touched.

    \b
    Example:
      papertrail tutorial
    """
    if not (in_terminal() and can_draw()):
        raise BadInput("the tutorial needs a terminal", "begin it in one; papertrail --help tells the rest")
    from papertrail.tui import run_tutorial

    output.hint("making a demo trail …")
    code = run_tutorial()
    output.hint("your own: papertrail; a demo trail to keep: papertrail init --demo DIR")
    click.get_current_context().exit(code)

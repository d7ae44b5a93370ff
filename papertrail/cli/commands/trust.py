"""`papertrail trust`: say once that a trail which is not known may be opened."""

import os

import click

from papertrail.cli import output
from papertrail.cli.trail import look_for_trail


@click.command("trust")
@click.argument("folder", metavar="[DIR]", required=False)
def command(folder: str | None) -> None:
    """Have the trail in DIR opened without a word from now on, by you and on this machine.

    papertrail opens nothing of a trail that belongs to another user, or that you never opened here: it may
    have come with a clone or an archive. Without DIR: the trail you are in. Nothing of it is opened.

    \b
    Example:
      papertrail trust ~/clones/reading
    """
    from pathlib import Path

    from papertrail.domain.errors import StrangeTrail
    from papertrail.library import find_home, meet, trust

    home = find_home(Path(folder), Path.cwd(), os.environ) if folder else look_for_trail()
    try:
        meet(home, os.environ)
    except StrangeTrail:
        trust(home, os.environ)
        output.say(f"from now on {home.root} is opened without a word")
    else:
        output.say(f"{home.root} is opened without a word already: nothing was changed")

"""`papertrail lineage`: make, name, order and link lineages."""

import click

from papertrail.cli import output
from papertrail.cli.group import TrailGroup
from papertrail.cli.trail import open_trail


@click.group("lineage", cls=TrailGroup)
def command() -> None:
    """Change lineages; papers, notes and status stay as they are.

    NAME is a lineage's name or the beginning of one, KEY a paper's key or the beginning of one.

    \b
    Example:
      papertrail lineage deactivate SGD
    """


@command.command("activate")
@click.argument("name")
def activate(name: str) -> None:
    """Let the next papers come from a lineage again.

    \b
    Example:
      papertrail lineage activate SGD
    """
    _set_active(name, True)


@command.command("deactivate")
@click.argument("name")
def deactivate(name: str) -> None:
    """Let a lineage rest: no paper is suggested from it.

    \b
    Example:
      papertrail lineage deactivate SGD
    """
    _set_active(name, False)


def _set_active(text: str, active: bool) -> None:
    with open_trail() as library:
        name = library.resolve_lineage(text)
        is_news = library.set_lineage_active(name, active)
    word = "active" if active else "at rest"
    output.say(output.Tint(name, "title"), f"  {word if is_news else f'already {word}'}")

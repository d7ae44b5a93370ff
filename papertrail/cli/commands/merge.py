"""`papertrail merge`: one paper of two."""

import click

from papertrail.cli import output
from papertrail.cli.trail import open_trail


@click.command("merge")
@click.argument("key")
@click.argument("into")
def command(key: str, into: str) -> None:
    """Make one paper of two that are the same: INTO stays, gets what it lacks, and answers to both keys.

    It has the further status, is in the lineages of both and builds on what either did. Two notes become one
    with the words of both.

    \b
    Example:
      papertrail merge arxiv-1512-03385 resnet
    """
    with open_trail() as library:
        merged = library.unions.merge(library.papers.resolve(key), library.papers.resolve(into))
    note = ("", "; the note moved along", "; one note of two")[merged.notes]
    kept = merged.paper
    output.say(output.Tint(kept.key, "title"), f"  {merged.key} is the same now; {kept.doing}{note}")
    for one in merged.identity:
        output.hint(f"{one} was that of {merged.key}, and is not kept")
    for child, parent in merged.left_out:
        output.hint(f"that {child} builds on {parent} is left out: it would close a circle")

"""`papertrail rename`: another key for a paper."""

import click

from papertrail.cli import output
from papertrail.cli.trail import open_trail
from papertrail.domain.text import clean_line


@click.command("rename")
@click.argument("key")
@click.argument("new")
def command(key: str, new: str) -> None:
    """Give a paper another key; it still answers to the one it had, and its note moves along.

    In the note only the key in its front matter is changed. Links to it in other notes stay as they are.

    \b
    Example:
      papertrail rename arxiv-1512-03385 resnet
    """
    with open_trail() as library:
        wanted = clean_line(new)
        old = library.corrections.rename(library.papers.resolve(key), wanted)
        paper = library.papers.get(wanted)
    if old == wanted:
        output.say(output.Tint(wanted, "title"), "  is its key already")
        return
    moved = f"; its note is notes/{paper.note.path.name}" if paper.note.exists else ""
    output.say(output.Tint(wanted, "title"), f"  was {old}, and answers to it{moved}")

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

    Links to it in notes follow: [[key]], [text](key.md), and headings `### from key`. papertrail undo takes
    all of it back.

    \b
    Example:
      papertrail rename arxiv-1512-03385 resnet
    """
    from papertrail.domain.past import named

    with open_trail() as library:
        wanted = clean_line(new)
        renamed = library.corrections.rename(library.papers.resolve(key), wanted)
        paper = library.papers.get(wanted)
    if renamed.key == wanted:
        output.say(output.Tint(wanted, "title"), "  is its key already")
        return
    moved = f"; its note is notes/{paper.note.path.name}" if paper.note.exists else ""
    output.say(output.Tint(wanted, "title"), f"  was {renamed.key}, and answers to it{moved}")
    if renamed.linked:
        output.hint(f"links follow in the notes of {named(renamed.linked)}")

"""`papertrail asked`: a question that somebody really asked."""

import click

from papertrail.cli import output
from papertrail.cli.trail import open_trail
from papertrail.domain.errors import BadInput


@click.command("asked")
@click.argument("key")
@click.argument("question")
@click.option("--failed", is_flag=True, help="You could not answer it.")
@click.option("--held", is_flag=True, help="You could.")
@click.option("--where", default="", metavar="TEXT", help='On which occasion: "design review".')
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object (docs/JSON.md).")
def command(key: str, question: str, failed: bool, held: bool, where: str, as_json: bool) -> None:
    """Keep a question that somebody really asked about a paper.

    It goes into the note's questions, its answer open. When you failed it, a paper you have read is queued
    to be read again.

    \b
    Example:
      papertrail asked vgg "why 3x3?" --failed --where "design review"
    """
    from papertrail.domain.asked import Outcome

    if failed and held:
        raise BadInput("--failed and --held exclude each other", "give one of them, or none")
    outcome = Outcome.FAILED if failed else Outcome.HELD if held else None
    with open_trail() as library:
        paper = library.papers.resolve(key)
        asked = library.asked.add(paper, question, outcome, where=where)
    if as_json:
        output.say_json(
            {
                "key": paper,
                "question": asked.question,
                "where": asked.where,
                "outcome": asked.outcome.value if asked.outcome else None,
                "stood_there": asked.stood_there,
                "to_read_again": asked.to_read_again,
            }
        )
        return
    output.say(asked.told)
    if output.line_width() is not None and not held:
        output.hint(f"answer it with: papertrail note {paper}")

"""`papertrail next`: what to read next, and why."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.trail import open_trail

if TYPE_CHECKING:
    from typing import Literal

    from papertrail.domain.lineages.suggest import Suggestion


class Steps(click.ParamType["int | Literal['all']"]):
    """A number of steps, or all of them."""

    name = "steps"

    def convert(
        self, value: object, param: click.Parameter | None, context: click.Context | None
    ) -> "int | Literal['all']":
        """Return the number, or the word."""
        from papertrail.domain.settings import NEXT_DEPTH

        return NEXT_DEPTH.parse(str(value))


@click.command("next")
@click.option(
    "--depth",
    type=Steps(),
    metavar="N|all",
    help="How many steps down a paper waits for what it builds on; as set with papertrail set unless given.",
)
@click.option("-n", "count", type=click.IntRange(1), default=5, show_default=True, help="How many papers.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object (docs/JSON.md).")
def command(count: int, depth: "int | Literal['all'] | None", as_json: bool) -> None:
    """Say what to read next, and why: what is begun, the queue, then the next step of a lineage.

    \b
    Example:
      papertrail next -n 3
    """
    with open_trail() as library:
        suggestions = library.agenda.next(count, depth=depth)
    if as_json:
        from papertrail.cli.documents import next_object

        output.say_json(next_object(suggestions))
    elif suggestions:
        say_suggestions(suggestions)
    else:
        output.hint("nothing is left to read: add papers with papertrail add ID")


def say_suggestions(suggestions: "Sequence[Suggestion]") -> None:
    """Write the columns of a list with the reason; on a terminal the reason has a line of its own."""
    from papertrail.cli.describe import paper_cells

    if output.line_width() is None:
        output.say_table([[*paper_cells(s.paper), s.why, s.paper.title] for s in suggestions])
        return
    rows: list[Sequence[output.Part]] = []
    for suggestion in suggestions:
        rows.append((*paper_cells(suggestion.paper), suggestion.paper.title))
        rows.append(("", "", "", "", output.Tint(suggestion.why, "quiet")))
    output.say_table(rows)

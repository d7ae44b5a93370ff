"""`papertrail watch`: the categories and queries whose announcements come into the inbox."""

import click

from papertrail.cli import output
from papertrail.cli.trail import open_trail


@click.command("watch")
@click.argument("categories", metavar="[CATEGORY]...", nargs=-1)
@click.option(
    "-q", "--query", "queries", metavar="QUERY", multiple=True, help="What arXiv's search is to find as well."
)
@click.option("--list", "as_list", is_flag=True, help="List what is watched; so does the bare command.")
@click.option("--remove", is_flag=True, help="Watch these no longer.")
@click.option("--json", "as_json", is_flag=True, help="Write the list as one JSON object (docs/JSON.md).")
@click.pass_context
def command(
    ctx: click.Context,
    categories: tuple[str, ...],
    queries: tuple[str, ...],
    as_list: bool,
    remove: bool,
    as_json: bool,
) -> None:
    """Watch categories of arXiv's, and what a query finds; `papertrail inbox refresh` asks what is new there.

    CATEGORY is one as cs.CV, or a whole archive as math. QUERY is in arXiv's own words: au:He_K AND
    ti:residual.

    \b
    Example:
      papertrail watch cs.CV cs.LG
      papertrail watch --query "au:He_K AND ti:residual"
    """
    named = bool(categories or queries)
    if named and (as_list or as_json):
        raise click.UsageError(f"--{'list' if as_list else 'json'} takes no names", ctx)
    if remove and not named:
        raise click.UsageError("name what to watch no longer", ctx)
    if not named:
        _say_list(as_json)
        return
    from papertrail.domain.inbox.watches import watch_category, watch_query

    watches = [*map(watch_category, categories), *map(watch_query, queries)]
    with open_trail() as library:
        if remove:
            library.inbox.unwatch(watches)
            news = watches
        else:
            news = library.inbox.watch(watches)
    for one in dict.fromkeys(watches):
        word = "no longer watched" if remove else "watched" if one in news else "already watched"
        output.say(output.Tint(one.name, "title"), f"  {word}")
    if news and not remove and output.line_width() is not None:
        output.hint("what is new there: papertrail inbox refresh")


def _say_list(as_json: bool) -> None:
    with open_trail() as library:
        watches = library.inbox.watched()
    if as_json:
        from papertrail.cli.documents import watches_object

        output.say_json(watches_object(watches))
    elif watches:
        output.say_table([[one.kind.value, output.Tint(one.name, "title")] for one in watches])
    else:
        output.say("nothing is watched yet: papertrail watch cs.CV")

"""`papertrail view`: queries saved by name."""

import click

from papertrail.cli import output
from papertrail.cli.group import TrailGroup
from papertrail.cli.query import QueryCommand
from papertrail.cli.trail import open_trail


@click.group("view", cls=TrailGroup, invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """Save queries by name; list, export and compare take a view where they take a lineage.

    \b
    Example:
      papertrail view save thesis tag:thesis ^dropped
      papertrail list --view thesis
    """
    if context.invoked_subcommand is None:
        raise click.UsageError("say what to do: save, list or remove", context)


@command.command("save", cls=QueryCommand)
@click.argument("name")
@click.argument("query", metavar="QUERY...", nargs=-1, required=True)
def save(name: str, query: tuple[str, ...]) -> None:
    """Save QUERY by a name; a view that is called so gets this query.

    QUERY is what `papertrail list` takes (docs/SEARCH.md); its ages go on counting from the day you look.

    \b
    Example:
      papertrail view save "to write" owed "read:<4w"
    """
    with open_trail() as library:
        saved = library.views.save(name, " ".join(query))
    view, before = saved
    if before is None:
        what = f"{view.query}"
    elif before == view.query:
        what = f"already {view.query}"
    else:
        what = f"{before} → {view.query}"
    output.say(output.Tint(view.name, "title"), f"  {what}")


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object (docs/JSON.md).")
def list_views(as_json: bool) -> None:
    """List the views with their queries, and how many papers each has now.

    \b
    Example:
      papertrail view list
    """
    with open_trail() as library:
        views = [(view, library.views.count(view)) for view in library.views.all()]
    if as_json:
        from papertrail.cli.documents import views_object

        output.say_json(views_object(views))
    elif views:
        rows = [(str(papers), output.Tint(view.name, "title"), view.query) for view, papers in views]
        output.say_table(rows, right=frozenset({0}))
    else:
        output.hint("no view is saved yet: papertrail view save NAME QUERY")


@command.command("remove")
@click.argument("name")
def remove(name: str) -> None:
    """Remove a view; its papers stay as they are. The name has to be whole.

    \b
    Example:
      papertrail view remove thesis
    """
    with open_trail() as library:
        view = library.views.remove(name)
    output.say(output.Tint(view.name, "title"), f"  removed; it was {view.query}")

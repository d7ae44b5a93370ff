"""`papertrail lineage`: make, name, order and link lineages."""

import shlex
from pathlib import Path

import click

from papertrail.cli import output
from papertrail.cli.describe import number_of
from papertrail.cli.group import TrailGroup
from papertrail.cli.trail import lineage_to_read, open_trail
from papertrail.domain.errors import BadInput
from papertrail.domain.lineages.lineage import folded_name
from papertrail.domain.text import clean_line, shorten


@click.group("lineage", cls=TrailGroup, invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """Change lineages; papers, notes and status stay as they are.

    NAME is a lineage's name or the beginning of one, KEY a paper's key or the beginning of one.

    \b
    Example:
      papertrail lineage deactivate SGD
    """
    if context.invoked_subcommand is None:
        raise click.UsageError("say what to do: add, rename, remove, move, link, save …", context)


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
        name = library.lineages.resolve(text)
        is_news = library.lineages.set_active(name, active)
    word = "active" if active else "at rest"
    output.say(output.Tint(name, "title"), f"  {word if is_news else f'already {word}'}")


@command.command("add")
@click.argument("name")
@click.argument("keys", metavar="KEY...", nargs=-1, required=True)
@click.option("--new", is_flag=True, help="NAME is new, though a lineage begins so or is nearly called so.")
def add(name: str, keys: tuple[str, ...], new: bool) -> None:
    """Put papers at the end of a lineage; a new NAME makes a new lineage.

    The name of a lineage there is has to be whole here; case, dashes and blanks do not matter.

    \b
    Example:
      papertrail lineage add "Speed" yolo fast-rcnn
    """
    with open_trail() as library:
        known = library.lineages.known_name(name, new=new)
        found = [library.papers.resolve(key) for key in keys]
        is_new, fresh = library.lineages.put(known, found)
    say_taken_for(name, known)
    parts = ["new lineage: " if is_new else "", ", ".join(fresh) or "all of them were in it already"]
    output.say(output.Tint(known, "title"), f"  {''.join(parts)}")


def say_taken_for(typed: str, known: str) -> None:
    """Name the lineage that another spelling was taken for."""
    if clean_line(typed) != known:
        output.hint(f"{shorten(clean_line(typed), 60)} is the lineage {known}; --new makes another one")


@command.command("rename")
@click.argument("name")
@click.argument("new")
def rename(name: str, new: str) -> None:
    """Give a lineage another name.

    \b
    Example:
      papertrail lineage rename "Speed" "Real-time detectors"
    """
    with open_trail() as library:
        old = library.lineages.resolve(name)
        stored = library.lineages.rename(old, new)
    output.say(output.Tint(stored, "title"), "  is its name already" if stored == old else f"  was {old}")


@command.command("remove")
@click.argument("name")
@click.argument("keys", metavar="[KEY]...", nargs=-1)
def remove(name: str, keys: tuple[str, ...]) -> None:
    """Remove a lineage, or take only some papers out of it; papers and notes stay in the trail.

    To remove a lineage its name has to be whole.

    \b
    Example:
      papertrail lineage remove "Speed" yolo
    """
    with open_trail() as library:
        known = library.lineages.resolve(name)
        if keys:
            found = [library.papers.resolve(key) for key in keys]
            library.lineages.take_out(known, found)
            output.say(output.Tint(known, "title"), f"  without {', '.join(dict.fromkeys(found))} now")
            return
        if folded_name(known) != folded_name(name):
            raise BadInput(f"{shorten(name, 40)} is only a part of {known}", "give its whole name")
        papers = library.lineages.members()[known]
        library.lineages.remove(known)
    output.say(output.Tint(known, "title"), f"  removed; its {number_of(len(papers), 'paper')} stay")
    if papers:
        dashes = ["--"] if known.startswith("-") else []
        again = shlex.join(["papertrail", "lineage", "add", *dashes, known, *papers])
        output.hint(f"to have it again: {again}")


@command.command("move")
@click.argument("key")
@click.option("--after", metavar="KEY", help="The paper it comes right behind.")
@click.option("--first", is_flag=True, help="At the beginning.")
@click.option("--in", "name", metavar="NAME", help="The lineage, where both are in several.")
def move(key: str, after: str | None, first: bool, name: str | None) -> None:
    """Put a paper at another place of its lineage.

    \b
    Example:
      papertrail lineage move sppnet --after rcnn
    """
    if (after is None) is not first:
        raise click.UsageError("say where: --after KEY or --first", click.get_current_context())
    with open_trail() as library:
        moved = library.papers.resolve(key)
        before = None if after is None else library.papers.resolve(after)
        lineage = library.lineages.common_to([moved, *([before] if before else [])], name)
        order = library.lineages.move(lineage, moved, before)
        wrong = library.lineages.out_of_order(order, moved)
    place = order.index(moved) + 1
    output.say(output.Tint(moved, "title"), f"  number {place} of {len(order)} in {lineage}")
    for child, of in wrong:
        output.hint(f"{child} builds on {of}, which now comes after it")


@command.command("link")
@click.argument("child")
@click.option("--on", "parent", metavar="PARENT", required=True, help="The paper it builds on.")
def link(child: str, parent: str) -> None:
    """Say that one paper builds on another.

    \b
    Example:
      papertrail lineage link faster-rcnn --on sppnet
    """
    with open_trail() as library:
        pair = library.papers.resolve(child), library.papers.resolve(parent)
        is_news = library.lineages.link(*pair)
    output.say(output.Tint(pair[0], "title"), f"  {'builds' if is_news else 'already builds'} on {pair[1]}")


@command.command("unlink")
@click.argument("child")
@click.option("--on", "parent", metavar="PARENT", required=True, help="The paper it was said to build on.")
def unlink(child: str, parent: str) -> None:
    """Take back that one paper builds on another.

    \b
    Example:
      papertrail lineage unlink faster-rcnn --on sppnet
    """
    with open_trail() as library:
        pair = library.papers.resolve(child), library.papers.resolve(parent)
        library.lineages.unlink(*pair)
    output.say(output.Tint(pair[0], "title"), f"  no longer builds on {pair[1]}")


@command.command("save")
@click.argument("file")
@click.argument("names", nargs=-1, metavar="[NAME]...")
def save(file: str, names: tuple[str, ...]) -> None:
    """Write lineages with their papers to a CSV file; all lineages unless some are named.

    Another trail takes them in with papertrail seed FILE. Notes and what you have read are not in it. What
    papers of the lineages named build on elsewhere comes along. With - it goes to standard output.

    \b
    Example:
      papertrail lineage save rcnn.csv "R-CNN to Faster R-CNN"
    """
    if not file:
        raise BadInput("the name of the file is empty", "give one, or - for standard output")
    with open_trail() as library:
        chosen = [lineage_to_read(library, name) for name in names]
        if file == "-":
            saved = library.lineages.as_csv(chosen)
            output.say_raw(saved.text.encode("utf-8", "replace"))
        else:
            saved = library.lineages.save(Path(file).expanduser(), chosen)
            papers = number_of(saved.papers, "paper")
            beside = f" and {saved.beside} they build on" if saved.beside else ""
            output.say(f"{number_of(saved.lineages, 'lineage')}, {papers}{beside}: {file}")
    if saved.empty:
        output.hint(f"left out, for want of papers: {', '.join(saved.empty)}")

"""`papertrail init`: make a new trail."""

import os
import shlex
from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.trail import named_home

if TYPE_CHECKING:
    from pathlib import Path


@click.command("init")
@click.argument("folder", metavar="[DIR]", required=False)
@click.option("--demo", is_flag=True, help="With some weeks of reading and notes in it, to look around.")
def command(folder: str | None, demo: bool) -> None:
    """Make a new trail in DIR: a list of papers in lineages, a folder for notes, a goal of 100 papers.

    Without DIR: the folder of --home or PAPERTRAIL_HOME, else the one you are in. A folder that is a
    trail already stays as it is; the folder of a demonstration has to be new or empty.

    \b
    Example:
      papertrail init ~/reading
      papertrail init --demo /tmp/look-around
    """
    from pathlib import Path

    from papertrail.cli.describe import number_of
    from papertrail.domain.clock import clock_from
    from papertrail.library import Home, create_trail, open_library

    root = _root(folder)
    if Home(root).is_trail and not demo:
        output.say(f"there is a trail in {root} already: nothing was changed")
        return
    clock = clock_from(os.environ)
    if demo:
        from papertrail.library.demo import create_demo

        create_demo(root, clock)
    with open_library(create_trail(root), clock=clock, report=output.warn) as library:
        papers, lineages = library.papers.number(), len(library.lineages.all())
        goal = library.goal.progress().goal
    output.say(f"made a trail in {root}")
    aim = f"; the goal: {number_of(goal.target, 'paper')} read and noted by {goal.last_day}" if goal else ""
    output.say(f"{number_of(papers, 'paper')} in {number_of(lineages, 'lineage')}{aim}")
    elsewhere = root != Path.cwd()
    output.hint(f"go on: {f'cd {shlex.quote(str(root))}; ' if elsewhere else ''}papertrail")


def _root(folder: str | None) -> "Path":
    from pathlib import Path

    named = Path(folder) if folder else named_home()
    if named is None and os.environ.get("PAPERTRAIL_HOME"):
        named = Path(os.environ["PAPERTRAIL_HOME"])
    return (named or Path()).expanduser().resolve()

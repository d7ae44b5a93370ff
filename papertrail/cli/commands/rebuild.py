"""`papertrail rebuild`: a database that is gone or damaged, made anew."""

from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.trail import find_trail

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_NAMED = 12  # papers, on a line


@click.command("rebuild")
@click.option("--anyway", is_flag=True, help="Make it anew although it seems to be well.")
def command(anyway: bool) -> None:
    """Make the database anew from the newest good backup, the journal's copy and the notes.

    For when it is gone, empty or damaged. What was there is kept in `.papertrail/damaged/`, notes
    and history stay as they are. It is told up to which moment everything is there again.

    \b
    Example:
      papertrail rebuild
    """
    import os

    from papertrail.cli.describe import number_of
    from papertrail.domain.clock import clock_from, moment_words
    from papertrail.library import open_library
    from papertrail.library.rebuilding import is_well, rebuild
    from papertrail.library.remains import NO_PAST

    home, clock = find_trail(), clock_from(os.environ)
    if not anyway and is_well(home):
        output.say("the database is well: there is nothing to make anew")
        return
    rebuilt = rebuild(home, clock=clock)
    if rebuilt.backup is not None:
        output.say(f"made the database anew from {rebuilt.backup.name}")
    else:
        output.say("made the database anew")
    if rebuilt.operations:
        output.say(f"with {number_of(rebuilt.operations, 'change')} that the journal's copy tells")
    if rebuilt.until is not None:
        output.say(
            f"the newest change in it is of {moment_words(rebuilt.until.astimezone(clock.now().tzinfo))}"
        )
    if not rebuilt.knows_past:
        output.warn(f"neither a backup nor the journal's copy was there: {NO_PAST}")
    if rebuilt.unreadable:
        lines = number_of(rebuilt.unreadable, "line")
        output.warn(f"{lines} of the journal's copy were damaged: what they told is lost")
    if rebuilt.dropped:
        output.warn(f"{number_of(rebuilt.dropped, 'row')} stood upon what is lost, and were left out")
    with open_library(home, clock=clock, report=output.warn) as library:
        papers, noted = library.papers.number(), library.notes.keys()
    output.say(f"{number_of(papers, 'paper')}, {number_of(len(noted), 'note')}")
    if noted and not rebuilt.knows_past:
        output.warn(f"no note tells whether its paper was read: {_named(noted)}")
        output.hint("those you have read: papertrail done KEY... --on DAY (papertrail list has:note)")
    if rebuilt.put_aside is not None:
        output.hint(f"what was there is kept in {rebuilt.put_aside.relative_to(home.root)}")


def _named(keys: "Sequence[str]") -> str:
    more = len(keys) - MOST_NAMED
    return ", ".join([*keys[:MOST_NAMED], *([f"{more} more"] if more > 0 else [])])

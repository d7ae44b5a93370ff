"""`papertrail restore`: a trail put back from a backup, or one note of it."""

import os
from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.trail import find_trail, in_terminal, open_trail
from papertrail.domain.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path

    from papertrail.domain.backups import Contents
    from papertrail.domain.clock import Clock
    from papertrail.library import Home


@click.command("restore")
@click.argument("file")
@click.argument("key", required=False)
@click.option("--to", metavar="DIR", help="Make a trail in this folder, which is new or empty.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def command(ctx: click.Context, file: str, key: str | None, to: str | None, yes: bool) -> None:
    """Put the trail back from a backup: a FILE, or one that `papertrail backup --list` names.

    With a KEY: that paper's note alone, as a save that undo takes back. What was there is backed up first,
    the history keeps every text, PDFs stay. A file that is damaged, or none of ours, is refused before
    anything is touched.

    \b
    Example:
      papertrail restore ~/trail.zip --to ~/reading
      papertrail restore 20261127T090000Z-daily.zip faster-rcnn
    """
    from pathlib import Path

    if "" in (file, key, to):
        raise BadInput("a name is empty", "see: papertrail restore --help")
    if key is not None and (to is not None or yes):
        raise BadInput("--to and --yes go with a whole trail", "leave them out, or the key")
    path = Path(file).expanduser()
    if key is not None:
        _restore_note(path, key)
    elif to is not None:
        _restore_into(path, Path(to).expanduser())
    else:
        _restore_over(ctx, path, yes)


def _restore_note(path: "Path", key: str) -> None:
    with open_trail() as library:
        key = library.papers.resolve(key)
        restored = library.backups.restore_note(path, key)
    if restored is None:
        output.say(output.Tint(key, "title"), "  the note is like that already")
        return
    output.say(output.Tint(key, "title"), f"  note restored ({restored.note.words:,} words)")
    output.hint("papertrail undo takes it back")


def _restore_into(path: "Path", folder: "Path") -> None:
    from papertrail.domain.clock import clock_from
    from papertrail.library import Home
    from papertrail.library.backups import find_backup
    from papertrail.library.restoring import restore_into

    if not path.exists() and len(path.parts) == 1:
        path = find_backup(find_trail(), path)
    restored = restore_into(path, folder)
    _open(Home(restored.root), clock_from(os.environ))
    _say_restored(restored.contents, restored.root)


def _restore_over(ctx: click.Context, path: "Path", yes: bool) -> None:
    from papertrail.domain.clock import clock_from
    from papertrail.library.backups import check, find_backup
    from papertrail.library.restoring import restore_over

    home, clock = find_trail(), clock_from(os.environ)
    if not home.is_trail:
        _restore_into(path, home.root)
        return
    path = find_backup(home, path)
    contents = check(path)
    if not yes:
        if not in_terminal():
            raise BadInput(
                f"all of {home.root} would be as in {path.name}", "say so: --yes, or name --to DIR"
            )
        output.hint(f"{home.root} will be as it was on {_moment(contents, clock)}: {_counts(contents)}")
        output.hint("what is there now is backed up before")
        if not click.confirm("Restore it?", err=True):
            output.hint("all stays")
            ctx.exit(1)
    restored = restore_over(path, home, clock)
    _open(home, clock)
    _say_restored(restored.contents, restored.root)
    if restored.before is not None:
        output.hint(f"what was there: papertrail restore {restored.before.name}")
    if restored.kept is not None:
        output.warn(f"what was there and is in no backup is kept in {restored.kept}")


def _open(home: "Home", clock: "Clock") -> None:
    """Open it once: the notes are indexed, and what is wrong is told now."""
    from papertrail.library import open_library

    open_library(home, clock=clock, report=output.warn).close()


def _say_restored(contents: "Contents", root: "Path") -> None:
    from papertrail.domain.clock import clock_from

    moment = _moment(contents, clock_from(os.environ))
    output.say(f"restored as of {moment}: {_counts(contents)}: {root}")


def _moment(contents: "Contents", clock: "Clock") -> str:
    from papertrail.domain.clock import moment_words

    return moment_words(contents.at.astimezone(clock.now().tzinfo))


def _counts(contents: "Contents") -> str:
    from papertrail.cli.describe import number_of

    return f"{number_of(contents.papers, 'paper')}, {number_of(contents.notes, 'note')}"

"""How a command gets at its trail: `--home` before or after the verb, else where it is found."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.domain.errors import PapertrailError

if TYPE_CHECKING:
    from pathlib import Path

    from papertrail.domain.views import SavedView
    from papertrail.library import Home, Library

_HOME = "papertrail.home"


def home_option() -> click.Option:
    """Return a new `--home`, for the group and for every command: the later one on the line wins."""
    return click.Option(
        ["--home"],
        metavar="DIR",
        help="The folder of the trail.",
        expose_value=False,
        is_eager=True,
        callback=_keep_home,
    )


def _keep_home(context: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is None:
        return
    if not value:
        raise click.BadParameter("a folder is needed.", context)
    context.meta[_HOME] = value


def named_home() -> "Path | None":
    """Return the folder given with `--home`, or None."""
    from pathlib import Path

    value = click.get_current_context().meta.get(_HOME)
    return None if value is None else Path(value)


def find_trail() -> "Home":
    """Return the trail this command is about; nothing of it is opened, and nothing made.

    A reader at a terminal is asked about a trail that is not known.

    Raises:
        NotFound: a folder was named and there is no trail in it.
        StrangeTrail: it is not known, and is not to be opened.
    """
    from papertrail.domain.errors import StrangeTrail
    from papertrail.library import meet

    home = look_for_trail()
    try:
        meet(home, os.environ)
    except StrangeTrail as strange:
        from papertrail.cli.strange_trail import ask_about

        ask_about(home, strange)
    return home


def look_for_trail() -> "Home":
    """Return the trail this command is about, whether it is known or not.

    Raises:
        NotFound: a folder was named and there is no trail in it.
    """
    from pathlib import Path

    from papertrail.library import find_home

    return find_home(named_home(), Path.cwd(), os.environ)


@contextmanager
def open_trail() -> "Iterator[Library]":
    """Open this command's trail; what needs the reader's eye goes to standard error."""
    from papertrail.domain.clock import clock_from
    from papertrail.library import open_library

    clock = clock_from(os.environ)
    with open_library(find_trail(), clock=clock, report=output.warn) as library:
        yield library
        if library.behind:
            output.warn(library.behind)
        with suppress(PapertrailError):  # what was asked for is done
            if not os.environ.get("PAPERTRAIL_NOW") and library.backup_is_due():
                _due.append(str(library.home.root))


_due: list[str] = []  # the trail of which the backup of the day is due, once the command has answered


def begin_due_backup() -> None:
    """Begin the backup of the day, if it is due, in a process that nobody waits for.

    Where the moment is a made-up one nothing is done by itself.
    """
    if _due and hasattr(os, "posix_spawn") and "--if-due" not in sys.argv:
        nowhere = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0) for stream in range(3)]
        command = (sys.executable, "-P", "-m", "papertrail", "--home", _due[0], "backup", "--if-due")
        with suppress(OSError):
            os.posix_spawn(sys.executable, command, os.environ, file_actions=nowhere, setpgroup=0)


@contextmanager
def unopened_trail() -> "Iterator[Library]":
    """Give this command's trail as it lies there, for checks alone.

    Raises:
        NotFound: there is none.
    """
    from papertrail.domain.clock import clock_from
    from papertrail.domain.errors import NotFound
    from papertrail.library import unopened_library

    home = find_trail()
    if not home.is_trail:
        raise NotFound(f"there is no trail in {home.root}", f"make one with: papertrail init {home.root}")
    with unopened_library(home, clock=clock_from(os.environ), report=output.warn) as library:
        yield library


def lineage_to_read(library: "Library", text: str) -> str:
    """Return the lineage that `text` names, the first in order of several: a reader who looks risks nothing.

    Raises:
        BadInput: there is no name.
        NotFound: no lineage fits.
    """
    return _first(library.lineages.fitting(text))


def view_to_read(library: "Library", text: str) -> "SavedView":
    """Return the view that `text` names, the first in order of several.

    Raises:
        BadInput: there is no name.
        NotFound: no view fits.
    """
    views = library.views.fitting(text)
    _first([view.name for view in views])
    return views[0]


def _first(fitting: Sequence[str]) -> str:
    """Return the first of the names that fit; tell of the others."""
    name, *others = fitting
    if others:
        output.hint(f"taken for {name}; it may also be ", ", ".join(others[:5]), ", …" if others[5:] else "")
    return name


def in_terminal() -> bool:
    """Tell whether a person sits at both ends; Textual draws on standard error."""
    return all(output.is_terminal(stream) for stream in (sys.stdin, sys.stdout, sys.stderr))


def can_draw() -> bool:
    """Tell whether the terminal can move its cursor, as drawing on it needs; Windows names no terminal."""
    return os.name != "posix" or os.environ.get("TERM", "") not in ("", "dumb", "unknown")

"""How far a long command is, on a terminal's standard error."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from papertrail.cli import output
from papertrail.domain.text import clean_line


@contextmanager
def progress_bar(name: str) -> Iterator[Callable[[int, int], None]]:
    """Give what is told how much of how much is done; elsewhere than on a terminal nothing is shown.

    Args:
        name: of what is done; data.
    """
    if not output.is_terminal(sys.stderr):
        yield lambda done, number: None
        return
    with click.progressbar(length=1, label=clean_line(name), file=sys.stderr, show_eta=False) as bar:

        def tell(done: int, number: int) -> None:
            bar.length = max(number, 1)
            bar.update(done - bar.pos)

        yield tell

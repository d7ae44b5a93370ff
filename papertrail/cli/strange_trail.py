"""A trail that its reader does not know, told of before anything of it is opened: a page, and a question."""

import os
import sys
from typing import TYPE_CHECKING

import click

from papertrail.cli import output

if TYPE_CHECKING:
    from papertrail.domain.errors import StrangeTrail
    from papertrail.library import Home

_PAGE = (
    "What is opened of a trail: its database and its notes are read and shown, its seeds file is taken in. "
    "On your word its notes open in your editor, its addresses in your browser, its PDFs in your viewer: "
    "programs that may do more with a file than show it. No setting of a trail names a program, and nothing "
    "in it is run."
)


def ask_about(home: "Home", strange: "StrangeTrail") -> None:
    """Ask whether a trail is to be opened, and remember a yes.

    Raises:
        StrangeTrail: it is not to be, or there is nobody to ask.
        StorageError: the yes cannot be kept.
    """
    if not (output.is_terminal(sys.stdin) and output.is_terminal(sys.stderr)):
        raise strange
    context = click.get_current_context()
    if context.parent is None and context.invoked_subcommand is None:  # the terminal program
        from papertrail.cli.cells import wrap

        for text, style in ((f"{strange.cause}.", "title"), (_PAGE, "")):
            for line in wrap(text, output.text_width()):
                output.hint(output.Tint(line, style))
            output.hint()
    else:
        output.hint(output.Tint(strange.cause, "title"), ".")
    if not click.confirm("Open it, now and later?", err=True):
        raise strange
    from papertrail.library import trust

    trust(home, os.environ)

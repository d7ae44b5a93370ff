"""`papertrail pdf`: PDFs from arXiv into the trail, or one of the reader's own."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.trail import open_trail

if TYPE_CHECKING:
    from papertrail.domain.reports import PdfHere

_UNKNOWN = 10_000_000  # bytes a PDF is taken to have while nobody knows


@click.command("pdf")
@click.argument("keys", metavar="KEY...", nargs=-1, required=True)
@click.option("--attach", metavar="FILE", help="Copy this PDF of your own into the trail instead.")
@click.option("--replace", is_flag=True, help="With --attach: in place of another PDF that is there.")
@click.pass_context
def command(ctx: click.Context, keys: tuple[str, ...], attach: str | None, replace: bool) -> None:
    """Fetch the PDFs of papers from arXiv into .papertrail/pdfs/, one after the other; none that is there.

    What has come of one is kept when it is stopped, and the next time goes on from there. `papertrail open
    KEY --pdf` opens it.

    \b
    Example:
      papertrail pdf rcnn faster-rcnn
      papertrail pdf robbins-monro --attach ~/Downloads/1951.pdf
    """
    if attach is not None and len(keys) != 1:
        raise click.UsageError("--attach is about one paper", ctx)
    if replace and attach is None:
        raise click.UsageError("--replace goes with --attach", ctx)
    from pathlib import Path

    from papertrail.domain.errors import NoPdf, NotFound

    code = 0
    with open_trail() as library:
        found = list(dict.fromkeys(library.papers.resolve(key) for key in keys))
        if attach is not None:
            here = library.pages.attach_pdf(found[0], Path(attach).expanduser(), replace=replace)
            _tell(here, "attached", "the same file is there already")
            return
        for key in found:
            try:
                with _progress(key) as on_progress:
                    fetched = library.pages.fetch_pdf(key, on_progress=on_progress, say=_say)
            except (NotFound, NoPdf) as error:
                output.warn(str(error))
                code = max(code, error.exit_code)
            else:
                assert fetched is not None
                _tell(fetched, "fetched", "there already")
    if code:
        ctx.exit(code)


def _tell(here: "PdfHere", new: str, old: str) -> None:
    what = f"{new if here.is_new else old}, {output.size_words(here.size)}"
    output.say(f"{here.key}  {what}  .papertrail/pdfs/{here.path.name}")


def _say(text: str) -> None:
    if output.is_terminal(sys.stderr):
        output.hint()  # the progress bar holds the cursor's line
    output.hint(text)


@contextmanager
def _progress(key: str) -> Iterator[Callable[[int, int | None], None]]:
    """Show progress on standard error: a bar on a terminal, else nothing before the end."""
    if not output.is_terminal(sys.stderr):
        yield lambda size, total: None
        return
    with click.progressbar(length=_UNKNOWN, label=key, file=sys.stderr) as bar:

        def progressed(size: int, total: int | None) -> None:
            bar.length = total or max(_UNKNOWN, size)
            bar.update(size - bar.pos)

        yield progressed

"""`papertrail fetch`: abstracts and dates of all papers that lack them."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from papertrail.cli import output
from papertrail.cli.trail import open_trail

_NAMED = 5


@click.command("fetch")
@click.argument("keys", metavar="[KEY...]", nargs=-1)
@click.option("--patient", is_flag=True, help="Wait for arXiv however long it takes, not for 30 s in all.")
@click.pass_context
def command(ctx: click.Context, keys: tuple[str, ...], patient: bool) -> None:
    """Fetch abstracts and dates of all papers that lack them, a hundred papers a request; or of these.

    That arXiv leaves a paper out is a doubt: it is asked again after a day, then after a week; for a paper
    named by its KEY at once.

    What arrived stays when it is stopped half-way; the next fetch goes on from there.

    \b
    Example:
      papertrail fetch --patient
    """
    from papertrail.cli.describe import number_of

    with open_trail() as library:
        named = [library.papers.resolve(key) for key in keys]
        wanted = len(named) or library.intake.lacking()
        if not wanted:
            output.say("every paper with an arXiv id has its abstract: nothing to fetch")
            return
        with _progress(wanted) as on_progress:
            report = library.intake.fetch(named, on_progress=on_progress, patient=patient, say=_say)
    text = f"{number_of(report.fetched, 'paper')}: abstracts and dates fetched"
    if report.missing:
        more = ", …" if len(report.missing) > _NAMED else ""
        text += f"; {len(report.missing)} left out by arXiv ({', '.join(report.missing[:_NAMED])}{more})"
    output.say(text)
    for reason in report.odd[:_NAMED]:
        output.warn(f"{reason}: left out, asked for again by the next fetch")
    if len(report.odd) > _NAMED:
        output.warn(f"and {number_of(len(report.odd) - _NAMED, 'more odd entry', 'more odd entries')}")
    if report.odd:
        ctx.exit(1)


def _say(text: str) -> None:
    if output.is_terminal(sys.stderr):
        output.hint()  # the progress bar holds the cursor's line
    output.hint(text)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int, int], None]]:
    """Show progress on standard error: a bar on a terminal, else a line a batch."""
    if not output.is_terminal(sys.stderr):
        yield lambda done, of: output.hint(f"{done} of {of} papers") if done else None
        return
    with click.progressbar(length=total, label="asking arXiv", file=sys.stderr, show_eta=False) as bar:
        bar.render_progress()
        yield lambda done, _: bar.update(done - bar.pos)

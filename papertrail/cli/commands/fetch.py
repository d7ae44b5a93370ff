"""`papertrail fetch`: abstracts and dates of papers that lack them, and what arXiv has changed since."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from papertrail.cli import output
from papertrail.cli.trail import open_trail

_NAMED = 5


@click.command("fetch")
@click.argument("keys", metavar="[KEY...]", nargs=-1)
@click.option("--refresh", is_flag=True, help="Ask as well what has changed since yesterday or before.")
@click.option("--all", "every", is_flag=True, help="Ask for every paper that has an arXiv id.")
@click.option("--patient", is_flag=True, help="Wait for arXiv however long it takes, not for 30 s in all.")
@click.pass_context
def command(ctx: click.Context, keys: tuple[str, ...], refresh: bool, every: bool, patient: bool) -> None:
    """Fetch abstracts and dates of all papers that lack them, a hundred papers a request; or of these.

    That arXiv leaves a paper out is a doubt: it is asked again after a day, then after a week; for a paper
    named by its KEY at once.

    A new version, a withdrawal, a place in a journal are told in a line a paper; what you edited stays. With
    --refresh papers are asked about again of which arXiv last told a day ago or more, or those named by
    KEY; with --all every one.

    What arrived stays when it is stopped half-way; the next fetch goes on from there.

    \b
    Example:
      papertrail fetch --patient
      papertrail fetch --refresh
    """
    from papertrail.cli.describe import number_of

    if every and keys:
        raise click.UsageError("--all names every paper: leave out KEY, or --all", ctx)
    with open_trail() as library:
        named = [library.papers.resolve(key) for key in keys]
        wanted = library.intake.to_fetch(named, refresh=refresh, every=every)
        if not wanted:
            output.say(_why_nothing(named=bool(named), refresh=refresh, every=every))
            return
        with _progress(wanted) as on_progress:
            report = library.intake.fetch(
                named, refresh=refresh, every=every, on_progress=on_progress, patient=patient, say=_say
            )
    text = f"{number_of(report.fetched, 'paper')}: abstracts and dates fetched"
    if report.missing:
        more = ", …" if len(report.missing) > _NAMED else ""
        text += f"; {len(report.missing)} left out by arXiv ({', '.join(report.missing[:_NAMED])}{more})"
    if (refresh or every) and not report.changes:
        text += "; nothing has changed"
    output.say(text)
    if report.changes:
        output.say_lines([change] for change in report.changes)
    if report.twins:
        from papertrail.cli.commands.add import say_twins

        say_twins(report.twins)
    for reason in report.odd[:_NAMED]:
        output.warn(f"{reason}: left out, asked for again by the next fetch")
    if len(report.odd) > _NAMED:
        output.warn(f"and {number_of(len(report.odd) - _NAMED, 'more odd entry', 'more odd entries')}")
    if report.odd:
        ctx.exit(1)


def _why_nothing(*, named: bool, refresh: bool, every: bool) -> str:
    if named or every:
        return f"no paper {'of these ' if named else ''}has an arXiv id: nothing to fetch"
    if refresh:
        return "arXiv was asked for every paper within a day: nothing to fetch"
    return "every paper with an arXiv id has its abstract: nothing to fetch"


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

"""`papertrail import`: what other programs keep, brought in."""

import os
from datetime import date
from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.commands.list import STATUS_WORDS
from papertrail.cli.dates import Day
from papertrail.cli.describe import number_of
from papertrail.cli.progress_bar import progress_bar
from papertrail.cli.trail import open_trail
from papertrail.domain.errors import BadInput, PapertrailError

if TYPE_CHECKING:
    from pathlib import Path

    from papertrail.domain.imports import ImportReport

FORMATS = (
    *("bibtex", "ris", "csl-json", "zotero-csv", "csv", "ids", "history", "jsonl", "papis", "cobib"),
    "markdown",
)
_WORDS = {"added": "added", "merged": "merged", "known": "known already", "skipped": "skipped"}
_AS = f"As what, unless its text tells: {', '.join(FORMATS)}."
MOST_TOLD = 10
"""Entries and problems that are told one by one, unless all are asked for."""


@click.command("import")
@click.argument("files", metavar="FILE|FOLDER...", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(FORMATS), metavar="FORM", help=_AS)
@click.option("--lineage", "-l", metavar="NAME", help="The lineage that all of them join.")
@click.option("--tag", "-t", "tags", metavar="TAG", multiple=True, help="A tag that all of them get.")
@click.option("--status", type=click.Choice(STATUS_WORDS), help="The status that all of them get.")
@click.option("--on", type=Day(), metavar="DATE", help="With --status read: when they were read.")
@click.option("--dry-run", is_flag=True, help="Tell what would be done, and do nothing.")
@click.option("--all", "every", is_flag=True, help="Tell every entry.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
def command(
    files: tuple[str, ...],
    form: str | None,
    lineage: str | None,
    tags: tuple[str, ...],
    status: str | None,
    on: "date | str | None",
    dry_run: bool,
    every: bool,
    as_json: bool,
) -> None:
    """Bring in what other programs keep: bibliographies, libraries, ids, trails.

    Papers that are here get what they lack, and lose nothing. A damaged entry is named, all others come in.
    `papertrail undo` takes all of a file back. What `export --format jsonl` wrote is made again, the whole
    trail, where nothing was done yet.

    \b
    Example:
      papertrail import library.bib --dry-run
      papertrail import zotero.csv --lineage "My reading" --tag zotero
      papertrail import read-in-2025.csv --format history
    """
    from pathlib import Path

    from papertrail.domain.imports import FormatName, Wanted
    from papertrail.domain.paper import Status

    if on is not None and status not in ("read", None):
        raise BadInput("--on says when papers were read", "give --status read with it")
    reports = []
    if not (lineage or tags or status or on is not None or form not in (None, "jsonl")):
        whole = _take_whole(Path(files[0]).expanduser(), dry_run)
        if whole is not None:
            reports.append(whole)
            files = files[1:]
    with open_trail() as library:
        day = library.agenda.day() if isinstance(on, str) else on
        meant = Status(status) if status else (Status.READ if day is not None else None)
        wanted = Wanted(lineage, tags, meant, day)
        for name in files:
            path, known = Path(name).expanduser(), FormatName(form) if form else None
            if dry_run:
                reports.append(library.imports.preview(path, wanted, form=known))
            else:
                with progress_bar(path.name) as told:
                    reports.append(library.imports.take_in(path, wanted, form=known, on_progress=told))
    if as_json:
        output.say_json({"files": [_object_of(report) for report in reports]})
    for report in () if as_json else reports:
        _say(report, every=every)
    troubles = sum(len(report.problems) for report in reports)
    if troubles and not any(report.entries for report in reports):
        raise PapertrailError("nothing could be read", "is it the right --format?")


def _take_whole(path: "Path", dry_run: bool) -> "ImportReport | None":
    """Make the trail what a file of a whole one tells, if it is one and nothing was done here yet."""
    from papertrail.domain.clock import clock_from
    from papertrail.library import open_library
    from papertrail.library.whole_trails import is_whole_trail, take_whole

    if not is_whole_trail(path):
        return None
    with open_trail() as library:
        home, is_untouched = library.home, library.whole_trails.is_untouched()
    if not is_untouched:
        output.hint("something was done in this trail already: papers and notes come in, the rest does not")
        output.hint("all of it goes into a new trail: papertrail init DIR, then import with --home DIR")
        return None
    clock = clock_from(os.environ)
    taken = take_whole(path, home, clock, is_done=not dry_run)
    if taken.report.is_done and taken.report.entries:
        open_library(home, clock=clock, report=output.warn).close()
        output.hint(f"the whole trail as it was, with {number_of(taken.notes, 'note')}")
        if taken.before is not None:
            output.hint(f"what was there: papertrail restore {taken.before.name}")
    elif taken.report.entries:
        output.hint(f"the whole trail would be as it was, with {number_of(taken.notes, 'note')}")
    return taken.report


def _say(report: "ImportReport", *, every: bool) -> None:
    """Tell what became of a file: a line for all, then the entries that want a look, then what is wrong."""
    from papertrail.domain.imports import Fate

    counts = {fate: len(report.of(fate)) for fate in Fate}
    told = [f"{number} {_WORDS[fate]}" for fate, number in counts.items() if number]
    would = "" if report.is_done else "would be: "
    output.say(f"{would}{', '.join(told) or 'nothing in it'} ({report.format})")
    shown = [Fate.ADDED, Fate.MERGED, Fate.SKIPPED, *([Fate.KNOWN] if every else [])]
    for fate in shown if not report.is_done or every else (Fate.MERGED, Fate.SKIPPED):
        entries = report.of(fate)
        for entry in entries if every else entries[:MOST_TOLD]:
            why = f"  {entry.why}" if entry.why else ""
            key = output.Tint(entry.key or "–", "title")
            output.say(f"  {entry.place}: {_WORDS[fate]}  ", key, f"  {entry.title}{why}")
        if not every and len(entries) > MOST_TOLD:
            output.hint(f"  and {len(entries) - MOST_TOLD} more {_WORDS[fate]}: --all tells them")
    problems = report.problems if every else report.problems[:MOST_TOLD]
    for problem in problems:
        output.warn(f"{problem.place}: {problem.cause}")
    if len(report.problems) > len(problems):
        output.warn(f"and {len(report.problems) - len(problems)} more: --all tells them")


def _object_of(report: "ImportReport") -> dict[str, object]:
    return {
        "format": report.format,
        "is_done": report.is_done,
        "entries": [
            {
                "place": entry.place,
                "fate": entry.fate.value,
                "key": entry.key or None,
                "title": entry.title,
                "why": entry.why,
            }
            for entry in report.entries
        ],
        "problems": [{"place": problem.place, "cause": problem.cause} for problem in report.problems],
    }

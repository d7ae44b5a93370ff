"""`papertrail export`: notes, lineages and an index as Markdown, or one lineage as a story."""

from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.trail import lineage_to_read, open_trail
from papertrail.domain.errors import BadInput, PapertrailError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from papertrail.library import Library


@click.command("export")
@click.option(
    "--to", metavar="DIR", help="Where to; export/ in the trail unless given. A story: DIR, FILE.md or -."
)
@click.option(
    "--lineage", "-l", metavar="NAME", help="The story of this lineage only, to stdout unless --to."
)
@click.option("--comments", is_flag=True, help="Comments in the notes, too, which are left out otherwise.")
def command(to: str | None, lineage: str | None, comments: bool) -> None:
    """Write the notes, the lineages as stories and an index as Markdown files.

    Only what changed is written again. Files papertrail did not make, or you have changed, are left alone.

    \b
    Example:
      papertrail export --to ~/vault/papers
      papertrail export --lineage "R-CNN to Faster R-CNN" --to story.md
    """
    from pathlib import Path

    from papertrail.domain.paper import PaperQuery

    if to == "":
        raise BadInput("the name of the folder is empty", "name one, or leave --to out")
    target = None if to is None else Path(to).expanduser()
    with open_trail() as library:
        if lineage is None:
            _export_all(library, target, comments)
            return
        name = lineage_to_read(library, lineage)
        if target is None or to == "-":
            output.say_raw(library.exports.story(name, comments=comments).encode("utf-8", "replace"))
        else:
            output.say(f"written: {library.exports.save_story(name, target, comments=comments)}")
        papers = library.papers.find(PaperQuery(lineage=name))
        readable, unreadable = library.notes.texts(paper.key for paper in papers)
        in_conflict = [paper.key for paper in papers if paper.in_conflict and paper.key in readable]
        _tell_of_notes(unreadable, in_conflict)


def _tell_of_notes(unreadable: "Sequence[str]", in_conflict: "Sequence[str]") -> None:
    """Name the notes that are not, or not as they should be, in what was written.

    Raises:
        PapertrailError: some are not.
    """
    if in_conflict:
        output.warn(f"merge conflict in {', '.join(in_conflict)}: both sides are written")
    if unreadable:
        one = "a note that cannot be read" if len(unreadable) == 1 else "notes that cannot be read"
        raise PapertrailError(f"{one} left out: {', '.join(unreadable)}", "everything else is written")


def _export_all(library: "Library", folder: "Path | None", comments: bool) -> None:
    from papertrail.cli.describe import number_of

    report = library.exports.write(folder, comments=comments)
    for name in report.kept:
        output.warn(f"{name} was changed by somebody else: left as it is; move it away to have it again")
    counts = f"{number_of(len(report.written), 'file')} written, {len(report.unchanged)} unchanged"
    if report.removed:
        counts += f", {len(report.removed)} removed"
    output.say(f"{counts}: {report.folder}")
    _tell_of_notes(report.unreadable, report.in_conflict)

"""`papertrail export`: notes, lineages and an index as Markdown, or one lineage as a story."""

from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.trail import open_trail
from papertrail.domain.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path

    from papertrail.library import Library


@click.command("export")
@click.option(
    "--to", metavar="DIR", help="Where to; export/ in the trail unless given. A story: DIR, FILE.md or -."
)
@click.option(
    "--lineage", "-l", metavar="NAME", help="The story of this lineage only, to stdout unless --to."
)
def command(to: str | None, lineage: str | None) -> None:
    """Write the notes, the lineages as stories and an index as Markdown files.

    Only what changed is written again. Files papertrail did not make, or you have changed, are left alone.

    \b
    Example:
      papertrail export --to ~/vault/papers
      papertrail export --lineage "R-CNN to Faster R-CNN" --to story.md
    """
    from pathlib import Path

    if to == "":
        raise BadInput("the name of the folder is empty", "name one, or leave --to out")
    target = None if to is None else Path(to).expanduser()
    with open_trail() as library:
        if lineage is None:
            _export_all(library, target)
            return
        name = library.lineages.resolve(lineage)
        if target is None or to == "-":
            output.say_raw(library.exports.story(name).encode("utf-8", "replace"))
        else:
            output.say(f"written: {library.exports.save_story(name, target)}")


def _export_all(library: "Library", folder: "Path | None") -> None:
    from papertrail.cli.describe import number_of

    report = library.exports.write(folder)
    for name in report.kept:
        output.warn(f"{name} was changed by somebody else: left as it is; move it away to have it again")
    counts = f"{number_of(len(report.written), 'file')} written, {len(report.unchanged)} unchanged"
    if report.removed:
        counts += f", {len(report.removed)} removed"
    output.say(f"{counts}: {report.folder}")

"""`papertrail backup`: the whole trail in one file; and which of them there are."""

import os
from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.trail import find_trail, open_trail
from papertrail.domain.errors import BadInput

if TYPE_CHECKING:
    from papertrail.library.backups import Backup

LEFT_BEHIND = "PDFs and replies of arXiv's are not in it: pdf and fetch bring them back"


@click.command("backup")
@click.argument("file", required=False)
@click.option("--list", "is_list", is_flag=True, help="List the trail's own backups, the newest first.")
@click.option("--if-due", is_flag=True, help="Only what is done by itself once a day, where that is due.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object (docs/JSON.md).")
def command(file: str | None, is_list: bool, if_due: bool, as_json: bool) -> None:
    """Back the trail up into one .zip: database, notes, seeds, template, history, tellings, drafts.

    It is looked through, byte by byte and row by row, before it is called done. PDFs and replies of arXiv's
    are not in it. FILE is a new file, or a folder; without it, the backup stands in .papertrail/backups,
    beside those made by themselves: each day, and before a new version, a restore, a merge or an import.
    Old ones go, and all take no more than `papertrail set backup-size` says.

    \b
    Example:
      papertrail backup ~/trail.zip
      papertrail backup --list
    """
    if ((is_list or if_due) and file is not None) or (is_list and if_due):
        raise BadInput("FILE, --list and --if-due exclude each other", "give one of them")
    if file == "":
        raise BadInput("the name of the file is empty", "name one, or leave it out")
    if is_list:
        _say_list(as_json)
    elif if_due:
        _make_of_the_day(as_json)
    else:
        from pathlib import Path

        with open_trail() as library:
            backup = library.backups.make(to=None if file is None else Path(file).expanduser())
        _say_made(backup, as_json)


def _make_of_the_day(as_json: bool) -> None:
    if hasattr(os, "nice"):
        os.nice(10)  # whoever is at the keyboard comes first
    with open_trail() as library:
        backup = library.backups.make_of_the_day()
    if backup is not None:
        _say_made(backup, as_json)
    elif as_json:
        output.say_json({"backups": []})
    else:
        output.hint("nothing was done before today that is in no backup yet")


def _say_made(backup: "Backup", as_json: bool) -> None:
    from papertrail.cli.describe import number_of

    contents = backup.contents
    assert contents is not None
    if as_json:
        from papertrail.cli.upkeep_documents import backups_object

        output.say_json(backups_object([backup]))
    else:
        counts = f"{number_of(contents.papers, 'paper')}, {number_of(contents.notes, 'note')}"
        output.say(f"backed up: {counts}, {output.size_words(backup.size)}, looked through: {backup.path}")
        output.hint(output.Tint(LEFT_BEHIND, "quiet"))
    if contents.damaged:
        output.warn(
            f"{number_of(contents.damaged, 'row')} of the database changed by themselves: papertrail doctor"
        )
    for path in contents.left_out:
        output.warn(f"{path} cannot be read: it is not in the backup")
    if contents.changed:
        output.hint(
            f"another text than the database knows, as written meanwhile: {', '.join(contents.changed)}"
        )


def _say_list(as_json: bool) -> None:
    from papertrail.domain.clock import clock_from
    from papertrail.library.backups import all_backups

    backups = all_backups(find_trail(), clock_from(os.environ).now().tzinfo)
    if as_json:
        from papertrail.cli.upkeep_documents import backups_object

        output.say_json(backups_object(backups))
    elif not backups:
        output.hint("there is no backup yet: papertrail backup makes one")
    else:
        output.say_table(
            [
                (
                    output.Tint(one.path.name, "title"),
                    f"{one.named.at:%Y-%m-%d %H:%M}",
                    output.size_words(one.size),
                    *_counts(one),
                )
                for one in backups
            ],
            right=frozenset({2, 3, 4}),
        )
        output.hint(output.Tint("papertrail restore NAME brings one back, NAME KEY a single note", "quiet"))


def _counts(backup: "Backup") -> tuple[output.Part, output.Part]:
    from papertrail.cli.describe import number_of

    if backup.contents is None:
        return output.Tint("damaged", "bad"), ""
    return number_of(backup.contents.papers, "paper"), number_of(backup.contents.notes, "note")

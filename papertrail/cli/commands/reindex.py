"""`papertrail reindex`: the index of words, made anew or checked."""

import click

from papertrail.cli import output
from papertrail.cli.trail import open_trail


@click.command("reindex")
@click.option("--check", is_flag=True, help="Only look whether the index says what papers and notes say.")
def command(check: bool) -> None:
    """Make the index of words anew, by which papers are found.

    It is kept in step with all that changes; this is for when it is not, as after a damaged
    disk. Nothing else is touched.

    \b
    Example:
      papertrail reindex --check
    """
    from papertrail.cli.describe import number_of
    from papertrail.domain.errors import StorageError

    with open_trail() as library:
        if not check:
            output.say(f"indexed {number_of(library.search.reindex(), 'paper')}")
            return
        if not library.search.is_whole():
            raise StorageError("the index of words is damaged", "mend it with: papertrail reindex")
        if wrong := library.search.out_of_step():
            more = ", …" if len(wrong) > 5 else ""
            raise StorageError(
                f"the index of words is not right for {number_of(len(wrong), 'paper')} "
                f"({', '.join(wrong[:5])}{more})",
                "mend it with: papertrail reindex",
            )
        output.say("the index of words is right")

"""`papertrail add`: papers from arXiv."""

import sys
from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.describe import number_of
from papertrail.cli.trail import open_trail
from papertrail.domain.errors import BadInput, NotFound, StorageError

if TYPE_CHECKING:
    from papertrail.domain.id_list import IdList

_STDIN = "-"
_LARGEST = 4 * 1024 * 1024  # bytes of a list; more is something else


@click.command("add")
@click.argument("ids", metavar="ID...", nargs=-1)
@click.option("--from", "file", metavar="FILE", help="Take ids from a file as well, one or more a line.")
@click.option(
    "-l", "--lineage", metavar="NAME", help="Put them at the end of this lineage; a new name makes one."
)
@click.option("--new", is_flag=True, help="NAME is new, though another is nearly called so.")
@click.option("--wait", is_flag=True, help="Add no paper before arXiv has told of it.")
@click.option("--patient", is_flag=True, help="Wait for arXiv longer than 30 s.")
@click.pass_context
def command(
    ctx: click.Context,
    ids: tuple[str, ...],
    file: str | None,
    lineage: str | None,
    new: bool,
    wait: bool,
    patient: bool,
) -> None:
    """Add papers from arXiv, all in one request.

    ID is an arXiv id in whatever form it was copied: 1506.01497v2, cs/0112017, an address, a DOI, a line of
    references or BibTeX, a file's name; several in one with ; between them, - for standard input. A line of a
    list that holds none is told with its number, the others are added; the exit code is then 1.

    Where arXiv cannot be asked papers are added by their ids, and can be queued, read and noted at once; the
    next fetch, or start of the program, brings the rest.

    \b
    Example:
      papertrail add 1706.03762 https://arxiv.org/abs/2010.11929 --lineage Transformers
      papertrail add --from reading-list.txt
    """
    if new and lineage is None:
        raise click.UsageError("--new goes with --lineage", ctx)
    if not ids and file is None:
        raise click.UsageError("name the papers: ID, - for standard input, or --from FILE", ctx)
    wanted: dict[str, None] = {}
    for text in ids:
        if text != _STDIN:
            wanted.update(dict.fromkeys(_ids_in(text)))  # before anything is opened or made
    refused = 0
    lists = [_STDIN] if _STDIN in ids else []
    for name in dict.fromkeys([*lists, *([] if file is None else [file])]):
        listed = _read(name)
        wanted.update(dict.fromkeys(listed.ids))
        refused += len(listed.refused)
    whole = not wanted or _add(list(wanted), lineage, new, wait=wait, patient=patient)
    if refused:
        output.hint(f"{number_of(refused, 'entry', 'entries')} passed over")
    if refused or not whole:
        ctx.exit(1)


def _ids_in(text: str) -> tuple[str, ...]:
    """Return the ids in one argument.

    Raises:
        BadInput: something in it is none.
    """
    from papertrail.domain.arxiv_id import parse_arxiv_id
    from papertrail.domain.id_list import read_pasted

    pasted = read_pasted(text)
    for _, error in pasted.refused:
        raise error
    return pasted.ids or (parse_arxiv_id(text).id,)


def _read(name: str) -> "IdList":
    """Read a list of ids, and tell what in it is none.

    Args:
        name: of a file, or - for standard input.

    Raises:
        BadInput: nothing stands in it, or it is no list.
        NotFound: there is no such file.
        StorageError: it cannot be read.
    """
    from papertrail.domain.id_list import read_list

    called = "standard input" if name == _STDIN else name
    try:
        listed = read_list(_bytes_of(name).decode("utf-8-sig"), comments=True)
    except UnicodeDecodeError as error:
        cause = f"{called} is not UTF-8 (byte {error.start})"
        raise BadInput(cause, "convert it first, for example with iconv -t utf-8") from error
    if not (listed.ids or listed.refused):
        raise BadInput(f"{called} is empty", "write one or more arXiv ids a line")
    for line, problem in listed.refused:
        output.warn(f"{called}, line {line}: {problem.cause}")
    return listed


def _bytes_of(name: str) -> bytes:
    if name == _STDIN:
        if output.is_terminal(sys.stdin):
            output.hint("paste ids or addresses; end with ctrl+d on a line of its own")
        data = b"" if sys.stdin is None else sys.stdin.buffer.read(_LARGEST + 1)
    else:
        from pathlib import Path

        try:
            with Path(name).open("rb") as file:
                data = file.read(_LARGEST + 1)
        except (FileNotFoundError, NotADirectoryError, ValueError):
            raise NotFound(f"there is no file {name}") from None
        except OSError as error:
            raise StorageError(f"{name} cannot be read", error.strerror or type(error).__name__) from error
    if len(data) > _LARGEST:
        raise BadInput(f"that is more than {_LARGEST // 1024 // 1024} MiB", "is it a list of ids?")
    return data


def _add(ids: list[str], lineage: str | None, new: bool, *, wait: bool, patient: bool) -> bool:
    """Add papers and say so; tell whether none was left out."""
    with open_trail() as library:
        report = library.intake.add(
            ids, lineage=lineage, new=new, wait=wait, patient=patient, say=output.hint
        )
    rows: list[list[output.Part]] = []
    rows += ([output.Tint("added", "good"), output.Tint(p.key, "title"), p.title] for p in report.added)
    rows += (["waiting", output.Tint(p.key, "title"), p.title] for p in report.waiting)
    rows += (["known", output.Tint(p.key, "title"), p.title] for p in report.known)
    output.say_table(rows)
    if lineage is not None and report.lineage is not None and rows:
        from papertrail.cli.commands.lineage import say_taken_for

        say_taken_for(lineage, report.lineage)
        output.hint(f"in {'the new ' if report.new_lineage else ''}lineage {report.lineage}")
    if report.waiting:
        output.hint(f"{report.why_waiting}: the rest comes with the next fetch, or start of the program")
    for arxiv_id in report.missing:
        output.warn(f"arXiv has no paper {arxiv_id}: check the id")
    return not (report.missing or report.odd)

"""`papertrail add`: papers from arXiv."""

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.describe import number_of
from papertrail.cli.trail import open_trail
from papertrail.domain.errors import BadInput, NotFound, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from papertrail.domain.id_list import IdList
    from papertrail.domain.paper import PaperSummary

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
@click.option("--title", metavar="TEXT", help="Add a paper by hand, on arXiv or not.")
@click.option("--author", "authors", metavar="NAME", multiple=True, help="By hand: an author, or several.")
@click.option("--year", metavar="YEAR", help="By hand: when it was published.")
@click.option("--venue", metavar="TEXT", help="By hand: where it was published.")
@click.option("--doi", metavar="DOI", help="By hand: its DOI.")
@click.option("--url", metavar="URL", help="By hand: where it stands.")
@click.pass_context
def command(
    ctx: click.Context,
    ids: tuple[str, ...],
    file: str | None,
    lineage: str | None,
    new: bool,
    wait: bool,
    patient: bool,
    title: str | None,
    authors: tuple[str, ...],
    year: str | None,
    venue: str | None,
    doi: str | None,
    url: str | None,
) -> None:
    """Add papers from arXiv in one request, or one by hand with --title.

    ID is an arXiv id in whatever form it was copied: 1506.01497v2, an address, a DOI, references, a file's
    name; several with ; between them, - for standard input. A line of a list that holds none is told, the
    others are added; the exit code is then 1. Where arXiv cannot be asked papers are added by their ids.

    \b
    Example:
      papertrail add 1706.03762 https://arxiv.org/abs/2010.11929 --lineage Transformers
      papertrail add --title "Perceptrons" --author "M. Minsky" --author "S. Papert" --year 1969
    """
    if new and lineage is None:
        raise click.UsageError("--new goes with --lineage", ctx)
    by_hand = {"year": year, "venue": venue, "doi": doi, "page": url}
    if title is not None:
        if ids or file is not None or wait or patient:
            raise click.UsageError("--title adds one paper by hand: leave ids and --from out", ctx)
        given = [(name, text) for name, text in by_hand.items() if text is not None]
        _add_by_hand([("title", title), *(("authors", name) for name in authors), *given], lineage, new)
        return
    if authors or any(text is not None for text in by_hand.values()):
        raise click.UsageError("--author, --year, --venue, --doi and --url go with --title", ctx)
    if not ids and file is None:
        raise click.UsageError("name the papers: ID, - for standard input, or --from FILE", ctx)
    wanted, here = _ids_of([text for text in ids if text != _STDIN])
    refused = 0
    lists = [_STDIN] if _STDIN in ids else []
    for name in dict.fromkeys([*lists, *([] if file is None else [file])]):
        listed = _read(name)
        wanted.update(dict.fromkeys(listed.ids))
        refused += len(listed.refused)
    if here:
        _say_known(here, lineage, new)
    whole = not wanted or _add(list(wanted), lineage, new, wait=wait, patient=patient)
    if refused:
        output.hint(f"{number_of(refused, 'entry', 'entries')} passed over")
    if refused or not whole:
        ctx.exit(1)


def _add_by_hand(typed: "Sequence[tuple[str, str]]", lineage: str | None, new: bool) -> None:
    """Add one paper by hand and say so; an address or DOI of arXiv's tells the arXiv id.

    Raises:
        BadInput: one of the facts cannot be what was typed.
    """
    from papertrail.domain.arxiv_id import find_identifiers
    from papertrail.domain.facts import read_facts

    facts = []
    ids: dict[str, None] = {}
    for name, text in typed:
        found = find_identifiers(text).ids if name in ("doi", "page") else ()
        ids.update(dict.fromkeys(one.id for one in found))
        if not found or name == "page":
            facts.append((name, text))
    wanted = read_facts([*facts, *(("arxiv", one) for one in ids)])
    with open_trail() as library:
        added = library.corrections.add(wanted, lineage=lineage, new=new)
    word: output.Part = "known" if added.is_known else output.Tint("added", "good")
    output.say_table([[word, output.Tint(added.paper.key, "title"), added.paper.title]])
    if added.filled:
        output.hint(f"it lacked {', '.join(added.filled)}: taken from what you gave")
    if lineage is not None and added.lineage is not None:
        from papertrail.cli.commands.lineage import say_taken_for

        say_taken_for(lineage, added.lineage)
        output.hint(f"in lineage {added.lineage}")
    say_twins(added.twins)


def _rows(word: "output.Part", papers: "Iterable[PaperSummary]") -> "list[list[output.Part]]":
    return [[word, output.Tint(paper.key, "title"), paper.title] for paper in papers]


def _ids_of(texts: "Iterable[str]") -> "tuple[dict[str, None], list[PaperSummary]]":
    """Return the arXiv ids in arguments, and the papers here whose DOI is one of them.

    Raises:
        BadInput: something in one is neither.
    """
    wanted: dict[str, None] = {}
    here: list[PaperSummary] = []
    for text in texts:
        try:
            wanted.update(dict.fromkeys(ids_in(text)))
        except BadInput:
            from papertrail.domain.arxiv_id import find_identifiers

            found = find_identifiers(text)
            if found.ids or len(found.dois) != 1:
                raise
            with open_trail() as library, suppress(NotFound):
                here.append(library.papers.get(library.papers.resolve(str(found.dois[0]))).summary)
                continue
            raise
    return wanted, here


def _say_known(here: "Sequence[PaperSummary]", lineage: str | None, new: bool) -> None:
    """Say that papers are here already, and put them into a lineage if one is named."""
    output.say_table(_rows("known", here))
    if lineage is not None:
        with open_trail() as library:
            name = library.lineages.known_name(lineage, new=new)
            library.lineages.put(name, [paper.key for paper in here])
        output.hint(f"in lineage {name}")


def say_twins(twins: "Iterable[tuple[str, str]]") -> None:
    """Say which papers may be one, and how they become one."""
    for key, other in twins:
        output.hint(f"{key} may be {other}, which is here; if it is: papertrail merge {key} {other}")


def ids_in(text: str) -> tuple[str, ...]:
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
    rows = _rows(output.Tint("added", "good"), report.added)
    rows += [*_rows("waiting", report.waiting), *_rows("known", report.known)]
    output.say_table(rows)
    if lineage is not None and report.lineage is not None and rows:
        from papertrail.cli.commands.lineage import say_taken_for

        say_taken_for(lineage, report.lineage)
        output.hint(f"in {'the new ' if report.new_lineage else ''}lineage {report.lineage}")
    if report.waiting:
        output.hint(f"{report.why_waiting}: the rest comes with the next fetch, or start of the program")
    say_twins(report.twins)
    for arxiv_id in report.missing:
        output.warn(f"arXiv left out {arxiv_id}: check the id, or add it again later")
    return not (report.missing or report.odd)

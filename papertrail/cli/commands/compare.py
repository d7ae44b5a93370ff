"""`papertrail compare`: what the notes of several papers say under the same heading."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.output import Part, Tint
from papertrail.cli.trail import lineage_to_read, open_trail, view_to_read
from papertrail.domain.errors import BadInput, NotFound

if TYPE_CHECKING:
    from papertrail.cli.documents import Document
    from papertrail.domain.lineages.compare import Answer, Comparison
    from papertrail.domain.paper import PaperSummary

FORMS = ("table", "markdown", "csv", "json")
MOST_SIDE_BY_SIDE = 4
NARROWEST = 30  # cells of a column
GAP = 3  # cells between two columns
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)]|[QA]\d{0,3}[:：])\s+")  # what begins a paragraph that hangs

Line = Sequence[Part]


@click.command("compare")
@click.argument("keys", nargs=-1, metavar="KEY...")
@click.option("--lineage", "-l", metavar="NAME", help="All papers of this lineage; its beginning is enough.")
@click.option("--view", metavar="NAME", help="All papers of this saved view; its beginning is enough.")
@click.option("--section", "-s", metavar="TEXT", help="One section only; its beginning is enough.")
@click.option("--format", "form", type=click.Choice(FORMS), default="table", help="table unless given.")
@click.option("--excel", is_flag=True, help="CSV that Excel reads as UTF-8; implies --format csv.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json (docs/JSON.md).")
def command(
    keys: tuple[str, ...],
    lineage: str | None,
    view: str | None,
    section: str | None,
    form: str,
    excel: bool,
    as_json: bool,
) -> None:
    """Read the notes of several papers down one question, or side by side.

    Each KEY is a key, the beginning of one, or an arXiv id or DOI in any form.

    \b
    Example:
      papertrail compare rcnn fast-rcnn faster-rcnn --section "key idea"
      papertrail compare --lineage "R-CNN to Faster R-CNN" --format markdown
    """
    named = [bool(keys), lineage is not None, view is not None]
    if sum(named) != 1:
        both = "KEY, --lineage and --view exclude each other" if any(named) else "no papers are named"
        raise BadInput(both, "give keys, --lineage NAME or --view NAME")
    form = _form(form, as_json=as_json, excel=excel)
    with open_trail() as library:
        if lineage is not None:
            comparison = library.comparisons.of_lineage(lineage_to_read(library, lineage))
        elif view is not None:
            _, found = library.views.as_lineage(view_to_read(library, view))
            comparison = library.comparisons.of_papers(found)
        else:
            comparison = library.comparisons.of_papers([library.papers.resolve(key) for key in keys])
        if section is not None:
            comparison = comparison.only(section)
        if form in ("markdown", "csv"):
            text = library.comparisons.as_text(comparison, "markdown" if form == "markdown" else "csv")
            output.say_raw(text.encode("utf-8-sig" if excel else "utf-8", "replace"))
    if form == "json":
        output.say_json(_document(comparison))
    elif form == "table" and comparison.papers:
        output.say_lines(_table(comparison))
    elif form == "table":
        output.hint(f"there is no paper in this {'view' if view is not None else 'lineage'}")
    for why in comparison.unreadable.values():
        output.warn(why)
    if comparison.unreadable:
        click.get_current_context().exit(NotFound.exit_code)


def _form(form: str, *, as_json: bool, excel: bool) -> str:
    """Return the form that is asked for."""
    if as_json and form not in ("table", "json"):
        raise BadInput(f"--json and --format {form} exclude each other", "give one of them")
    if excel and (as_json or form not in ("table", "csv")):
        raise BadInput("--excel is for CSV", "give --excel alone")
    return "json" if as_json else "csv" if excel else form


def _document(comparison: "Comparison") -> "Document":
    """Return the document of `compare`."""
    from papertrail.cli.documents import summary_object

    return {
        "papers": [summary_object(paper) for paper in comparison.papers],
        "sections": [
            {
                "section": question.name,
                "required": question.required,
                "answers": [
                    {"key": paper.key, "text": answer.text, "short": answer.short, "owed": answer.owed}
                    for paper, answer in zip(comparison.papers, question.answers, strict=True)
                ],
            }
            for question in comparison.questions
        ],
    }


def _table(comparison: "Comparison") -> Iterator[Line]:
    """Yield the lines of one block a section: its papers side by side where there is room, else in a row."""
    count, limit = len(comparison.papers), output.line_width()
    room = 0 if limit is None else (limit - GAP * (count - 1)) // count
    many = len(comparison.questions) > 1
    beside = many and 1 < count <= MOST_SIDE_BY_SIDE and room >= NARROWEST
    for number, question in enumerate(comparison.questions):
        if number:
            yield ()
        for line in _lines(question.name, limit):
            yield (Tint(line, "title"),)
        pairs = list(zip(comparison.papers, question.answers, strict=True))
        # Down one question every paper has its place; down all of them what is empty would be most of it.
        empty = [pair for pair in pairs if many and pair[1].is_empty]
        if beside and len(empty) < count:
            yield from _beside(pairs, room)
            continue
        yield from _below([pair for pair in pairs if pair not in empty])
        if empty:
            keys = ", ".join(paper.key for paper, _ in empty)
            yield ()
            for line in _lines(f"nothing here yet (papertrail note KEY): {keys}", _text_cells()):
                yield ("  ", Tint(line, "quiet"))


def _below(pairs: "Sequence[tuple[PaperSummary, Answer]]") -> Iterator[Line]:
    """Yield the answers one below the other; in a pipe nothing is broken."""
    from papertrail.cli.cells import fit
    from papertrail.domain.text import clean_line

    limit = output.line_width()
    for paper, answer in pairs:
        start = f"{paper.status.glyph} {paper.key}"
        about = f"  {paper.year or ''}  {clean_line(paper.title)}"
        shown = about if limit is None else fit(about, max(limit - len(start), 1))
        yield ()
        yield (Tint(start, "active"), Tint(shown, "quiet"))
        for part in _words(paper, answer, _text_cells()):
            yield ("  ", part)


def _text_cells() -> int | None:
    """Return how wide an indented line may be, None in a pipe: there nothing is broken."""
    return None if output.line_width() is None else output.text_width() - 2


def _beside(pairs: "Sequence[tuple[PaperSummary, Answer]]", room: int) -> Iterator[Line]:
    """Yield the answers in a column each."""
    from papertrail.cli.cells import fit

    columns: list[list[Part]] = []
    for paper, answer in pairs:
        head = fit(f"{paper.status.glyph} {paper.key} {paper.year or ''}".rstrip(), room)
        columns.append([Tint(head, "active"), *_words(paper, answer, room)])
    for row in zip_longest(*columns, fillvalue=""):
        last = max((number for number, part in enumerate(row) if part), default=0)
        yield [_padded(part, room + GAP if number < last else 0) for number, part in enumerate(row)]


def _padded(part: Part, cells: int) -> Part:
    from papertrail.cli.cells import pad

    return Tint(pad(part.text, cells), part.style) if isinstance(part, Tint) else pad(part, cells)


def _words(paper: "PaperSummary", answer: "Answer", cells: int | None) -> list[Part]:
    """Return the lines of an answer, then what is missing and how to write it."""
    lines: list[Part] = [*_lines(answer.text, cells)] if answer.text else []
    if answer.unreadable:
        return [Tint(line, "owed") for line in _lines("the note cannot be read", cells)]
    if answer.owed or not lines:
        what, style = ("nothing here yet", "quiet")
        if answer.owed:
            what, style = ("owed", "owed") if paper.owed else ("needed to count", "quiet")
        if paper.note_missing:
            from papertrail.cli.describe import missing_note

            return [Tint(line, "owed") for line in _lines(missing_note(paper.key), cells)]
        lines += [Tint(line, style) for line in _lines(f"{what}: papertrail note {paper.key}", cells)]
    return lines


def _lines(markdown: str, cells: int | None) -> Iterator[str]:
    """Yield Markdown broken to a width, lists hanging; or as it is."""
    from papertrail.cli.cells import width, wrap
    from papertrail.domain.text import clean

    lines = [line.rstrip() for line in clean(markdown).expandtabs(4).split("\n")]
    if cells is None:
        yield from lines
        return
    for before, words in _paragraphs(lines):
        first, text = (before, words) if width(before) <= cells // 2 else ("", before + words)
        if width(first + text) <= cells:
            yield first + text
            continue
        indent = " " * width(first)
        for number, piece in enumerate(wrap(text, max(cells - len(indent), 2))):
            yield (indent if number else first) + piece


def _paragraphs(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each paragraph on one line, what stands before its text apart; code and tables line by line."""
    from papertrail.cli.cells import join

    first, parts = "", list[str]()
    in_code = False
    for line in lines:
        is_fence = line.lstrip().startswith(("```", "~~~"))
        text = line.lstrip()
        item = _ITEM.match(line)
        stands = in_code or is_fence or not text or text[0] in "|>#"
        if parts and not stands and not item:
            parts.append(text)
            continue
        if parts:
            yield first, join(parts)
            parts = []
        first = item[0] if item and not stands else line[: len(line) - len(text)]
        if stands:
            yield first, text
        else:
            parts = [line[len(first) :]]
        in_code ^= is_fence
    if parts:
        yield first, join(parts)

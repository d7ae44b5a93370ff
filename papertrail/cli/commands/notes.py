"""`papertrail notes`: all notes at once, what they owe, their sections, lines with words."""

from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.trail import open_trail
from papertrail.domain.errors import BadInput, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from papertrail.domain.whole_paper import Paper
    from papertrail.library import Library


@click.command("notes")
@click.argument("keys", metavar="[KEY]...", nargs=-1)
@click.option("--owed", is_flag=True, help="Papers that are read and owe a note, with what it lacks.")
@click.option("--outline", is_flag=True, help="Each note's sections, with their words.")
@click.option("--grep", "words", metavar="TEXT", help="Each line that has TEXT, case and accents ignored.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object (docs/JSON.md).")
def command(keys: tuple[str, ...], owed: bool, outline: bool, words: str | None, as_json: bool) -> None:
    """List the notes there are, in reading order, with their words and what they owe.

    KEY is a key, the beginning of one, or an arXiv id or DOI in any form; without one it is all papers.

    \b
    Example:
      papertrail notes --grep "receptive field"
    """
    if owed + outline + (words is not None) > 1:
        raise BadInput("--owed, --outline and --grep exclude each other", "give one of them")
    if words is not None and not words.strip():
        raise BadInput("there is nothing to look for", 'for example: papertrail notes --grep "residual"')
    with open_trail() as library:
        named = {library.papers.resolve(key) for key in keys}
        papers = [paper for paper in library.papers.all() if not named or paper.summary.key in named]
        if as_json:
            output.say_json(_document(library, papers, owed=owed, words=words))
        elif not (words or any(p.summary.owed if owed else p.note.exists for p in papers)):
            output.hint("no note is owed" if owed else "no note is written yet: papertrail note KEY")
        elif words is not None:
            _say_lines(library, [paper.summary.key for paper in papers if paper.note.exists], words)
        elif outline:
            output.say_lines(_outlines([paper for paper in papers if paper.note.exists]))
        else:
            _say_notes([p for p in papers if (p.summary.owed if owed else p.note.exists)])


def _document(
    library: "Library", papers: "Sequence[Paper]", *, owed: bool, words: str | None
) -> dict[str, object]:
    from papertrail.cli.documents import note_lines_object, notes_object

    if words is not None:
        keys = [paper.summary.key for paper in papers if paper.note.exists]
        return note_lines_object(library.notes.lines_with(words, keys))
    return notes_object([p for p in papers if (p.summary.owed if owed else p.note.exists)])


def _say_lines(library: "Library", keys: "Sequence[str]", words: str) -> None:
    found = False
    for line in library.notes.lines_with(words, keys):
        found = True
        output.say(output.Tint(line.key, "title"), output.Tint(f":{line.number}: ", "quiet"), line.text)
    if not found:
        raise NotFound("no line of a note has these words", "papertrail list WORDS looks in titles, too")


def _outlines(papers: "Sequence[Paper]") -> "Iterator[tuple[output.Part, ...]]":
    from papertrail.cli.describe import number_of

    for paper in papers:
        yield (output.Tint(paper.summary.key, "title"), f"  {number_of(paper.note.words, 'word')}")
        for section in paper.note.sections:
            style = "" if section.filled else "owed" if section.required else "quiet"
            told = section.tally or (number_of(section.words, "word") if section.begun else "")
            sign = "■" if section.filled else "□"
            yield (output.Tint(f"  {sign} {section.name}", style), f"  {told}" if told else "")


def _say_notes(papers: "Sequence[Paper]") -> None:
    rows: list[Sequence[output.Part]] = []
    for paper in papers:
        lacks = f"{'owes' if paper.summary.owed else 'lacks'} {paper.note.owes}"
        said = lacks if paper.note.owes else "complete"
        style = "owed" if paper.summary.owed else "quiet"
        rows.append(
            (output.Tint(paper.summary.key, "title"), str(paper.note.words), output.Tint(said, style))
        )
    output.say_table(rows, right=frozenset({1}))

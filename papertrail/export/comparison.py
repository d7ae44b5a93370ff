"""Papers read down one question, as Markdown and as CSV."""

import csv as csv_format
import io
from collections.abc import Iterator

from papertrail.domain.csv_cells import defused
from papertrail.domain.lineages.compare import Answer, Comparison, Question
from papertrail.domain.paper import PaperSummary
from papertrail.domain.text import clean, clean_line
from papertrail.export.inert import inert
from papertrail.export.own_words import lower_heading, own_words, replace_headings
from papertrail.export.table_cell import table_cell


def markdown(comparison: Comparison) -> str:
    """Return one question as a heading for each paper with its answer; several as a table, lists in it."""
    if len(comparison.questions) == 1:
        return "\n\n".join(_answers(comparison, comparison.questions[0])) + "\n"
    head = ["paper", *(inert(question.short) for question in comparison.questions)]
    rows = [head, ["---"] * len(head)]
    for number, paper in enumerate(comparison.papers):
        answers = [question.answers[number] for question in comparison.questions]
        rows.append([_named(paper), *map(_cell, answers)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def _answers(comparison: Comparison, question: Question) -> Iterator[str]:
    yield f"# {inert(question.name)}"
    for paper, answer in zip(comparison.papers, question.answers, strict=True):
        year = f" ({paper.year})" if paper.year else ""
        yield f"## {inert(paper.title)}{year}"
        if answer.text:
            yield replace_headings(own_words(answer.text), lower_heading)
        if answer.owed:
            yield "*Still to be written.*"
        elif not answer.text:
            yield "*Nothing written.*"


def _named(paper: PaperSummary) -> str:
    return f"{inert(paper.key)}{f' ({paper.year})' if paper.year else ''}"


def _cell(answer: Answer) -> str:
    if answer.owed and not answer.short:
        return "*still to be written*"
    return table_cell(answer.text)


def csv(comparison: Comparison) -> str:
    """Return a row for each paper and a column for each question, the answers whole.

    A cell that a spreadsheet would take for a formula begins with an apostrophe, as is usual.
    """
    out = io.StringIO(newline="")
    writer = csv_format.writer(out, lineterminator="\n")
    writer.writerow(map(defused, ["key", "title", "year", "status", *(q.name for q in comparison.questions)]))
    for number, paper in enumerate(comparison.papers):
        facts = [paper.key, clean_line(paper.title), str(paper.year or ""), paper.status.value]
        answers = [clean(question.answers[number].text) for question in comparison.questions]
        writer.writerow(map(defused, [*facts, *answers]))
    return out.getvalue()

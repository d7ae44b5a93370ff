"""A question and its answer as lines of a page."""

from collections.abc import Iterator

from rich.segment import Segment
from textual.widget import Widget

from papertrail.domain.note import short_section
from papertrail.domain.recall.question import Kind
from papertrail.domain.recall.review import ReviewAnswer, ReviewQuestion
from papertrail.domain.text import clean_line
from papertrail.tui.widgets.cells import wrap
from papertrail.tui.widgets.ink import ink
from papertrail.tui.widgets.markdown_lines import Lines, note_lines, words_lines
from papertrail.tui.widgets.sheet import GUTTER, Block

_MARKS = frozenset("*_`[]<>\\&~|#$")  # without any of these Markdown is the words alone
MOST_CELLS = 96  # of a line; longer ones are hard to read
_NOT_TOLD = "your notes do not say what it changed"


def question_lines(widget: Widget, question: ReviewQuestion, width: int) -> Lines:
    """Return the question, a blank line above and below it."""
    width = min(width - 2 * GUTTER, MOST_CELLS)
    if question.kind is Kind.PAIR and _MARKS.intersection(question.wording):
        asked = note_lines(widget, question.wording, width)
    else:
        asked = words_lines(question.wording, width, ink(widget, "foreground", bold=True))
    margin = Segment(" " * GUTTER)
    return [[], *([margin, *line] for line in asked), []]


def answer_blocks(
    widget: Widget, question: ReviewQuestion, answer: ReviewAnswer, typed: str, width: int
) -> list[Block]:
    """Return the reader's note, beside it what was typed just now.

    Args:
        widget: any widget of the program.
        question: that was asked.
        answer: what the note has.
        typed: empty where the answer was only thought or said.
        width: cells of each of so many columns.
    """
    quiet, width = ink(widget, "quiet"), min(width, MOST_CELLS)
    name = f"your note · {short_section(question.section)}" if question.section else "your note"
    if question.key is None:
        name = "its papers in order, and what each one changed"
        own = [*words_lines(name, width, quiet), *_steps(widget, answer, width)]
    else:
        own = [*words_lines(name, width, quiet), *note_lines(widget, answer.markdown, width)]
    if not typed.strip():
        return [Block([own])]
    return [Block([[*words_lines("you wrote", width, quiet), *note_lines(widget, typed, width)], own])]


def _steps(widget: Widget, answer: ReviewAnswer, width: int) -> Iterator[list[Segment]]:
    bold, quiet = ink(widget, "foreground", bold=True), ink(widget, "quiet")
    for number, step in enumerate(answer.steps, start=1):
        mark = f"{number:>2}  "
        year = f" · {step.year}" if step.year else ""
        for row, text in enumerate(wrap(clean_line(step.title) + year, max(width - len(mark), 1))):
            yield [Segment(mark if not row else " " * len(mark), quiet), Segment(text, bold)]
        told = (
            note_lines(widget, step.text, width - len(mark))
            if step.text.strip()
            else words_lines(_NOT_TOLD, width - len(mark), quiet)
        )
        for line in told:
            yield [Segment(" " * len(mark)), *line]

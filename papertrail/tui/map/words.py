"""What the map knows of a paper, in words, and those words in the rows there are."""

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len
from textual.content import Content

from papertrail.domain.lineages.view import LineageView
from papertrail.domain.paper import EXPLAINED, Status
from papertrail.domain.whole_paper import Paper
from papertrail.tui.frame.paper_text import STATUS_STYLES
from papertrail.tui.widgets.cells import fit, wrap


def told_of(view: LineageView | None, paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield words and style of what is owed, what the paper changed of its parents, and its gaps."""
    if view is None:
        return
    key = paper.summary.key
    if paper.summary.owed:
        yield f"owes {paper.note.owes}", "$warning"
    elif paper.summary.note_missing:
        yield "its note is missing", "$warning"
    for (child, parent), text in view.changes.items():
        if child == key:
            yield f"from {parent}: {text}", ""
    gaps = [parent for child, parent in view.gaps if child == key]
    if gaps:
        yield f"builds on {', '.join(gaps)}, not read yet", "$quiet"


def in_rows(parts: Sequence[str], width: int, rows: int) -> list[str]:
    """Return texts below each other where there is room for all, else one after the other, cut at the end."""
    for texts in (parts, [" · ".join(parts)]):
        lines = [piece for text in texts for piece in _first_rows(text, width, rows)]
        if len(lines) <= rows:
            return lines
    *first, last = lines[: max(rows, 1)]
    cut = fit(last, min(cell_len(last), width - 2)).rstrip()
    return [*first, cut if cut.endswith("…") else f"{cut} …"]


def _first_rows(text: str, width: int, rows: int) -> list[str]:
    """Return a text in rows, more than `rows` where it takes more; to break a long one takes its time."""
    begun = text[: (rows + 1) * width + 1]
    lines = wrap(begun, width)
    return lines if len(lines) > rows or begun == text else wrap(text, width)


_MARKS = (
    ("✓", "counted", "$success"),
    (EXPLAINED, "can explain", "$success"),
    ("✎", "owes a note", "$warning"),
)

OVERVIEW_SIGNS = (
    ("━", "counted", "$success"),
    ("─", "to go", "$quiet"),
    ("3", "papers a year", ""),
    ("↑", "it builds on", "$primary"),
    ("↓", "builds on it", "$primary"),
)


def signs_on(view: LineageView) -> Iterator[tuple[str, str, str]]:
    """Yield the signs that a map shows, what each means, and its colour; the commonest first."""
    statuses = {paper.status for paper in view.papers}
    for status in Status:
        if status in statuses:
            yield status.glyph, status.value, STATUS_STYLES[status]
    marks = {paper.mark for paper in view.papers}
    yield from (sign for sign in _MARKS if sign[0] in marks)
    if "!" in marks:
        yield "!", "note missing", "$warning"
    if view.gaps:
        yield "▽", "read before its parents", "$warning"
    if any(paper.lineage is not None for paper in view.papers):
        yield "no frame:", "in another lineage", "$quiet"


def signs_line(view: LineageView, width: int) -> Content:
    """Return what the signs on a map mean, as many as fit in one line."""
    return one_line(signs_on(view), width)


def one_line(signs: Iterable[tuple[str, str, str]], width: int) -> Content:
    """Return what some signs mean, each with its colour, as many as fit in one line."""
    told: list[str | Content | tuple[str, str]] = []
    taken = 0
    for sign, means, style in signs:
        wide = cell_len(f"{sign} {means}") + 3 * bool(told)
        if taken + wide > width:
            break
        taken += wide
        told += [*([("   ", "")] if told else []), (sign, style), (f" {means}", "$quiet")]
    return Content.assemble(*told)

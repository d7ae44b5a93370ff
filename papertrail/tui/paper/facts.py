"""What stands beside the note of a paper: how far one is, what it is part of, what else is known."""

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len
from textual.content import Content

from papertrail.domain.note_text import NoteBody
from papertrail.domain.paper import MOST_AUTHORS_SHOWN, byline
from papertrail.domain.text import clean_line
from papertrail.domain.whole_paper import LineagePlace, Paper
from papertrail.tui.frame import paper_text
from papertrail.tui.widgets.cells import fit, wrap
from papertrail.tui.widgets.data_text import line


def head(paper: Paper, width: int, *, is_tall: bool) -> Content:
    """Return what stands above all: title, authors, year and ids; cut with a mark where they are long."""
    summary, rows = paper.summary, 2 if is_tall else 1
    title = _cut(clean_line(summary.title), width, rows + 1)
    authors = _cut(_names(summary.authors, width, rows) or "authors unknown", width, rows)
    return Content("\n").join(
        [*(line(one, "bold $primary") for one in title), *map(line, authors), paper_text.facts(paper)]
    )


def _names(authors: Sequence[str], width: int, rows: int) -> str:
    """Return as many authors as so many rows hold, and how many more there are."""
    for most in range(MOST_AUTHORS_SHOWN, 0, -1):
        names = clean_line(byline(authors, most))
        if len(names) <= width * rows and len(wrap(names, width)) <= rows:
            break
    return names


def _cut(text: str, width: int, rows: int) -> list[str]:
    """Return text in at most so many rows, the last one with an ellipsis where there is more."""
    lines = wrap(text[: width * (rows + 2)], width)
    rest = " ".join(lines[rows - 1 :])
    return [*lines[: rows - 1], fit(rest, min(cell_len(rest), width))] if rest else lines


def standing(paper: Paper, place: LineagePlace | None) -> list[Content]:
    """Return how far one is with a paper, and where it stands: in `place` with the papers around it."""
    parts = [paper_text.status_words(paper.summary), *paper_text.marks(paper.summary)]
    parts += [line(f"! {paper.summary.notice}", "$warning")] if paper.summary.notice else []
    for one, words in zip(paper.places, paper_text.places(paper), strict=True):
        parts.append(words)
        if one == place:
            parts += _neighbours(one)
    return parts


def of_note(paper: Paper, note: NoteBody, copies: Sequence[str], another: str) -> list[Content]:
    """Return how far the note is, and what is to be looked at.

    Args:
        paper: whose note.
        note: its text.
        copies: names of files that hold a second text of it.
        another: the title that the note gives the paper; empty where it is the same.
    """
    parts = [paper_text.note_heading(paper.note)]
    parts += [line(f"! {note.trouble}", "$warning")] if note.trouble else []
    parts += [line(f"! second text: {name}, M merges", "$warning") for name in copies]
    parts += [line(f"! the note calls it {another}: T settles it", "$warning")] if another else []
    return [*parts, *paper_text.remarks(paper.note), *paper_text.checklist(paper.note)]


def around(paper: Paper, width: int = 0) -> list[Content]:
    """Return the papers before and after in what builds on what, each with its title where there is room."""
    return list(paper_text.links(paper, width))


def known(paper: Paper, *, abstract: bool) -> Iterator[list[Content]]:
    """Yield what else is known of a paper, part by part, the abstract first if it is wanted."""
    if abstract:
        yield [paper_text.heading_line("abstract"), paper_text.abstract(paper)]
    yield list(paper_text.from_arxiv(paper))
    yield list(paper_text.pages(paper))


def apart(parts: Iterable[list[Content]]) -> list[Content]:
    """Return parts below each other, a blank line between them."""
    lines: list[Content] = []
    for part in parts:
        lines += [Content(""), *part] if lines and part else part
    return lines


def _neighbours(place: LineagePlace) -> Iterator[Content]:
    """Return a line for the paper before and one for the paper after, with the keys that lead there."""
    for key, other in (("[", place.previous), ("]", place.next)):
        if other is not None:
            yield Content.assemble((f"  {key} ", "bold $primary"), paper_text.reference(other))

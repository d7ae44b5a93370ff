"""A table of papers as CSV, which spreadsheets open without running anything."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from papertrail.domain.csv_cells import defused
from papertrail.domain.reference import Reference
from papertrail.domain.text import clean_line

if TYPE_CHECKING:
    from papertrail.domain.whole_paper import Paper

COLUMNS = (
    "key",
    "title",
    "authors",
    "year",
    "venue",
    "arxiv_id",
    "doi",
    "url",
    "status",
    "counted",
    "read_on",
    "counted_on",
    "rating",
    "tags",
    "lineages",
    "builds_on",
)


def table(papers: "Iterable[tuple[Paper, Reference]]") -> Iterator[str]:
    """Yield the rows of the table, each with its line end, the names of the columns first."""
    yield _row(COLUMNS)
    for paper, reference in papers:
        told = _cells(paper, reference)
        yield _row(defused(clean_line(told[name])) for name in COLUMNS)


def _cells(paper: "Paper", reference: Reference) -> Mapping[str, str]:
    summary = paper.summary
    return {
        "key": summary.key,
        "title": reference.title,
        "authors": "; ".join(name.said for name in reference.authors),
        "year": str(reference.year or ""),
        "venue": paper.venue,
        "arxiv_id": reference.arxiv_id,
        "doi": reference.doi,
        "url": reference.url,
        "status": summary.status.value,
        "counted": "yes" if summary.counted else "no",
        "read_on": paper.days.read or "",
        "counted_on": paper.days.counted or "",
        "rating": str(summary.rating or ""),
        "tags": ", ".join(summary.tags),
        "lineages": "; ".join(summary.lineages),
        "builds_on": "; ".join(parent.key for parent in paper.builds_on),
    }


def _row(cells: Iterable[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerow(list(cells))
    return out.getvalue()

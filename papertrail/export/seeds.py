"""Lineages as a seeds file: what one trail writes and another one loads."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from papertrail.domain.csv_cells import defused
from papertrail.domain.metadata import is_doi
from papertrail.domain.text import clean_line
from papertrail.domain.whole_paper import Paper

COLUMNS = ("lineages", "key", "title", "authors", "year", "venue", "arxiv_id", "doi", "builds_on")


def seeds_csv(papers: Sequence[Paper], lineages: Mapping[str, Sequence[str]]) -> str:
    """Return the text of a seeds file that gives back these lineages, and the papers in this order.

    A paper's row names the lineages in which it comes next. Where a lineage has another order than the file,
    or begins before one that goes before it, its papers get a further row each that says just that. What a
    spreadsheet would take for a formula begins with an apostrophe, which reading takes off.

    Args:
        papers: those of the lineages, in reading order.
        lineages: the keys of each one's papers, lineages and papers in order; none is empty.
    """
    by_key = {paper.summary.key: paper for paper in papers}
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    written: set[str] = set()
    for key, names in _rows([paper.summary.key for paper in papers], lineages):
        paper = by_key[key]
        facts = [""] * 6 if key in written else _facts(paper, by_key)
        written.add(key)
        row = ["; ".join(map(clean_line, names)), key, clean_line(paper.summary.title), *facts]
        writer.writerow(map(defused, row))
    return out.getvalue()


def _facts(paper: Paper, known: Mapping[str, Paper]) -> list[str]:
    """Return the cells from the authors on."""
    summary = paper.summary
    return [
        "; ".join(clean_line(author).replace(";", ",") for author in summary.authors),
        str(summary.year or ""),
        clean_line(paper.venue),
        summary.arxiv_id or "",
        summary.doi if summary.doi and is_doi(summary.doi) else "",  # arXiv has some that are two
        "; ".join(parent.key for parent in paper.builds_on if parent.key in known),
    ]


def _rows(keys: Sequence[str], lineages: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, list[str]]]:
    """Yield the key of each row and the lineages it names, so that each gets its papers in its order.

    A file orders papers, lineages and the papers of each lineage by where they are first named.
    """
    left = {name: list(reversed(papers)) for name, papers in lineages.items()}
    written: set[str] = set()

    def named_by(key: str) -> list[str]:
        """Take a paper off the lineages in which it is next; none may begin before the ones before it."""
        names = []
        for name, papers in left.items():
            if papers and papers[-1] == key:
                papers.pop()
                names.append(name)
            if len(papers) == len(lineages[name]):
                break
        return names

    def behind() -> str | None:
        """Return a paper written too early for a lineage that now waits for it."""
        for name, papers in left.items():
            if papers and papers[-1] in written:
                return papers[-1]
            if len(papers) == len(lineages[name]):
                break
        return None

    for key in keys:
        written.add(key)
        yield key, named_by(key)
        while (late := behind()) is not None:
            yield late, named_by(late)

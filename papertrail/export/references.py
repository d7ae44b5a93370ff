"""Where a paper is to be had, and how a document names it at its end."""

from papertrail.domain.paper import PaperSummary, byline
from papertrail.domain.whole_paper import Paper
from papertrail.export.inert import inert, link


def quote_doi(doi: str) -> str:
    """Return a DOI as it may stand in a URL inside a Markdown link."""
    return "".join(c if c.isalnum() or c in "/.-_:;" else f"%{ord(c):02X}" for c in doi if c.isascii())


def address(paper: PaperSummary) -> str:
    """Return where a paper is: at arXiv, else by its DOI; empty where it has neither."""
    if paper.arxiv_id:
        return f"https://arxiv.org/abs/{paper.arxiv_id}"
    return f"https://doi.org/{quote_doi(paper.doi)}" if paper.doi else ""


def reference(name: str, paper: Paper) -> str:
    """Return an entry of a list of references, as Markdown.

    Args:
        name: that the document calls the paper by.
        paper: the paper.
    """
    summary = paper.summary
    told = f"**{inert(name)}**:" if name != summary.title else ""
    authors = f"{inert(byline(summary.authors))}." if summary.authors else ""
    year = str(summary.year or "")
    where = inert(paper.venue) if paper.venue else ""
    if year not in paper.venue:
        where = f"{where}, {year}" if where else year
    parts = (told, authors, f"*{link(summary.title, address(summary))}*.", f"{where}." if where else "")
    return " ".join([part for part in parts if part])

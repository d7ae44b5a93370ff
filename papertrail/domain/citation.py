"""A paper as one cites it in a text: a link in Markdown, a sentence."""

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from papertrail.domain.paper import byline
from papertrail.domain.reference import page_of
from papertrail.domain.text import clean_line

if TYPE_CHECKING:
    from papertrail.domain.whole_paper import Paper

_MARKDOWN = re.compile(r"([\\`*_\[\]<>])")


class CitationForm(StrEnum):
    """How a paper is cited."""

    BIBTEX = "bibtex"
    MARKDOWN = "markdown"
    PLAIN = "plain"


def citation(paper: "Paper", form: CitationForm) -> str:
    """Return how a paper is cited in a text: a link or a sentence, without a line end."""
    return _markdown(paper) if form is CitationForm.MARKDOWN else _plain(paper)


def _markdown(paper: "Paper") -> str:
    title = _MARKDOWN.sub(r"\\\1", clean_line(paper.summary.title) or paper.summary.key)
    url = page_of(paper).replace("(", "%28").replace(")", "%29")
    return f"[{title}]({url})" if url else title


def _plain(paper: "Paper") -> str:
    summary = paper.summary
    authors = clean_line(byline(summary.authors))
    year = f"({summary.year})" if summary.year else ""
    title = clean_line(summary.title) or summary.key
    parts = [f"{authors} {year}".strip(), title, _published_in(paper)]
    parts += [f"arXiv:{summary.arxiv_id}"] if summary.arxiv_id else []
    told = ". ".join(part.rstrip(".") for part in parts if part) + "."
    return f"{told} {page_of(paper)}".rstrip()


def _published_in(paper: "Paper") -> str:
    return clean_line(paper.venue or paper.journal_ref or "")

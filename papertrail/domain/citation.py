"""A paper as one cites it: for BibTeX, in Markdown, in a sentence."""

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from papertrail.domain.links import Page, links_of
from papertrail.domain.paper import byline
from papertrail.domain.text import clean_line

if TYPE_CHECKING:
    from papertrail.domain.whole_paper import Paper

MOST_AUTHORS = 100  # of a BibTeX entry; what follows is `and others`
_FORMULA = re.compile(r"(?<!\\)\$[^$]+(?<!\\)\$")
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # a brace counts for BibTeX also behind a backslash
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
_MARKDOWN = re.compile(r"([\\`*_\[\]<>])")
_GROUP = re.compile(r"\b(?:collaboration|consortium|team|group)\b|\band\b", re.IGNORECASE)


class CitationForm(StrEnum):
    """How a paper is cited."""

    BIBTEX = "bibtex"
    MARKDOWN = "markdown"
    PLAIN = "plain"


def citation(paper: "Paper", form: CitationForm) -> str:
    """Return how a paper is cited: an entry, a link or a sentence, without a line end."""
    write = {
        CitationForm.BIBTEX: _bibtex,
        CitationForm.MARKDOWN: _markdown,
        CitationForm.PLAIN: _plain,
    }
    return write[form](paper)


def _bibtex(paper: "Paper") -> str:
    summary, published_in = paper.summary, _published_in(paper)
    authors = [_person(name) for name in map(clean_line, summary.authors[:MOST_AUTHORS]) if name]
    authors += ["others"] if len(summary.authors) > MOST_AUTHORS else []
    fields = {
        "author": " and ".join(authors),
        "title": _title(clean_line(summary.title)),
        "year": str(summary.year or ""),
        "journal": _escaped(published_in),
        "doi": _escaped(clean_line(summary.doi or "")),
        "eprint": summary.arxiv_id or "",
        "archiveprefix": "arXiv" if summary.arxiv_id else "",
        "primaryclass": _escaped(clean_line(paper.categories[0])) if paper.categories else "",
        "url": _address(paper),
    }
    lines = [f"  {name:<13} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{'article' if published_in else 'misc'}{{{summary.key},", *lines, "}"])


def _markdown(paper: "Paper") -> str:
    title = _MARKDOWN.sub(r"\\\1", clean_line(paper.summary.title) or paper.summary.key)
    url = _address(paper).replace("(", "%28").replace(")", "%29")
    return f"[{title}]({url})" if url else title


def _plain(paper: "Paper") -> str:
    summary = paper.summary
    authors = clean_line(byline(summary.authors))
    year = f"({summary.year})" if summary.year else ""
    title = clean_line(summary.title) or summary.key
    parts = [f"{authors} {year}".strip(), title, _published_in(paper)]
    parts += [f"arXiv:{summary.arxiv_id}"] if summary.arxiv_id else []
    told = ". ".join(part.rstrip(".") for part in parts if part) + "."
    return f"{told} {_address(paper)}".rstrip()


def _published_in(paper: "Paper") -> str:
    return clean_line(paper.venue or paper.journal_ref or "")


def _address(paper: "Paper") -> str:
    """Return its page at arXiv, else at its publisher, else any other; empty without one."""
    links = links_of(paper)
    own = [link for link in links if link.page in (Page.ABS, Page.DOI)]
    return next((link.url for link in (*own, *links)), "")


def _escaped(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in text)


def _title(text: str) -> str:
    """Return a title whose capitals and formulas BibTeX leaves alone."""
    parts, end = [], 0
    for formula in _FORMULA.finditer(text):
        if _is_balanced(formula[0]):
            parts += [_escaped(text[end : formula.start()]), formula[0]]
            end = formula.end()
    return f"{{{''.join([*parts, _escaped(text[end:])])}}}"


def _is_balanced(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def _person(name: str) -> str:
    """Return an author's name; in braces where BibTeX would take it for two, or for a person."""
    text = _escaped(name)
    return f"{{{text}}}" if _GROUP.search(name) or name.count(",") > 1 else text

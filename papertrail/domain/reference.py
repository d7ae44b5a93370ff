"""A paper as bibliographies have it: what papertrail knows, and what the file it came from said besides."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from papertrail.domain.authors import is_group
from papertrail.domain.links import Page, links_of
from papertrail.domain.person_names import PersonName, names_listed, parts_of_said
from papertrail.domain.text import clean, clean_line

if TYPE_CHECKING:
    from papertrail.domain.whole_paper import Paper

_CONTAINERS = ("journaltitle", "journal", "booktitle", "maintitle", "eventtitle")
_PUBLISHERS = ("publisher", "institution", "school", "series", "organization")
_SAID_ELSEWHERE = frozenset(
    {"author", "editor", "title", "subtitle", "year", "date", "doi", "eprint", "eprinttype", "eprintclass"}
    | {"archiveprefix", "primaryclass", "url", "month", "abstract", "keywords", *_CONTAINERS}
)
"""Details that the fields of `Reference` tell."""


class CitedAs(NamedTuple):
    """How a file of another program cited a paper.

    Attributes:
        cite_key: its key there; empty for none, or for the paper's own.
        kind: of entry, by BibLaTeX's name.
        details: what else it says, by BibLaTeX's names of fields, in Unicode.
    """

    cite_key: str
    kind: str
    details: Mapping[str, str]


class Reference(NamedTuple):
    """One entry of a bibliography; text in Unicode, formulas as TeX, empty for what is not known.

    Attributes:
        key: by which it is cited.
        kind: by BibLaTeX's name.
        title: whole, a subtitle behind a colon.
        authors: in order.
        editors: in order.
        year: of publication; of a preprint that of its first version.
        month: 1 to 12.
        container: the journal or the proceedings it stands in.
        doi: without an address before it.
        arxiv_id: canonical.
        category: arXiv's first.
        url: its page at arXiv or its publisher, else any other.
        abstract: of the paper.
        tags: the reader's.
        details: what else the file it came from said; as `title` the title with braces around what keeps its
            capitals, and by its name what is the container too, where it is neither journal nor proceedings.
    """

    key: str
    kind: str
    title: str
    authors: tuple[PersonName, ...]
    editors: tuple[PersonName, ...]
    year: int | None
    month: int | None
    container: str
    doi: str
    arxiv_id: str
    category: str
    url: str
    abstract: str
    tags: tuple[str, ...]
    details: Mapping[str, str]


def day_of(reference: Reference) -> int | None:
    """Return the day of its month by which it was published; None where it is not one that is known."""
    found = re.fullmatch(rf"{reference.year}-(\d\d)-(\d\d)", reference.details.get("date", ""))
    return int(found[2]) if found and int(found[1]) == reference.month else None


def reference_of(paper: "Paper", cited: CitedAs | None = None) -> Reference:
    """Return a paper as bibliographies have it.

    Args:
        paper: what is known of it; where it says otherwise than the file it is right.
        cited: what the file said that it came from.
    """
    summary = paper.summary
    told = cited.details if cited else {}
    published_in = clean_line(paper.venue or paper.journal_ref or "")
    kind = cited.kind if cited and cited.kind else ("article" if published_in else "misc")
    month = _month(told.get("month", ""))
    details = {name: text for name, text in told.items() if name not in _SAID_ELSEWHERE}
    stood_in = next((name for name in _CONTAINERS if name in told), "")
    for name in _CONTAINERS:
        if name in told and (name != stood_in or told[name] == published_in):
            details[name] = told[name]
    title = clean_line(summary.title) or summary.key
    if without_braces(told.get("title", "")) == title:
        details["title"] = told["title"]
    if month is None and "month" in told:
        details["month"] = told["month"]  # `15 June`: as it is
    if summary.year is None and "year" in told:
        details["year"] = told["year"]
    if summary.year and re.match(rf"{summary.year}-\d\d[-/]", told.get("date", "")):
        details["date"] = told["date"]  # a day, or from when until when
    if not (summary.doi or summary.arxiv_id) and "doi" in told:
        details["doi"] = told["doi"]  # it is none, as far as anybody can tell
    if published_in and published_in in (details.get(name) for name in _PUBLISHERS):
        published_in = ""  # that is who published it, and not what it stands in
    if kind in ("book", "thesis", "phdthesis", "mastersthesis", "report", "techreport") and published_in:
        details.setdefault("publisher" if kind == "book" else "institution", published_in)
        published_in = ""
    return Reference(
        key=(cited.cite_key if cited else "") or summary.key,
        kind=kind,
        title=title,
        authors=_authors(tuple(clean_line(name) for name in summary.authors), told.get("author", "")),
        editors=tuple(names_listed(told.get("editor", ""))),
        year=summary.year,
        month=month,
        container=published_in,
        doi=clean_line(summary.doi or ""),
        arxiv_id=summary.arxiv_id or "",
        category=clean_line(
            next(iter(paper.categories), told.get("eprintclass") or told.get("primaryclass", ""))
        ),
        url=page_of(paper, is_cited=cited is not None),
        abstract=clean(paper.abstract or ""),
        tags=summary.tags,
        details=details,
    )


def _month(text: str) -> int | None:
    return int(text) if text.isdecimal() and 1 <= int(text) <= 12 else None


def without_braces(title: str) -> str:
    """Return a title of which some pieces stand in braces as it is read."""
    return title.replace("{", "").replace("}", "")


def page_of(paper: "Paper", *, is_cited: bool = False) -> str:
    """Return a paper's page at arXiv, else at its publisher, else any other; empty without one.

    Args:
        paper: which.
        is_cited: whether a file cited it: a page that is given there beside its ids comes before theirs.
    """
    links = links_of(paper)
    told = [link for link in links if is_cited and link.page is Page.OTHER]
    own = [link for link in links if link.page in (Page.ABS, Page.DOI)]
    return next((link.url for link in (*told, *own, *links)), "")


def _authors(said: tuple[str, ...], listed: str) -> tuple[PersonName, ...]:
    """Return the authors in parts: as the file parts them where it says the same names."""
    parted = tuple(names_listed(listed)) if listed else ()
    if tuple(name.said for name in parted) == said:
        return parted
    return tuple(PersonName("", "", name) if is_group(name) else parts_of_said(name) for name in said if name)

"""The pages of a paper: what each is, and whether an address may be given to a browser at all."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit, urlunsplit

from papertrail.domain.text import clean_line, shorten

if TYPE_CHECKING:
    from papertrail.domain.whole_paper import Paper

_LONGEST = 2000  # characters; browsers and their openers take no more for sure
_FIRST_HTML = (23, 12)  # year and month from which arXiv itself sets papers as pages; ar5iv has older ones
_CODE_HOSTS = frozenset({"github.com", "gitlab.com", "codeberg.org", "bitbucket.org"})
# Most addresses: nothing in them is to be written otherwise.
_PLAIN = re.compile(r"https?://(?:[a-z0-9-]{1,63}\.)*[a-z0-9]{1,63}(?:/[A-Za-z0-9._~/-]*)?", re.ASCII)
_SAFE = "%/:;=&?@!$'()*+,-._~[]"


class Page(StrEnum):
    """What a page of a paper is."""

    ABS = "abs"
    PDF = "pdf"
    HTML = "html"
    DOI = "doi"
    CODE = "code"
    TRANSLATION = "translation"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Link:
    """One page of a paper.

    Attributes:
        page: what it is.
        url: its address, http or https, in ASCII.
        host: whose it is, as the browser will ask for it.
        label: what the reader calls it; empty for what is worked out from ids.
    """

    page: Page
    url: str
    host: str
    label: str = ""

    @property
    def words(self) -> str:
        """What it is and whose, on a line."""
        return f"{_WORDS[self.page] or shorten(self.label, 20) or 'page'} · {shorten(self.host, 40)}"


_WORDS = {
    Page.ABS: "about it, on arXiv",
    Page.PDF: "PDF",
    Page.HTML: "as a web page",
    Page.DOI: "at its publisher",
    Page.CODE: "code",
    Page.TRANSLATION: "translation",
    Page.OTHER: "",
}


def links_of(paper: "Paper") -> tuple[Link, ...]:
    """Return the pages of a paper, its own first: each address once, and none that is not for a browser."""
    summary = paper.summary
    found: list[tuple[Page, str, str]] = []
    if summary.arxiv_id:
        found += [
            (Page.ABS, f"https://arxiv.org/abs/{summary.arxiv_id}", ""),
            (Page.PDF, f"https://arxiv.org/pdf/{summary.arxiv_id}", ""),
            (Page.HTML, _html(summary.arxiv_id), ""),
        ]
    if summary.doi and summary.doi.strip():
        found.append((Page.DOI, _at_publisher(summary.doi), ""))
    found += map(_labelled, [*paper.urls, *(f"{kind} {address}" for kind, address in paper.links)])
    links: dict[str, Link] = {}
    for page, url, label in found:
        if (address := browsable(url)) is not None and address not in links:
            links[address] = Link(page, address, urlsplit(address).netloc, label)
    return tuple(links.values())


def page_of(arxiv_id: str | None, doi: str | None) -> str | None:
    """Return the address of a paper's page on arXiv, else at its publisher; None without either."""
    pages = [f"https://arxiv.org/abs/{arxiv_id}"] if arxiv_id else []
    pages += [_at_publisher(doi)] if doi and doi.strip() else []
    return next(filter(None, map(browsable, pages)), None)


def _at_publisher(doi: str) -> str:
    """Return where a DOI leads; some authors give two in one field."""
    return "https://doi.org/" + quote(doi.split(maxsplit=1)[0].rstrip(",;"), safe="/:;().,-_~")


def browsable(text: str) -> str | None:
    """Return an address as it may be given to a browser, in ASCII; None for anything but http and https.

    Also none that names a user or has signs which two programs may read as two addresses: what is shown as
    the host is where the browser goes. A host in other letters is told in the form the network knows.

    Examples:
        >>> browsable("https://例え.jp/論文")
        'https://xn--r8jz45g.jp/%E8%AB%96%E6%96%87'
        >>> browsable("javascript:alert(1)")
    """
    if len(text) <= _LONGEST and _PLAIN.fullmatch(text):
        return text
    if len(text) > _LONGEST or text != clean_line(text) or any(sign in text for sign in ' \\"<>`{|}^'):
        return None
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return None
    plain = host.strip(".").replace("-", "").replace(".", "").isalnum()
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not plain:
        return None
    rest = (quote(part, safe=_SAFE) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, host + port, *rest))


def _html(arxiv_id: str) -> str:
    """Return where a paper is set as a web page."""
    digits = arxiv_id[:4]
    is_new = "/" not in arxiv_id and digits.isdigit() and (int(digits[:2]), int(digits[2:])) >= _FIRST_HTML
    return f"https://{'arxiv.org' if is_new else 'ar5iv.labs.arxiv.org'}/html/{arxiv_id}"


def _labelled(entry: str) -> tuple[Page, str, str]:
    """Return what a kept link is, its address, and what stands before that: `code: https://…`."""
    label, _, url = entry.strip().rpartition(" ")
    label = clean_line(label).rstrip(":").strip()
    named = label.lower()
    if named in (Page.CODE, Page.TRANSLATION, Page.PDF, Page.HTML):
        return Page(named), url, label
    try:
        host = urlsplit(url).hostname or ""
        path = urlsplit(url).path
    except ValueError:
        return Page.OTHER, url, label
    if host.removeprefix("www.") in _CODE_HOSTS and not label:
        return Page.CODE, url, label
    is_pdf = not label and path.lower().endswith(".pdf")
    return Page.PDF if is_pdf else Page.OTHER, url, label

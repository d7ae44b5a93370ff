"""Says whether a reply of arXiv's is to be believed, before anybody reads papers out of it.

The `arxiv` package takes web pages, plain text and feeds that are cut short for feeds with fewer papers, and
leaves out entries without dates; here each of these is an error.
"""

from datetime import datetime
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from papertrail.domain.arxiv_id import parse_arxiv_id
from papertrail.domain.errors import BadInput, NetworkError
from papertrail.domain.text import clean_line, shorten

TRY_LATER = "try again later"
_ATOM = "{http://www.w3.org/2005/Atom}"
_TOTAL = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"


def check_reply(content: bytes) -> None:
    """Check that `content` is a whole Atom feed in which every entry is a paper with id, title and dates.

    It is the answer to a list of ids that fits on one page, so it must hold every paper that it counts.

    Raises:
        NetworkError: it is something else; the cause says what.
    """
    feed = parse_xml(content)
    if feed is None or feed.tag != f"{_ATOM}feed":
        raise NetworkError(what_came(content, is_xml=feed is not None), TRY_LATER)
    entries = feed.findall(f"{_ATOM}entry")
    if reason := _reason(entries):
        raise NetworkError(f"arXiv refused the request: {reason}", TRY_LATER)
    total = clean_line(feed.findtext(_TOTAL) or "")
    if not (total.isascii() and total.isdigit() and len(total) < 10):
        raise NetworkError("arXiv's reply does not say how many papers it holds", TRY_LATER)
    if len(entries) < int(total):
        raise NetworkError(
            f"arXiv's reply is not complete: {len(entries)} of {int(total)} papers came", TRY_LATER
        )
    for entry in entries:
        _check_entry(entry)


def refusal(content: bytes) -> str:
    """Return the reason an error reply gives, on one line; empty when it gives none."""
    feed = parse_xml(content)
    return "" if feed is None else _reason(feed.findall(f"{_ATOM}entry"))


def parse_xml(content: bytes) -> Any:
    """Return the root element; None when `content` is no XML, is cut, or declares entities."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return None if root.getroottree().docinfo.internalDTD is not None else root


def _reason(entries: list[Any]) -> str:
    """Return what the error entry among `entries` says; empty when there is none."""
    for entry in entries:
        title = clean_line(entry.findtext(f"{_ATOM}title") or "")
        if "api/errors" in (entry.findtext(f"{_ATOM}id") or "") or (
            title == "Error" and entry.find(f"{_ATOM}published") is None
        ):
            summary = clean_line(entry.findtext(f"{_ATOM}summary") or "")
            return shorten(summary, 120) or "it gives no reason"
    return ""


def _check_entry(entry: Any) -> None:
    """Check the fields that no paper lacks."""
    name = clean_line(entry.findtext(f"{_ATOM}id") or "")
    try:
        paper = parse_arxiv_id(name)
    except BadInput as error:
        shown = shorten(name, 60) or "no id"
        raise NetworkError(f"arXiv's reply holds an entry with {shown}", TRY_LATER) from error
    if paper.version is None:
        raise NetworkError(f"arXiv's reply does not say which version of {paper.id} it means", TRY_LATER)
    if not clean_line(entry.findtext(f"{_ATOM}title") or ""):
        raise NetworkError(f"arXiv's reply gives {paper.id} no title", TRY_LATER)
    for field in ("published", "updated"):
        try:
            # The arxiv package reads dates with the same call.
            datetime.fromisoformat((entry.findtext(f"{_ATOM}{field}") or "").strip().replace("Z", "+00:00"))
        except ValueError as error:
            raise NetworkError(
                f"arXiv's reply says no date for {paper.id} in its field {field}", TRY_LATER
            ) from error


def what_came(content: bytes, *, is_xml: bool) -> str:
    """Say what came in place of a feed."""
    start = content[:2000].decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    lower = start.lower()
    if not start:
        return "arXiv sent an empty reply"
    if lower.startswith(("<!doctype html", "<html")) or "<html" in lower:
        return "a web page came instead of arXiv's data"
    if lower.startswith(("<?xml", "<feed")):
        return f"arXiv's reply is {'no list of papers' if is_xml else 'cut short or damaged'}"
    return f'arXiv sent no data but "{shorten(clean_line(start), 60)}"'

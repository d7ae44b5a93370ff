"""The daily feeds of rss.arxiv.org, RSS 2.0 and Atom, read without loss; the only importer of feedparser.

Of 10,000 damaged feeds nearly a thousand end in an exception out of feedparser, and it takes a web page for a
feed without entries: lxml looks first whether this is a feed at all, and hands on only what is read here.
"""

import io
import re
from collections.abc import Mapping
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from papertrail.domain.arxiv_id import ArxivId, parse_arxiv_id
from papertrail.domain.errors import BadInput, NetworkError
from papertrail.domain.inbox.announcement import Announcement, AnnounceType, FeedBatch, merged
from papertrail.domain.metadata import is_doi
from papertrail.domain.text import clean, clean_line, shorten

MOST_BYTES = 16_000_000  # 2,000 papers, the most that arXiv sends, are 3.3 MB
MOST_ENTRIES = 5_000
_LONGEST_LINE, _LONGEST_ABSTRACT = 1_000, 20_000  # characters; arXiv takes abstracts of up to 1,920
_MOST_NAMES = 10_000

_ATOM = "{http://www.w3.org/2005/Atom}"
_DATES = ("pubDate", f"{_ATOM}updated", f"{_ATOM}published")
_UNREAD = ("link", f"{_ATOM}link", "{http://purl.org/dc/elements/1.1/}rights", f"{_ATOM}rights")
_DESCRIBED = ("guid", f"{_ATOM}id", "{http://arxiv.org/schemas/atom}announce_type")
_DAMAGED = "the feed is damaged"
_TRY_LATER = "try again later"
# Not anchored at arXiv's own line end, and without the type where a feed says none.
_DESCRIPTION = re.compile(
    r"\s*arXiv:(?P<id>\S+)\s+Announce Type:\s*(?P<type>[a-z-]*)\s+(?:Abstract:\s*)?(?P<abstract>.*)",
    re.DOTALL,
)
_COMMA_OUTSIDE = re.compile(r"[,()]")


def read_feed(content: bytes, feed: str, received: date) -> FeedBatch:
    """Return what the feed named `feed` holds; nothing on weekends and holidays.

    Args:
        content: the body of the reply, also of one with status 400, whose feed tells the reason.
        feed: a category, archive or several joined by `+`, as it was asked for.
        received: the date that papers get where the feed gives none.

    Raises:
        BadInput: arXiv has no such feed.
        NetworkError: it is no whole feed; the cause says what came.
    """
    entries, about = _entries(_checked(content))
    title, reason = (clean_line(str(about.get(name) or "")) for name in ("title", "subtitle"))
    if title.startswith("Feed error"):
        cause = f"arXiv refuses the feed {feed}: {shorten(reason, 200).rstrip('.') or 'it gives no reason'}"
        if reason.startswith(("Bad ", "Invalid ")):
            raise BadInput(cause, f"categories look like cs.CV; papertrail watch --remove {feed}")
        raise NetworkError(cause, _TRY_LATER)
    announced = _date(about)
    found, left_out = [], []
    for entry in entries:
        try:
            found.append(_announcement(entry, feed, announced or received))
        except BadInput as error:
            left_out.append(error.cause)
    return FeedBatch(feed, announced, merged(found), tuple(left_out))


def _checked(content: bytes) -> bytes:
    """Return the feed as plain UTF-8, in fewer pieces: feedparser takes twice as long for it as it comes.

    It is without what is not read here or is said twice, without white space between elements and without
    references.
    """
    from lxml import etree  # type: ignore[import-untyped]

    from papertrail.sources.atom_reply import what_came

    if len(content) > MOST_BYTES:
        raise NetworkError("the feed is far longer than any of arXiv's", _TRY_LATER)
    root = _root(content)
    if root is None or root.tag not in ("rss", f"{_ATOM}feed"):
        raise NetworkError(what_came(content, is_xml=root is not None), _TRY_LATER)
    top = root if root.tag != "rss" else root.find("channel")
    if top is None:
        raise NetworkError(_DAMAGED, _TRY_LATER)
    item, summary = ("item", "description") if root.tag == "rss" else (f"{_ATOM}entry", f"{_ATOM}summary")
    entries = top.findall(item)
    if len(entries) > MOST_ENTRIES:
        raise NetworkError(f"the feed holds {len(entries)} papers, more than any of arXiv's", _TRY_LATER)
    said = {name: _said_once(top, entries, name) for name in _DATES}
    for entry in entries:
        _join_categories(entry)
        described = _DESCRIPTION.fullmatch(entry.findtext(summary) or "")
        again = (f"oai:arXiv.org:{described['id']}", described["type"]) if described else ()
        for child in list(entry):
            if (
                child.tag in _UNREAD
                or (child.tag in _DATES and child.text == said[child.tag])
                or (child.tag in _DESCRIBED and child.text in again)
            ):
                entry.remove(child)
            elif child.text and ("<" in child.text or "&" in child.text) and "]]>" not in child.text:
                child.text = etree.CDATA(child.text)
            child.tail = None
    whole: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return whole


def _root(content: bytes) -> Any:
    """Return the root element; None when `content` is no XML, is cut, or declares entities."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return None if root.getroottree().docinfo.internalDTD is not None else root


def _join_categories(entry: Any) -> None:
    """Make one element of all that name a category, the names parted by blanks."""
    first, *others = [*entry.iterfind("category"), *entry.iterfind(f"{_ATOM}category")] or [None]
    if others:
        names = " ".join(each.get("term") or each.text or "" for each in (first, *others))
        first.text = names
        if first.get("term") is not None:
            first.set("term", names)
        for each in others:
            entry.remove(each)


def _said_once(top: Any, entries: list[Any], name: str) -> str | None:
    """Return the date that the feed gives in one element; where only its entries do, it gives the first's."""
    text: str | None = top.findtext(name)
    if text is None and entries and (text := entries[0].findtext(name)) is not None:
        top.insert(0, top.makeelement(name))
        top[0].text = text
    return text


def _entries(content: bytes) -> tuple[list[Mapping[str, Any]], Mapping[str, Any]]:
    """Return the entries, and what the feed says of itself, as feedparser reads them."""
    import feedparser  # type: ignore[import-untyped]

    try:
        # As a file: bytes are tried as a file's name first. What counts as HTML in RSS loses `a < b` else.
        read = feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:
        raise NetworkError(_DAMAGED, _TRY_LATER) from error
    if read.get("bozo") or read.get("version") not in ("rss20", "atom10"):
        raise NetworkError(_DAMAGED, _TRY_LATER)
    return read["entries"], read["feed"]


def _announcement(entry: Mapping[str, Any], feed: str, fallback: date) -> Announcement:
    """Return one entry's paper.

    Raises:
        BadInput: it names no paper, or says nothing of it.
    """
    said = _DESCRIPTION.fullmatch(clean(_text(entry, "summary")))
    paper = _paper(clean_line(_text(entry, "id")), said["id"] if said else "")
    title = shorten(clean_line(_text(entry, "title")), _LONGEST_LINE)
    if not title:
        raise BadInput(f"{paper.id} has no title")
    kind = clean_line(_text(entry, "arxiv_announce_type")) or (said["type"] if said else "")
    if kind not in list(AnnounceType):
        raise BadInput(f"{paper.id} is announced as {shorten(kind, 40) or 'nothing'}")
    doi = clean_line(_text(entry, "arxiv_doi"))
    tags = clean(" ".join(str(tag.get("term") or "") for tag in entry.get("tags") or ())).split()
    return Announcement(
        arxiv_id=paper.id,
        version=paper.version or 1,
        title=title,
        authors=_names(_text(entry, "author")),
        abstract=shorten(
            (said["abstract"] if said else clean(_text(entry, "summary"))).strip(), _LONGEST_ABSTRACT
        ),
        categories=tuple(dict.fromkeys(shorten(tag, 40) for tag in tags)),
        type=AnnounceType(kind),
        announced=_date(entry) or fallback,
        doi=doi if is_doi(doi) and len(doi) <= _LONGEST_LINE else None,
        journal_ref=shorten(clean_line(_text(entry, "arxiv_journal_reference")), _LONGEST_LINE) or None,
        feeds=(feed,),
    )


def _text(entry: Mapping[str, Any], field: str) -> str:
    value = entry.get(field)
    return value if isinstance(value, str) else ""


def _paper(guid: str, said: str) -> ArxivId:
    """Return the paper that an entry's id names, with its version, which the description gives as well."""
    try:
        paper = parse_arxiv_id(guid)
    except BadInput:
        return parse_arxiv_id(said)
    if paper.version is None and said:
        again = parse_arxiv_id(said)
        return again if again.id == paper.id else paper
    return paper


def _names(creator: str) -> tuple[str, ...]:
    """Return the authors of one text: commas part them, but for those within an affiliation's parentheses."""
    parts, depth, begin = [], 0, 0
    matched = _is_matched(creator)
    for match in _COMMA_OUTSIDE.finditer(creator):
        if match[0] != ",":
            depth += matched * (1 if match[0] == "(" else -1)
        elif depth == 0:
            parts.append(creator[begin : match.start()])
            begin = match.end()
    parts.append(creator[begin:])
    names = (shorten(clean_line(_without_affiliation(part)), 200) for part in parts[:_MOST_NAMES])
    return tuple(name for name in names if name)


def _is_matched(text: str) -> bool:
    """Return whether every parenthesis in a text has its other half; one without would swallow all names."""
    depth = 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return False
    return depth == 0


def _without_affiliation(name: str) -> str:
    """Return a name without what stands in parentheses after it; a name all in parentheses stays."""
    begin = name.find("(")
    return name[:begin] if begin > 0 and name[:begin].strip() else name


def _date(entry: Mapping[str, Any]) -> date | None:
    """Return the date that an entry or feed gives, in the time zone it is given in: arXiv's own."""
    for field in ("published", "updated"):
        # Asked for by `in`: else feedparser warns where there is no `updated`, and gives `published`.
        text = _text(entry, field).strip() if field in entry else ""
        for read in (datetime.fromisoformat, parsedate_to_datetime) if text else ():
            try:
                return read(text).date()
            except (ValueError, TypeError, IndexError, OverflowError):
                continue
    return None

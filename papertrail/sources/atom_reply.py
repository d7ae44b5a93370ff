"""Takes out of a reply of arXiv's what is to be believed, before anybody reads papers out of it.

The `arxiv` package takes web pages, plain text and feeds that are cut short for feeds with fewer papers; here
each of these is an error. A single entry that is odd is left out, and harms no other.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timezone
from io import BytesIO
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from papertrail.domain.arxiv_id import parse_arxiv_id
from papertrail.domain.errors import BadInput, NetworkError
from papertrail.domain.text import clean_line, shorten

TRY_LATER = "try again later"
_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_TOTAL = f"{{{_OPENSEARCH}}}totalResults"

# Letters; several times what arXiv's longest have. What is longer is cut, or left out where that spoils it.
_LONGEST = {
    f"{_ATOM}title": 5_000,
    f"{_ATOM}summary": 50_000,
    f"{_ARXIV}comment": 5_000,
    f"{_ARXIV}journal_ref": 2_000,
}
_LONGEST_NAME = 500
_MOST_AUTHORS = 10_000
_LONGEST_CATEGORY = 100
_MOST_CATEGORIES = 100
_LONGEST_DOI = 500
_MOST_ELEMENTS = 1_000_000  # of a reply
_MOST_OF_AN_ENTRY = 100_000


@dataclass(frozen=True, slots=True)
class AtomReply:
    """What of a reply is to be believed.

    Attributes:
        feed: an Atom feed of the good entries, and nothing else.
        total: how many papers the reply says it is about, on this page and others.
        entries: how many entries came, odd ones among them.
        odd: what is wrong with the entry of a paper, by the paper's id.
        nameless: what is wrong with entries that do not say which paper they are about.
        cut: what was too long, each in a line.
    """

    feed: bytes
    total: int
    entries: int
    odd: dict[str, str]
    nameless: tuple[str, ...]
    cut: tuple[str, ...]


def read_reply(content: bytes, wanted: Collection[str] | None = None) -> AtomReply:
    """Read the whole of `content`, an Atom feed.

    Args:
        content: the body of the reply.
        wanted: canonical ids; entries about others are left out. All are good when it is None.

    Raises:
        NetworkError: it is no whole feed, or a refusal; the cause says what.
    """
    reader = _Reader(wanted)
    root = _walk(content, reader.child)
    if root is None or root.tag != f"{_ATOM}feed":
        raise NetworkError(_what_came(content, is_xml=root is not None), TRY_LATER)
    if reader.refusals and not reader.good and not reader.odd:
        raise NetworkError(f"arXiv refused the request: {reader.refusals[0]}", TRY_LATER)
    if not (reader.total.isascii() and reader.total.isdigit() and len(reader.total) < 10):
        raise NetworkError("arXiv's reply does not say how many papers it holds", TRY_LATER)
    return AtomReply(
        feed=reader.feed(),
        total=int(reader.total),
        entries=reader.entries,
        odd=reader.odd,
        nameless=(*reader.nameless, *(f"arXiv's reply holds an error: {text}" for text in reader.refusals)),
        cut=tuple(reader.cut),
    )


def refusal(content: bytes) -> str:
    """Return the reason an error reply gives, on one line; empty when it gives none."""
    reader = _Reader(None)
    try:
        _walk(content, reader.child)
    except NetworkError:
        return ""
    return reader.refusals[0] if reader.refusals else ""


def _walk(content: bytes, child: Callable[[Any], None]) -> Any:
    """Call `child` with each element below the root, and forget it; return the root.

    None when `content` is no XML, is cut, or declares entities.
    """
    depth = elements = inside = 0
    root: Any = None
    parser = etree.iterparse(
        BytesIO(content),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for event, element in parser:
            if event == "start":
                if root is None:
                    root = element
                    if root.getroottree().docinfo.internalDTD is not None:
                        return None
                depth += 1
                elements += 1
                inside = 1 if depth == 2 else inside + 1
                if elements > _MOST_ELEMENTS or inside > _MOST_OF_AN_ENTRY:
                    raise NetworkError("arXiv's reply holds more than arXiv's replies do", TRY_LATER)
            else:
                depth -= 1
                if depth == 1:
                    child(element)
                    element.clear()
                    while (before := element.getprevious()) is not None:
                        root.remove(before)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root


class _Reader:
    """Takes the children of a feed one after the other."""

    def __init__(self, wanted: Collection[str] | None) -> None:
        self.good: dict[str, bytes] = {}
        self.odd: dict[str, str] = {}
        self.nameless: list[str] = []
        self.refusals: list[str] = []
        self.cut: list[str] = []
        self.entries = 0
        self.total = ""
        self._wanted = wanted if wanted is None else frozenset(wanted)
        self._numbers = {id_.rpartition("/")[2] for id_ in wanted or ()}

    def child(self, element: Any) -> None:
        """Take one."""
        if element.tag == _TOTAL:
            self.total = clean_line(element.text or "")
        elif element.tag == f"{_ATOM}entry":
            self.entries += 1
            self._entry(element)

    def feed(self) -> bytes:
        """Return the good entries as a feed that says it is whole."""
        head = (
            f'<feed xmlns="{_ATOM[1:-1]}"><totalResults xmlns="{_OPENSEARCH}">{len(self.good)}</totalResults>'
        )
        return b"".join([head.encode(), *self.good.values(), b"</feed>"])

    def _entry(self, entry: Any) -> None:
        name = clean_line(entry.findtext(f"{_ATOM}id") or "")
        number = name.rpartition("/abs/")[2].rpartition("/")[2].lower().partition("v")[0]
        if self._wanted is not None and "/abs/" in name and number not in self._numbers:
            return  # said so without a closer look: there may be very many of them
        title = clean_line(_text(entry.find(f"{_ATOM}title")))
        if "api/errors" in name or (title == "Error" and entry.find(f"{_ATOM}published") is None):
            summary = clean_line(entry.findtext(f"{_ATOM}summary") or "")
            self.refusals.append(shorten(summary, 120) or "it gives no reason")
            return
        try:
            paper = parse_arxiv_id(name)
        except BadInput:
            if name or title:  # with neither it stands for an id that arXiv does not know
                self.nameless.append(f"arXiv's reply holds an entry with {shorten(name, 60) or 'no id'}")
            return
        if paper.id in self.good or (self._wanted is not None and paper.id not in self._wanted):
            return
        if paper.version is None:
            self.odd[paper.id] = f"arXiv's reply does not say which version of {paper.id} it means"
        elif not title:
            self.odd[paper.id] = f"arXiv's reply gives {paper.id} no title"
        elif field := next(
            (f for f in ("published", "updated") if not _is_date(entry.findtext(_ATOM + f))), ""
        ):
            self.odd[paper.id] = f"arXiv's reply says no date for {paper.id} in its field {field}"
        else:
            self.odd.pop(paper.id, None)
            self._trim(entry, paper.id)
            self.good[paper.id] = etree.tostring(entry, with_tail=False)

    def _trim(self, entry: Any, arxiv_id: str) -> None:
        """Cut what is longer than anything arXiv has, and leave out what is more."""
        authors = categories = 0
        for element in list(entry):
            if (longest := _LONGEST.get(element.tag)) is not None:
                text = _text(element)
                if element.tag != f"{_ATOM}summary":
                    text = clean_line(text)
                if len(text) > longest:
                    what = element.tag.rpartition("}")[2]
                    self.cut.append(f"the {what} of {arxiv_id} has {len(text):,} letters: cut to {longest:,}")
                    text = shorten(text, longest)
                _set_text(element, text)
            elif element.tag == f"{_ATOM}author":
                authors += 1
                name = shorten(_text(element.find(f"{_ATOM}name")), _LONGEST_NAME)
                element.clear()
                _set_text(etree.SubElement(element, f"{_ATOM}name"), name)
                if authors > _MOST_AUTHORS:
                    entry.remove(element)
            elif element.tag == f"{_ATOM}category":
                categories += 1
                if categories > _MOST_CATEGORIES or len(element.get("term") or "") > _LONGEST_CATEGORY:
                    entry.remove(element)
            elif element.tag == f"{_ARXIV}doi":
                if len(_text(element)) > _LONGEST_DOI:
                    entry.remove(element)
            elif element.tag not in _OTHERS:
                entry.remove(element)
        if authors > _MOST_AUTHORS:
            self.cut.append(f"{arxiv_id} has {authors:,} authors: the first {_MOST_AUTHORS:,} are taken")


_OTHERS = frozenset(f"{_ATOM}{name}" for name in ("id", "published", "updated"))


def _text(element: Any) -> str:
    """Return all the text of an element, whatever marks are in it."""
    return "" if element is None else "".join(element.itertext())


def _set_text(element: Any, text: str) -> None:
    """Make `text` all that an element holds."""
    element.clear()
    element.text = text


def _is_date(text: str | None) -> bool:
    try:
        # The arxiv package reads dates with the same calls.
        moment = datetime.fromisoformat((text or "").strip().replace("Z", "+00:00"))
        moment.astimezone(timezone.utc)
    except (ValueError, OverflowError):
        return False
    return True


def _what_came(content: bytes, *, is_xml: bool) -> str:
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

"""Feeds damaged at random, and what must hold whatever comes: a batch of clean papers, or one clear line.

`python -m bench feeds` tries 10,000.
"""

import re
from collections import Counter
from copy import deepcopy
from dataclasses import astuple
from datetime import date
from random import Random

from lxml import etree  # type: ignore[import-untyped]

from papertrail.domain.arxiv_id import parse_arxiv_id
from papertrail.domain.errors import PapertrailError
from papertrail.domain.inbox.announcement import Announcement
from papertrail.sources.feed_reply import read_feed
from tests.daily_feeds import FORMS, PAPERS, daily_feed, refused_feed

_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
_BODIES = tuple(
    body
    for form in FORMS
    for body in (daily_feed(PAPERS, form), daily_feed((), form), refused_feed("Bad archive 'x'.", form))
)
_TEXTS = (
    "\x9d52;c;eA==\x9c", "\x9b2J", "\u202egnidaer\u2066", "\ufeff", "a < b", "&amp;lt;", "<b>x</b>",
    "<script>", "",
    " ", "\n", "v0", "v9999", "arXiv:", "oai:arXiv.org:2604.00001v2", "new", "absonly", "http://[",
    "x" * 3000, "(", "a, (b, c", "x (y@z", "32 Foo 99999", "2026-13-45", "-1", "0001-01-01",
    "何恺明", "\U000e0041", "\x85", "Ã©",
)  # fmt: skip
_TAGS = (
    "title", "link", "guid", "description", "category", "pubDate", "item", "channel", "source", "image",
    "textInput",
    "content", "author", "enclosure", "cloud", "{http://www.w3.org/2005/Atom}entry",
    "{http://www.w3.org/2005/Atom}id",
    "{http://www.w3.org/2005/Atom}summary", "{http://www.w3.org/2005/Atom}author",
    "{http://www.w3.org/2005/Atom}link",
    "{http://purl.org/dc/elements/1.1/}creator", "{http://purl.org/dc/elements/1.1/}date",
    "{http://arxiv.org/schemas/atom}announce_type", "{http://www.georss.org/georss}point",
    "{http://www.w3.org/2003/01/geo/wgs84_pos#}lat", "{http://search.yahoo.com/mrss/}rating",
    "{http://www.itunes.com/dtds/podcast-1.0.dtd}image", "{http://www.w3.org/2000/svg}svg",
    "{http://www.w3.org/1998/Math/MathML}math", "{http://www.w3.org/1999/xhtml}div", "{urn:x}y",
)  # fmt: skip
_ATTRIBUTES = (
    ("type", "xhtml"), ("type", "html"), ("type", "application/octet-stream"), ("mode", "base64"),
    ("isPermaLink", "true"),
    ("{http://www.w3.org/XML/1998/namespace}base", "http://["), ("version", "0.91"), ("href", "http://["),
    ("term", ""),
    ("rel", "enclosure"), ("{http://www.w3.org/XML/1998/namespace}lang", "\u202e"), ("src", "http://["),
    ("url", "x"),
)  # fmt: skip
_PIECES = (
    b"\x1b]52;c;eA==\x07", b"\x00", b"\xff\xfe", b"\xc2\x9b", b"&#x9b;", b"&#27;", b"&lt;", b"&nbsp;",
    b"<", b">",
    b"</item>", b"<item>", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<?x ?>",
    b'<!DOCTYPE rss [<!ENTITY e "eeee">]>',
    b"&e;", b"\xe2\x80\xae", b"&#x202e;", b"&#xd800;", b"xmlns:x='y'",
)  # fmt: skip


def mutated(random: Random) -> bytes:
    """Return a feed that was damaged between once and six times, in its bytes or its elements."""
    body = random.choice(_BODIES)
    damage = random.choice((_bytes_damaged, _elements_damaged, _elements_damaged))
    return damage(body, random.randint(1, 6), random)


def _bytes_damaged(body: bytes, times: int, random: Random) -> bytes:
    for _ in range(times):
        at = random.randrange(len(body) + 1)
        to = min(len(body), at + random.choice((1, 4, 40, 400)))
        match random.randrange(5):
            case 0:
                body = body[:at] + body[to:]
            case 1:
                body = body[:at] + random.choice(_PIECES) + body[at:]
            case 2:
                body = body[:at] + body[at:to] * random.randint(2, 5) + body[to:]
            case 3:
                body = body[:at] + bytes([random.randrange(256)]) + body[at + 1 :]
            case 4:
                names = list(set(re.findall(rb"</?([A-Za-z:_]+)", body))) or [b"x"]
                body = body.replace(random.choice(names), random.choice(names), random.choice((1, 2, -1)))
    return body


def _elements_damaged(body: bytes, times: int, random: Random) -> bytes:
    """Return a feed that is as well-formed as before: it comes through the gate, to feedparser."""
    root = etree.fromstring(body)
    for _ in range(times):
        places = [one for one in root.iter() if one is not root] or [etree.SubElement(root, "item")]
        one, other = random.choice(places), random.choice(places)
        match random.randrange(8):
            case 0:
                one.getparent().remove(one)
            case 1:
                one.text = random.choice(_TEXTS) + (one.text or "") * random.randrange(2)
            case 2:
                one.tail = random.choice(_TEXTS)
            case 3:
                one.set(*random.choice(_ATTRIBUTES))
            case 4:
                one.tag = random.choice((*_TAGS, other.tag))
            case 5:
                one.append(deepcopy(other))
            case 6:
                one.addnext(deepcopy(other))
            case 7:
                etree.SubElement(one, random.choice(_TAGS)).text = random.choice(_TEXTS)
    whole: bytes = etree.tostring(root, encoding=random.choice(("utf-8", "ascii", "utf-16")))
    return whole


def check(body: bytes) -> str:
    """Read a feed, and say in a word what came of it.

    Raises:
        AssertionError: what was read is not clean.
        Exception: anything but an error with one clear line.
    """
    try:
        batch = read_feed(body, "cs.CV", date(2026, 4, 27))
    except PapertrailError as error:
        assert error.exit_code in (2, 6)
        assert "\n" not in str(error) and _CONTROL.search(str(error)) is None, str(error)
        return "refused"
    for text in batch.left_out:
        assert "\n" not in text and _CONTROL.search(text) is None, text
    for paper in batch.announcements:
        check_paper(paper)
    return "papers" if batch.announcements else "empty"


def check_paper(paper: Announcement) -> None:
    """Check that one paper is what other parts take for granted."""
    assert parse_arxiv_id(f"{paper.arxiv_id}v{paper.version}").id == paper.arxiv_id
    for value in astuple(paper):
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str):
                assert _CONTROL.search(text) is None, repr(text)
                assert text is value is paper.abstract or "\n" not in text, repr(text)
    assert paper.title and all(paper.authors) and all(paper.categories)


def campaign(number: int, seed: int) -> Counter[str]:
    """Read so many damaged feeds, and count what came of them."""
    random = Random(seed)
    return Counter(check(mutated(random)) for _ in range(number))

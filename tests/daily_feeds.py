"""The daily feeds as rss.arxiv.org writes them, RSS 2.0 and Atom, composed from papers.

After the service's own serialiser and three feeds of April 2026.
"""

import re
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape

Form = Literal["rss", "atom"]
FORMS: tuple[Form, ...] = ("rss", "atom")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Told:
    """One paper as it is to be announced; `creator` is the one text that holds all authors."""

    id: str
    title: str = "A paper on a thing"
    abstract: str = "We describe a thing, try it, and find that it works."
    creator: str = "Ada Example, Bo Sample"
    version: int = 1
    type: str = "new"
    categories: tuple[str, ...] = ("cs.CV", "cs.LG")
    doi: str | None = None
    journal_ref: str | None = None


PAPERS = (
    Told(
        "2604.21952", "Residual detectors at 1/2 the cost", "When $a<b$ & p < 0.05 as well as <tex> it holds."
    ),
    Told(
        "2604.21953", type="cross", categories=("cs.LG", "cs.CV"), creator="Ada Lovelace (Uni, Town), Bo Li"
    ),
    Told(
        "2203.01250",
        version=3,
        type="replace-cross",
        doi="10.1000/xyz123",
        journal_ref="J. Things 1, 2 (2026)",
    ),
    Told(
        "math/0309136", version=2, type="replace", categories=("math.GT",), creator="Ratna Kandala,  Deepti"
    ),
    Told("2604.21960", "残差检测网络", "一种残差检测网络。", "何恺明"),
)

_SPACES = 'xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'
DAY = "Mon, 27 Apr 2026 00:00:00 -0400"
_MOMENT = "2026-04-27T00:00:00-04:00"
_BUILT = "2026-04-27T04:00:01.118294+00:00"


def daily_feed(papers: tuple[Told, ...], form: Form = "rss", feed: str = "cs.CV", title: str = "") -> bytes:
    """Return the feed that announces `papers`, none on a Sunday."""
    title = title or f"{feed} updates on arXiv.org"
    about = f"{feed} updates on the arXiv.org e-print archive."
    return _whole("".join(_item(one, form) for one in papers), form, feed, title, about)


def refused_feed(reason: str, form: Form = "rss", feed: str = "cs.XX") -> bytes:
    """Return the feed that comes, with status 400, where there is none of that name."""
    return _whole("", form, feed, f"Feed error for query: http://rss.arxiv.org/{form}/{feed}", reason)


def _whole(items: str, form: Form, feed: str, title: str, about: str) -> bytes:
    link = f"http://rss.arxiv.org/{form}/{feed}"
    if form == "atom":
        return f"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns="http://www.w3.org/2005/Atom" {_SPACES} xml:lang="en-us">
  <id>{link}</id>
  <title>{_xml(title)}</title>
  <updated>{_BUILT}</updated>
  <link href="{link}" rel="self" type="application/atom+xml"/>
  <subtitle>{_xml(about)}</subtitle>
{items}</feed>
""".encode()
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<rss {_SPACES} xmlns:atom="http://www.w3.org/2005/Atom" version="2.0">
  <channel>
    <title>{_xml(title)}</title>
    <link>{link}</link>
    <description>{_xml(about)}</description>
    <atom:link href="{link}" rel="self" type="application/rss+xml"/>
    <docs>http://www.rssboard.org/rss-specification</docs>
    <language>en-us</language>
    <lastBuildDate>Mon, 27 Apr 2026 04:00:01 +0000</lastBuildDate>
    <managingEditor>rss-help@arxiv.org</managingEditor>
    <pubDate>{DAY}</pubDate>
    <skipDays>
      <day>Saturday</day>
      <day>Sunday</day>
    </skipDays>
{items}  </channel>
</rss>
""".encode()


def _item(paper: Told, form: Form) -> str:
    name = f"{paper.id}v{paper.version}"
    said = f"arXiv:{name} Announce Type: {paper.type} \nAbstract: {paper.abstract}"
    link = f"https://arxiv.org/abs/{paper.id}"
    lines = [f"<title>{_xml(paper.title)}</title>"]
    if form == "rss":
        lines += [f"<link>{link}</link>", f"<description>{_xml(said)}</description>"]
        lines += [f'<guid isPermaLink="false">oai:arXiv.org:{name}</guid>']
        lines += [f"<category>{each}</category>" for each in paper.categories]
        lines += [f"<pubDate>{DAY}</pubDate>"]
    else:
        lines += [f"<id>oai:arXiv.org:{name}</id>", f"<updated>{_BUILT}</updated>"]
        lines += [
            f'<link href="{link}" rel="alternate" type="text/html"/>',
            f"<summary>{_xml(said)}</summary>",
        ]
        lines += [f'<category term="{each}"/>' for each in paper.categories]
        lines += [f"<published>{_MOMENT}</published>"]
    lines += [f"<arxiv:announce_type>{paper.type}</arxiv:announce_type>"]
    lines += ["<dc:rights>http://arxiv.org/licenses/nonexclusive-distrib/1.0/</dc:rights>"]
    if paper.doi is not None:
        lines += [f"<arxiv:DOI>{_xml(paper.doi)}</arxiv:DOI>"]
    if paper.journal_ref is not None:
        lines += [f"<arxiv:journal_reference>{_xml(paper.journal_ref)}</arxiv:journal_reference>"]
    lines += [f"<dc:creator>{_xml(paper.creator)}</dc:creator>"]
    tag = "item" if form == "rss" else "entry"
    return "\n".join([f"    <{tag}>", *(f"      {line}" for line in lines), f"    </{tag}>", ""])


def _xml(text: str) -> str:
    return escape(_ILLEGAL.sub("", text))

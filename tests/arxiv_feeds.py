"""arXiv's replies as it writes them, in the format of 2026 and the one before, composed from records.

They differ in where namespaces are declared, in the order of elements, in how lines are wrapped and in the
links.
"""

import re
import textwrap
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

Style = Literal["2026", "legacy"]
STYLES: tuple[Style, ...] = ("2026", "legacy")


@dataclass(frozen=True)
class Record:
    """One paper of the catalogue."""

    id: str
    title: str
    authors: tuple[str, ...]
    summary: str
    published: str
    updated: str
    version: int
    categories: tuple[str, ...]
    comment: str | None
    journal_ref: str | None
    doi: str | None
    affiliation: str | None


def record(
    id: str,
    title: str | None = None,
    *,
    authors: tuple[str, ...] = ("Ada Example", "Bo Sample"),
    summary: str = "We describe a thing, try it, and find that it works.",
    published: str = "2020-01-02T03:04:05Z",
    updated: str | None = None,
    version: int = 1,
    categories: tuple[str, ...] = ("cs.CV",),
    comment: str | None = None,
    journal_ref: str | None = None,
    doi: str | None = None,
    affiliation: str | None = None,
) -> Record:
    """Return a record; all but the id has a sensible default."""
    return Record(
        id,
        f"Paper {id}" if title is None else title,
        authors,
        summary,
        published,
        published if updated is None else updated,
        version,
        categories,
        comment,
        journal_ref,
        doi,
        affiliation,
    )


# Facts of real papers; the abstracts are our own words.
CATALOGUE = (
    record(
        "1506.01497",
        "Faster R-CNN: Towards Real-Time Object Detection with Region Proposal Networks",
        authors=("Shaoqing Ren", "Kaiming He", "Ross Girshick", "Jian Sun"),
        summary="Proposing regions had become the slow part.\n  A small network that shares its "
        "convolutions with the detector proposes them at almost no cost & a frame takes <0.2 s.",
        published="2015-06-04T07:58:34Z",
        updated="2016-01-06T09:30:00Z",
        version=3,
        comment="Extended tech report",
        doi="10.1109/TPAMI.2016.2577031",
    ),
    record(
        "1512.03385",
        "Deep Residual Learning for Image Recognition",
        authors=("Kaiming He", "Xiangyu Zhang", "Shaoqing Ren", "Jian Sun"),
        summary="Layers that learn what to add to their input can be stacked much deeper.",
        published="2015-12-10T19:51:55Z",
        comment="Tech report",
        doi="10.1109/CVPR.2016.90",
    ),
    record(
        "1706.03762",
        "Attention Is All You Need",
        authors=(
            "Ashish Vaswani",
            "Noam Shazeer",
            "Niki Parmar",
            "Jakob Uszkoreit",
            "Llion Jones",
            "Aidan N. Gomez",
            "Lukasz Kaiser",
            "Illia Polosukhin",
        ),
        summary="A translation model made of attention only, without recurrence, trains faster.",
        published="2017-06-12T17:57:34Z",
        updated="2023-08-02T00:41:18Z",
        version=7,
        categories=("cs.CL", "cs.LG"),
        comment="15 pages, 5 figures",
    ),
    record(
        "1412.6980",
        "Adam: A Method for Stochastic Optimization",
        authors=("Diederik P. Kingma", "Jimmy Ba"),
        summary="Steps scaled by running means of the gradient and of its square need little tuning.",
        published="2014-12-22T13:54:29Z",
        version=9,
        categories=("cs.LG",),
    ),
    record(
        "cs/0112017", "An old one about computing", published="2001-12-17T10:00:00Z", categories=("cs.CL",)
    ),
    record(
        "quant-ph/0201082",
        "An old one about quanta",
        published="2002-01-17T10:00:00Z",
        categories=("quant-ph",),
        affiliation="Some University, Somewhere",
        journal_ref="J. Old Phys. 1, 2 (2002)",
    ),
)

# Titles that do harm where they are shown as anything but text. XML cannot hold ESC or BEL, so the terminal
# sequence comes with C1 characters, which do the same.
HOSTILE = (
    record("2401.00001", "a [/] b", authors=("[red]Ada[/red]", "  ")),
    record("2401.00002", "[@click=app.quit]x", summary="[@click=app.quit]press[/] <script>alert(1)</script>"),
    record("2401.00003", "\x9d52;c;ZXZpbA==\x9c clipboard", authors=("\x9b31m Red",), comment="\x9b2J gone"),
    record("2401.00004", "left \u202egnidaer\u2066 right\u2069 \u200bend"),
    record("2401.00005", "残差网络", authors=("何恺明",), summary="深度残差学习。"),
    record("2401.00006", "long " + "x" * 4995),
)

_SPACES = (
    'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" '
    'xmlns="http://www.w3.org/2005/Atom"'
)
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INVISIBLE = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f]")


def feed(records: list[Record], total: int, start: int, limit: int, style: Style) -> bytes:
    """Return the reply that holds `records`, which are those from `start` on of `total`."""
    render = _feed_2026 if style == "2026" else _feed_legacy
    return render(records, total, start, limit).encode()


def _xml(text: str) -> str:
    """Return text for an element: what XML cannot hold left out, what an editor would eat as references."""
    return _INVISIBLE.sub(lambda match: f"&#x{ord(match[0]):X};", escape(_ILLEGAL.sub("", text)))


def _feed_2026(records: list[Record], total: int, start: int, limit: int) -> str:
    ids = ",".join(each.id for each in records)
    entries = "".join(_entry_2026(each) for each in records)
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<feed {_SPACES}>
  <id>https://arxiv.org/api/composed</id>
  <title>arXiv Query: search_query=&amp;id_list={ids}&amp;start={start}&amp;max_results={limit}</title>
  <updated>2026-04-12T22:09:36Z</updated>
  <link href="https://arxiv.org/api/query?composed" type="application/atom+xml"/>
  <opensearch:itemsPerPage>{limit}</opensearch:itemsPerPage>
  <opensearch:totalResults>{total}</opensearch:totalResults>
  <opensearch:startIndex>{start}</opensearch:startIndex>
{entries}</feed>
"""


def _entry_2026(paper: Record) -> str:
    name = f"{paper.id}v{paper.version}"
    lines = [
        "  <entry>",
        f"    <id>http://arxiv.org/abs/{name}</id>",
        f"    <title>{_xml(paper.title)}</title>",
        f"    <updated>{paper.updated}</updated>",
        f'    <link href="https://arxiv.org/abs/{name}" rel="alternate" type="text/html"/>',
        f'    <link href="https://arxiv.org/pdf/{name}" rel="related" type="application/pdf" title="pdf"/>',
        f"    <summary>{_xml(paper.summary)}</summary>",
    ]
    for each in paper.categories:
        lines.append(f'    <category term={quoteattr(each)} scheme="http://arxiv.org/schemas/atom"/>')
    lines.append(f"    <published>{paper.published}</published>")
    if paper.comment is not None:
        lines.append(f"    <arxiv:comment>{_xml(paper.comment)}</arxiv:comment>")
    lines.append(f"    <arxiv:primary_category term={quoteattr(paper.categories[0])}/>")
    if paper.journal_ref is not None:
        lines.append(f"    <arxiv:journal_ref>{_xml(paper.journal_ref)}</arxiv:journal_ref>")
    for author in paper.authors:
        lines += ["    <author>", f"      <name>{_xml(author)}</name>"]
        if paper.affiliation is not None:
            lines.append(f"      <arxiv:affiliation>{_xml(paper.affiliation)}</arxiv:affiliation>")
        lines.append("    </author>")
    if paper.doi is not None:
        lines.append(f"    <arxiv:doi>{_xml(paper.doi)}</arxiv:doi>")
        lines.append(
            f'    <link rel="related" href={quoteattr("https://doi.org/" + paper.doi)} title="doi"/>'
        )
    return "\n".join([*lines, "  </entry>", ""])


def _feed_legacy(records: list[Record], total: int, start: int, limit: int) -> str:
    opensearch = 'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"'
    ids = ",".join(each.id for each in records)
    query = f"search_query=&amp;id_list={ids}&amp;start={start}&amp;max_results={limit}"
    entries = "".join(_entry_legacy(each) for each in records)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <link href="http://arxiv.org/api/query?composed" rel="self" type="application/atom+xml"/>
  <title type="html">ArXiv Query: {query}</title>
  <id>http://arxiv.org/api/composed</id>
  <updated>2017-02-23T00:00:00-05:00</updated>
  <opensearch:totalResults {opensearch}>{total}</opensearch:totalResults>
  <opensearch:startIndex {opensearch}>{start}</opensearch:startIndex>
  <opensearch:itemsPerPage {opensearch}>{limit}</opensearch:itemsPerPage>
{entries}</feed>
"""


def _entry_legacy(paper: Record) -> str:
    name = f"{paper.id}v{paper.version}"
    arxiv = 'xmlns:arxiv="http://arxiv.org/schemas/atom"'
    summary = "\n".join(_wrapped(part, "\n", 78) for part in paper.summary.split("\n"))
    if "\n  " in paper.summary:
        summary = "\n  ".join(_wrapped(part, "\n", 78) for part in paper.summary.split("\n  "))
    lines = [
        "  <entry>",
        f"    <id>http://arxiv.org/abs/{name}</id>",
        f"    <updated>{paper.updated}</updated>",
        f"    <published>{paper.published}</published>",
        f"    <title>{_xml(_wrapped(paper.title, chr(10) + '  ', 74))}</title>",
        f"    <summary>  {_xml(summary)}",
        "</summary>",
    ]
    for author in paper.authors:
        lines += ["    <author>", f"      <name>{_xml(author)}</name>"]
        if paper.affiliation is not None:
            lines.append(f"      <arxiv:affiliation {arxiv}>{_xml(paper.affiliation)}</arxiv:affiliation>")
        lines.append("    </author>")
    if paper.doi is not None:
        lines.append(f"    <arxiv:doi {arxiv}>{_xml(paper.doi)}</arxiv:doi>")
        lines.append(
            f'    <link title="doi" href={quoteattr("http://dx.doi.org/" + paper.doi)} rel="related"/>'
        )
    if paper.comment is not None:
        comment = _wrapped(paper.comment, "\n  ", 74)
        lines.append(f"    <arxiv:comment {arxiv}>{_xml(comment)}</arxiv:comment>")
    if paper.journal_ref is not None:
        lines.append(f"    <arxiv:journal_ref {arxiv}>{_xml(paper.journal_ref)}</arxiv:journal_ref>")
    scheme = 'scheme="http://arxiv.org/schemas/atom"'
    lines += [
        f'    <link href="http://arxiv.org/abs/{name}" rel="alternate" type="text/html"/>',
        f'    <link title="pdf" href="http://arxiv.org/pdf/{name}" rel="related" type="application/pdf"/>',
        f"    <arxiv:primary_category {arxiv} term={quoteattr(paper.categories[0])} {scheme}/>",
        *(f"    <category term={quoteattr(each)} {scheme}/>" for each in paper.categories),
        "  </entry>",
        "",
    ]
    return "\n".join(lines)


def _wrapped(text: str, line_end: str, width: int) -> str:
    """Return text broken into lines as arXiv's old format did."""
    return line_end.join(textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)) or text


def error_feed(reason: str) -> bytes:
    """Return the feed arXiv sends when it refuses a request."""
    where = f"https://arxiv.org/api/errors#{re.sub('[^A-Za-z0-9]+', '_', reason)}"
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<feed {_SPACES}>
  <id>https://arxiv.org/</id>
  <title>arXiv Search Results</title>
  <updated>2026-04-12T22:59:06Z</updated>
  <opensearch:itemsPerPage>1</opensearch:itemsPerPage>
  <opensearch:totalResults>1</opensearch:totalResults>
  <opensearch:startIndex>0</opensearch:startIndex>
  <entry>
    <id>{where}</id>
    <title>Error</title>
    <updated>2026-04-12T22:59:06Z</updated>
    <link href="{where}" rel="alternate" type="text/html"/>
    <summary>{_xml(reason)}</summary>
    <author>
      <name>arXiv api core</name>
    </author>
  </entry>
</feed>
""".encode()

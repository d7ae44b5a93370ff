"""The map of a lineage for other programs: Mermaid for Markdown viewers, DOT for Graphviz."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from textwrap import wrap

from papertrail.domain.lineages.mapped import MapPaper
from papertrail.domain.paper import EXPLAINED, Status
from papertrail.domain.text import clean_line

_LINE = 40  # characters of a line on an edge; a viewer of Mermaid breaks lines itself
# Mermaid would read Markdown at the beginning of a text, and between underscores.
_NOT_MERMAID = re.compile(r"[^\w .,·○◔◐●✕◆…-]|_|^-|(?<=^\d)\.|(?<=^\d\d)\.")
_PLAIN = re.compile(r"[A-Za-z0-9○◔◐●✕◆][A-Za-z0-9,·○◔◐●✕◆… -]*+")

# Fill, stroke and text of each state, legible on light and on dark pages.
_COLOURS = {
    "counted": ("#dcebd3", "#3f7030", "#1d3515"),
    "owed": ("#fbe9c8", "#9a5b13", "#4a2b07"),
    "missing": ("#fbe9c8", "#9a5b13", "#4a2b07"),
    "reading": ("#d9e8f2", "#2f6580", "#16323f"),
    "queued": ("#eef4f8", "#2f6580", "#16323f"),
    "unread": ("#f6f3ec", "#8a8173", "#3a352d"),
    "dropped": ("#ececec", "#9a9a9a", "#6a6a6a"),
}
_GLYPHS = {status: status.glyph for status in Status}
_BESIDE = "stroke-dasharray:4 3"  # papers of other lineages

Links = Mapping[tuple[str, str], str]
"""What builds on what: (child, parent), and what the child changed; empty when nothing is said."""


def mermaid(papers: Sequence[MapPaper], links: Links, *, linked: bool = False, standing: bool = True) -> str:
    """Return a Mermaid flowchart, time downwards; data is in quoted labels only, and nothing in it acts.

    Args:
        papers: in order; those of other lineages come first.
        links: those with an end that is not in `papers` are left out.
        linked: whether each paper is a link to its page on arXiv, or at its publisher.
        standing: whether it shows how far the reader is with them.
    """
    papers = _beside_first(papers)
    ids = {paper.key: f"p{number}" for number, paper in enumerate(papers, start=1)}
    in_state: dict[str, list[str]] = defaultdict(list)
    lines = ["flowchart TD"]
    for paper, id_ in zip(papers, ids.values(), strict=True):
        label, state = _mermaid_node(paper, standing)
        lines.append(f'    {id_}["{label}"]')
        if standing:
            in_state[state].append(id_)
    for (child, parent), change in _drawn(links, ids):
        text = f'|"{_mermaid_text(change)}"|' if change else ""
        lines.append(f"    {ids[parent]} -->{text} {ids[child]}")
    for state, (fill, stroke, colour) in _COLOURS.items():
        if members := in_state.get(state):
            lines.append(f"    classDef {state} fill:{fill},stroke:{stroke},color:{colour}")
            lines.append(f"    class {','.join(members)} {state}")
    beside = [ids[paper.key] for paper in papers if paper.lineage is not None]
    if beside:
        lines += [f"    classDef beside {_BESIDE}", f"    class {','.join(beside)} beside"]
    for paper in papers if linked else ():
        if page := paper.page:
            key = f' "{_mermaid_text(paper.key)}"' if paper.name and paper.name != paper.key else ""
            lines.append(f'    click {ids[paper.key]} href "{page}"{key} _blank')
    return "\n".join(lines) + "\n"


def dot(name: str, papers: Sequence[MapPaper], links: Links) -> str:
    """Return a graph in Graphviz's DOT language, time downwards, each paper a link to its page.

    Args:
        name: of the lineage; any text.
        papers: in order; those of other lineages come first.
        links: those with an end that is not in `papers` are left out.
    """
    papers = _beside_first(papers)
    keys = {paper.key: _dot_id(paper.key) for paper in papers}
    lines = [
        f"digraph {_dot_id(name)} {{",
        '    node [shape=box, style="rounded,filled", fontname="sans-serif"];',
        '    edge [fontname="sans-serif", fontsize=10];',
    ]
    for paper in papers:
        fill, stroke, colour = _COLOURS[paper.state]
        beside = ', style="rounded,filled,dashed"' if paper.lineage is not None else ""
        label = "\\n".join(map(_dot_text, _lines(paper, standing=True)))
        look = f'fillcolor="{fill}", color="{stroke}", fontcolor="{colour}"{beside}'
        lines.append(f'    {keys[paper.key]} [label="{label}", {look}{_dot_link(paper)}];')
    for (child, parent), change in _drawn(links, keys):
        text = f' [label="{_dot_lines(change)}"]' if change else ""
        lines.append(f"    {keys[parent]} -> {keys[child]}{text};")
    return "\n".join([*lines, "}"]) + "\n"


def _beside_first(papers: Sequence[MapPaper]) -> list[MapPaper]:
    beside = [paper for paper in papers if paper.lineage is not None]
    return [*beside, *[paper for paper in papers if paper.lineage is None]]


def _lines(paper: MapPaper, *, standing: bool) -> tuple[str, ...]:
    """Return what stands in a node, a line each: sign if `standing`, name and year, then another lineage."""
    sign = f"{_GLYPHS[paper.status]}{EXPLAINED if paper.explained else ''} " if standing else ""
    head = f"{sign}{paper.name or paper.key}{f' {paper.year}' if paper.year else ''}"
    return (head, paper.lineage) if paper.lineage else (head,)


def _drawn(links: Links, known: Mapping[str, str]) -> list[tuple[tuple[str, str], str]]:
    """Return the links between known papers in the order of the children, then of the parents."""
    order = {key: place for place, key in enumerate(known)}
    inside = [
        (order[link[0]], order[link[1]], link, text)
        for link, text in links.items()
        if link[0] in known and link[1] in known
    ]
    inside.sort()
    return [(link, clean_line(text) if text else "") for _, _, link, text in inside]


@lru_cache(maxsize=20_000)  # a paper stands in the graphs of all lineages that build on it
def _mermaid_node(paper: MapPaper, standing: bool) -> tuple[str, str]:
    """Return what stands in a node, and the state of its paper."""
    return "<br/>".join(map(_mermaid_text, _lines(paper, standing=standing))), paper.state


def _mermaid_text(text: str) -> str:
    """Return data for a quoted label; Mermaid reads `#34;` as the character of that number."""
    # Most are plain, and there is nothing to escape, but blanks to be taken out.
    if _PLAIN.fullmatch(text) and text[-1] != " " and "  " not in text:
        return text
    return _NOT_MERMAID.sub(lambda found: f"#{ord(found[0])};", clean_line(text))


def _dot_id(text: str) -> str:
    """Return data as a quoted name, in which only the quotation mark has to be escaped.

    A backslash before it, or at the end, would take the escape away; so backslashes are left out.
    """
    return '"' + clean_line(text).replace("\\", "/").replace('"', '\\"') + '"'


def _dot_text(text: str) -> str:
    r"""Return data for a quoted label, in which `\N` and `&lt;` mean something."""
    return clean_line(text).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")


def _dot_lines(text: str) -> str:
    """Return data for the label of an edge, in lines."""
    return "\\n".join(map(_dot_text, wrap(text, _LINE)))


def _dot_link(paper: MapPaper) -> str:
    """Return the attributes that make a node a link, and its title what is told of it."""
    if not (page := paper.page):
        return ""
    title = f', tooltip="{_dot_text(paper.title)}"' if paper.title else ""
    return f', URL="{page}", target="_blank"{title}'

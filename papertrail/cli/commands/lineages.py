"""`papertrail lineages`: every lineage and how far it is; or one of them as a map."""

import shlex
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from papertrail.cli import output
from papertrail.cli.output import Part, Tint
from papertrail.cli.trail import lineage_to_read, open_trail
from papertrail.domain.errors import BadInput
from papertrail.domain.lineages.lineage import ALL_PAPERS
from papertrail.domain.paper import EXPLAINED
from papertrail.domain.text import clean_line, fold

if TYPE_CHECKING:
    from papertrail.cli.documents import Document
    from papertrail.domain.lineages.map import MapLayout, Run
    from papertrail.domain.lineages.view import LineageView
    from papertrail.library import Library

_USUAL_WIDTH = 80  # columns of a map in a pipe, if it can be done
_USUAL_OVERVIEW = 120  # columns of all lineages in a pipe
_OVERVIEW_STYLES = {"name": "title", "done": "good", "counted": "good", "open": "quiet"}
_QUIET = ("year", "lineage", "text", "scale")


@click.command("lineages")
@click.argument("name", required=False)
@click.option("--beyond", is_flag=True, help="Show the papers of other lineages that build on it, too.")
@click.option("--overview", is_flag=True, help="All lineages as blocks in time, and the links between them.")
@click.option("--mermaid", is_flag=True, help="Write the map as Mermaid.")
@click.option("--dot", is_flag=True, help="Write the map as Graphviz's DOT.")
@click.option("--svg", metavar="FILE", help="Draw the map into an SVG file.")
@click.option("--by-year", is_flag=True, help="Put the papers along a scale of years.")
@click.option("--find", "words", metavar="WORDS", help="Only those of which name or note has these words.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object (docs/JSON.md).")
def command(
    name: str | None,
    beyond: bool,
    overview: bool,
    mermaid: bool,
    dot: bool,
    svg: str | None,
    by_year: bool,
    words: str | None,
    as_json: bool,
) -> None:
    """List the lineages: counted, of how many, a bar (◆ can explain, half-tone: note owed), name.

    With NAME, or `all`: the map of its papers, each below those it builds on.

    \b
    Example:
      papertrail lineages
      papertrail lineages "R-CNN to Faster R-CNN"
      papertrail lineages SGD --by-year
      papertrail lineages SGD --mermaid > sgd.mmd
      papertrail lineages --find "shared features"
    """
    if sum((mermaid, dot, svg is not None, as_json)) > 1:
        raise BadInput("--mermaid, --dot, --svg and --json exclude each other", "give one of them")
    if overview and (name is not None or beyond or by_year or mermaid or dot or svg is not None):
        raise BadInput("--overview is of all lineages", "give it alone, or with --json")
    if words is not None and (name is not None or overview):
        raise BadInput("--find looks through all lineages", "give it alone, or with --json")
    if name is None and (mermaid or dot or svg is not None or beyond or by_year):
        raise BadInput("no lineage is named", "name one, or all: papertrail lineages NAME")
    if by_year and (mermaid or dot or as_json):
        raise BadInput("--by-year is for what is drawn here", "leave it out, or draw with --svg FILE")
    if svg == "":
        raise BadInput("the name of the file is empty", "give one: --svg FILE")
    with open_trail() as library:
        if overview:
            _say_overview(library, as_json)
            return
        if name is None:
            _say_list(library, words, as_json)
            return
        lineage = None if fold(name) == ALL_PAPERS else lineage_to_read(library, name)
        if mermaid or dot:
            form: Literal["mermaid", "dot"] = "mermaid" if mermaid else "dot"
            output.say_raw(library.maps.graph(lineage, form, beyond=beyond).encode())
        elif svg is not None:
            library.maps.write(lineage, Path(svg).expanduser(), beyond=beyond, by_year=by_year)
            output.hint(f"wrote {svg}")
        elif as_json:
            output.say_json(_document(library.maps.view(lineage, beyond=beyond)))
        else:
            _say_map(library, lineage, beyond, by_year)


def _say_list(library: "Library", words: str | None, as_json: bool) -> None:
    if words is not None:
        _say_found(library, words, as_json)
        return
    lineages = library.lineages.all()
    if as_json:
        from papertrail.cli.documents import lineages_object

        output.say_json(lineages_object(lineages))
        return
    from papertrail.cli.describe import lineage_rows

    output.say_table(lineage_rows(lineages), right=frozenset({0}))


def _say_found(library: "Library", text: str, as_json: bool) -> None:
    """List the lineages of which name or note has the words, each with the line of the note they stand in."""
    from papertrail.domain.query.hits import holds_all, terms
    from papertrail.domain.query.understood import understood

    query = understood(text)
    if query.where is None:
        raise BadInput("no words to find", 'papertrail lineages --find "shared features"')
    hits, wanted = dict(library.summaries.find(query, sys.maxsize)), terms(query)
    is_plain = all(not term.field for term in wanted)
    lineages = [
        line
        for line in library.lineages.all()
        if line.name in hits or (is_plain and wanted and holds_all(wanted, line.name))
    ]
    if as_json:
        from papertrail.cli.documents import found_lineages_object

        output.say_json(found_lineages_object(lineages, hits))
        return
    if not lineages:
        output.hint("no lineage's name or note has these words: papertrail list finds papers")
        return
    from papertrail.cli.describe import lineage_rows
    from papertrail.cli.hit_lines import hit_line

    below = [hit_line(hits[line.name]) if line.name in hits else () for line in lineages]
    output.say_table(lineage_rows(lineages), right=frozenset({0}), below=below.__getitem__)


def _say_overview(library: "Library", as_json: bool) -> None:
    """Say how large each lineage is, of which years, how far one is, and how many links lead to others."""
    found = library.maps.overview()
    if as_json:
        from papertrail.cli.documents import overview_object

        output.say_json(overview_object(found))
        return
    if not found.blocks:
        output.say("no lineages yet: papertrail lineage add NAME KEY")
        return
    from papertrail.cli.cells import wrap
    from papertrail.domain.lineages.overview import Table

    limit = output.line_width() or _USUAL_OVERVIEW
    table = Table(found, limit)

    def lines() -> Iterator[Sequence[Part]]:
        yield [Tint(piece.text, "quiet") for piece in table.head]
        for block in (*found.blocks, found.whole):
            yield [Tint(piece.text, _OVERVIEW_STYLES.get(piece.role, "")) for piece in table.row(block, None)]
            told = [block.size, *found.told(block.progress.name)] if block is not found.whole else []
            for line in wrap(" · ".join(told), max(limit - 2, 1)) if told else ():
                yield [Tint(f"  {line}", "quiet")]

    output.say_lines(lines())


def _document(view: "LineageView") -> "Document":
    """Return the document of `lineages NAME`."""
    return {
        "lineage": view.name,
        "states": view.states,
        "filled": round(view.filled, 3),
        "next_step": view.next_step,
        "papers": [
            {
                "key": p.key,
                "year": p.year,
                "state": p.state,
                "explained": p.explained,
                "elsewhere": p.lineage,
            }
            for p in view.papers
        ],
        "links": [
            {"child": child, "parent": parent, "change": change}
            for (child, parent), change in view.told_links.items()
        ],
        "gaps": [{"child": child, "parent": parent} for child, parent in view.gaps],
    }


def _say_map(library: "Library", name: str | None, beyond: bool, by_year: bool) -> None:
    """Draw a map; all papers lineage by lineage where one map of them is too wide for the terminal."""
    view = library.maps.view(name, beyond=beyond)
    layout, limit = _laid_out(view, by_year), output.line_width()
    if limit is None or layout.width <= limit:
        output.say_lines(_map_lines(view, layout, limit))
    elif name is None and (lineages := library.lineages.all()):
        views = [library.maps.view(line.name, beyond=beyond) for line in lineages if line.total]
        for number, one in enumerate(views):
            output.say_lines([*([()] if number else []), *_map_lines(one, _laid_out(one, by_year), limit)])
        loose = [paper.key for paper in library.papers.each() if not paper.lineages]
        if loose:
            output.say()
            output.say(Tint("In no lineage", "title"), f"  {', '.join(loose)}")
        output.hint(f"one map of all takes {layout.width} columns: papertrail, then 3 and 0; or --svg FILE")
    else:
        output.say_lines(_map_lines(view, layout, limit))
        output.hint(f"the map takes {layout.width} columns: papertrail, then 3; or --svg FILE")


def _laid_out(view: "LineageView", by_year: bool) -> "MapLayout":
    from papertrail.domain.lineages.map import lay_out, lay_out_by_year

    width = output.line_width() or _USUAL_WIDTH
    placed = lay_out_by_year if by_year else lay_out
    return placed(view.papers, view.links, width=width, edge_texts=view.changes)


def _map_lines(view: "LineageView", layout: "MapLayout", limit: int | None) -> Iterator[Sequence[Part]]:
    """Yield how far one is, what comes next, what is missing, and the map, cut to `limit` columns."""
    from papertrail.cli.cells import width, wrap
    from papertrail.domain.lineages.map import draw

    name = clean_line(view.progress.name)
    if limit is None or width(f"{name}  {view.line}") <= limit:
        yield [Tint(name, "title"), f"  {view.line}"]
    else:
        yield from ([Tint(line, "title")] for line in wrap(name, limit))
        yield from ([line] for line in wrap(view.line, limit))
    if not view.papers:
        add = "papertrail add ID" if view.name is None else f"papertrail lineage add {shlex.quote(name)} KEY"
        yield [f"no papers yet: {add}"]
        return
    if view.next_step:
        yield [f"next: {view.next_step}"]
    for child, parent in view.gaps:
        told = f"gap: {child} is read, but {parent}, which it builds on, is not"
        for number, line in enumerate([told] if limit is None else wrap(told, limit)):
            yield [Tint(line, "quiet")] if number else [Tint("gap:", "owed"), line.removeprefix("gap:")]
    yield []
    for row in draw(layout, x1=layout.width if limit is None else min(layout.width, limit)):
        yield [Tint(run.text, _style(run)) for run in row]


def _style(run: "Run") -> str:
    if run.dimmed:
        return "quiet"
    if run.role == "sign":
        if "✓" in run.text or EXPLAINED in run.text:
            return "good"
        if "✎" in run.text:
            return "owed"
        return "active" if any(sign in run.text for sign in "◐◔") else ""
    return "quiet" if run.role in _QUIET else ""

"""`papertrail lineages`: every lineage and how far it is; or one of them as a map."""

from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.trail import open_trail

if TYPE_CHECKING:
    from papertrail.domain.lineage_map import Run
    from papertrail.domain.lineage_view import LineageView

ALL = "all"
_QUIET = ("arrow", "line", "border", "year", "lineage", "text")


@click.command("lineages")
@click.argument("name", required=False)
@click.option("--mermaid", "form", flag_value="mermaid", help="Write the map as Mermaid.")
@click.option("--dot", "form", flag_value="dot", help="Write the map as Graphviz's DOT.")
@click.option("--svg", metavar="FILE", help="Draw the map into an SVG file.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object (docs/JSON.md).")
def command(name: str | None, form: str | None, svg: str | None, as_json: bool) -> None:
    """List the lineages: counted, of how many, a bar (half-tone: read, note owed), name.

    With NAME, or `all`: the map of its papers, each below those it builds on.

    \b
    Example:
      papertrail lineages
      papertrail lineages "R-CNN to Faster R-CNN"
      papertrail lineages SGD --mermaid > sgd.mmd
    """
    if name is None and (form or svg):
        raise click.UsageError("name a lineage, or all, to draw", click.get_current_context())
    if name is not None:
        _say_map(name, form, svg)
        return
    with open_trail() as library:
        lineages = library.lineages()
    if as_json:
        from papertrail.cli.documents import lineages_object

        output.say_json(lineages_object(lineages))
        return
    from papertrail.cli.describe import lineage_rows

    output.say_table(lineage_rows(lineages), right=frozenset({0}))


def _say_map(text: str, form: str | None, svg: str | None) -> None:
    with open_trail() as library:
        name = None if text == ALL else library.resolve_lineage(text)
        if form is not None:
            output.say_raw(library.lineage_graph(name, "mermaid" if form == "mermaid" else "dot").encode())
            return
        if svg is not None:
            from pathlib import Path

            library.write_map(name, Path(svg).expanduser())
            output.hint(f"wrote {svg}")
            return
        view = library.lineage_view(name)
    _draw(view)


def _draw(view: "LineageView") -> None:
    from papertrail.domain.lineage_map import draw, lay_out

    layout = lay_out(view.papers, view.links, width=output.line_width() or 80, edge_texts=view.changes)
    output.say(output.Tint(view.progress.name, "title"), f"  {view.line}")
    if view.next_step:
        output.say(f"next: {view.next_step}")
    for child, parent in view.gaps:
        output.say(output.Tint("gap: ", "owed"), f"{child} is read, but {parent}, which it builds on, is not")
    output.say()
    output.say_lines([[output.Tint(run.text, _style(run)) for run in row] for row in draw(layout)])


def _style(run: "Run") -> str:
    if run.dimmed:
        return "quiet"
    if run.role == "sign":
        if "✓" in run.text:
            return "good"
        if "✎" in run.text:
            return "owed"
        return "active" if any(sign in run.text for sign in "◐◔") else ""
    return "quiet" if run.role in _QUIET else ""

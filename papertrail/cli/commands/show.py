"""`papertrail show`: one paper, whole."""

from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.output import Part, Tint
from papertrail.cli.trail import open_trail

if TYPE_CHECKING:
    from papertrail.domain.whole_paper import LineagePlace, Paper, PaperRef


@click.command("show")
@click.argument("key")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object (docs/JSON.md).")
def command(key: str, as_json: bool) -> None:
    """Show one paper: where it stands, what it builds on, its note, its abstract.

    KEY is a key, the beginning of one, or an arXiv id or DOI in any form.

    \b
    Example:
      papertrail show faster-rcnn
      papertrail show 1506.01497 --json
    """
    with open_trail() as library:
        paper = library.papers.get(library.papers.resolve(key))
        title = library.note_titles.another(paper.summary.key) if paper.note.exists and not as_json else ""
    if as_json:
        from papertrail.cli.documents import paper_object

        output.say_json(paper_object(paper))
        return
    output.say_lines([*_head(paper), *_links(paper), *_note(paper), *_abstract(paper)])
    if title:
        from papertrail.cli.note_titles import say_title

        say_title(paper.summary.key, title)


def _head(paper: "Paper") -> list[tuple[Part, ...]]:
    from papertrail.cli.cells import wrap
    from papertrail.cli.describe import STATE_STYLES
    from papertrail.domain.paper import EXPLAINED, byline
    from papertrail.domain.text import clean_line

    cells = output.text_width()
    summary = paper.summary
    year = "" if summary.year is None else str(summary.year)
    lines: list[tuple[Part, ...]] = [
        (Tint(line, "title"),) for line in wrap(clean_line(summary.title), cells) or [summary.key]
    ]
    lines += [(line,) for line in wrap(clean_line(byline(summary.authors)), cells)]
    year = "" if year in paper.venue else year
    about = " · ".join(part for part in (year, paper.venue, summary.key) if part)
    lines.append((Tint(about, "quiet"),))
    if summary.arxiv_id:
        lines.append((f"https://arxiv.org/abs/{summary.arxiv_id}",))
    if summary.doi:
        lines.append((f"https://doi.org/{summary.doi}",))
    lines += [(f"{address}  ", Tint(kind, "quiet")) for kind, address in paper.links]
    if summary.notice:
        lines.append((Tint(summary.notice, "bad"),))
    lines += [(Tint(said, "quiet"),) for told in paper.arxiv_says for said in wrap(clean_line(told), cells)]
    means = {"counted": ", counted", "owed": ", owes a note"}.get(summary.state, "")
    if summary.note_missing:
        means = ", its note is missing"
    if summary.explained:
        means += f" · {EXPLAINED} you can explain it"
    said = f"{summary.status.glyph} {summary.doing}{means}"
    marks = [(line,) for line in wrap(clean_line(summary.marks), cells)] if summary.marks else []
    days = [(Tint(line, "quiet"),) for line in wrap(" · ".join(paper.days.told), cells)]
    return [*lines, (), (Tint(said, STATE_STYLES[summary.state]),), *marks, *days]


def _links(paper: "Paper") -> list[tuple[Part, ...]]:
    lines: list[tuple[Part, ...]] = [(_place(place),) for place in paper.places]
    for title, papers in (
        ("Builds on", paper.builds_on),
        ("Built on by", paper.built_on_by),
        ("Named in the notes of", paper.named_in),
    ):
        if papers:
            lines += [(), (Tint(title, "title"),), *_references(papers)]
    return lines


def _place(place: "LineagePlace") -> str:
    text = f"{place.position} of {place.total} in {place.lineage}"
    near = [f"after {place.previous.key}"] if place.previous else []
    near += [f"before {place.next.key}"] if place.next else []
    return f"{text} ({', '.join(near)})" if near else text


def _references(papers: "tuple[PaperRef, ...]") -> list[tuple[Part, ...]]:
    from papertrail.cli.cells import fit, pad
    from papertrail.domain.text import clean_line

    longest = max(len(paper.key) for paper in papers)
    limit = output.line_width()
    lines: list[tuple[Part, ...]] = []
    for paper in papers:
        start = f"  {paper.status.glyph} {paper.year or '':4}  {pad(paper.key, longest)}  "
        title = clean_line(paper.title)
        lines.append((start, title if limit is None else fit(title, max(limit - len(start), 10))))
    return lines


def _note(paper: "Paper") -> list[tuple[Part, ...]]:
    from papertrail.cli.describe import missing_note, number_of

    note = paper.note
    if not note.exists:
        what = f"nothing written yet: papertrail note {paper.summary.key}"
        if paper.summary.note_missing:
            what = missing_note(paper.summary.key)
        return [(), (Tint("Note", "title"), f"  {what}")]
    about = f"  notes/{note.path.name} · {number_of(note.words, 'word')}"
    lines: list[tuple[Part, ...]] = [(), (Tint("Note", "title"), about)]
    for section in note.sections:
        mark = Tint("■", "good") if section.filled else "·"
        if section.filled and section.open_words:
            lines.append(
                ("  ", Tint("?", "active"), f" {section.name}", Tint(f"  {section.open_words}", "quiet"))
            )
            continue
        why = f"  {section.tally or 'required'}" if section.required and not section.filled else ""
        lines.append(("  ", mark, f" {section.name}", Tint(why, "owed")))
    return lines + [("  ", Tint(f"! {remark}", "owed")) for remark in note.remarks]


def _abstract(paper: "Paper") -> list[tuple[Part, ...]]:
    from papertrail.cli.cells import wrap
    from papertrail.domain.text import clean

    if not paper.abstract:
        if paper.summary.arxiv_id is None:
            return []
        return [(), (Tint(paper.why_no_abstract or "No abstract yet: papertrail fetch", "quiet"),)]
    lines: list[tuple[Part, ...]] = [(), (Tint("Abstract", "title"),)]
    return lines + [(f"  {line}",) for line in wrap(clean(paper.abstract), output.text_width() - 2)]

"""A paper put into words, the same in the side pane and on its own screen."""

from collections.abc import Iterator, Mapping
from typing import Any

from textual.content import Content
from textual.style import Style

from papertrail.domain.note import NoteState
from papertrail.domain.paper import EXPLAINED, MISSING, PaperSummary, Status
from papertrail.domain.text import clean_line
from papertrail.domain.whole_paper import Paper, PaperRef
from papertrail.tui.widgets.cells import fit
from papertrail.tui.widgets.data_text import block, line

PAPER, LINEAGE, ADDRESS = "paper", "lineage", "address"
"""What a name leads to, in its style: data that nothing parses."""
TITLE_ROOM = 12  # cells from which a title is worth to be begun behind a key
STATUS_STYLES = {
    Status.UNREAD: "$quiet",
    Status.QUEUED: "$primary",
    Status.READING: "$primary",
    Status.READ: "$success",
    Status.DROPPED: "$quiet",
}


def status_words(paper: PaperSummary) -> Content:
    """Return sign and word of the status, and whether the paper counts or owes a note."""
    words = Content.styled(f"{paper.status.glyph} {paper.doing}", STATUS_STYLES[paper.status])
    if paper.explained:
        return Content.assemble(words, (f"  {EXPLAINED} counted, can explain", "$success"))
    if paper.counted:
        return Content.assemble(words, ("  ✓ counted", "$success"))
    if paper.note_missing:
        return Content.assemble(words, (f"  {MISSING} its note is missing", "$warning"))
    if paper.owed:
        return Content.assemble(words, ("  ✎ owes a note", "$warning"))
    return words


def marks(paper: PaperSummary) -> list[Content]:
    """Return a line of rating and tags, if there are any."""
    return [line(paper.marks, "$accent")] if paper.marks else []


def facts(paper: Paper) -> Content:
    """Return year, venue and ids on one line."""
    summary = paper.summary
    parts = [str(summary.year or ""), paper.venue]
    parts.append(
        f"arXiv:{summary.arxiv_id}" if summary.arxiv_id else f"doi:{summary.doi}" if summary.doi else ""
    )
    return line(" · ".join(part for part in parts if part), "$quiet")


def leads_to(meta: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return what a name with this in its style leads to: which kind it is, and the key, name or address."""
    return next(((kind, meta[kind]) for kind in (PAPER, LINEAGE, ADDRESS) if kind in meta), None)


def reference(paper: PaperRef, width: int = 0) -> Content:
    """Return another paper on one line: sign, year, key, and the title as far as `width` cells have room."""
    words = Content.assemble(
        (f"{paper.status.glyph} ", STATUS_STYLES[Status.READ if paper.is_read else paper.status]),
        (f"{paper.year or '    '} ", "$quiet"),
        line(paper.key).stylize(Style.from_meta({PAPER: paper.key})),
    )
    room = width - words.cell_length - 2
    if room < TITLE_ROOM:
        return words
    return Content.assemble(words, "  ", line(fit(clean_line(paper.title), room).rstrip(), "$quiet"))


def places(paper: Paper) -> Iterator[Content]:
    """Return a line for each lineage the paper is in."""
    for place in paper.places:
        yield Content.assemble(
            (f"{place.position} of {place.total} ", "bold"),
            ("in ", "$quiet"),
            line(place.lineage).stylize(Style.from_meta({LINEAGE: place.lineage})),
        )


def links(paper: Paper, width: int = 0) -> Iterator[Content]:
    """Return what the paper builds on, what builds on it, whose notes name it, a line each under headings."""
    lists = (
        ("builds on", paper.builds_on),
        ("built on by", paper.built_on_by),
        ("named in the notes of", paper.named_in),
    )
    for number, (heading, papers) in enumerate(one for one in lists if one[1]):
        if number:
            yield Content("")
        yield heading_line(heading)
        for other in papers:
            yield reference(other, width)


def days(paper: Paper) -> Iterator[Content]:
    """Yield what was done with the paper when, on one line under a heading."""
    if told := paper.days.told:
        yield heading_line("days")
        yield Content.styled(" · ".join(told), "$quiet")


def from_arxiv(paper: Paper) -> Iterator[Content]:
    """Yield what arXiv tells besides the abstract: versions, journal, comment."""
    if told := paper.arxiv_says:
        yield heading_line("on arXiv")
        for words in told:
            yield line(words, "$quiet")


def pages(paper: Paper) -> Iterator[Content]:
    """Yield the paper's pages, a line each under a heading: what each is and whose."""
    from papertrail.domain.links import links_of

    if found := links_of(paper):
        yield heading_line("links")
        for link in found:
            yield line(link.words).stylize(Style.from_meta({ADDRESS: link.url}))


def checklist(note: NoteState) -> Iterator[Content]:
    """Return a line for each section: filled, questions open, needed to count, or nothing yet."""
    for section in note.sections:
        if section.filled and section.open_words:
            yield Content.assemble(
                ("? ", "$primary"), line(section.short), (f" {section.open_words}", "$quiet")
            )
        elif section.filled:
            yield Content.assemble(("■ ", "$success"), line(section.short))
        elif section.required:
            few = f" {section.tally}" if section.tally else ""
            yield Content.assemble(("□ ", "$warning"), line(section.short), (few, "$warning"))
        else:
            yield Content.assemble(("· ", "$quiet"), line(section.short, "$quiet"))


def remarks(note: NoteState) -> Iterator[Content]:
    """Yield a line for each thing to look at: a merge conflict, a heading that does not count."""
    for remark in note.remarks:
        yield Content.assemble(("! ", "$warning"), line(remark, "$warning"))


def note_heading(note: NoteState) -> Content:
    """Return the heading of the checklist, which tells what the open squares mean."""
    state = note.length if note.exists else "not begun"
    legend = " · □ needed" if note.missing else ""
    return Content.assemble(("note", "bold $primary"), (f" · {state}{legend}", "$quiet"))


def heading_line(text: str) -> Content:
    """Return the heading of a part; `text` is ours."""
    return Content.styled(text, "bold $primary")


def abstract(paper: Paper) -> Content:
    """Return the abstract, or how to get it."""
    if paper.abstract:
        return block(paper.abstract)
    return line(paper.why_no_abstract or "not fetched yet: press f").stylize("$quiet")

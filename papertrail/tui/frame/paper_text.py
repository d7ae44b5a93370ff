"""A paper put into words, the same in the side pane and on its own screen."""

from collections.abc import Iterator

from textual import events
from textual.content import Content
from textual.style import Style

from papertrail.domain.note import NoteState
from papertrail.domain.paper import EXPLAINED, MISSING, PaperSummary, Status
from papertrail.domain.whole_paper import Paper, PaperRef
from papertrail.tui.widgets.data_text import block, line

PAPER, LINEAGE = "paper", "lineage"  # what a name leads to, in its style: data that nothing parses
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


def linked(event: events.Click) -> tuple[str, str]:
    """Return the key of the paper whose name was clicked, and the lineage whose name was; empty for none."""
    meta = event.style.meta
    return meta.get(PAPER, ""), meta.get(LINEAGE, "")


def reference(paper: PaperRef) -> Content:
    """Return another paper on one line: sign, year, key."""
    return Content.assemble(
        (f"{paper.status.glyph} ", STATUS_STYLES[Status.READ if paper.is_read else paper.status]),
        (f"{paper.year or '    '} ", "$quiet"),
        line(paper.key).stylize(Style.from_meta({PAPER: paper.key})),
    )


def places(paper: Paper) -> Iterator[Content]:
    """Return a line for each lineage the paper is in."""
    for place in paper.places:
        yield Content.assemble(
            (f"{place.position} of {place.total} ", "bold"),
            ("in ", "$quiet"),
            line(place.lineage).stylize(Style.from_meta({LINEAGE: place.lineage})),
        )


def links(paper: Paper) -> Iterator[Content]:
    """Return what the paper builds on and what builds on it, a line each under a heading."""
    for heading, papers in (("builds on", paper.builds_on), ("built on by", paper.built_on_by)):
        if papers:
            yield heading_line(heading)
            yield from map(reference, papers)


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
    state = f"{note.words} words" if note.exists else "not begun"
    legend = " · □ needed to count" if note.missing else ""
    return Content.assemble(("note", "bold $primary"), (f" · {state}{legend}", "$quiet"))


def heading_line(text: str) -> Content:
    """Return the heading of a part; `text` is ours."""
    return Content.styled(text, "bold $primary")


def abstract(paper: Paper) -> Content:
    """Return the abstract, or how to get it."""
    if paper.abstract:
        return block(paper.abstract)
    return line(paper.why_no_abstract or "not fetched yet: press f").stylize("$quiet")

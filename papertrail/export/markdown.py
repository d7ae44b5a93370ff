"""The trail as Markdown files: one a noted paper, one a lineage that reads as a story, and an index."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from papertrail.domain.goal.progress import GoalProgress
from papertrail.domain.goal.words import explained_words
from papertrail.domain.lineages.lineage import LineageProgress
from papertrail.domain.note_text import NoteContent
from papertrail.domain.paper import EXPLAINED, PaperSummary, byline
from papertrail.domain.story import StoryForm
from papertrail.domain.text import clean, clean_line
from papertrail.domain.whole_paper import LineagePlace, Paper, PaperRef
from papertrail.domain.wiki_links import with_wiki_links
from papertrail.domain.yaml_text import yaml_string
from papertrail.export.inert import file_names, inert, link
from papertrail.export.references import quote_doi
from papertrail.export.story import Sources, state, stories

INDEX = "README.md"
_HOME = f"[All papers](../{INDEX})"
_BAR = 25
_TITLE = re.compile(r"\A\s*# [^\n]*\n?")

LineageMembers = tuple[LineageProgress, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Pages:
    """What every page needs to know of the others.

    Attributes:
        papers: all of them, by key.
        notes: what their notes say, of those that have a page.
        to_paper: the address of a paper's page, by its key.
        to_lineage: the address of a lineage's page, by its name.
    """

    papers: Mapping[str, Paper]
    notes: Mapping[str, NoteContent]
    to_paper: Callable[[str], str]
    to_lineage: Callable[[str], str]

    def paper(self, paper: PaperRef | PaperSummary) -> str:
        """Return a paper's title, linked where it has a page."""
        if paper.key in self.notes:
            return link(paper.title, self.to_paper(paper.key))
        return inert(paper.title)

    def linked(self, key: str, words: str) -> str | None:
        """Return a link to a paper's page with these words, the words without a page, None for no paper."""
        if key in self.notes:
            return link(words, self.to_paper(key))
        return inert(words) if key in self.papers else None

    def lineage(self, name: str) -> str:
        """Return a lineage's name, linked where it has a page."""
        return link(name, self.to_lineage(name))


def render(
    papers: Sequence[Paper],
    lineages: Sequence[LineageMembers],
    goal: GoalProgress,
    sources: Sources,
    summaries: Mapping[str, NoteContent],
    front_matter: bool = False,
    asked: str = "",
) -> dict[str, str]:
    """Return every file of the export: its path relative to the export's folder, and its text.

    Args:
        papers: those that are told of, in reading order.
        lineages: each lineage with the keys of its papers, in order.
        goal: the goal as it stands.
        sources: what stories are told from.
        summaries: what the notes about lineages say, by name.
        front_matter: whether the pages of papers begin with what other programs read of them, tags among it.
        asked: the query that chose the papers; empty for all, of which the goal is told.
    """
    by_key = {paper.summary.key: paper for paper in papers}
    own = {key: content for key, content in sources.notes.items() if key in by_key}
    named = file_names(progress.name for progress, _ in lineages)
    trail = Pages(by_key, own, "../papers/{}.md".format, lambda name: f"../lineages/{named[name]}.md")
    above = Pages(by_key, own, page, lambda name: f"lineages/{named[name]}.md")
    files = {INDEX: _page(_index(above, papers, lineages, goal, asked))}
    for key in own:
        matter = _front_matter(by_key[key].summary) if front_matter else ""
        files[page(key)] = matter + _page(_paper_page(trail, by_key[key]))
    told = replace(sources, notes=own, pages="../papers/")
    with_notes = [(line, keys, summaries.get(line.name, told.summary)) for line, keys in lineages]
    texts = stories(with_notes, told, StoryForm(progress=True))
    for (line, _), text in zip(lineages, texts, strict=True):
        files[f"lineages/{named[line.name]}.md"] = f"{text}\n{_HOME}\n"
    return files


def page(key: str) -> str:
    """Return the path of a paper's page in the export."""
    return f"papers/{key}.md"


def _page(blocks: Iterator[str]) -> str:
    return "\n\n".join(block.strip("\n") for block in blocks if block.strip()) + "\n"


def _own_words(markdown: str) -> str:
    """Return the reader's Markdown as it is, less what a terminal acts upon and what hides or turns text."""
    return clean(markdown).strip("\n")


# The index


def _index(
    trail: Pages,
    papers: Sequence[Paper],
    lineages: Sequence[LineageMembers],
    goal: GoalProgress,
    asked: str,
) -> Iterator[str]:
    if asked:
        yield f"# Papers: {inert(asked)}"
    else:
        yield "# Papers"
        yield from _so_far(goal)
    if lineages:
        yield "## Lineages"
        can = any(line.explained for line, _ in lineages)
        rows = [
            f"| lineage | counted |{f' {EXPLAINED} can explain |' * can} read | papers | |",
            f"| --- | ---: |{' ---: |' * can} ---: | ---: | --- |",
        ]
        for line, _ in lineages:
            bar = f"`{_bar(line.counted, line.total, 10)}`"
            explained = f" {line.explained} |" * can
            name = trail.lineage(line.name)
            rows.append(f"| {name} | {line.counted} |{explained} {line.read} | {line.total} | {bar} |")
        yield "\n".join(rows)
    noted = [paper for paper in papers if paper.summary.key in trail.notes]
    if noted:
        yield "## Notes"
        yield "\n".join(f"- {trail.paper(p.summary)} ({_state(p.summary)})" for p in noted)
    owed = [paper for paper in papers if paper.summary.owed]
    if owed:
        yield "## Read, but the note is not finished"
        yield "\n".join(f"- {trail.paper(p.summary)}: {_missing(p)}" for p in owed)


def _so_far(goal: GoalProgress) -> Iterator[str]:
    """Yield the goal as it stands."""
    yield f"**{goal.line}**"
    if goal.goal is not None:
        yield f"`{_bar(goal.counted, goal.goal.target)}` {goal.goal.start} – {goal.goal.last_day}"
    if told := explained_words(goal):
        yield f"{EXPLAINED} {told}"


def _missing(paper: Paper) -> str:
    return f"still needs {inert(paper.note.owes)}"


def _bar(done: int, of: int, width: int = _BAR) -> str:
    share = min(done / of, 1.0) if of > 0 else 0.0
    filled = max(round(share * width), 1 if done else 0)
    return "█" * filled + "░" * (width - filled)


def _state(paper: PaperSummary) -> str:
    return f"{paper.year}, {state(paper)}" if paper.year else state(paper)


# A paper's page


def _paper_page(trail: Pages, paper: Paper) -> Iterator[str]:
    yield f"# {inert(paper.summary.title)}"
    yield from around_note(trail, paper)
    words = _own_words(untitled(trail.notes[paper.summary.key].body))
    yield with_wiki_links(words, trail.linked)
    yield _HOME


def around_note(trail: Pages, paper: Paper) -> Iterator[str]:
    """Yield what stands between a paper's title and its note: facts, places, links, the abstract."""
    yield "  \n".join(_facts(paper))
    yield "\n".join(_place(trail, place) for place in paper.places)
    links = []
    if paper.builds_on:
        links.append(f"- builds on {_list(trail, paper.builds_on)}")
    if paper.built_on_by:
        links.append(f"- built on by {_list(trail, paper.built_on_by)}")
    if paper.named_in:
        links.append(f"- named in the notes of {_list(trail, paper.named_in)}")
    yield "\n".join(links)
    if paper.abstract:
        yield "\n".join(f"> {inert(part)}" if part.strip() else ">" for part in paper.abstract.split("\n"))


def untitled(body: str) -> str:
    """Return a note without the title that it begins with."""
    return _TITLE.sub("", body, count=1)


def _front_matter(paper: PaperSummary) -> str:
    """Return what stands above a page, as YAML."""
    said = [f"key: {yaml_string(paper.key)}", f"title: {yaml_string(clean_line(paper.title))}"]
    said += [f"year: {paper.year}"] if paper.year else []
    said.append(f"status: {yaml_string(paper.status)}")
    said += [f"rating: {paper.rating}"] if paper.rating else []
    said += ["tags:", *(f"  - {yaml_string(clean_line(tag))}" for tag in paper.tags)] if paper.tags else []
    return "\n".join(["---", *said, "---", "", ""])


def _facts(paper: Paper) -> Iterator[str]:
    summary = paper.summary
    if summary.authors:
        yield inert(byline(summary.authors))
    where = [str(summary.year or ""), inert(paper.venue), _source(summary), state(summary)]
    yield " · ".join(part for part in where if part)
    if summary.marks:
        yield inert(summary.marks)


def _source(paper: PaperSummary) -> str:
    links = []
    if paper.arxiv_id:
        links.append(link(f"arXiv:{paper.arxiv_id}", f"https://arxiv.org/abs/{paper.arxiv_id}"))
    if paper.doi:
        links.append(link(f"doi:{paper.doi}", f"https://doi.org/{quote_doi(paper.doi)}"))
    return " · ".join(links)


def _place(trail: Pages, place: LineagePlace) -> str:
    steps = []
    if place.previous:
        steps.append(f"after {trail.paper(place.previous)}")
    if place.next:
        steps.append(f"before {trail.paper(place.next)}")
    where = f"- {place.position} of {place.total} in {trail.lineage(place.lineage)}"
    return ", ".join([where, *steps])


def _list(trail: Pages, papers: Sequence[PaperRef]) -> str:
    return ", ".join(trail.paper(paper) for paper in papers)

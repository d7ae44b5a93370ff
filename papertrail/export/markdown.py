"""The trail as Markdown files: one a noted paper, one a lineage that reads as a story, and an index."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from papertrail.domain.goal import GoalProgress
from papertrail.domain.lineage import LineageProgress
from papertrail.domain.note import NoteContent, short_section
from papertrail.domain.paper import LineagePlace, Paper, PaperRef, PaperSummary
from papertrail.export.inert import file_names, inert, link

INDEX = "README.md"
_BAR = 25
_QUESTION = re.compile(r"^\s*(?:[-*]\s*)?Q[:：]\s*(\S.*)$", re.IGNORECASE)
_ANSWER = re.compile(r"^\s*(?:[-*]\s*)?A[:：]\s*\S", re.IGNORECASE)
_TITLE = re.compile(r"\A\s*# [^\n]*\n?")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")

LineageMembers = tuple[LineageProgress, Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Trail:
    """What every page needs to know of the others."""

    papers: Mapping[str, Paper]
    notes: Mapping[str, NoteContent]
    lineage_files: Mapping[str, str]

    def paper(self, paper: PaperRef | PaperSummary, up: str = "../") -> str:
        """Return a paper's title, linked where it has a page."""
        if paper.key in self.notes:
            return link(paper.title, f"{up}papers/{paper.key}.md")
        return inert(paper.title)

    def lineage(self, name: str, up: str = "../") -> str:
        """Return a lineage's name, linked."""
        return link(name, f"{up}lineages/{self.lineage_files[name]}.md")


def render(
    papers: Sequence[Paper],
    lineages: Sequence[LineageMembers],
    goal: GoalProgress,
    notes: Mapping[str, NoteContent],
) -> dict[str, str]:
    """Return every file of the export: its path relative to the export's folder, and its text.

    Args:
        papers: all papers of the trail, in reading order.
        lineages: each lineage with the keys of its papers, in order.
        goal: the goal as it stands.
        notes: what the notes say, by key.
    """
    by_key = {paper.summary.key: paper for paper in papers}
    own = {key: content for key, content in notes.items() if key in by_key}
    trail = _Trail(by_key, own, file_names(progress.name for progress, _ in lineages))
    files = {INDEX: _page(_index(trail, papers, lineages, goal))}
    for key in own:
        files[f"papers/{key}.md"] = _page(_paper_page(trail, by_key[key]))
    for progress, keys in lineages:
        path = f"lineages/{trail.lineage_files[progress.name]}.md"
        files[path] = _page(_story(trail, progress, [by_key[key] for key in keys]))
    return files


def _page(blocks: Iterator[str]) -> str:
    return "\n\n".join(block.strip("\n") for block in blocks if block.strip()) + "\n"


def _own_words(markdown: str) -> str:
    """Return the reader's Markdown as it is, less what only a terminal would act upon."""
    return _CONTROL.sub("", markdown).strip("\n")


# The index


def _index(
    trail: _Trail, papers: Sequence[Paper], lineages: Sequence[LineageMembers], goal: GoalProgress
) -> Iterator[str]:
    yield "# Papers"
    yield f"**{goal.line}**"
    if goal.goal is not None:
        yield f"`{_bar(goal.counted, goal.goal.target)}` {goal.goal.start} – {goal.goal.last_day}"
    if lineages:
        yield "## Lineages"
        rows = ["| lineage | counted | read | papers | |", "| --- | ---: | ---: | ---: | --- |"]
        for line, _ in lineages:
            bar = f"`{_bar(line.counted, line.total, 10)}`"
            rows.append(
                f"| {trail.lineage(line.name, '')} | {line.counted} | {line.read} | {line.total} | {bar} |"
            )
        yield "\n".join(rows)
    noted = [paper for paper in papers if paper.summary.key in trail.notes]
    if noted:
        yield "## Notes"
        yield "\n".join(f"- {trail.paper(p.summary, '')} ({_state(p.summary)})" for p in noted)
    owed = [paper for paper in papers if paper.summary.owed]
    if owed:
        yield "## Read, but the note is not finished"
        yield "\n".join(f"- {trail.paper(p.summary, '')}: {_missing(p)}" for p in owed)


def _missing(paper: Paper) -> str:
    return "still needs " + ", ".join(inert(short_section(name)) for name in paper.note.missing)


def _bar(done: int, of: int, width: int = _BAR) -> str:
    share = min(done / of, 1.0) if of > 0 else 0.0
    filled = max(round(share * width), 1 if done else 0)
    return "█" * filled + "░" * (width - filled)


def _state(paper: PaperSummary) -> str:
    word = "counted" if paper.counted else "owes a note" if paper.owed else str(paper.status)
    year = f"{paper.year}, " if paper.year else ""
    return f"{year}{paper.status.glyph} {word}"


# A paper's page


def _paper_page(trail: _Trail, paper: Paper) -> Iterator[str]:
    summary = paper.summary
    yield f"# {inert(summary.title)}"
    yield "  \n".join(_facts(paper))
    yield "\n".join(_place(trail, place) for place in paper.places)
    links = []
    if paper.builds_on:
        links.append(f"- builds on {_list(trail, paper.builds_on)}")
    if paper.built_on_by:
        links.append(f"- built on by {_list(trail, paper.built_on_by)}")
    yield "\n".join(links)
    if paper.abstract:
        yield "\n".join(f"> {inert(part)}" if part.strip() else ">" for part in paper.abstract.split("\n"))
    yield _own_words(_TITLE.sub("", trail.notes[summary.key].body, count=1))
    yield f"[All papers](../{INDEX})"


def _facts(paper: Paper) -> Iterator[str]:
    summary = paper.summary
    if summary.authors:
        yield inert(", ".join(summary.authors))
    where = [str(summary.year or ""), inert(paper.venue), _source(summary), _state_word(summary)]
    yield " · ".join(part for part in where if part)


def _state_word(paper: PaperSummary) -> str:
    word = "counted" if paper.counted else "owes a note" if paper.owed else str(paper.status)
    return f"{paper.status.glyph} {word}"


def _source(paper: PaperSummary) -> str:
    links = []
    if paper.arxiv_id:
        links.append(link(f"arXiv:{paper.arxiv_id}", f"https://arxiv.org/abs/{paper.arxiv_id}"))
    if paper.doi:
        links.append(link(f"doi:{paper.doi}", f"https://doi.org/{quote_doi(paper.doi)}"))
    return " · ".join(links)


def quote_doi(doi: str) -> str:
    """Return a DOI as it may stand in a URL inside a Markdown link."""
    return "".join(c if c.isalnum() or c in "/.-_:;" else f"%{ord(c):02X}" for c in doi if c.isascii())


def _place(trail: _Trail, place: LineagePlace) -> str:
    steps = []
    if place.previous:
        steps.append(f"after {trail.paper(place.previous)}")
    if place.next:
        steps.append(f"before {trail.paper(place.next)}")
    where = f"- {place.position} of {place.total} in {trail.lineage(place.lineage)}"
    return ", ".join([where, *steps])


def _list(trail: _Trail, papers: Sequence[PaperRef]) -> str:
    return ", ".join(trail.paper(paper) for paper in papers)


# A lineage's story


def _story(trail: _Trail, progress: LineageProgress, papers: Sequence[Paper]) -> Iterator[str]:
    yield f"# {inert(progress.name)}"
    yield f"{progress.counted} of {progress.total} counted, {progress.read} read."
    for number, paper in enumerate(papers, start=1):
        yield from _step(trail, number, paper)
    questions = [
        f"- {inert(paper.summary.title)}: {_own_words(question)}"
        for paper in papers
        for question in _open_questions(trail.notes.get(paper.summary.key))
    ]
    if questions:
        yield "## Open questions"
        yield "\n".join(questions)
    yield f"[All papers](../{INDEX})"


def _step(trail: _Trail, number: int, paper: Paper) -> Iterator[str]:
    summary = paper.summary
    year = f" ({summary.year})" if summary.year else ""
    yield f"## {number}. {trail.paper(summary)}{year}"
    facts = [_state_word(summary)]
    if summary.authors:
        first = summary.authors[0]
        facts.insert(0, inert(first if len(summary.authors) == 1 else f"{first} et al."))
    if paper.builds_on:
        facts.append(f"builds on {_list(trail, paper.builds_on)}")
    yield " · ".join(facts)
    content = trail.notes.get(summary.key)
    sections = [(name, text) for name, text in content.sections if text.strip()] if content else []
    for name, text in sections:
        if not _is_questions(text):
            yield f"**{inert(name)}**"
            yield _below_steps(_own_words(text))
    if not sections:
        yield "*No note yet.*"


def _is_questions(text: str) -> bool:
    return any(_QUESTION.match(line) for line in text.split("\n"))


def _below_steps(markdown: str) -> str:
    """Return a section with its headings moved below those of the story; fenced code stays as it is."""
    fence = ""
    lines = []
    for line in markdown.split("\n"):
        mark = re.match(r"^ {0,3}(`{3,}|~{3,})", line)
        if mark and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else mark[1]
        lines.append(f"#{line}" if not fence and re.match(r"^#{1,5} ", line) else line)
    return "\n".join(lines)


def _open_questions(content: NoteContent | None) -> Iterator[str]:
    """Yield the questions of a note that no answer follows."""
    for _, text in content.sections if content else ():
        waiting = ""
        for line in text.split("\n"):
            if question := _QUESTION.match(line):
                if waiting:
                    yield waiting
                waiting = question[1].strip()
            elif _ANSWER.match(line):
                waiting = ""
        if waiting:
            yield waiting

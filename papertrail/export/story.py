"""A lineage told in the notes' own words: what each step could not do, what the next changed, and why."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from papertrail.domain.lineages.lineage import LineageProgress
from papertrail.domain.lineages.mapped import MapPaper
from papertrail.domain.note import short_section
from papertrail.domain.note_text import NoteContent, changed_parent
from papertrail.domain.paper import EXPLAINED, PaperSummary, Status
from papertrail.domain.whole_paper import Paper, PaperRef
from papertrail.export.inert import anchor, inert, link
from papertrail.export.lineage_graph import Links, mermaid
from papertrail.export.own_words import (
    lower_heading,
    own_line,
    own_words,
    replace_headings,
)
from papertrail.export.questions import open_questions, without_open_questions

_STATES: dict[tuple[Status, bool, bool, bool, bool], str] = {}
_MOST_ELSEWHERE = 6  # papers of other lineages named as what came next


@dataclass(frozen=True, slots=True)
class Sources:
    """What stories are told from.

    Attributes:
        papers: by key; at least those of the lineage and the ones they build on.
        notes: what the notes say, by key; the sections in the order they are told.
        changes: what a paper changed of one it builds on, by (child, parent).
        unreadable: keys of the papers whose notes are there but cannot be read, or must not be.
        pages: the way from the story to the folder of the papers' pages; None when there are none.
    """

    papers: Mapping[str, Paper]
    notes: Mapping[str, NoteContent]
    changes: Links
    pages: str | None = None
    unreadable: Collection[str] = ()


def story(progress: LineageProgress, keys: Sequence[str], sources: Sources) -> str:
    """Return the whole document: progress, contents, map, a step for each paper, the open questions.

    Args:
        progress: of the lineage.
        keys: of its papers, in order.
        sources: what it is told from.
    """
    return _joined(_Story(progress, keys, sources).blocks())


def steps(progress: LineageProgress, keys: Sequence[str], sources: Sources) -> dict[str, str]:
    """Return what the story tells of each paper, by key, without its heading and without links."""
    told = _Story(progress, keys, sources, is_linked=False)
    return {key: _joined(told.step(sources.papers[key])) for key in keys}


def _joined(blocks: Sequence[str]) -> str:
    return "\n\n".join([block.strip("\n") for block in blocks]) + "\n"


def state(paper: PaperSummary) -> str:
    """Return sign and word for where a paper is: `● counted`, `○ unread`."""
    standing = (paper.status, paper.counted, paper.owed, paper.explained, paper.note_missing)
    if standing not in _STATES:
        means = "counted" if paper.counted else "owes a note" if paper.owed else ""
        means = "note missing" if paper.note_missing else means
        means += f", {EXPLAINED} can explain" if paper.explained else ""
        again = "" if paper.is_read and paper.status is Status.READ else paper.doing
        _STATES[standing] = f"{paper.status.glyph} {', '.join(word for word in (again, means) if word)}"
    return _STATES[standing]


def _graph(keys: Sequence[str], sources: Sources) -> tuple[list[MapPaper], Links]:
    """Return a lineage's papers, before them what they build on outside of it, and the links between them."""
    links = {(key, parent.key): "" for key in keys for parent in sources.papers[key].builds_on}
    if sources.changes:
        links = {link: sources.changes.get(link, "") for link in links}
    own = set(keys)
    beside = dict.fromkeys(parent for _, parent in links if parent not in own)
    shown = [MapPaper.of(sources.papers[key].summary, elsewhere=True) for key in beside]
    return [*shown, *(MapPaper.of(sources.papers[key].summary) for key in keys)], links


class _Story:
    """One lineage being told."""

    def __init__(
        self, progress: LineageProgress, keys: Sequence[str], sources: Sources, *, is_linked: bool = True
    ) -> None:
        self._progress = progress
        self._papers = [sources.papers[key] for key in keys]
        self._sources = sources
        self._questions = "Questions" if anchor(progress.name) != "questions" else "Open-questions"
        self._headings = _headings(self._papers, {anchor(progress.name), anchor(self._questions)})
        linked = self._headings if is_linked else {}
        self._steps = {key: link(key, f"#{heading}") for key, heading in linked.items()}
        self._taken = {*self._headings.values(), anchor(self._questions)}
        self._waiting = [
            f"- {self._step(paper.summary)}: {own_line(question)}"
            for paper in self._papers
            if paper.summary.key in sources.notes
            for _, text in self._sections(paper.summary.key)
            for question in open_questions(text)
        ]

    def blocks(self) -> list[str]:
        """Return the blocks of the document."""
        progress = self._progress
        can = f", {progress.explained} {EXPLAINED} can explain" if progress.explained else ""
        blocks = [
            f"# {inert(progress.name)}",
            f"{progress.counted} of {progress.total} counted{can}, {progress.read} read.",
        ]
        if not self._papers:
            return blocks
        blocks.append("\n".join(self._contents()))
        graph = mermaid(*_graph([paper.summary.key for paper in self._papers], self._sources))
        blocks.append(f"```mermaid\n{graph}```")
        for paper in self._papers:
            blocks.append(f"## {inert(self._headings[paper.summary.key])}")
            blocks += self.step(paper)
        if self._waiting:
            blocks += [f"## {self._questions}", "Still open:", "\n".join(self._waiting)]
        return blocks

    def _contents(self) -> Iterator[str]:
        for number, paper in enumerate(self._papers, start=1):
            summary = paper.summary
            year = f", {summary.year}" if summary.year else ""
            yield f"{number}. {self._step(summary)}: {inert(summary.title)}{year} · {state(summary)}"
        if self._waiting:
            yield f"{len(self._papers) + 1}. {link(self._questions, '#' + anchor(self._questions))}"

    def step(self, paper: Paper) -> list[str]:
        """Return the blocks of one step, without its heading."""
        summary = paper.summary
        facts = self._facts(paper)
        blocks = [f"{facts}  \n{inert(marks)}" if (marks := summary.marks) else facts]
        sections = [section for section in self._sections(summary.key) if section[1].strip()]
        for name, text in sections:
            if told := without_open_questions(text):
                if name:
                    blocks.append(f"**{inert(short_section(name))}**")
                blocks.append(replace_headings(own_words(told), self._heading))
        if summary.key in self._sources.unreadable:
            blocks.append("*The note cannot be read.*")
        elif not sections:
            blocks.append("*No note yet.*")
        elif paper.note.missing:
            blocks.append(f"*Still to be written: {inert(paper.note.owes)}.*")
        if paper.built_on_by:
            blocks.append(self._next(paper))
        return blocks

    def _next(self, paper: Paper) -> str:
        """Return what came next: the steps that build on this one, then papers of other lineages."""
        steps = [child for child in paper.built_on_by if child.key in self._headings]
        others = [child for child in paper.built_on_by if child.key not in self._headings]
        names = [self._step(child) for child in (*steps, *others[:_MOST_ELSEWHERE])]
        more = len(others) - _MOST_ELSEWHERE
        names += [f"{more} more"] if more > 0 else []
        return f"*Came next:* {', '.join(names)}"

    def _sections(self, key: str) -> tuple[tuple[str, str], ...]:
        """Return what a note says: first, without a name, what stands in none of its sections."""
        content = self._sources.notes.get(key)
        return (("", content.unsorted), *content.sections) if content else ()

    def _facts(self, paper: Paper) -> str:
        summary = paper.summary
        facts = f"**{self._page(summary)}**"
        if summary.year:
            facts += f" ({summary.year})"
        if summary.authors:
            facts += f" · {inert(summary.authors[0])}{' et al.' if len(summary.authors) > 1 else ''}"
        facts += f" · {state(summary)}"
        if paper.builds_on:
            facts += f" · builds on {', '.join(map(self._step, paper.builds_on))}"
        return facts

    def _page(self, paper: PaperSummary) -> str:
        """Return a paper's title, linked where it has a page."""
        if self._sources.pages is None or paper.key not in self._sources.notes:
            return inert(paper.title)
        return link(paper.title, f"{self._sources.pages}{paper.key}.md")

    def _step(self, paper: PaperRef | PaperSummary) -> str:
        """Return a paper's key, linked where it is a step of this story."""
        return self._steps.get(paper.key) or inert(paper.key)

    def _heading(self, level: int, text: str) -> str:
        """Return what stands for a heading inside a note; none may take a step's address."""
        parent = self._sources.papers.get(changed_parent(text) or "")
        if parent is not None:
            return f"**From {self._step(parent.summary)}:**"
        return f"**{inert(text)}**" if anchor(text) in self._taken else lower_heading(level, text)


def _headings(papers: Sequence[Paper], taken: set[str]) -> dict[str, str]:
    """Return the heading of each paper's step: its key, unless that address is taken on the page.

    A key is one word of small letters, digits and hyphens: GitHub's address of such a heading is its text.
    """
    taken = set(taken)
    found = {}
    for paper in papers:
        key, year = paper.summary.key, paper.summary.year
        heading, number = key, 1
        while heading in taken:
            number += 1
            heading = f"{key}-{year}" if year and number == 2 else f"{key}-{number}"
        taken.add(heading)
        found[key] = heading
    return found

"""A lineage told in the notes' own words: what each step could not do, what the next changed, and why."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from papertrail.domain.lineages.lineage import LineageProgress
from papertrail.domain.lineages.map.parts import MapPaper
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

_STATES: dict[tuple[Status, bool, bool, bool], str] = {}
_MOST_ELSEWHERE = 6  # papers of other lineages named as what came next


@dataclass(frozen=True, slots=True)
class Sources:
    """What stories are told from.

    Attributes:
        papers: by key; at least those of the lineage and the ones they build on.
        notes: what the notes say, by key; the sections in the order they are told.
        changes: what a paper changed of one it builds on, by (child, parent).
        unreadable: keys of the papers whose notes are there but cannot be read.
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
    return "\n\n".join(block.strip("\n") for block in _Story(progress, keys, sources).blocks()) + "\n"


def steps(progress: LineageProgress, keys: Sequence[str], sources: Sources) -> dict[str, str]:
    """Return what the story tells of each paper, by key, without its heading and without links."""
    told = _Story(progress, keys, sources, is_linked=False)
    return {
        key: "\n\n".join(block.strip("\n") for block in told.step(sources.papers[key])) + "\n" for key in keys
    }


def state(paper: PaperSummary) -> str:
    """Return sign and word for where a paper is: `● counted`, `○ unread`."""
    standing = (paper.status, paper.counted, paper.owed, paper.explained)
    if standing not in _STATES:
        means = "counted" if paper.counted else "owes a note" if paper.owed else ""
        means += f", {EXPLAINED} can explain" if paper.explained else ""
        again = "" if paper.is_read and paper.status is Status.READ else paper.doing
        _STATES[standing] = f"{paper.status.glyph} {', '.join(word for word in (again, means) if word)}"
    return _STATES[standing]


def _graph(keys: Sequence[str], sources: Sources) -> tuple[list[MapPaper], Links]:
    """Return a lineage's papers, before them what they build on outside of it, and the links between them."""
    links = {
        (key, parent.key): sources.changes.get((key, parent.key), "")
        for key in keys
        for parent in sources.papers[key].builds_on
    }
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
            for _, text in self._sections(paper.summary.key)
            for question in open_questions(text)
        ]

    def blocks(self) -> Iterator[str]:
        """Yield the blocks of the document."""
        progress = self._progress
        yield f"# {inert(progress.name)}"
        can = f", {progress.explained} {EXPLAINED} can explain" if progress.explained else ""
        yield f"{progress.counted} of {progress.total} counted{can}, {progress.read} read."
        if not self._papers:
            return
        yield "\n".join(self._contents())
        yield f"```mermaid\n{mermaid(*_graph([p.summary.key for p in self._papers], self._sources))}```"
        for paper in self._papers:
            yield f"## {inert(self._headings[paper.summary.key])}"
            yield from self.step(paper)
        if self._waiting:
            yield f"## {self._questions}"
            yield "Still open:"
            yield "\n".join(self._waiting)

    def _contents(self) -> Iterator[str]:
        for number, paper in enumerate(self._papers, start=1):
            summary = paper.summary
            year = f", {summary.year}" if summary.year else ""
            yield f"{number}. {self._step(summary)}: {inert(summary.title)}{year} · {state(summary)}"
        if self._waiting:
            yield f"{len(self._papers) + 1}. {link(self._questions, '#' + anchor(self._questions))}"

    def step(self, paper: Paper) -> Iterator[str]:
        """Yield the blocks of one step, without its heading."""
        summary = paper.summary
        facts = " · ".join(self._facts(paper))
        yield f"{facts}  \n{inert(summary.marks)}" if summary.marks else facts
        sections = [section for section in self._sections(summary.key) if section[1].strip()]
        for name, text in sections:
            if told := without_open_questions(text):
                if name:
                    yield f"**{inert(short_section(name))}**"
                yield replace_headings(own_words(told), self._heading)
        if summary.key in self._sources.unreadable:
            yield "*The note cannot be read.*"
        elif not sections:
            yield "*No note yet.*"
        elif paper.note.missing:
            missing = inert(paper.note.owes)
            yield f"*Still to be written: {missing}.*"
        yield from self._next(paper)

    def _next(self, paper: Paper) -> Iterator[str]:
        """Yield what came next: the steps that build on this one, then papers of other lineages."""
        steps = [child for child in paper.built_on_by if child.key in self._headings]
        others = [child for child in paper.built_on_by if child.key not in self._headings]
        names = [self._step(child) for child in (*steps, *others[:_MOST_ELSEWHERE])]
        more = len(others) - _MOST_ELSEWHERE
        names += [f"{more} more"] if more > 0 else []
        if names:
            yield f"*Came next:* {', '.join(names)}"

    def _sections(self, key: str) -> tuple[tuple[str, str], ...]:
        """Return what a note says: first, without a name, what stands in none of its sections."""
        content = self._sources.notes.get(key)
        return (("", content.unsorted), *content.sections) if content else ()

    def _facts(self, paper: Paper) -> Iterator[str]:
        summary = paper.summary
        year = f" ({summary.year})" if summary.year else ""
        yield f"**{self._page(summary)}**{year}"
        if summary.authors:
            first = summary.authors[0]
            yield inert(first) if len(summary.authors) == 1 else f"{inert(first)} et al."
        yield state(summary)
        if paper.builds_on:
            yield f"builds on {', '.join(map(self._step, paper.builds_on))}"

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

"""The whole trail as one document of Markdown: a chapter a lineage, with its map and its papers' notes."""

from collections.abc import Iterator, Mapping, Sequence

from papertrail.domain.goal.words import explained_words
from papertrail.domain.paper import EXPLAINED
from papertrail.domain.story import StoryForm
from papertrail.domain.whole_paper import Paper
from papertrail.export.inert import anchor, inert, link
from papertrail.export.markdown import Pages, around_note, untitled
from papertrail.export.own_words import own_words, replace_headings
from papertrail.export.references import address, reference
from papertrail.export.story import ToldStory, mermaid_block, told_stories
from papertrail.export.told_trail import ToldLineage, ToldTrail

_NOTE = 2  # levels by which the headings of a note are lowered
_DEEPEST = 6
_ELSEWHERE = "In no lineage"
_CONTENTS = "Contents"


def book(told: ToldTrail) -> str:
    """Return the document."""
    return "\n\n".join([part for block in _Book(told).blocks() if (part := block.strip("\n"))]) + "\n"


class _Book:
    def __init__(self, told: ToldTrail) -> None:
        self._told = told
        self._notes = told.sources.notes
        self._papers = told.by_key
        self._homes = told.homes
        self._stories = list(
            told_stories(
                [(one.progress, one.keys, one.summary) for one in told.lineages],
                told.sources,
                StoryForm(progress=True),
            )
        )
        self._taken = {anchor(told.title), anchor(_CONTENTS)}
        self._chapters = [self._heading(one.progress.name) for one in told.lineages]
        self._elsewhere = self._heading(_ELSEWHERE)
        self._references = self._heading(told.sources.words.references)
        noted = [paper for paper in told.papers if paper.summary.key in self._notes]
        self._headings = {paper.summary.key: self._heading(paper.summary.title) for paper in noted}
        self._pages = Pages(
            self._papers,
            {paper.summary.key: self._notes[paper.summary.key] for paper in noted},
            lambda key: f"#{anchor(self._headings[key])}",
            self._to_chapter,
        )
        self._noted = noted

    def _heading(self, wanted: str) -> str:
        """Return a heading of the book's own, with a number where its address is taken."""
        heading, number = wanted, 1
        while anchor(heading) in self._taken or not anchor(heading):
            number += 1
            heading = f"{wanted} {number}"
        self._taken.add(anchor(heading))
        return heading

    def _to_chapter(self, name: str) -> str:
        for lineage, heading in zip(self._told.lineages, self._chapters, strict=True):
            if lineage.progress.name == name:
                return f"#{anchor(heading)}"
        return ""

    def blocks(self) -> Iterator[str]:
        """Yield the blocks of the document."""
        yield f"# {inert(self._told.title)}"
        if (goal := self._told.goal) is not None:
            yield f"**{goal.line}**"
            if words := explained_words(goal):
                yield f"{EXPLAINED} {words}"
        yield f"## {_CONTENTS}"
        yield "\n".join(self._contents())
        for number, (lineage, story) in enumerate(zip(self._told.lineages, self._stories, strict=True)):
            yield from self._chapter(number, lineage, story)
        if self._told.elsewhere:
            yield f"## {inert(self._elsewhere)}"
            yield from self._members(self._told.elsewhere, None, {})
        yield f"## {inert(self._references)}"
        yield "\n".join(f"- {reference(paper.summary.key, paper)}" for paper in self._told.papers)

    def _contents(self) -> Iterator[str]:
        for number, heading in enumerate(self._chapters):
            one = self._told.lineages[number].progress
            yield f"- {link(heading, f'#{anchor(heading)}')} ({one.counted} of {one.total})"
            yield from self._entries(number)
        if self._told.elsewhere:
            yield f"- {link(self._elsewhere, f'#{anchor(self._elsewhere)}')}"
            yield from self._entries(None)
        yield f"- {link(self._references, f'#{anchor(self._references)}')}"

    def _entries(self, home: int | None) -> Iterator[str]:
        for paper in self._noted:
            if self._homes.get(paper.summary.key) == home:
                yield f"  - {self._pages.paper(paper.summary)}"

    def _chapter(self, number: int, lineage: ToldLineage, story: ToldStory) -> Iterator[str]:
        one = lineage.progress
        yield f"## {inert(self._chapters[number])}"
        can = f", {one.explained} {EXPLAINED} can explain" if one.explained else ""
        yield f"{one.counted} of {one.total} counted{can}, {one.read} read."
        for name, text in (("", lineage.summary.unsorted), *lineage.summary.sections):
            if text.strip():
                yield f"**{inert(name)}**" if name else ""
                yield self._own(text, 1)
        if lineage.keys:
            yield mermaid_block(story.flowchart())
        yield from self._members([self._papers[key] for key in lineage.keys], number, story.names())

    def _members(self, papers: Sequence[Paper], home: int | None, names: Mapping[str, str]) -> Iterator[str]:
        """Yield the papers of a chapter as a list, then the notes that are at home in it."""
        yield "\n".join(self._entry(paper, names.get(paper.summary.key, "")) for paper in papers)
        for paper in papers:
            key = paper.summary.key
            if key in self._headings and self._homes.get(key) == home:
                yield f"### {inert(self._headings[key])}"
                yield from around_note(self._pages, paper)
                yield self._own(untitled(self._notes[key].body), _NOTE)

    def _entry(self, paper: Paper, name: str) -> str:
        one = paper.summary
        to = f"#{anchor(self._headings[one.key])}" if one.key in self._headings else address(one)
        year = f" ({one.year})" if one.year else ""
        called = f" · {inert(name)}" if name and name != one.title else ""
        return f"- {one.status.glyph} {link(one.title, to)}{year}{called}"

    def _own(self, markdown: str, deeper: int) -> str:
        """Return the reader's Markdown, its headings below those of the book, none at an address of these."""

        def heading(level: int, text: str) -> str:
            if anchor(text) in self._taken:
                return f"**{inert(text)}**"
            return f"{'#' * min(level + deeper, _DEEPEST)} {text}".rstrip()

        return replace_headings(own_words(markdown), heading)

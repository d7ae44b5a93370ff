"""A lineage told in the notes' own words to somebody who was not there."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from papertrail.domain.lineages.lineage import LineageProgress
from papertrail.domain.lineages.mapped import MapPaper
from papertrail.domain.note import short_section
from papertrail.domain.note_text import NoteContent, changed_parent
from papertrail.domain.paper import EXPLAINED, PaperSummary, Status
from papertrail.domain.seat import GUESS
from papertrail.domain.story import ENGLISH, Numbers, Roles, StoryForm, StoryWords, is_glossary
from papertrail.domain.text import fold
from papertrail.domain.whole_paper import Paper, PaperRef
from papertrail.domain.wiki_links import with_wiki_links
from papertrail.export.glossary import terms
from papertrail.export.inert import anchor, inert, inert_inside, link
from papertrail.export.lineage_graph import Links, mermaid
from papertrail.export.names import may_be_named, may_name, ordinary_name
from papertrail.export.own_words import (
    lower_heading,
    own_line,
    own_words,
    replace_headings,
)
from papertrail.export.questions import is_all_questions, open_questions, without_open_questions
from papertrail.export.references import address, reference
from papertrail.export.sentences import first_sentence, sentence_of

MAP = "\0map"
"""The block in whose place the map stands; no text holds it."""
_STATES: dict[tuple[Status, bool, bool, bool, bool], str] = {}
_MOST_ELSEWHERE = 6  # papers of other lineages named as what came next
_MOST_ASKED = 20  # of the papers that build on one, whose notes may say its name
_MOST_NUMBERS = 3  # columns of the table
_NOTHING = NoteContent("", ())
_WHOLE = StoryForm()
_GUESS = fold(GUESS)


@dataclass(frozen=True, slots=True)
class Sources:
    """What stories are told from.

    Attributes:
        papers: by key; at least those of the lineage and the ones they build on.
        notes: what the notes say, by key; the sections in the order they are told.
        changes: what a paper changed of one it builds on, by (child, parent).
        unreadable: keys of the papers whose notes are there but cannot be read, or must not be.
        pages: the way from the story to the folder of the papers' pages, empty where that is its own; None
            when there are none.
        numbers: what the notes say was measured.
        roles: what the sections of the template are.
        words: those that no template gives.
        summary: what the lineage's own note says; the first section is the thesis.
    """

    papers: Mapping[str, Paper]
    notes: Mapping[str, NoteContent]
    changes: Links
    unreadable: Collection[str] = ()
    pages: str | None = None
    numbers: Numbers = field(default_factory=dict)
    roles: Roles = Roles()  # noqa: RUF009 a named tuple
    words: StoryWords = ENGLISH
    summary: NoteContent = _NOTHING


def story(progress: LineageProgress, keys: Sequence[str], sources: Sources, form: StoryForm = _WHOLE) -> str:
    """Return the whole document as Markdown, the map as a Mermaid graph.

    Args:
        progress: of the lineage.
        keys: of its papers, in order.
        sources: what it is told from.
        form: how it is told.
    """
    return next(stories([(progress, keys, sources.summary)], sources, form))


class ToldStory(NamedTuple):
    """A story before it is a document.

    Attributes:
        blocks: gives those of Markdown, and `MAP` where the map belongs.
        names: gives those of its papers and of what they build on, by key.
        flowchart: gives the map as a Mermaid graph.
    """

    blocks: Callable[[], Iterator[str]]
    names: Callable[[], dict[str, str]]
    flowchart: Callable[[], str]


def stories(
    lineages: Iterable[tuple[LineageProgress, Sequence[str], NoteContent]],
    sources: Sources,
    form: StoryForm = _WHOLE,
) -> Iterator[str]:
    """Yield the document of each lineage, as `story` does; what they have in common is worked out once.

    Args:
        lineages: each with the keys of its papers, and what its own note says.
        sources: what all of them are told from.
        form: how they are told.
    """
    for told in told_stories(lineages, sources, form):
        yield _joined([mermaid_block(told.flowchart()) if block == MAP else block for block in told.blocks()])


def told_stories(
    lineages: Iterable[tuple[LineageProgress, Sequence[str], NoteContent]],
    sources: Sources,
    form: StoryForm = _WHOLE,
) -> Iterator[ToldStory]:
    """Yield each story as it is before it is a document; as in `stories`."""
    common = _Common(sources)
    for progress, keys, summary in lineages:
        told = _Story(progress, keys, replace(sources, summary=summary), form, common)
        yield ToldStory(told.blocks, told.names, told.flowchart)


def mermaid_block(flowchart: str) -> str:
    """Return a map as a block of Markdown."""
    return f"```mermaid\n{flowchart}```"


def story_blocks(
    progress: LineageProgress, keys: Sequence[str], sources: Sources, form: StoryForm
) -> list[str]:
    """Return the blocks of Markdown a story is made of, and `MAP` where its map belongs; as in `story`."""
    return list(_Story(progress, keys, sources, form, _Common(sources)).blocks())


def steps(progress: LineageProgress, keys: Sequence[str], sources: Sources) -> dict[str, str]:
    """Return what the story tells of each paper, by key, without its heading and without links."""
    told = _Story(progress, keys, sources, StoryForm(progress=True), _Common(sources), is_linked=False)
    return {key: _joined([*told.step(sources.papers[key]), *told.asked(key)]) for key in keys}


def names(progress: LineageProgress, keys: Sequence[str], sources: Sources) -> dict[str, str]:
    """Return the names that a story gives to its papers and those they build on, by key."""
    return _Story(progress, keys, sources, _WHOLE, _Common(sources)).names()


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


def graph(
    keys: Sequence[str], sources: Sources, known: dict[str, MapPaper] | None = None
) -> tuple[list[MapPaper], Links]:
    """Return a lineage's papers, before them what they build on outside of it, and the links between them.

    Args:
        keys: of its papers, in order.
        sources: where they are.
        known: what was shown outside of lineages before, by key; what is now is added.
    """
    known = {} if known is None else known
    links = {(key, parent.key): "" for key in keys for parent in sources.papers[key].builds_on}
    if sources.changes:
        links = {link: sources.changes.get(link, "") for link in links}
    own = set(keys)
    beside = dict.fromkeys(parent for _, parent in links if parent not in own)
    for key in beside.keys() - known.keys():
        known[key] = MapPaper.of(sources.papers[key].summary, elsewhere=True)
    return [
        *(known[key] for key in beside),
        *(MapPaper.of(sources.papers[key].summary) for key in keys),
    ], links


class _Common:
    """What the stories from the same sources have in common: each names papers of others."""

    def __init__(self, sources: Sources) -> None:
        self._notes = sources.notes
        self._names: dict[str, str] = {}
        self._by_title: dict[str, str] = {}
        self._references: dict[tuple[str, str], str] = {}
        self._linked: dict[tuple[str, str], str] = {}
        self.beside: dict[str, MapPaper] = {}
        """Papers as maps of other lineages than theirs show them."""
        named = Counter(
            name for content in sources.notes.values() for name, _ in content.sections if is_glossary(name)
        )
        self.glossary = named.most_common(1)[0][0] if named else sources.words.words
        """The heading most notes give to what terms mean."""

    def names(self, papers: Mapping[str, Paper], lineage: str) -> dict[str, str]:
        """Return the names that papers go by in the story of a lineage, by key."""
        for key in papers.keys() - self._names.keys():
            self._names[key] = self._name(papers[key])
        own = may_be_named(lineage, papers)
        known = self._names
        return {key: self._name(papers[key], lineage) if key in own else known[key] for key in papers}

    def _name(self, paper: Paper, *lineage: str) -> str:
        summary = paper.summary
        return ordinary_name(summary.key, summary.title, (*lineage, *summary.lineages, *self._near(paper)))

    def title_name(self, paper: PaperRef | PaperSummary) -> str:
        """Return the name of a paper by its title alone."""
        if (name := self._by_title.get(paper.key)) is None:
            self._by_title[paper.key] = name = ordinary_name(paper.key, paper.title, ())
        return name

    def _near(self, paper: Paper) -> list[str]:
        """Return the notes that may say a paper's name."""
        near: tuple[PaperSummary | PaperRef, ...] = (
            paper.summary,
            *paper.built_on_by[:_MOST_ASKED],
            *paper.builds_on,
        )
        return [self._notes[one.key].body for one in near if one.key in self._notes]

    def linked(self, name: str, paper: PaperSummary) -> str:
        """Return a paper's name, linked to where it is to be had."""
        entry = (paper.key, name)
        if (told := self._linked.get(entry)) is None:
            self._linked[entry] = told = link(name, address(paper))
        return told

    def reference(self, name: str, paper: Paper) -> str:
        """Return the entry of a paper in a list of references."""
        entry = (paper.summary.key, name)
        if (told := self._references.get(entry)) is None:
            self._references[entry] = told = reference(name, paper)
        return told


class _Story:
    """One lineage being told."""

    def __init__(
        self,
        progress: LineageProgress,
        keys: Sequence[str],
        sources: Sources,
        form: StoryForm,
        common: _Common,
        *,
        is_linked: bool = True,
    ) -> None:
        self._progress = progress
        self._papers = [sources.papers[key] for key in keys]
        self._sources = sources
        self._form = form
        self._common = common
        self._words = sources.words
        self._is_linked = is_linked
        self._told_sections: dict[str, list[tuple[str, str]]] = {}
        outside = [parent.key for paper in self._papers for parent in paper.builds_on]
        self._known = {key: sources.papers[key] for key in dict.fromkeys((*keys, *outside))}
        self._names = common.names(self._known, progress.name)
        taken = {anchor(progress.name)}
        self._asked = self._own_heading(
            short_section(sources.roles.questions) or self._words.questions, taken
        )
        self._glossary = self._own_heading(common.glossary, taken)
        self._references = self._own_heading(self._words.references, taken)
        self._endings = [
            (self._own_heading(name, taken), text) for name, text in sources.summary.sections[1:] if text
        ]
        told = [paper for paper in self._papers if self._has_step(paper.summary.key)]
        self._headings = self._step_headings(told, taken)
        self._taken = taken
        self._steps: dict[str, str] = {}
        self._here = frozenset(keys)

    # What is where

    def _own_heading(self, wanted: str, taken: set[str]) -> str:
        """Return a heading of the story's own, with a number where its address is taken on the page."""
        heading, number = wanted, 1
        while (place := anchor(heading)) in taken or not place:
            number += 1
            heading = f"{wanted} {number}"
        taken.add(place)
        return heading

    def _step_headings(self, papers: Sequence[Paper], taken: set[str]) -> dict[str, str]:
        """Return the heading of each paper's step: its name, unless that address is taken on the page."""
        found = {}
        for paper in papers:
            key, year = paper.summary.key, paper.summary.year
            name = self._names[key]
            place = anchor(name)
            if not place:
                name, place = key, anchor(key)
            if place in taken:
                found[key] = self._own_heading(f"{name} ({year})" if year else name, taken)
            else:
                taken.add(place)
                found[key] = name
        return found

    def _has_step(self, key: str) -> bool:
        """Tell whether a paper has more to tell than a line can; who follows progress is told of trouble."""
        return self._tells(key) or (self._form.progress and key in self._sources.unreadable)

    def _tells(self, key: str) -> bool:
        """Tell whether a note says anything but what terms mean, and what is not answered yet."""
        if key not in self._sources.notes:
            return False
        texts = [self._sources.notes[key].unsorted]
        texts += [text for name, text in self._sections(key) if not is_glossary(name)]
        return any(without_open_questions(text) for text in texts)

    def _sections(self, key: str) -> list[tuple[str, str]]:
        """Return what a note says under its headings; what was guessed before reading is the reader's own."""
        if key not in self._sources.notes:
            return []
        if (told := self._told_sections.get(key)) is None:
            guess = "" if self._form.progress else _GUESS
            sections = self._sources.notes[key].sections
            told = [(name, text) for name, text in sections if text.strip() and fold(name) != guess]
            self._told_sections[key] = told
        return told

    def _section(self, key: str, role: str) -> str:
        """Return a section of a note to be told of in a sentence: of its links the words alone."""
        text = next((text for name, text in self._sections(key) if role and name == role), "")
        return with_wiki_links(text, lambda target, words: words if target in self._known else None)

    # The document

    def names(self) -> dict[str, str]:
        """Return the name of each paper; its key where several go by the same."""
        often = Counter(self._names.values())
        return {key: name if often[name] == 1 else key for key, name in self._names.items()}

    def flowchart(self) -> str:
        """Return the map as a Mermaid graph, the papers by their names unless progress is told."""
        keys = [paper.summary.key for paper in self._papers]
        papers, links = graph(keys, self._sources, self._common.beside)
        if self._form.progress:
            return mermaid(papers, links)
        names = self.names()
        named = [paper._replace(name=names[paper.key]) for paper in papers]
        return mermaid(named, links, standing=False)

    def blocks(self) -> Iterator[str]:
        """Yield the blocks of the document."""
        yield f"# {inert(self._progress.name)}"
        if self._form.progress:
            yield self._so_far()
        yield from self._thesis()
        if not self._papers:
            return
        yield "\n".join(self._table())
        if self._form.short:
            yield from ["\n".join(told)] if (told := list(self._sentences())) else []
            yield MAP
            return
        yield MAP
        for paper in self._papers:
            heading = self._headings.get(paper.summary.key)
            if heading is None:
                yield self._bridge(paper)
            else:
                yield f"## {inert(heading)}"
                yield from self.step(paper)
        for heading, text in self._endings:
            yield f"## {inert(heading)}"
            yield self._own(text)
        yield from self._end()

    def _so_far(self) -> str:
        progress = self._progress
        can = f", {progress.explained} {EXPLAINED} can explain" if progress.explained else ""
        return f"{progress.counted} of {progress.total} counted{can}, {progress.read} read."

    def _thesis(self) -> Iterator[str]:
        """Yield what the lineage's own note says first: above its headings, else under the first one."""
        summary = self._sources.summary
        for text in (summary.unsorted, *(text for _, text in summary.sections[:1])):
            if text.strip():
                yield self._own(text)

    def _own(self, markdown: str) -> str:
        return replace_headings(self._followed(own_words(markdown)), self._heading)

    def _followed(self, markdown: str) -> str:
        """Return the reader's words with their `[[key]]` as links to steps, pages of the export, or arXiv."""

        def linked(key: str, words: str) -> str | None:
            if (paper := self._known.get(key)) is None:
                return None
            if not self._is_linked:
                return inert(words)
            if key in self._headings and not self._form.short:
                return link(words, f"#{anchor(self._headings[key])}")
            if self._sources.pages is not None and key in self._sources.notes:
                return link(words, f"{self._sources.pages}{key}.md")
            return link(words, address(paper.summary))

        return with_wiki_links(markdown, linked)

    def _table(self) -> Iterator[str]:
        """Yield the lines of the table: what each paper was up against, and what it measured."""
        roles, words = self._sources.roles, self._words
        numbers = {
            paper.summary.key: dict(self._sources.numbers[paper.summary.key])
            for paper in self._papers
            if paper.summary.key in self._sources.numbers
        }
        met = Counter(label for told in numbers.values() for label in told)
        labels = [label for label, papers in met.items() if papers > 1 and label][:_MOST_NUMBERS]
        heads = [words.paper, words.year, short_section(roles.problem), *labels]
        yield f"| {' | '.join(map(inert, heads))} |"
        yield f"| --- | --- | --- |{' --- |' * len(labels)}"
        for paper in self._papers:
            summary = paper.summary
            told = ""
            if summary.key in self._sources.notes:
                told = first_sentence(self._section(summary.key, roles.problem))
            if not told and summary.title != self._names[summary.key]:
                told = summary.title
            row = f"| {self._step(summary)} | {summary.year or ''} | {inert_inside(told)} |"
            if labels:
                measured = numbers.get(summary.key, {})
                row += "".join([f" {inert_inside(measured.get(label, ''))} |" for label in labels])
            yield row

    def _sentences(self) -> Iterator[str]:
        """Yield one sentence a step, and one of what was still wrong with it."""
        number, roles = 0, self._sources.roles
        for paper in self._papers:
            key = paper.summary.key
            if told := first_sentence(self._section(key, roles.idea)):
                number += 1
                wrong = first_sentence(self._section(key, roles.limits))
                yield f"{number}. **{inert(self._names[key])}**: {inert(told)}" + (
                    f" *{inert(short_section(roles.limits))}:* {inert(wrong)}" if wrong else ""
                )

    def _bridge(self, paper: Paper) -> str:
        """Return the line that stands for a paper without a note."""
        summary = paper.summary
        standing = f" · {state(summary)}" if self._form.progress else ""
        told = f"→ **{self._step(summary)}**{self._year(summary)}{standing}"
        if self._names[summary.key] != summary.title:
            told += f" · {inert(summary.title)}"
        if paper.builds_on:
            told += f" · {self._words.builds_on} {', '.join(map(self._step, paper.builds_on))}"
        if self._form.progress and summary.marks:
            told += f" · {inert(summary.marks)}"
        return told

    @staticmethod
    def _year(paper: PaperSummary) -> str:
        return f" ({paper.year})" if paper.year else ""

    def step(self, paper: Paper) -> list[str]:
        """Return the blocks of one step, without its heading."""
        summary = paper.summary
        key, progress = summary.key, self._form.progress
        marks = f"  \n{inert(summary.marks)}" if progress and summary.marks else ""
        blocks = [f"{self._facts(paper)}{marks}"]
        is_noted = key in self._sources.notes
        if is_noted:
            blocks += self._said(paper)
        if numbers := self._sources.numbers.get(key):
            blocks.append(self._numbers(numbers))
        if progress and key in self._sources.unreadable:
            blocks.append("*The note cannot be read.*")
        elif progress and not (is_noted and self._tells(key)):
            blocks.append("*No note yet.*")
        elif progress and paper.note.missing:
            blocks.append(f"*Still to be written: {inert(paper.note.owes)}.*")
        if paper.built_on_by:
            blocks.append(self._next(paper))
        return blocks

    def _said(self, paper: Paper) -> Iterator[str]:
        """Yield what a note says, but for what terms mean and what is asked."""
        key = paper.summary.key
        for name, text in [("", self._sources.notes[key].unsorted), *self._sections(key)]:
            if is_glossary(name) or is_all_questions(text):
                continue
            if told := without_open_questions(text):
                if name:
                    yield f"**{inert(short_section(name))}**"
                yield self._changed(paper, told)

    def _changed(self, paper: Paper, markdown: str) -> str:
        """Return a section in which headings `from KEY` say what was changed from what to what."""

        def heading(level: int, text: str) -> str:
            parent = self._known.get(changed_parent(text) or "")
            if parent is None:
                return self._heading(level, text)
            return f"**{self._step(parent.summary)} → {inert(self._names[paper.summary.key])}**"

        return replace_headings(self._followed(own_words(markdown)), heading)

    @staticmethod
    def _numbers(numbers: Sequence[tuple[str, str]]) -> str:
        """Return what was measured."""
        return " · ".join(
            f"{inert(label)}: **{inert_inside(value)}**" if label else inert(value)
            for label, value in numbers
        )

    def _next(self, paper: Paper) -> str:
        """Return what came next: the steps that build on this one, then papers of other lineages."""
        steps = [child for child in paper.built_on_by if child.key in self._here]
        others = [child for child in paper.built_on_by if child.key not in self._here]
        key = paper.summary.key
        answers = self._section(key, self._sources.roles.answer) if key in self._sources.notes else ""
        says = not answers.strip()
        names = [self._answer(paper, child) if says else self._step(child) for child in steps]
        names += [self._step(child) for child in others[:_MOST_ELSEWHERE]]
        more = len(others) - _MOST_ELSEWHERE
        names += [f"+{more}"] if more > 0 else []
        return f"*{self._words.then}:* {'; '.join(names)}"

    def _answer(self, paper: Paper, child: PaperRef) -> str:
        """Return a step that builds on a paper, with what it changed where its note tells that."""
        change = self._sources.changes.get((child.key, paper.summary.key), "")
        told = f" ({inert(sentence_of(change).rstrip('.。'))})" if change else ""
        return f"{self._step(child)}{told}"

    def _facts(self, paper: Paper) -> str:
        summary = paper.summary
        standing = f"{state(summary)} · " if self._form.progress else ""  # first: no line parts sign and word
        facts = f"{standing}{self._page(summary)}{self._year(summary)}"
        if summary.authors:
            facts += f" · {inert(summary.authors[0])}{' et al.' if len(summary.authors) > 1 else ''}"
        if paper.venue:
            facts += f" · {inert(paper.venue)}"
        if paper.builds_on:
            facts += f" · {self._words.builds_on} {', '.join(map(self._step, paper.builds_on))}"
        return facts

    def _page(self, paper: PaperSummary) -> str:
        """Return a paper's title, linked to its page in the export, else to arXiv or its DOI."""
        if not self._is_linked:
            return inert(paper.title)
        if self._sources.pages is not None and paper.key in self._sources.notes:
            return link(paper.title, f"{self._sources.pages}{paper.key}.md")
        return link(paper.title, address(paper))

    def _step(self, paper: PaperRef | PaperSummary) -> str:
        """Return a paper's name, linked to its step of this story, else to where it is to be had."""
        if (step := self._steps.get(paper.key)) is None:
            self._steps[paper.key] = step = self._step_of(paper)
        return step

    def _step_of(self, paper: PaperRef | PaperSummary) -> str:
        name = self._names.get(paper.key)
        if name is None:  # of another lineage, and built upon this one
            return inert(self._elsewhere(paper))
        if not self._is_linked:
            return inert(name)
        if paper.key in self._headings and not self._form.short:
            return link(name, f"#{anchor(self._headings[paper.key])}")
        return self._common.linked(name, self._known[paper.key].summary)

    def _elsewhere(self, paper: PaperRef | PaperSummary) -> str:
        """Return the name of a paper that is in no step, as the notes of the last steps may say it."""
        if may_name(self._all_last_notes, paper.key):
            return ordinary_name(paper.key, paper.title, self._last_notes)
        return self._common.title_name(paper)

    @cached_property
    def _last_notes(self) -> list[str]:
        near = (paper.summary.key for paper in self._papers[-_MOST_ASKED:])
        return [self._sources.notes[key].body for key in near if key in self._sources.notes]

    @cached_property
    def _all_last_notes(self) -> str:
        """The same as one text, for most papers are named in none of them."""
        return "\n".join(self._last_notes)

    def _heading(self, level: int, text: str) -> str:
        """Return what stands for a heading inside a note; none may take a step's address."""
        return f"**{inert(text)}**" if anchor(text) in self._taken else lower_heading(level, text)

    # The end

    def asked(self, key: str) -> Iterator[str]:
        """Yield what a note asks and answers, as far as nothing else stands in those sections."""
        for name, text in self._sections(key):
            if is_all_questions(text) and not is_glossary(name) and (told := without_open_questions(text)):
                yield self._own(told)

    def _end(self) -> Iterator[str]:
        """Yield questions and answers, what terms mean, where all of it stands."""
        notes = self._sources.notes
        answered = [(key, list(self.asked(key))) for key in self._headings if key in notes]
        noted = [paper for paper in self._papers if paper.summary.key in notes]
        waiting = [
            f"- {self._step(paper.summary)}: {own_line(question)}"
            for paper in noted
            for _, text in self._sections(paper.summary.key)
            for question in open_questions(text)
            if self._form.progress
        ]
        if waiting or any(told for _, told in answered):
            yield f"## {inert(self._asked)}"
        for key, told in answered:
            if told:
                yield f"**{inert(self._names[key])}**"
                yield from told
        if waiting:
            yield "Still open:"
            yield "\n".join(waiting)
        if meanings := dict(reversed([entry for p in noted for entry in self._terms(p.summary.key)])):
            yield f"## {inert(self._glossary)}"
            yield "\n".join(
                f"- **{inert(term)}**: {own_line(means)}"
                for term, means in sorted(meanings.items(), key=_by_term)
            )
        yield f"## {inert(self._references)}"
        entries = [self._common.reference(self._names[key], paper) for key, paper in self._known.items()]
        yield "- " + "\n- ".join(entries)

    def _terms(self, key: str) -> Iterator[tuple[str, str]]:
        for name, text in self._sections(key):
            if is_glossary(name):
                yield from terms(text)


def _by_term(entry: tuple[str, str]) -> str:
    return fold(entry[0])

"""What papertrail has to say in each file of a vault: one a paper, one a lineage, and where to begin."""

from collections.abc import Iterator, Mapping

from papertrail.domain.goal.words import explained_words
from papertrail.domain.paper import EXPLAINED, PaperSummary
from papertrail.domain.story import StoryForm
from papertrail.domain.text import clean, clean_line
from papertrail.domain.vault_marks import NOTE, defused, tag_called
from papertrail.domain.whole_paper import Paper, PaperRef
from papertrail.export.inert import file_names, inert
from papertrail.export.markdown import Pages, around_note, untitled
from papertrail.export.own_words import own_words
from papertrail.export.story import ToldStory, mermaid_block, told_stories
from papertrail.export.told_trail import ToldLineage, ToldTrail
from papertrail.export.vault.marks import Ours, Value

INDEX = "Papers.md"
VERSION = 1
_NO_LINK = str.maketrans("|[]<>`%", "/()‹›'·", "\n")  # what would end a link, or act in it


def vault_files(told: ToldTrail, texts: Mapping[str, str]) -> dict[str, Ours]:
    """Return what is ours in each file, by its path in the vault.

    Args:
        told: the trail.
        texts: what the notes say below their front matter, by key.
    """
    return dict(_Vault(told, texts).files())


def wikilink(name: str, shown: str = "") -> str:
    """Return a link of Obsidian's to a file of the vault; `shown` is data."""
    words = clean_line(shown).translate(_NO_LINK).strip()
    return f"[[{name}|{words}]]" if words and words != name else f"[[{name}]]"


class _Linked(Pages):
    """Names papers and lineages by links of Obsidian's; here `to_paper` gives what a paper is called."""

    def paper(self, paper: PaperRef | PaperSummary) -> str:
        """Return a link to a paper."""
        return wikilink(paper.key, self.to_paper(paper.key))

    def lineage(self, name: str) -> str:
        """Return a link to a lineage."""
        return wikilink(self.to_lineage(name), name)


class _Vault:
    def __init__(self, told: ToldTrail, texts: Mapping[str, str]) -> None:
        self._told = told
        self._texts = texts
        names = file_names(one.progress.name for one in told.lineages)
        keys = {paper.summary.key for paper in told.papers}
        self._lineages = {name: f"{stem}-lineage" if stem in keys else stem for name, stem in names.items()}
        self._stories = list(
            told_stories(
                [(one.progress, one.keys, one.summary) for one in told.lineages],
                told.sources,
                StoryForm(progress=True),
            )
        )
        self._names: dict[str, str] = {}
        for story in self._stories:
            for key, name in story.names().items():
                self._names.setdefault(key, name)
        self._pages = _Linked(
            told.by_key, {}, lambda key: self._names.get(key, ""), self._lineages.__getitem__
        )

    def files(self) -> Iterator[tuple[str, Ours]]:
        """Yield the path of each file, and what is ours in it."""
        yield INDEX, Ours({"papertrail": VERSION}, _joined(self._index()))
        for lineage, story in zip(self._told.lineages, self._stories, strict=True):
            stem = self._lineages[lineage.progress.name]
            yield f"lineages/{stem}.md", self._lineage(lineage, story)
        for place, paper in enumerate(self._told.papers, start=1):
            yield f"papers/{paper.summary.key}.md", self._paper(paper, place)

    def _index(self) -> Iterator[str]:
        yield f"# {inert(self._told.title)}"
        if (goal := self._told.goal) is not None:
            yield f"**{goal.line}**"
            if words := explained_words(goal):
                yield f"{EXPLAINED} {words}"
        yield "## Lineages"
        lines = [one.progress for one in self._told.lineages]
        yield "\n".join(
            f"- {self._pages.lineage(one.name)}: {one.counted} of {one.total} counted" for one in lines
        )
        owed = [paper for paper in self._told.papers if paper.summary.owed]
        if owed:
            yield "## Read, but the note is not finished"
            yield "\n".join(
                f"- {self._pages.paper(one.summary)}: still needs {inert(one.note.owes)}" for one in owed
            )
        if self._told.elsewhere:
            yield "## In no lineage"
            yield "\n".join(f"- {self._pages.paper(one.summary)}" for one in self._told.elsewhere)

    def _lineage(self, lineage: ToldLineage, story: ToldStory) -> Ours:
        papers = self._told.by_key

        def blocks() -> Iterator[str]:
            one = lineage.progress
            yield f"# {inert(one.name)}"
            yield f"{one.counted} of {one.total} counted, {one.read} read."
            for name, text in (("", lineage.summary.unsorted), *lineage.summary.sections):
                if text.strip():
                    yield f"## {inert(name)}" if name else ""
                    yield defused(own_words(text))
            if lineage.keys:
                yield mermaid_block(story)
            yield "\n".join(
                f"{number}. {papers[key].summary.status.glyph} {self._pages.paper(papers[key].summary)}"
                for number, key in enumerate(lineage.keys, start=1)
            )

        properties: dict[str, Value] = {
            "papertrail": VERSION,
            "lineage": clean_line(lineage.progress.name),
            "papers": [wikilink(key) for key in lineage.keys],
        }
        return Ours(properties, _joined(blocks()))

    def _paper(self, paper: Paper, place: int) -> Ours:
        summary = paper.summary

        def blocks() -> Iterator[str]:
            yield f"# {inert(summary.title)}"
            yield from around_note(self._pages, paper)
            if summary.key in self._texts:
                yield f"{NOTE}\n{defused(clean(untitled(self._texts[summary.key]))).strip()}"

        return Ours(self._properties(paper, place), _joined(blocks()))

    def _properties(self, paper: Paper, place: int) -> dict[str, Value]:
        summary, days = paper.summary, paper.days
        name = self._names.get(summary.key, "")
        aliases = [one for one in (name, clean_line(summary.title)) if one and one != summary.key]
        told: dict[str, Value | None] = {
            "papertrail": VERSION,
            "key": summary.key,
            "title": clean_line(summary.title),
            "aliases": list(dict.fromkeys(aliases)),
            "authors": [clean_line(one) for one in summary.authors],
            "year": summary.year,
            "venue": clean_line(paper.venue),
            "arxiv": summary.arxiv_id,
            "doi": clean_line(summary.doi or ""),
            "status": str(summary.status),
            "counted": summary.counted,
            "rating": summary.rating,
            "tags": [tag_called(one) for one in summary.tags],
            "tag_names": [clean_line(one) for one in summary.tags if tag_called(one) != one],
            "lineages": [clean_line(one) for one in summary.lineages],
            "place": place,
            "builds_on": [wikilink(one.key) for one in paper.builds_on],
            "numbers": [
                f"{clean_line(label)}: {clean_line(said)}" if label else clean_line(said)
                for label, said in self._told.sources.numbers.get(summary.key, ())
            ],
            "added": days.added,
            "started": days.started,
            "read": days.read,
            "counted_on": days.counted,
        }
        return {key: value for key, value in told.items() if value is not None and value != []}


def _joined(blocks: Iterator[str]) -> str:
    return "\n\n".join(block.strip("\n") for block in blocks if block.strip())

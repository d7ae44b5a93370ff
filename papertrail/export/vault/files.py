"""What papertrail has to say in each file of a vault: one a paper, one a lineage, and where to begin."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from papertrail.domain.goal.progress import GoalProgress
from papertrail.domain.goal.words import explained_words
from papertrail.domain.lineages.lineage import LineageProgress
from papertrail.domain.paper import EXPLAINED, PaperSummary, Status
from papertrail.domain.story import StoryForm
from papertrail.domain.text import clean, clean_line
from papertrail.domain.vault_marks import NOTE, defused, tag_called
from papertrail.domain.whole_paper import Paper, PaperRef
from papertrail.export.inert import file_names, inert
from papertrail.export.lineage_graph import mermaid
from papertrail.export.markdown import Pages, around_note, untitled
from papertrail.export.own_words import own_words
from papertrail.export.story import Sources, graph, mermaid_block, state, told_stories
from papertrail.export.told_trail import ToldLineage, ToldTrail
from papertrail.export.vault.marks import Ours, Value

INDEX = "Papers.md"
VERSION = 1
_NO_LINK = str.maketrans("|[]<>`%", "/()‹›'·", "\n")  # what would end a link, or act in it


class Named(NamedTuple):
    """What things are called in a vault.

    Attributes:
        papers: the names that their lineages give to papers, by key; of the rest the key is all.
        lineages: the names of their files, without ending.
    """

    papers: Mapping[str, str]
    lineages: Mapping[str, str]


def named(told: ToldTrail) -> Named:
    """Return what all is called in a vault that tells this."""
    lineages = [(one.progress, one.keys, one.summary) for one in told.lineages]
    papers: dict[str, str] = {}
    for story in told_stories(lineages, told.sources, StoryForm(progress=True)):
        for key, name in story.names().items():
            papers.setdefault(key, name)
    return Named(papers, stems((one.progress.name for one in told.lineages), told.by_key))


def stems(lineages: Iterable[str], keys: Container[str]) -> dict[str, str]:
    """Return the name of each lineage's file; none is that of a paper's."""
    return {name: f"{stem}-lineage" if stem in keys else stem for name, stem in file_names(lineages).items()}


def vault_files(told: ToldTrail, texts: Mapping[str, str], called: Named) -> dict[str, Ours]:
    """Return what is ours in each file, by its path in the vault.

    Args:
        told: the trail.
        texts: what the notes say below their front matter, by key.
        called: what all is called.
    """
    files = VaultFiles(called, told.sources, texts)
    lines = [one.progress for one in told.lineages]
    elsewhere = [one.summary.key for one in told.elsewhere]
    return {
        INDEX: files.index(told.title, told.goal, lines, owed(told.papers), elsewhere),
        **{files.lineage_path(one.progress.name): files.lineage(one) for one in told.lineages},
        **{
            paper_path(paper.summary.key): files.paper(paper, place)
            for place, paper in enumerate(told.papers, start=1)
        },
    }


def paper_path(key: str) -> str:
    """Return where a paper's file is in a vault."""
    return f"papers/{key}.md"


def owed(papers: Iterable[Paper]) -> dict[str, str]:
    """Return what the notes of papers that are read still need, by key."""
    return {paper.summary.key: paper.note.owes for paper in papers if paper.summary.owed}


def standings(papers: Iterable[PaperSummary]) -> dict[str, str]:
    """Return all that lineages tell of how far papers are, by key; of those that are unread nothing."""
    return {paper.key: state(paper) for paper in papers if paper.status is not Status.UNREAD or paper.is_read}


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


class VaultFiles:
    """Says what is papertrail's in each file.

    Args:
        called: what all is called.
        sources: what is known of the papers that are told of, and of those they build on.
        texts: what their notes say below their front matter, by key.
    """

    def __init__(self, called: Named, sources: Sources, texts: Mapping[str, str]) -> None:
        self._called = called
        self._sources = sources
        self._texts = texts
        self._pages = _Linked(
            sources.papers, {}, lambda key: called.papers.get(key, ""), called.lineages.__getitem__
        )

    def lineage_path(self, name: str) -> str:
        """Return where a lineage's file is."""
        return f"lineages/{self._called.lineages[name]}.md"

    def _link(self, key: str) -> str:
        return wikilink(key, self._called.papers.get(key, ""))

    def index(
        self,
        title: str,
        goal: GoalProgress | None,
        lineages: Sequence[LineageProgress],
        owed: Mapping[str, str],
        elsewhere: Sequence[str],
    ) -> Ours:
        """Return what is in the file with which one begins.

        Args:
            title: of the whole.
            goal: where it stands.
            lineages: how far each is.
            owed: what notes still need, by key in reading order.
            elsewhere: keys of the papers in no lineage.
        """

        def blocks() -> Iterator[str]:
            yield f"# {inert(title)}"
            if goal is not None:
                yield f"**{goal.line}**"
                if words := explained_words(goal):
                    yield f"{EXPLAINED} {words}"
            yield "## Lineages"
            yield "\n".join(
                f"- {self._pages.lineage(one.name)}: {one.counted} of {one.total} counted" for one in lineages
            )
            if owed:
                yield "## Read, but the note is not finished"
                yield "\n".join(
                    f"- {self._link(key)}: still needs {inert(owes)}" for key, owes in owed.items()
                )
            if elsewhere:
                yield "## In no lineage"
                yield "\n".join(f"- {self._link(key)}" for key in elsewhere)

        return Ours({"papertrail": VERSION}, _joined(blocks()))

    def lineage(self, lineage: ToldLineage) -> Ours:
        """Return what is in a lineage's file."""
        papers = self._sources.papers

        def blocks() -> Iterator[str]:
            one = lineage.progress
            yield f"# {inert(one.name)}"
            yield f"{one.counted} of {one.total} counted, {one.read} read."
            for name, text in (("", lineage.summary.unsorted), *lineage.summary.sections):
                if text.strip():
                    yield f"## {inert(name)}" if name else ""
                    yield defused(own_words(text))
            if lineage.keys:
                yield mermaid_block(mermaid(*graph(lineage.keys, self._sources)))
            yield "\n".join(
                f"{number}. {papers[key].summary.status.glyph} {self._link(key)}"
                for number, key in enumerate(lineage.keys, start=1)
            )

        properties: dict[str, Value] = {
            "papertrail": VERSION,
            "lineage": clean_line(lineage.progress.name),
            "papers": [wikilink(key) for key in lineage.keys],
        }
        return Ours(properties, _joined(blocks()))

    def paper(self, paper: Paper, place: int) -> Ours:
        """Return what is in a paper's file; `place` is where it stands in reading order."""
        summary = paper.summary

        def blocks() -> Iterator[str]:
            yield f"# {inert(summary.title)}"
            yield from around_note(self._pages, paper)
            if summary.key in self._texts:
                yield f"{NOTE}\n{defused(clean(untitled(self._texts[summary.key]))).strip()}"

        return Ours(self._properties(paper, place), _joined(blocks()))

    def _properties(self, paper: Paper, place: int) -> dict[str, Value]:
        summary, days = paper.summary, paper.days
        name = self._called.papers.get(summary.key, "")
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
                for label, said in self._sources.numbers.get(summary.key, ())
            ],
            "added": days.added,
            "started": days.started,
            "read": days.read,
            "counted_on": days.counted,
        }
        return {key: value for key, value in told.items() if value is not None and value != []}


def _joined(blocks: Iterator[str]) -> str:
    return "\n\n".join(block.strip("\n") for block in blocks if block.strip())

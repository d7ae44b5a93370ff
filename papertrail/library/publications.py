"""The whole trail, or what a query finds of it, as one document to be read by others."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from papertrail.domain.lineages.lineage import LineageProgress
from papertrail.library.exports import Exports
from papertrail.library.goals import Goals
from papertrail.library.lineages import Lineages
from papertrail.library.maps import Maps
from papertrail.library.notes import Notes
from papertrail.library.open_trail import OpenTrail, ignore
from papertrail.library.out_files import file_named
from papertrail.library.papers import Papers
from papertrail.library.reports import Reports
from papertrail.library.summaries import Summaries
from papertrail.library.uncollected import uncollected

if TYPE_CHECKING:
    from papertrail.domain.whole_paper import Paper
    from papertrail.export.told_trail import ToldLineage, ToldTrail

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be published.

    Attributes:
        keys: of the papers; None for all.
        asked: the query that chose them.
        comments: whether the comments in the notes are told.
        follow_links: whether notes are told that are links out of the trail.
    """

    keys: Collection[str] | None = None
    asked: str = ""
    comments: bool = False
    follow_links: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """A document, and the notes that are not as they should be in it, by the keys of their papers."""

    text: str
    unreadable: tuple[str, ...]
    in_conflict: tuple[str, ...]
    leading_out: tuple[str, ...]


_NOTHING_TO_SAY = Published("", (), (), ())


class Publications:
    """The use cases that make one document of everything."""

    def __init__(
        self,
        trail: OpenTrail,
        papers: Papers,
        lineages: Lineages,
        goal: Goals,
        notes: Notes,
        maps: Maps,
        summaries: Summaries,
        reports: Reports,
        exports: Exports,
    ) -> None:
        self._trail = trail
        self._papers = papers
        self._lineages = lineages
        self._goal = goal
        self._notes = notes
        self._maps = maps
        self._summaries = summaries
        self._reports = reports
        self._exports = exports

    def page(self, chosen: Chosen | None = None, on_progress: Progress = ignore) -> Published:
        """Return everything as one page of HTML that needs nothing else.

        Args:
            chosen: what is told of.
            on_progress: told how many lineages of how many are done.
        """
        from papertrail.export.trail_page import anchors, page_stories, trail_page

        with uncollected():
            told, published = self.told(chosen or Chosen())
            stories, places = page_stories(told), anchors(told)
            maps, ideas = [], self._maps.ideas(list(told.sources.notes))
            for number, (lineage, story) in enumerate(zip(told.lineages, stories, strict=True), 1):
                maps.append(self._map(lineage, story.names(), places, ideas))
                on_progress(number, len(stories))
            chart = self._reports.picture() if told.goal is not None else ""
            return replace(published, text=trail_page(told, stories, maps, chart))

    def book(self, chosen: Chosen | None = None) -> Published:
        """Return everything as one document of Markdown."""
        from papertrail.export.book import book

        with uncollected():
            told, published = self.told(chosen or Chosen())
            return replace(published, text=book(told))

    def save(
        self,
        to: Path | None,
        chosen: Chosen | None = None,
        *,
        page: bool,
        on_progress: Progress = ignore,
    ) -> tuple[Path, Published]:
        """Write everything to a file; return its path and what is to be said of the notes in it.

        Args:
            to: a file with an ending, else the folder; the trail's `export/` unless given.
            chosen: what is told of.
            page: as a page of HTML; else as a book.
            on_progress: as in `page`.

        Raises:
            BadInput: there is a file of that name which is not ours, or was changed since; it stays.
            StorageError: it cannot be written.
        """
        chosen = chosen or Chosen()
        path = file_named(to or self._trail.home.export, "papertrail.html" if page else "book.md")
        made_from = self._exports.made_from(chosen, page)
        if self._trail.outgoing.is_made(path, made_from):
            published = _NOTHING_TO_SAY
        else:
            published = self.page(chosen, on_progress) if page else self.book(chosen)
            is_whole = replace(published, text="") == _NOTHING_TO_SAY
            self._trail.outgoing.write(path, published.text, made_from if is_whole else "")
        self._exports.remember(path)
        return path, published

    def told(self, chosen: Chosen) -> "tuple[ToldTrail, Published]":
        """Return what is told of, and what is to be said about its notes."""
        from papertrail.export.told_trail import ToldTrail

        every = self._papers.all()
        by_key = {paper.summary.key: paper for paper in every}
        texts, unreadable = self._notes.texts()
        outside = set[str]() if chosen.follow_links else self._notes.leading_out()
        leading_out = [key for key in texts if key in outside]
        for key in leading_out:
            del texts[key]
        sources = self._exports.told_from(by_key, texts, [*unreadable, *leading_out], chosen.comments)
        keys = None if chosen.keys is None else set(chosen.keys)
        papers = [paper for paper in every if keys is None or paper.summary.key in keys]
        there = {paper.summary.key for paper in papers}
        conflicts = [
            one.summary.key for one in papers if one.summary.in_conflict and one.summary.key in texts
        ]
        told = ToldTrail(
            papers,
            self._told_lineages(by_key, there, is_all=keys is None),
            replace(
                sources, notes={key: sources.notes[key] for key in sources.notes if key in there}, pages=""
            ),
            self._goal.progress() if keys is None else None,
            chosen.asked,
        )
        return told, Published(
            "",
            tuple(key for key in unreadable if key in there),
            tuple(conflicts),
            tuple(key for key in leading_out if key in there),
        )

    def _told_lineages(
        self, papers: "dict[str, Paper]", there: Collection[str], *, is_all: bool
    ) -> "Sequence[ToldLineage]":
        from papertrail.export.story import Sources
        from papertrail.export.told_trail import ToldLineage

        members, summaries = self._lineages.members(), self._summaries.contents()
        nothing = Sources({}, {}, {}).summary
        found = []
        for line in self._lineages.all():
            keys = [key for key in members[line.name] if key in there]
            if keys or is_all:
                some = [papers[key].summary for key in keys]
                standing = line if is_all else LineageProgress.of(line.name, some)
                found.append(ToldLineage(standing, keys, summaries.get(line.name, nothing)))
        return found

    def _map(
        self,
        lineage: "ToldLineage",
        names: dict[str, str],
        places: dict[str, str],
        ideas: dict[str, str],
    ) -> str:
        """Return a lineage's map for the page; empty without papers."""
        if not lineage.keys:
            return ""
        view = self._maps.view(lineage.progress.name)
        own = set(lineage.keys)
        left_out = {paper.key for paper in view.papers if paper.lineage is None} - own
        shown = [one._replace(name=names.get(one.key, "")) for one in view.papers if one.key not in left_out]
        known = {one.key for one in shown}
        links = {
            child: tuple(parent for parent in parents if parent in known)
            for child, parents in view.links.items()
            if child in known
        }
        view = replace(view, papers=tuple(shown), links=links)
        return self._maps.picture(view, bare=True, pages=places, ideas=ideas)

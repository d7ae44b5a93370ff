"""The trail given away as Markdown: all of it as files, or one lineage as a story."""

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from papertrail.domain.errors import Busy, LeadsOut, StorageError
from papertrail.domain.lineages.lineage import LineageProgress
from papertrail.domain.operations import Verb
from papertrail.library.comparisons import Comparisons
from papertrail.library.goals import Goals
from papertrail.library.lineages import Lineages
from papertrail.library.notes import Notes
from papertrail.library.open_trail import OpenTrail
from papertrail.library.out_files import file_named, refuse_own
from papertrail.library.papers import Papers
from papertrail.library.uncollected import uncollected
from papertrail.library.views import Views
from papertrail.store.queries import operations
from papertrail.store.queries.notes import gone

if TYPE_CHECKING:
    from papertrail.domain.exported import ExportReport
    from papertrail.domain.story import StoryForm
    from papertrail.domain.tellings import StoryStep
    from papertrail.domain.views import SavedView
    from papertrail.domain.whole_paper import Paper
    from papertrail.export.story import Sources
    from papertrail.library.maps import Maps
    from papertrail.library.out_files import Outgoing
    from papertrail.library.summaries import Summaries


class Exports:
    """The use cases that write Markdown for other programs."""

    def __init__(
        self,
        trail: OpenTrail,
        papers: Papers,
        lineages: Lineages,
        goal: Goals,
        notes: Notes,
        comparisons: Comparisons,
        views: Views,
        maps: "Maps",
        summaries: "Summaries",
    ) -> None:
        self._trail = trail
        self._papers = papers
        self._lineages = lineages
        self._goal = goal
        self._notes = notes
        self._comparisons = comparisons
        self._views = views
        self._maps = maps
        self._summaries = summaries

    def write(
        self,
        to: Path | None = None,
        *,
        comments: bool = False,
        front_matter: bool = False,
        follow_links: bool = False,
        keys: Collection[str] | None = None,
        asked: str = "",
    ) -> "ExportReport":
        """Write the notes, the lineages as stories and an index as Markdown.

        A note that cannot be read, or is a link out of the trail, is left out; its page of an earlier
        export stays.

        Args:
            to: the folder; the trail's `export/` unless given.
            comments: whether the comments in the notes are written, too.
            front_matter: whether the pages of papers begin with key, status, rating and tags as YAML.
            follow_links: whether links are followed that lead out of the trail: the notes, and `export/`.
            keys: of the papers that are wanted, and with them the lineages they are in; None for all.
            asked: the query that chose them.

        Raises:
            BadInput: the folder is one of the trail's own.
            StorageError: the folder cannot be written.
        """
        from papertrail.export.writer import is_written

        folder = to or self._trail.home.export
        refuse_own(self._trail.home, folder)
        if to is None and not follow_links:
            self._refuse_way_out(folder)
        outside = set[str]() if follow_links else self._notes.leading_out()
        made_from = self.made_from(comments, front_matter, follow_links, keys and sorted(keys), asked)
        report = is_written(folder, made_from)
        if report is None:
            with uncollected():  # all that is read is gone before garbage is looked for again
                report = self._written(folder, made_from, outside, keys, asked, comments, front_matter)
        self.outgoing.files += report.files
        self.remember(folder)
        return report

    def _written(
        self,
        folder: Path,
        made_from: str,
        outside: Collection[str],
        keys: Collection[str] | None,
        asked: str,
        comments: bool,
        front_matter: bool,
    ) -> "ExportReport":
        from papertrail.export.markdown import page, render
        from papertrail.export.writer import write_export

        texts, unreadable = self._notes.texts(keys)
        left_out = [key for key in texts if key in outside]
        for key in left_out:
            del texts[key]
        missing = gone(self._trail.database.read())  # what they said last stays written
        papers = self._papers.all(with_days=False)
        by_key = {paper.summary.key: paper for paper in papers}
        if keys is not None:
            papers = [by_key[key] for key in by_key if key in keys]
        files = render(
            papers,
            list(self._told_lineages(by_key, keys)),
            self._goal.progress(),
            self.told_from(by_key, texts, [*unreadable, *left_out], comments),
            self._summaries.contents(),
            front_matter,
            asked,
        )
        in_conflict = tuple(
            paper.summary.key for paper in papers if paper.summary.in_conflict and paper.summary.key in texts
        )
        written = write_export(
            folder,
            files,
            keep={page(key) for key in (*unreadable, *left_out, *missing)},
            made_from="" if unreadable or in_conflict or left_out else made_from,
            only_look=self.outgoing.is_rehearsal,
        )
        return written._replace(
            unreadable=tuple(unreadable), in_conflict=in_conflict, leading_out=tuple(left_out)
        )

    def _told_lineages(
        self, papers: "Mapping[str, Paper]", keys: Collection[str] | None
    ) -> Iterator[tuple[LineageProgress, list[str]]]:
        """Yield each lineage with the keys of its papers; of some papers those they are in."""
        members = self._lineages.members()
        for line in self._lineages.all():
            if keys is None:
                yield line, members[line.name]
            elif own := [key for key in members[line.name] if key in keys]:
                yield LineageProgress.of(line.name, [papers[key].summary for key in own]), own

    def _refuse_way_out(self, folder: Path) -> None:
        from papertrail.disk.links import refuse_way_out

        try:
            refuse_way_out(folder, self._trail.home.root)
        except LeadsOut as error:
            raise StorageError(error.cause, "name the place with --to, or give --follow-links") from error

    @property
    def outgoing(self) -> "Outgoing":
        """What became of the files that were given away; set it to rehearse, and none is written."""
        return self._trail.outgoing

    def made_from(self, *wanted: object) -> str:
        """Return what stands for all that an export follows from: it is another text when that is.

        Notes that anybody changed are known by their stamps, which are those of the index.

        Args:
            wanted: what is to be written, and how; by its `repr`.

        Returns:
            The text; empty where that cannot be told.
        """
        from hashlib import sha256

        from papertrail import __version__

        try:
            notes = sorted(self._trail.notebook.scan().items())
            summaries = sorted(self._trail.summaries.scan().items())
        except StorageError:
            return ""
        folder = os.fspath(self._trail.notebook.notes)
        if not all(os.access(f"{folder}/{key}.md", os.R_OK) for key, _ in notes):
            return ""
        state = operations.newest_change(self._trail.database.read())
        templates = self._trail.notebook.template_stamp(), self._trail.summaries.template_stamp()
        told = (__version__, state, templates, str(self._trail.today()), wanted, notes, summaries)
        return sha256(repr(told).encode()).hexdigest()

    def story(self, of: "str | SavedView", form: "StoryForm | None" = None, *, page: bool = False) -> str:
        """Return a lineage or a view told in the notes' own words, as one document.

        Args:
            of: the name of the lineage, or the view.
            form: how it is told.
            page: as a page of HTML that needs nothing else, the map in it as a picture; else as Markdown.

        Raises:
            NotFound: no lineage has exactly this name.
        """
        from papertrail.domain.story import StoryForm
        from papertrail.export.story import story

        form = form or StoryForm()
        progress, keys = self._told_of(of)
        sources = self._sources(keys, form.comments, form.follow_links, of)
        if not page:
            return story(progress, keys, sources, form)
        from papertrail.export.story_page import story_page

        return story_page(progress, keys, sources, form, self._picture(of, keys, sources, form))

    def _told_of(self, of: "str | SavedView") -> "tuple[LineageProgress, list[str]]":
        if isinstance(of, str):
            return self._lineages.get(of), self._lineages.members().get(of, [])
        return self._views.as_lineage(of)

    def _picture(
        self, of: "str | SavedView", keys: "list[str]", sources: "Sources", form: "StoryForm"
    ) -> str:
        """Return the map of what a story tells as a picture; empty without papers."""
        from papertrail.domain.lineages.view import LineageView
        from papertrail.export.story import graph, names

        if not keys:
            return ""
        if isinstance(of, str):
            view = self._maps.view(of)
        else:
            papers, links = graph(keys, sources)
            parents: dict[str, tuple[str, ...]] = {}
            for child, parent in links:
                parents[child] = (*parents.get(child, ()), parent)
            ordered = sorted(papers, key=lambda paper: paper.lineage is not None)
            progress, _ = self._views.as_lineage(of)
            view = LineageView(None, progress, tuple(ordered), parents, sources.changes, 0.0)
        called = names(self._told_of(of)[0], keys, sources)
        shown = [one._replace(name=called.get(one.key, "")) for one in view.papers]
        if form.short:  # the sentences beside it tell what changed, the table what is meant
            kept = view.joining_alone
            shown = [one._replace(title="") for one in shown if one.lineage is None or one.key in kept]
            view = replace(view, changes={})
        view = replace(view, papers=tuple(shown))
        return self._maps.picture(view if form.progress else view.without_standing, bare=form.short)

    def steps(self, name: str) -> "dict[str, StoryStep]":
        """Return the story of a lineage paper by paper, each beside what the reader's note says.

        Raises:
            NotFound: no lineage has exactly this name.
        """
        from papertrail.domain.tellings import StoryStep
        from papertrail.export.story import steps

        progress, keys = self._lineages.get(name), self._lineages.members().get(name, [])
        sources = self._sources(keys, comments=False, follow_links=True, of=name)  # shown, not given away
        own = {
            key: "\n\n".join((note.unsorted, *(text for _, text in note.sections)))
            for key, note in sources.notes.items()
        }
        return {
            key: StoryStep(told, own.get(key, "")) for key, told in steps(progress, keys, sources).items()
        }

    def save_story(
        self, of: "str | SavedView", to: Path, form: "StoryForm | None" = None, *, page: bool = False
    ) -> Path:
        """Write the story of a lineage or a view to a file and return its path.

        Args:
            of: as in `story`.
            to: a file with an ending, else the folder in which it is named after the lineage or the view.
            form: as in `story`.
            page: as in `story`.

        Raises:
            NotFound: no lineage has exactly this name.
            BadInput: there is a file of that name which is not ours, or was changed since; it stays.
            StorageError: it cannot be written.
        """
        path = file_named(to, f"{self._file_name(of)}{'.html' if page else '.md'}")
        made_from = self.made_from("story", of, form, page)
        if not self.outgoing.is_made(path, made_from):
            self.outgoing.write(path, self.story(of, form, page=page), made_from)
        self.remember(path)
        return path

    def _file_name(self, of: "str | SavedView") -> str:
        """Return the name of a story's file, without ending; no view's is that of a lineage."""
        from papertrail.export.inert import file_names

        lineages = list(self._lineages.members())
        if isinstance(of, str):
            return file_names(lineages)[of]
        views = [f"view {view.name}" for view in self._views.all()]
        return file_names([*lineages, *views])[f"view {of.name}"]

    def remember(self, written: Path) -> None:
        """Keep in mind that something was given away, which no undo takes back; it is, in any case."""
        if self.outgoing.is_rehearsal:
            return
        with suppress(Busy, StorageError), self._trail.operation(Verb.EXPORT) as (connection, operation):
            to = {"to": str(written.absolute())}
            self._trail.journal(connection, operation, "export", None, None, to)

    def _sources(
        self, keys: list[str], comments: bool, follow_links: bool, of: "str | SavedView"
    ) -> "Sources":
        """Return what is told of these papers, and the ones they build on."""
        papers = {key: self._papers.get(key) for key in keys}
        for key in keys:
            for parent in papers[key].builds_on:
                if parent.key not in papers:
                    papers[parent.key] = self._papers.get(parent.key)
        texts, unreadable = self._notes.texts(keys)
        if not follow_links:
            for key in self._notes.leading_out() & texts.keys():
                del texts[key]
                unreadable.append(key)
        sources = self.told_from(papers, texts, unreadable, comments)
        return replace(sources, summary=self._summaries.content(of)) if isinstance(of, str) else sources

    def told_from(
        self,
        papers: "Mapping[str, Paper]",
        texts: Mapping[str, str],
        unreadable: list[str],
        comments: bool,
        among: Collection[str] | None = None,
    ) -> "Sources":
        """Return what stories of these papers are told from, but for what is said about their lineage.

        Args:
            papers: by key.
            texts: of their notes, by key.
            unreadable: keys of those whose notes cannot be read.
            comments: whether the comments in the notes are told, too.
            among: keys of all papers that are told of; those of `papers` unless given.
        """
        from papertrail.domain.story import words_for
        from papertrail.export.story import Sources
        from papertrail.notebook.front_matter import numbers_in
        from papertrail.notebook.outline import outline
        from papertrail.notebook.sections import note_told

        template = self._trail.notebook.template()
        texts = self._settled(papers if among is None else among, texts)
        outlines = {key: outline(text) for key, text in texts.items()}
        return Sources(
            papers,
            {
                key: note_told(text, template, comments=comments, whole=outlines[key])
                for key, text in texts.items()
            },
            self._comparisons.changes_told(texts, outlines),
            unreadable,
            numbers={key: numbers for key, text in texts.items() if (numbers := numbers_in(text))},
            roles=template.roles,
            words=words_for("".join(section.name for section in template.sections)),
        )

    def _settled(self, papers: Collection[str], texts: Mapping[str, str]) -> dict[str, str]:
        """Return notes whose `[[key]]` name papers by their keys of now; of others the words alone stay."""
        from papertrail.domain.wiki_links import with_wiki_links
        from papertrail.store.queries import papers as queries

        if not any("[[" in text for text in texts.values()):
            return dict(texts)
        connection = self._trail.database.read()
        called, known = queries.linked_of_all(connection), queries.titles(connection)

        def linked(target: str, words: str) -> str | None:
            key = target if target in known else called.get(target)
            return None if key is None else f"[[{key}|{words}]]" if key in papers else words

        return {key: with_wiki_links(text, linked) for key, text in texts.items()}

"""Lineages as maps: what is drawn, the same for the screen, the terminal, a picture and other programs."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from papertrail.domain.lineages.lineage import LineageProgress
from papertrail.domain.paper import PaperSummary
from papertrail.domain.query.tree import Query, Text
from papertrail.library.comparisons import Comparisons
from papertrail.library.lineages import Lineages
from papertrail.library.open_trail import OpenTrail
from papertrail.library.out_files import write_out
from papertrail.library.papers import Papers
from papertrail.library.search import Search
from papertrail.store.queries import lineages, notes, papers

if TYPE_CHECKING:
    from papertrail.domain.lineages.mapped import MapPaper
    from papertrail.domain.lineages.overview import Overview
    from papertrail.domain.lineages.view import LineageView


class Maps:
    """The use cases of the map."""

    def __init__(
        self, trail: OpenTrail, papers: Papers, search: Search, lineages: Lineages, comparisons: Comparisons
    ) -> None:
        self._trail = trail
        self._papers = papers
        self._search = search
        self._lineages = lineages
        self._comparisons = comparisons

    def view(self, name: str | None, *, beyond: bool = False) -> "LineageView":
        """Return a lineage with what it builds on elsewhere.

        Args:
            name: its exact name; None for all papers of the trail.
            beyond: whether papers of other lineages that build on this one are wanted, too.

        Raises:
            NotFound: no lineage has this name.
        """
        from papertrail.domain.lineages.mapped import MapPaper
        from papertrail.domain.lineages.view import LineageView

        progress = None if name is None else self._lineages.get(name)
        own = self._search.find(Query() if name is None else Query(Text("lineage", name, whole=True)))
        connection = self._trail.database.read()
        if name is None:
            parents = lineages.links(connection)
        else:
            parents = lineages.links_at(connection, [paper.id for paper in own])
        beside = self._beside([paper.key for paper in own], parents, beyond)
        shown = [*own, *beside]
        known = {paper.key for paper in shown}
        inside = {paper.key for paper in own}
        return LineageView(
            name=name,
            progress=progress or _all_papers(own),
            papers=(*map(MapPaper.of, own), *(MapPaper.of(paper, elsewhere=True) for paper in beside)),
            links={
                paper.key: tuple(
                    parent
                    for parent in parents.get(paper.key, ())
                    if parent in known and (paper.key in inside or parent in inside)
                )
                for paper in shown
            },
            changes=self._comparisons.changes([paper.key for paper in shown]),
            filled=self._filled(own),
        )

    def around(self, key: str, steps: int) -> "LineageView":
        """Return a paper with what it builds on and what builds on it, so many steps up and down.

        Papers that share no lineage with it are shown with the lineage they are at home in.

        Raises:
            NotFound: there is no such paper.
        """
        from papertrail.domain.lineages.mapped import MapPaper
        from papertrail.domain.lineages.view import LineageView, around

        connection = self._trail.database.read()
        self._trail.paper_id(connection, key)
        parents = lineages.links(connection)
        near = around(key, parents, steps)
        shown = self._papers.summaries(papers.ids_of_keys(connection, near))
        homes = next(set(paper.lineages) for paper in shown if paper.key == key)
        own = [paper for paper in shown if paper.key == key or not homes.isdisjoint(paper.lineages)]
        if not homes:
            own = shown
        inside = {paper.key for paper in own}
        beside = [paper for paper in shown if paper.key not in inside]
        return LineageView(
            name=key,
            progress=_all_papers(own)._replace(name=f"Around {key}"),
            papers=(*map(MapPaper.of, own), *(MapPaper.of(paper, elsewhere=True) for paper in beside)),
            links={one: tuple(parent for parent in parents.get(one, ()) if parent in near) for one in near},
            changes=self._comparisons.changes([paper.key for paper in shown]),
            filled=self._filled(own),
        )

    def overview(self) -> "Overview":
        """Return all lineages beside each other in time, and the links between them counted."""
        from papertrail.domain.lineages.overview import Block, overview_of
        from papertrail.store.queries import progress

        connection = self._trail.database.read()
        years = lineages.all_years(connection)
        read, counted = progress.read_and_counted(connection)
        whole = LineageProgress("All papers", sum(years.values()), read, counted)
        known = {year: papers for year, papers in years.items() if year is not None}
        return overview_of(
            self._lineages.all(),
            lineages.years(connection),
            lineages.links_between(connection),
            Block(whole, known),
        )

    def _beside(
        self, own: Sequence[str], parents: Mapping[str, Sequence[str]], beyond: bool
    ) -> list[PaperSummary]:
        """Return the papers beside a lineage, in reading order."""
        inside = set(own)
        wanted = {parent for key in own for parent in parents.get(key, ())}
        if beyond:
            wanted.update(child for child, some in parents.items() if not inside.isdisjoint(some))
        wanted -= inside
        if not wanted:
            return []
        return self._papers.summaries(papers.ids_of_keys(self._trail.database.read(), wanted))

    def graph(self, name: str | None, form: Literal["mermaid", "dot"], *, beyond: bool = False) -> str:
        """Return the map of a lineage for another program.

        Args:
            name: of the lineage; None for all papers of the trail.
            form: the language of the map.
            beyond: whether papers of other lineages that build on this one are wanted, too.

        Raises:
            NotFound: no lineage has exactly this name.
        """
        from papertrail.export.lineage_graph import dot, mermaid

        view = self._named(self.view(name, beyond=beyond))
        if form == "mermaid":
            return mermaid(view.papers, view.told_links, linked=True)
        return dot(name or "papertrail", view.papers, view.told_links)

    def write(self, name: str | None, path: Path, *, beyond: bool = False, by_year: bool = False) -> None:
        """Draw the map of a lineage, or of all papers, into an SVG file.

        Args:
            name: of the lineage; None for all papers of the trail.
            path: of the file.
            beyond: whether papers of other lineages that build on this one are wanted, too.
            by_year: whether the papers stand along a scale of years.

        Raises:
            NotFound: no lineage has this name.
            BadInput: there is a file of that name which is not ours; it stays.
            StorageError: the file cannot be written.
        """
        view = self._named(self.view(name, beyond=beyond))
        write_out(self._trail.home, path, self.picture(view, by_year=by_year))

    def _named(self, view: "LineageView") -> "LineageView":
        """Return a map whose papers go by their names, as in a story; those that share one by their keys."""
        from collections import Counter, defaultdict
        from dataclasses import replace

        from papertrail.export.names import ordinary_name
        from papertrail.store.queries import search

        connection = self._trail.database.read()
        ids = papers.ids_of_keys(connection, [paper.key for paper in view.papers])
        notes = {text.key: text.note for text in search.texts(connection, ids).values()}
        near: dict[str, list[str]] = defaultdict(list)  # what builds on a paper, then what it builds on
        for child, parents in view.links.items():
            for parent in parents:
                near[parent].insert(0, child)
                near[child].append(parent)
        homes: dict[str, list[str]] = defaultdict(list)
        for name, keys in self._lineages.members().items():
            for key in keys:
                homes[key].append(name)
        titles = {paper.key: paper.title for paper in view.papers}

        def texts(paper: "MapPaper") -> Iterator[str]:
            yield from (view.progress.name, *homes.get(paper.key, ()))
            for told in (notes, titles):
                yield from (told.get(key, "") for key in (paper.key, *near[paper.key]))

        names = {paper.key: ordinary_name(paper.key, paper.title, texts(paper)) for paper in view.papers}
        often = Counter(names.values())
        named = (
            paper._replace(name=names[paper.key] if often[names[paper.key]] == 1 else paper.key)
            for paper in view.papers
        )
        return replace(view, papers=tuple(named))

    def ideas(self, keys: Sequence[str]) -> dict[str, str]:
        """Return the key ideas of papers in their notes' words, each on one line."""
        return self._comparisons.ideas(keys)

    def picture(
        self,
        view: "LineageView",
        *,
        by_year: bool = False,
        bare: bool = False,
        pages: Mapping[str, str] | None = None,
        ideas: Mapping[str, str] | None = None,
    ) -> str:
        """Return a map as the text of an SVG file, `bare` without heading, margins and legend.

        Args:
            view: what is drawn.
            by_year: whether the papers stand along a scale of years.
            bare: whether heading, margins and legend are left out.
            pages: for a page that has the style of maps: where on it the papers stand, by their keys.
            ideas: the key ideas of papers, where they are known.
        """
        from papertrail.domain.lineages.picture import draw_picture
        from papertrail.export.map_svg import map_svg

        scene = draw_picture(
            view.papers,
            view.links,
            title=view.progress.name,
            subtitle=view.span,
            changes=view.changes,
            ideas=self.ideas([paper.key for paper in view.papers]) if ideas is None else ideas,
            by_year=by_year,
            bare=bare,
        )
        return map_svg(scene, pages)

    def _filled(self, own: Sequence[PaperSummary]) -> float:
        """Return the share of the needed sections of these papers' notes that are filled."""
        states = notes.sections_of(self._trail.database.read(), [paper.id for paper in own])
        needed = sum(section.required for section in self._trail.notebook.template().sections)
        if not needed or not own:
            return 0.0
        filled = sum(
            min(sum(s.required and s.filled for s in note) / needed, 1.0) for note in states.values()
        )
        return filled / len(own)


def _all_papers(papers: Sequence[PaperSummary]) -> LineageProgress:
    read = sum(paper.is_read for paper in papers)
    return LineageProgress(
        "All papers",
        len(papers),
        read,
        counted=sum(paper.counted for paper in papers),
        explained=sum(paper.explained for paper in papers),
        missing=sum(paper.note_missing for paper in papers),
    )

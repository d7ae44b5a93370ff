"""Lineages as they are drawn: papers, links, and what is known of each step."""

from pathlib import Path
from typing import TYPE_CHECKING

from papertrail.domain.lineage import LineageProgress
from papertrail.domain.paper import PaperQuery, PaperSummary
from papertrail.library.comparing import Comparing
from papertrail.store.queries import lineages, notes

if TYPE_CHECKING:
    from papertrail.domain.lineage_map.parts import MapPaper
    from papertrail.domain.lineage_view import LineageView


class Mapping(Comparing):
    """The use cases of the map."""

    def lineage_view(self, name: str | None) -> "LineageView":
        """Return a lineage with what it builds on elsewhere.

        Args:
            name: its exact name; None for all papers of the trail.

        Raises:
            NotFound: no lineage has this name.
        """
        from papertrail.domain.lineage_view import LineageView

        connection = self._database.read()
        own = self.papers(PaperQuery(lineage=name))
        parents = lineages.links(connection)
        inside = {paper.key for paper in own}
        elsewhere = {parent for key in inside for parent in parents.get(key, ())} - inside
        others = [p for p in self.papers(PaperQuery()) if p.key in elsewhere] if elsewhere else []
        shown = [*own, *others]
        known = {paper.key for paper in shown}
        links = {p.key: tuple(k for k in parents.get(p.key, ()) if k in known) for p in own}
        return LineageView(
            progress=self._progress_of(name, own),
            papers=(*(_drawn(paper, None) for paper in own), *(_drawn(p, _home(p)) for p in others)),
            links=links,
            changes=self.changes([paper.key for paper in own]),
            filled=self._filled(own),
        )

    def write_map(self, name: str | None, path: Path) -> None:
        """Draw the map of a lineage, or of all papers, into an SVG file.

        Raises:
            NotFound: no lineage has this name.
            BadInput: there is a file of that name which is no picture; it stays.
            StorageError: the file cannot be written.
        """
        from papertrail.domain.lineage_map import lay_out
        from papertrail.export.map_svg import map_svg
        from papertrail.export.writer import write_file

        view = self.lineage_view(name)
        layout = lay_out(view.papers, view.links, width=None, edge_texts=view.changes)
        write_file(path, map_svg(layout, view.progress.name), "<svg ")

    def _progress_of(self, name: str | None, own: list[PaperSummary]) -> LineageProgress:
        if name is None:
            read = sum(paper.counted or paper.owed for paper in own)
            return LineageProgress("All papers", len(own), read, sum(paper.counted for paper in own))
        return next(line for line in self.lineages() if line.name == name)

    def _filled(self, own: list[PaperSummary]) -> float:
        """Return the share of the needed sections of these papers' notes that are filled."""
        states = notes.sections_of(self._database.read(), [paper.id for paper in own])
        needed = sum(section.required for section in self._notebook.template().sections)
        if not needed or not own:
            return 0.0
        filled = sum(
            min(sum(s.required and s.filled for s in note) / needed, 1.0) for note in states.values()
        )
        return filled / len(own)


def _drawn(paper: PaperSummary, lineage: str | None) -> "MapPaper":
    from papertrail.domain.lineage_map.parts import MapPaper

    return MapPaper(paper.key, paper.year, paper.status, paper.counted, paper.owed, lineage)


def _home(paper: PaperSummary) -> str:
    return next(iter(paper.lineages), "")

"""The trail given away as Markdown: all of it as files, or one lineage as a story."""

from pathlib import Path
from typing import TYPE_CHECKING

from papertrail.domain.errors import StorageError
from papertrail.domain.paper import PaperQuery
from papertrail.library.comparisons import Comparisons
from papertrail.library.goals import Goals
from papertrail.library.lineages import Lineages
from papertrail.library.notes import Notes
from papertrail.library.open_trail import OpenTrail
from papertrail.library.out_files import refuse_own, write_out
from papertrail.library.papers import Papers

if TYPE_CHECKING:
    from papertrail.domain.note import NoteContent
    from papertrail.domain.reports import ExportReport
    from papertrail.export.story import Sources


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
    ) -> None:
        self._trail = trail
        self._papers = papers
        self._lineages = lineages
        self._goal = goal
        self._notes = notes
        self._comparisons = comparisons

    def write(self, to: Path | None = None) -> "ExportReport":
        """Write the notes, the lineages as stories and an index as Markdown.

        Args:
            to: the folder; the trail's `export/` unless given.

        Raises:
            BadInput: the folder is one of the trail's own.
            StorageError: the folder cannot be written.
        """
        from papertrail.export.markdown import render
        from papertrail.export.writer import write_export

        folder = to or self._trail.home.export
        refuse_own(self._trail.home, folder)
        members = self._lineages.members()
        texts = self._notes.texts()
        files = render(
            [self._papers.get(paper.key) for paper in self._papers.find(PaperQuery())],
            [(line, members[line.name]) for line in self._lineages.all()],
            self._goal.progress(),
            {key: self._told(text) for key, text in texts.items()},
            self._comparisons.changes(list(texts)),
        )
        return write_export(folder, files)

    def story(self, name: str) -> str:
        """Return a lineage told in the notes' own words, as one Markdown document.

        Raises:
            NotFound: no lineage has exactly this name.
        """
        from papertrail.export.story import story

        progress, keys = self._lineages.get(name), self._lineages.members().get(name, [])
        return story(progress, keys, self._sources(keys))

    def save_story(self, name: str, to: Path) -> Path:
        """Write the story of a lineage to a file and return its path.

        Args:
            name: of the lineage.
            to: a file that ends in `.md`, `.markdown` or `.txt`, else the folder in which the file is named
                after the lineage.

        Raises:
            NotFound: no lineage has exactly this name.
            BadInput: there is a file of that name which is not ours, or was changed since; it stays.
            StorageError: it cannot be written.
        """
        from papertrail.export.inert import file_names

        text = self.story(name)
        path = (
            to
            if to.suffix.lower() in (".md", ".markdown", ".txt")
            else to / f"{file_names(self._lineages.members())[name]}.md"
        )
        write_out(self._trail.home, path, text)
        return path

    def _sources(self, keys: list[str]) -> "Sources":
        """Return what is told of these papers, and the ones they build on."""
        from papertrail.export.story import Sources

        papers = {key: self._papers.get(key) for key in keys}
        for key in keys:
            for parent in papers[key].builds_on:
                if parent.key not in papers:
                    papers[parent.key] = self._papers.get(parent.key)
        notes, unreadable = {}, set()
        for key in keys:
            try:
                file = self._trail.notebook.read(key)
            except StorageError:  # told when the trail was opened
                unreadable.add(key)
                continue
            if file is not None:
                notes[key] = self._told(file.text)
        return Sources(papers, notes, self._comparisons.changes(keys), unreadable=unreadable)

    def _told(self, text: str) -> "NoteContent":
        """Return what a note says, its sections in the template's order, then those of the reader's own."""
        from papertrail.domain.note import NoteContent
        from papertrail.notebook.sections import note_answers, note_content

        template = self._trail.notebook.template()
        answers = note_answers(text, template)
        content = note_content(text, template)
        told = tuple((name, answer.text) for name, answer in answers.items())
        return NoteContent(content.body, told, content.unsorted)

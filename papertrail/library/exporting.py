"""The trail given away as Markdown: all of it as files, or one lineage as a story."""

from pathlib import Path
from typing import TYPE_CHECKING

from papertrail.domain.errors import StorageError
from papertrail.domain.paper import PaperQuery
from papertrail.library.mapping import Mapping
from papertrail.library.notes import Notes

if TYPE_CHECKING:
    from papertrail.domain.note import NoteContent
    from papertrail.domain.reports import ExportReport
    from papertrail.export.story import Sources


class Exporting(Mapping, Notes):
    """The use cases that write Markdown for other programs."""

    def export(self, to: Path | None = None) -> "ExportReport":
        """Write the notes, the lineages as stories and an index as Markdown.

        Args:
            to: the folder; the trail's `export/` unless given.

        Raises:
            BadInput: the folder is one of the trail's own.
            StorageError: the folder cannot be written.
        """
        from papertrail.export.markdown import render
        from papertrail.export.writer import write_export

        folder = to or self.home.export
        self._refuse_own(folder)
        members = self.lineage_members()
        texts = self.note_texts()
        files = render(
            [self.paper(paper.key) for paper in self.papers(PaperQuery())],
            [(line, members[line.name]) for line in self.lineages()],
            self.progress(),
            {key: self._told(text) for key, text in texts.items()},
            self.changes(list(texts)),
        )
        return write_export(folder, files)

    def story(self, name: str) -> str:
        """Return a lineage told in the notes' own words, as one Markdown document.

        Raises:
            NotFound: no lineage has exactly this name.
        """
        from papertrail.export.story import story

        progress, keys = self._lineage(name), self.lineage_members().get(name, [])
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
            else to / f"{file_names(self.lineage_members())[name]}.md"
        )
        self._write_out(path, text)
        return path

    def _sources(self, keys: list[str]) -> "Sources":
        """Return what is told of these papers, and the ones they build on."""
        from papertrail.export.story import Sources

        papers = {key: self.paper(key) for key in keys}
        for key in keys:
            for parent in papers[key].builds_on:
                if parent.key not in papers:
                    papers[parent.key] = self.paper(parent.key)
        notes, unreadable = {}, set()
        for key in keys:
            try:
                file = self._notebook.read(key)
            except StorageError:  # told when the trail was opened
                unreadable.add(key)
                continue
            if file is not None:
                notes[key] = self._told(file.text)
        return Sources(papers, notes, self.changes(keys), unreadable=unreadable)

    def _told(self, text: str) -> "NoteContent":
        """Return what a note says, its sections in the template's order, then those of the reader's own."""
        from papertrail.domain.note import NoteContent
        from papertrail.notebook.sections import note_answers, note_content

        template = self._notebook.template()
        answers = note_answers(text, template)
        content = note_content(text, template)
        told = tuple((name, answer.text) for name, answer in answers.items())
        return NoteContent(content.body, told, content.unsorted)

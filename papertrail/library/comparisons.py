"""Reading down one question: what the notes of several papers say under the same heading."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Literal

from papertrail.domain.errors import StorageError
from papertrail.library.lineages import Lineages
from papertrail.library.open_trail import OpenTrail
from papertrail.library.papers import Papers
from papertrail.store.queries import goals, lineages, papers

if TYPE_CHECKING:
    from papertrail.domain.lineages.compare import Answer, Comparison
    from papertrail.notebook.outline import Outline
    from papertrail.notebook.template import Template


class Comparisons:
    """The use cases that read several notes side by side; nothing is written."""

    def __init__(self, trail: OpenTrail, papers: Papers, lineages: Lineages) -> None:
        self._trail = trail
        self._papers = papers
        self._lineages = lineages

    def of_papers(self, keys: Sequence[str]) -> "Comparison":
        """Return what the notes of these papers say, heading by heading.

        Args:
            keys: of the papers, in the order wanted; one named twice comes once.

        Raises:
            NotFound: one of the keys is unknown.
        """
        from papertrail.domain.lineages.compare import Answer, Comparison, Question
        from papertrail.notebook.headings import fold_name

        connection = self._trail.database.read()
        papers = self._papers.summaries(
            [self._trail.paper_id(connection, key) for key in dict.fromkeys(keys)]
        )
        template = self._trail.notebook.template()
        required = {section.name for section in template.sections if section.required}
        names = {fold_name(section.name): section.name for section in template.sections}
        notes, unreadable = [], {}
        for paper in papers:
            try:
                answers = self._answers(paper.key, template)
            except StorageError as error:
                answers, unreadable[paper.key] = {}, str(error)
            notes.append({fold_name(name): answer for name, answer in answers.items()})
            for name in answers:
                names.setdefault(fold_name(name), name)
        questions = tuple(
            Question(
                name,
                name in required,
                tuple(
                    answers.get(folded, Answer(unreadable=paper.key in unreadable))
                    for paper, answers in zip(papers, notes, strict=True)
                ),
            )
            for folded, name in names.items()
        )
        return Comparison(tuple(papers), questions, unreadable)

    def _answers(self, key: str, template: "Template") -> "dict[str, Answer]":
        from papertrail.notebook.sections import note_answers

        file = self._trail.notebook.read(key)
        floor = goals.words_wanted(self._trail.database.read())
        return note_answers("" if file is None else file.text, template, floor=floor)

    def of_lineage(self, name: str) -> "Comparison":
        """Return what the notes of a lineage's papers say, in the lineage's order.

        Raises:
            NotFound: no lineage has exactly this name.
        """
        self._lineages.get(name)
        return self.of_papers(self._lineages.members()[name])

    def changes(self, keys: Sequence[str]) -> dict[tuple[str, str], str]:
        """Return what papers changed of those they build on, in their notes' words on one line.

        Args:
            keys: of the papers; one that is unknown, or whose note cannot be read, tells nothing.

        Returns:
            The text by (child, parent), for links that exist and notes that tell of them only.
        """
        from papertrail.notebook.sections import may_tell_changes

        texts: dict[str, str] = {}
        with suppress(StorageError):
            there = self._trail.notebook.names()  # to look for each of many notes that are not takes longer
            for key in dict.fromkeys(key for key in keys if key in there):
                with suppress(StorageError):
                    file = self._trail.notebook.read(key)
                    if file is not None and may_tell_changes(file.text):
                        texts[key] = file.text
        connection = self._trail.database.read()
        return self._told(texts, lineages.links_at(connection, papers.ids_of_keys(connection, texts)), {})

    def ideas(self, keys: Sequence[str]) -> dict[str, str]:
        """Return the key idea of papers in their notes' words, the first paragraph on one line.

        That is the section which the template calls so; where it has none, the first one needed. A paper
        without a note, or whose note cannot be read, is left out.
        """
        from papertrail.notebook.sections import key_idea

        template = self._trail.notebook.template()
        found = {}
        for key in dict.fromkeys(keys):
            with suppress(StorageError):
                file = self._trail.notebook.read(key)
                if file is not None and (idea := key_idea(file.text, template)):
                    found[key] = idea
        return found

    def changes_told(
        self, texts: Mapping[str, str], outlines: "Mapping[str, Outline] | None" = None
    ) -> dict[tuple[str, str], str]:
        """Return the same for notes that were read, and maybe outlined, by the keys of their papers."""
        from papertrail.notebook.sections import may_tell_changes

        telling = {key: text for key, text in texts.items() if may_tell_changes(text)}
        connection = self._trail.database.read()
        parents = lineages.links_at(connection, papers.ids_of_keys(connection, telling))
        return self._told(telling, parents, outlines or {})

    def _told(
        self,
        texts: Mapping[str, str],
        parents: Mapping[str, Sequence[str]],
        outlines: "Mapping[str, Outline]",
    ) -> dict[tuple[str, str], str]:
        from papertrail.notebook.sections import note_changes

        template = self._trail.notebook.template()
        found = {}
        for key, text in texts.items():
            if key in parents:
                told = note_changes(text, template, outlines.get(key))
                found.update({(key, parent): told[parent] for parent in parents[key] if parent in told})
        return found

    def as_text(self, comparison: "Comparison", form: Literal["markdown", "csv"]) -> str:
        """Return a comparison as the text of a file for other programs."""
        from papertrail.export import comparison as renderers

        return renderers.markdown(comparison) if form == "markdown" else renderers.csv(comparison)

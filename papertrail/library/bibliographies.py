"""Papers given to the programs that keep references."""

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from papertrail.domain.bibliography import BibliographyForm
from papertrail.library.exports import Exports
from papertrail.library.open_trail import OpenTrail
from papertrail.library.out_files import file_named
from papertrail.library.papers import Papers
from papertrail.store.queries import imports

if TYPE_CHECKING:
    from papertrail.domain.reference import Reference
    from papertrail.domain.whole_paper import Paper


class Bibliographies:
    """The use cases that write papers as other programs cite them."""

    def __init__(self, trail: OpenTrail, papers: Papers, exports: Exports) -> None:
        self._trail = trail
        self._papers = papers
        self._exports = exports

    def document(self, form: BibliographyForm, keys: Collection[str] | None = None) -> str:
        """Return papers in one of the forms, in reading order.

        Args:
            form: which.
            keys: only these papers.
        """
        from papertrail.export.bibliography.bibtex import bibtex
        from papertrail.export.bibliography.csl_json import csl_json
        from papertrail.export.bibliography.ris import ris
        from papertrail.export.bibliography.table import table

        told = self._told(None if keys is None else set(keys))
        references = [reference for _, reference in told]
        match form:
            case BibliographyForm.BIBTEX | BibliographyForm.BIBLATEX:
                return "\n".join(bibtex(references, biblatex=form is BibliographyForm.BIBLATEX))
            case BibliographyForm.RIS:
                return "".join(ris(references))
            case BibliographyForm.CSL_JSON:
                return csl_json(references)
            case BibliographyForm.CSV:
                return "".join(table(told))

    def save(self, to: Path, form: BibliographyForm, keys: Collection[str] | None = None) -> Path:
        """Write papers to a file and return its path.

        Args:
            to: a file with an ending, else the folder for `papers.bib` and the like.
            form: as in `document`.
            keys: as in `document`.

        Raises:
            BadInput: there is a file of that name which is not ours, or was changed since; it stays.
            StorageError: it cannot be written.
        """
        path = file_named(to, f"papers{form.ending}")
        made_from = self._exports.made_from(form, None if keys is None else list(keys))
        if not self._trail.outgoing.is_made(path, made_from):
            self._trail.outgoing.write(path, self.document(form, keys), made_from)
        self._exports.remember(path)
        return path

    def _told(self, keys: set[str] | None) -> "list[tuple[Paper, Reference]]":
        from papertrail.domain.reference import reference_of
        from papertrail.library.uncollected import uncollected

        with uncollected():
            cited = imports.all_cited_as(self._trail.database.read())
            every = self._papers.all()
            wanted = [paper for paper in every if keys is None or paper.summary.key in keys]
            return [(paper, reference_of(paper, cited.get(paper.summary.key))) for paper in wanted]

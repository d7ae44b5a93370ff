"""In which forms papers are given to programs that keep references."""

from enum import StrEnum


class BibliographyForm(StrEnum):
    """A format of references."""

    BIBTEX = "bibtex"
    BIBLATEX = "biblatex"
    RIS = "ris"
    CSL_JSON = "csl-json"
    CSV = "csv"

    @property
    def ending(self) -> str:
        """What its files' names end with."""
        return {"bibtex": ".bib", "biblatex": ".bib", "ris": ".ris", "csl-json": ".json", "csv": ".csv"}[self]

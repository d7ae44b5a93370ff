"""What a file of another program says of papers: an entry of a bibliography, a row, a note."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from papertrail.domain.paper import Status


@dataclass(frozen=True, slots=True)
class Record:
    """One paper as a file has it: text clean and in Unicode, formulas as TeX; what it does not say is empty.

    Attributes:
        line: where it begins, from 1.
        key: by which it is cited there, as it is written; may be no key of ours.
        title: of the paper.
        authors: names as one says them, first names first.
        year: of publication.
        venue: the journal, the proceedings or the publisher.
        doi: without an address before it.
        arxiv_id: canonical, without a version.
        abstract: of the paper.
        urls: addresses of its pages.
        tags: keywords, each once.
        note: Markdown that goes into the paper's note.
        note_file: the whole note of a paper that has none here, byte for byte; UTF-8, None for none.
        note_body: what the note of a paper that has none here says below its title.
        numbers: what was measured, `VOC 2007: 66.0 %`, for the front matter of such a note.
        lineages: names of those it belongs to, in the order in which the records come.
        builds_on: keys of the papers that it builds on.
        attached: paths of its PDFs, as the file has them: relative ones count from its folder.
        status: how far the reader was, None where nothing is said.
        read_on: the reader's date of that.
        rating: 1 to 5.
        kind: of the entry by BibLaTeX's name (`article`, `inproceedings`, `online`); empty for none.
        details: what else it says that papertrail has no place for, by BibLaTeX's names of fields
            (`pages`, `volume`, `publisher`, `editor`), as Unicode; kept and given back.
        file: where it stands in a folder that was read; empty for a file by itself.
    """

    line: int
    key: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    venue: str = ""
    doi: str | None = None
    arxiv_id: str | None = None
    abstract: str = ""
    urls: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    note: str = ""
    note_file: bytes | None = None
    note_body: str = ""
    numbers: tuple[str, ...] = ()
    lineages: tuple[str, ...] = ()
    builds_on: tuple[str, ...] = ()
    attached: tuple[str, ...] = ()
    status: Status | None = None
    read_on: date | None = None
    rating: int | None = None
    kind: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    file: str = ""

    @property
    def place(self) -> str:
        """Where it stands, in words: `line 12`, or a file."""
        return self.file or f"line {self.line}"


@dataclass(frozen=True, slots=True)
class RecordProblem:
    """An entry, or a part of one, that could not be read; everything else of the file is.

    Attributes:
        line: where it stands, from 1.
        cause: what is wrong, on one line.
        file: where it stands in a folder that was read; empty for a file by itself.
    """

    line: int
    cause: str
    file: str = ""

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return self.file or f"line {self.line}"

"""What a file of another program says of papers: an entry of a bibliography, a row, a note."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from papertrail.domain.paper import Status


@dataclass(frozen=True, slots=True)
class Record:
    """One paper as a file has it: text clean and in Unicode, formulas as TeX; what it does not say is empty.

    Attributes:
        line: where it begins, from 1; of a folder, of the file named in `file`.
        file: of a folder, the path below it, with `/`; empty for a single file.
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
        whole_note: the text of a file that is a note of its own, front matter and all; empty for none.
        attached: paths of its PDFs, as the file has them, or absolute where it says from where they count.
        status: how far the reader was, None where nothing is said.
        read_on: the reader's date of that.
        rating: 1 to 5.
        lineages: names, in the order of the file.
        builds_on: keys of that file.
        kind: of the entry by BibLaTeX's name (`article`, `inproceedings`, `online`); empty for none.
        details: what else it says that papertrail has no place for, by BibLaTeX's names of fields
            (`pages`, `volume`, `publisher`, `editor`), as Unicode; kept and given back.
    """

    line: int
    file: str = ""
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
    whole_note: str = ""
    attached: tuple[str, ...] = ()
    status: Status | None = None
    read_on: date | None = None
    rating: int | None = None
    lineages: tuple[str, ...] = ()
    builds_on: tuple[str, ...] = ()
    kind: str = ""
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Where it stands, in words: `line 12`, `a/b.md`."""
        return self.file or f"line {self.line}"


@dataclass(frozen=True, slots=True)
class RecordProblem:
    """An entry, or a part of one, that could not be read; everything else of the file is.

    Attributes:
        line: where it stands, from 1.
        cause: what is wrong, on one line.
        file: as in `Record`.
    """

    line: int
    cause: str
    file: str = ""

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return self.file or f"line {self.line}"


class RecordReader(Protocol):
    """Reads one format: yields what is good and names what is not, in the order of the file.

    A reader never raises for what stands in the file.
    """

    def __call__(self, data: bytes) -> Iterator[Record | RecordProblem]:
        """Read the bytes of a file."""

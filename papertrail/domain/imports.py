"""What became, or would become, of each entry of a file that is brought in."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from papertrail.domain.paper import Status
from papertrail.domain.records import RecordProblem


class Fate(StrEnum):
    """What becomes of one entry."""

    ADDED = "added"
    MERGED = "merged"
    KNOWN = "known"
    SKIPPED = "skipped"


class FormatName(StrEnum):
    """What a file can be read as."""

    BIBTEX = "bibtex"
    RIS = "ris"
    CSL_JSON = "csl-json"
    ZOTERO_CSV = "zotero-csv"
    CSV = "csv"
    IDS = "ids"
    HISTORY = "history"
    JSONL = "jsonl"
    PAPIS = "papis"
    COBIB = "cobib"
    MARKDOWN = "markdown"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader says of all entries of a file.

    Attributes:
        lineage: that all of them join, in the order of the file.
        tags: that all of them get.
        status: that all of them get, whatever the file says.
        on: the day on which they were read.
    """

    lineage: str | None = None
    tags: tuple[str, ...] = ()
    status: Status | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class ImportedEntry:
    """One entry of the file.

    Attributes:
        place: where it stands: `line 12`.
        fate: what becomes of it: `merged` brings something new to a paper that is there, `known` nothing.
        key: of the paper; empty where it is skipped.
        title: as the file has it.
        why: what a known paper was told by, what it gains, or why the entry is skipped.
    """

    place: str
    fate: Fate
    key: str
    title: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a file.

    Attributes:
        entries: each one, in the order of the file.
        problems: what could not be read, or not done.
        format: as which the file was read.
        is_done: whether it was brought in; else this is what would be.
    """

    entries: tuple[ImportedEntry, ...]
    problems: tuple[RecordProblem, ...]
    format: str
    is_done: bool

    def of(self, fate: Fate) -> tuple[ImportedEntry, ...]:
        """Return the entries of one fate."""
        return tuple(entry for entry in self.entries if entry.fate is fate)

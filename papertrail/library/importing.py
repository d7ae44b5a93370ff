"""Which paper each record is: one that is there, one that came before it in the file, or a new one."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from sqlite3 import Connection
from typing import TYPE_CHECKING

from papertrail.domain.keys import is_valid_key, make_key
from papertrail.domain.text import fold
from papertrail.store.queries import imports

if TYPE_CHECKING:
    from papertrail.domain.records import Record

_NO_LETTERS = re.compile(r"[\W_]+")
_YEARS_APART = 1  # a preprint and what was published of it


@dataclass(slots=True)
class Target:
    """A paper and what the file says of it.

    Attributes:
        id: of the paper, which a new one is to have.
        key: likewise.
        is_new: whether the file brings it.
        records: each of the file that is this paper, in order.
    """

    id: int
    key: str
    is_new: bool
    records: "list[Record]" = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Matched:
    """What the records of a file stand for.

    Attributes:
        records: in the order of the file.
        targets: the papers, in the order in which it first tells of them.
        of_record: for each record its paper; None where it names none that is there, and cannot be a new one.
        told_by: for each record how its paper was known; empty for the first of a new paper.
    """

    records: "tuple[Record, ...]"
    targets: tuple[Target, ...]
    of_record: tuple[Target | None, ...]
    told_by: tuple[str, ...]


def match(connection: Connection, records: "Sequence[Record]", of_pdfs: Collection[str]) -> Matched:
    """Find out which paper each record is; nothing is written.

    The same arXiv id, else the same DOI, is the same paper; so is the same title with the same last name of
    the first author in the same year or one beside it, or where one of the two says no year or no author.
    Of several such papers the one of the record's key is meant.
    Two records of other ids are never one. A record without a title may name its paper by its key.

    Args:
        connection: to the trail's database.
        records: in the order of the file.
        of_pdfs: keys under which PDFs are kept: these are nobody else's.
    """
    known = _Known(imports.known(connection))
    taken = imports.keys(connection).union(of_pdfs)
    new_id = imports.next_id(connection)
    of_record: list[Target | None] = []
    told: list[str] = []
    targets: dict[int, Target] = {}
    for record in records:
        found, told_by = known.find(record)
        told.append(told_by)
        if found is None:
            if not (record.title or record.arxiv_id):
                of_record.append(None)
                continue
            key = _new_key(record, taken)
            taken.add(key)
            found = imports.KnownPaper(
                new_id,
                key,
                record.arxiv_id,
                record.doi,
                record.title,
                "\n".join(record.authors),
                record.year,
                record.key,
            )
            new_id += 1
            known.add(found)
            targets[found.id] = Target(found.id, key, is_new=True)
        target = targets.setdefault(found.id, Target(found.id, found.key, is_new=False))
        target.records.append(record)
        of_record.append(target)
    return Matched(tuple(records), tuple(targets.values()), tuple(of_record), tuple(told))


def _new_key(record: "Record", taken: set[str]) -> str:
    """Return the key of a new paper: that of the file, if it can be one."""
    if is_valid_key(record.key) and record.key not in taken:
        return record.key
    return make_key(record.authors, record.year, record.title, record.arxiv_id, taken.__contains__)


class _Known:
    """Knows papers again, by what records say."""

    def __init__(self, papers: Iterable[imports.KnownPaper]) -> None:
        self._by_arxiv_id: dict[str, imports.KnownPaper] = {}
        self._by_doi: dict[str, imports.KnownPaper] = {}
        self._by_title: dict[str, list[imports.KnownPaper]] = {}
        self._by_key: dict[str, imports.KnownPaper] = {}
        for paper in papers:
            self.add(paper)

    def add(self, paper: imports.KnownPaper) -> None:
        if paper.arxiv_id:
            self._by_arxiv_id.setdefault(paper.arxiv_id, paper)
        if paper.doi:
            self._by_doi.setdefault(paper.doi.lower(), paper)
        self._by_title.setdefault(_folded(paper.title), []).append(paper)
        for key in (paper.key, paper.cite_key):
            self._by_key.setdefault(key, paper)

    def find(self, record: "Record") -> "tuple[imports.KnownPaper | None, str]":
        """Return the paper that a record is, and what it is known by."""
        if record.arxiv_id and (paper := self._by_arxiv_id.get(record.arxiv_id)):
            return paper, "arXiv id"
        if record.doi and (paper := self._by_doi.get(record.doi.lower())):
            return paper, "DOI"
        if record.key and not record.title and (paper := self._by_key.get(record.key)):
            return paper, "key"
        title = _folded(record.title)
        of_title = self._by_title.get(title, ()) if title else ()
        found = [paper for paper in of_title if _may_be_one(paper, record)]
        if not found:
            return None, ""
        for paper in found:
            if record.key and record.key in (paper.key, paper.cite_key):
                return paper, "title and key"
        return found[0], "title and author" if record.authors and found[0].authors else "title"


def _may_be_one(paper: imports.KnownPaper, record: "Record") -> bool:
    """Whether a paper and a record of one title do not contradict each other."""
    if record.arxiv_id and paper.arxiv_id:  # they are others, or it would have been found by that
        return False
    if record.doi and paper.doi:
        return False
    if record.year and paper.year and abs(record.year - paper.year) > _YEARS_APART:
        return False
    first = paper.authors.partition("\n")[0]
    return not (first and record.authors) or _last_name(first) == _last_name(record.authors[0])


def _folded(title: str) -> str:
    """Return a title as it is compared: letters and digits alone."""
    return _NO_LETTERS.sub("", fold(title))


def _last_name(name: str) -> str:
    words = fold(name.partition(",")[0]).split()
    return words[-1] if words else ""

"""Seeds files: papers and their lineages from CSV; every good row is loaded, every bad cell named."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from papertrail.domain.arxiv_id import parse_arxiv_id
from papertrail.domain.errors import BadInput, NotFound, StorageError
from papertrail.domain.keys import is_valid_key
from papertrail.domain.lineages.lineage import ALL_PAPERS, LONGEST_NAME, folded_name
from papertrail.domain.metadata import SeedPaper, SeedProblem, is_doi
from papertrail.domain.text import clean_line, shorten

REQUIRED_COLUMNS = ("key", "title")
OPTIONAL_COLUMNS = ("lineages", "authors", "year", "venue", "arxiv_id", "doi", "builds_on")
LARGEST_FILE = 64 * 1024 * 1024
"""Bytes; the packaged seeds take 180 a paper."""
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
"""What may stand between cells: spreadsheets write what is usual where their user lives."""
LONGEST_CELL = 100_000
"""Characters; below `csv.field_size_limit()`, which belongs to the whole process and stays as it is."""

_T = TypeVar("_T")
_NOT_TEXT = re.compile("[\x00\udc80-\udcff]")  # errors="surrogateescape" turns bad bytes into these
_YEAR = re.compile(r"[12][0-9]{3}")
_DOI_PREFIX = re.compile(r"(https?://)?(dx\.|www\.)?doi\.org/|doi:\s*", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]+([.,][0-9]*)?([eE][+-]?[0-9]+)?")
_TOO_LONG = f"has more than {LONGEST_CELL:,} characters"


def packaged_seeds() -> Path:
    """Return the seeds file papertrail came with: inside the wheel, or at the root of a checkout.

    Raises:
        NotFound: the installation lacks it.
    """
    package = Path(__file__).parent.parent
    for folder in (package, package.parent):
        path = folder / "seeds" / "papers.csv"
        if path.is_file():
            return path
    raise NotFound("the seeds that come with papertrail are not there", "install papertrail again")


class SeedsFile(NamedTuple):
    """What a seeds file holds.

    Attributes:
        papers: in file order.
        problems: what is wrong with the other rows, in file order.
        separator: what stands between its cells.
    """

    papers: list[SeedPaper]
    problems: list[SeedProblem]
    separator: str


def read_seeds(path: Path, *, called: str = "") -> SeedsFile:
    """Read a seeds file; its first line names the columns, in any order, parted by one of `SEPARATORS`.

    A row without a usable key and title, or with the key or arXiv id of an earlier one, is left out; any
    other bad cell is taken as empty. Whether `builds_on` names papers that exist is not looked at.

    One kind of row may have an earlier key: it says nothing new of the paper but that it is in one more
    lineage, in which the paper then stands at this place. So lineages of different orders fit in one file.

    Args:
        path: the file.
        called: how it is called in what is raised; its path unless given.

    Raises:
        NotFound: there is no such file.
        BadInput: it is no CSV file in UTF-8, or lacks a required column.
        StorageError: it cannot be read.
    """
    name = called or clean_line(str(path))
    lines = _Lines(_read(path, name))
    columns = _header(lines, name)
    papers: dict[str, SeedPaper] = {}
    problems: list[SeedProblem] = []
    line_of: dict[tuple[str, str], int] = {}
    for line, cells in _rows(lines, columns, problems):
        row = _Row(line, cells, problems)
        paper = row.paper()
        if paper is None:
            continue
        joined = _joined(papers.get(paper.key), paper)
        if joined is not None:
            papers[paper.key] = joined
        elif _is_new(paper, line_of, row):
            line_of["key", paper.key] = line
            if paper.arxiv_id:
                line_of["arxiv_id", paper.arxiv_id] = line
            papers[paper.key] = paper
    return SeedsFile(list(papers.values()), problems, lines.separator)


def _read(path: Path, name: str) -> str:
    """Return the file's text; bytes that are not UTF-8 become lone surrogates."""
    try:
        if path.is_dir():
            raise BadInput(f"{name} is a folder", "name the CSV file in it")
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise NotFound(f"there is no file {name}") from None
    except OSError as error:
        raise StorageError(f"{name} cannot be read", error.strerror or type(error).__name__) from error
    if len(data) > LARGEST_FILE:
        raise BadInput(f"{name} is larger than {LARGEST_FILE // 1024 // 1024} MiB", "is it a list of papers?")
    return data.decode("utf-8-sig", errors="surrogateescape")


class _Lines:
    """The physical lines of a file as an iterator whose place `at`, counted from 0, can be set back.

    `separator` stands between the cells of a row.
    """

    def __init__(self, text: str) -> None:
        self._lines = list(io.StringIO(text, newline=""))
        self.at = 0
        self.separator = ","

    @property
    def parted_by(self) -> str:
        """The word for the separator, with its article."""
        return f"a {SEPARATORS[self.separator]}"

    @property
    def misquoted(self) -> str:
        """What is wrong with a row whose quotation marks cannot be understood."""
        ends = f"text in quotation marks ends before {self.parted_by}"
        return f'a quotation mark stands alone: {ends}, with "" for one inside'

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.at == len(self._lines):
            raise StopIteration
        self.at += 1
        return self._lines[self.at - 1]

    def row(self) -> list[str] | None:
        """Return the cells of the next row, which may take several lines; None at the end.

        Raises:
            csv.Error: misplaced quotation marks, or a cell too long.
        """
        return next(csv.reader(self, delimiter=self.separator, strict=True, skipinitialspace=True), None)

    def skip_from(self, start: int) -> str:
        """Go on behind the line at `start`, whatever was read since; return that line."""
        self.at = start + 1
        return self._lines[start]


def _header(lines: _Lines, name: str) -> list[str]:
    """Return the names of the columns, in file order; find out what stands between them."""
    for separator in (*SEPARATORS, ","):  # where none fits, what a comma gives is told
        lines.separator, lines.at = separator, 0
        with suppress(csv.Error):
            if set(REQUIRED_COLUMNS) <= {clean_line(cell).lower() for cell in _first_row(lines) or ()}:
                break
    lines.at = 0
    try:
        cells = _first_row(lines)
    except csv.Error:
        raise BadInput(f"{name} does not begin with the names of columns", lines.misquoted) from None
    if cells is None:
        raise BadInput(f"{name} is empty", f"its first line must name the columns {_both(REQUIRED_COLUMNS)}")
    if any(map(_NOT_TEXT.search, cells)):
        raise BadInput(f"{name} is not text in UTF-8", "save it as CSV UTF-8")
    columns = [clean_line(cell).lower() for cell in cells]
    missing = [column for column in REQUIRED_COLUMNS if column not in columns]
    if missing:
        remedy = (
            f"its first line must name the columns, with {'s or '.join(SEPARATORS.values())}s between them"
        )
        raise BadInput(f"{name} lacks the column{'s' * (len(missing) > 1)} {_both(missing)}", remedy)
    for column in (*REQUIRED_COLUMNS, *OPTIONAL_COLUMNS):
        if columns.count(column) > 1:
            raise BadInput(f"{name} has two columns {column}", "rename one of them")
    return columns


def _first_row(lines: _Lines) -> list[str] | None:
    """Return the cells of the first row that is not blank; None when there is none."""
    cells = lines.row()
    while cells is not None and not any(map(str.strip, cells)):
        cells = lines.row()
    return cells


def _both(names: Sequence[str]) -> str:
    return " and ".join(names)


def _rows(
    lines: _Lines, columns: Sequence[str], problems: list[SeedProblem]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the number of each row's first line and its cells by column; blank rows are passed over.

    A quotation mark that is never closed swallows the rows below it; so after a bad row reading goes on
    with the next physical line, and they are found again.
    """
    while True:
        start = lines.at
        try:
            cells = lines.row()
        except csv.Error:
            text = lines.skip_from(start)
            message = _TOO_LONG if len(text) > LONGEST_CELL else lines.misquoted
            column = _column_at_fault(text, columns, lines.separator)
            problems.append(SeedProblem(start + 1, column, message))
            continue
        if cells is None:
            return
        if not any(map(str.strip, cells)):
            continue
        if len(cells) != len(columns):
            lines.skip_from(start)
            problems.append(_wrong_length(start + 1, len(cells), columns, lines.parted_by))
            continue
        yield start + 1, dict(zip(columns, cells, strict=True))


def _wrong_length(line: int, length: int, columns: Sequence[str], parted_by: str) -> SeedProblem:
    """Say that a row has `length` cells; the column is the first one missing, or the first too many."""
    few = length < len(columns)
    why = (
        f"{parted_by} stands for every empty cell" if few else f"text with {parted_by} needs quotation marks"
    )
    column = _column_name(columns, min(length, len(columns)))
    return SeedProblem(line, column, f"the row has {length} cells for {len(columns)} columns; {why}")


def _column_at_fault(text: str, columns: Sequence[str], separator: str) -> str:
    """Return the column in which the quotation marks of a line go wrong, or a cell becomes too long."""
    text_after_quote = rf'(?:^|{separator}) *(?="(?:[^"]|"")*"[^"{separator}\r\n])'
    closed = re.search(text_after_quote, text[:LONGEST_CELL])
    part = text[: closed.end()] if closed else text[:LONGEST_CELL]
    before = next(csv.reader([part], delimiter=separator, skipinitialspace=True), [])
    return _column_name(columns, max(len(before) - 1, 0))


def _column_name(columns: Sequence[str], index: int) -> str:
    """Return the name of a column, its number when it has none."""
    return (columns[index] if index < len(columns) else "") or str(index + 1)


class _Wrong(Exception):
    """A cell's text is not what its column holds; the message says why."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of cells; what is wrong with them goes to `problems`."""

    line: int
    cells: Mapping[str, str]
    problems: list[SeedProblem]

    def paper(self) -> SeedPaper | None:
        """Return the row's paper, None when the row cannot be used."""
        if not self._is_text():
            return None
        key = self._one("key", _key)
        title = self._one("title", str)
        paper = SeedPaper(
            line=self.line,
            key=key or "",
            title=title or "",
            authors=self._several("authors", str),
            year=self._one("year", _year),
            venue=self._one("venue", str) or "",
            arxiv_id=self._one("arxiv_id", _arxiv_id),
            doi=self._one("doi", _doi),
            lineages=self._several("lineages", _lineage),
            builds_on=self._several("builds_on", _key),
        )
        return paper if key and title else None

    def report(self, column: str, message: str) -> None:
        """Add a problem of this row."""
        self.problems.append(SeedProblem(self.line, column, message))

    def _is_text(self) -> bool:
        """Whether the cells we read are text of a sane length; reports those that are not."""
        good = True
        for column in (*REQUIRED_COLUMNS, *OPTIONAL_COLUMNS):
            text = self.cells.get(column, "")
            if len(text) > LONGEST_CELL:
                self.report(column, _TOO_LONG)
            elif damage := _NOT_TEXT.search(text):
                what = "a NUL byte: the file is damaged" if damage[0] == "\0" else "bytes that are not UTF-8"
                self.report(column, f"holds {what}; save it as CSV UTF-8")
            else:
                continue
            good = False
        return good

    def _one(self, column: str, parse: Callable[[str], _T]) -> _T | None:
        """Return the parsed cell; None when it is empty or bad. An empty required cell is bad."""
        text = clean_line(self.cells.get(column, ""))
        if not text:
            if column in REQUIRED_COLUMNS:
                self.report(column, "is empty")
            return None
        try:
            return parse(text)
        except _Wrong as wrong:
            self.report(column, str(wrong))
            return None

    def _several(self, column: str, parse: Callable[[str], str]) -> tuple[str, ...]:
        """Return the good ones of a cell's values, which semicolons part, each once."""
        values: dict[str, None] = {}
        for text in filter(None, map(clean_line, self.cells.get(column, "").split(";"))):
            try:
                values[parse(text)] = None
            except _Wrong as wrong:
                self.report(column, str(wrong))
        return tuple(values)


def _joined(first: SeedPaper | None, again: SeedPaper) -> SeedPaper | None:
    """Return a paper in the further lineages of a later row; None if that row does not just add some."""
    more = tuple(name for name in again.lineages if first and name not in first.lineages)
    if first is None or not more or not set(again.builds_on) <= set(first.builds_on):
        return None
    for fact in ("title", "authors", "year", "venue", "arxiv_id", "doi"):
        if getattr(again, fact) not in (getattr(first, fact), None, "", ()):
            return None
    lines = first.joined or (first.line,) * len(first.lineages)
    return replace(first, lineages=first.lineages + more, joined=lines + (again.line,) * len(more))


def _is_new(paper: SeedPaper, line_of: Mapping[tuple[str, str], int], row: _Row) -> bool:
    """Whether no earlier row has the paper's key or arXiv id; reports it otherwise."""
    for column, value in (("key", paper.key), ("arxiv_id", paper.arxiv_id)):
        if value and (line := line_of.get((column, value))):
            row.report(column, f"{value} stands on line {line} already")
            return False
    return True


def _key(text: str) -> str:
    if not is_valid_key(text):
        raise _Wrong(f"{_quoted(text)} is no key: small letters, digits and hyphens, 64 at most")
    return text


def _year(text: str) -> int:
    if not _YEAR.fullmatch(text):
        raise _Wrong(f"{_quoted(text)} is no year from 1000 to 2999")
    return int(text)


def _arxiv_id(text: str) -> str:
    try:
        return parse_arxiv_id(text).id
    except BadInput:
        cause = f"{_quoted(text)} is no arXiv id"
    if _NUMBER.fullmatch(text):
        cause += ": a spreadsheet seems to have made it a number and cut zeros off; format the column as text"
    raise _Wrong(cause)


def _doi(text: str) -> str:
    doi = text[prefix.end() :] if (prefix := _DOI_PREFIX.match(text)) else text
    if not is_doi(doi):
        raise _Wrong(f"{_quoted(text)} is no DOI: one looks like 10.1109/5.726791")
    return doi


def _lineage(text: str) -> str:
    if len(text) > LONGEST_NAME:
        raise _Wrong(f"{_quoted(text)} is longer than {LONGEST_NAME} characters")
    if folded_name(text) == ALL_PAPERS:
        raise _Wrong(f"{_quoted(text)} stands for all papers and can be no lineage")
    return text


def _quoted(text: str) -> str:
    return f'"{shorten(text, 40)}"'

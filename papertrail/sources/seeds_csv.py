"""Seeds files: papers and their lineages from CSV; every good row is loaded, every bad cell named."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from papertrail.domain.csv_cells import as_meant
from papertrail.domain.errors import NotFound
from papertrail.domain.metadata import SeedPaper, SeedProblem, SeedProblems
from papertrail.domain.text import clean_line
from papertrail.sources import seeds_cells as cells_of
from papertrail.sources.csv_lines import NOT_TEXT, CsvLines, Place, read_utf8
from papertrail.sources.seeds_columns import (
    LINK,
    OPTIONAL_COLUMNS,
    REQUIRED_COLUMNS,
    Columns,
    find_columns,
)

LONGEST_CELL = 100_000
"""Characters; below `csv.field_size_limit()`, which belongs to the whole process and stays as it is."""

_T = TypeVar("_T")
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


class _Guesses:
    """What was understood though it is written otherwise: of each kind the first, and how many more."""

    def __init__(self) -> None:
        self._told: dict[str, str] = {}
        self._more: dict[str, int] = {}

    def add(self, kind: str, line: int, says: str) -> None:
        """Note one guess."""
        if kind in self._told:
            self._more[kind] = self._more.get(kind, 0) + 1
        else:
            self._told[kind] = f"line {line}: {says}"

    def __iter__(self) -> Iterator[str]:
        for kind, told in self._told.items():
            more = self._more.get(kind)
            yield f"{told}; {more} more like it" if more else told


class SeedsFile:
    """A seeds file, whose first line names the columns, in any order, as `seeds_columns` knows them.

    Its papers come one by one, in file order and once only; of the whole file no more than its bytes is kept,
    and what each key and arXiv id needs to be known again.

    A row without a usable key and title, or with the key or arXiv id of an earlier one, is left out; any
    other bad cell is taken as empty. Whether `builds_on` names papers that exist is not looked at.

    One kind of row may have an earlier key: it says nothing new of the paper but that it is in one more
    lineage, in which the paper then stands at this place. So lineages of different orders fit in one file.

    Args:
        path: the file.
        called: how it is called in what is raised; its path unless given.

    Attributes:
        problems: what is wrong with the rows that came so far.

    Raises:
        NotFound: there is no such file.
        BadInput: it is no CSV file in UTF-8 or UTF-16, or lacks a required column.
        StorageError: it cannot be read.
    """

    def __init__(self, path: Path, *, called: str = "") -> None:
        name = called or clean_line(str(path))
        data, self._encoding = read_utf8(path, name)
        self._lines = CsvLines(data)
        self._columns = find_columns(self._lines, name)
        self.problems = SeedProblems()
        self._guesses = _Guesses()
        self._empty = list(range(len(self._columns)))
        self._place_of: dict[str, Place] = {}
        self._line_of: dict[str, int] = {}
        self._joined: dict[str, SeedPaper] = {}

    def __iter__(self) -> Iterator[SeedPaper]:
        for start, cells in _rows(self._lines, self._columns, self.problems, self._guesses):
            if self._empty:
                self._empty = [at for at in self._empty if not cells[at] or cells[at].isspace()]
            row = _Row(start.line + 1, cells, self._columns, self.problems, self._guesses)
            paper = row.paper()
            if paper is None:
                continue
            if (more := self._more(paper)) is not None:
                yield more
            elif self._is_new(paper, row):
                self._place_of[paper.key] = start
                if paper.arxiv_id:
                    self._line_of[paper.arxiv_id] = row.line
                yield paper

    @property
    def taken_for(self) -> list[str]:
        """What was understood though it is written otherwise, and what was left out, each in a line."""
        columns = self._columns
        how = _how_written(self._encoding, self._lines)
        return [
            *how,
            *columns.guesses(),
            *columns.left_out(set(range(len(columns))).difference(self._empty)),
            *self._guesses,
        ]

    def _more(self, again: SeedPaper) -> SeedPaper | None:
        """Return a row that puts an earlier paper into further lineages; None if it does not just do that."""
        if again.key not in self._place_of:
            return None
        first = self._joined.get(again.key) or self._paper_at(self._place_of[again.key])
        more = tuple(name for name in again.lineages if name not in first.lineages)
        if not more or not set(again.builds_on) <= set(first.builds_on):
            return None
        for fact in ("title", "authors", "year", "venue", "arxiv_id", "doi"):
            if getattr(again, fact) not in (getattr(first, fact), None, "", ()):
                return None
        self._joined[again.key] = replace(first, lineages=first.lineages + more)
        return replace(again, lineages=more, is_more=True)

    def _paper_at(self, place: Place) -> SeedPaper:
        """Return the paper of an earlier row, of which everything was told then."""
        cells = _one_each(self._lines.row_at(place), self._columns)
        paper = _Row(place.line + 1, cells, self._columns, SeedProblems(), _Guesses()).paper()
        assert paper is not None
        return paper

    def _is_new(self, paper: SeedPaper, row: "_Row") -> bool:
        """Whether no earlier row has the paper's key or arXiv id; reports it otherwise."""
        if (place := self._place_of.get(paper.key)) is not None:
            row.report("key", f"{paper.key} stands on line {place.line + 1} already")
        elif paper.arxiv_id and (line := self._line_of.get(paper.arxiv_id)):
            row.report("arxiv_id", f"{paper.arxiv_id} stands on line {line} already")
        else:
            return True
        return False


def _how_written(encoding: str, lines: CsvLines) -> Iterator[str]:
    """Yield a line for each way in which a file is written otherwise than ours."""
    if encoding != "UTF-8":
        yield f"its text is {encoding}; it is read so"
    if lines.separator not in (",", lines.named):
        yield f"{lines.separator_word}s stand between its cells; they are read so"


def _rows(
    lines: CsvLines, columns: Columns, problems: SeedProblems, guesses: _Guesses
) -> Iterator[tuple[Place, list[str]]]:
    """Yield the place of each row's first line and its cells, one a column; blank rows are passed over.

    Spreadsheets leave out empty cells at the end of a row, or add some: both are as good as the rest. But
    in `a, b,` that is too long a text with a comma was not put in quotation marks, and the cells are shifted.
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
            problems.add(SeedProblem(start.line + 1, column, message))
            continue
        if cells is None:
            return
        if not any(map(str.strip, cells)):
            continue
        says = f"the row has {len(cells)} cells for {len(columns)} columns"
        if len(cells) > len(columns):
            if any(map(str.strip, cells[len(columns) :])) or lines.has_blank_after_separator(start):
                lines.skip_from(start)
                why = f"{says}; text with {lines.parted_by} needs quotation marks"
                problems.add(SeedProblem(start.line + 1, columns.name_at(len(columns)), why))
                continue
            guesses.add("padded", start.line + 1, f"{says}, the last ones are empty and left out")
        elif len(cells) < len(columns):
            guesses.add("short", start.line + 1, f"{says}, the others are taken as empty")
        yield start, _one_each(cells, columns)


def _one_each(cells: list[str], columns: Columns) -> list[str]:
    """Return a cell for each column."""
    return [*cells, *[""] * (len(columns) - len(cells))][: len(columns)]


def _column_at_fault(text: str, columns: Columns, separator: str) -> str:
    """Return the column in which the quotation marks of a line go wrong, or a cell becomes too long."""
    parted = re.escape(separator)
    text_after_quote = rf'(?:^|{parted}) *(?="(?:[^"]|"")*"[^"{parted}\r\n])'
    closed = re.search(text_after_quote, text[:LONGEST_CELL])
    part = text[: closed.end()] if closed else text[:LONGEST_CELL]
    before = next(csv.reader([part], delimiter=separator, skipinitialspace=True), [])
    return columns.name_at(max(len(before) - 1, 0))


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of cells; what is wrong with them goes to `problems`, what was guessed to `guesses`."""

    line: int
    cells: Sequence[str]
    columns: Columns
    problems: SeedProblems
    guesses: _Guesses

    def paper(self) -> SeedPaper | None:
        """Return the row's paper, None when the row cannot be used."""
        if not self._is_text():
            return None
        key = self._one("key", cells_of.key)
        title = self._one("title", str)
        year = self._one("year", cells_of.year)
        arxiv_id, doi = self._identifiers()
        paper = SeedPaper(
            line=self.line,
            key=key or "",
            title=title or "",
            authors=tuple(dict.fromkeys(map(self._name, self._several("authors", str)))),
            year=year,
            venue=self._one("venue", str) or "",
            arxiv_id=arxiv_id,
            doi=doi,
            lineages=self._several("lineages", cells_of.lineage),
            builds_on=self._several("builds_on", cells_of.key),
        )
        return paper if key and title else None

    def report(self, column: str, message: str) -> None:
        """Add a problem of this row."""
        self.problems.add(SeedProblem(self.line, self.columns.called(column), message))

    def _text(self, column: str) -> str:
        """Return what the cells of one of our columns hold, as it stands there, formulas unmarked."""
        places = self.columns.places.get(column, ())
        if len(places) == 1:
            text = self.cells[places[0]]
            return as_meant(text) if text.startswith("'") else text
        return "\n".join(self.cells[index] for index in places)

    def _is_text(self) -> bool:
        """Whether the cells we read are text of a sane length; reports those that are not."""
        whole = "\n".join(self.cells)
        if len(whole) <= LONGEST_CELL and not NOT_TEXT.search(whole):
            return True
        good = True
        for column in (*REQUIRED_COLUMNS, *OPTIONAL_COLUMNS):
            text = self._text(column)
            if len(text) > LONGEST_CELL:
                self.report(column, _TOO_LONG)
            elif damage := NOT_TEXT.search(text):
                what = "a NUL byte: the file is damaged" if damage[0] == "\0" else "bytes that are not UTF-8"
                self.report(column, f"holds {what}; save it as CSV UTF-8")
            else:
                continue
            good = False
        return good

    def _identifiers(self) -> tuple[str | None, str | None]:
        """Return arXiv id and DOI: from their columns, else from what the row has of addresses."""
        arxiv_id = self._one("arxiv_id", cells_of.arxiv_id)
        doi = self._one("doi", cells_of.doi)
        if doi and (own := cells_of.arxiv_id_of_doi(doi)) and arxiv_id in (None, own):
            if arxiv_id is None:
                self.guesses.add("own doi", self.line, f"the DOI {doi} is taken for the arXiv id {own}")
            arxiv_id, doi = own, None
        if not (link := self._text(LINK)):
            return arxiv_id, doi
        links = [clean_line(text) for text in link[:LONGEST_CELL].splitlines()]
        if arxiv_id is None and (found := next(filter(None, map(cells_of.arxiv_id_in_link, links)), None)):
            arxiv_id = found
            self.guesses.add("link", self.line, f"the arXiv id {found} is taken from an address")
        if doi is None and (found := next(filter(None, map(cells_of.doi_in_link, links)), None)):
            doi = found
            self.guesses.add("doi link", self.line, f"the DOI {found} is taken from an address")
        return arxiv_id, doi

    def _name(self, author: str) -> str:
        """Return the name of one author, the given name first."""
        name = cells_of.given_name_first(author) if self.columns.is_zotero else author
        if name != author:
            self._guess("author", author, name)
        return name

    def _guess(self, kind: str, text: str, value: object) -> None:
        self.guesses.add(kind, self.line, f"the {kind} {cells_of.quoted(text)} is taken for {value}")

    def _one(self, column: str, parse: Callable[[str], _T]) -> _T | None:
        """Return the parsed cell; None when it is empty or bad. An empty required cell is bad."""
        text = clean_line(self._text(column))
        if not text:
            if column in REQUIRED_COLUMNS:
                self.report(column, "is empty")
            return None
        try:
            value = parse(text)
        except cells_of.Wrong as wrong:
            self.report(column, str(wrong))
            return None
        if column in ("key", "year") and text != str(value):
            self._guess(column, text, value)
        elif column == "doi" and not text.endswith(str(value)):  # an address before it is a way to write it
            self._guess("DOI", text, value)
        return value

    def _several(self, column: str, parse: Callable[[str], str]) -> tuple[str, ...]:
        """Return the good ones of a cell's values, which semicolons part, each once."""
        values: dict[str, None] = {}
        for text in filter(None, map(clean_line, self._text(column).split(";"))):
            try:
                value = parse(text)
            except cells_of.Wrong as wrong:
                self.report(column, str(wrong))
                continue
            if value != text:
                self._guess("key", text, value)
            values[value] = None
        return tuple(values)

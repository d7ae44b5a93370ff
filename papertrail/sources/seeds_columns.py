"""The columns of a seeds file: which of them says what, by their names or by names near to these."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from papertrail.domain.errors import BadInput
from papertrail.domain.text import clean_line, fold, shorten
from papertrail.sources.csv_lines import NOT_TEXT, SEPARATORS, CsvLines

REQUIRED_COLUMNS = ("key", "title")
OPTIONAL_COLUMNS = ("lineages", "authors", "year", "venue", "arxiv_id", "doi", "builds_on")
LINK = "link"
"""Where arXiv ids and DOIs stand when they have no column of their own; may be several columns."""

_MOST_NAMED = 12  # Zotero writes 87 columns
# Letters and digits of the names that other programs and people give, the likeliest first.
_NEAR = {
    "key": ("key", "citationkey", "citekey", "bibtexkey", "paperkey"),
    "title": ("title", "papertitle", "articletitle", "documenttitle"),
    "lineages": ("lineages", "lineage"),
    "authors": ("authors", "author", "authornames", "authorfullnames", "creators"),
    "year": ("year", "publicationyear", "pubyear", "yearpublished", "publicationdate", "date", "published"),
    "venue": (
        "venue",
        "publicationtitle",
        "conference",
        "conferencename",
        "proceedingstitle",
        "booktitle",
        "journal",
        "journalconference",
        "sourcetitle",
        "publishedin",
    ),
    "arxiv_id": (
        "arxivid",
        "arxiv",
        "arxivids",
        "arxivnumber",
        "arxividentifier",
        "arxivurl",
        "arxivlink",
        "eprint",
    ),
    "doi": ("doi", "dois", "doiurl", "doilink"),
    "builds_on": ("buildson", "buildsupon", "basedon", "parents"),
}
_LINKS = ("url", "urls", "link", "links", "extra")


@dataclass(frozen=True, slots=True)
class Columns:
    """What stands where in the rows of a file.

    Attributes:
        header: the names as they are written, in file order; empty for a column that has none.
        places: the index of each column that is known; of those in `LINK` several.
        is_zotero: whether Zotero wrote the file: it gives names of authors the last name first.
    """

    header: tuple[str, ...]
    places: Mapping[str, tuple[int, ...]]
    is_zotero: bool = False

    def __len__(self) -> int:
        return len(self.header)

    def called(self, column: str) -> str:
        """Return how the file calls one of our columns."""
        place = self.places.get(column)
        name = self.header[place[0]] if place else column
        return column if name.lower() == column else shorten(name, 40)

    def name_at(self, index: int) -> str:
        """Return the name of a column, its number when it has none."""
        name = self.header[index] if index < len(self.header) else ""
        known = next((column for column, at in self.places.items() if index in at and column != LINK), "")
        return self.called(known) if known else shorten(name, 40) or str(index + 1)

    def guesses(self) -> Iterator[str]:
        """Yield a line about the columns that are called otherwise than ours; none if there are none."""
        ours = [column for column in self.places if column != LINK and self.called(column) != column]
        if ours:
            ours.sort(key=lambda column: self.places[column])
            yield f"{_columns([self.called(column) for column in ours])} taken for {listed(ours)}"

    def left_out(self, filled: Iterable[int]) -> Iterator[str]:
        """Yield a line about those of the columns `filled` that are not ours; none if there are none."""
        known = {index for at in self.places.values() for index in at}
        if names := [self.name_at(index) for index in sorted(filled) if index not in known]:
            yield f"{_columns(names)} left out"


def find_columns(lines: CsvLines, name: str) -> Columns:
    """Read the names of the columns; find out what stands between them on the way.

    Args:
        lines: of the file, from its beginning.
        name: how the file is called in what is raised.

    Raises:
        BadInput: it is no text, or no table with the columns one has to have.
    """
    for separator in (
        *lines.candidates,
        next(iter(lines.candidates)),
    ):  # where none fits, what the likeliest gives
        lines.begin(separator)
        with suppress(csv.Error):
            if set(REQUIRED_COLUMNS) <= _columns_of(lines.first_row() or ()).places.keys():
                break
    lines.begin(lines.separator)
    try:
        cells = lines.first_row()
    except csv.Error:
        raise BadInput(f"{name} does not begin with the names of columns", lines.misquoted) from None
    if cells is None:
        raise BadInput(f"{name} is empty", f"its first line must name the columns {listed(REQUIRED_COLUMNS)}")
    if any(map(NOT_TEXT.search, cells)):
        raise BadInput(f"{name} is not text in UTF-8", "save it as CSV UTF-8")
    columns = _columns_of(cells)
    missing = [column for column in REQUIRED_COLUMNS if column not in columns.places]
    if missing:
        between = "s or ".join(SEPARATORS.values())
        remedy = f"its first line must name the columns, with {between}s between them"
        raise BadInput(f"{name} lacks the column{'s' * (len(missing) > 1)} {listed(missing)}", remedy)
    for column in (*REQUIRED_COLUMNS, *OPTIONAL_COLUMNS):
        if [cell.lower() for cell in columns.header].count(column) > 1:
            raise BadInput(f"{name} has two columns {column}", "rename one of them")
    return columns


def _columns_of(cells: Sequence[str]) -> Columns:
    header = tuple(map(clean_line, cells))
    letters = [re.sub(r"[\W_]+", "", fold(cell)) for cell in header]
    places: dict[str, tuple[int, ...]] = {}
    for column, names in _NEAR.items():
        written = [cell.lower() for cell in header]
        if column in written:
            places[column] = (written.index(column),)
        elif near := next((near for near in names if near in letters), None):
            places[column] = (letters.index(near),)
    if links := tuple(index for index, near in enumerate(letters) if near in _LINKS):
        places[LINK] = links
    return Columns(header, places, is_zotero={"key", "itemtype", "publicationyear"} <= set(letters))


def listed(names: Sequence[str]) -> str:
    """Return names as one says them: `a, b and c`; those behind the twelfth are counted."""
    more = len(names) - _MOST_NAMED
    *rest, last = [*islice(names, _MOST_NAMED), *([f"{more} more"] if more > 0 else [])]
    return f"{', '.join(rest)} and {last}" if rest else last


def _columns(names: Sequence[str]) -> str:
    """Return names of columns as the beginning of a sentence."""
    return f"the column {names[0]} is" if len(names) == 1 else f"the columns {listed(names)} are"

"""A list of arXiv ids, DOIs or links, one a line, and reading histories: a key and a day a line."""

import re
from collections.abc import Iterator
from datetime import date

from papertrail.domain.arxiv_id import find_identifiers
from papertrail.domain.paper import Status
from papertrail.domain.person_names import parts_of_said
from papertrail.domain.records import Record, RecordProblem
from papertrail.domain.text import clean_line, shorten
from papertrail.sources.formats.csv_rows import csv_rows
from papertrail.sources.formats.decoded import decoded
from papertrail.sources.formats.html_text import markdown_of

_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_KEY_COLUMNS = ("key", "paper", "id", "arxiv", "arxiv_id", "doi", "url", "title", "citation key")
_DAY_COLUMNS = ("date", "day", "read on", "read", "date read", "finished", "read_on")
_NOTE_COLUMNS = ("my review", "review", "note", "notes", "comment")
_RATING_COLUMNS = ("rating", "my rating", "stars")


def read_ids(data: bytes) -> Iterator[Record | RecordProblem]:
    """Read ids and links, any number a line; a line that begins with `#` is none."""
    for number, text in enumerate(decoded(data).split("\n"), 1):
        line = clean_line(text)
        if not line or line.startswith("#"):
            continue
        found = find_identifiers(line)
        for paper in found.ids:
            yield Record(number, arxiv_id=paper.id)
        for doi in found.dois:
            yield Record(number, title=f"doi:{doi.text}", doi=doi.text)
        if not (found.ids or found.dois):
            yield RecordProblem(number, f"no arXiv id or DOI in {shorten(line, 40)}")


def read_history(data: bytes) -> Iterator[Record | RecordProblem]:
    """Read which papers were read on which days: CSV whose first line names the columns.

    One column names the paper by key, arXiv id, DOI, link or title, one the day; a rating, a review
    and the author may stand beside.
    """
    for one in csv_rows(data):
        if isinstance(one, RecordProblem):
            yield one
        else:
            line, row = one
            cells = {name.casefold(): cell for name, cell in row.items()}
            note = next((markdown_of(cells[name]) for name in _NOTE_COLUMNS if cells.get(name)), "")
            yield _read_row(line, {name: clean_line(cell) for name, cell in cells.items()}, note)


def _read_row(line: int, row: dict[str, str], note: str) -> Record | RecordProblem:
    day = next((row[name] for name in _DAY_COLUMNS if row.get(name)), "")
    on = _day(day)
    if day and on is None:
        return RecordProblem(line, f"{shorten(day, 20)} is no day: write it as 2026-03-31")
    named = {name: row[name] for name in _KEY_COLUMNS if row.get(name)}
    if not named:
        return RecordProblem(line, "no paper is named")
    found = find_identifiers(" ".join(text for name, text in named.items() if name != "title"))
    rating = next((row[name] for name in _RATING_COLUMNS if row.get(name)), "")
    return Record(
        line,
        key=named.get("key") or named.get("citation key") or named.get("paper") or "",
        title=named.get("title", ""),
        authors=(parts_of_said(row["author"]).said,) if row.get("author") else (),
        arxiv_id=found.ids[0].id if found.ids else None,
        doi=found.dois[0].text if found.dois else None,
        status=None if on is None else Status.READ,
        read_on=on,
        note=note,
        rating=int(rating) if rating in ("1", "2", "3", "4", "5") else None,
    )


def _day(text: str) -> date | None:
    found = _DAY.match(text)
    try:
        return None if found is None else date(*map(int, found.groups()))
    except ValueError:
        return None

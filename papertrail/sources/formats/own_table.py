"""Our own CSV, as `export --format csv` gives it, perhaps by way of a spreadsheet."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date

from papertrail.domain.csv_cells import as_meant
from papertrail.domain.paper import Status
from papertrail.domain.records import Record, RecordProblem
from papertrail.domain.text import clean_line
from papertrail.sources.formats.csv_rows import csv_rows
from papertrail.sources.formats.identifiers import doi_and_arxiv_id


def read_table(data: bytes) -> Iterator[Record | RecordProblem]:
    """Read a table whose columns have our names; what is missing, or no day or number, is not said."""
    for one in csv_rows(data):
        if isinstance(one, RecordProblem):
            yield one
            continue
        line, row = one
        cells = {name: clean_line(as_meant(cell)) for name, cell in row.items()}
        if cells.get("title") or cells.get("key"):
            yield _record(line, cells)
        else:
            yield RecordProblem(line, "this row has neither key nor title")


def _record(line: int, cells: Mapping[str, str]) -> Record:
    def text(name: str) -> str:
        return cells.get(name, "")

    def listed(name: str, mark: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part.strip() for part in text(name).split(mark) if part.strip()))

    urls = (text("url"),) if text("url").startswith(("http://", "https://")) else ()
    doi, arxiv_id = doi_and_arxiv_id(text("doi"), urls, text("arxiv_id"))
    status = read_on = None
    with suppress(ValueError):
        status = Status(text("status").lower())
    with suppress(ValueError):
        read_on = date.fromisoformat(text("read_on"))
    return Record(
        line=line,
        key=text("key"),
        title=text("title"),
        authors=listed("authors", ";"),
        year=int(text("year")) if text("year").isdecimal() and len(text("year")) == 4 else None,
        venue=text("venue"),
        doi=doi,
        arxiv_id=arxiv_id,
        urls=urls,
        tags=listed("tags", ","),
        lineages=listed("lineages", ";"),
        builds_on=listed("builds_on", ";"),
        status=None if status is Status.UNREAD else status,
        read_on=read_on,
        rating=int(text("rating")) if text("rating") in set("12345") else None,
    )

"""The rows of a CSV file whose first line names the columns."""

import csv
import io
from collections.abc import Iterator

from papertrail.domain.records import RecordProblem
from papertrail.domain.text import clean_line
from papertrail.sources.formats.decoded import decoded

Row = dict[str, str]


def csv_rows(data: bytes) -> Iterator[tuple[int, Row] | RecordProblem]:
    """Yield the rows that are not empty, each with its line and its cells by their columns' names.

    A row that cannot be read, or has more or fewer cells than there are columns, is named; the latter comes
    as well.
    """
    rows = csv.reader(io.StringIO(decoded(data)))
    names: list[str] = []
    while True:
        line = rows.line_num + 1
        try:
            cells = next(rows, None)
        except csv.Error as error:
            yield RecordProblem(line, f"this row cannot be read: {error}")
            continue
        if cells is None:
            return
        if not names:
            names = [clean_line(name) for name in cells]
        elif any(map(str.strip, cells)):
            if len(cells) != len(names):
                told = f"{len(cells)} cells where the first line names {len(names)} columns"
                yield RecordProblem(line, told)
            yield line, dict(zip(names, cells, strict=False))

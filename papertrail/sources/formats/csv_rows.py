"""The rows of a CSV file whose first line names the columns."""

import csv
from collections.abc import Iterator, Sequence

from papertrail.domain.records import RecordProblem
from papertrail.domain.text import clean_line
from papertrail.sources.formats.decoded import decoded

Row = dict[str, str]
_LONGEST = 500
"""Lines of a row, where one is looked for behind a damaged one."""


def csv_rows(data: bytes) -> Iterator[tuple[int, Row] | RecordProblem]:
    """Yield the rows that are not empty, each with its line and its cells by their columns' names.

    A row that cannot be read, or has more or fewer cells than there are columns, is named; the latter comes
    as well. A quotation mark that is missing or too many damages its own row and no other.
    """
    lines = [f"{line}\n" for line in decoded(data).split("\n")]
    names: list[str] = []
    at = 0
    while at < len(lines):
        line, (cells, end) = at + 1, _row(lines, at, len(lines))
        if not names:
            names, at = [clean_line(name) for name in cells or ()], end
            continue
        if not _fits(cells, names):
            alone, _ = _row(lines, at, 1, strict=False)
            if cells is None and _fits(alone, names):  # a quotation mark within a cell
                cells, end = alone, at + 1
            elif cells is None or end > at + 1:  # it may have taken others along
                until = end if cells is not None else len(lines)
                behind = next((to for to in range(at + 1, until) if _begins(lines, to, names)), None)
                if behind is not None or cells is None:
                    yield RecordProblem(line, "a quotation mark is missing or too many: this row is left out")
                    at = until if behind is None else behind
                    continue
        at = end
        if cells and any(map(str.strip, cells)):
            if len(cells) != len(names):
                told = f"{len(cells)} cells where the first line names {len(names)} columns"
                yield RecordProblem(line, told)
            yield line, dict(zip(names, cells, strict=False))


def _row(lines: Sequence[str], at: int, most: int, *, strict: bool = True) -> tuple[list[str] | None, int]:
    """Return the cells of the row at a line, None where its quotes are wrong, and the line behind it."""
    rows = csv.reader((lines[to] for to in range(at, min(at + most, len(lines)))), strict=strict)
    try:
        cells = next(rows, [])
    except csv.Error:
        return None, at + 1
    return cells, at + rows.line_num


def _fits(cells: Sequence[str] | None, names: Sequence[str]) -> bool:
    """Tell whether a row is as the first line tells, or blank."""
    return cells is not None and len(cells) in (0, len(names))


def _begins(lines: Sequence[str], at: int, names: Sequence[str]) -> bool:
    """Tell whether a row begins at a line."""
    cells, _ = _row(lines, at, _LONGEST)
    return cells is not None and len(cells) == len(names)

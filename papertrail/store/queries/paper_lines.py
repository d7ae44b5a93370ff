"""Papers as lines of a list: of thousands, no more of each than is shown."""

from collections.abc import Collection, Iterable, Iterator
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from papertrail.domain.paper import marks_of
from papertrail.store.queries import ME
from papertrail.store.queries.papers import (
    STATUSES,
    complete_sql,
    json_array,
    lines,
    marks_sql,
    notice,
    remark_sql,
)

if TYPE_CHECKING:
    from papertrail.domain.paper_line import PaperLine

# Nothing is filled in where there is no row: in a list of thousands that takes a fifth of the time.
_line = f"""
p.position, p.id, p.key, p.title, p.year, p.arxiv_id, {remark_sql}, r.status, r.is_read, {complete_sql},
instr(n.sections, char(10) || '!') > 0, {marks_sql}
"""

LINES = f"""
SELECT {_line} FROM json_each(:ids) AS asked JOIN paper p ON p.id = asked.value
LEFT JOIN reading r ON r.paper_id = p.id AND r.reader_id = :reader
LEFT JOIN note n ON n.paper_id = p.id AND n.reader_id = :reader
ORDER BY asked.key
"""  # noqa: S608 text of our own

NEXT_LINES = f"""
SELECT {_line} FROM paper p
LEFT JOIN reading r ON r.paper_id = p.id AND r.reader_id = :reader
LEFT JOIN note n ON n.paper_id = p.id AND n.reader_id = :reader
WHERE p.position >= :position AND (p.position > :position OR p.id > :id)
ORDER BY p.position, p.id LIMIT :most
"""  # noqa: S608 text of our own

LONGEST_KEY = "SELECT coalesce(max(length(key)), 0) FROM paper"

EXTRAS = """
SELECT p.id, p.venue, p.added_at, r.finished_on, n.words
FROM json_each(:ids) AS asked JOIN paper p ON p.id = asked.value
LEFT JOIN reading r ON r.paper_id = p.id AND r.reader_id = :reader
LEFT JOIN note n ON n.paper_id = p.id AND n.reader_id = :reader
"""


def lines_of(
    connection: Connection, ids: Iterable[int], explained: Collection[int] = ()
) -> "list[PaperLine]":
    """Return a line for each of these papers, in their order; ids that are gone are left out."""
    rows = connection.execute(LINES, {"ids": json_array(map(str, ids)), "reader": ME})
    return list(_paper_lines(rows, explained))


def all_lines(connection: Connection, at_once: int, explained: Collection[int] = ()) -> "Iterator[PaperLine]":
    """Yield a line for each paper, in reading order, so many at once that each look is a short one."""
    position, id_ = -1, 0
    while rows := connection.execute(
        NEXT_LINES, {"position": position, "id": id_, "most": at_once, "reader": ME}
    ).fetchall():
        yield from _paper_lines(rows, explained)
        position, id_ = rows[-1][:2]


def _paper_lines(rows: Iterable[tuple[Any, ...]], explained: Collection[int]) -> "Iterator[PaperLine]":
    from papertrail.domain.paper_line import PaperLine

    for (
        _,
        id_,
        key,
        title,
        year,
        arxiv_id,
        remark,
        status,
        is_read,
        complete,
        in_conflict,
        rating,
        tags,
    ) in rows:
        yield PaperLine(
            id_,
            key,
            title,
            year,
            STATUSES[status],
            bool(is_read and complete == 1),
            bool(is_read and not complete),
            bool(in_conflict),
            notice(remark, arxiv_id) if remark else "",
            marks_of(rating, sorted(lines(tags))) if rating or tags else "",
            id_ in explained,
            complete == -1,
        )


def longest_key(connection: Connection) -> int:
    """Return how many letters the longest key has."""
    longest: int = connection.execute(LONGEST_KEY).fetchone()[0]
    return longest


def extras(
    connection: Connection, ids: Iterable[int]
) -> Iterator[tuple[int, str, str, str | None, int | None]]:
    """Yield id, venue, moment of coming in, date of having been read and words of the note of papers."""
    yield from connection.execute(EXTRAS, {"ids": json_array(map(str, ids)), "reader": ME})

"""Lineages told from memory, and how each paper fared."""

from collections.abc import Sequence
from sqlite3 import Connection
from typing import NamedTuple

from papertrail.store.queries import ME

ADD = """
INSERT INTO telling (reader_id, lineage_id, at, local_date, seconds, words, file)
VALUES (:reader, :lineage, :at, :local_date, :seconds, :words, :file)
"""

PUT_MARK = "INSERT INTO told_paper (telling_id, paper_id, mark) VALUES (:telling, :paper, :mark)"

ALL = """
SELECT t.id, l.name, t.at, t.local_date, t.seconds, t.words, t.file
FROM telling t JOIN lineage l ON l.id = t.lineage_id
WHERE t.reader_id = :reader ORDER BY t.at, t.id
"""

OF_LINEAGE = """
SELECT t.id, l.name, t.at, t.local_date, t.seconds, t.words, t.file
FROM telling t JOIN lineage l ON l.id = t.lineage_id
WHERE t.reader_id = :reader AND t.lineage_id = :lineage ORDER BY t.at, t.id
"""

# A paper that has left the lineage since comes last.
MARKS = """
SELECT tp.telling_id, p.key, tp.mark
FROM telling t JOIN told_paper tp ON tp.telling_id = t.id JOIN paper p ON p.id = tp.paper_id
LEFT JOIN lineage_paper lp ON lp.lineage_id = t.lineage_id AND lp.paper_id = p.id
WHERE t.reader_id = :reader AND (:lineage IS NULL OR t.lineage_id = :lineage)
ORDER BY tp.telling_id, lp.position IS NULL, lp.position, p.id
"""

LINEAGE_NAME = "SELECT name FROM lineage WHERE id = :lineage"

TAKE_MARKS = """
INSERT INTO told_paper (telling_id, paper_id, mark)
SELECT telling_id, :into, mark FROM told_paper WHERE paper_id = :paper
AND telling_id NOT IN (SELECT telling_id FROM told_paper WHERE paper_id = :into)
"""


class Stored(NamedTuple):
    """A row of `telling`, with the name that its lineage has by now."""

    id: int
    lineage: str
    at: str
    local_date: str
    seconds: int
    words: int
    file: str


def add(
    connection: Connection, lineage: int, at: str, local_date: str, seconds: int, words: int, file: str
) -> int:
    """Keep a telling, and return its id."""
    values = {"at": at, "local_date": local_date, "seconds": seconds, "words": words, "file": file}
    telling = connection.execute(ADD, {"reader": ME, "lineage": lineage, **values}).lastrowid
    assert telling is not None
    return telling


def put_mark(connection: Connection, telling: int, paper: int, mark: str) -> None:
    """Say how a paper fared in a telling."""
    connection.execute(PUT_MARK, {"telling": telling, "paper": paper, "mark": mark})


def of_lineage(connection: Connection, lineage: int | None) -> Sequence[Stored]:
    """Return the tellings of a lineage, or of all, the oldest first."""
    sql = ALL if lineage is None else OF_LINEAGE
    values = {"reader": ME} if lineage is None else {"reader": ME, "lineage": lineage}
    return [Stored(*row) for row in connection.execute(sql, values)]


def marks(connection: Connection, lineage: int | None) -> dict[int, dict[str, str]]:
    """Return the marks by telling and key, the keys in the order of the lineage."""
    found: dict[int, dict[str, str]] = {}
    for telling, key, mark in connection.execute(MARKS, {"reader": ME, "lineage": lineage}):
        found.setdefault(telling, {})[key] = mark
    return found


def lineage_name(connection: Connection, lineage: int) -> str | None:
    """Return the name of a lineage by its id; None when it is gone."""
    row = connection.execute(LINEAGE_NAME, {"lineage": lineage}).fetchone()
    return None if row is None else row[0]


def take_marks(connection: Connection, paper: int, into: int) -> None:
    """Give one paper the marks of another wherever it has none of its own."""
    connection.execute(TAKE_MARKS, {"paper": paper, "into": into})

"""Tags of papers, and their ratings."""

import json
from collections.abc import Iterable, Sequence
from sqlite3 import Connection

from papertrail.store.queries import ME
from papertrail.store.queries.operations import Operation

COUNTS = """
SELECT name, count(*) FROM tag WHERE reader_id = :reader GROUP BY name ORDER BY min(rowid)
"""

OF_PAPER = "SELECT name FROM tag WHERE reader_id = :reader AND paper_id = :paper ORDER BY name"

ADD = "INSERT INTO tag (reader_id, paper_id, name) VALUES (:reader, :paper, :name)"

# Rows of paper, key, tags.
ADD_MANY = """
INSERT INTO tag (reader_id, paper_id, name)
SELECT :reader, json_extract(new.value, '$[0]'), name.value
FROM json_each(:rows) AS new, json_each(new.value, '$[2]') AS name ORDER BY new.key, name.key
"""

TELL_MANY = """
INSERT INTO journal (op, at, local_date, reader_id, verb, paper, before, after)
SELECT :op, :at, :local_date, :reader, 'tag', json_extract(value, '$[1]'), '{}',
  json_object('tags', json_extract(value, '$[2]'))
FROM json_each(:rows) ORDER BY json_each.key
"""

REMOVE = "DELETE FROM tag WHERE reader_id = :reader AND paper_id = :paper AND name = :name"

RATING = "SELECT rating FROM reading WHERE reader_id = :reader AND paper_id = :paper"

# A paper that nothing was said of yet is unread.
RATE = """
INSERT INTO reading (reader_id, paper_id, status, is_read, rating)
VALUES (:reader, :paper, 'unread', 0, :rating)
ON CONFLICT (reader_id, paper_id) DO UPDATE SET rating = excluded.rating
"""


def counts(connection: Connection) -> list[tuple[str, int]]:
    """Return every tag with the number of its papers, the one first written first."""
    return list(connection.execute(COUNTS, {"reader": ME}))


def of(connection: Connection, paper: int) -> list[str]:
    """Return the tags of a paper."""
    return [name for (name,) in connection.execute(OF_PAPER, {"reader": ME, "paper": paper})]


def add(connection: Connection, paper: int, names: Iterable[str]) -> None:
    """Give a paper tags that it has not."""
    connection.executemany(ADD, [{"reader": ME, "paper": paper, "name": name} for name in names])


def add_many(
    connection: Connection, operation: Operation, rows: Sequence[tuple[int, str, Sequence[str]]]
) -> None:
    """Give papers tags that they have not, and tell the journal: rows of id, key and tags."""
    values = {"rows": json.dumps(rows, ensure_ascii=False), "reader": ME, **operation._asdict()}
    connection.execute(ADD_MANY, values)
    connection.execute(TELL_MANY, values)


def remove(connection: Connection, paper: int, names: Iterable[str]) -> None:
    """Take tags off a paper."""
    connection.executemany(REMOVE, [{"reader": ME, "paper": paper, "name": name} for name in names])


def rating(connection: Connection, paper: int) -> int | None:
    """Return the rating of a paper."""
    row = connection.execute(RATING, {"reader": ME, "paper": paper}).fetchone()
    return row[0] if row else None


def rate(connection: Connection, paper: int, stars: int | None) -> None:
    """Rate a paper, or take its rating off."""
    connection.execute(RATE, {"reader": ME, "paper": paper, "rating": stars})

"""Looking whether the database is what it should be, and setting right what follows from other rows."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from sqlite3 import Connection
from typing import NamedTuple
from zlib import crc32

from papertrail.store.queries import ME, reading

EXPECTED = Path(__file__).parent.parent / "schema.json"
"""What the migrations make, as `described` tells it; `python -m bench.schema` writes it."""
MOST = 100  # faults that SQLite names at once

# SQLite's own tables, and those in which FTS5 keeps its index, whose words are SQLite's.
SCHEMA = """
SELECT type, name, sql FROM sqlite_master
WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'words_*'
ORDER BY type, name
"""

COUNTED_TOLD = """
SELECT coalesce((SELECT p.key FROM alias a JOIN paper p ON p.id = a.paper_id WHERE a.key = j.paper), j.paper),
  json_extract(j.before, '$.on'), json_extract(j.after, '$.on')
FROM journal j WHERE j.reader_id = :reader AND j.verb = 'counted'
"""

COUNTED_NOW = """
SELECT p.key, r.counted_on FROM reading r JOIN paper p ON p.id = r.paper_id
JOIN note n ON n.reader_id = r.reader_id AND n.paper_id = r.paper_id
WHERE r.reader_id = :reader AND r.is_read AND n.complete AND r.counted_on IS NOT NULL
"""

QUEUED_ODDLY = """
SELECT p.key, r.status, r.queue_position FROM reading r JOIN paper p ON p.id = r.paper_id
WHERE r.reader_id = :reader AND (
  (r.status = 'queued') <> (r.queue_position IS NOT NULL)
  OR r.status = 'queued' AND EXISTS (
    SELECT 1 FROM reading other WHERE other.reader_id = r.reader_id AND other.status = 'queued'
      AND other.paper_id <> r.paper_id AND other.queue_position = r.queue_position))
ORDER BY r.queue_position, p.id
"""

LEAVE_QUEUE = """
UPDATE reading SET queue_position = NULL
WHERE reader_id = :reader AND status <> 'queued' AND queue_position IS NOT NULL
"""

IN_LINE = """
SELECT paper_id FROM reading WHERE reader_id = :reader AND status = 'queued'
ORDER BY queue_position IS NULL, queue_position, paper_id
"""

NEWEST_MOMENT = "SELECT max(at) FROM journal WHERE reader_id = :reader"

LEFT_OPEN = "SELECT count(*) FROM operation WHERE recording <> 0"

CLOSE_OPEN = "UPDATE operation SET recording = 0 WHERE recording <> 0"


class CountedOtherwise(NamedTuple):
    """A paper of which the journal tells other days than it counts by.

    Attributes:
        key: the paper's.
        too_many: days that the journal has, and the paper has not.
        lacking: days that the paper has, and the journal has not.
    """

    key: str
    too_many: tuple[str, ...]
    lacking: tuple[str, ...]


class PointsNowhere(NamedTuple):
    """Rows of one table that name rows of another one which are not there."""

    table: str
    parent: str
    rows: tuple[int, ...]


def faults(connection: Connection) -> list[str]:
    """Return what SQLite says is wrong with the pages and rows of the file; empty when all is right."""
    told = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({MOST:d})")]
    lines = [line for text in told for line in text.split("\n") if line]
    return [] if lines == ["ok"] else [line for line in lines if not line.startswith("*** in database")]


def remake_indexes(connection: Connection) -> None:
    """Make every index of the tables anew; within a write transaction."""
    connection.execute("REINDEX")


def points_nowhere(connection: Connection) -> list[PointsNowhere]:
    """Return the rows that name rows which are not there."""
    found: dict[tuple[str, str], list[int]] = {}
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        found.setdefault((table, parent), []).append(row)
    return [PointsNowhere(table, parent, tuple(rows)) for (table, parent), rows in found.items()]


def remove_rows(connection: Connection, table: str, rows: Iterable[int]) -> None:
    """Remove rows of one of our tables by their numbers; within a write transaction."""
    quoted = table.replace('"', '""')
    connection.executemany(f'DELETE FROM "{quoted}" WHERE rowid = ?', [(row,) for row in rows])  # noqa: S608


def described(connection: Connection) -> dict[str, int]:
    """Return what the schema consists of, with a number for the text of each part.

    White space and quotation marks do not count, which SQLite itself changes where a table gets another name;
    nor does the order of lines, in which the migrations write down what holds of a table.
    """
    rows = connection.execute(SCHEMA)
    return {f"{kind} {name}": crc32(_told(kind, sql).encode()) for kind, name, sql in rows}


def _told(kind: str, sql: str) -> str:
    lines = [re.sub(r"[\s\"]+", "", line).rstrip(",") for line in sql.split("\n")]
    return "\n".join(sorted(lines) if kind == "table" else lines)


def expected() -> dict[str, int]:
    """Return what `described` gives for a database that the migrations have just made."""
    parts: dict[str, int] = json.loads(EXPECTED.read_text(encoding="utf-8"))
    return parts


def counted_otherwise(connection: Connection) -> list[CountedOtherwise]:
    """Return the papers whose rows in the journal do not come to the day they count by."""
    days: dict[str, Counter[str]] = {}
    for key, before, after in connection.execute(COUNTED_TOLD, {"reader": ME}):
        of_paper = days.setdefault(key, Counter())
        of_paper.subtract([before] if before else [])
        of_paper.update([after] if after else [])
    for key, day in connection.execute(COUNTED_NOW, {"reader": ME}):
        days.setdefault(key, Counter()).subtract([day])
    return [
        CountedOtherwise(key, tuple((+left).elements()), tuple((-left).elements()))
        for key, left in days.items()
        if any(left.values())
    ]


def queued_oddly(connection: Connection) -> list[tuple[str, str, int | None]]:
    """Return key, status and place of the papers that share a place, lack one, or have one unqueued."""
    return connection.execute(QUEUED_ODDLY, {"reader": ME}).fetchall()


def line_up(connection: Connection) -> None:
    """Give each queued paper a place of its own, and no other paper any; within a write transaction."""
    connection.execute(LEAVE_QUEUE, {"reader": ME})
    line = [row[0] for row in connection.execute(IN_LINE, {"reader": ME})]
    places = [{"reader": ME, "paper": paper, "position": place} for place, paper in enumerate(line, start=1)]
    connection.executemany(reading.SET_QUEUE_POSITION, places)


def newest_moment(connection: Connection) -> str | None:
    """Return the latest moment of the journal, UTC text; None while there is no row."""
    moment: str | None = connection.execute(NEWEST_MOMENT, {"reader": ME}).fetchone()[0]
    return moment


def left_open(connection: Connection) -> int:
    """Return how many operations are marked as under way; outside of transactions there is none."""
    number: int = connection.execute(LEFT_OPEN).fetchone()[0]
    return number


def close_open(connection: Connection) -> None:
    """End the operations that are marked as under way; within a write transaction."""
    connection.execute(CLOSE_OPEN)

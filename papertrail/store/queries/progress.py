"""Counting: papers read and counted, by lineage, by day and in all; on which days the reader was at it."""

from collections.abc import Collection
from datetime import date
from sqlite3 import Connection
from typing import TYPE_CHECKING

from papertrail.store.queries import ME
from papertrail.store.queries.missing import is_missing

if TYPE_CHECKING:
    from papertrail.domain.goal.goal import Goal
    from papertrail.domain.lineages.lineage import LineageProgress

READ_AND_COUNTED = """
SELECT count(*), coalesce(sum(coalesce(n.complete, 0)), 0) FROM reading r
LEFT JOIN note n ON n.paper_id = r.paper_id AND n.reader_id = r.reader_id
WHERE r.reader_id = :reader AND r.is_read
"""

# Counted from the papers with a status: a trail of 100,000 has few of these, and an index counts the others.
LINEAGES = f"""
SELECT l.name, (SELECT count(*) FROM lineage_paper lp WHERE lp.lineage_id = l.id),
  coalesce(begun.read, 0), coalesce(begun.counted, 0), l.active, coalesce(begun.reading, 0),
  coalesce(begun.missing, 0)
FROM lineage l LEFT JOIN (
  SELECT lp.lineage_id, sum(r.is_read) AS read, sum(r.is_read AND coalesce(n.complete, 0)) AS counted,
    sum(r.status = 'reading') AS reading, sum({is_missing}) AS missing
  FROM reading r CROSS JOIN lineage_paper lp ON lp.paper_id = r.paper_id
  JOIN paper p ON p.id = r.paper_id
  LEFT JOIN note n ON n.paper_id = r.paper_id AND n.reader_id = r.reader_id
  WHERE r.reader_id = :reader GROUP BY lp.lineage_id) begun ON begun.lineage_id = l.id
ORDER BY l.position, l.id
"""  # noqa: S608 text of our own

EXPLAINED_OF = """
SELECT l.name, count(*) FROM json_each(:papers) AS explained
JOIN lineage_paper lp ON lp.paper_id = explained.value JOIN lineage l ON l.id = lp.lineage_id GROUP BY l.id
"""

EXPLAINED_WITHIN = """
SELECT count(*) FROM json_each(:papers) AS explained
JOIN reading r ON r.paper_id = explained.value AND r.reader_id = :reader
WHERE CASE WHEN :by_reading THEN r.finished_on ELSE r.counted_on END >= :start
  AND CASE WHEN :by_reading THEN r.finished_on ELSE r.counted_on END < :end
"""

# The day by which a paper counts, for each of the two ways to count.
COUNTED_DAYS = """
SELECT r.counted_on, count(*) FROM reading r
JOIN note n ON n.paper_id = r.paper_id AND n.reader_id = r.reader_id
WHERE r.reader_id = :reader AND r.is_read AND n.complete
  AND r.counted_on >= :start AND r.counted_on < :end
GROUP BY r.counted_on ORDER BY r.counted_on
"""

READ_DAYS = """
SELECT finished_on, count(*) FROM reading
WHERE reader_id = :reader AND is_read AND finished_on >= :start AND finished_on < :end
GROUP BY finished_on ORDER BY finished_on
"""

# Papers begun, read or written about, each once a day; putting one into the queue is no reading, and a day
# told later is that of the reading itself.
ACTIVE_DAYS = """
SELECT day, count(paper) FROM (
  SELECT local_date AS day, paper FROM journal
  WHERE local_date >= :start AND reader_id = :reader AND undone_by IS NULL
    AND (verb = 'note' OR (verb = 'status' AND after IN ('{"status": "reading"}', '{"status": "read"}')))
  UNION
  SELECT r.finished_on, p.key FROM reading r JOIN paper p ON p.id = r.paper_id
  WHERE r.reader_id = :reader AND r.is_read AND r.finished_on >= :start
) GROUP BY day
"""

LINEAGE_NAMES = "SELECT name FROM lineage ORDER BY position, id"


def read_and_counted(connection: Connection) -> tuple[int, int]:
    """Return how many papers are read, and how many of them count."""
    read, counted = connection.execute(READ_AND_COUNTED, {"reader": ME}).fetchone()
    return int(read), int(counted)


def counted_days(connection: Connection, goal: "Goal") -> list[tuple[date, int]]:
    """Return each day within a goal on which papers were counted towards it, and how many."""
    from papertrail.domain.goal.goal import Counts

    sql = COUNTED_DAYS if goal.counts is Counts.NOTED else READ_DAYS
    values = {"reader": ME, "start": goal.start.isoformat(), "end": goal.end.isoformat()}
    return [(date.fromisoformat(day), number) for day, number in connection.execute(sql, values)]


def active_days(connection: Connection, since: date) -> dict[date, int]:
    """Return the days since then with papers begun, read or written about, and how many papers."""
    rows = connection.execute(ACTIVE_DAYS, {"reader": ME, "start": since.isoformat()})
    return {date.fromisoformat(day): number for day, number in rows}


def explained_towards(connection: Connection, goal: "Goal", explained: Collection[int]) -> int:
    """Return how many of some papers that can be explained count towards a goal."""
    if not explained:
        return 0
    from papertrail.domain.goal.goal import Counts

    values = {
        "reader": ME,
        "papers": str(list(explained)),
        "by_reading": goal.counts is Counts.READ,
        "start": goal.start.isoformat(),
        "end": goal.end.isoformat(),
    }
    return int(connection.execute(EXPLAINED_WITHIN, values).fetchone()[0])


def lineages(connection: Connection, explained: Collection[int] = ()) -> "list[LineageProgress]":
    """Return every lineage with its numbers, in order.

    Args:
        connection: the database.
        explained: ids of the papers that can be explained.
    """
    from papertrail.domain.lineages.lineage import LineageProgress

    told = dict(connection.execute(EXPLAINED_OF, {"papers": str(list(explained))})) if explained else {}
    rows = connection.execute(LINEAGES, {"reader": ME})
    return [
        LineageProgress(name, total, read, counted, bool(active), reading, told.get(name, 0), missing)
        for name, total, read, counted, active, reading, missing in rows
    ]


def lineage_names(connection: Connection) -> list[str]:
    """Return the lineages' names, in order."""
    return [row[0] for row in connection.execute(LINEAGE_NAMES)]

"""Counting: the goal in force, papers read and counted, by lineage and in all."""

from datetime import date
from sqlite3 import Connection

from papertrail.domain.goal import Goal
from papertrail.domain.lineage import LineageProgress
from papertrail.store.queries import ME

GOAL = 'SELECT target, start, "end" FROM goal WHERE reader_id = :reader ORDER BY id DESC LIMIT 1'

ADD_GOAL = """
INSERT INTO goal (reader_id, target, start, "end", counts, set_at)
VALUES (:reader, :target, :start, :end, :counts, :set_at)
"""

READ_AND_COUNTED = """
SELECT count(*), coalesce(sum(coalesce(n.complete, 0)), 0) FROM reading r
LEFT JOIN note n ON n.paper_id = r.paper_id AND n.reader_id = r.reader_id
WHERE r.reader_id = :reader AND r.status = 'read'
"""

LINEAGES = """
SELECT l.name, count(lp.paper_id), coalesce(sum(r.status = 'read'), 0),
  coalesce(sum(r.status = 'read' AND n.complete), 0)
FROM lineage l LEFT JOIN lineage_paper lp ON lp.lineage_id = l.id
LEFT JOIN reading r ON r.paper_id = lp.paper_id AND r.reader_id = :reader
LEFT JOIN note n ON n.paper_id = lp.paper_id AND n.reader_id = :reader
GROUP BY l.id ORDER BY l.position, l.id
"""

LINEAGE_NAMES = "SELECT name FROM lineage ORDER BY position, id"


def goal(connection: Connection) -> Goal | None:
    """Return the goal in force, or None while there is none."""
    row = connection.execute(GOAL, {"reader": ME}).fetchone()
    return Goal(row[0], date.fromisoformat(row[1]), date.fromisoformat(row[2])) if row else None


def add_goal(connection: Connection, goal: Goal, at: str) -> None:
    """Store a goal; it is in force from now on."""
    connection.execute(
        ADD_GOAL,
        {
            "reader": ME,
            "target": goal.target,
            "start": goal.start.isoformat(),
            "end": goal.end.isoformat(),
            "counts": "noted",
            "set_at": at,
        },
    )


def read_and_counted(connection: Connection) -> tuple[int, int]:
    """Return how many papers are read, and how many of them count."""
    read, counted = connection.execute(READ_AND_COUNTED, {"reader": ME}).fetchone()
    return int(read), int(counted)


def lineages(connection: Connection) -> list[LineageProgress]:
    """Return every lineage with its numbers, in order."""
    return [LineageProgress(*row) for row in connection.execute(LINEAGES, {"reader": ME})]


def lineage_names(connection: Connection) -> list[str]:
    """Return the lineages' names, in order."""
    return [row[0] for row in connection.execute(LINEAGE_NAMES)]

"""The numbers of a prompt: each a question of its own, as a line asks for few of them.

Imported with every prompt: with nothing but text, and no values of the domain.
"""

from sqlite3 import Connection

from papertrail.store.queries import ME
from papertrail.store.queries.candidates import CANDIDATES
from papertrail.store.queries.missing import is_missing

LEAST = 3  # papers that count from which a lineage asks: `domain/recall/review.py` has it, a test says so

DAY_STARTS = "SELECT value FROM setting WHERE name = 'day-starts'"

# The reader's date: SQLite has the time zone's rules as well, and importing a calendar takes longer.
TODAY = "SELECT date('now', 'localtime', :before)"

GOAL = """
SELECT target, start, "end", counts = 'read', dropped FROM goal WHERE reader_id = :reader
ORDER BY id DESC LIMIT 1
"""

READ_AND_NOTED = """
SELECT count(*), coalesce(sum(coalesce(n.complete, 0)), 0) FROM reading r
LEFT JOIN note n ON n.paper_id = r.paper_id AND n.reader_id = r.reader_id
WHERE r.reader_id = :reader AND r.is_read
"""

MISSING = f"""
SELECT count(*) FROM reading r JOIN paper p ON p.id = r.paper_id
LEFT JOIN note n ON n.paper_id = r.paper_id AND n.reader_id = r.reader_id
WHERE r.reader_id = :reader AND r.is_read AND {is_missing}
"""  # noqa: S608 text of our own

COUNTED = """
SELECT count(*) FROM reading r JOIN note n ON n.paper_id = r.paper_id AND n.reader_id = r.reader_id
WHERE r.reader_id = :reader AND r.is_read AND n.complete AND r.counted_on >= :start AND r.counted_on < :end
"""

READ = """
SELECT count(*) FROM reading
WHERE reader_id = :reader AND is_read AND finished_on >= :start AND finished_on < :end
"""

WITH_STATUS = "SELECT count(*) FROM reading WHERE reader_id = :reader AND status = :status"

DUE = f"""
SELECT count(*) FROM ({CANDIDATES}) WHERE last_on < :today AND (due_on <= :today OR failed)
"""  # noqa: S608 text of our own


def _number(connection: Connection, sql: str, **values: object) -> int:
    return int(connection.execute(sql, {"reader": ME, **values}).fetchone()[0])


def today(connection: Connection) -> str:
    """Return the reader's date by the machine's clock, ISO."""
    return str(connection.execute(TODAY, {"before": f"-{day_starts(connection)}"}).fetchone()[0])


def day_starts(connection: Connection) -> str:
    """Return when the reader's day begins, `HH:MM`."""
    row = connection.execute(DAY_STARTS).fetchone()
    text = str(row[0]) if row else ""
    return text if len(text) == 5 and text[:2].isdigit() and text[3:].isdigit() else "00:00"


def goal(connection: Connection) -> tuple[int, str, str, bool] | None:
    """Return target, first day, the day after the last, whether reading alone counts; None without one."""
    row = connection.execute(GOAL, {"reader": ME}).fetchone()
    return None if row is None or row[4] else (int(row[0]), row[1], row[2], bool(row[3]))


def counted(connection: Connection) -> int:
    """Return how many papers count towards the goal; without one all that are read and noted."""
    wanted = goal(connection)
    if wanted is None:
        return int(connection.execute(READ_AND_NOTED, {"reader": ME}).fetchone()[1])
    _, start, end, by_reading = wanted
    return _number(connection, READ if by_reading else COUNTED, start=start, end=end)


def owed(connection: Connection) -> int:
    """Return how many papers are read whose note is not complete, those that are missing left out."""
    read, noted = connection.execute(READ_AND_NOTED, {"reader": ME}).fetchone()
    return int(read - noted - (_number(connection, MISSING) if read > noted else 0))


def with_status(connection: Connection, status: str) -> int:
    """Return how many papers have a status."""
    return _number(connection, WITH_STATUS, status=status)


def due(connection: Connection, day: str) -> int:
    """Return how many questions that were answered before are to be asked again by a day, ISO."""
    wanted = goal(connection)
    by_reading = wanted is not None and wanted[3]
    return _number(connection, DUE, today=day, by_reading=by_reading, least=LEAST)

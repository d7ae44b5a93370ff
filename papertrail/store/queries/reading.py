"""How far the reader is with papers: one row a paper, changed together with its journal row."""

from collections.abc import Sequence
from sqlite3 import Connection

from papertrail.domain.paper import Status
from papertrail.store.queries import ME

STATUS_OF = "SELECT status FROM reading WHERE reader_id = :reader AND paper_id = :paper"

IS_READ = "SELECT is_read FROM reading WHERE reader_id = :reader AND paper_id = :paper"

# Who begins again what was read, or queues it for that, has read it still.
SET_STATUS = """
INSERT INTO reading
  (reader_id, paper_id, status, is_read, queue_position, started_at, finished_at, finished_on)
VALUES (:reader, :paper, :status, :status = 'read',
  CASE WHEN :status = 'queued' THEN
    (SELECT coalesce(max(queue_position), 0) + 1 FROM reading WHERE reader_id = :reader) END,
  CASE WHEN :status IN ('reading', 'read') THEN :at END,
  CASE WHEN :status = 'read' THEN :at END,
  CASE WHEN :status = 'read' THEN :on END)
ON CONFLICT (reader_id, paper_id) DO UPDATE SET
  status = excluded.status,
  is_read = CASE WHEN :status IN ('reading', 'queued') THEN reading.is_read ELSE excluded.is_read END,
  queue_position = excluded.queue_position,
  started_at = coalesce(reading.started_at, excluded.started_at),
  finished_at = coalesce(reading.finished_at, excluded.finished_at),
  finished_on = coalesce(reading.finished_on, excluded.finished_on)
"""

# As it was before the first thing that an operation did to it.
BEFORE = """
SELECT before FROM change
WHERE operation_id = (SELECT id FROM operation WHERE op = :op)
  AND table_name = 'reading' AND row_key = :reader || ',' || :paper
ORDER BY id LIMIT 1
"""

MAKE_ROOM_IN_QUEUE = """
UPDATE reading SET queue_position = queue_position + 1
WHERE reader_id = :reader AND status = 'queued' AND queue_position >= :position
  AND EXISTS (SELECT 1 FROM reading WHERE reader_id = :reader AND queue_position = :position)
"""

GO_BACK = """
UPDATE reading SET status = :status, is_read = :is_read, queue_position = :queue_position,
  started_at = :started_at
WHERE reader_id = :reader AND paper_id = :paper
"""

MOVE_DAYS = """
UPDATE reading SET finished_at = :at, finished_on = :on,
  counted_at = CASE WHEN counted_on IS NOT NULL THEN :at END,
  counted_on = CASE WHEN counted_on IS NOT NULL THEN :on END
WHERE reader_id = :reader AND paper_id = :paper
"""

# Null while it does not count; by reading alone, or only once it is noted.
COUNTED_ON = """
SELECT CASE WHEN :by_reading THEN r.finished_on WHEN n.complete THEN r.counted_on END FROM reading r
LEFT JOIN note n ON n.reader_id = r.reader_id AND n.paper_id = r.paper_id
WHERE r.reader_id = :reader AND r.paper_id = :paper AND r.is_read
"""

SET_IS_READ = "UPDATE reading SET is_read = :is_read WHERE reader_id = :reader AND paper_id = :paper"

SETTLE_COUNTED = """
UPDATE reading SET counted_at = :at, counted_on = :on
WHERE reader_id = :reader AND paper_id = :paper AND is_read AND counted_on IS NULL
  AND EXISTS (SELECT 1 FROM note n
    WHERE n.reader_id = reading.reader_id AND n.paper_id = reading.paper_id AND n.complete)
"""

QUEUE = """
SELECT paper_id, queue_position FROM reading
WHERE reader_id = :reader AND status = 'queued' ORDER BY queue_position, paper_id
"""

SET_QUEUE_POSITION = """
UPDATE reading SET queue_position = :position WHERE reader_id = :reader AND paper_id = :paper
"""

HAS_ANSWERS = "SELECT EXISTS (SELECT 1 FROM review WHERE reader_id = :reader)"

_NO_ROW = {"status": Status.UNREAD.value, "is_read": 0, "queue_position": None, "started_at": None}


def status_of(connection: Connection, paper: int) -> Status:
    """Return the reader's status of a paper."""
    row = connection.execute(STATUS_OF, {"reader": ME, "paper": paper}).fetchone()
    return Status(row[0]) if row else Status.UNREAD


def set_status(connection: Connection, paper: int, status: Status, at: str, on: str) -> None:
    """Store a status; a paper newly queued goes to the end of the queue.

    The days of reading and counting stay whatever the status, so that a slip of the finger does not move a
    paper to another week: where it is read again it has the days it had.

    Args:
        connection: within a write transaction.
        paper: id.
        status: the new one.
        at: the moment, UTC text.
        on: the reader's date of it, ISO 8601.
    """
    values = {"reader": ME, "paper": paper, "status": status.value, "at": at, "on": on}
    connection.execute(SET_STATUS, values)


def is_read(connection: Connection, paper: int) -> bool:
    """Tell whether the reader has read a paper, once or more."""
    row = connection.execute(IS_READ, {"reader": ME, "paper": paper}).fetchone()
    return bool(row and row[0])


def go_back(connection: Connection, paper: int, op: str, status: Status, at: str, on: str) -> None:
    """Give a paper what it had before an operation: status, place in the queue and beginning.

    The days it was read and counted on stay. Those behind its place in the queue move on where that is taken
    by now. Of an operation whose rows were not recorded only the status is known.

    Args:
        connection: within a write transaction.
        paper: id.
        op: the operation that gave it another status.
        status: the one it had before that, as the journal tells.
        at: this moment, UTC text.
        on: the reader's date of it, ISO 8601.
    """
    import json

    me = {"reader": ME, "paper": paper}
    recorded = connection.execute(BEFORE, {**me, "op": op}).fetchone()
    if recorded is None:
        set_status(connection, paper, status, at, on)
        connection.execute(
            SET_IS_READ, {**me, "is_read": status is Status.READ}
        )  # nothing was read again then
        return
    row = json.loads(recorded[0]) if recorded[0] else _NO_ROW
    connection.execute(MAKE_ROOM_IN_QUEUE, {"reader": ME, "position": row["queue_position"]})
    connection.execute(GO_BACK, {**me, **{name: row[name] for name in _NO_ROW}})


def move_days(connection: Connection, paper: int, at: str, on: str) -> None:
    """Give a read paper another day: that of reading, and of counting where it counts."""
    connection.execute(MOVE_DAYS, {"reader": ME, "paper": paper, "at": at, "on": on})


def counted_on(connection: Connection, paper: int, *, by_reading: bool = False) -> str | None:
    """Return the date a paper counts by, ISO 8601, or None while it does not count.

    Args:
        connection: of the database.
        paper: id.
        by_reading: whether a paper counts once it is read, noted or not.
    """
    values = {"reader": ME, "paper": paper, "by_reading": by_reading}
    row = connection.execute(COUNTED_ON, values).fetchone()
    return row[0] if row else None


def settle_counted(connection: Connection, paper: int, at: str, on: str) -> None:
    """Give a paper that is read and noted its day, if it has none yet."""
    connection.execute(SETTLE_COUNTED, {"reader": ME, "paper": paper, "at": at, "on": on})


def has_answers(connection: Connection) -> bool:
    """Tell whether the reader ever answered a question: until then no paper can be explained."""
    return bool(connection.execute(HAS_ANSWERS, {"reader": ME}).fetchone()[0])


def queue(connection: Connection) -> list[int]:
    """Return the ids of the queued papers, first in line first."""
    return [row[0] for row in connection.execute(QUEUE, {"reader": ME})]


def set_queue(connection: Connection, papers: Sequence[int]) -> None:
    """Put the queued papers in this order.

    They share the positions they have: one that left the queue finds its own free when it goes back.
    """
    position = 0
    places = []
    for paper, (_, taken) in zip(papers, connection.execute(QUEUE, {"reader": ME}).fetchall(), strict=True):
        position = max(position + 1, taken)
        places.append({"reader": ME, "paper": paper, "position": position})
    connection.executemany(SET_QUEUE_POSITION, places)

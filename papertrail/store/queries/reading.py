"""How far the reader is with papers: one row a paper, changed together with its journal row."""

from collections.abc import Sequence
from sqlite3 import Connection

from papertrail.domain.paper import Status
from papertrail.store.queries import ME

STATUS_OF = "SELECT status FROM reading WHERE reader_id = :reader AND paper_id = :paper"

SET_STATUS = """
INSERT INTO reading (reader_id, paper_id, status, queue_position, started_at, finished_at, finished_on)
VALUES (:reader, :paper, :status,
  CASE WHEN :status = 'queued' THEN
    (SELECT coalesce(max(queue_position), 0) + 1 FROM reading WHERE reader_id = :reader) END,
  CASE WHEN :status IN ('reading', 'read') THEN :at END,
  CASE WHEN :status = 'read' THEN :at END,
  CASE WHEN :status = 'read' THEN :on END)
ON CONFLICT (reader_id, paper_id) DO UPDATE SET
  status = excluded.status,
  queue_position = excluded.queue_position,
  started_at = CASE WHEN :status IN ('reading', 'read') THEN coalesce(reading.started_at, excluded.started_at)
    WHEN :status = 'unread' THEN NULL ELSE reading.started_at END,
  finished_at = CASE WHEN :status <> 'unread' THEN coalesce(reading.finished_at, excluded.finished_at) END,
  finished_on = CASE WHEN :status <> 'unread' THEN coalesce(reading.finished_on, excluded.finished_on) END,
  counted_at = CASE WHEN :status <> 'unread' THEN reading.counted_at END,
  counted_on = CASE WHEN :status <> 'unread' THEN reading.counted_on END
"""

MOVE_DAYS = """
UPDATE reading SET finished_at = :at, finished_on = :on,
  counted_at = CASE WHEN counted_on IS NOT NULL THEN :at END,
  counted_on = CASE WHEN counted_on IS NOT NULL THEN :on END
WHERE reader_id = :reader AND paper_id = :paper
"""

# Null while the paper is not read, or its note not complete.
COUNTED_ON = """
SELECT r.counted_on FROM reading r JOIN note n ON n.reader_id = r.reader_id AND n.paper_id = r.paper_id
WHERE r.reader_id = :reader AND r.paper_id = :paper AND r.status = 'read' AND n.complete
"""

SETTLE_COUNTED = """
UPDATE reading SET counted_at = :at, counted_on = :on
WHERE reader_id = :reader AND paper_id = :paper AND status = 'read' AND counted_on IS NULL
  AND EXISTS (SELECT 1 FROM note n
    WHERE n.reader_id = reading.reader_id AND n.paper_id = reading.paper_id AND n.complete)
"""

QUEUE = """
SELECT paper_id FROM reading WHERE reader_id = :reader AND status = 'queued' ORDER BY queue_position, paper_id
"""

SET_QUEUE_POSITION = """
UPDATE reading SET queue_position = :position WHERE reader_id = :reader AND paper_id = :paper
"""


def status_of(connection: Connection, paper: int) -> Status:
    """Return the reader's status of a paper."""
    row = connection.execute(STATUS_OF, {"reader": ME, "paper": paper}).fetchone()
    return Status(row[0]) if row else Status.UNREAD


def set_status(connection: Connection, paper: int, status: Status, at: str, on: str) -> None:
    """Store a status; a paper newly queued goes to the end of the queue.

    The days of reading and counting stay when a status is taken back, so that a slip of the finger does not
    move a paper to another week; unread forgets them.

    Args:
        connection: within a write transaction.
        paper: id.
        status: the new one.
        at: the moment, UTC text.
        on: the reader's date of it, ISO 8601.
    """
    values = {"reader": ME, "paper": paper, "status": status.value, "at": at, "on": on}
    connection.execute(SET_STATUS, values)


def move_days(connection: Connection, paper: int, at: str, on: str) -> None:
    """Give a read paper another day: that of reading, and of counting where it counts."""
    connection.execute(MOVE_DAYS, {"reader": ME, "paper": paper, "at": at, "on": on})


def counted_on(connection: Connection, paper: int) -> str | None:
    """Return the date a paper counts by, ISO 8601, or None while it does not count."""
    row = connection.execute(COUNTED_ON, {"reader": ME, "paper": paper}).fetchone()
    return row[0] if row else None


def settle_counted(connection: Connection, paper: int, at: str, on: str) -> None:
    """Give a paper that is read and noted its day, if it has none yet."""
    connection.execute(SETTLE_COUNTED, {"reader": ME, "paper": paper, "at": at, "on": on})


def queue(connection: Connection) -> list[int]:
    """Return the ids of the queued papers, first in line first."""
    return [row[0] for row in connection.execute(QUEUE, {"reader": ME})]


def set_queue(connection: Connection, papers: Sequence[int]) -> None:
    """Put the queued papers in this order."""
    connection.executemany(
        SET_QUEUE_POSITION, [{"reader": ME, "paper": p, "position": i} for i, p in enumerate(papers, start=1)]
    )

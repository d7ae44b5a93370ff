"""Status: one row a paper, changed together with its journal row."""

from sqlite3 import Connection

from papertrail.domain.paper import Status
from papertrail.store.queries import ME

STATUS_OF = "SELECT status FROM reading WHERE reader_id = :reader AND paper_id = :paper"

SET_STATUS = """
INSERT INTO reading (reader_id, paper_id, status, queue_position, started_at, finished_at)
VALUES (:reader, :paper, :status,
  CASE WHEN :status = 'queued' THEN
    (SELECT coalesce(max(queue_position), 0) + 1 FROM reading WHERE reader_id = :reader) END,
  CASE WHEN :status IN ('reading', 'read') THEN :at END,
  CASE WHEN :status = 'read' THEN :at END)
ON CONFLICT (reader_id, paper_id) DO UPDATE SET
  status = excluded.status,
  queue_position = excluded.queue_position,
  started_at = CASE WHEN :status IN ('reading', 'read') THEN coalesce(reading.started_at, excluded.started_at)
    WHEN :status = 'unread' THEN NULL ELSE reading.started_at END,
  finished_at = excluded.finished_at
"""


def status_of(connection: Connection, paper: int) -> Status:
    """Return the reader's status of a paper."""
    row = connection.execute(STATUS_OF, {"reader": ME, "paper": paper}).fetchone()
    return Status(row[0]) if row else Status.UNREAD


def set_status(connection: Connection, paper: int, status: Status, at: str) -> None:
    """Store a status; `at` is the moment, UTC text. A paper newly queued goes to the end of the queue."""
    connection.execute(SET_STATUS, {"reader": ME, "paper": paper, "status": status.value, "at": at})

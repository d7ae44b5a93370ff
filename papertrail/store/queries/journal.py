"""The journal: appended to in the transaction of the change itself."""

from sqlite3 import Connection

from papertrail.domain.paper import Status, StatusStep
from papertrail.store.queries import ME

APPEND = """
INSERT INTO journal (op, at, local_date, reader_id, verb, paper, before, after)
VALUES (:op, :at, :local_date, :reader, :verb, :paper, :before, :after)
"""

STATUS_STEPS = """
SELECT before, after FROM journal
WHERE reader_id = :reader AND verb = 'status' AND paper = :paper AND undone_by IS NULL ORDER BY id
"""


def append(
    connection: Connection,
    *,
    op: str,
    at: str,
    local_date: str,
    verb: str,
    paper: str | None,
    before: str | None,
    after: str | None,
) -> None:
    """Add one row.

    Args:
        op: the use case's own id, the same for all its rows.
        at: moment, UTC text.
        local_date: the reader's date, ISO 8601.
        verb: what was done, such as `status` or `note`.
        paper: key of the paper concerned.
        before: JSON of what was; None for nothing.
        after: JSON of what is; None for nothing.
    """
    connection.execute(
        APPEND,
        {
            "op": op,
            "at": at,
            "local_date": local_date,
            "reader": ME,
            "verb": verb,
            "paper": paper,
            "before": before,
            "after": after,
        },
    )


def status_steps(connection: Connection, key: str) -> list[StatusStep]:
    """Return every change of a paper's status, the oldest first."""
    import json

    rows = connection.execute(STATUS_STEPS, {"reader": ME, "paper": key})
    told = ((json.loads(before), json.loads(after)) for before, after in rows)
    return [
        StatusStep(Status(before["status"]), Status(after["status"]), after.get("back", False))
        for before, after in told
    ]

"""The journal: appended to in the transaction of the change itself."""

from sqlite3 import Connection
from typing import TYPE_CHECKING, Any, NamedTuple

from papertrail.store.queries import ME

if TYPE_CHECKING:
    from papertrail.domain.status_steps import StatusStep

APPEND = """
INSERT INTO journal (op, at, local_date, reader_id, verb, paper, before, after)
VALUES (:op, :at, :local_date, :reader, :verb, :paper, :before, :after)
"""

# A paper's rows stand under the keys that it had when they were written.
KEYS = """
SELECT :paper UNION ALL SELECT a.key FROM alias a JOIN paper p ON p.id = a.paper_id WHERE p.key = :paper
"""

STATUS_STEPS = f"""
SELECT op, before, after FROM journal
WHERE reader_id = :reader AND verb = 'status' AND paper IN ({KEYS}) AND undone_by IS NULL ORDER BY id
"""  # noqa: S608 text of our own

NOTE_STEPS = f"""
SELECT j.at, j.before, j.after, o.verb, o.program FROM journal j LEFT JOIN operation o ON o.op = j.op
WHERE j.reader_id = :reader AND j.verb = 'note' AND j.paper IN ({KEYS}) ORDER BY j.id
"""  # noqa: S608 text of our own

# Of all notes at once; the key that each paper has now, and whatever other name a row has.
TEXTS_OF_NOTES = """
SELECT coalesce(p.key, j.paper), j.at, json_extract(j.after, '$.sha256')
FROM journal j LEFT JOIN alias a ON a.key = j.paper LEFT JOIN paper p ON p.id = a.paper_id
WHERE j.reader_id = :reader AND j.verb = 'note' ORDER BY j.id
"""

# Whatever has a note's history thinned leaves one of these rows.
LAST_WRITTEN = """
SELECT coalesce(p.key, j.paper), max(j.at)
FROM journal j LEFT JOIN alias a ON a.key = j.paper LEFT JOIN paper p ON p.id = a.paper_id
WHERE j.reader_id = :reader AND j.verb IN ('note', 'guess', 'asked') GROUP BY 1
"""

TITLES = f"""
SELECT json_extract(before, '$.title') FROM journal
WHERE reader_id = :reader AND paper IN ({KEYS}) AND before IS NOT NULL AND undone_by IS NULL
  AND verb IN ('seed', 'edit', 'fetch')
UNION SELECT json_extract(after, '$.title') FROM journal
WHERE reader_id = :reader AND paper IN ({KEYS}) AND after IS NOT NULL AND undone_by IS NULL
  AND verb IN ('add', 'take', 'seed', 'edit', 'fetch')
"""  # noqa: S608 text of our own

COUNTED = f"""
SELECT after FROM journal WHERE reader_id = :reader AND verb = 'counted' AND paper IN ({KEYS})
"""  # noqa: S608 text of our own


class NoteStep(NamedTuple):
    """One change of a note.

    Attributes:
        at: moment, UTC text.
        before: what the index held; None where there was no note.
        after: what it holds since; None where there is no note any more.
        verb: the operation's, None where none is known.
        program: what made it.
    """

    at: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    verb: str | None
    program: str | None


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


def status_steps(connection: Connection, key: str) -> "list[StatusStep]":
    """Return every change of a paper's status, the oldest first."""
    import json

    from papertrail.domain.paper import Status
    from papertrail.domain.status_steps import StatusStep

    rows = connection.execute(STATUS_STEPS, {"reader": ME, "paper": key})
    told = ((op, json.loads(before), json.loads(after)) for op, before, after in rows)
    return [
        StatusStep(op, Status(before["status"]), Status(after["status"]), after.get("back", False))
        for op, before, after in told
    ]


def note_steps(connection: Connection, key: str) -> list[NoteStep]:
    """Return every change of a paper's note, the oldest first."""
    import json

    rows = connection.execute(NOTE_STEPS, {"reader": ME, "paper": key})
    return [
        NoteStep(at, json.loads(before or "null"), json.loads(after or "null"), verb, program)
        for at, before, after, verb, program in rows
    ]


def texts_of_notes(connection: Connection) -> dict[str, list[tuple[str, str | None]]]:
    """Return of each paper's note when it became which text, the oldest first: UTC text and the digest.

    That is None where the note was gone.
    """
    found: dict[str, list[tuple[str, str | None]]] = {}
    for key, at, sha256 in connection.execute(TEXTS_OF_NOTES, {"reader": ME}):
        found.setdefault(key, []).append((at, sha256))
    return found


def last_written(connection: Connection) -> dict[str, str]:
    """Return when each paper's note was written to last, UTC text, whether or not its text changed by it."""
    return dict(connection.execute(LAST_WRITTEN, {"reader": ME}))


def titles(connection: Connection, key: str) -> set[str]:
    """Return every title that a paper has had, as far as that is known."""
    rows = connection.execute(TITLES, {"reader": ME, "paper": key})
    return {str(title) for (title,) in rows if title is not None}


def counted_days(connection: Connection, key: str) -> set[str]:
    """Return every day on which a paper was counted at some time, ISO 8601."""
    import json

    rows = connection.execute(COUNTED, {"reader": ME, "paper": key})
    return {json.loads(after)["on"] for (after,) in rows if after is not None}

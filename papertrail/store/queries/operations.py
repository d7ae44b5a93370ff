"""Operations: one row a use case that wrote, and the rows each of them changed."""

from collections.abc import Iterator, Sequence
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any, NamedTuple

from papertrail.domain.operations import FINAL
from papertrail.store.queries import ME

if TYPE_CHECKING:
    from papertrail.domain.past import Event

WHOLE_ROWS, KEYS_ALONE = 1, 2

BEGIN = """
INSERT INTO operation (op, at, local_date, reader_id, verb, program, recording)
VALUES (:op, :at, :local_date, :reader, :verb, :program, :recording)
"""

END = "UPDATE operation SET recording = 0 WHERE op = :op"

# One that changed nothing, and says nothing, was none.
FORGET_EMPTY = """
DELETE FROM operation WHERE op = :op
  AND NOT EXISTS (SELECT 1 FROM change WHERE operation_id = operation.id)
  AND NOT EXISTS (SELECT 1 FROM journal WHERE journal.op = operation.op)
"""

# Counts also those that changed nothing; the newest tells this trail from a copy that went another way.
STATE = """
SELECT seq || ' ' || coalesce((SELECT op FROM operation ORDER BY id DESC LIMIT 1), '')
FROM sqlite_sequence WHERE name = 'operation'
"""

# Nothing is told by what only looked: exports stand among the operations, too.
NEWEST_CHANGE = "SELECT op FROM operation WHERE verb <> 'export' ORDER BY id DESC LIMIT 1"

# The second part of a row's key is a paper's id in all tables that hold what a reader does with papers.
TOUCHED_SINCE = """
SELECT DISTINCT o.verb, c.table_name, CAST(substr(c.row_key, instr(c.row_key, ',') + 1) AS INTEGER)
FROM operation o LEFT JOIN change c ON c.operation_id = o.id
WHERE o.id > (SELECT id FROM operation WHERE op = :op) AND o.verb <> 'export' LIMIT :most
"""

IS_KNOWN = "SELECT 1 FROM operation WHERE op = :op"

# Walked from the newest on: of today there are a few.
DONE_BEFORE = "SELECT at FROM operation WHERE local_date < :day ORDER BY id DESC LIMIT 1"

_COLUMNS = """
SELECT o.id, o.op, o.at, o.verb, o.program, o.undoes, o.root, o.undone_by,
  EXISTS (SELECT 1 FROM change c WHERE c.operation_id = o.id)
FROM operation o
"""

NEWEST = f"""
{_COLUMNS} WHERE o.reader_id = :reader AND o.undone_by IS NULL AND (o.verb = 'undo') = :undone
ORDER BY o.id DESC
"""

# That is less than what it takes to say which one: what is changed again by one that stays does count here.
ANY_STANDS = """
SELECT EXISTS (SELECT 1 FROM operation o
  WHERE o.reader_id = :reader AND o.undone_by IS NULL AND o.verb <> 'undo'
    AND instr(:final, ' ' || o.verb || ' ') = 0
    AND EXISTS (SELECT 1 FROM change c WHERE c.operation_id = o.id))
"""

BY_OP = f"{_COLUMNS} WHERE o.reader_id = :reader AND o.op = :op"

BY_ID = f"{_COLUMNS} WHERE o.id = :id"

CHANGES = """
SELECT table_name, row_key, before, after FROM change WHERE operation_id = :operation ORDER BY id DESC
"""

BEGINNING_WITH = f"{_COLUMNS} WHERE o.reader_id = :reader AND o.op GLOB :begin || '*' ORDER BY o.id DESC"

# What was taken back since is in nobody's way: it is told only where nothing else changed the row.
LATER_ON = """
SELECT c.operation_id FROM change c JOIN operation o ON o.id = c.operation_id
WHERE c.table_name = :table AND c.row_key = :row AND c.operation_id > :operation
ORDER BY o.undone_by IS NULL AND o.verb <> 'undo' DESC, c.id DESC LIMIT 1
"""

IS_CHANGED_BY = """
SELECT EXISTS (SELECT 1 FROM change mine
  JOIN change other ON other.table_name = mine.table_name AND other.row_key = mine.row_key
  WHERE mine.operation_id = :operation AND other.operation_id IN (SELECT value FROM json_each(:others)))
"""

# What was done and taken back since, or taken back and done again, has left no trace.
IS_ONLY_TOLD_SINCE = """
SELECT coalesce(min(verb = 'fetch'), 0) FROM (
  SELECT o.verb FROM change c JOIN operation o ON o.id = c.operation_id
  LEFT JOIN operation taken ON taken.op = o.undoes
  WHERE c.table_name = :table AND c.row_key = :row AND o.id > :operation AND o.recording = 0
    AND o.undone_by IS NULL AND coalesce(taken.id, 0) <= :operation
)
"""

TAKES_BACK = "UPDATE operation SET undoes = :undoes, root = :root WHERE op = :op"

MARK_UNDONE = "UPDATE operation SET undone_by = :by WHERE op = :op AND undone_by IS NULL"

MARK_JOURNAL = "UPDATE journal SET undone_by = :by WHERE op = :op"

EVENTS = """
SELECT verb, paper, before, after FROM journal WHERE reader_id = :reader AND op = :op ORDER BY id
"""


class Operation(NamedTuple):
    """One use case under way: its own id, the moment as stored, and the reader's date."""

    op: str
    at: str
    local_date: str


class StoredOperation(NamedTuple):
    """One use case that wrote.

    Attributes:
        at: the moment, UTC text.
        undoes: the operation that this one took back.
        root: the use case that an undo or a redo is about.
        undone_by: the operation that took this one back.
        has_changes: whether the rows it changed were recorded.
    """

    id: int
    op: str
    at: str
    verb: str
    program: str
    undoes: str | None
    root: str | None
    undone_by: str | None
    has_changes: bool


class Change(NamedTuple):
    """One row that an operation changed; before and after are its columns, None where there was no row."""

    table: str
    row: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def done_before(connection: Connection, day: str) -> str | None:
    """Return when something was done last before a day of the reader's, UTC text; None for never."""
    row = connection.execute(DONE_BEFORE, {"day": day}).fetchone()
    return None if row is None else str(row[0])


def state(connection: Connection) -> str:
    """Return a text that is another one after each operation."""
    row = connection.execute(STATE).fetchone()
    return "" if row is None else str(row[0])


def newest_change(connection: Connection) -> str:
    """Return the id of the newest operation that changed the trail, empty where there is none."""
    row = connection.execute(NEWEST_CHANGE).fetchone()
    return "" if row is None else str(row[0])


def touched_since(
    connection: Connection, op: str, most: int
) -> list[tuple[str, str | None, int | None]] | None:
    """Return verb, table and second part of the key of each row that was changed after an operation.

    An operation that changed no row gives None for both. The whole is None where the operation is not known,
    or there are `most`.
    """
    if connection.execute(IS_KNOWN, {"op": op}).fetchone() is None:
        return None
    rows = connection.execute(TOUCHED_SINCE, {"op": op, "most": most}).fetchall()
    return None if len(rows) == most else rows


def begin(connection: Connection, operation: Operation, verb: str, program: str) -> None:
    """Begin an operation: what changes from now on in this transaction is recorded for it."""
    recording = KEYS_ALONE if verb in FINAL else WHOLE_ROWS
    told = {"verb": verb, "program": program, "reader": ME, "recording": recording}
    connection.execute(BEGIN, {**operation._asdict(), **told})


def end(connection: Connection, operation: Operation) -> None:
    """End an operation; one that changed nothing leaves no trace."""
    from papertrail.store.queries import digests

    connection.execute(END, {"op": operation.op})
    connection.execute(FORGET_EMPTY, {"op": operation.op})
    digests.keep(connection, operation.op)


def standing(connection: Connection) -> Iterator[StoredOperation]:
    """Give the operations that stand, redone ones among them, the newest first."""
    return _operations(connection, NEWEST, undone=False)


def any_stands(connection: Connection) -> bool:
    """Return whether an operation stands that is of a kind which can be taken back."""
    final = f" {' '.join(FINAL)} "
    return bool(connection.execute(ANY_STANDS, {"reader": ME, "final": final}).fetchone()[0])


def undone(connection: Connection) -> Iterator[StoredOperation]:
    """Give the undos that stand, the newest first."""
    return _operations(connection, NEWEST, undone=True)


def find(connection: Connection, op: str) -> StoredOperation | None:
    """Return an operation by its own id, or None."""
    return next(_operations(connection, BY_OP, op=op), None)


def beginning_with(connection: Connection, begin: str) -> list[StoredOperation]:
    """Return the operations whose ids begin with these digits, taken back or not, the newest first."""
    return list(_operations(connection, BEGINNING_WITH, begin=begin))


def _operations(connection: Connection, sql: str, **values: object) -> Iterator[StoredOperation]:
    for row in connection.execute(sql, {"reader": ME, **values}):
        yield StoredOperation(*row)


def changes(connection: Connection, operation: StoredOperation) -> list[Change]:
    """Return the rows that an operation changed, the last change first."""
    import json

    return [
        Change(table, row, json.loads(before or "null"), json.loads(after or "null"))
        for table, row, before, after in connection.execute(CHANGES, {"operation": operation.id})
    ]


def later_on(
    connection: Connection, operation: StoredOperation, table: str, row: str
) -> StoredOperation | None:
    """Return the newest operation after this one that changed a row and stands, else the newest, or None."""
    values = {"table": table, "row": row, "operation": operation.id}
    found = connection.execute(LATER_ON, values).fetchone()
    return None if found is None else next(_operations(connection, BY_ID, id=found[0]), None)


def is_changed_by(connection: Connection, operation: StoredOperation, others: Sequence[int]) -> bool:
    """Tell whether operations of these ids changed a row that this one changed, too."""
    if not others:
        return False
    values = {"operation": operation.id, "others": f"[{','.join(map(str, others))}]"}
    return bool(connection.execute(IS_CHANGED_BY, values).fetchone()[0])


def is_only_told_since(connection: Connection, operation: int, table: str, row: str) -> bool:
    """Tell whether it was arXiv alone, being asked, that changed a row after an operation."""
    values = {"operation": operation, "table": table, "row": row}
    return bool(connection.execute(IS_ONLY_TOLD_SINCE, values).fetchone()[0])


def mark_taken_back(connection: Connection, taken: StoredOperation, by: Operation) -> None:
    """Say that one operation has taken another back; the journal rows of the use case tell so meanwhile."""
    root = taken.root or taken.op
    connection.execute(TAKES_BACK, {"op": by.op, "undoes": taken.op, "root": root})
    marked = connection.execute(MARK_UNDONE, {"op": taken.op, "by": by.op}).rowcount
    assert marked == 1
    connection.execute(MARK_JOURNAL, {"op": root, "by": None if taken.verb == "undo" else by.op})


def events(connection: Connection, op: str) -> "list[Event]":
    """Return the journal rows of a use case, in order."""
    import json

    from papertrail.domain.past import Event

    return [
        Event(verb, paper, json.loads(before or "null"), json.loads(after or "null"))
        for verb, paper, before, after in connection.execute(EVENTS, {"reader": ME, "op": op})
    ]

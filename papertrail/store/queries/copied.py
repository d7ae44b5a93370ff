"""What goes into the plain-text copy of the journal: every row of an operation, and the rows it changed.

A row is told as the members of a JSON object, which SQLite puts together: table, key, and what it is now.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from json.encoder import encode_basestring as quoted
from sqlite3 import Connection
from typing import NamedTuple

from papertrail.domain.operations import Verb
from papertrail.store.queries.many_rows import looked_up
from papertrail.store.queries.rows import key_of
from papertrail.store.recorded import RECORDED

NEWEST = "SELECT id, op FROM operation ORDER BY id DESC LIMIT 1"

OP_OF = "SELECT op FROM operation WHERE id = :operation"

SINCE = """
SELECT id, op, undoes, root, verb, id = (SELECT max(id) FROM operation) FROM operation
WHERE id > :operation ORDER BY id
"""

TOUCHED = """
SELECT table_name, row_key FROM change WHERE operation_id = :operation GROUP BY table_name, row_key
ORDER BY table_name, id
"""

# By the row's index: what was done since may be much more than was done to one row.
LATER = """
SELECT CASE WHEN json_valid(before) THEN before END, before IS NULL AND after IS NOT NULL FROM change
WHERE table_name = :table AND row_key = :row AND +operation_id > :operation ORDER BY id LIMIT 1
"""

QUESTION_OF = """
SELECT coalesce(json_extract(:left, '$.question_id'), (SELECT question_id FROM review WHERE id = :row))
"""

VERBS = "SELECT DISTINCT verb FROM operation"

ID_OF = "SELECT id FROM operation WHERE op = :op"

WHOLE = (*RECORDED, "note", "operation", "journal", "change")
"""The tables of the copy: all but what arXiv announced and what papertrail remembers for itself."""
_ASKED = {"review", "memory", "set_aside"}
"""Tables whose rows stand upon a question, which other rules may have made without an operation."""
# Keys alone, of many rows; what the seeds file did is in the file.
_not_of_seeds = "operation_id NOT IN (SELECT id FROM operation WHERE verb = 'seeds-file')"
_LEFT_OUT = {"note": {"text", "stamp"}}
"""Columns that are read off the note's file."""


class Step(NamedTuple):
    """An operation that is not in the copy yet.

    Attributes:
        is_newest: whether none was done since, as when each is told once it is done.
    """

    id: int
    op: str
    undoes: str | None
    root: str | None
    verb: str
    is_newest: bool


class Later(NamedTuple):
    """What an operation found of a row: its recorded columns as JSON, or None where there was none."""

    left: str | None


def newest(connection: Connection) -> tuple[int, str]:
    """Return number and id of the newest operation; (0, "") where there is none."""
    row = connection.execute(NEWEST).fetchone()
    return (0, "") if row is None else (row[0], row[1])


def op_of(connection: Connection, operation: int) -> str | None:
    """Return the id of the operation with this number, or None."""
    row = connection.execute(OP_OF, {"operation": operation}).fetchone()
    return None if row is None else str(row[0])


def verbs(connection: Connection) -> set[str]:
    """Return of which kinds the operations are that were ever done."""
    return {str(verb) for (verb,) in connection.execute(VERBS)}


def since(connection: Connection, operation: int) -> list[Step]:
    """Return the operations after the one with this number."""
    return [Step(*row) for row in connection.execute(SINCE, {"operation": operation})]


def rows_of(connection: Connection, step: Step) -> Iterator[str]:
    """Give the rows of an operation, those it changed as it left them, and those it marked as taken back.

    What an operation left is what the next one that changed the row found there. Where several are told at
    once, a copy that is cut off between two of them tells no row newer than the last one.
    """
    operation = {"operation": step.id}
    touched: dict[str, list[str]] = {}
    for table, row in connection.execute(TOUCHED, operation):
        touched.setdefault(table, []).append(row)
    for table, keys in touched.items():
        if table in _ASKED:
            asked = [key.split(",")[-1] for key in keys]
            if table == "review":
                asked = _questions_of(connection, step, keys)
            yield from _rows_left(connection, step, "question", asked)
        yield from _rows_left(connection, step, table, keys)
    marked = [connection.execute(ID_OF, {"op": op}).fetchone() for op in (step.undoes, step.op) if op]
    yield from _rows(connection, "operation", [str(row[0]) for row in marked if row])
    if step.verb == Verb.SEEDS_FILE:  # which was read: it is not read again, over what was done since
        yield from _rows(connection, "setting", ["seeds"])
    for op in (step.root, step.op):  # each by itself stands in the order of ids already
        yield from _where(connection, "journal", "op = :op ORDER BY id", {"op": op})
    if step.verb != Verb.SEEDS_FILE:
        yield from _where(connection, "change", "operation_id = :operation ORDER BY id", operation)


def _questions_of(connection: Connection, step: Step, reviews: list[str]) -> list[str]:
    """Return the questions that reviews are of, which may be gone by now."""
    asked = []
    for key in reviews:
        later = _later(connection, step, "review", key)
        told = {"row": key, "left": later.left if later is not None else None}
        row = connection.execute(QUESTION_OF, told).fetchone()
        asked += [str(question) for question in row if question is not None]
    return asked


def _later(connection: Connection, step: Step, table: str, row: str) -> Later | None:
    """Return what the next operation that changed a row found there; None where it is as it was left.

    Of some, as of reading the seeds file, nothing but the keys is recorded: then what there is now is told.
    """
    if step.is_newest:
        return None
    values = {"table": table, "row": row, "operation": step.id}
    found = connection.execute(LATER, values).fetchone()
    if found is None or (found[0] is None and not found[1]):
        return None
    return Later(found[0])


def _rows_left(connection: Connection, step: Step, table: str, keys: list[str]) -> Iterator[str]:
    """Give rows as an operation left them."""
    as_now = []
    for key in keys:
        later = _later(connection, step, table, key)
        if later is None:
            as_now.append(key)
        elif later.left is None:
            yield _gone(table, key)
        else:
            left = later.left if table not in _LEFT_OUT else _filled_up(connection, table, key, later.left)
            yield f'"table":"{table}","row":{quoted(key)},"now":{left}'
    yield from _rows(connection, table, as_now)


def _filled_up(connection: Connection, table: str, key: str, left: str) -> str:
    """Return the columns that are recorded of a row, with what it has besides by now."""
    told = f"json_object({_pairs(connection, table)})"
    ((_, now),) = looked_up(connection, table, told, [key])
    return json.dumps({**(json.loads(now[0]) if now else {}), **json.loads(left)}, separators=(",", ":"))


def all_rows(connection: Connection, tables: Iterable[str] = WHOLE) -> Iterator[str]:
    """Give every row of the tables of the copy, or of others."""
    for table in tables:
        yield from _where(connection, table, _not_of_seeds if table == "change" else "true", {})


def _where(connection: Connection, table: str, which: str, values: Mapping[str, object]) -> Iterator[str]:
    told = _told(connection, table)
    for (row,) in connection.execute(f'SELECT {told} FROM "{table}" WHERE {which}', values):  # noqa: S608
        yield row


def _rows(connection: Connection, table: str, keys: list[str]) -> Iterator[str]:
    for key, found in looked_up(connection, table, f"{_told(connection, table)} AS told", keys):
        yield _gone(table, key) if found is None else found[0]


def _gone(table: str, key: str) -> str:
    return f'"table":"{table}","row":{quoted(key)},"now":null'


def _told(connection: Connection, table: str) -> str:
    """Return the SQL of a row as it is told."""
    pairs = _pairs(connection, table)
    key = f"json_quote(CAST({key_of(connection, table)} AS TEXT))"
    return f"""'"table":"{table}","row":' || {key} || ',"now":' || json_object({pairs})"""


def _pairs(connection: Connection, table: str) -> str:
    """Return the SQL of the columns of a row that are told, with their names."""
    names = (name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,)))
    return ", ".join(f"'{name}', \"{name}\"" for name in names if name not in _LEFT_OUT.get(table, ()))

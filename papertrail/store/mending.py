"""Rows that a disk or another program changed, put back as papertrail wrote them last."""

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from papertrail.store import journal_copy
from papertrail.store.connection import Database
from papertrail.store.queries import digests, rows
from papertrail.store.queries.digests import Damaged, Whole

NEWEST_AFTER = """
SELECT after FROM change WHERE table_name = :table AND row_key = :row ORDER BY id DESC LIMIT 1
"""

_Columns = dict[str, Any]
_At = tuple[str, str]
_OF_OPERATIONS = ("operation", "journal", "change")


class _Told(NamedTuple):
    """What a copy told last of rows, by table and key.

    Attributes:
        written: what operations wrote.
        found: what was there when the copy was begun: it may have been damaged by then.
    """

    written: dict[_At, _Columns | None]
    found: dict[_At, _Columns | None]

    def get(self, at: _At) -> _Columns | None:
        """Return the columns of a row as they were told last, or None."""
        return self.written.get(at) or self.found.get(at)


def mend(connection: sqlite3.Connection, damaged: Sequence[Damaged], copy: Path) -> list[Damaged]:
    """Put rows back whose digest fits what `change` or the journal's copy tell; return those that stay.

    A row that is as it was written has a digest that is damaged itself: it gets another. One that papertrail
    never wrote is another one of which the key was damaged, where one lacks, else another program's.

    Args:
        connection: of an operation.
        damaged: as `digests.damaged` found them.
        copy: the journal's.
    """
    told = _told_in(copy, damaged)
    lacking = Counter(one.table for one in damaged if not one.is_there)
    with digests.any_bytes(connection):
        return [one for one in damaged if not _is_mended(connection, one, told, lacking)]


def put_back_from(connection: sqlite3.Connection, damaged: Sequence[Damaged], other: Path) -> list[Damaged]:
    """Put rows back that the database of a backup has as papertrail wrote them last; return the others."""
    left = []
    database = Database(other)
    try:
        kept = database.read()
        for one in damaged:
            columns = None if one.table in set(Whole) else rows.stored(kept, one.table, one.row)
            known = digests.known_digest(connection, one.table, one.row)
            if columns is not None and _digest(connection, one.table, columns) == known:
                rows.put_whole(connection, one.table, columns)
            else:
                left.append(one)
    finally:
        database.close()
    return left


def _is_mended(connection: sqlite3.Connection, one: Damaged, told: _Told, lacking: Counter[str]) -> bool:
    if one.table == Whole.OPERATION:
        return _mend_operation(connection, one, told)
    if one.table in (Whole.SCHEMA, Whole.ANNOUNCED, "note"):
        return False
    at, known = (one.table, one.row), digests.known_digest(connection, one.table, one.row)
    if known is None:
        if at in told.written and told.written[at] is not None:
            digests.keep_rows(connection, one.table, [one.row])
        elif lacking[one.table] or at in told.written:
            lacking[one.table] -= 1
            rows.take_away(connection, one.table, one.row)
        else:
            digests.keep_rows(connection, one.table, [one.row])
        return True
    written = _written(connection, one, told)
    for columns in (*written, told.found.get(at)):
        if columns is not None and _digest(connection, one.table, columns) == known:
            rows.put_whole(connection, one.table, columns)
            return True
    now = rows.stored(connection, one.table, one.row)
    if now is not None and now in written:
        digests.keep_rows(connection, one.table, [one.row])
        return True
    return False


def _digest(connection: sqlite3.Connection, table: str, columns: _Columns) -> int:
    names = connection.execute("SELECT name FROM pragma_table_info(?)", (table,)).fetchall()
    return digests.digest_of([columns.get(name) for (name,) in names])


def _written(connection: sqlite3.Connection, one: Damaged, told: _Told) -> list[_Columns]:
    """Return what was written of a row last, as far as copy and `change` tell."""
    row = connection.execute(NEWEST_AFTER, {"table": one.table, "row": one.row}).fetchone()
    after = None
    with suppress(ValueError):  # it may be damaged as well
        after = None if row is None or row[0] is None else json.loads(row[0])
    return [columns for columns in (told.written.get((one.table, one.row)), after) if columns is not None]


def _mend_operation(connection: sqlite3.Connection, one: Damaged, told: _Told) -> bool:
    """Put back what an operation says of itself, if the copy tells all of it; nothing otherwise."""
    known = digests.known_digest(connection, one.table, one.row)
    operation = told.get(("operation", one.row))
    if operation is None:
        return False
    if known is None:
        digests.keep_operation(connection, int(one.row))
        return True
    connection.execute("SAVEPOINT mending")
    for table, key in {**told.found, **told.written}:
        columns = told.get((table, key))
        if columns is not None and _is_of(table, columns, operation):
            rows.put_whole(connection, table, columns)
    is_whole = digests.digest_of_operation(connection, int(one.row)) == known
    if not is_whole:
        connection.execute("ROLLBACK TO mending")
    connection.execute("RELEASE mending")
    return is_whole


def _is_of(table: str, columns: _Columns, operation: _Columns) -> bool:
    if table == "change":
        return bool(columns["operation_id"] == operation["id"])
    return table in _OF_OPERATIONS and bool(columns["op"] == operation["op"])


def _told_in(copy: Path, damaged: Sequence[Damaged]) -> _Told:
    """Return what the copy told last of damaged rows, and of all operations where one is damaged."""
    told = _Told({}, {})
    wanted = {(one.table, one.row) for one in damaged}
    is_history = any(one.table == Whole.OPERATION for one in damaged)
    for line in journal_copy.read(copy) if copy.exists() else ():
        if line is not None and line.row is not None:
            at = (line.row.table, line.row.key)
            if at in wanted or (is_history and line.row.table in _OF_OPERATIONS):
                (told.found if line.is_first else told.written)[at] = line.row.now
    return told

"""Makes rows again from the plain-text copy of the journal, in a database that nobody else has open."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from papertrail.store import journal_copy
from papertrail.store.connection import Database
from papertrail.store.journal_copy import ToldRow
from papertrail.store.queries import copied, digests, goals, notes, word_index
from papertrail.store.queries.copied import WHOLE
from papertrail.store.queries.rows import key_columns

_READ_OFF_THE_FILE = {
    "note": {"text": "", "stamp": "", "path": "", "sections": "", "complete": 0, "words": 0}
}
"""Columns that the copy may leave out, as the note's file has what they hold."""


class Replayed(NamedTuple):
    """What came out of a copy.

    Attributes:
        operations: how many were done again.
        unreadable: lines that are not as they were written.
        dropped: rows that stood upon others which are lost.
        until: the moment of the newest operation there is now, UTC text; empty where there is none.
    """

    operations: int
    unreadable: int
    dropped: int
    until: str


def replay(database: Database, copy: Path) -> Replayed:
    """Do again what a copy tells that the database does not have; index and digests are made anew.

    Args:
        database: of today's schema; empty, or from a backup.
        copy: the file; none is fine.

    Raises:
        OSError: the copy cannot be read.
    """
    connection = database.connect(foreign_keys=False)
    try:
        connection.execute("BEGIN IMMEDIATE")
        done, unreadable = _apply(connection, copy)
        dropped = _finish(connection)
        (until,) = connection.execute("SELECT coalesce(max(at), '') FROM operation").fetchone()
        connection.execute("COMMIT")
    finally:
        connection.close()
    return Replayed(done, unreadable, dropped, until)


def take_rows(database: Database, rows: Iterable[ToldRow]) -> tuple[list[int], int]:
    """Put rows into a database that is empty; index and digests are made anew.

    Args:
        database: of today's schema.
        rows: each is put in before the next is asked for.

    Returns:
        The numbers, from 0, of the rows that the schema refuses, and how many were dropped as they stood upon
        others that are lost.
    """
    connection = database.connect(foreign_keys=False)
    refused: list[int] = []
    columns: dict[str, list[str]] = {}
    try:
        connection.execute("BEGIN IMMEDIATE")
        for number, row in enumerate(rows):
            try:
                _put(connection, row, columns)
            except (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.OperationalError, ValueError):
                refused.append(number)
        dropped = _finish(connection)
        connection.execute("COMMIT")
    finally:
        connection.close()
    return refused, dropped


def _finish(connection: sqlite3.Connection) -> int:
    """Bring in step what rows follow from others; return how many stood upon others that are lost."""
    dropped = _drop_what_points_nowhere(connection)
    _settle_what_was_taken_back(connection)
    _measure_notes(connection)
    word_index.rebuild(connection)
    digests.make_anew(connection)
    return dropped


def begins_before(copy: Path, connection: sqlite3.Connection) -> bool:
    """Tell whether a copy goes on from what a database has, be it that it has nothing new."""
    number, op = copied.newest(connection)
    if not number:
        return True
    return any(line is not None and (line.done, line.op) == (number, op) for line in journal_copy.read(copy))


def _apply(connection: sqlite3.Connection, copy: Path) -> tuple[int, int]:
    """Apply the lines after the newest operation that the database has; return operations and bad lines.

    Of an operation that is cut off before its end nothing is applied: it was not acknowledged yet. Where a
    line of it is damaged, which may be that end, what can be read is.
    """
    if not copy.exists():
        return 0, 0
    number, op = copied.newest(connection)
    is_known = number > 0
    done = unreadable = 0
    columns: dict[str, list[str]] = {}
    held: list[ToldRow] = []
    is_damaged = False
    for line in journal_copy.read(copy):
        if line is None:
            unreadable += 1
            is_damaged = True
        elif line.done is not None:
            _put_all(connection, held, columns)
            is_damaged = False
            done += not is_known
            is_known = is_known and (line.done, line.op) != (number, op)
        elif line.row is not None and not is_known and line.row.table in WHOLE:
            held.append(line.row)
            if line.is_first:  # of which there may be many
                _put_all(connection, held, columns)
    if is_damaged:
        _put_all(connection, held, columns)
    return done, unreadable


def _put_all(connection: sqlite3.Connection, held: list[ToldRow], columns: dict[str, list[str]]) -> None:
    for row in held:
        _put(connection, row, columns)
    held.clear()


def _put(connection: sqlite3.Connection, row: ToldRow, columns: dict[str, list[str]]) -> None:
    """Give a row what the copy says it was."""
    if row.table not in columns:
        info = connection.execute("SELECT name FROM pragma_table_info(?)", (row.table,))
        columns[row.table] = [name for (name,) in info]
    if row.now is None:
        key = key_columns(connection, row.table)
        where = " AND ".join(f'"{name}" = ?' for name in key)
        values = row.key.split(",", len(key) - 1)
        connection.execute(f'DELETE FROM "{row.table}" WHERE {where}', values)  # noqa: S608 our own tables
        return
    told = {**_READ_OFF_THE_FILE.get(row.table, {}), **row.now}
    names = [name for name in columns[row.table] if name in told]
    sql = (
        f'INSERT OR REPLACE INTO "{row.table}" ({", ".join(names)}) '  # noqa: S608 our own tables
        f"VALUES ({', '.join('?' * len(names))})"
    )
    connection.execute(sql, [told[name] for name in names])


def _drop_what_points_nowhere(connection: sqlite3.Connection) -> int:
    """Take out rows whose paper, question or the like was lost; return how many."""
    dropped = 0
    while wrong := connection.execute("PRAGMA foreign_key_check").fetchall():
        before = connection.total_changes
        _drop(connection, wrong)
        if connection.total_changes == before:
            break
        dropped += len({(table, row) for table, row, *_ in wrong})
    return dropped


def _settle_what_was_taken_back(connection: sqlite3.Connection) -> None:
    """Have operations and journal say what was taken back as those that did so tell: some may be lost."""
    by: dict[str, str] = {}
    newest: dict[str, str | None] = {}
    told = "SELECT op, undoes, root, verb FROM operation WHERE undoes IS NOT NULL ORDER BY id"
    for op, undoes, root, verb in connection.execute(told).fetchall():
        by[undoes] = op
        newest[root] = op if verb == "undo" else None
    for table, marks in (("operation", by), ("journal", newest)):
        marked = f"SELECT op, undone_by FROM {table} WHERE undone_by IS NOT NULL"  # noqa: S608 our own tables
        is_now = dict(connection.execute(marked).fetchall())
        wrong = [(marks.get(op), op) for op in {*is_now, *marks} if is_now.get(op) != marks.get(op)]
        connection.executemany(f"UPDATE {table} SET undone_by = ? WHERE op = ?", wrong)  # noqa: S608


def _measure_notes(connection: sqlite3.Connection) -> None:
    """Have each note be as complete as the goal of now wants: one that changes that is told without notes."""
    for note in notes.with_floor(connection, goals.words_wanted(connection)):
        notes.set_sections(connection, note)


def _drop(connection: sqlite3.Connection, wrong: Iterable[tuple[str, int, str, int]]) -> None:
    for table, row, *_ in wrong:
        connection.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (row,))  # noqa: S608 our own tables

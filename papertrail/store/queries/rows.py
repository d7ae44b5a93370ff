"""Rows put back as they were: compared with what stands there before each is written."""

from collections.abc import Iterator, Mapping
from sqlite3 import Connection
from typing import Any

from papertrail.store.queries import papers
from papertrail.store.queries.operations import Change, is_only_told_since
from papertrail.store.recorded import FOLLOWING

REFERENCES = """
SELECT m.name, f."from", f."to" FROM sqlite_master m, pragma_foreign_key_list(m.name) f
WHERE m.type = 'table' AND f."table" = :table
"""

Row = Mapping[str, Any]
APPENDED = ("goal",)
"""Tables of which the newest row is in force: no other one is taken away, or put back behind it."""


class RowChanged(Exception):
    """A row is not as it was left; nothing may be put back over it.

    Attributes:
        table: its table.
        row: its primary key, as `Change` has it.
    """

    def __init__(self, table: str, row: str) -> None:
        super().__init__(f"{table} {row}")
        self.table = table
        self.row = row


class Shape:
    """What SQLite tells of the tables: it is asked once of each, as nothing of it changes in an operation."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keys: dict[str, list[str]] = {}
        self._upon: dict[str, list[tuple[str, str, str]]] = {}

    def key(self, table: str) -> list[str]:
        """Return the columns of a table's primary key, in its order."""
        if table not in self._keys:
            self._keys[table] = key_columns(self._connection, table)
        return self._keys[table]

    def upon(self, table: str) -> list[tuple[str, str, str]]:
        """Return the tables whose rows stand upon those of one, what finds them, and by which column."""
        if table not in self._upon:
            references = self._connection.execute(REFERENCES, {"table": table}).fetchall()
            self._upon[table] = [
                (other, self._finding(other, column), to) for other, column, to in references
            ]
        return self._upon[table]

    def _finding(self, table: str, column: str) -> str:
        key = "id" if table in FOLLOWING else " || ',' || ".join(f'"{name}"' for name in self.key(table))
        one = "" if table in FOLLOWING else " LIMIT 1"
        return f'SELECT {key} FROM "{table}" WHERE "{column}" = ?{one}'  # noqa: S608 names of the schema


def put_back(connection: Connection, change: Change, operation: int, shape: Shape) -> None:
    """Give one row what it had before a change, if it still is what it was after.

    What arXiv has told of a paper since is in nobody's way: it stays, but where the paper goes, or gets back
    the arXiv id it had.

    Args:
        connection: of the operation that puts back.
        change: the row.
        operation: the one that changed it.
        shape: of the tables.

    Raises:
        RowChanged: it is another by now, or others stand upon it.
    """
    expected, wanted = change.after, change.before
    row = wanted or expected or {}
    key = {name: row[name] for name in shape.key(change.table)}
    if not _is_as(connection, change.table, key, expected):
        if change.table != "paper" or not is_only_told_since(connection, operation, change.table, change.row):
            raise RowChanged(change.table, change.row)
        if wanted is None:
            _forget_key_of_its_id(connection, change, operation)
        elif expected is not None:
            wanted = _with_what_was_told(connection, key, wanted, expected)
    if change.table in APPENDED:
        for (newer,) in connection.execute(f'SELECT id FROM "{change.table}" WHERE id > :id', key):  # noqa: S608
            raise RowChanged(change.table, str(newer))
    if wanted is None:
        for table, other in _standing_upon(connection, change, shape):
            raise RowChanged(table, other)
        connection.execute(f'DELETE FROM "{change.table}" WHERE {_where(key)}', key)  # noqa: S608
    elif expected is None:
        names, values = ", ".join(f'"{name}"' for name in wanted), ", ".join(f":{name}" for name in wanted)
        connection.execute(f'INSERT INTO "{change.table}" ({names}) VALUES ({values})', wanted)  # noqa: S608
    else:
        sets = ", ".join(f'"{name}" = :{name}' for name in wanted)
        connection.execute(f'UPDATE "{change.table}" SET {sets} WHERE {_where(key)}', {**wanted, **key})  # noqa: S608


def _forget_key_of_its_id(connection: Connection, change: Change, operation: int) -> None:
    """Take away the key that a paper had until arXiv told its title."""
    keys = connection.execute("SELECT key FROM alias WHERE paper_id = ?", (change.row,)).fetchall()
    for (key,) in keys:
        if is_only_told_since(connection, operation, "alias", key):
            connection.execute("DELETE FROM alias WHERE key = ?", (key,))


def _with_what_was_told(connection: Connection, key: Row, wanted: Row, left: Row) -> dict[str, Any]:
    """Return a paper's row as it was before a change, with what arXiv told after it.

    Args:
        connection: of the operation that puts back.
        key: the row's primary key.
        wanted: the row before the change.
        left: the row right after it.
    """
    row = _stored(connection, "paper", key)
    if row is None:
        return dict(wanted)
    if wanted["arxiv_id"] != left["arxiv_id"]:  # all that was told since is about another paper
        changed = dict(wanted)
        if wanted["key"] == left["key"]:
            changed["key"] = row["key"]
    else:
        changed = {name: value for name, value in wanted.items() if value != left.get(name)}
    row.update(changed)
    names = ("key", "title", "authors", "year", "venue", "arxiv_id", "raw_authors")
    return {**row, "folded": papers.folded(*(row[name] for name in names))}


def is_as_after(connection: Connection, change: Change) -> bool:
    """Tell whether a row still is what it was after a change."""
    return _is_as(connection, change.table, _key(connection, change), change.after)


def _is_as(connection: Connection, table: str, key: Row, expected: Row | None) -> bool:
    found = _stored(connection, table, key)
    if found is None or expected is None or table in FOLLOWING:
        return (found is None) == (expected is None)
    return all(found.get(name) == value for name, value in expected.items())


def _stored(connection: Connection, table: str, key: Row) -> dict[str, Any] | None:
    """Return the row that stands there now."""
    cursor = connection.execute(f'SELECT * FROM "{table}" WHERE {_where(key)}', key)  # noqa: S608
    row = cursor.fetchone()
    return row and dict(zip((column[0] for column in cursor.description), row, strict=True))


def _key(connection: Connection, change: Change) -> dict[str, Any]:
    """Return the columns of the primary key with their values."""
    row = change.before or change.after or {}
    return {name: row[name] for name in key_columns(connection, change.table)}


def stored(connection: Connection, table: str, row: str) -> dict[str, Any] | None:
    """Return the columns of a row by its key as `change` has it, in their order, or None."""
    return _stored(connection, table, _key_of(connection, table, row))


def put_whole(connection: Connection, table: str, columns: Row) -> None:
    """Give a row these columns, be it there or not; what stands upon it stays."""
    key = key_columns(connection, table)
    names, values = ", ".join(f'"{name}"' for name in columns), ", ".join(f":{name}" for name in columns)
    others = ", ".join(f'"{name}" = excluded."{name}"' for name in columns if name not in key)
    then = f"UPDATE SET {others}" if others else "NOTHING"
    connection.execute(
        f'INSERT INTO "{table}" ({names}) VALUES ({values}) '  # noqa: S608
        f"ON CONFLICT ({', '.join(key)}) DO {then}",
        columns,
    )


def take_away(connection: Connection, table: str, row: str) -> None:
    """Take a row away by its key as `change` has it."""
    key = _key_of(connection, table, row)
    connection.execute(f'DELETE FROM "{table}" WHERE {_where(key)}', key)  # noqa: S608


def _key_of(connection: Connection, table: str, row: str) -> dict[str, Any]:
    names = key_columns(connection, table)
    return dict(zip(names, row.split(",", len(names) - 1), strict=True))


def key_columns(connection: Connection, table: str) -> list[str]:
    """Return the columns of a table's primary key, in its order."""
    rows = connection.execute("SELECT name FROM pragma_table_info(?) WHERE pk ORDER BY pk", (table,))
    return [name for (name,) in rows]


def column_names(connection: Connection, table: str) -> list[str]:
    """Return the columns of a table, in its order."""
    return [name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]


def key_of(connection: Connection, table: str) -> str:
    """Return the SQL of a row's key as `change` has it: its columns, joined by commas."""
    return " || ',' || ".join(f'"{name}"' for name in key_columns(connection, table))


def _where(key: Row) -> str:
    return " AND ".join(f'"{name}" = :{name}' for name in key)


def _standing_upon(connection: Connection, change: Change, shape: Shape) -> Iterator[tuple[str, str]]:
    """Give the rows of other tables that would go with this one, and that nobody can do without.

    A question that was neither answered nor set aside may go with its paper.
    """
    row = change.after or {}
    for table, sql, to in shape.upon(change.table):
        for (found,) in connection.execute(sql, (row[to],)).fetchall():
            if table in FOLLOWING:
                yield from _standing_upon(connection, Change(table, str(found), None, {"id": found}), shape)
            else:
                yield table, str(found)

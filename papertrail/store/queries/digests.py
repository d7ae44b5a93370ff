"""Digests of rows: what each was when papertrail last wrote it, so that a byte that changed since is found.

SQLite's own check finds one flipped bit in five; the others change a title, a date or a grade unseen.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from json import JSONEncoder
from sqlite3 import Connection, OperationalError
from typing import NamedTuple
from zlib import crc32

from papertrail.store.queries.many_rows import looked_up
from papertrail.store.queries.rows import column_names, key_of
from papertrail.store.recorded import OWN_SETTINGS, RECORDED

DIGESTED_SINCE = 8
"""The first schema that has digests."""
_AT_ONCE = 1000
_FEW = 10  # rows whose texts are encoded in one go: of long ones more are slower

ID = "SELECT id FROM operation WHERE op = :op"

TOUCHED = """
SELECT table_name, row_key FROM change WHERE operation_id = :operation GROUP BY table_name, row_key
ORDER BY table_name, id
"""

PUT = """
INSERT INTO digest (table_name, row_key, digest) VALUES (:table, :row, :digest)
ON CONFLICT (table_name, row_key) DO UPDATE SET digest = excluded.digest
"""

DROP = "DELETE FROM digest WHERE table_name = :table AND row_key = :row"

DROP_ALL = "DELETE FROM digest"

KNOWN = "SELECT row_key, digest FROM digest WHERE table_name = :table"

# As bytes: to make text of each takes as long as all else.
ALL_KNOWN = "SELECT CAST(table_name AS BLOB), CAST(row_key AS BLOB), digest FROM digest"

KNOWN_OF = "SELECT digest FROM digest WHERE table_name = :table AND row_key = :row"

# Whether it was taken back is told by the operation that did so.
OPERATION_ROW = (
    "SELECT op, at, local_date, reader_id, verb, program, undoes, root FROM operation WHERE id = :operation"
)

# What the seeds file did is in the file, too: of that nothing but the keys is recorded, of many rows.
CHANGES = """
SELECT id, table_name, row_key, before, after FROM change
WHERE operation_id = :operation
  AND NOT EXISTS (SELECT 1 FROM operation WHERE id = :operation AND verb = 'seeds-file')
ORDER BY id
"""

JOURNAL = """
SELECT id, at, local_date, reader_id, verb, paper, before, after FROM journal
WHERE op = (SELECT op FROM operation WHERE id = :operation) ORDER BY id
"""

OPERATIONS = "SELECT id FROM operation ORDER BY id"

# The same for all of them, as SQLite writes JSON: of whole numbers, text and NULL the same bytes.
OPERATION_ROWS = """
SELECT id, op, CAST(json_array(op, at, local_date, reader_id, verb, program, undoes, root) AS BLOB)
FROM operation
"""

ALL_CHANGES = """
SELECT CAST(operation_id AS INTEGER), CAST(json_array(id, table_name, row_key, before, after) AS BLOB)
FROM change
WHERE operation_id NOT IN (SELECT id FROM operation WHERE verb = 'seeds-file') ORDER BY id
"""

ALL_OF_JOURNAL = """
SELECT op, CAST(json_array(id, at, local_date, reader_id, verb, paper, before, after) AS BLOB)
FROM journal ORDER BY id
"""

ANNOUNCED_ROWS = "SELECT * FROM announced ORDER BY arxiv_id"

# Of the index of words SQLite makes the tables itself.
SCHEMA_ROWS = """
SELECT type, name, tbl_name, sql FROM sqlite_master
WHERE name NOT GLOB 'words_*' AND name NOT GLOB 'sqlite_*' ORDER BY type, name
"""

QUESTIONS_OF = "SELECT id FROM question WHERE paper_id = :paper"

NOTE_OF = "SELECT reader_id || ',' || paper_id FROM note WHERE paper_id = :paper"

# An operation that says it was taken back, and by none that says so; or the other way round.
WRONGLY_UNDONE = """
SELECT o.id FROM operation o WHERE o.undone_by IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM operation u WHERE u.op = o.undone_by AND u.undoes = o.op)
UNION SELECT o.id FROM operation o JOIN operation u ON u.undoes = o.op WHERE o.undone_by IS NOT u.op
UNION SELECT o.id FROM operation o JOIN journal j ON j.op = o.op
WHERE j.undone_by IS NOT NULL AND NOT EXISTS (SELECT 1 FROM operation u WHERE u.op = j.undone_by)
"""

_columns = {"note": "reader_id, paper_id, sha256, sections, complete, words, text"}
# A damaged row may hold bytes where there was text.
_encode = JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=repr).encode


class Whole(StrEnum):
    """What is digested besides rows: an operation, what was announced and the schema, each as a whole."""

    OPERATION = "operation"
    ANNOUNCED = "announced"
    SCHEMA = "schema"


class Damaged(NamedTuple):
    """A row that is not what papertrail wrote last.

    Attributes:
        table: its table, or what else is digested.
        row: its primary key, the columns joined by commas; of an operation its number.
        is_there: whether there is such a row at all.
        was_known: whether papertrail wrote one.
    """

    table: str
    row: str
    is_there: bool
    was_known: bool


def keep(connection: Connection, op: str) -> None:
    """Digest what an operation changed, and the operation itself, at its end; nothing if it left no trace."""
    found = connection.execute(ID, {"op": op}).fetchone()
    if found is None:
        return
    operation = {"operation": found[0]}
    touched: dict[str, list[str]] = {}
    for table, row in connection.execute(TOUCHED, operation):
        touched.setdefault(table, []).append(row)
    for table, rows in touched.items():
        keep_rows(connection, table, rows)
    keep_operation(connection, found[0])


def keep_operation(connection: Connection, operation: int) -> None:
    """Digest all that an operation says of itself."""
    _put(connection, Whole.OPERATION, str(operation), digest_of_operation(connection, operation))


def keep_rows(connection: Connection, table: str, rows: Sequence[str]) -> None:
    """Digest rows of a table as they are now; of one that is gone no digest is left."""
    if not rows:
        return
    there, gone = [], []
    for row, found in looked_up(connection, table, _columns.get(table, "*"), rows):
        if found is None:
            gone.append({"table": table, "row": row})
        else:
            there.append({"table": table, "row": row, "digest": digest_of(found)})
    connection.executemany(PUT, there)
    connection.executemany(DROP, gone)


def keep_index_of(connection: Connection, paper: int) -> None:
    """Digest what follows from the note of a paper, which not every change of is recorded."""
    values = {"paper": paper}
    if note := connection.execute(NOTE_OF, values).fetchone():
        keep_rows(connection, "note", [str(note[0])])
    keep_rows(
        connection, "question", [str(row) for (row,) in connection.execute(QUESTIONS_OF, values).fetchall()]
    )


def keep_announced(connection: Connection) -> None:
    """Digest what arXiv announced."""
    _put(connection, Whole.ANNOUNCED, "", _chained(connection.execute(ANNOUNCED_ROWS)))


def keep_schema(connection: Connection) -> None:
    """Digest the schema, after something of it was made anew."""
    _put(connection, Whole.SCHEMA, "", _chained(connection.execute(SCHEMA_ROWS)))


def knows_schema(connection: Connection) -> bool:
    """Tell whether the schema is that which was digested last."""
    return _known(connection, Whole.SCHEMA).get("") == _chained(connection.execute(SCHEMA_ROWS))


def make_anew(connection: Connection) -> None:
    """Digest everything as it is now: after a migration, and when a database was made anew."""
    connection.execute(DROP_ALL)
    for table in (*RECORDED, "note"):
        rows = ({"table": table, "row": row, "digest": digest} for row, digest in _digests(connection, table))
        connection.executemany(PUT, rows)
    for (operation,) in connection.execute(OPERATIONS).fetchall():
        keep_operation(connection, operation)
    keep_announced(connection)
    keep_schema(connection)


@contextmanager
def any_bytes(connection: Connection) -> Iterator[None]:
    """Read text that is none, as damaged rows may hold it, instead of failing at it."""
    usual = connection.text_factory
    connection.text_factory = partial(str, encoding="utf-8", errors="surrogateescape")
    try:
        yield
    finally:
        connection.text_factory = usual


def damaged(connection: Connection) -> Iterator[Damaged]:
    """Give what is not as papertrail wrote it last; meant for one read transaction."""
    with any_bytes(connection):
        yield from _damaged(connection)


def _damaged(connection: Connection) -> Iterator[Damaged]:
    known: dict[bytes, dict[bytes, int]] = {}
    for in_table, row, digest in connection.execute(ALL_KNOWN):
        known.setdefault(in_table, {})[row] = digest
    for table in (*RECORDED, "note"):
        if _digests_of_sqlite(connection, table) != known.get(table.encode(), {}):
            yield from _compared(table, _known(connection, table), _digests(connection, table))
    operations = _known(connection, Whole.OPERATION)
    yield from _compared(Whole.OPERATION, operations, _digests_of_operations(connection, dict(operations)))
    announced = [("", _chained(connection.execute(ANNOUNCED_ROWS)))]
    yield from _compared(Whole.ANNOUNCED, _known(connection, Whole.ANNOUNCED), announced)
    schema = [("", _chained(connection.execute(SCHEMA_ROWS)))]
    yield from _compared(Whole.SCHEMA, _known(connection, Whole.SCHEMA), schema)


def wrongly_undone(connection: Connection) -> list[int]:
    """Return the numbers of operations of which two places tell otherwise whether they were taken back."""
    return [operation for (operation,) in connection.execute(WRONGLY_UNDONE)]


def digest_of(row: Sequence[object]) -> int:
    """Return the digest of a row's columns: the CRC-32 of their JSON."""
    return crc32(_encode(row).encode("utf-8", "surrogatepass"))


def _encoded(rows: Sequence[Sequence[object]]) -> list[bytes]:
    """Return the JSON of rows, of all in one go: in two thirds of the time of one by one.

    What stands between them stands nowhere else: in a string a quotation mark has a backslash before it, and
    no row is an empty string alone.
    """
    text = _encode([part for row in rows for part in (row, [""])])
    return text[1 : -len(',[""]]')].encode("utf-8", "surrogatepass").split(b',[""],')


def digest_of_operation(connection: Connection, operation: int) -> int:
    """Return the digest of an operation, with all that it says in `change` and `journal`."""
    values = {"operation": operation}
    digest = _chained(connection.execute(OPERATION_ROW, values))
    digest = _chained(connection.execute(CHANGES, values), digest)
    return _chained(connection.execute(JOURNAL, values), digest)


def _digests_of_operations(connection: Connection, known: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Give for each operation its number and its digest now, as `digest_of_operation` works it out.

    Only those are worked out one by one that are not `known` to have the digest which SQLite's JSON has.
    """
    quick = _operations_of_sqlite(connection)
    for (operation,) in connection.execute(OPERATIONS).fetchall():
        digest = quick.get(operation)
        if digest is None or digest != known.get(str(operation)):
            digest = digest_of_operation(connection, operation)
        yield str(operation), digest


def _operations_of_sqlite(connection: Connection) -> dict[int, int]:
    """Return the digests of operations as SQLite writes their JSON: mostly as we do, and sooner."""
    try:
        rows = connection.execute(OPERATION_ROWS).fetchall()
        digests = {number: crc32(b"[%b]" % row) for number, _, row in rows}
        _go_on(digests, connection.execute(ALL_CHANGES))
        numbers, told = {op: number for number, op, _ in rows}, connection.execute(ALL_OF_JOURNAL)
        _go_on(digests, ((numbers.get(op), row) for op, row in told))
    except OperationalError:  # a damaged row holds what no JSON can
        return {}
    return digests


def _go_on(digests: dict[int, int], rows: "Iterable[tuple[int | None, bytes]]") -> None:
    """Let the digest of each number go on with its rows, the first column, as `_chained` does."""
    count = dict.fromkeys(digests, 0)
    for number, row in rows:
        if number in count:
            before = b"," if count[number] % _AT_ONCE else b"][" if count[number] else b"["
            digests[number] = crc32(row, crc32(before, digests[number]))
            count[number] += 1
    for number, many in count.items():
        digests[number] = crc32(b"]" if many % _AT_ONCE else b"][]" if many else b"[]", digests[number])


def _digests_of_sqlite(connection: Connection, table: str) -> dict[bytes, int]:
    """Return the digests of a table's rows as SQLite writes their JSON, by key, in a third of the time.

    As we do, but of floating-point numbers; empty where a damaged row holds what no JSON can.
    """
    names = _columns.get(table) or ", ".join(f'"{name}"' for name in column_names(connection, table))
    key = f"CAST({key_of(connection, table)} AS BLOB)"
    try:
        rows = connection.execute(_of_rows(table, key, f"CAST(json_array({names}) AS BLOB)"))
        return {row: crc32(json) for row, json in rows}
    except OperationalError:
        return {}


def known_digest(connection: Connection, table: str, row: str) -> int | None:
    """Return the digest that papertrail wrote for a row, or None."""
    found = connection.execute(KNOWN_OF, {"table": table, "row": row}).fetchone()
    return None if found is None else int(found[0])


def _put(connection: Connection, table: str, row: str, digest: int) -> None:
    connection.execute(PUT, {"table": table, "row": row, "digest": digest})


def _known(connection: Connection, table: str) -> dict[str, int]:
    return dict(connection.execute(KNOWN, {"table": table}))


def _digests(connection: Connection, table: str) -> Iterator[tuple[str, int]]:
    """Give for each row of a table its key and its digest now."""
    asked = _of_rows(table, key_of(connection, table), _columns.get(table, "*"))
    rows = connection.execute(asked)
    while some := rows.fetchmany(_FEW):
        for row, encoded in zip(some, _encoded([row[1:] for row in some]), strict=True):
            yield str(row[0]), crc32(encoded)


def _of_rows(table: str, key: str, columns: str) -> str:
    """Return the SQL that gives for each row that is digested its key, and what is asked for."""
    but = f" WHERE name NOT IN ({', '.join(map(repr, OWN_SETTINGS))})" if table == "setting" else ""
    return f'SELECT {key}, {columns} FROM "{table}"{but}'  # noqa: S608 names of our own tables


def _compared(table: str, known: dict[str, int], rows: Iterable[tuple[str, int]]) -> Iterator[Damaged]:
    for row, digest in rows:
        wanted = known.pop(row, None)
        if wanted != digest:
            yield Damaged(table, row, is_there=True, was_known=wanted is not None)
    for row in known:
        yield Damaged(table, row, is_there=False, was_known=True)


def _chained(rows: "Iterable[Sequence[object]]", digest: int = 0) -> int:
    batch: list[Sequence[object]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _AT_ONCE:
            digest = crc32(_encode(batch).encode("utf-8", "surrogatepass"), digest)
            batch = []
    return crc32(_encode(batch).encode("utf-8", "surrogatepass"), digest)

"""What an operation does to rows is recorded by triggers, whole, so that no use case can forget to.

After https://www.sqlite.org/undoredo.html. They are made anew from the tables whenever the schema changes,
and record for the newest operation while it runs.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Table

from papertrail.store import tables
from papertrail.store.recorded import FOLLOWING, OWN_SETTINGS, RECORDED

RECORDED_SINCE = 3
"""The first schema that has a table to record in."""


def record_changes(connection: Connection) -> None:
    """Make the triggers, in place of those there are."""
    for (name,) in connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'record_*'"
    ).fetchall():
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    for trigger in triggers():
        connection.exec_driver_sql(trigger)


def triggers() -> Iterable[str]:
    """Return the statements that make them."""
    for name in RECORDED:
        table = tables.METADATA.tables[name]
        yield from _triggers_of(table, [column.name for column in table.columns])
    note = tables.METADATA.tables["note"]
    yield from _triggers_of(note, [*(column.name for column in note.primary_key.columns), "sha256"])


def _triggers_of(table: Table, columns: Sequence[str]) -> Iterable[str]:
    key = [column.name for column in table.primary_key.columns]
    old, new = (_json(side, columns) for side in ("old", "new"))
    yield _trigger(table.name, "INSERT", _row(table, "new", key), "NULL", new)
    yield _trigger(table.name, "DELETE", _row(table, "old", key), old, "NULL")
    yield _trigger(table.name, "UPDATE", _row(table, "new", key), old, new)


def _row(table: Table, side: str, key: Sequence[str]) -> str:
    """Return the key of a row, null for what is not to be recorded."""
    parts = " || ',' || ".join(f"{side}.{name}" for name in key)
    own = ", ".join(f"'{name}'" for name in OWN_SETTINGS)
    return f"CASE WHEN {side}.name NOT IN ({own}) THEN {parts} END" if table.name == "setting" else parts


def _json(side: str, columns: Sequence[str]) -> str:
    return f"""json_object({", ".join(f"'{name}', {side}.{_quoted(name)}" for name in columns)})"""


def _quoted(name: str) -> str:
    return f'"{name}"'


def _trigger(table: str, event: str, row: str, before: str, after: str) -> str:
    differs = (
        f"AND {before} IS NOT {after}" if event == "UPDATE" else ""
    )  # there was, or is, no row otherwise
    recording = "= 1" if table in FOLLOWING else "> 0"
    return f"""
CREATE TRIGGER record_{table}_{event.lower()} AFTER {event} ON {_quoted(table)}
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) {recording} AND ({row}) IS NOT NULL {differs}
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, '{table}', {row}, CASE WHEN recording = 1 THEN {before} END,
    CASE WHEN recording = 1 THEN {after} END
  FROM operation ORDER BY id DESC LIMIT 1;
END
"""  # noqa: S608 names of our own tables

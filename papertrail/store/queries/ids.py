"""Ids of papers, all that a question has told as one text: a row for each takes twice as long."""

from array import array
from collections.abc import Mapping, Sequence
from sqlite3 import Connection
from typing import Any

ALL_IDS = "SELECT id FROM paper ORDER BY position, id"


def all_ids(connection: Connection) -> "array[int]":
    """Return the ids of all papers, in reading order."""
    return told_at_once(connection, ALL_IDS)


def told_at_once(
    connection: Connection, sql: str, values: Sequence[object] | Mapping[str, Any] = ()
) -> "array[int]":
    """Return what a statement selects as `id`, in its order.

    Args:
        connection: to the database.
        sql: the statement; it says an order, which SQLite keeps for what is put together of its rows.
        values: for the places in it.
    """
    rows = connection.execute(f"SELECT group_concat(id) FROM ({sql})", values)  # noqa: S608 a statement of ours
    told: str | None = rows.fetchone()[0]
    return array("q", map(int, told.split(","))) if told else array("q")

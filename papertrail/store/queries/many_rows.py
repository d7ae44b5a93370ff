"""Rows looked up by their keys, many with one statement."""

import json
import re
from collections.abc import Iterator, Sequence
from sqlite3 import Connection
from typing import Any

from papertrail.store.queries.rows import key_columns

AT_ONCE = 500
"""Keys that one statement looks up."""
_NUMBERS = re.compile(r"[0-9]+(?:,[0-9]+)*", re.ASCII)


def looked_up(
    connection: Connection, table: str, told: str, keys: Sequence[str]
) -> Iterator[tuple[str, tuple[Any, ...] | None]]:
    """Give for each of these keys what its row has; None for one that is gone.

    A statement for each row takes four times as long; so it is where keys hold more than numbers, of which
    there are never many.

    Args:
        connection: to the database.
        table: one of our own.
        told: what is wanted of a row, as SQL.
        keys: the columns of each primary key, joined by commas.
    """
    columns = key_columns(connection, table)
    most = len(columns) - 1
    each = " AND ".join(f'"{name}" = ?' for name in columns)
    one = f'SELECT {told} FROM "{table}" WHERE {each}'  # noqa: S608 names of our own tables
    # Named apart from the columns that `json_each` has of its own.
    named = ", ".join(f'"{name}" AS at_{at}' for at, name in enumerate(columns))
    where = " AND ".join(
        f"found.at_{at} = json_extract(wanted.value, '$[{at}]')" for at in range(len(columns))
    )
    many = (
        f"SELECT found.* FROM json_each(:keys) AS wanted "  # noqa: S608 as above
        f'LEFT JOIN (SELECT {told}, {named} FROM "{table}") AS found ON {where} ORDER BY wanted.key'
    )
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        if len(some) == 1 or not _NUMBERS.fullmatch(",".join(some)):
            for key in some:
                yield key, connection.execute(one, key.split(",", most)).fetchone()
            continue
        wanted = json.dumps([key.split(",", most) for key in some])
        for key, row in zip(some, connection.execute(many, {"keys": wanted}).fetchall(), strict=True):
            yield key, None if row[-1] is None else row[: -len(columns)]

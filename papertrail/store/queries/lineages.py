"""Small changes of lineages."""

from sqlite3 import Connection

IS_ACTIVE = "SELECT active FROM lineage WHERE name = :name"

SET_ACTIVE = "UPDATE lineage SET active = :active WHERE name = :name"


def is_active(connection: Connection, name: str) -> bool | None:
    """Tell whether the next papers may come from a lineage; None when there is none of this name."""
    row = connection.execute(IS_ACTIVE, {"name": name}).fetchone()
    return None if row is None else bool(row[0])


def set_active(connection: Connection, name: str, active: bool) -> None:
    """Say whether the next papers may come from a lineage."""
    connection.execute(SET_ACTIVE, {"name": name, "active": active})

"""Saved views."""

from sqlite3 import Connection

from papertrail.store.queries import ME

ALL = "SELECT name, query FROM saved_view WHERE reader_id = :reader ORDER BY position, name"

PUT = """
INSERT INTO saved_view (reader_id, name, query, position)
SELECT :reader, :name, :query, coalesce(max(position), 0) + 1 FROM saved_view WHERE reader_id = :reader
ON CONFLICT (reader_id, name) DO UPDATE SET query = excluded.query
"""

REMOVE = "DELETE FROM saved_view WHERE reader_id = :reader AND name = :name"


def all_views(connection: Connection) -> list[tuple[str, str]]:
    """Return name and query of every view, in their order."""
    return list(connection.execute(ALL, {"reader": ME}))


def put(connection: Connection, name: str, query: str) -> None:
    """Save a query by a name, behind the others; one that is there keeps its place."""
    connection.execute(PUT, {"reader": ME, "name": name, "query": query})


def remove(connection: Connection, name: str) -> None:
    """Remove a view."""
    connection.execute(REMOVE, {"reader": ME, "name": name})

"""What the library remembers about itself."""

from sqlite3 import Connection

GET = "SELECT value FROM setting WHERE name = :name"

PUT = """
INSERT INTO setting (name, value) VALUES (:name, :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value
"""


def get(connection: Connection, name: str) -> str | None:
    """Return a setting, or None while it is not set."""
    row = connection.execute(GET, {"name": name}).fetchone()
    return None if row is None else str(row[0])


def put(connection: Connection, name: str, value: str) -> None:
    """Set a setting."""
    connection.execute(PUT, {"name": name, "value": value})

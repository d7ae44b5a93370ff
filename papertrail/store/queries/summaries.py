"""Which file is a lineage's own note."""

from sqlite3 import Connection
from typing import NamedTuple

FILES = """
SELECT l.id, l.name, n.file, n.sha256 FROM lineage l LEFT JOIN lineage_note n ON n.lineage_id = l.id
ORDER BY l.position, l.id
"""

PUT = """
INSERT INTO lineage_note (lineage_id, file, sha256) VALUES (:lineage, :file, :sha256)
ON CONFLICT (lineage_id) DO UPDATE SET file = excluded.file, sha256 = excluded.sha256
"""

REMOVE = "DELETE FROM lineage_note WHERE lineage_id = :lineage"


class Known(NamedTuple):
    """A lineage and what is known of its note.

    Attributes:
        file: its name without ending; None while no note is known.
        sha256: hex digest of the version known.
    """

    lineage: int
    name: str
    file: str | None
    sha256: str | None


def known(connection: Connection) -> list[Known]:
    """Return all lineages in their order, each with its note."""
    return [Known(*row) for row in connection.execute(FILES).fetchall()]


def put(connection: Connection, lineage: int, file: str, sha256: str) -> None:
    """Say which file a lineage's note is, and its version."""
    connection.execute(PUT, {"lineage": lineage, "file": file, "sha256": sha256})


def remove(connection: Connection, lineage: int) -> None:
    """Forget that a lineage has a note."""
    connection.execute(REMOVE, {"lineage": lineage})

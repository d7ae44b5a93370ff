"""Of which papers a reader was asked for a guess before reading."""

from sqlite3 import Connection

from papertrail.store.queries import ME

WAS_ASKED = "SELECT 1 FROM guess WHERE reader_id = :reader AND paper_id = :paper"

PUT = """
INSERT INTO guess (reader_id, paper_id, local_date) VALUES (:reader, :paper, :on)
ON CONFLICT (reader_id, paper_id) DO NOTHING
"""

# A guess stands in the note only; those whose index holds none are not read.
OLD = """
SELECT p.key FROM guess g JOIN paper p ON p.id = g.paper_id
JOIN note n ON n.reader_id = g.reader_id AND n.paper_id = g.paper_id
WHERE g.reader_id = :reader AND g.local_date <= :before AND instr(n.text, :heading) > 0
ORDER BY g.local_date, p.id
"""


def was_asked(connection: Connection, paper: int) -> bool:
    """Tell whether the reader was asked for a guess about a paper."""
    return connection.execute(WAS_ASKED, {"reader": ME, "paper": paper}).fetchone() is not None


def put(connection: Connection, paper: int, on: str) -> None:
    """Remember that the reader was asked on a date; the first one stays."""
    connection.execute(PUT, {"reader": ME, "paper": paper, "on": on})


def old(connection: Connection, before: str, heading: str) -> list[str]:
    """Return the keys of papers with a guess of a date or an earlier one, the oldest first."""
    values = {"reader": ME, "before": before, "heading": heading}
    return [row[0] for row in connection.execute(OLD, values)]

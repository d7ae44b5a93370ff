"""The few columns of papers that suggesting the next ones needs."""

from collections.abc import Iterator, Sequence
from sqlite3 import Connection

from papertrail.domain.lineages.lineage import LineageProgress
from papertrail.domain.lineages.suggest import Step
from papertrail.domain.paper import Status
from papertrail.store.queries import ME, progress

AT_ONCE = 50  # papers of a lineage

BEGUN = """
SELECT p.id, p.key, r.status, r.is_read FROM reading r JOIN paper p ON p.id = r.paper_id
WHERE r.reader_id = :reader AND r.status = 'reading' ORDER BY p.position, p.id
"""

QUEUE = """
SELECT p.id, p.key, r.status, r.is_read FROM reading r JOIN paper p ON p.id = r.paper_id
WHERE r.reader_id = :reader AND r.status = 'queued' ORDER BY r.queue_position, p.id
"""

MEMBER_IDS = """
SELECT lp.paper_id FROM lineage l JOIN lineage_paper lp ON lp.lineage_id = l.id
WHERE l.name = :lineage ORDER BY lp.position, lp.paper_id
"""

# `:ids` is a JSON array.
STEPS = """
SELECT p.id, p.key, coalesce(r.status, 'unread'), coalesce(r.is_read, 0)
FROM json_each(:ids) AS asked JOIN paper p ON p.id = asked.value
LEFT JOIN reading r ON r.paper_id = p.id AND r.reader_id = :reader ORDER BY asked.key
"""

PARENTS = """
SELECT p.id, p.key, coalesce(r.status, 'unread'), coalesce(r.is_read, 0)
FROM builds_on b JOIN paper p ON p.id = b.parent_id
LEFT JOIN reading r ON r.paper_id = p.id AND r.reader_id = :reader
WHERE b.child_id = :paper ORDER BY p.position, p.id
"""

LOOSE = """
SELECT p.id, p.key, coalesce(r.status, 'unread'), coalesce(r.is_read, 0) FROM paper p
LEFT JOIN reading r ON r.paper_id = p.id AND r.reader_id = :reader
WHERE coalesce(r.status, 'unread') = 'unread'
  AND NOT EXISTS (SELECT 1 FROM lineage_paper lp WHERE lp.paper_id = p.id)
ORDER BY p.position, p.id LIMIT :limit
"""


class StoredShelves:
    """Where the papers stand, asked of the database piece by piece.

    Args:
        connection: to the database.
        lineages: all of them, if they are known already; asked for otherwise.
    """

    def __init__(self, connection: Connection, lineages: Sequence[LineageProgress] | None = None) -> None:
        self._connection = connection
        self._lineages = lineages

    def _steps(self, sql: str, **values: object) -> list[Step]:
        rows = self._connection.execute(sql, {**values, "reader": ME})
        return [Step(id_, key, Status(status), bool(is_read)) for id_, key, status, is_read in rows]

    def begun(self) -> list[Step]:
        """Return the papers being read."""
        return self._steps(BEGUN)

    def queue(self) -> list[Step]:
        """Return the queued papers, first in line first."""
        return self._steps(QUEUE)

    def lineages(self) -> Sequence[LineageProgress]:
        """Return the lineages in order."""
        if self._lineages is None:
            self._lineages = progress.lineages(self._connection)
        return self._lineages

    def member_ids(self, lineage: str) -> list[int]:
        """Return the ids of the papers of a lineage in its order."""
        return [id_ for (id_,) in self._connection.execute(MEMBER_IDS, {"lineage": lineage})]

    def steps(self, ids: Sequence[int]) -> Iterator[Step]:
        """Yield these papers in this order; some are asked for at a time."""
        for start in range(0, len(ids), AT_ONCE):
            some = ",".join(map(str, ids[start : start + AT_ONCE]))
            yield from self._steps(STEPS, ids=f"[{some}]")

    def parents(self, paper: int) -> list[Step]:
        """Return the papers that a paper builds on."""
        return self._steps(PARENTS, paper=paper)

    def loose(self, limit: int) -> list[Step]:
        """Return papers of no lineage that are still to be read."""
        return self._steps(LOOSE, limit=limit)

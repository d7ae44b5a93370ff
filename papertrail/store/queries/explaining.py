"""Which papers the reader can explain, by the answers that were given."""

from sqlite3 import Connection

from papertrail.domain.recall.explaining import DAYS_LATER, REACH, Explaining
from papertrail.store.queries import ME

# Each question that a paper's sections ask was answered well a week after the paper first counted, or later:
# since when that is so, and the last day on which each of them is likely remembered.
EXPLAINED = """
SELECT paper_id, max(known_on), min(last_day) FROM (
  SELECT q.paper_id,
    date(m.last_on, '+' || CAST(m.stability * :reach AS INTEGER) || ' days') AS last_day,
    (SELECT v.local_date FROM review v WHERE v.question_id = q.id AND v.grade >= 3
      AND v.local_date >= date(coalesce(r.counted_on, r.finished_on), :later)
      ORDER BY v.id LIMIT 1) AS known_on
  FROM question q
  JOIN reading r ON r.paper_id = q.paper_id AND r.reader_id = :reader
  LEFT JOIN note n ON n.paper_id = q.paper_id AND n.reader_id = :reader
  LEFT JOIN memory m ON m.question_id = q.id AND m.reader_id = :reader
  LEFT JOIN set_aside s ON s.question_id = q.id AND s.reader_id = :reader
  WHERE q.reader_id = :reader AND q.asleep_since IS NULL AND q.kind IN ('section', 'parent')
    AND r.is_read AND (:by_reading OR n.complete) AND (s.question_id IS NULL OR s.until IS NOT NULL)
)
GROUP BY paper_id HAVING count(known_on) = count(*) AND count(last_day) = count(*)
ORDER BY min(last_day) DESC, paper_id
"""


def explaining(connection: Connection, today: str, *, by_reading: bool) -> Explaining:
    """Return what the reader can explain on a day, and what has faded by then.

    Args:
        connection: the database.
        today: the reader's date, ISO.
        by_reading: whether papers count once they are read.
    """
    values = {"reader": ME, "by_reading": by_reading, "reach": REACH, "later": f"+{DAYS_LATER} days"}
    rows = connection.execute(EXPLAINED, values).fetchall()
    return Explaining(
        frozenset(paper for paper, _, last in rows if last >= today),
        tuple((paper, last) for paper, known, last in rows if known <= last < today),
    )

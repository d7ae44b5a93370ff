"""The days papers were read and counted on, rest days and pauses of goals, lineages at rest."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

# The reader's date of the journal row that made the paper read; else the date of the moment itself.
_READ_ON = """
UPDATE reading SET finished_on = coalesce(
  (SELECT j.local_date FROM journal j JOIN paper p ON p.key = j.paper
   WHERE p.id = reading.paper_id AND j.reader_id = reading.reader_id AND j.verb = 'status'
     AND j.after LIKE '%"read"%' ORDER BY j.id DESC LIMIT 1),
  substr(finished_at, 1, 10))
WHERE status = 'read'
"""

# A paper that counts already does so since the later of two: it was read, its note became complete.
_COUNTED = """
UPDATE reading SET counted_at = (
  SELECT j.at FROM journal j JOIN paper p ON p.key = j.paper
  WHERE p.id = reading.paper_id AND j.reader_id = reading.reader_id AND (
    (j.verb = 'status' AND j.after LIKE '%"read"%') OR
    (j.verb = 'note' AND j.after LIKE '%"complete": true%' AND j.before NOT LIKE '%"complete": true%') OR
    (j.verb = 'note' AND j.after LIKE '%"complete": true%' AND j.before IS NULL))
  ORDER BY j.at DESC LIMIT 1)
WHERE status = 'read' AND EXISTS (SELECT 1 FROM note n
  WHERE n.reader_id = reading.reader_id AND n.paper_id = reading.paper_id AND n.complete)
"""

_COUNTED_ON = """
UPDATE reading SET counted_at = coalesce(counted_at, finished_at), counted_on = coalesce(
  (SELECT j.local_date FROM journal j WHERE j.at = reading.counted_at LIMIT 1), finished_on)
WHERE status = 'read' AND EXISTS (SELECT 1 FROM note n
  WHERE n.reader_id = reading.reader_id AND n.paper_id = reading.paper_id AND n.complete)
"""

_JOURNAL_COUNTED = """
INSERT INTO journal (op, at, local_date, reader_id, verb, paper, before, after)
SELECT 'schema-2', r.counted_at, r.counted_on, r.reader_id, 'counted', p.key, NULL,
  '{"on": "' || r.counted_on || '"}'
FROM reading r JOIN paper p ON p.id = r.paper_id WHERE r.counted_on IS NOT NULL
"""


def upgrade() -> None:
    """Add the columns, and fill in the days from the journal."""
    for name in ("finished_on", "counted_at", "counted_on"):
        op.add_column("reading", sa.Column(name, sa.String(), nullable=True))
    for name in ("rest_days", "pauses", "waypoints"):
        op.add_column("goal", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.add_column("goal", sa.Column("dropped", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("lineage", sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.execute(_READ_ON)
    op.execute(_COUNTED)
    op.execute(_COUNTED_ON)
    op.execute(_JOURNAL_COUNTED)

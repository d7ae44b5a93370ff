"""When a note is missing: text alone, a part of other queries."""

from papertrail.store.queries import ME

# The note `n` of a read paper `p` was there, and another program took it away. It is looked for at read
# papers without a note alone, which are few.
is_missing = f"""
n.paper_id IS NULL AND r.is_read AND EXISTS (
  SELECT 1 FROM journal j JOIN operation o ON o.op = j.op AND o.program = 'outside'
  WHERE j.reader_id = {ME} AND j.verb = 'note' AND j.after IS NULL AND j.undone_by IS NULL
    AND j.id = (SELECT max(id) FROM journal WHERE reader_id = {ME} AND verb = 'note' AND paper = p.key))
"""  # noqa: S608 text of our own

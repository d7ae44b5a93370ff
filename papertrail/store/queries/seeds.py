"""What loading seeds reads, a row at a time, and writes.

What is new is written many rows at once, given as JSON: each statement that fires triggers keeps what it
would need to take itself back, which for one row costs more than the row.
"""

ORDER = "SELECT id, position FROM paper ORDER BY position, id"

LAST_POSITION = "SELECT coalesce(max(position), 0) FROM paper"

_FACTS = """
SELECT id, key, arxiv_id, title, authors, year, venue, doi, metadata_state, edited_fields, raw_authors, folded
FROM paper
"""

BY_KEY = f"{_FACTS} WHERE key = :name"

BY_ARXIV_ID = f"{_FACTS} WHERE arxiv_id = :name"

BY_FORMER_KEY = f"{_FACTS} WHERE id = (SELECT paper_id FROM alias WHERE key = :name)"  # noqa: S608 our own

BY_ID = f"{_FACTS} WHERE id = :id"

KEYS_OF_TODAY = "SELECT a.key, p.key FROM alias a JOIN paper p ON p.id = a.paper_id"

KEY_OF = "SELECT key FROM paper WHERE id = :id"

NAMED = """
SELECT key FROM paper UNION ALL SELECT key FROM alias
UNION ALL SELECT arxiv_id FROM paper WHERE arxiv_id IS NOT NULL
"""

NEXT_ID = """
SELECT max((SELECT coalesce(max(id), 0) FROM paper),
  coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'paper'), 0)) + 1
"""

ADD = """
INSERT INTO paper (id, position, key, arxiv_id, doi, title, authors, year, venue, folded, added_at,
  categories, urls, source, metadata_state, edited_fields)
SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'),
  json_extract(value, '$[3]'),
  json_extract(value, '$[4]'), json_extract(value, '$[5]'), json_extract(value, '$[6]'),
  json_extract(value, '$[7]'), json_extract(value, '$[8]'), json_extract(value, '$[9]'),
  :at, '', '', 'seed', 'seed', ''
FROM json_each(:rows) ORDER BY json_each.key
"""

TELL_ADDED = """
INSERT INTO journal (op, at, local_date, reader_id, verb, paper, after)
SELECT :op, :at, :local_date, :reader, 'seed', json_extract(value, '$[2]'),
  json_object('title', json_extract(value, '$[5]'))
FROM json_each(:rows) ORDER BY json_each.key
"""

CHANGE = """
UPDATE paper SET arxiv_id = :arxiv_id, doi = :doi, title = :title, authors = :authors, year = :year,
  venue = :venue, metadata_state = :metadata_state, folded = :folded
WHERE id = :id
"""

PLACE = "UPDATE paper SET position = :position WHERE id = :id"

# Only what comes after something was taken away, or set right by hand, can stand against a file.
EDITS = """
SELECT verb, paper, before, after FROM journal
WHERE verb IN ('lineage', 'link', 'as-in-file') AND undone_by IS NULL AND id >= (
  SELECT min(id) FROM journal
  WHERE verb IN ('lineage', 'link') AND before IS NOT NULL AND undone_by IS NULL)
ORDER BY id
"""

REMOVED = "SELECT before FROM journal WHERE verb = 'remove' AND undone_by IS NULL AND before IS NOT NULL"

LINEAGES = "SELECT id, name, position FROM lineage ORDER BY position"

ADD_LINEAGE = "INSERT INTO lineage (name, position) VALUES (:name, :position)"

PLACE_LINEAGE = "UPDATE lineage SET position = :position WHERE id = :id"

MEMBERS = "SELECT paper_id, position FROM lineage_paper WHERE lineage_id = :lineage ORDER BY position"

# Rows of paper and position.
ADD_MEMBERS = """
INSERT INTO lineage_paper (lineage_id, paper_id, position)
SELECT :lineage, json_extract(value, '$[0]'), json_extract(value, '$[1]')
FROM json_each(:rows)
"""

TELL_MEMBERS = """
INSERT INTO journal (op, at, local_date, reader_id, verb, paper, after)
SELECT :op, :at, :local_date, :reader, 'lineage', paper.key, json_object('lineage', :name)
FROM json_each(:rows) AS new JOIN paper ON paper.id = json_extract(new.value, '$[0]') ORDER BY new.key
"""

PLACE_MEMBER = """
UPDATE lineage_paper SET position = :position WHERE lineage_id = :lineage AND paper_id = :paper
"""

LINKS = "SELECT child_id, parent_id FROM builds_on ORDER BY child_id, parent_id"

# Rows of child and parent.
ADD_LINKS = """
INSERT INTO builds_on (child_id, parent_id)
SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:rows)
"""

TELL_LINKS = """
INSERT INTO journal (op, at, local_date, reader_id, verb, paper, after)
SELECT :op, :at, :local_date, :reader, 'link', child.key, json_object('builds_on', parent.key)
FROM json_each(:rows) AS new JOIN paper AS child ON child.id = json_extract(new.value, '$[0]')
JOIN paper AS parent ON parent.id = json_extract(new.value, '$[1]') ORDER BY new.key
"""

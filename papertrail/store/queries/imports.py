"""What a file of another program adds to the papers, and how it cites them.

What is new is written many rows at once, given as JSON, as seeds are.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from sqlite3 import Connection
from typing import NamedTuple

from papertrail.domain.reference import CitedAs
from papertrail.store.queries import ME
from papertrail.store.queries.operations import Operation

KNOWN = """
SELECT p.id, p.key, p.arxiv_id, p.doi, p.title, p.authors, p.year, coalesce(c.cite_key, '')
FROM paper p LEFT JOIN cited_as c ON c.paper_id = p.id ORDER BY p.position, p.id
"""

KEYS = "SELECT key FROM paper UNION SELECT key FROM alias"

NEXT_ID = """
SELECT max((SELECT coalesce(max(id), 0) FROM paper),
  coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'paper'), 0)) + 1
"""

# Rows of id, key, arXiv id, DOI, title, authors, year, venue, folded, abstract, addresses, state.
ADD = """
INSERT INTO paper (id, position, key, arxiv_id, doi, title, authors, year, venue, folded, abstract, urls,
  edited_fields, added_at, categories, source, metadata_state)
SELECT json_extract(value, '$[0]'),
  (SELECT coalesce(max(position), 0) FROM paper) + 1 + json_each.key,
  json_extract(value, '$[1]'), json_extract(value, '$[2]'), json_extract(value, '$[3]'),
  json_extract(value, '$[4]'), json_extract(value, '$[5]'), json_extract(value, '$[6]'),
  json_extract(value, '$[7]'), json_extract(value, '$[8]'), json_extract(value, '$[9]'),
  json_extract(value, '$[10]'), '', :at, '', 'import',
  CASE WHEN json_extract(value, '$[2]') IS NULL THEN 'edited' ELSE json_extract(value, '$[11]') END
FROM json_each(:rows) ORDER BY json_each.key
"""

TELL_ADDED = """
INSERT INTO journal (op, at, local_date, reader_id, verb, paper, after)
SELECT :op, :at, :local_date, :reader, 'add', json_extract(value, '$[1]'),
  json_object('title', json_extract(value, '$[4]'), 'arxiv_id', json_extract(value, '$[2]'), 'by', 'import')
FROM json_each(:rows) ORDER BY json_each.key
"""

# Rows of paper, cite key, kind, details.
CITE = """
INSERT INTO cited_as (paper_id, cite_key, kind, details)
SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'),
  json_extract(value, '$[3]')
FROM json_each(:rows) WHERE true
ON CONFLICT (paper_id) DO UPDATE SET details = excluded.details
"""

CITED_AS = "SELECT cite_key, kind, details FROM cited_as WHERE paper_id = :paper"

ALL_CITED_AS = "SELECT p.key, c.cite_key, c.kind, c.details FROM cited_as c JOIN paper p ON p.id = c.paper_id"

KEY_OF_CITE_KEY = """
SELECT p.key FROM cited_as c JOIN paper p ON p.id = c.paper_id WHERE c.cite_key = :cite_key
ORDER BY p.position, p.id LIMIT 1
"""


class KnownPaper(NamedTuple):
    """A paper as far as it may be known again; authors as they are stored, a name a line."""

    id: int
    key: str
    arxiv_id: str | None
    doi: str | None
    title: str
    authors: str
    year: int | None
    cite_key: str


def known(connection: Connection) -> Iterator[KnownPaper]:
    """Yield every paper, in order."""
    return (KnownPaper(*row) for row in connection.execute(KNOWN))


def keys(connection: Connection) -> set[str]:
    """Return every key that a paper has or had."""
    return {key for (key,) in connection.execute(KEYS)}


def next_id(connection: Connection) -> int:
    """Return the id that the next new paper may have."""
    return int(connection.execute(NEXT_ID).fetchone()[0])


def add(connection: Connection, operation: Operation, rows: Sequence[Sequence[object]]) -> None:
    """Add papers behind all others, rows as `ADD` has them, and tell the journal."""
    values = {"rows": json.dumps(rows), "reader": ME, **operation._asdict()}
    connection.execute(ADD, values)
    connection.execute(TELL_ADDED, values)


def cite(connection: Connection, rows: Sequence[Sequence[object]]) -> None:
    """Keep how papers are cited, rows as `CITE` has them; of one that is cited already its other details."""
    connection.execute(CITE, {"rows": json.dumps(rows)})


def cited_as(connection: Connection, paper: int) -> CitedAs | None:
    """Return how a file cited a paper; None where none did."""
    row = connection.execute(CITED_AS, {"paper": paper}).fetchone()
    return None if row is None else _cited(*row)


def all_cited_as(connection: Connection) -> Mapping[str, CitedAs]:
    """Return how files cited papers, by their keys."""
    return {key: _cited(*row) for key, *row in connection.execute(ALL_CITED_AS)}


def key_of_cite_key(connection: Connection, cite_key: str) -> str | None:
    """Return the key of the first paper that a file cites so; None without one."""
    row = connection.execute(KEY_OF_CITE_KEY, {"cite_key": cite_key}).fetchone()
    return None if row is None else str(row[0])


def _cited(cite_key: str, kind: str, details: str) -> CitedAs:
    try:
        known = json.loads(details)
    except ValueError:
        known = {}
    texts = {str(name): str(text) for name, text in known.items()} if isinstance(known, dict) else {}
    return CitedAs(cite_key, kind, texts)

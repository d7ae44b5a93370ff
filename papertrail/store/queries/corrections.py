"""Correcting what is known of a paper, by hand: its key, its facts, whether it is there at all."""

from collections.abc import Iterable, Mapping
from sqlite3 import Connection
from typing import Any

from papertrail.store.queries import ME

RENAME = "UPDATE paper SET key = :new WHERE id = :paper"

ALIASES = "SELECT key FROM alias WHERE paper_id = :paper ORDER BY key"

ADD_ALIAS = "INSERT INTO alias (key, paper_id) VALUES (:key, :paper)"

REMOVE_ALIAS = "DELETE FROM alias WHERE key = :key"

FACTS = """
SELECT key, title, authors, year, venue, doi, arxiv_id, abstract, urls, edited_fields FROM paper
WHERE id = :paper
"""

SEARCHED = "SELECT key, title, authors, year, venue, arxiv_id, raw_authors FROM paper WHERE id = :paper"

SET_FACTS = """
UPDATE paper SET title = :title, authors = :authors, year = :year, venue = :venue, doi = :doi,
  arxiv_id = :arxiv_id, abstract = :abstract, urls = :urls, edited_fields = :edited_fields
WHERE id = :paper
"""

# What arXiv said under another id.
FORGET_METADATA = """
UPDATE paper SET published = NULL, updated = NULL, categories = '', comment = NULL, journal_ref = NULL,
  version = NULL, raw_title = NULL, raw_authors = NULL, asked_at = NULL, absent_on = '', trouble = '',
  metadata_state = CASE WHEN arxiv_id IS NULL THEN 'edited' ELSE 'seed' END
WHERE id = :paper
"""

ADD = """
INSERT INTO paper (key, title, authors, year, venue, doi, arxiv_id, abstract, urls, edited_fields, source,
  metadata_state, categories, position, folded, added_at)
SELECT :key, :title, :authors, :year, :venue, :doi, :arxiv_id, :abstract, :urls, :edited_fields, 'hand',
  'edited', '', coalesce(max(position), 0) + 1, '', :at FROM paper
"""

METADATA = """
SELECT published, updated, categories, comment, journal_ref, version, raw_title, raw_authors, metadata_state,
  asked_at, absent_on, trouble
FROM paper WHERE id = :paper
"""

SET_METADATA = """
UPDATE paper SET published = :published, updated = :updated, categories = :categories, comment = :comment,
  journal_ref = :journal_ref, version = :version, raw_title = :raw_title, raw_authors = :raw_authors,
  metadata_state = :metadata_state, asked_at = :asked_at, absent_on = :absent_on, trouble = :trouble
WHERE id = :paper
"""

PLACES = "SELECT lineage_id, position FROM lineage_paper WHERE paper_id = :paper ORDER BY lineage_id"

TAKE_PLACE = """
INSERT INTO lineage_paper (lineage_id, paper_id, position) VALUES (:lineage, :paper, :position)
ON CONFLICT DO NOTHING
"""

READING = """
SELECT status, is_read, queue_position, rating, started_at, finished_at, finished_on, counted_at, counted_on
FROM reading WHERE reader_id = :reader AND paper_id = :paper
"""

PUT_READING = """
INSERT INTO reading (reader_id, paper_id, status, is_read, queue_position, rating, started_at, finished_at,
  finished_on, counted_at, counted_on)
VALUES (:reader, :paper, :status, :is_read, :queue_position, :rating, :started_at, :finished_at,
  :finished_on, :counted_at, :counted_on)
ON CONFLICT (reader_id, paper_id) DO UPDATE SET status = excluded.status, is_read = excluded.is_read,
  queue_position = excluded.queue_position, rating = excluded.rating, started_at = excluded.started_at,
  finished_at = excluded.finished_at, finished_on = excluded.finished_on,
  counted_at = excluded.counted_at, counted_on = excluded.counted_on
"""

SET_FOLDED = "UPDATE paper SET folded = :folded WHERE id = :paper"

REMOVE_READING = "DELETE FROM reading WHERE paper_id = :paper"

REMOVE_TAGS = "DELETE FROM tag WHERE paper_id = :paper"

REMOVE_LINKS = "DELETE FROM builds_on WHERE child_id = :paper OR parent_id = :paper"

REMOVE_PLACES = "DELETE FROM lineage_paper WHERE paper_id = :paper"

REMOVE_ALIASES = "DELETE FROM alias WHERE paper_id = :paper"

REMOVE_PAPER = "DELETE FROM paper WHERE id = :paper"


def rename(connection: Connection, paper: int, old: str, new: str) -> None:
    """Give a paper another key; it still answers to the one it had."""
    connection.execute(REMOVE_ALIAS, {"key": new})
    connection.execute(RENAME, {"paper": paper, "new": new})
    connection.execute(ADD_ALIAS, {"key": old, "paper": paper})


def aliases(connection: Connection, paper: int) -> list[str]:
    """Return the keys that a paper had before."""
    return [key for (key,) in connection.execute(ALIASES, {"paper": paper})]


def facts(connection: Connection, paper: int) -> dict[str, object]:
    """Return what is known of a paper, by the names of the columns."""
    found = _row(connection, FACTS, paper)
    assert found is not None
    return found


def set_facts(connection: Connection, paper: int, known: Mapping[str, object]) -> None:
    """Store facts of a paper, all that `facts` gives."""
    connection.execute(SET_FACTS, {**known, "paper": paper})
    refold(connection, paper)


def forget_metadata(connection: Connection, paper: int) -> None:
    """Forget what arXiv said of a paper, which has another id now: it is asked again."""
    connection.execute(FORGET_METADATA, {"paper": paper})


def add(connection: Connection, known: Mapping[str, object], at: str) -> int:
    """Add a paper at the end of the reading order, and return its id.

    Args:
        connection: within a write transaction.
        known: all that `facts` gives.
        at: this moment, UTC text.
    """
    paper = connection.execute(ADD, {**known, "at": at}).lastrowid
    assert paper is not None
    refold(connection, paper)
    return paper


def refold(connection: Connection, paper: int) -> None:
    """Keep what searches look through in step with what is known of a paper."""
    from papertrail.store.queries.papers import folded

    words = folded(*connection.execute(SEARCHED, {"paper": paper}).fetchone())
    connection.execute(SET_FOLDED, {"paper": paper, "folded": words})


def remove(connection: Connection, paper: int) -> None:
    """Remove a paper with all that is known of it but its note, which is no part of the database."""
    for sql in (REMOVE_READING, REMOVE_TAGS, REMOVE_LINKS, REMOVE_PLACES, REMOVE_ALIASES, REMOVE_PAPER):
        connection.execute(sql, {"paper": paper})


def metadata(connection: Connection, paper: int) -> dict[str, object]:
    """Return what arXiv said of a paper besides its facts, and how far it was asked."""
    found = _row(connection, METADATA, paper)
    assert found is not None
    return found


def set_metadata(connection: Connection, paper: int, known: Mapping[str, object]) -> None:
    """Store what `metadata` gave of the same paper by another row."""
    connection.execute(SET_METADATA, {**known, "paper": paper})


def places(connection: Connection, paper: int) -> list[tuple[int, int]]:
    """Return each lineage that a paper is in, with its place there."""
    return list(connection.execute(PLACES, {"paper": paper}))


def take_places(connection: Connection, paper: int, of: Iterable[tuple[int, int]]) -> None:
    """Put a paper at places of lineages, but where it is in one already."""
    rows = [{"lineage": lineage, "paper": paper, "position": position} for lineage, position in of]
    connection.executemany(TAKE_PLACE, rows)


def reading(connection: Connection, paper: int) -> dict[str, Any] | None:
    """Return how far the reader is with a paper, or None while nothing was said."""
    return _row(connection, READING, paper)


def put_reading(connection: Connection, paper: int, row: Mapping[str, Any]) -> None:
    """Say how far the reader is with a paper, all that `reading` gives."""
    connection.execute(PUT_READING, {**row, "paper": paper, "reader": ME})


def add_aliases(connection: Connection, paper: int, keys: Iterable[str]) -> None:
    """Let a paper answer to keys that no other one has any more."""
    connection.executemany(ADD_ALIAS, [{"key": key, "paper": paper} for key in keys])


def _row(connection: Connection, sql: str, paper: int) -> dict[str, Any] | None:
    cursor = connection.execute(sql, {"paper": paper, "reader": ME})
    row = cursor.fetchone()
    return None if row is None else dict(zip((c[0] for c in cursor.description), row, strict=True))

"""Correcting what is known of a paper, by hand: its key, its facts, whether it is there at all."""

from collections.abc import Mapping
from sqlite3 import Connection

RENAME = "UPDATE paper SET key = :new WHERE id = :paper"

ALIASES = "SELECT key FROM alias WHERE paper_id = :paper ORDER BY key"

ADD_ALIAS = "INSERT INTO alias (key, paper_id) VALUES (:key, :paper)"

REMOVE_ALIAS = "DELETE FROM alias WHERE key = :key"

FACTS = """
SELECT key, title, authors, year, venue, doi, arxiv_id, abstract, urls, edited_fields FROM paper
WHERE id = :paper
"""

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

SET_FOLDED = "UPDATE paper SET folded = :folded WHERE id = :paper"

REMOVE_READING = "DELETE FROM reading WHERE paper_id = :paper"

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
    cursor = connection.execute(FACTS, {"paper": paper})
    return dict(zip((column[0] for column in cursor.description), cursor.fetchone(), strict=True))


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

    known = facts(connection, paper)
    words = folded(*(known[name] for name in ("key", "title", "authors", "year", "venue", "arxiv_id")))
    connection.execute(SET_FOLDED, {"paper": paper, "folded": words})


def remove(connection: Connection, paper: int) -> None:
    """Remove a paper with all that is known of it but its note, which is no part of the database."""
    for sql in (REMOVE_READING, REMOVE_LINKS, REMOVE_PLACES, REMOVE_ALIASES, REMOVE_PAPER):
        connection.execute(sql, {"paper": paper})

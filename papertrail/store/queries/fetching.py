"""Which papers arXiv is asked about: those it told nothing of yet, and those it was asked about long ago."""

from collections.abc import Iterable
from sqlite3 import Connection

from papertrail.store.queries.papers import json_array

WAITING = "SELECT key FROM paper WHERE metadata_state = 'waiting' ORDER BY position, id"

ARXIV_IDS = """
SELECT key, arxiv_id FROM paper
WHERE arxiv_id IS NOT NULL AND key IN (SELECT value FROM json_each(:keys)) ORDER BY position, id
"""

ASKED_IN_VAIN = """
SELECT arxiv_id FROM paper WHERE metadata_state IN ('waiting', 'not-found', 'failed')
  AND arxiv_id IN (SELECT value FROM json_each(:ids)) ORDER BY position, id
"""

# Feeds tell an abstract, but not when the first version was.
LACKING_METADATA = """
SELECT arxiv_id FROM paper
WHERE arxiv_id IS NOT NULL AND (abstract IS NULL OR (source = 'arxiv' AND published IS NULL))
  AND (metadata_state <> 'not-found' OR asked_at <=
  CASE WHEN instr(absent_on, char(10)) = 0 THEN :doubted ELSE :doubted_often END) ORDER BY position, id
"""

OUTDATED = """
SELECT arxiv_id FROM paper
WHERE arxiv_id IS NOT NULL AND abstract IS NOT NULL AND (asked_at IS NULL OR asked_at <= :before)
ORDER BY position, id
"""

ALL_ARXIV_IDS = "SELECT arxiv_id FROM paper WHERE arxiv_id IS NOT NULL ORDER BY position, id"


def lacking_metadata(connection: Connection, doubted: str, doubted_often: str) -> list[str]:
    """Return the arXiv ids of papers whose abstract has not been fetched.

    Args:
        connection: to the database.
        doubted: UTC text; those that arXiv has left out once up to this moment are asked for again.
        doubted_often: the same for those left out on several days.
    """
    values = {"doubted": doubted, "doubted_often": doubted_often}
    return [row[0] for row in connection.execute(LACKING_METADATA, values)]


def outdated(connection: Connection, before: str) -> list[str]:
    """Return the arXiv ids of papers with an abstract that were last asked for up to `before`, UTC text."""
    return [row[0] for row in connection.execute(OUTDATED, {"before": before})]


def all_arxiv_ids(connection: Connection) -> list[str]:
    """Return every paper's arXiv id, in reading order."""
    return [row[0] for row in connection.execute(ALL_ARXIV_IDS)]


def waiting(connection: Connection) -> list[str]:
    """Return the keys of the papers of which only the arXiv id is known, in reading order."""
    return [row[0] for row in connection.execute(WAITING)]


def arxiv_ids(connection: Connection, keys: Iterable[str]) -> dict[str, str]:
    """Return the arXiv ids of the papers with these keys, as far as they have one, in reading order."""
    return dict(connection.execute(ARXIV_IDS, {"keys": json_array(f'"{key}"' for key in keys)}))


def asked_in_vain(connection: Connection, ids: Iterable[str]) -> list[str]:
    """Return those of these arXiv ids whose papers wait for their metadata, in reading order."""
    found = connection.execute(ASKED_IN_VAIN, {"ids": json_array(f'"{id_}"' for id_ in ids)})
    return [row[0] for row in found]

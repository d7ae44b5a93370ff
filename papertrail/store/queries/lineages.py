"""Changing lineages and the links between papers, a row at a time."""

from collections.abc import Iterable, Sequence
from sqlite3 import Connection

from papertrail.store.queries.papers import json_array

LINEAGE = "SELECT id, active FROM lineage WHERE name = :name"

ADD = "INSERT INTO lineage (name, position) SELECT :name, coalesce(max(position), 0) + 1 FROM lineage"

RENAME = "UPDATE lineage SET name = :new WHERE name = :name"

SET_ACTIVE = "UPDATE lineage SET active = :active WHERE name = :name"

REMOVE = "DELETE FROM lineage WHERE id = :lineage"

MEMBERS = """
SELECT p.key FROM lineage_paper lp JOIN paper p ON p.id = lp.paper_id
WHERE lp.lineage_id = :lineage ORDER BY lp.position, p.id
"""

ALL_MEMBERS = """
SELECT l.name, p.key FROM lineage l LEFT JOIN lineage_paper lp ON lp.lineage_id = l.id
LEFT JOIN paper p ON p.id = lp.paper_id ORDER BY l.position, l.id, lp.position, p.id
"""

PUT_MEMBER = """
INSERT INTO lineage_paper (lineage_id, paper_id, position)
SELECT :lineage, id, :position FROM paper WHERE key = :key
ON CONFLICT (lineage_id, paper_id) DO UPDATE SET position = excluded.position
"""

TAKE_MEMBER_OUT = """
DELETE FROM lineage_paper
WHERE lineage_id = :lineage AND paper_id = (SELECT id FROM paper WHERE key = :key)
"""

LINKS = """
SELECT child.key, parent.key FROM builds_on b
JOIN paper child ON child.id = b.child_id JOIN paper parent ON parent.id = b.parent_id
ORDER BY child.position, parent.position, parent.id
"""

LINKS_AT = """
SELECT child.key, parent.key FROM (
  SELECT b.child_id, b.parent_id FROM json_each(:ids) one JOIN builds_on b ON b.child_id = one.value
  UNION SELECT b.child_id, b.parent_id FROM json_each(:ids) one JOIN builds_on b ON b.parent_id = one.value
) b JOIN paper child ON child.id = b.child_id JOIN paper parent ON parent.id = b.parent_id
ORDER BY child.position, parent.position, parent.id
"""

YEARS = """
SELECT l.name, p.year, count(*) FROM lineage l JOIN lineage_paper lp ON lp.lineage_id = l.id
JOIN paper p ON p.id = lp.paper_id WHERE p.year IS NOT NULL GROUP BY l.id, p.year
"""

ALL_YEARS = "SELECT year, count(*) FROM paper GROUP BY year"

LINKS_BETWEEN = """
SELECT own.name, other.name, count(*) FROM builds_on b
JOIN lineage_paper child ON child.paper_id = b.child_id
JOIN lineage_paper parent ON parent.paper_id = b.parent_id
JOIN lineage own ON own.id = child.lineage_id JOIN lineage other ON other.id = parent.lineage_id
WHERE own.id <> other.id AND NOT EXISTS (
  SELECT 1 FROM lineage_paper inside WHERE inside.lineage_id = own.id AND inside.paper_id = b.parent_id)
GROUP BY own.id, other.id
"""

LINK = """
INSERT INTO builds_on (child_id, parent_id) SELECT child.id, parent.id FROM paper child, paper parent
WHERE child.key = :child AND parent.key = :parent
"""

UNLINK = """
DELETE FROM builds_on WHERE child_id = (SELECT id FROM paper WHERE key = :child)
AND parent_id = (SELECT id FROM paper WHERE key = :parent)
"""


def find(connection: Connection, name: str) -> tuple[int, bool] | None:
    """Return id of the lineage with exactly this name and whether it is active; None when there is none."""
    row = connection.execute(LINEAGE, {"name": name}).fetchone()
    return None if row is None else (row[0], bool(row[1]))


def add(connection: Connection, name: str) -> None:
    """Put a lineage behind the others."""
    connection.execute(ADD, {"name": name})


def rename(connection: Connection, name: str, new: str) -> None:
    """Give a lineage another name."""
    connection.execute(RENAME, {"name": name, "new": new})


def set_active(connection: Connection, name: str, active: bool) -> None:
    """Say whether the next papers may come from a lineage."""
    connection.execute(SET_ACTIVE, {"name": name, "active": active})


def remove(connection: Connection, lineage: int) -> None:
    """Remove a lineage; its papers stay."""
    connection.execute(REMOVE, {"lineage": lineage})


def members(connection: Connection, lineage: int) -> list[str]:
    """Return the keys of a lineage's papers in its order."""
    return [row[0] for row in connection.execute(MEMBERS, {"lineage": lineage})]


def all_members(connection: Connection) -> dict[str, list[str]]:
    """Return the keys of every lineage's papers, lineages and papers in their order."""
    found: dict[str, list[str]] = {}
    for name, key in connection.execute(ALL_MEMBERS).fetchall():
        papers = found.setdefault(name, [])
        if key is not None:
            papers.append(key)
    return found


def order(connection: Connection, lineage: int, keys: Sequence[str]) -> None:
    """Put these papers, all that a lineage is to have, into it in this order."""
    connection.executemany(
        PUT_MEMBER, [{"lineage": lineage, "key": key, "position": i} for i, key in enumerate(keys, start=1)]
    )


def take_out(connection: Connection, lineage: int, key: str) -> None:
    """Take a paper out of a lineage."""
    connection.execute(TAKE_MEMBER_OUT, {"lineage": lineage, "key": key})


def links(connection: Connection) -> dict[str, list[str]]:
    """Return for each paper that builds on others their keys, in reading order."""
    parents: dict[str, list[str]] = {}
    for child, parent in connection.execute(LINKS).fetchall():
        parents.setdefault(child, []).append(parent)
    return parents


def links_at(connection: Connection, ids: Iterable[int]) -> dict[str, list[str]]:
    """Return the same, of the links from and to the papers of these ids only."""
    parents: dict[str, list[str]] = {}
    for child, parent in connection.execute(LINKS_AT, {"ids": json_array(map(str, ids))}).fetchall():
        parents.setdefault(child, []).append(parent)
    return parents


def years(connection: Connection) -> dict[str, dict[int, int]]:
    """Return for each lineage how many papers it has of each year; those without one are left out."""
    found: dict[str, dict[int, int]] = {}
    for name, year, papers in connection.execute(YEARS).fetchall():
        found.setdefault(name, {})[year] = papers
    return found


def all_years(connection: Connection) -> dict[int | None, int]:
    """Return how many papers there are of each year, and without one."""
    return dict(connection.execute(ALL_YEARS).fetchall())


def links_between(connection: Connection) -> dict[tuple[str, str], int]:
    """Return how many links lead from the papers of each lineage to those of another one, not in it."""
    return {(own, other): count for own, other, count in connection.execute(LINKS_BETWEEN).fetchall()}


def link(connection: Connection, child: str, parent: str) -> None:
    """Say that one paper builds on another."""
    connection.execute(LINK, {"child": child, "parent": parent})


def unlink(connection: Connection, child: str, parent: str) -> None:
    """Take a link away."""
    connection.execute(UNLINK, {"child": child, "parent": parent})

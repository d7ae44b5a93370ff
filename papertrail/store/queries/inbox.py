"""What arXiv announced, what is watched and muted, and what the reader thought of each."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from sqlite3 import Connection
from typing import Any

from papertrail.domain.inbox.announcement import Announcement, AnnounceType
from papertrail.domain.inbox.model import KnownPaper
from papertrail.domain.inbox.watches import Mute, MuteKind, Watch, WatchKind
from papertrail.store.queries import ME
from papertrail.store.queries.papers import lines

_ANNOUNCED = """
SELECT a.arxiv_id, a.version, a.title, a.authors, a.abstract, a.categories, a.announce_type, a.announced_on,
  a.doi, a.journal_ref, a.feeds FROM announced a
"""

# Of feeds that are watched, not thought of yet, not in the trail, not there for too long.
WAITING = f"""
{_ANNOUNCED}
WHERE a.title <> '' AND a.first_seen_on >= :since
  AND (:replacements OR a.announce_type IN ('new', 'cross'))
  AND EXISTS (SELECT 1 FROM watch w WHERE w.reader_id = :reader
    AND instr(char(10) || a.feeds || char(10), char(10) || w.name || char(10)) > 0)
  AND NOT EXISTS (SELECT 1 FROM triage t WHERE t.reader_id = :reader AND t.arxiv_id = a.arxiv_id)
  AND NOT EXISTS (SELECT 1 FROM paper p WHERE p.arxiv_id = a.arxiv_id)
ORDER BY a.announced_on DESC, a.arxiv_id
"""  # noqa: S608 pieces of our own

SKIPPED = f"""
{_ANNOUNCED} JOIN triage t ON t.arxiv_id = a.arxiv_id
WHERE t.reader_id = :reader AND t.state = 'skipped' AND a.title <> '' ORDER BY t.at DESC LIMIT :most
"""

BACKGROUND = f"""
{_ANNOUNCED} WHERE a.title <> '' AND a.announce_type IN ('new', 'cross')
ORDER BY a.first_seen_on DESC, a.arxiv_id DESC LIMIT :most
"""

BY_ID = f"{_ANNOUNCED} JOIN json_each(:ids) AS asked ON a.arxiv_id = asked.value ORDER BY asked.key"

# Where no version of the paper is known, what arXiv calls a replacement is another one.
NEW_VERSIONS = """
SELECT a.arxiv_id, p.key, p.version FROM announced a JOIN paper p ON p.arxiv_id = a.arxiv_id
WHERE a.title <> '' AND a.first_seen_on >= :since
  AND CASE WHEN p.version IS NULL THEN a.announce_type LIKE 'replace%' ELSE a.version > p.version END
  AND NOT EXISTS (SELECT 1 FROM triage t WHERE t.reader_id = :reader AND t.arxiv_id = a.arxiv_id
    AND t.state = 'skipped' AND t.version >= a.version)
ORDER BY p.position, p.id
"""

SEEN = """
SELECT arxiv_id, first_seen_at, first_seen_on FROM announced
WHERE arxiv_id IN (SELECT value FROM json_each(:ids))
"""

IN_TRAIL = "SELECT arxiv_id FROM paper WHERE arxiv_id IN (SELECT value FROM json_each(:ids))"

PUT = """
INSERT OR REPLACE INTO announced (arxiv_id, version, title, authors, abstract, categories, announce_type,
  announced_on, first_seen_at, first_seen_on, doi, journal_ref, feeds)
VALUES (:arxiv_id, :version, :title, :authors, :abstract, :categories, :type, :announced, :seen_at, :seen_on,
  :doi, :journal_ref, :feeds)
"""

# Its id stays, so that it does not come again from a feed that still holds it.
EXPIRE = """
UPDATE announced SET title = '', authors = '', abstract = '' WHERE first_seen_on < :since AND title <> ''
"""

FORGET = "DELETE FROM announced WHERE first_seen_on < :since"

STATES = """
SELECT arxiv_id, state, version FROM triage
WHERE reader_id = :reader AND arxiv_id IN (SELECT value FROM json_each(:ids))
"""

PUT_STATE = """
INSERT INTO triage (reader_id, arxiv_id, state, version, at)
VALUES (:reader, :arxiv_id, :state, :version, :at)
ON CONFLICT (reader_id, arxiv_id) DO UPDATE SET
  state = excluded.state, version = excluded.version, at = excluded.at
"""

WATCHED = "SELECT kind, name FROM watch WHERE reader_id = :reader ORDER BY kind, name"

PUT_WATCH = "INSERT OR IGNORE INTO watch (reader_id, kind, name, at) VALUES (:reader, :kind, :name, :at)"

DROP_WATCH = "DELETE FROM watch WHERE reader_id = :reader AND kind = :kind AND name = :name"

MUTED = "SELECT kind, name FROM mute WHERE reader_id = :reader ORDER BY kind, name"

PUT_MUTE = "INSERT OR IGNORE INTO mute (reader_id, kind, name, at) VALUES (:reader, :kind, :name, :at)"

DROP_MUTE = "DELETE FROM mute WHERE reader_id = :reader AND kind = :kind AND name = :name"

# What tells most of the reader first: what was read or noted, then what is meant to be.
KNOWN = """
SELECT p.key, p.title, p.authors, coalesce(p.abstract, ''), coalesce(n.text, ''),
  (SELECT group_concat(name, char(10)) FROM (
     SELECT l.name FROM lineage_paper lp JOIN lineage l ON l.id = lp.lineage_id
     WHERE lp.paper_id = p.id ORDER BY l.position)),
  CASE WHEN r.is_read OR n.words > 0 THEN 1.0 WHEN r.status IN ('reading', 'queued') THEN 0.7
    ELSE 0.3 END AS weight
FROM paper p LEFT JOIN reading r ON r.paper_id = p.id AND r.reader_id = :reader
LEFT JOIN note n ON n.paper_id = p.id AND n.reader_id = :reader
WHERE coalesce(r.status, 'unread') <> 'dropped'
ORDER BY weight DESC, p.position, p.id LIMIT :most
"""


def waiting(connection: Connection, since: date, *, replacements: bool) -> list[Announcement]:
    """Return what waits, the newest first; only what was first seen since a day."""
    values = {"reader": ME, "since": since.isoformat(), "replacements": replacements}
    return _announcements(connection.execute(WAITING, values))


def skipped(connection: Connection, most: int) -> list[Announcement]:
    """Return what the reader skipped last."""
    return _announcements(connection.execute(SKIPPED, {"reader": ME, "most": most}))


def background(connection: Connection, most: int) -> list[Announcement]:
    """Return what was announced last, whatever became of it."""
    return _announcements(connection.execute(BACKGROUND, {"most": most}))


def by_ids(connection: Connection, ids: Iterable[str]) -> list[Announcement]:
    """Return what was announced of these papers, in their order; without text where it was for too long."""
    return _announcements(connection.execute(BY_ID, {"ids": json.dumps(list(ids))}))


def new_versions(connection: Connection, since: date) -> list[tuple[str, int | None, Announcement]]:
    """Return the key, known version and announcement of papers of the trail that have another version."""
    rows = connection.execute(NEW_VERSIONS, {"reader": ME, "since": since.isoformat()}).fetchall()
    announced = {one.arxiv_id: one for one in by_ids(connection, [arxiv_id for arxiv_id, *_ in rows])}
    return [(key, version, announced[arxiv_id]) for arxiv_id, key, version in rows]


def in_trail(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Return those of these arXiv ids that are papers of the trail."""
    return {id_ for (id_,) in connection.execute(IN_TRAIL, {"ids": json.dumps(list(ids))})}


def seen(connection: Connection, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return the moment and date on which each of these papers was first seen."""
    rows = connection.execute(SEEN, {"ids": json.dumps(list(ids))})
    return {arxiv_id: (at, on) for arxiv_id, at, on in rows}


def put(connection: Connection, one: Announcement, seen_at: str, seen_on: str) -> None:
    """Store what is announced of a paper."""
    values = {
        "arxiv_id": one.arxiv_id,
        "version": one.version,
        "title": one.title,
        "authors": "\n".join(one.authors),
        "abstract": one.abstract,
        "categories": "\n".join(one.categories),
        "type": one.type.value,
        "announced": one.announced.isoformat(),
        "seen_at": seen_at,
        "seen_on": seen_on,
        "doi": one.doi,
        "journal_ref": one.journal_ref,
        "feeds": "\n".join(one.feeds),
    }
    connection.execute(PUT, values)


def expire(connection: Connection, since: date, forgotten: date) -> None:
    """Keep only the ids of what was first seen before one day, and nothing of what was before the other."""
    connection.execute(EXPIRE, {"since": since.isoformat()})
    connection.execute(FORGET, {"since": forgotten.isoformat()})


def states(connection: Connection, ids: Iterable[str]) -> dict[str, tuple[str, int]]:
    """Return what the reader thought of these papers, and of which version."""
    rows = connection.execute(STATES, {"reader": ME, "ids": json.dumps(list(ids))})
    return {arxiv_id: (state, version) for arxiv_id, state, version in rows}


def put_state(connection: Connection, one: Announcement, state: str, at: str) -> None:
    """Store what the reader thinks of an announcement."""
    values: Mapping[str, Any] = {
        "reader": ME,
        "arxiv_id": one.arxiv_id,
        "state": state,
        "version": one.version,
        "at": at,
    }
    connection.execute(PUT_STATE, values)


def watched(connection: Connection) -> list[Watch]:
    """Return what is watched, categories first."""
    return [Watch(WatchKind(kind), name) for kind, name in connection.execute(WATCHED, {"reader": ME})]


def put_watch(connection: Connection, one: Watch, at: str) -> bool:
    """Watch something; tell whether it was not watched before."""
    values = {"reader": ME, "kind": one.kind.value, "name": one.name, "at": at}
    return connection.execute(PUT_WATCH, values).rowcount > 0


def drop_watch(connection: Connection, one: Watch) -> bool:
    """Watch something no longer; tell whether it was watched."""
    values = {"reader": ME, "kind": one.kind.value, "name": one.name}
    return connection.execute(DROP_WATCH, values).rowcount > 0


def muted(connection: Connection) -> list[Mute]:
    """Return what is muted."""
    return [Mute(MuteKind(kind), name) for kind, name in connection.execute(MUTED, {"reader": ME})]


def put_mute(connection: Connection, one: Mute, at: str) -> bool:
    """Mute something; tell whether it was not muted before."""
    values = {"reader": ME, "kind": one.kind.value, "name": one.name, "at": at}
    return connection.execute(PUT_MUTE, values).rowcount > 0


def drop_mute(connection: Connection, one: Mute) -> bool:
    """Mute something no longer; tell whether it was muted."""
    values = {"reader": ME, "kind": one.kind.value, "name": one.name}
    return connection.execute(DROP_MUTE, values).rowcount > 0


def known_papers(connection: Connection, most: int) -> list[KnownPaper]:
    """Return what the papers of the trail tell of the reader, those that tell most first."""
    rows = connection.execute(KNOWN, {"reader": ME, "most": most})
    return [
        KnownPaper(key, title, lines(authors), abstract, note, lines(lineages), weight)
        for key, title, authors, abstract, note, lineages, weight in rows
    ]


def _announcements(rows: Iterator[Any]) -> list[Announcement]:
    return [_announcement(row) for row in rows]


def _announcement(row: Any) -> Announcement:
    arxiv_id, version, title, authors, abstract, categories, type_, announced, doi, journal_ref, feeds = row
    return Announcement(
        arxiv_id=arxiv_id,
        version=version,
        title=title,
        authors=lines(authors),
        abstract=abstract,
        categories=lines(categories),
        type=AnnounceType(type_),
        announced=date.fromisoformat(announced),
        doi=doi,
        journal_ref=journal_ref,
        feeds=lines(feeds),
    )

"""Reading papers: ids in order, summaries by the page, one paper whole."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from sqlite3 import Connection
from typing import TYPE_CHECKING

from papertrail.domain.keys import is_valid_key
from papertrail.domain.paper import PaperSummary, Status
from papertrail.domain.text import fold
from papertrail.store.queries import ME
from papertrail.store.queries.missing import is_missing

if TYPE_CHECKING:
    from papertrail.domain.whole_paper import PaperRef

STATUSES: dict[str | None, Status] = {None: Status.UNREAD, **{status.value: status for status in Status}}

COUNT = "SELECT count(*) FROM paper"

OWED_IDS = f"""
SELECT r.paper_id FROM reading r JOIN paper p ON p.id = r.paper_id
LEFT JOIN note n ON n.paper_id = r.paper_id AND n.reader_id = r.reader_id
WHERE r.reader_id = :reader AND r.is_read AND NOT coalesce(n.complete, 0) AND NOT ({is_missing})
ORDER BY r.finished_at, r.paper_id
"""  # noqa: S608 text of our own

MISSING_KEYS = f"""
SELECT p.key FROM reading r JOIN paper p ON p.id = r.paper_id
LEFT JOIN note n ON n.paper_id = r.paper_id AND n.reader_id = r.reader_id
WHERE r.reader_id = :reader AND r.is_read AND {is_missing} ORDER BY r.finished_at, r.paper_id
"""  # noqa: S608 text of our own

COUNTED_IDS = """
SELECT r.paper_id FROM reading r JOIN note n ON n.paper_id = r.paper_id AND n.reader_id = r.reader_id
WHERE r.reader_id = :reader AND r.is_read AND n.complete
  AND r.counted_on >= :start AND r.counted_on < :end
ORDER BY r.counted_at, r.paper_id
"""

READ_IDS = """
SELECT paper_id FROM reading
WHERE reader_id = :reader AND is_read AND finished_on >= :start AND finished_on < :end
ORDER BY finished_at, paper_id
"""

remark_sql = """
CASE WHEN p.comment IS NULL THEN NULL
  WHEN p.comment LIKE '%withdr%' OR p.comment LIKE '%retract%' OR p.comment LIKE '%super%'
  OR p.comment LIKE '%replaced%' OR p.comment LIKE '%obsolete%' OR p.comment LIKE '%subsumed%'
  OR p.comment LIKE '%removed%' OR p.comment LIKE '%deleted%'
  THEN p.comment END
"""

# 1 where the note is complete, 0 where it is not or there never was one, -1 where its file is gone.
complete_sql = f"CASE WHEN {is_missing} THEN -1 ELSE n.complete END"

_standing = f"""
coalesce(r.status, 'unread'), coalesce(r.is_read, 0), coalesce({complete_sql}, 0),
coalesce(instr(n.sections, char(10) || '!') > 0, 0)
"""

# The tags one a line, in no order: to have SQLite sort them takes twice as long for all that have none.
marks_sql = """
r.rating,
(SELECT group_concat(name, char(10)) FROM tag WHERE reader_id = :reader AND paper_id = p.id)
"""

# The names of a paper's lineages, in the lineages' order, one a line.
SUMMARIES = f"""
SELECT p.id, p.key, p.title, p.authors, p.year, p.arxiv_id, p.doi, {remark_sql}, {_standing},
  (SELECT group_concat(name, char(10)) FROM (
     SELECT l.name FROM lineage_paper lp JOIN lineage l ON l.id = lp.lineage_id
     WHERE lp.paper_id = p.id ORDER BY l.position)) AS lineages,
  {marks_sql}
FROM json_each(:ids) AS asked JOIN paper p ON p.id = asked.value
LEFT JOIN reading r ON r.paper_id = p.id AND r.reader_id = :reader
LEFT JOIN note n ON n.paper_id = p.id AND n.reader_id = :reader
ORDER BY asked.key
"""  # noqa: S608 text of our own

PARENTS = """
SELECT p.key, p.title, p.year, coalesce(r.status, 'unread'), coalesce(r.is_read, 0)
FROM builds_on b JOIN paper p ON p.id = b.parent_id
LEFT JOIN reading r ON r.paper_id = p.id AND r.reader_id = :reader
WHERE b.child_id = :paper ORDER BY p.position
"""

CHILDREN = """
SELECT p.key, p.title, p.year, coalesce(r.status, 'unread'), coalesce(r.is_read, 0)
FROM builds_on b JOIN paper p ON p.id = b.child_id
LEFT JOIN reading r ON r.paper_id = p.id AND r.reader_id = :reader
WHERE b.parent_id = :paper ORDER BY p.position
"""

# How the files of other programs cite papers, in small letters, but for what is several papers' name.
_cited_by_one = """
SELECT min(paper_id) AS paper_id, lower(cite_key) AS name FROM cited_as WHERE cite_key <> ''
GROUP BY lower(cite_key) HAVING count(*) = 1
"""

EVERY_CITED = f"SELECT c.name, p.key FROM ({_cited_by_one}) c JOIN paper p ON p.id = c.paper_id"  # noqa: S608

# The papers whose notes have a `[[key]]` that leads to this one, by any key that it had. The column that
# tells what a note is has them, so that no text is read.
NAMED_IN = f"""
WITH cited AS ({_cited_by_one}), names AS MATERIALIZED (
  SELECT char(10) || '[' || key || char(9) AS line FROM (
    SELECT key FROM paper WHERE id = :paper UNION ALL SELECT key FROM alias WHERE paper_id = :paper
    UNION ALL SELECT name FROM cited WHERE paper_id = :paper AND name NOT IN (SELECT key FROM paper)))
SELECT p.key, p.title, p.year, coalesce(r.status, 'unread'), coalesce(r.is_read, 0)
FROM note n JOIN paper p ON p.id = n.paper_id
LEFT JOIN reading r ON r.paper_id = p.id AND r.reader_id = :reader
WHERE n.reader_id = :reader AND n.paper_id <> :paper
  AND EXISTS (SELECT 1 FROM names WHERE instr(n.sections, names.line) > 0)
ORDER BY p.position, p.id
"""  # noqa: S608 text of our own

EVERY_ALIAS = "SELECT a.key, p.key FROM alias a JOIN paper p ON p.id = a.paper_id"

LINEAGES_OF = """
SELECT l.id, l.name FROM lineage_paper lp JOIN lineage l ON l.id = lp.lineage_id
WHERE lp.paper_id = :paper ORDER BY l.position
"""

MEMBER_IDS = "SELECT paper_id FROM lineage_paper WHERE lineage_id = :lineage ORDER BY position, paper_id"

REFERENCE = """
SELECT p.key, p.title, p.year, coalesce(r.status, 'unread'), coalesce(r.is_read, 0)
FROM paper p LEFT JOIN reading r ON r.paper_id = p.id AND r.reader_id = :reader
WHERE p.id = :paper
"""

ID_OF_KEY = "SELECT id FROM paper WHERE key = :key"

ID_OF_ALIAS = "SELECT paper_id FROM alias WHERE key = :key"

KEY_OF_ALIAS = "SELECT p.key FROM alias a JOIN paper p ON p.id = a.paper_id WHERE a.key = :key"

# Of a key that no paper has since the renaming was taken back, be it one after others: the paper's now.
KEY_BEFORE_UNDO = """
WITH RECURSIVE earlier (key, id) AS (
  SELECT :key, (SELECT max(id) + 1 FROM journal)
  UNION ALL
  SELECT json_extract(j.before, '$.key'), j.id FROM earlier e JOIN journal j
  ON j.paper = e.key AND j.id < e.id AND j.verb = 'rename' AND j.undone_by IS NOT NULL
)
SELECT p.key FROM earlier e JOIN paper p ON p.key = e.key ORDER BY e.id DESC LIMIT 1
"""

KEYS_IN_USE_TWICE = "SELECT 1 FROM alias a JOIN paper p ON p.key = a.key LIMIT 1"

TITLES = "SELECT key, title FROM paper"

ALIASES = "SELECT a.key FROM alias a JOIN paper p ON p.id = a.paper_id WHERE p.key = :key ORDER BY a.key"

KEY_OF_ARXIV_ID = "SELECT key FROM paper WHERE arxiv_id = :arxiv_id"

KEY_OF_DOI = "SELECT key FROM paper WHERE lower(doi) = :doi ORDER BY position, id LIMIT 1"

# The only one of its DOI that can be the paper of an arXiv id.
KEY_OF_DOI_ALONE = (
    "SELECT key FROM paper WHERE lower(doi) = :doi AND arxiv_id IS NULL ORDER BY position, id LIMIT 1"
)

IDENTITIES = "SELECT key, title, doi FROM paper ORDER BY position, id"

KEYS_OF = "SELECT p.id, p.key FROM json_each(:ids) AS asked JOIN paper p ON p.id = asked.value"

KEYS_WITH_PREFIX = (
    "SELECT key FROM paper WHERE substr(key, 1, length(:prefix)) = :prefix ORDER BY key LIMIT 6"
)

IDS_OF_KEYS = """
SELECT p.id FROM json_each(:keys) one JOIN paper p ON p.key = one.value ORDER BY p.position, p.id
"""

ALL_KEYS = "SELECT key FROM paper ORDER BY position, id"


def ids_of_keys(connection: Connection, keys: Iterable[str]) -> list[int]:
    """Return the ids of the papers with these keys, in reading order."""
    quoted = json_array(f'"{key}"' for key in keys if is_valid_key(key))
    return [id_ for (id_,) in connection.execute(IDS_OF_KEYS, {"keys": quoted})]


def count(connection: Connection) -> int:
    """Return how many papers there are."""
    number: int = connection.execute(COUNT).fetchone()[0]
    return number


def owed_ids(connection: Connection) -> list[int]:
    """Return the ids of the papers that owe a note, the one longest read first."""
    return [row[0] for row in connection.execute(OWED_IDS, {"reader": ME})]


def missing_keys(connection: Connection) -> list[str]:
    """Return the keys of the papers that are read and whose note is missing, the one longest read first."""
    return [row[0] for row in connection.execute(MISSING_KEYS, {"reader": ME})]


def counted_ids(connection: Connection, first: date, before: date) -> list[int]:
    """Return the ids of the papers that count by a day from `first` to the day before `before`, in order."""
    return _ids_between(connection, COUNTED_IDS, first, before)


def read_ids(connection: Connection, first: date, before: date) -> list[int]:
    """Return the ids of the papers read by a day from `first` to the day before `before`, in order."""
    return _ids_between(connection, READ_IDS, first, before)


def _ids_between(connection: Connection, sql: str, first: date, before: date) -> list[int]:
    values = {"reader": ME, "start": first.isoformat(), "end": before.isoformat()}
    return [row[0] for row in connection.execute(sql, values)]


def summaries(
    connection: Connection, ids: Iterable[int], explained: Collection[int] = ()
) -> list[PaperSummary]:
    """Return the papers of these ids, in their order; ids that are gone are left out.

    Args:
        connection: the database.
        ids: of the papers.
        explained: ids of papers that can be explained.
    """
    rows = connection.execute(SUMMARIES, {"ids": json_array(map(str, ids)), "reader": ME})
    return [
        PaperSummary(
            id=id_,
            key=key,
            title=title,
            authors=lines(authors),
            year=year,
            arxiv_id=arxiv_id,
            doi=doi,
            status=STATUSES[status],
            lineages=lines(lineages),
            counted=bool(is_read and complete == 1),
            owed=bool(is_read and not complete),
            in_conflict=bool(in_conflict),
            notice=notice(remark, arxiv_id) if remark else "",
            rating=rating,
            tags=lines(tags),
            explained=id_ in explained,
            note_missing=complete == -1,
        )
        for (
            id_,
            key,
            title,
            authors,
            year,
            arxiv_id,
            doi,
            remark,
            status,
            is_read,
            complete,
            in_conflict,
            lineages,
            rating,
            tags,
        ) in rows
    ]


def references(connection: Connection, sql: str, **values: int) -> "tuple[PaperRef, ...]":
    """Run one of PARENTS, CHILDREN or REFERENCE."""
    from papertrail.domain.whole_paper import PaperRef

    rows = connection.execute(sql, {**values, "reader": ME})
    return tuple(
        PaperRef(key, title, year, STATUSES[status], bool(is_read))
        for key, title, year, status, is_read in rows
    )


def member_ids(connection: Connection, lineage: int) -> list[int]:
    """Return the ids of the papers of a lineage in its order."""
    return [id_ for (id_,) in connection.execute(MEMBER_IDS, {"lineage": lineage})]


def lineages_of(connection: Connection, paper: int) -> list[tuple[int, str]]:
    """Return id and name of each lineage a paper is in."""
    return list(connection.execute(LINEAGES_OF, {"paper": paper}))


def id_of_key(connection: Connection, key: str) -> int | None:
    """Return the id of the paper with exactly this key, or None."""
    row = connection.execute(ID_OF_KEY, {"key": key}).fetchone()
    return None if row is None else int(row[0])


def id_by_any_key(connection: Connection, key: str) -> int | None:
    """Return the id of the paper that has exactly this key, or had it; None without one."""
    if (paper := id_of_key(connection, key)) is not None:
        return paper
    row = connection.execute(ID_OF_ALIAS, {"key": key}).fetchone()
    return None if row is None else int(row[0])


def key_of_alias(connection: Connection, key: str) -> str | None:
    """Return the key of today of a paper that had this one, or None."""
    row = connection.execute(KEY_OF_ALIAS, {"key": key}).fetchone()
    return None if row is None else str(row[0])


def key_before_undo(connection: Connection, key: str) -> str | None:
    """Return the key of a paper that had this one until its renaming was taken back, or None."""
    row = connection.execute(KEY_BEFORE_UNDO, {"key": key}).fetchone()
    return None if row is None else str(row[0])


def are_keys_in_use_twice(connection: Connection) -> bool:
    """Tell whether some paper has a key that another one had, and still answers to."""
    return connection.execute(KEYS_IN_USE_TWICE).fetchone() is not None


def titles(connection: Connection) -> dict[str, str]:
    """Return the title of every paper by its key."""
    return dict(connection.execute(TITLES))


def aliases(connection: Connection, key: str) -> list[str]:
    """Return the keys that the paper with this one had before."""
    return [str(row[0]) for row in connection.execute(ALIASES, {"key": key})]


def cited_of_all(connection: Connection) -> dict[str, str]:
    """Return how other programs cite papers, in small letters, with their keys."""
    return dict(connection.execute(EVERY_CITED).fetchall())


def linked_of_all(connection: Connection) -> dict[str, str]:
    """Return what a `[[…]]` may call papers beside their keys, with the keys that they have now."""
    return {**cited_of_all(connection), **aliases_of_all(connection)}


def aliases_of_all(connection: Connection) -> dict[str, str]:
    """Return every key that a paper had before, with the key it has now."""
    return dict(connection.execute(EVERY_ALIAS).fetchall())


def key_of_arxiv_id(connection: Connection, arxiv_id: str) -> str | None:
    """Return the key of the paper with this canonical arXiv id, or None."""
    row = connection.execute(KEY_OF_ARXIV_ID, {"arxiv_id": arxiv_id}).fetchone()
    return None if row is None else str(row[0])


def key_of_doi(connection: Connection, doi: str) -> str | None:
    """Return the key of the first paper with this DOI, given in small letters, or None."""
    row = connection.execute(KEY_OF_DOI, {"doi": doi}).fetchone()
    return None if row is None else str(row[0])


def key_of_doi_alone(connection: Connection, doi: str) -> str | None:
    """Return the key of the first paper with this DOI, in small letters, that has no arXiv id, or None."""
    row = connection.execute(KEY_OF_DOI_ALONE, {"doi": doi}).fetchone()
    return None if row is None else str(row[0])


def identities(connection: Connection) -> Iterator[tuple[str, str, str | None]]:
    """Yield key, title and DOI of every paper, in reading order."""
    yield from connection.execute(IDENTITIES)


def keys_of(connection: Connection, ids: Iterable[int]) -> dict[int, str]:
    """Return the keys of the papers with these ids, as far as there are any."""
    return dict(connection.execute(KEYS_OF, {"ids": f"[{','.join(map(str, ids))}]"}))


def keys_with_prefix(connection: Connection, prefix: str) -> list[str]:
    """Return up to six keys that begin so."""
    return [row[0] for row in connection.execute(KEYS_WITH_PREFIX, {"prefix": prefix})]


def all_keys(connection: Connection) -> list[str]:
    """Return every key in reading order."""
    return [row[0] for row in connection.execute(ALL_KEYS)]


def folded(*parts: object) -> str:
    """Return the text that searches look through: key, title, authors, year, venue, arXiv id.

    Last come the authors as arXiv gives them, collaborations among them, where that is otherwise.
    """
    return fold(" ".join("" if part is None else str(part) for part in parts))


def notice(comment: str, arxiv_id: str | None) -> str:
    """Say what a comment tells of a paper that was withdrawn; empty where it tells nothing of the kind."""
    from papertrail.domain.withdrawal import notice

    return notice(comment, arxiv_id)


def lines(text: str | None) -> tuple[str, ...]:
    """Split a column that holds one entry a line."""
    return tuple(text.split("\n")) if text else ()


def json_array(items: Iterable[str]) -> str:
    """Return numbers, or strings in their quotes, as an array for a statement."""
    return f"[{','.join(items)}]"

"""The index of words: what every text of a paper says, kept in step inside each transaction.

Plain triggers, which any program that writes the database can run, mark the papers that changed; the end of
each transaction indexes them. An ordinary FTS5 table with its own content: of one without, nothing can be
taken out unless its old text is known exactly.
"""

from collections.abc import Iterator
from sqlite3 import Connection, DatabaseError
from typing import Any

from papertrail.domain.errors import DatabaseDamaged
from papertrail.domain.query.words import tails, words
from papertrail.store.queries import ME

INDEXED_SINCE = 6
"""The first schema that has an index of words."""
COLUMNS = ("key", "title", "author", "venue", "arxiv", "doi", "year", "abstract", "note", "tag", "tails")

MANY = 1000
"""Papers from which on it pays to have FTS5 collect more before it writes."""
# Bytes of words that FTS5 collects before it writes them as a segment, and how many segments it joins as it
# writes: for many papers at once joining takes half of the time, and leaves no fewer than there are without.
_FOR_MANY = {"hashsize": 16 << 20, "automerge": 0}
_AS_EVER = {"hashsize": 1 << 20, "automerge": 4}

# What is searched of a paper, by the table it stands in.
_TRIGGERS = (
    ("paper", "INSERT", "new.id"),
    (
        "paper",
        "UPDATE OF key, title, authors, raw_authors, venue, arxiv_id, doi, year, abstract, folded",
        "new.id",
    ),
    ("paper", "DELETE", "old.id"),
    ("note", "INSERT", "new.paper_id"),
    ("note", "UPDATE OF text", "new.paper_id"),
    ("note", "DELETE", "old.paper_id"),
    ("tag", "INSERT", "new.paper_id"),
    ("tag", "DELETE", "old.paper_id"),
)

CHANGED = """
SELECT p.id, p.key, p.title, p.authors || char(10) || coalesce(p.raw_authors, ''), p.venue,
  p.arxiv_id, p.doi, p.year, p.abstract, n.text,
  (SELECT group_concat(name, char(10)) FROM (
     SELECT name FROM tag WHERE reader_id = :reader AND paper_id = p.id ORDER BY name)), p.folded
FROM unindexed u CROSS JOIN paper p ON p.id = u.paper_id
LEFT JOIN note n ON n.paper_id = p.id AND n.reader_id = :reader ORDER BY u.paper_id
"""

ALL = """
SELECT p.id, p.key, p.title, p.authors || char(10) || coalesce(p.raw_authors, ''), p.venue,
  p.arxiv_id, p.doi, p.year, p.abstract, n.text,
  (SELECT group_concat(name, char(10)) FROM (
     SELECT name FROM tag WHERE reader_id = :reader AND paper_id = p.id ORDER BY name)), p.folded
FROM paper p LEFT JOIN note n ON n.paper_id = p.id AND n.reader_id = :reader ORDER BY p.id
"""

STORED = """
SELECT rowid, key, title, author, venue, arxiv, doi, year, abstract, note, tag, tails FROM words
ORDER BY rowid
"""

PUT = """
INSERT INTO words (rowid, key, title, author, venue, arxiv, doi, year, abstract, note, tag, tails)
VALUES (:paper, :key, :title, :author, :venue, :arxiv, :doi, :year, :abstract, :note, :tag, :tails)
"""

# Papers that are new have ids above all that are indexed: of these nothing needs to be looked for.
REMOVE_CHANGED = """
DELETE FROM words WHERE rowid IN (
  SELECT paper_id FROM unindexed WHERE paper_id <= (SELECT rowid FROM words ORDER BY rowid DESC LIMIT 1))
"""

ARE_MANY = "SELECT count(*) = :many FROM (SELECT 1 FROM unindexed LIMIT :many)"

CONFIGURE = "INSERT INTO words (words, rank) VALUES (:setting, :value)"

ALL_INDEXED = "DELETE FROM unindexed"

KEYS = "SELECT id, key FROM paper"

NUMBER = "SELECT count(*) FROM paper"

CHECK = "INSERT INTO words (words, rank) VALUES ('integrity-check', 1)"


def make_index(connection: Connection) -> None:
    """Make table and triggers anew, and index every paper; within a transaction."""
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'unindex_*'"
    ).fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    # OR IGNORE would not do: in a trigger what the statement says of conflicts that fires it holds.
    for table, event, paper in _TRIGGERS:
        connection.execute(
            f"CREATE TRIGGER unindex_{table}_{event.split()[0].lower()} AFTER {event} ON {table} "
            f"BEGIN INSERT INTO unindexed (paper_id) SELECT {paper} "
            f"WHERE NOT EXISTS (SELECT 1 FROM unindexed WHERE paper_id = {paper}); END"
        )
    rebuild(connection)


def rebuild(connection: Connection) -> int:
    """Index every paper anew, whatever the index held; return how many there are.

    Words are split and folded before they come to SQLite: it parts them at blanks. `|` stands between two
    names of one column, so that no phrase goes on from one into the next.
    """
    connection.execute("DROP TABLE IF EXISTS words")
    connection.execute(
        f"CREATE VIRTUAL TABLE words USING fts5({', '.join(COLUMNS)}, "
        "tokenize = \"ascii tokenchars '+#|'\", prefix = '1 2 3')"
    )
    _put(connection, ALL, many=True)
    return int(connection.execute(NUMBER).fetchone()[0])


def catch_up(connection: Connection) -> None:
    """Index the papers that changed; within the transaction that changed them."""
    connection.execute(REMOVE_CHANGED)
    _put(connection, CHANGED, many=bool(connection.execute(ARE_MANY, {"many": MANY}).fetchone()[0]))


def _put(connection: Connection, sql: str, *, many: bool) -> None:
    """Index the papers that a query gives, none of which is; then none is marked as changed any more."""
    if many:
        connection.executemany(CONFIGURE, _FOR_MANY.items())
    connection.executemany(PUT, _rows(connection, sql))
    if many:
        connection.executemany(CONFIGURE, _AS_EVER.items())
    connection.execute(ALL_INDEXED)


def out_of_step(connection: Connection) -> list[str]:
    """Return the keys of papers whose texts are not what the index holds; of one that is gone its number."""
    wrong: list[int] = []
    stored = connection.execute(STORED)
    there = stored.fetchone()
    for paper in _rows(connection, ALL):
        while there is not None and there[0] < paper[0]:
            wrong.append(there[0])
            there = stored.fetchone()
        if there != paper:
            wrong.append(paper[0])
        if there is not None and there[0] == paper[0]:
            there = stored.fetchone()
    while there is not None:
        wrong.append(there[0])
        there = stored.fetchone()
    keys = dict(connection.execute(KEYS)) if wrong else {}
    return [keys.get(paper, f"#{paper}") for paper in wrong]


def agrees_with_itself(connection: Connection) -> bool:
    """Ask SQLite whether the index is whole; within a write transaction."""
    try:
        connection.execute(CHECK)
    except (DatabaseError, DatabaseDamaged):
        return False
    return True


def _rows(connection: Connection, sql: str) -> Iterator[tuple[Any, ...]]:
    """Give the rows that the index is to hold, for the papers that a query gives."""
    for (
        paper,
        key,
        title,
        authors,
        venue,
        arxiv,
        doi,
        year,
        abstract,
        note,
        tags,
        folded,
    ) in connection.execute(sql, {"reader": ME}):
        yield (
            paper,
            _words(key),
            _words(title),
            _names(authors),
            _words(venue),
            _words(arxiv),
            _words(doi),
            "" if year is None else str(year),
            _words(abstract),
            _words(note),
            _names(tags),
            " ".join(tails(folded or "")),
        )


def _words(text: str | None) -> str:
    return " ".join(words(text)) if text else ""


def _names(lines: str | None) -> str:
    named = dict.fromkeys(_words(line) for line in (lines or "").split("\n"))  # mostly told twice
    return " | ".join(name for name in named if name)

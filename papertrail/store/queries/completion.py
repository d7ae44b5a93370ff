"""What a shell completes names from: ranges of an index, so that 100,000 papers cost no more than ten.

Imported at every tab: with nothing but `sqlite3`, and no values of the domain.
"""

from collections.abc import Iterator
from sqlite3 import Connection

from papertrail.store.queries import ME

# Keys that papers have, with the title, and keys that they had, with the key of now.
KEYS = """
SELECT key, title, '' FROM paper WHERE key >= :first AND key < :past
UNION ALL
SELECT a.key, '', p.key FROM alias a JOIN paper p ON p.id = a.paper_id
WHERE a.key >= :first AND a.key < :past
ORDER BY 1 LIMIT :most
"""

LAST_KEY = """
SELECT max(key) FROM (
  SELECT max(key) AS key FROM paper WHERE key >= :first AND key < :past
  UNION ALL
  SELECT max(key) FROM alias WHERE key >= :first AND key < :past
)
"""

ANNOUNCED = """
SELECT a.arxiv_id, a.title FROM announced a
WHERE a.arxiv_id >= :first AND a.arxiv_id < :past AND a.title <> '' AND NOT EXISTS
  (SELECT 1 FROM triage t WHERE t.reader_id = :reader AND t.arxiv_id = a.arxiv_id)
ORDER BY a.arxiv_id DESC LIMIT :most
"""

LINEAGES = "SELECT name FROM lineage ORDER BY position, id LIMIT :most"

TAGS = "SELECT DISTINCT name FROM tag WHERE reader_id = :reader ORDER BY name LIMIT :most"

TAGS_OF = """
SELECT name FROM tag WHERE reader_id = :reader AND paper_id IN
  (SELECT id FROM paper WHERE key = :key UNION ALL SELECT paper_id FROM alias WHERE key = :key)
ORDER BY name LIMIT :most
"""

VIEWS = "SELECT name FROM saved_view WHERE reader_id = :reader ORDER BY position LIMIT :most"

WATCHED = "SELECT name FROM watch WHERE reader_id = :reader AND kind = 'category' ORDER BY name LIMIT :most"

NOTED = (
    "SELECT sections FROM note WHERE reader_id = :reader AND sections <> '' ORDER BY rowid DESC LIMIT :most"
)


Row = tuple[str, str, str]


def keys(connection: Connection, start: str, most: int) -> list[Row]:
    """Return keys that begin so, each with its paper's title, or the paper's key of now, in order.

    Where more than `most` do, it is the first few of each next letter: what they have in common is then no
    more than what all have in common, and each letter that leads on is among them.
    """
    found = _keys(connection, start, _past(start), most + 1)
    if len(found) <= most:
        return found
    last = connection.execute(LAST_KEY, {"first": start, "past": _past(start)}).fetchone()[0]
    common = _common(found[0][0], last)
    groups: list[str] = []
    first = common
    while len(groups) < most and (group := _keys(connection, first, _past(common), 1)):
        letter = group[0][0][: len(common) + 1]
        groups.append(letter)
        first = _past(letter) if letter != common else f"{common}\0"
    few = max(most // len(groups), 1)
    found = []
    for letter in groups:
        past = _past(letter) if letter != common else f"{common}\0"
        found += _keys(connection, letter, past, few)
    return found


def _past(start: str) -> str:
    """Return what comes behind all that begins so."""
    return f"{start}\U0010ffff"


def _keys(connection: Connection, first: str, past: str, most: int) -> list[Row]:
    return connection.execute(KEYS, {"first": first, "past": past, "most": most}).fetchall()


def _common(one: str, other: str) -> str:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return one[:length]


def announced(connection: Connection, start: str, most: int) -> list[tuple[str, str]]:
    """Return the ids of announcements that begin so and are not sorted out, the newest first, with titles."""
    values = {"first": start, "past": _past(start), "reader": ME, "most": most}
    return connection.execute(ANNOUNCED, values).fetchall()


def lineages(connection: Connection, most: int) -> list[str]:
    """Return the names of lineages, in order."""
    return [row[0] for row in connection.execute(LINEAGES, {"most": most})]


def watched(connection: Connection, most: int) -> list[str]:
    """Return the categories that are watched."""
    return [row[0] for row in connection.execute(WATCHED, {"reader": ME, "most": most})]


def tags(connection: Connection, most: int) -> list[str]:
    """Return the tags there are."""
    return [row[0] for row in connection.execute(TAGS, {"reader": ME, "most": most})]


def tags_of(connection: Connection, keys: list[str], most: int) -> list[str]:
    """Return the tags that any of the papers of these keys has."""
    asked = {"reader": ME, "most": most}
    names = {name for key in keys for (name,) in connection.execute(TAGS_OF, {**asked, "key": key})}
    return sorted(names)[:most]


def views(connection: Connection, most: int) -> list[str]:
    """Return the names of saved views."""
    return [row[0] for row in connection.execute(VIEWS, {"reader": ME, "most": most})]


def sections(connection: Connection, most: int) -> Iterator[str]:
    """Yield the names of sections in so many notes; each may come several times."""
    for (text,) in connection.execute(NOTED, {"reader": ME, "most": most}):
        for line in text.split("\n"):
            if line[:1] in ("0", "1"):
                yield line.split(" ", 6)[-1] if line[2:3] != " " else line[3:]

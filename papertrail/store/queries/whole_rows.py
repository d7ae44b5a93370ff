"""All that is known of papers: a row each, of one paper, of some or of all."""

from collections.abc import Iterable
from sqlite3 import Connection
from typing import NamedTuple

from papertrail.domain.keys import is_valid_key
from papertrail.domain.paper import PaperSummary
from papertrail.domain.whole_paper import PaperRef
from papertrail.store.queries import ME
from papertrail.store.queries.papers import (
    STATUSES,
    complete_sql,
    json_array,
    lines,
    marks_sql,
    notice,
    remark_sql,
)

# The reader's dates of a paper `p`, of its reading `r` and note `n`: those of the past as the journal tells
# them, since a moment alone has another date in another zone. Papers that are unread or queued again were not
# started, whatever they were before. Of a moment in which many papers came, the status is what came last.
days_sql = """
p.added_at, (SELECT local_date FROM journal WHERE at = p.added_at LIMIT 1) AS added_on,
CASE WHEN r.is_read OR r.status NOT IN ('unread', 'queued') THEN r.started_at END AS started_at,
(SELECT local_date FROM journal WHERE at = r.started_at AND verb = 'status'
 ORDER BY id DESC LIMIT 1) AS started_on,
CASE WHEN r.is_read THEN r.finished_on END AS read_on,
CASE WHEN r.is_read AND n.complete THEN r.counted_on END AS counted_on,
(SELECT max(v.local_date) || ' ' || count(DISTINCT v.local_date) FROM question q
 JOIN review v ON v.question_id = q.id WHERE q.paper_id = p.id AND v.reader_id = :reader) AS reviewed
"""

columns_sql = f"""
p.id, p.key, p.arxiv_id, p.doi, p.title, p.authors, p.year, p.venue, p.abstract, p.published,
  p.updated, p.categories, p.comment, p.journal_ref, p.version, p.urls, p.metadata_state, p.absent_on,
  p.trouble,
  {remark_sql} AS remark, coalesce(r.status, 'unread') AS status, coalesce(r.is_read, 0) AS is_read,
  coalesce({complete_sql}, 0) AS complete, n.path AS note_path, n.sections AS note_sections,
  n.words AS note_words, {marks_sql} AS tags
"""

from_sql = """
FROM paper p LEFT JOIN reading r ON r.paper_id = p.id AND r.reader_id = :reader
LEFT JOIN note n ON n.paper_id = p.id AND n.reader_id = :reader
"""

WHOLE_WITH_DAYS = f"SELECT {columns_sql}, {days_sql} {from_sql} ORDER BY p.position, p.id"

# The days take SQLite as long as half of all the rest.
WHOLE = WHOLE_WITH_DAYS.replace(days_sql, "NULL, NULL, NULL, NULL, NULL, NULL, NULL")

WHOLE_OF = f"""
SELECT {columns_sql}, {days_sql} {from_sql} WHERE p.key IN (SELECT value FROM json_each(:keys))
ORDER BY p.position, p.id
"""  # noqa: S608 text of our own

WHOLE_ONE = f"SELECT {columns_sql}, {days_sql} {from_sql} WHERE p.key = :key"

EVERY_NAME = f"""
SELECT p.id, p.key, p.title, p.year, coalesce(r.status, 'unread'), coalesce(r.is_read, 0), n.sections
{from_sql} ORDER BY p.position, p.id
"""

ALL_LINKS = "SELECT child_id, parent_id FROM builds_on"

# The links from and to some papers.
LINKS_AT = """
SELECT b.child_id, b.parent_id FROM json_each(:ids) one JOIN builds_on b ON b.child_id = one.value
UNION
SELECT b.child_id, b.parent_id FROM json_each(:ids) one JOIN builds_on b ON b.parent_id = one.value
"""


class WholeRow(NamedTuple):
    """A paper as the queries here give it, column by column.

    Attributes:
        remark: its comment on arXiv, where that may tell that it was withdrawn.
        complete: 1 where the note is, 0 where it is not or there never was one, -1 where its file is gone.
        tags: one a line, in no order.
        added_at: the days, from here on; None where they are not asked for.
    """

    id: int
    key: str
    arxiv_id: str | None
    doi: str | None
    title: str
    authors: str
    year: int | None
    venue: str
    abstract: str | None
    published: str | None
    updated: str | None
    categories: str | None
    comment: str | None
    journal_ref: str | None
    version: int | None
    urls: str | None
    metadata_state: str
    absent_on: str | None
    trouble: str
    remark: str | None
    status: str
    is_read: int
    complete: int
    note_path: str | None
    note_sections: str | None
    note_words: int | None
    rating: int | None
    tags: str | None
    added_at: str | None
    added_on: str | None
    started_at: str | None
    started_on: str | None
    read_on: str | None
    counted_on: str | None
    reviewed: str | None

    @property
    def ref(self) -> PaperRef:
        """The paper as another one names it."""
        return PaperRef(self.key, self.title, self.year, STATUSES[self.status], bool(self.is_read))

    def summary(self, lineages: tuple[str, ...], *, explained: bool) -> PaperSummary:
        """Return the paper as one line of a list, in these lineages."""
        return PaperSummary(
            self.id,
            self.key,
            self.title,
            lines(self.authors),
            self.year,
            self.arxiv_id,
            self.doi,
            STATUSES[self.status],
            lineages,
            counted=bool(self.is_read and self.complete == 1),
            owed=bool(self.is_read and not self.complete),
            in_conflict=bool(self.note_sections and "\n!" in self.note_sections),
            notice=notice(self.remark, self.arxiv_id) if self.remark else "",
            rating=self.rating,
            tags=tuple(sorted(lines(self.tags))) if self.tags else (),
            explained=explained,
            note_missing=self.complete == -1,
        )


class Named(NamedTuple):
    """What other papers tell of one, and what its note tells of them.

    Attributes:
        sections: the column `sections` of its note, which holds what it links to.
    """

    id: int
    ref: PaperRef
    sections: str | None


def one(connection: Connection, key: str) -> WholeRow | None:
    """Return what is known of one paper with its days, or None."""
    row = connection.execute(WHOLE_ONE, {"key": key, "reader": ME}).fetchone()
    return None if row is None else WholeRow._make(row)


def whole(
    connection: Connection, only: Iterable[str] | None = None, *, with_days: bool = True
) -> list[WholeRow]:
    """Return what is known of every paper, with its standing, its days if wanted, in reading order.

    Args:
        connection: to the database.
        only: keys of those that are wanted; they come with their days.
        with_days: whether the days are.
    """
    if only is None:
        rows = connection.execute(WHOLE_WITH_DAYS if with_days else WHOLE, {"reader": ME})
    else:
        quoted = json_array(f'"{key}"' for key in only if is_valid_key(key))
        rows = connection.execute(WHOLE_OF, {"reader": ME, "keys": quoted})
    return list(map(WholeRow._make, rows.fetchall()))


def names(connection: Connection) -> list[Named]:
    """Return what others tell of every paper, in reading order."""
    return [
        Named(id_, PaperRef(key, title, year, STATUSES[status], bool(is_read)), sections)
        for id_, key, title, year, status, is_read, sections in connection.execute(
            EVERY_NAME, {"reader": ME}
        ).fetchall()
    ]


def all_links(connection: Connection) -> list[tuple[int, int]]:
    """Return the ids of child and parent of every link, in no order."""
    return connection.execute(ALL_LINKS).fetchall()


def links_at(connection: Connection, ids: Iterable[int]) -> list[tuple[int, int]]:
    """Return the same, of the links from and to the papers of these ids only."""
    return connection.execute(LINKS_AT, {"ids": json_array(map(str, ids))}).fetchall()

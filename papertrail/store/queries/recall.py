"""What review asks: questions with what is remembered of them, and the answers that were given."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from operator import itemgetter
from sqlite3 import Connection
from typing import NamedTuple

from papertrail.domain.recall.forgetting import Memory
from papertrail.domain.recall.planning import Candidate
from papertrail.domain.recall.question import Kind
from papertrail.domain.recall.review import ReviewQuestion, StandingQuestion
from papertrail.store.queries import ME
from papertrail.store.queries.candidates import CANDIDATES, counts

_date = lru_cache(maxsize=1024)(date.fromisoformat)  # thousands of questions share some hundred days

QUESTION = """
SELECT q.id, q.kind, p.key, l.name, coalesce(p.title, l.name), p.year, q.section, q.wording, q.place,
  m.stability, m.difficulty, m.due_on, m.last_on,
  (SELECT max(v.id) FROM review v WHERE v.question_id = q.id)
FROM question q
LEFT JOIN paper p ON p.id = q.paper_id
LEFT JOIN lineage l ON l.id = q.lineage_id
LEFT JOIN memory m ON m.question_id = q.id AND m.reader_id = :reader
WHERE q.id = :id AND q.reader_id = :reader AND q.asleep_since IS NULL
"""

# As CANDIDATES, but for other programs: what is set aside for a day is among them, bad questions are not.
STANDING = f"""
SELECT q.id, q.guid, q.kind, p.key, NULL, p.title, p.year, q.section, q.wording, q.place
FROM question q
JOIN paper p ON p.id = q.paper_id
JOIN reading r ON r.paper_id = q.paper_id AND r.reader_id = :reader
LEFT JOIN note n ON n.paper_id = q.paper_id AND n.reader_id = :reader
LEFT JOIN set_aside s ON s.question_id = q.id AND s.reader_id = :reader
WHERE q.reader_id = :reader AND q.asleep_since IS NULL AND {counts}
  AND (s.question_id IS NULL OR s.until IS NOT NULL)
UNION ALL
SELECT coalesce(q.id, -l.id), q.guid, 'lineage', NULL, l.name, l.name, NULL, '', :of_lineage, 0
FROM lineage l
LEFT JOIN question q ON q.lineage_id = l.id AND q.reader_id = :reader
WHERE (
  SELECT count(*) FROM lineage_paper lp
  JOIN reading r ON r.paper_id = lp.paper_id AND r.reader_id = :reader
  LEFT JOIN note n ON n.paper_id = lp.paper_id AND n.reader_id = :reader
  WHERE lp.lineage_id = l.id AND {counts}) >= :least
ORDER BY 4, 10, 1
"""  # noqa: S608 our own fragment

# Known to this trail alone, and the same for as long as it is there.
FIRST_OPERATION = "SELECT op FROM journal ORDER BY id LIMIT 1"

LINEAGE = "SELECT name FROM lineage WHERE id = :lineage"

OF_LINEAGE = "SELECT id FROM question WHERE reader_id = :reader AND lineage_id = :lineage"

BEGIN_LINEAGE = """
INSERT INTO question (guid, reader_id, lineage_id, kind, section, wording, answer, place)
VALUES (:guid, :reader, :lineage, 'lineage', '', :wording, '', 0)
"""

ADD_REVIEW = """
INSERT INTO review (reader_id, question_id, grade, at, local_date, seconds)
VALUES (:reader, :question, :grade, :at, :local_date, :seconds)
"""

PUT_MEMORY = """
INSERT INTO memory (reader_id, question_id, stability, difficulty, due_on, last_on)
VALUES (:reader, :question, :stability, :difficulty, :due_on, :last_on)
ON CONFLICT (reader_id, question_id) DO UPDATE SET stability = excluded.stability,
  difficulty = excluded.difficulty, due_on = excluded.due_on, last_on = excluded.last_on
"""

SET_ASIDE = """
INSERT INTO set_aside (reader_id, question_id, until) VALUES (:reader, :question, :until)
ON CONFLICT (reader_id, question_id) DO UPDATE SET until = excluded.until
"""

ASK_AGAIN = "DELETE FROM set_aside WHERE reader_id = :reader AND question_id = :question"

# The first answer to a question on that day, if it was the first ever.
SPENT = """
SELECT coalesce(sum(coalesce(seconds, :usual)), 0), count(*), count(DISTINCT CASE WHEN NOT EXISTS (
    SELECT 1 FROM review o WHERE o.question_id = v.question_id AND o.id < v.id AND o.local_date < :today)
  THEN question_id END)
FROM review v WHERE reader_id = :reader AND local_date = :today
"""

LATE_SECONDS = """
SELECT seconds FROM review WHERE reader_id = :reader AND seconds IS NOT NULL ORDER BY id DESC LIMIT 50
"""

NEWEST = "SELECT coalesce(max(id), 0) FROM review WHERE reader_id = :reader"

KNOWN = "SELECT count(*) FROM question WHERE reader_id = :reader AND asleep_since IS NULL"

DAYS = """
SELECT local_date, count(*), sum(grade > 1), sum(coalesce(seconds, 0)) FROM review
WHERE reader_id = :reader AND local_date >= :since GROUP BY local_date ORDER BY local_date
"""

MEMORIES = """
SELECT m.question_id, m.stability, m.difficulty, m.due_on, m.last_on, q.paper_id FROM memory m
JOIN question q ON q.id = m.question_id
WHERE m.reader_id = :reader AND q.asleep_since IS NULL ORDER BY m.question_id
"""

BAD = """
SELECT p.key, p.title, q.section, q.wording FROM set_aside s
JOIN question q ON q.id = s.question_id
JOIN paper p ON p.id = q.paper_id
WHERE s.reader_id = :reader AND s.until IS NULL AND q.asleep_since IS NULL ORDER BY p.key, q.place, q.id
"""

ANSWERS = """
SELECT question_id, local_date, grade FROM review WHERE reader_id = :reader ORDER BY question_id, id
"""


class DayRow(NamedTuple):
    """The answers of one day of the reader's: how many, how many of them known, the seconds they took."""

    day: str
    answers: int
    known: int
    seconds: int


def candidates(connection: Connection, today: str, *, by_reading: bool, least: int) -> list[Candidate]:
    """Return every question that may be asked today, by id.

    Args:
        connection: the database.
        today: the reader's date, ISO.
        by_reading: whether papers count once they are read.
        least: papers that count from which a lineage asks.
    """
    values = {"reader": ME, "today": today, "by_reading": by_reading, "least": least}
    found = [
        Candidate(
            id_, group, due_on and _date(due_on), stability, difficulty, last_on and _date(last_on), failed
        )
        for id_, group, due_on, stability, difficulty, last_on, failed in connection.execute(
            CANDIDATES, values
        )
    ]
    found.sort(key=itemgetter(0))  # SQLite takes three times as long
    return found


def question(connection: Connection, id_: int) -> ReviewQuestion | None:
    """Return a question by its id, or None."""
    row = connection.execute(QUESTION, {"reader": ME, "id": id_}).fetchone()
    if row is None:
        return None
    known, kind, *told, stability, difficulty, due_on, last_on, last_review = row
    memory = None if due_on is None else Memory(stability, difficulty, _date(due_on), _date(last_on))
    return ReviewQuestion._make((known, Kind(kind), *told, memory, last_review))


def standing(
    connection: Connection, of_lineage: str, *, by_reading: bool, least: int
) -> list[StandingQuestion]:
    """Return every question that is asked but for bad ones, a paper's in its note's order.

    Args:
        connection: the database.
        of_lineage: what a lineage asks.
        by_reading: whether papers count once they are read.
        least: papers that count from which a lineage asks.
    """
    values = {"reader": ME, "of_lineage": of_lineage, "by_reading": by_reading, "least": least}
    rows = list(connection.execute(STANDING, values))
    return [
        StandingQuestion(id_, guid or lineage_guid(connection, -id_), Kind(kind), *rest)
        for id_, guid, kind, *rest in rows
    ]


def lineage_guid(connection: Connection, lineage: int) -> str:
    """Return the guid of the question that a lineage asks, before it has a row and in it.

    It follows from the lineage's id, so that taking the first answer back and answering again leave it the
    same, and from the trail's first operation, which no other trail has.
    """
    return _guid(connection, f"lineage {lineage}")


def trail_guid(connection: Connection) -> str:
    """Return what tells this trail from any other."""
    return _guid(connection, "trail")


def _guid(connection: Connection, of: str) -> str:
    from hashlib import sha256

    (first,) = connection.execute(FIRST_OPERATION).fetchone() or ("",)
    return sha256(f"{first} {of}".encode()).hexdigest()[:16]


def lineage_name(connection: Connection, lineage: int) -> str | None:
    """Return the name of a lineage by its id, or None."""
    row = connection.execute(LINEAGE, {"lineage": lineage}).fetchone()
    return None if row is None else str(row[0])


def of_lineage(connection: Connection, lineage: int) -> int | None:
    """Return the id of the question that a lineage asks, or None while it was never answered."""
    row = connection.execute(OF_LINEAGE, {"reader": ME, "lineage": lineage}).fetchone()
    return None if row is None else int(row[0])


def begin_lineage(connection: Connection, lineage: int, wording: str) -> int:
    """Make the question of a lineage known, and return its id."""
    guid = lineage_guid(connection, lineage)
    values = {"reader": ME, "lineage": lineage, "wording": wording, "guid": guid}
    id_ = connection.execute(BEGIN_LINEAGE, values).lastrowid
    assert id_ is not None
    return id_


def add_review(
    connection: Connection, question: int, grade: int, at: str, local_date: str, seconds: int | None
) -> None:
    """Add an answer to the log."""
    values = {"question": question, "grade": grade, "at": at, "local_date": local_date, "seconds": seconds}
    connection.execute(ADD_REVIEW, {"reader": ME, **values})


def put_memory(
    connection: Connection, question: int, stability: float, difficulty: float, due_on: str, last_on: str
) -> None:
    """Remember how well a question is remembered."""
    values = {"stability": stability, "difficulty": difficulty, "due_on": due_on, "last_on": last_on}
    connection.execute(PUT_MEMORY, {"reader": ME, "question": question, **values})


def set_aside(connection: Connection, question: int, until: str | None) -> None:
    """Do not ask a question until a day, or, without one, until it is worded otherwise."""
    connection.execute(SET_ASIDE, {"reader": ME, "question": question, "until": until})


def ask_again(connection: Connection, question: int) -> None:
    """Ask a question that was set aside."""
    connection.execute(ASK_AGAIN, {"reader": ME, "question": question})


def spent(connection: Connection, today: str, usual: float) -> tuple[float, int, int]:
    """Return the seconds that a day's answers took, how many there were, and how many questions were new."""
    row: tuple[float, int, int] = connection.execute(
        SPENT, {"reader": ME, "today": today, "usual": usual}
    ).fetchone()
    return row


def late_seconds(connection: Connection) -> list[float]:
    """Return how long the last answers took, in seconds."""
    return [seconds for (seconds,) in connection.execute(LATE_SECONDS, {"reader": ME})]


def newest(connection: Connection) -> int:
    """Return the id of the newest answer, 0 before there is one."""
    return int(connection.execute(NEWEST, {"reader": ME}).fetchone()[0])


def known(connection: Connection) -> int:
    """Return how many questions the notes ask."""
    return int(connection.execute(KNOWN, {"reader": ME}).fetchone()[0])


def days(connection: Connection, since: str) -> list[DayRow]:
    """Return the answers of each day from one on."""
    return [DayRow(*row) for row in connection.execute(DAYS, {"reader": ME, "since": since})]


def memories(connection: Connection) -> list[tuple[int, float, float, str, str, int | None]]:
    """Return of each answered question its id, stability, difficulty, due and last date, and paper."""
    return list(connection.execute(MEMORIES, {"reader": ME}))


def bad(connection: Connection) -> list[tuple[str, str, str, str]]:
    """Return key, title, section and wording of the questions that are to be worded otherwise."""
    return list(connection.execute(BAD, {"reader": ME}))


def answers(connection: Connection) -> Iterable[tuple[int, str, int]]:
    """Return every answer: its question, the reader's date and the grade, question by question in order."""
    return connection.execute(ANSWERS, {"reader": ME})

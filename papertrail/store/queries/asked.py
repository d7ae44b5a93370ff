"""Questions that somebody really asked."""

from collections.abc import Iterator
from datetime import date
from sqlite3 import Connection
from typing import TYPE_CHECKING

from papertrail.store.queries import ME

if TYPE_CHECKING:
    from papertrail.domain.asked import AskedOn

ADD = """
INSERT INTO asked (reader_id, paper_id, wording, occasion, outcome, at, local_date)
VALUES (:reader, :paper, :wording, :occasion, :outcome, :at, :on)
"""

BETWEEN = """
SELECT p.key, p.title, p.year, a.wording, a.occasion, a.outcome, a.local_date FROM asked a
JOIN paper p ON p.id = a.paper_id
WHERE a.reader_id = :reader AND a.local_date >= :first AND a.local_date < :end ORDER BY a.local_date, a.id
"""

FAILED_SINCE = """
SELECT DISTINCT p.key, a.wording FROM asked a JOIN paper p ON p.id = a.paper_id
WHERE a.reader_id = :reader AND a.outcome = 'failed' AND a.local_date >= :first ORDER BY a.id DESC
"""


def add(
    connection: Connection, paper: int, wording: str, occasion: str, outcome: str | None, at: str, on: str
) -> None:
    """Keep a question; `outcome` is `failed`, `held` or not known."""
    values = {"wording": wording, "occasion": occasion, "outcome": outcome, "at": at, "on": on}
    connection.execute(ADD, {"reader": ME, "paper": paper, **values})


def between(connection: Connection, first: date, end: date) -> "Iterator[AskedOn]":
    """Yield what was asked from a date to the day before another, in order."""
    from papertrail.domain.asked import AskedOn, Outcome

    values = {"reader": ME, "first": first.isoformat(), "end": end.isoformat()}
    for row in connection.execute(BETWEEN, values):
        key, title, year, question, where, outcome, on = row
        how = Outcome(outcome) if outcome else None
        yield AskedOn(key, title, year, question, where, how, date.fromisoformat(on))


def failed_since(connection: Connection, first: date) -> list[tuple[str, str]]:
    """Return key and wording of the questions that were failed on a date or later, the newest first."""
    values = {"reader": ME, "first": first.isoformat()}
    return [(key, wording) for key, wording in connection.execute(FAILED_SINCE, values)]

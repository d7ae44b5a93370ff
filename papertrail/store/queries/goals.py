"""Goals: only ever appended; the newest one of the reader is in force."""

from datetime import date
from sqlite3 import Connection
from typing import TYPE_CHECKING

from papertrail.store.queries import ME
from papertrail.store.queries.papers import lines

if TYPE_CHECKING:
    from papertrail.domain.goal.goal import Goal

NEWEST = """
SELECT target, start, "end", counts, rest_days, pauses, waypoints, words, dropped FROM goal
WHERE reader_id = :reader ORDER BY id DESC LIMIT 1
"""

ALL = """
SELECT target, start, "end", counts, rest_days, pauses, waypoints, words, dropped, set_at,
  (SELECT local_date FROM journal j WHERE j.at = goal.set_at AND j.verb = 'goal' LIMIT 1)
FROM goal WHERE reader_id = :reader ORDER BY id
"""

ADD = """
INSERT INTO goal
  (reader_id, target, start, "end", counts, rest_days, pauses, waypoints, words, dropped, set_at)
VALUES (:reader, :target, :start, :end, :counts, :rest_days, :pauses, :waypoints, :words, :dropped, :set_at)
"""

_Row = tuple[int, str, str, str, str, str, str, int, int]


def in_force(connection: Connection) -> "Goal | None":
    """Return the goal in force, or None while there is none."""
    row = connection.execute(NEWEST, {"reader": ME}).fetchone()
    return None if row is None or row[-1] else _goal(row)


def counts_by_reading(connection: Connection) -> bool:
    """Tell whether papers count once they are read, by the goal in force; else by their notes, too."""
    row = connection.execute(NEWEST, {"reader": ME}).fetchone()
    return row is not None and not row[-1] and row[3] == "read"


def words_wanted(connection: Connection) -> int:
    """Return how many words the goal in force wants of each required section; 0 for any."""
    row = connection.execute(NEWEST, {"reader": ME}).fetchone()
    return 0 if row is None or row[-1] else int(row[-2])


def was_ever_set(connection: Connection) -> bool:
    """Tell whether the reader has set, or dropped, any goal."""
    return connection.execute(NEWEST, {"reader": ME}).fetchone() is not None


def history(connection: Connection) -> "list[tuple[Goal, bool, str, str | None]]":
    """Return every goal ever set, in order.

    Returns:
        The goal, whether it was dropped then, the moment as UTC text, the reader's date by the journal.
    """
    rows = connection.execute(ALL, {"reader": ME})
    return [(_goal(row[:9]), bool(row[8]), row[9], row[10]) for row in rows]


def add(connection: Connection, goal: "Goal", at: str, *, dropped: bool = False) -> None:
    """Put a goal in force, or drop the one that is.

    Args:
        connection: within a write transaction.
        goal: the new one; with `dropped` the one left.
        at: the moment, UTC text.
        dropped: whether no goal is in force from now on.
    """
    connection.execute(ADD, {"reader": ME, **columns(goal), "dropped": dropped, "set_at": at})


def columns(goal: "Goal") -> dict[str, object]:
    """Return a goal as it is stored."""
    return {
        "target": goal.target,
        "start": goal.start.isoformat(),
        "end": goal.end.isoformat(),
        "counts": goal.counts.value,
        "rest_days": "\n".join(map(str, sorted(goal.rest_days))),
        "pauses": "\n".join(f"{pause.start}/{pause.end}" for pause in goal.pauses),
        "waypoints": "\n".join(f"{point.day} {point.papers!r}" for point in goal.waypoints),
        "words": goal.words,
    }


def _goal(row: _Row) -> "Goal":
    from papertrail.domain.goal.goal import Counts, Goal, Pause, Waypoint

    target, start, end, counts, rest_days, pauses, waypoints, wanted, _ = row
    return Goal(
        target,
        date.fromisoformat(start),
        date.fromisoformat(end),
        Counts(counts),
        frozenset(map(int, lines(rest_days))),
        tuple(Pause(*map(date.fromisoformat, pause.split("/"))) for pause in lines(pauses)),
        tuple(
            Waypoint(date.fromisoformat(day), float(papers))
            for day, papers in (point.split() for point in lines(waypoints))
        ),
        wanted,
    )

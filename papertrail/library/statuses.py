"""Changing how far the reader is with papers, and the order of the queue."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time
from sqlite3 import Connection
from typing import TYPE_CHECKING

from papertrail.domain.clock import utc_text
from papertrail.domain.errors import BadInput
from papertrail.domain.operations import Verb
from papertrail.domain.paper import Status
from papertrail.library.open_trail import OpenTrail
from papertrail.store.queries import goals, guesses, journal, papers, reading

if TYPE_CHECKING:
    from papertrail.domain.statuses import Recounted, StatusChange
    from papertrail.store.queries.operations import Operation


class Statuses:
    """The use cases of status and queue."""

    def __init__(self, trail: OpenTrail) -> None:
        self._trail = trail

    def set(
        self, keys: Sequence[str], status: Status, *, on: date | None = None, asked: Collection[str] = ()
    ) -> "list[StatusChange]":
        """Give all these papers a status, in one transaction; those that have it already stay untouched.

        The days a paper was read and counted on stay, whatever its status: read again it counts by them.

        Args:
            keys: of the papers.
            status: the new one.
            on: for `read`: the day the papers were read, and if their notes are complete the day they count
                by; today, or the day they have already, unless given.
            asked: those of the keys of whose papers the reader is asked for a guess meanwhile.

        Raises:
            NotFound: one of the keys is unknown; nothing has been changed.
            BadInput: the day is still to come; nothing has been changed.
        """
        from papertrail.domain.statuses import StatusChange

        check_day(self._trail, on)
        before: dict[int, Status] = {}
        with self._trail.operation(Verb.STATUS) as (connection, operation):
            for key in dict.fromkeys(keys):
                paper = self._trail.paper_id(connection, key)
                before[paper] = reading.status_of(connection, paper)
                if key in asked:
                    guesses.put(connection, paper, operation.local_date)
                if before[paper] is status and on is None:
                    continue
                give_status(self._trail, connection, operation, (paper, key), status, on)
            changed = papers.summaries(connection, before)
            news = [paper for paper, was in before.items() if was is not status]
            to_come = _still_to_read(connection, news) if status is Status.READ else {}
            days = self._days_counted_on(connection, before)
        return [
            StatusChange(paper, before[paper.id], status, days[paper.id], to_come.get(paper.id, ()))
            for paper in changed
        ]

    def go_back(self, keys: Sequence[str]) -> "list[StatusChange]":
        """Give each of these papers the status it had before its last change, in one transaction.

        With it comes its place in the queue and whether it was read; the days it was read and counted on
        stay. Again goes further back. A paper whose every change has been taken back stays as it is.

        Raises:
            NotFound: one of the keys is unknown; nothing has been changed.
        """
        from papertrail.domain.status_steps import step_to_take_back
        from papertrail.domain.statuses import StatusChange

        changes: dict[int, tuple[Status, Status]] = {}
        with self._trail.operation(Verb.STATUS) as (connection, operation):
            for key in dict.fromkeys(keys):
                paper = self._trail.paper_id(connection, key)
                was = reading.status_of(connection, paper)
                step = step_to_take_back(journal.status_steps(connection, key))
                back = was if step is None else step.before
                changes[paper] = (was, back)
                if step is None or back is was:
                    continue
                with self._trail.counting(connection, operation, paper, key):
                    reading.go_back(connection, paper, step.op, back, operation.at, operation.local_date)
                told = {"status": back.value, "back": True}
                self._trail.journal(connection, operation, "status", key, {"status": was.value}, told)
            changed = papers.summaries(connection, changes)
            days = self._days_counted_on(connection, changes)
        return [StatusChange(paper, *changes[paper.id], days[paper.id]) for paper in changed]

    def recount(self, keys: Sequence[str], *, on: date | None = None) -> "list[Recounted]":
        """Let papers that count do so by another day, in one transaction; their status stays.

        Args:
            keys: of the papers.
            on: the day; today unless given.

        Raises:
            NotFound: one of the keys is unknown; nothing has been changed.
            BadInput: one of the papers does not count, or the day is still to come; nothing has been changed.
        """
        from papertrail.domain.statuses import Recounted

        check_day(self._trail, on)
        moved: dict[int, tuple[date, date]] = {}
        with self._trail.operation(Verb.RECOUNT) as (connection, operation):
            at, day = operation.at, date.fromisoformat(operation.local_date)
            if on is not None and on != day:
                at, day = noon_of(self._trail, on), on
            for key in dict.fromkeys(keys):
                paper = self._trail.paper_id(connection, key)
                was = self._days_counted_on(connection, [paper])[paper]
                if was is None:
                    raise _does_not_count(papers.summaries(connection, [paper])[0].is_read, key)
                moved[paper] = (was, day)
                if was == day:
                    continue
                with self._trail.counting(connection, operation, paper, key):
                    reading.move_days(connection, paper, at, day.isoformat())
                told, now = {"on": was.isoformat()}, {"on": day.isoformat()}
                self._trail.journal(connection, operation, "recount", key, told, now)
            changed = papers.summaries(connection, moved)
        return [Recounted(paper, *moved[paper.id]) for paper in changed]

    def _days_counted_on(self, connection: Connection, papers: Iterable[int]) -> dict[int, date | None]:
        """Return for each of these papers the day it counts by, by what the goal says counts."""
        by_reading = goals.counts_by_reading(connection)
        days = {paper: reading.counted_on(connection, paper, by_reading=by_reading) for paper in papers}
        return {paper: None if day is None else date.fromisoformat(day) for paper, day in days.items()}

    def queue(self) -> list[str]:
        """Return the keys of the queued papers, first in line first."""
        connection = self._trail.database.read()
        return [paper.key for paper in papers.summaries(connection, reading.queue(connection))]

    def move_in_queue(self, keys: Sequence[str], place: int) -> list[str]:
        """Put papers into the queue at a place, in the order given; those behind move on.

        Args:
            keys: of the papers; those not queued yet are queued.
            place: of the first one, from 0; beyond the end is the end.

        Returns:
            The keys of the whole queue in its new order.

        Raises:
            NotFound: one of the keys is unknown; nothing has been changed.
        """
        with self._trail.operation(Verb.QUEUE) as (connection, operation):
            moved = {self._trail.paper_id(connection, key): key for key in dict.fromkeys(keys)}
            for paper, key in moved.items():
                before = reading.status_of(connection, paper)
                if before is not Status.QUEUED:
                    with self._trail.counting(connection, operation, paper, key):
                        reading.set_status(
                            connection, paper, Status.QUEUED, operation.at, operation.local_date
                        )
                    told = {"status": Status.QUEUED.value}
                    self._trail.journal(connection, operation, "status", key, {"status": before.value}, told)
            old = reading.queue(connection)
            rest = [paper for paper in old if paper not in moved]
            at = max(min(place, len(rest)), 0)
            new = [*rest[:at], *moved, *rest[at:]]
            reading.set_queue(connection, new)
            for paper, key in moved.items():
                if old.index(paper) != new.index(paper):
                    was, now = {"place": old.index(paper)}, {"place": new.index(paper)}
                    self._trail.journal(connection, operation, "queue", key, was, now)
            return [paper.key for paper in papers.summaries(connection, new)]


def give_status(
    trail: OpenTrail,
    connection: Connection,
    operation: "Operation",
    paper: tuple[int, str],
    status: Status,
    on: date | None = None,
) -> None:
    """Give a paper a status within an operation, with its journal row.

    Args:
        trail: whose paper it is.
        connection: the operation's.
        operation: the use case.
        paper: its id and its key.
        status: the new one.
        on: as in `Statuses.set`.
    """
    id_, key = paper
    before = {"status": reading.status_of(connection, id_).value}
    with trail.counting(connection, operation, id_, key):
        reading.set_status(connection, id_, status, operation.at, operation.local_date)
        if on is not None:
            reading.settle_counted(connection, id_, operation.at, operation.local_date)
            reading.move_days(connection, id_, noon_of(trail, on), on.isoformat())
    told = {"status": status.value} if on is None else {"status": status.value, "on": on.isoformat()}
    trail.journal(connection, operation, "status", key, before, told)


def check_day(trail: OpenTrail, on: date | None) -> None:
    """Refuse a day on which nothing can have been read yet.

    Raises:
        BadInput: it is one.
    """
    from papertrail.domain.goal.goal import EARLIEST

    today = trail.today()
    if on is not None and not EARLIEST <= on <= today:
        raise BadInput(
            f"{on} is {'still to come' if on > today else 'too long ago'}",
            f"give a day from {EARLIEST} to today, {today}",
        )


def noon_of(trail: OpenTrail, day: date) -> str:
    """Return the middle of a day as stored: for what happened then, at a time nobody knows."""
    return utc_text(datetime.combine(day, time(12), trail.now().tzinfo))


def _does_not_count(is_read: bool, key: str) -> BadInput:
    if is_read:
        return BadInput(f"{key} does not count yet: its note is not complete", f"papertrail note {key}")
    return BadInput(f"{key} does not count: it is not read", f"papertrail done {key}")


def _still_to_read(connection: Connection, read: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return for each of these papers the keys of those it builds on that are still to be read."""
    from papertrail.store.queries.steps import StoredShelves

    shelves = StoredShelves(connection)
    return {paper: tuple(one.key for one in shelves.parents(paper) if one.is_open) for paper in read}

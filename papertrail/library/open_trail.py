"""What every use case stands on: the trail's database, notebook, clock and journal."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from sqlite3 import Connection
from typing import NamedTuple, TypeVar

from papertrail.domain.clock import Clock, local_date, utc_text
from papertrail.domain.errors import BadInput, NotFound
from papertrail.domain.settings import DAY_STARTS, Setting
from papertrail.domain.text import clean_line, shorten
from papertrail.library.trail import Home
from papertrail.notebook.notebook import Notebook
from papertrail.store.connection import Database
from papertrail.store.queries import journal, papers, reading, settings

Say = Callable[[str], None]
Value = TypeVar("Value")


def ignore(*_: object) -> None:
    """Say nothing."""


class Operation(NamedTuple):
    """One use case under way: its journal id, the moment as stored, and the reader's date."""

    op: str
    at: str
    local_date: str


class OpenTrail:
    """A trail whose database is open; given to every group of use cases.

    Args:
        home: where it is.
        database: its open database.
        clock: gives the present moment.
        report: told what needs the reader's eye, a line at a time.
    """

    def __init__(self, home: Home, database: Database, clock: Clock, report: Say) -> None:
        self.home = home
        self.database = database
        self.notebook = Notebook(home.notes, home.private)
        self.report = report
        self._clock = clock

    def now(self) -> datetime:
        """Return the present moment."""
        return self._clock.now()

    def today(self) -> date:
        """Return the reader's date."""
        return local_date(self.now(), self.setting(DAY_STARTS))

    def setting(self, setting: Setting[Value]) -> Value:
        """Return the value of a setting; its default where none was set, or none that is understood."""
        stored = settings.get(self.database.read(), setting.name)
        if stored is None:
            return setting.default
        try:
            return setting.parse(stored)
        except BadInput:  # set by a papertrail that knew more values
            return setting.default

    def begin(self) -> Operation:
        """Begin a use case that writes."""
        now = self.now()
        return Operation(
            os.urandom(8).hex(), utc_text(now), local_date(now, self.setting(DAY_STARTS)).isoformat()
        )

    def journal(
        self,
        connection: Connection,
        operation: Operation,
        verb: str,
        paper: str | None,
        before: Mapping[str, object] | None,
        after: Mapping[str, object] | None,
    ) -> None:
        """Append one journal row in the transaction of `connection`."""
        import json

        journal.append(
            connection,
            op=operation.op,
            at=operation.at,
            local_date=operation.local_date,
            verb=verb,
            paper=paper,
            before=None if before is None else json.dumps(before, ensure_ascii=False),
            after=None if after is None else json.dumps(after, ensure_ascii=False),
        )

    @contextmanager
    def counting(self, connection: Connection, operation: Operation, paper: int, key: str) -> Iterator[None]:
        """Give a paper its day if it counts after this, and journal that it counts, or no longer does.

        The sum of these journal rows is what counts on each day.
        """
        before = reading.counted_on(connection, paper)
        yield
        reading.settle_counted(connection, paper, operation.at, operation.local_date)
        after = reading.counted_on(connection, paper)
        if before != after:
            was, now = ({"on": day} if day else None for day in (before, after))
            self.journal(connection, operation, "counted", key, was, now)

    def paper_id(self, connection: Connection, key: str) -> int:
        """Return the id of a paper by its exact key.

        Raises:
            NotFound: no paper has this key.
        """
        paper = papers.id_of_key(connection, key)
        if paper is None:
            raise NotFound(f"no paper has the key {shorten(clean_line(key), 60)}", "see: papertrail list")
        return paper

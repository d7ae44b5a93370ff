"""What every group of use cases stands on: the trail's database, notebook, clock and journal."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING, NamedTuple

from papertrail.domain.clock import Clock, local_date, utc_text
from papertrail.domain.errors import BadInput, NotFound
from papertrail.domain.text import clean_line, shorten
from papertrail.library.trail import Home
from papertrail.notebook.notebook import Notebook
from papertrail.store.connection import Database
from papertrail.store.queries import journal, papers, reading

if TYPE_CHECKING:
    from papertrail.domain.metadata import MetadataSource

Say = Callable[[str], None]


def ignore(*_: object) -> None:
    """Say nothing."""


class Operation(NamedTuple):
    """One use case under way: its journal id, the moment as stored, and the reader's date."""

    op: str
    at: str
    local_date: str


class LibraryBase:
    """An open trail; the public use cases are in the subclasses."""

    def __init__(
        self, home: Home, database: Database, clock: Clock, source: "MetadataSource | None", report: Say
    ) -> None:
        self.home = home
        self._database = database
        self._notebook = Notebook(home.notes, home.private)
        self._clock = clock
        self._source = source
        self._report = report

    def _now(self) -> datetime:
        return self._clock.now()

    def _today(self) -> date:
        """Return the reader's date."""
        return local_date(self._now())

    def _begin(self) -> Operation:
        now = self._now()
        return Operation(os.urandom(8).hex(), utc_text(now), local_date(now).isoformat())

    def _journal(
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
    def _counting(self, connection: Connection, operation: Operation, paper: int, key: str) -> Iterator[None]:
        """Give a paper its day if it counts after this, and journal that it counts, or no longer does.

        The sum of these journal rows is what counts on each day.
        """
        before = reading.counted_on(connection, paper)
        yield
        reading.settle_counted(connection, paper, operation.at, operation.local_date)
        after = reading.counted_on(connection, paper)
        if before != after:
            was, now = ({"on": day} if day else None for day in (before, after))
            self._journal(connection, operation, "counted", key, was, now)

    def _write_out(self, path: Path, text: str) -> None:
        """Write a file for others, anywhere but among what is the trail's own.

        Raises:
            BadInput: it would be a note, or another part of the trail; or there is something else of that
                name, which stays.
            StorageError: it cannot be written.
        """
        from papertrail.export.writer import write_file

        self._refuse_own(path)
        write_file(path, text, self.home.record_of(path))

    def _refuse_own(self, path: Path) -> None:
        """Refuse a file or folder among what is the trail's own.

        Raises:
            BadInput: it would be a note, or another part of the trail.
        """
        real = Path(os.path.realpath(path))
        for own, what in (
            (self.home.notes, "would be a note"),
            (self.home.private, "is in papertrail's private folder"),
            (self.home.seeds, "is the trail's own list of papers"),
            (self.home.seeds.parent, "is the folder of the trail's own list of papers"),
        ):
            inside = real.parents if own in (self.home.notes, self.home.private) else ()
            if Path(os.path.realpath(own)) in (real, *inside):
                raise BadInput(f"{clean_line(str(path))} {what}", "choose another place")

    def _paper_id(self, connection: Connection, key: str) -> int:
        """Return the id of a paper by its exact key.

        Raises:
            NotFound: no paper has this key.
        """
        paper = papers.id_of_key(connection, key)
        if paper is None:
            raise NotFound(f"no paper has the key {shorten(clean_line(key), 60)}", "see: papertrail list")
        return paper

"""What every use case stands on: the trail's database, notebook, clock and journal."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, datetime
from functools import cached_property
from sqlite3 import Connection
from typing import TYPE_CHECKING, TypeVar

from papertrail.domain.clock import Clock, local_date, utc_text
from papertrail.domain.errors import BadInput, NotFound
from papertrail.domain.operations import CLI, Verb
from papertrail.domain.settings import DAY_STARTS, EXPORT_OBSIDIAN, Setting
from papertrail.domain.text import clean_line, shorten
from papertrail.library.trail import Home
from papertrail.notebook.notebook import Notebook
from papertrail.store.connection import Database, raw_connection
from papertrail.store.queries import notes, papers, reading, settings

if TYPE_CHECKING:
    from papertrail.domain.recall.explaining import Explaining
    from papertrail.library.out_files import Outgoing
    from papertrail.notebook.summaries import Summaries
    from papertrail.store.connection import Session
    from papertrail.store.queries.operations import Operation

Say = Callable[[str], None]
Value = TypeVar("Value")


def ignore(*_: object) -> None:
    """Say nothing."""


class OpenTrail:
    """A trail whose database is open; given to every group of use cases.

    Args:
        home: where it is.
        database: its open database.
        clock: gives the present moment.
        report: told what needs the reader's eye, a line at a time.
        program: where its operations come from, `cli` or `tui`.

    Attributes:
        own_operations: what the reader did through this object, not what it noticed of other programs.
    """

    def __init__(self, home: Home, database: Database, clock: Clock, report: Say, program: str = CLI) -> None:
        self.program = program
        self.own_operations: set[str] = set()
        self.home = home
        self.database = database
        self.notebook = Notebook(home.notes, home.private, known=lambda: notes.count(database.read()))
        self.report = report
        self._clock = clock
        self._explaining: tuple[str, Explaining] | None = None
        self._counting: set[tuple[str, int]] = set()  # operations and papers of which it is told at the end

    @cached_property
    def summaries(self) -> "Summaries":
        """The notes about lineages."""
        from papertrail.notebook.summaries import Summaries

        return Summaries(self.home.notes, self.home.private)

    @cached_property
    def outgoing(self) -> "Outgoing":
        """Files that are given away."""
        from papertrail.library.out_files import Outgoing

        return Outgoing(self.home)

    def let_go_of_drafts(self) -> None:
        """Leave what is unsaved to whoever looks for it next."""
        self.notebook.let_go_of_drafts()
        if "summaries" in self.__dict__:
            self.summaries.let_go_of_drafts()

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

    def explaining(self) -> "Explaining | None":
        """Return what the reader can explain today; None while no question was ever answered.

        It is worked out once a day, and after each operation.
        """
        connection = self.database.read()
        if not reading.has_answers(connection):
            return None
        from papertrail.store.queries import explaining, goals, operations

        today = self.today().isoformat()
        of = f"{today} {operations.state(connection)}"
        if self._explaining is None or self._explaining[0] != of:
            by_reading = goals.counts_by_reading(connection)
            self._explaining = of, explaining.explaining(connection, today, by_reading=by_reading)
        return self._explaining[1]

    def explained(self) -> frozenset[int]:
        """Return the ids of the papers that the reader can explain today."""
        known = self.explaining()
        return frozenset() if known is None else known.papers

    def faded(self, since: date | None = None) -> tuple[str, ...]:
        """Return the keys of the papers that could be explained and no longer can, the latest first.

        Args:
            since: the day since which they have faded; all of them unless given.
        """
        known = self.explaining()
        if known is None:
            return ()
        ids = [paper for paper, last_day in known.faded if since is None or last_day >= since.isoformat()]
        keys = papers.keys_of(self.database.read(), ids)
        return tuple(keys[id_] for id_ in ids)

    @contextmanager
    def operation(
        self, verb: Verb, *, program: str | None = None
    ) -> "Iterator[tuple[Connection, Operation]]":
        """Run one use case that writes: one transaction, all that it changes recorded as one operation.

        Args:
            verb: what it is.
            program: where it comes from, unless it is the reader in this program.

        Raises:
            Busy: another process kept the lock for too long.
            StorageError: the disk is full, read-only or gone.
        """
        from papertrail.store.queries import operations

        operation = self._begin()
        with self.database.write() as connection:
            operations.begin(connection, operation, verb, program or self.program)
            yield connection, operation
            operations.end(connection, operation)
        self._is_done(verb, operation, program)

    @contextmanager
    def session_operation(
        self, verb: Verb, *, program: str | None = None
    ) -> "Iterator[tuple[Session, Operation]]":
        """Run one use case that writes through SQLModel, as `operation` does."""
        from papertrail.store.queries import operations

        operation = self._begin()
        with self.database.session() as session:
            connection = raw_connection(session)
            operations.begin(connection, operation, verb, program or self.program)
            yield session, operation
            session.flush()
            operations.end(connection, operation)
        self._is_done(verb, operation, program)

    def _is_done(self, verb: Verb, operation: "Operation", program: str | None) -> None:
        if program is None:
            self.own_operations.add(operation.op)
        if verb is not Verb.EXPORT and self.setting(EXPORT_OBSIDIAN) != "off":
            from papertrail.library.following import follow

            follow(self.home)

    def _begin(self) -> "Operation":
        from papertrail.store.queries.operations import Operation

        now = self.now()
        return Operation(
            os.urandom(8).hex(), utc_text(now), local_date(now, self.setting(DAY_STARTS)).isoformat()
        )

    def journal(
        self,
        connection: Connection,
        operation: "Operation",
        verb: str,
        paper: str | None,
        before: Mapping[str, object] | None,
        after: Mapping[str, object] | None,
    ) -> None:
        """Append one journal row in the transaction of `connection`."""
        import json

        from papertrail.store.queries import journal

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
    def counting(
        self, connection: Connection, operation: "Operation", paper: int, key: str
    ) -> Iterator[None]:
        """Give a paper its day if it counts after this, and journal that it counts, or no longer does.

        The sum of these journal rows is what counts on each day. Within another of the same operation that
        one alone tells it.
        """
        at = operation.op, paper
        if at in self._counting:
            yield
            return
        before = reading.counted_on(connection, paper)
        self._counting.add(at)
        try:
            yield
        finally:
            self._counting.discard(at)
        reading.settle_counted(connection, paper, operation.at, operation.local_date)
        after = reading.counted_on(connection, paper)
        if before != after:
            was, now = ({"on": day} if day else None for day in (before, after))
            self.journal(connection, operation, "counted", key, was, now)

    def has_pdf_of(self, key: str) -> bool:
        """Tell whether a PDF is kept by this key, be its paper gone; it becomes no other one's."""
        return (self.home.pdfs / f"{key}.pdf").exists()

    def keys_of_pdfs(self) -> set[str]:
        """Return the keys by which PDFs are kept, where many are asked for."""
        with suppress(FileNotFoundError, NotADirectoryError):
            return {path.stem for path in self.home.pdfs.iterdir() if path.suffix == ".pdf"}
        return set()

    def key_of_today(self, key: str) -> str:
        """Return the key of the paper that has this one, or had it; the same where there is none."""
        return papers.key_of_alias(self.database.read(), key) or key

    def paper_id(self, connection: Connection, key: str) -> int:
        """Return the id of a paper by its exact key, or one that it had before.

        Raises:
            NotFound: no paper has this key.
        """
        paper = papers.id_by_any_key(connection, key)
        if paper is None:
            raise NotFound(f"no paper has the key {shorten(clean_line(key), 60)}", "see: papertrail list")
        return paper

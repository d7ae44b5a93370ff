"""The facade both front ends call, and how a trail is opened."""

from types import TracebackType
from typing import TYPE_CHECKING, Self

from papertrail.domain.clock import Clock, SystemClock
from papertrail.domain.goal.goal import Goal
from papertrail.library.base import Say, ignore
from papertrail.library.exporting import Exporting
from papertrail.library.goals import Goals
from papertrail.library.intake import Intake
from papertrail.library.lineages import Lineages
from papertrail.library.reporting import Reporting
from papertrail.library.statuses import Statuses
from papertrail.library.trail import Home, create_trail
from papertrail.store.connection import Database, translated_errors
from papertrail.store.migrate import prepare
from papertrail.store.queries import goals

if TYPE_CHECKING:
    from papertrail.domain.metadata import MetadataSource


class Library(Goals, Statuses, Lineages, Reporting, Intake, Exporting):
    """An open trail: one public method is one use case, and one transaction where it writes.

    Usable from any thread; close it, or use it as a context manager.
    """

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _begin_goal(self) -> None:
        """Give a new trail its goal: 100 papers in 26 weeks from today."""
        if not goals.was_ever_set(self._database.read()):
            self._change_goal(lambda old: old or Goal.beginning(self._today()))

    def _catch_up(self) -> None:
        """Take in what changed while nobody was looking: a new trail's goal, the seeds file, the notes."""
        self._begin_goal()
        seeded = self._load_changed_seeds()
        for problem in seeded.problems if seeded else ():
            self._report(f"{self.home.seeds.name}, {problem}")
        self._index_changed_notes()


def open_library(
    home: Home,
    *,
    clock: Clock | None = None,
    source: "MetadataSource | None" = None,
    report: Say = ignore,
) -> Library:
    """Open a trail: its database is made or migrated, changed seeds are loaded, changed notes indexed.

    Args:
        home: the trail; the default one is made from the packaged seeds when it is not there.
        clock: gives the present moment; the machine's unless given.
        source: where metadata comes from; arXiv unless given.
        report: told what needs the reader's eye, such as a bad row of the seeds file, a line at a time.

    Raises:
        IncompatibleLibrary: the database was made by a newer papertrail.
        StorageError: the folder cannot be used.
        Busy: another process kept it locked for too long.
    """
    if home.is_default and not home.is_trail:
        create_trail(home.root)
        report(f"made a new trail in {home.root}")
    path = home.private / "library.db"
    with translated_errors(path):
        home.private.mkdir(mode=0o700, exist_ok=True)
    database = Database(path)
    prepare(database)
    library = Library(home, database, clock or SystemClock(), source, report)
    try:
        library._catch_up()
    except BaseException:
        library.close()
        raise
    return library

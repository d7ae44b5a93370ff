"""What a disk or another program changed in the database, found by its digests and put back."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from sqlite3 import Connection
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from papertrail.domain.errors import PapertrailError
from papertrail.domain.operations import Verb
from papertrail.library.indexed_notes import IndexedNotes
from papertrail.library.open_trail import OpenTrail
from papertrail.library.trail import Home
from papertrail.store.queries import digests, papers
from papertrail.store.queries.digests import Damaged, Whole

if TYPE_CHECKING:
    from papertrail.store.queries.operations import Operation


class Mending:
    """The use cases of rows that are not as papertrail wrote them."""

    def __init__(self, trail: OpenTrail, indexed: IndexedNotes) -> None:
        self._trail = trail
        self._indexed = indexed

    def damaged(self) -> list[Damaged]:
        """Return what is not as papertrail wrote it last."""
        return list(digests.damaged(self._trail.database.read()))

    def mend(self) -> list[Damaged]:
        """Put back what the journal and its copy tell; return what nobody can tell any more.

        What follows from notes is read off them, and what arXiv announced is taken as it is: it can be
        asked for again.
        """
        if not self.damaged():
            return []
        with self._trail.operation(Verb.MEND) as (connection, operation):
            damaged = self.damaged()
            for one in put_back(self._trail.home, connection, damaged):
                if one.table == Whole.ANNOUNCED:
                    digests.keep_announced(connection)
                elif one.table == "note":
                    self._read_off(connection, operation, int(one.row.split(",")[-1]))
                    digests.keep_rows(connection, "note", [one.row])
                elif one.table == "question":
                    digests.keep_rows(connection, "question", [one.row])
            mended = len(damaged) - len(self.damaged())
            if mended:
                what = f"{mended} damaged {'row' if mended == 1 else 'rows'} put back"
                self._trail.journal(connection, operation, "mend", None, None, {"what": what})
        return self.damaged()

    def _read_off(self, connection: Connection, operation: "Operation", paper: int) -> None:
        """Read the index of a note off its file; one that cannot be read stays as it is."""
        for key in papers.keys_of(connection, [paper]).values():
            with suppress(PapertrailError):
                if file := self._trail.notebook.read(key):
                    self._indexed.read_off(connection, operation, file)


def put_back(home: Home, connection: Connection, damaged: Sequence[Damaged]) -> list[Damaged]:
    """Put rows back that journal, copy or the newest good backup tell; return those that none does."""
    from papertrail.library.backups import extract_database, newest_good
    from papertrail.store.mending import mend, put_back_from

    left = mend(connection, damaged, home.journal_copy)
    backup = newest_good(home) if left else None
    if backup is None:
        return left
    with TemporaryDirectory(prefix="papertrail-") as folder:
        other = Path(folder, "library.db")
        extract_database(backup, other)
        return put_back_from(connection, left, other)

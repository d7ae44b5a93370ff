"""Changing how far the reader is with papers."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from papertrail.domain.paper import Status
from papertrail.library.base import LibraryBase
from papertrail.store.queries import papers, reading

if TYPE_CHECKING:
    from papertrail.domain.reports import StatusChange


class Statuses(LibraryBase):
    """The use cases of status."""

    def set_status(self, keys: Sequence[str], status: Status) -> "list[StatusChange]":
        """Give all these papers a status, in one transaction; those that have it already stay untouched.

        Raises:
            NotFound: one of the keys is unknown; nothing has been changed.
        """
        from papertrail.domain.reports import StatusChange

        operation = self._begin()
        before: dict[int, Status] = {}
        with self._database.write() as connection:
            for key in dict.fromkeys(keys):
                paper = self._paper_id(connection, key)
                before[paper] = reading.status_of(connection, paper)
                if before[paper] is status:
                    continue
                reading.set_status(connection, paper, status, operation.at)
                self._journal(
                    connection,
                    operation,
                    "status",
                    key,
                    {"status": before[paper].value},
                    {"status": status.value},
                )
            changed = papers.summaries(connection, before)
        return [StatusChange(paper, before[paper.id], status) for paper in changed]

"""The history of the notes grows thinner with age, so that it can be kept for ever."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from sqlite3 import Connection

from papertrail.domain.clock import local_date
from papertrail.domain.errors import PapertrailError
from papertrail.domain.history import ALL_KEPT, outgrown
from papertrail.domain.settings import DAY_STARTS
from papertrail.library.open_trail import OpenTrail
from papertrail.notebook.history import Kept
from papertrail.store.queries import journal, notes


class Thinning:
    """Takes out of the history what `outgrown` says, and nothing that could be the note's text any moment."""

    def __init__(self, trail: OpenTrail) -> None:
        self._trail = trail

    def thin(self, key: str) -> None:
        """Thin the history of a note; what stands in the way is left for the next time."""
        with suppress(PapertrailError):
            kept, now = self._trail.notebook.versions_kept(key), self._trail.now()
            if sum(now - version.at > ALL_KEPT for version in kept) < 2:
                return
            if not self._outgrown(self._trail.database.read(), key, kept):
                return
            # Texts come into the history under one of these two locks: none is met again while it goes.
            with self._trail.database.write() as connection:
                kept = self._trail.notebook.versions_kept(key)
                self._trail.notebook.forget_versions(key, self._outgrown(connection, key, kept))

    def _outgrown(self, connection: Connection, key: str, kept: Sequence[Kept]) -> set[str]:
        now, day_starts = self._trail.now(), self._trail.setting(DAY_STARTS)
        seen: dict[str, list[datetime]] = {version.sha256: [] for version in kept}
        recent, last = set[str](), set[str]()
        for step in journal.note_steps(connection, key):
            at = datetime.fromisoformat(step.at)
            digests = [side["sha256"] for side in (step.before, step.after) if side is not None]
            if now - at <= ALL_KEPT:
                recent.update(digests)  # also what was the note until then
            if step.after is None:
                last.update(digests)  # of a note that went: its key may be another paper's by now
            elif digests[-1] in seen:
                seen[digests[-1]].append(at)
        for version in kept:
            seen[version.sha256] = seen[version.sha256] or [version.at]

        def day_of(moment: datetime) -> date:
            return local_date(moment.astimezone(now.tzinfo), day_starts)

        counted = {date.fromisoformat(day) for day in journal.counted_days(connection, key)}
        indexed = notes.indexed(connection, key)
        in_use = recent | last | ({indexed.sha256} if indexed else set())
        return outgrown(seen, now, counted, day_of) - in_use

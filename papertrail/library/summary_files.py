"""The files of the notes about lineages, where lineages get other names, go, and come back."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from papertrail.disk.whole_file import FileChanged
from papertrail.domain.errors import Conflict
from papertrail.library.open_trail import OpenTrail
from papertrail.store.queries import summaries
from papertrail.store.queries.operations import Change

TABLE = "lineage_note"


def stem_of(connection: sqlite3.Connection, lineage: int, name: str) -> str:
    """Return the name of the file, without ending, that a lineage's note would have as a new one.

    Letters of any script stay; a number parts names that would be the same.

    Args:
        connection: to the trail's database.
        lineage: its id.
        name: that it has, or will have.
    """
    from papertrail.export.inert import file_names

    known = summaries.known(connection)
    taken = {one.file for one in known if one.lineage != lineage}
    for one in known:
        if one.lineage == lineage or one.file is None:
            called = name if one.lineage == lineage else one.name
            wanted = file_names([called])[called]
            stem, number = wanted, 1
            while stem in taken:
                number += 1
                stem = f"{wanted}-{number}"
            taken.add(stem)
            if one.lineage == lineage:
                return stem
    raise AssertionError(name)


class MovedSummaries:
    """Notes about lineages that one operation gives other files, or takes away.

    New files are written before the commit and old ones taken away after it: at every moment a note stands
    where the database has it. What another program writes to the old place meanwhile stays there.
    """

    def __init__(self, trail: OpenTrail) -> None:
        self._trail = trail
        self._placed: list[tuple[str, str]] = []
        self._over: list[tuple[str, str]] = []
        self._drafts: list[tuple[str, str]] = []

    def move(self, connection: sqlite3.Connection, lineage: int, name: str, new: str) -> None:
        """Have the note of a lineage, if it has one, go with its new name.

        Raises:
            Conflict: another program is at it, or there is a file of the new name.
            StorageError: the disk did not take it.
        """
        from papertrail.notebook.summaries import renamed

        files = self._trail.summaries
        (known,) = (one for one in summaries.known(connection) if one.lineage == lineage)
        file = None if known.file is None else files.read(known.file)
        if file is None:
            return
        stem = stem_of(connection, lineage, new)
        text = renamed(file.text, name, new)
        data = text.encode("utf-8") if text != file.text else file.data
        try:
            if stem == file.key:
                written = files.restore(stem, data, file.sha256, self._trail.now())
            else:
                written = files.place(file, stem, data, self._trail.now())
        except FileChanged as error:
            raise Conflict(
                f"notes/lineages/{stem}.md is there already, or the note was changed meanwhile",
                "move that file away, then try again",
            ) from error
        if stem != file.key:
            self._placed.append((stem, written.sha256))
            self._over.append((file.key, file.sha256))
            self._drafts.append((file.key, stem))
        files.keep_history(stem, data, self._trail.now())
        summaries.put(connection, lineage, stem, written.sha256)

    def take_away_of(self, connection: sqlite3.Connection, lineage: int) -> None:
        """Remove the note of a lineage, if it has one, once the operation is done."""
        (known,) = (one for one in summaries.known(connection) if one.lineage == lineage)
        if known.file is not None and known.sha256 is not None:
            self.take_away(known.file, known.sha256)

    def take_away(self, file: str, sha256: str) -> None:
        """Remove a file once the operation is done; its text goes into the history."""
        self._over.append((file, sha256))

    def put_back(self, changes: Iterable[Change]) -> None:
        """Give notes the texts and places they had before these changes of rows, the last one first.

        Raises:
            Conflict: a file is not as it was left, or a text is no longer kept.
        """
        try:
            self._put_back(changes)
        except FileChanged as error:
            raise Conflict(
                "the note about the lineage was changed meanwhile",
                "it stays as it is; look at it, then try again",
            ) from error

    def _put_back(self, changes: Iterable[Change]) -> None:
        found: dict[int, tuple[dict[str, str] | None, dict[str, str] | None]] = {}
        for change in changes:
            if change.table == TABLE:
                lineage = (change.after or change.before or {})["lineage_id"]
                after = found[lineage][1] if lineage in found else change.after
                found[lineage] = (change.before, after)
        if not found:
            return  # most operations have none: the module is not loaded for them
        files, now = self._trail.summaries, self._trail.now()
        for before, after in found.values():
            file = None if after is None else files.version(after["file"])
            if (file and file.sha256) != (after and after["sha256"]):
                raise FileChanged
            if before is not None:
                data = files.version_kept(before["file"], before["sha256"])
                if data is None:
                    raise Conflict(
                        "the note about the lineage cannot be as it was: that text is no longer kept",
                        "see: papertrail note --lineage NAME --history",
                    )
                stays = after is not None and after["file"] == before["file"]
                base = after["sha256"] if after is not None and stays else None
                files.restore(before["file"], data, base, now)
                if stays:
                    continue
                self._placed.append((before["file"], before["sha256"]))
            if after is not None:
                self.take_away(after["file"], after["sha256"])

    def forsake(self) -> None:
        """The operation failed: what was written for it goes."""
        for stem, sha256 in self._placed:
            self._trail.summaries.remove(stem, sha256)

    def finish(self) -> None:
        """The operation is done: nothing is left in the old places but what was written there meanwhile."""
        for key, new in self._drafts:
            self._trail.summaries.move_draft(key, new)
        for stem, sha256 in self._over:
            self._trail.summaries.remove(stem, sha256)


@contextmanager
def moved_summaries(trail: OpenTrail) -> Iterator[MovedSummaries]:
    """Give what moves the notes about lineages along with the operation inside this."""
    moved = MovedSummaries(trail)
    try:
        yield moved
    except BaseException:
        moved.forsake()
        raise
    moved.finish()

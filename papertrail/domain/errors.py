"""The few errors a reader can meet: each one line of cause, one of remedy, and an exit code."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from papertrail.domain.note_text import NoteText


class PapertrailError(Exception):
    """Anything that ends a command with one clear line.

    Args:
        cause: what went wrong, without a full stop.
        remedy: what to do next; empty when there is nothing to do.
    """

    exit_code = 1

    def __init__(self, cause: str, remedy: str = "") -> None:
        super().__init__(cause, remedy)
        self.cause = cause
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.cause}: {self.remedy}" if self.remedy else self.cause


class NotFound(PapertrailError):
    """A paper, lineage or file that is not there."""


class BadInput(PapertrailError):
    """What was asked cannot be understood; nothing has been done."""

    exit_code = 2


class SamePaper(BadInput):
    """Another paper has the arXiv id or the DOI that one is to have: they may be one.

    Args:
        key: of the one that was to have it.
        other: the key of the one that has it.
    """

    def __init__(self, key: str, other: str) -> None:
        super().__init__(
            f"{other} is that paper already", f"papertrail merge {key} {other} makes one of both"
        )
        self.key = key
        self.other = other


class IncompatibleLibrary(PapertrailError):
    """The database was made by another version, or is no papertrail database at all."""

    exit_code = 3


class NewerLibrary(IncompatibleLibrary):
    """The database was made by a newer papertrail."""


class Busy(PapertrailError):
    """Another process held the library's lock for longer than we wait."""

    exit_code = 4


class StorageError(PapertrailError):
    """The disk is full, read-only or not ours to write."""

    exit_code = 5


class StrangeTrail(StorageError):
    """A trail that belongs to somebody else, or that its reader never opened; nothing of it was opened."""


REBUILD = "make it anew: papertrail rebuild"


class DatabaseLost(StorageError):
    """The database is gone or empty, though notes, history or seeds knew one; nothing is put in its place."""

    def __init__(self, cause: str, remedy: str = REBUILD) -> None:
        super().__init__(cause, remedy)


class DatabaseDamaged(StorageError):
    """The database is there, and what stands in it cannot be what papertrail wrote."""

    def __init__(self, cause: str, remedy: str = REBUILD) -> None:
        super().__init__(cause, remedy)


NO_DATABASE = (DatabaseLost, DatabaseDamaged)
"""What makes all use cases fail until the database is back or made anew."""


class NotesGone(StorageError):
    """The folder of the notes is gone, and with it notes that were there; what is known of them stays.

    Args:
        count: how many notes were there.
    """

    def __init__(self, count: int) -> None:
        super().__init__(
            f"notes/ is gone, with {count} {'note' if count == 1 else 'notes'}",
            "put it back, or have it written anew: papertrail note --restore-all",
        )


class LeadsOut(StorageError):
    """A part of the trail is a link to somewhere outside it: that is looked at, and not written to.

    Args:
        name: of the part, its path within the trail.
        place: where it leads.
    """

    def __init__(self, name: str, place: str) -> None:
        super().__init__(
            f"{name} is a link that leads out of the trail, to {place}: nothing is written there",
            "move what it leads to into its place; a link there may lead here",
        )


class UnreadableNote(StorageError):
    """A note's file is not UTF-8 text; nothing but this note suffers."""


class NetworkError(PapertrailError):
    """The outside world did not answer, or not with what was asked for."""

    exit_code = 6


class OutOfPatience(NetworkError):
    """The outside world may well answer, but not as soon as the reader wants to wait; nothing is known."""


class NoPdf(NetworkError):
    """An answer came that is no PDF, or none of a paper's size; those of other papers may well be some."""


class Conflict(PapertrailError):
    """Somebody else changed the same thing meanwhile; both versions are kept."""

    exit_code = 7


class NoteConflict(Conflict):
    """The note's file changed since it was read; it was left as it is and our text was kept beside it.

    Args:
        theirs: the note as it now is on the disk.
        mine: the file our text was kept in.
    """

    def __init__(self, theirs: "NoteText", mine: "Path") -> None:
        super().__init__(
            f"notes/{theirs.path.name} was changed by another program meanwhile",
            f"it stays, yours is kept in {mine}; papertrail note {theirs.key} --merge makes one of both",
        )
        self.theirs = theirs
        self.mine = mine


class FactsChanged(Conflict):
    """Somebody else has changed facts of a paper since they were seen; they were left as they are.

    Args:
        now: those facts as they are, in words by field.
    """

    def __init__(self, key: str, now: dict[str, str]) -> None:
        super().__init__(f"{', '.join(now)} of {key} changed meanwhile", "look at it, and try again")
        self.now = now

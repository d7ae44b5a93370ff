"""Seeds files: papers and lineages in a table, the trail's own and others'."""

from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING

from papertrail.domain.errors import PapertrailError, StorageError
from papertrail.domain.operations import PAPERTRAIL, Verb
from papertrail.library import known_files
from papertrail.library.open_trail import OpenTrail
from papertrail.store.queries import settings

if TYPE_CHECKING:  # daily commands pay for each class they import
    from papertrail.domain.reports import SeedReport
    from papertrail.sources.seeds_csv import SeedsFile


class Seeds:
    """Taking in seeds files."""

    def __init__(self, trail: OpenTrail) -> None:
        self._trail = trail

    def load(self, path: Path) -> "SeedReport":
        """Load a file of papers and lineages; loading the same file again changes nothing.

        The trail is backed up before.

        Raises:
            BadInput: the file has no usable header.
            NotFound: there is no such file.
        """
        from papertrail.domain.backups import Why
        from papertrail.library.backups import back_up
        from papertrail.sources.seeds_csv import SeedsFile

        file = SeedsFile(path)
        back_up(self._trail, Why.BEFORE_IMPORT)
        return self._load(path, file)

    def _load(self, path: Path, file: "SeedsFile", fingerprint: str | None = None) -> "SeedReport":
        from papertrail.domain.reports import SeedReport
        from papertrail.library.uncollected import uncollected
        from papertrail.store.seeding import load_seeds

        # The trail's own file, loaded because it changed, does not undo what was done by hand meanwhile.
        keep_edits = fingerprint is not None
        verb, program = (Verb.SEEDS_FILE, PAPERTRAIL) if keep_edits else (Verb.SEED, None)
        with uncollected(), self._trail.operation(verb, program=program) as (connection, operation):
            outcome = load_seeds(connection, file, operation, file.problems.add, keep_edits=keep_edits)
            if fingerprint is not None:
                settings.put(connection, "seeds", fingerprint)
        return SeedReport(
            path=path,
            added=outcome.added,
            changed=outcome.changed,
            unchanged=outcome.rows - outcome.added - outcome.changed,
            lineages=outcome.lineages,
            problems=tuple(file.problems.first),
            more_problems=file.problems.number - len(file.problems.first),
            taken_for=(*file.taken_for, *outcome.taken_for),
        )

    def load_changed(self) -> "SeedReport | None":
        """Load the trail's own seeds file if it was touched since last time.

        A file that cannot be read is told, and the trail goes on with what its database has: the file is
        something one edits, and may be half done.
        """
        path = self._trail.home.seeds
        called = "/".join(path.parts[-2:])
        try:
            stat = path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            self._not_taken_in(f"{called} cannot be read ({error.strerror})")
            return None
        fingerprint = f"{stat.st_mtime_ns}:{stat.st_size}"
        known = settings.get(self._trail.database.read(), "seeds")
        if known_files.mark_of(known) == fingerprint:
            return None
        from papertrail.sources.seeds_csv import SeedsFile

        if not (S_ISREG(stat.st_mode) or S_ISDIR(stat.st_mode)):  # a pipe would be waited for without end
            self._not_taken_in(f"{called} is no file")
            return None
        try:
            file = SeedsFile(path, called=called)
        except PapertrailError as error:
            self._not_taken_in(str(error))
            return None
        try:
            return self._load(path, file, known_files.remembered(fingerprint, path))
        except StorageError:
            if known_files.is_as_read(known, path):  # nothing waits but that its time is another
                return None
            raise

    def _not_taken_in(self, why: str) -> None:
        self._trail.report(f"{why}; papertrail goes on with the papers it has")

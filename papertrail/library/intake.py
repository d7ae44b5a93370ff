"""What comes into the library: papers from arXiv, their metadata, and seeds files."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING

from papertrail.domain.errors import PapertrailError
from papertrail.domain.operations import PAPERTRAIL, Verb
from papertrail.domain.paper import PaperSummary
from papertrail.library.open_trail import OpenTrail, Say, ignore
from papertrail.store.queries import papers, progress, settings

if TYPE_CHECKING:  # daily commands pay for each class they import
    from papertrail.domain.metadata import Metadata, MetadataSource
    from papertrail.domain.reports import AddReport, FetchReport, SeedReport
    from papertrail.sources.seeds_csv import SeedsFile


class _Stopped(Exception):
    """The reader does not want to wait any longer."""


class Intake:
    """The use cases that bring papers in; no transaction is held while the network is asked."""

    def __init__(self, trail: OpenTrail, source: "MetadataSource | None") -> None:
        self._trail = trail
        self._source = source

    def add(
        self, texts: Sequence[str], *, lineage: str | None = None, new: bool = False, say: Say = ignore
    ) -> "AddReport":
        """Add papers by their arXiv ids, each in any form; known ones are only put into `lineage`.

        Args:
            texts: arXiv ids, URLs or DOIs.
            lineage: name of the lineage they join, made when there is none.
            new: whether that may be another spelling, or the beginning, of one there is.
            say: told what is going on, a line at a time.

        Raises:
            BadInput: one of the texts is no arXiv id, or the lineage has no name; nothing was asked.
            NetworkError: arXiv gave no usable answer; batches of 100 answered before are kept.
        """
        from papertrail.domain.arxiv_id import parse_arxiv_id
        from papertrail.domain.lineages.lineage import known_name
        from papertrail.domain.reports import AddReport

        ids = list(dict.fromkeys(parse_arxiv_id(text).id for text in texts))
        name = (
            None
            if lineage is None
            else known_name(lineage, progress.lineage_names(self._trail.database.read()), new=new)
        )
        connection = self._trail.database.read()
        known = {id_: key for id_ in ids if (key := papers.key_of_arxiv_id(connection, id_))}
        wanted = [id_ for id_ in ids if id_ not in known]
        added: dict[str, str] = {}
        missing: list[str] = []
        new_lineage = False
        if known and name is not None:
            _, new_lineage = self._store((), list(known.values()), name)
        if wanted:
            say(f"asking arXiv for {len(wanted)} {'paper' if len(wanted) == 1 else 'papers'} …")
            for batch in self._metadata_source(say).by_ids(wanted):
                keys, is_new = self._store(batch.found, (), name)
                added.update(zip((m.arxiv_id for m in batch.found), keys, strict=True))
                missing.extend(batch.missing)
                new_lineage = new_lineage or is_new
        return AddReport(
            added=self._summaries_of(added[id_] for id_ in ids if id_ in added),
            known=self._summaries_of(known[id_] for id_ in ids if id_ in known),
            missing=tuple(missing),
            lineage=name,
            new_lineage=new_lineage,
        )

    def _store(
        self, found: "Sequence[Metadata]", known: Sequence[str], lineage: str | None
    ) -> tuple[list[str], bool]:
        """Store one batch in one transaction; return its keys and whether the lineage is new."""
        from papertrail.domain.keys import make_key
        from papertrail.store import catalogue

        def key_for(metadata: "Metadata", is_taken: Callable[[str], bool]) -> str:
            year = metadata.published.year
            return make_key(metadata.authors, year, metadata.title, metadata.arxiv_id, is_taken)

        with self._trail.session_operation(Verb.ADD) as (session, operation):
            keys = catalogue.add_papers(session, found, key_for, operation)
            if lineage is None:
                return keys, False
            return keys, catalogue.put_in_lineage(session, lineage, [*known, *keys], operation)

    def _summaries_of(self, keys: Iterable[str]) -> tuple[PaperSummary, ...]:
        connection = self._trail.database.read()
        return tuple(papers.summaries(connection, [self._trail.paper_id(connection, key) for key in keys]))

    def _metadata_source(
        self, say: Say, is_cancelled: Callable[[], bool] = lambda: False
    ) -> "MetadataSource":
        if self._source is not None:
            return self._source
        from platformdirs import user_state_path

        from papertrail.sources.arxiv_api import ArxivSource

        def pause(seconds: float) -> None:
            end = time.monotonic() + seconds
            while (left := end - time.monotonic()) > 0:
                if is_cancelled():
                    raise _Stopped
                time.sleep(min(left, 0.1))

        state = user_state_path("papertrail")
        return ArxivSource.from_environment(os.environ, state, say, pause=pause)

    def fetch(
        self,
        *,
        on_progress: Callable[[int, int], None] = ignore,
        is_cancelled: Callable[[], bool] = lambda: False,
        say: Say = ignore,
    ) -> "FetchReport":
        """Fetch abstracts and dates of all papers that lack them, 100 a request, each batch stored at once.

        Args:
            on_progress: called with how many are done and how many there are, first with none done.
            is_cancelled: asked after each batch, and while arXiv has to be waited for.
            say: told what is going on, a line at a time.

        Raises:
            NetworkError: arXiv gave no usable answer; batches answered before are kept.
        """
        from papertrail.domain.reports import FetchReport

        wanted = papers.lacking_metadata(self._trail.database.read())
        on_progress(0, len(wanted))
        fetched, done, missing = 0, 0, list[str]()
        if not wanted:
            return FetchReport(0, ())
        from papertrail.store import catalogue

        with suppress(_Stopped):
            for batch in self._metadata_source(say, is_cancelled).by_ids(wanted):
                with self._trail.session_operation(Verb.FETCH) as (session, operation):
                    count, unknown = catalogue.take_over_metadata(
                        session, batch.found, batch.missing, operation
                    )
                fetched += count
                missing.extend(unknown)
                done += len(batch.found) + len(batch.missing)
                on_progress(done, len(wanted))
                if is_cancelled():
                    break
        return FetchReport(fetched, tuple(missing))

    def lacking(self) -> int:
        """Return how many papers with an arXiv id have no abstract yet."""
        return len(papers.lacking_metadata(self._trail.database.read()))

    def seed(self, path: Path) -> "SeedReport":
        """Load a file of papers and lineages; loading the same file again changes nothing.

        Raises:
            BadInput: the file has no usable header.
            NotFound: there is no such file.
        """
        from papertrail.sources.seeds_csv import read_seeds

        return self._load_seeds(path, read_seeds(path))

    def _load_seeds(self, path: Path, file: "SeedsFile", fingerprint: str | None = None) -> "SeedReport":
        from papertrail.domain.reports import SeedReport
        from papertrail.store.seeding import load_seeds
        from papertrail.store.tables import SettingRow

        # The trail's own file, loaded because it changed, does not undo what was done by hand meanwhile.
        keep_edits = fingerprint is not None
        verb, program = (Verb.SEEDS_FILE, PAPERTRAIL) if keep_edits else (Verb.SEED, None)
        with self._trail.session_operation(verb, program=program) as (session, operation):
            outcome = load_seeds(session, file.papers, operation, keep_edits=keep_edits)
            if fingerprint is not None:
                session.merge(SettingRow(name="seeds", value=fingerprint))
        return SeedReport(
            path=path,
            added=outcome.added,
            changed=outcome.changed,
            unchanged=len(file.papers) - outcome.added - outcome.changed,
            lineages=outcome.lineages,
            problems=tuple(sorted((*file.problems, *outcome.problems), key=lambda p: p.line)),
            taken_for=(*_separator_words(file.separator), *outcome.taken_for),
        )

    def load_changed_seeds(self) -> "SeedReport | None":
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
        if settings.get(self._trail.database.read(), "seeds") == fingerprint:
            return None
        from papertrail.sources.seeds_csv import read_seeds

        if not (S_ISREG(stat.st_mode) or S_ISDIR(stat.st_mode)):  # a pipe would be waited for without end
            self._not_taken_in(f"{called} is no file")
            return None
        try:
            file = read_seeds(path, called=called)
        except PapertrailError as error:
            self._not_taken_in(str(error))
            return None
        return self._load_seeds(path, file, fingerprint)

    def _not_taken_in(self, why: str) -> None:
        self._trail.report(f"{why}; papertrail goes on with the papers it has")


def _separator_words(separator: str) -> Iterator[str]:
    from papertrail.sources.seeds_csv import SEPARATORS

    if separator != ",":
        yield f"{SEPARATORS[separator]}s stand between its cells; they are read so"

"""What comes in from arXiv: papers, and what is known of them."""

import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from papertrail.domain.clock import utc_text
from papertrail.domain.errors import NetworkError, OutOfPatience
from papertrail.domain.operations import TUI, Verb
from papertrail.domain.paper import PaperSummary
from papertrail.library.open_trail import OpenTrail, Say, ignore
from papertrail.store.queries import fetching, papers, progress

if TYPE_CHECKING:  # daily commands pay for each class they import
    from papertrail.domain.arxiv_search import ArxivSearch
    from papertrail.domain.metadata import Metadata, MetadataBatch, MetadataSource
    from papertrail.domain.reports import AddReport, FetchReport, SearchReport
    from papertrail.sources.patience import Patience
    from papertrail.store.catalogue import TakenOver


OFFLINE = "PAPERTRAIL_OFFLINE"
ASKED_AGAIN, THEN_ASKED_AGAIN = 1, 7  # days until a paper that arXiv left out is asked for again
OUTDATED = 1  # days; arXiv changes what it says once a day


class Stopped(Exception):
    """The reader does not want to wait any longer."""


class Intake:
    """The use cases that bring papers in; no transaction is held while the network is asked."""

    def __init__(self, trail: OpenTrail, source: "MetadataSource | None") -> None:
        self._trail = trail
        self._source = source
        self._unanswered: dict[str, str | None] = {}  # ids that are being added, with their lineages

    def add(
        self,
        texts: Sequence[str],
        *,
        lineage: str | None = None,
        new: bool = False,
        patient: bool = False,
        wait: bool = False,
        is_cancelled: Callable[[], bool] = lambda: False,
        say: Say = ignore,
    ) -> "AddReport":
        """Add papers by their arXiv ids, each in any form; known ones are only put into `lineage`.

        Those that arXiv cannot be asked for are added by their ids: all else of them waits.

        Args:
            texts: arXiv ids, URLs or DOIs.
            lineage: name of the lineage they join, made when there is none.
            new: whether that may be another spelling, or the beginning, of one there is.
            patient: whether to wait for arXiv however long it takes.
            wait: whether to add no paper without its metadata.
            is_cancelled: asked while arXiv has to be waited for; what is left is added by its id then.
            say: told what is going on, a line at a time.

        Raises:
            BadInput: one of the texts is no arXiv id, or the lineage has no name; nothing was asked.
            NetworkError: with `wait`, arXiv gave no usable answer, or took too long; batches of 100 answered
                before are kept.
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
        again = fetching.asked_in_vain(connection, known)
        added: dict[str, str] = {}
        missing: list[str] = []
        odd: list[str] = []
        new_lineage = False
        if known and name is not None:
            _, new_lineage = self._store((), list(known.values()), name)
        answered: set[str] = set()
        waiting: dict[str, str] = {}
        why_waiting = ""
        with self._unanswered_as_yet(wanted, name):
            if asked := [*wanted, *again]:
                try:
                    if not self.is_offline:
                        say(f"asking arXiv for {len(asked)} {'paper' if len(asked) == 1 else 'papers'} …")
                    for batch in self._answers(asked, say, is_cancelled, patient=patient, adding=True):
                        news = tuple(paper for paper in batch.found if paper.arxiv_id not in known)
                        joined = self._known_by_doi(news)
                        keys, is_new = self._store(news, (), name)
                        added.update(zip((m.arxiv_id for m in news), keys, strict=True))
                        known |= {id_: added.pop(id_) for id_ in joined}
                        self._take_over(batch, again)
                        missing.extend(id_ for id_ in batch.missing if id_ not in known)
                        odd.extend(entry.reason for entry in batch.odd)
                        answered.update(batch.asked)
                        new_lineage = new_lineage or is_new
                except (NetworkError, Stopped) as error:
                    if wait:
                        raise
                    why_waiting = error.cause if isinstance(error, NetworkError) else "stopped"
                    left = [id_ for id_ in wanted if id_ not in answered]
                    keys, is_new = self._store_waiting(left, name)
                    waiting.update(zip(left, keys, strict=True))
                    new_lineage = new_lineage or is_new
                if odd and not (added or missing or known or waiting):
                    raise NetworkError(odd[0], "try again later")
                for reason in odd:
                    say(f"{reason}: left out")
        return AddReport(
            added=self._summaries_of(added[id_] for id_ in ids if id_ in added),
            known=self._summaries_of(known[id_] for id_ in ids if id_ in known),
            missing=tuple(missing),
            odd=tuple(odd),
            lineage=name,
            new_lineage=new_lineage,
            waiting=self._summaries_of(waiting.values()),
            why_waiting=why_waiting if waiting else "",
            twins=self._twins(added.values()),
        )

    @contextmanager
    def _unanswered_as_yet(self, ids: Iterable[str], lineage: str | None) -> Iterator[None]:
        self._unanswered.update(dict.fromkeys(ids, lineage))
        try:
            yield
        finally:
            for id_ in ids:
                self._unanswered.pop(id_, None)

    def add_unanswered(self) -> None:
        """Add by id the papers for which arXiv is being asked: the program ends, and they are wanted."""
        left, self._unanswered = self._unanswered, {}
        for lineage in dict.fromkeys(left.values()):
            self._store_waiting([id_ for id_, wanted in left.items() if wanted == lineage], lineage)

    def _known_by_doi(self, found: "Iterable[Metadata]") -> list[str]:
        """Return the arXiv ids of those papers that are here by their DOI alone."""
        connection = self._trail.database.read()
        by_doi = ((paper.arxiv_id, (paper.doi or "").lower()) for paper in found)
        return [id_ for id_, doi in by_doi if doi and papers.key_of_doi_alone(connection, doi)]

    def _twins(self, keys: Collection[str]) -> tuple[tuple[str, str], ...]:
        from papertrail.library.twins import twins_of

        return twins_of(self._trail.database.read(), keys)

    def _answers(
        self,
        ids: Sequence[str],
        say: Say,
        is_cancelled: Callable[[], bool] = lambda: False,
        *,
        patient: bool,
        fresh: bool = False,
        adding: bool = False,
    ) -> "Iterator[MetadataBatch]":
        """Ask arXiv, unless the reader wants to stay offline.

        Raises:
            NetworkError: there is no usable answer; batches yielded before stay valid.
        """
        self.check_online()
        source = self._metadata_source(say, is_cancelled, patient=patient, adding=adding)
        yield from source.by_ids(ids, fresh=fresh)

    def check_online(self) -> None:
        """Check that arXiv may be asked.

        Raises:
            NetworkError: the reader wants to stay offline.
        """
        if self.is_offline:
            raise NetworkError(
                "papertrail is told to stay offline", f"unset {OFFLINE}, or: papertrail set offline off"
            )

    @property
    def is_offline(self) -> bool:
        """Whether arXiv is never asked, by a setting or by an environment variable."""
        from papertrail.domain.settings import OFFLINE as SETTING

        named = os.environ.get(OFFLINE, "").strip().lower()
        return named not in ("", "0", "off", "no", "false") or self._trail.setting(SETTING) == "on"

    def _store(
        self, found: "Sequence[Metadata]", known: Sequence[str], lineage: str | None
    ) -> tuple[list[str], bool]:
        """Store one batch in one transaction; return its keys and whether the lineage is new."""
        from papertrail.domain.keys import make_key
        from papertrail.store import catalogue

        def key_for(metadata: "Metadata", is_taken: Callable[[str], bool]) -> str:
            year = metadata.published.year
            return make_key(
                metadata.authors,
                year,
                metadata.title,
                metadata.arxiv_id,
                lambda key: is_taken(key) or self._trail.has_pdf_of(key),
            )

        with self._trail.session_operation(Verb.ADD) as (session, operation):
            keys = catalogue.add_papers(session, found, key_for, operation)
            if lineage is None or not (known or keys):
                return keys, False
            return keys, catalogue.put_in_lineage(session, lineage, [*known, *keys], operation)

    def _store_waiting(self, ids: Sequence[str], lineage: str | None) -> tuple[list[str], bool]:
        """Store papers of which nothing is known but the id; return keys and whether the lineage is new."""
        from papertrail.domain.keys import make_key
        from papertrail.store import catalogue

        def key_for(arxiv_id: str, is_taken: Callable[[str], bool]) -> str:
            return make_key((), None, "", arxiv_id, lambda key: is_taken(key) or self._trail.has_pdf_of(key))

        with self._trail.session_operation(Verb.ADD) as (session, operation):
            keys = catalogue.add_waiting(session, ids, key_for, operation)
            if lineage is None or not keys:
                return keys, False
            return keys, catalogue.put_in_lineage(session, lineage, keys, operation)

    def _take_over(self, batch: "MetadataBatch", ids: Collection[str] | None = None) -> "TakenOver":
        """Store what a reply says, and does not say, of papers that are here.

        Args:
            batch: the reply.
            ids: only of these papers.
        """
        from papertrail.domain.keys import make_key
        from papertrail.store import catalogue

        def key_for(key: str, metadata: "Metadata", is_taken: Callable[[str], bool]) -> str:
            has_words = self._trail.notebook.version(key) or self._trail.notebook.has_drafts(key)
            if has_words or not key.startswith("arxiv-"):  # its reader may have given it one
                return key
            year = metadata.published.year
            return make_key(
                metadata.authors,
                year,
                metadata.title,
                metadata.arxiv_id,
                lambda key: is_taken(key) or self._trail.has_pdf_of(key),
            )

        batch = batch if ids is None else batch.only(ids)
        if not (batch.found or batch.missing or batch.odd):
            return catalogue.TakenOver()
        with self._trail.session_operation(Verb.FETCH) as (session, operation):
            return catalogue.take_over_metadata(session, batch, key_for, operation)

    def _summaries_of(self, keys: Iterable[str]) -> tuple[PaperSummary, ...]:
        connection = self._trail.database.read()
        return tuple(papers.summaries(connection, [self._trail.paper_id(connection, key) for key in keys]))

    def _metadata_source(
        self,
        say: Say,
        is_cancelled: Callable[[], bool] = lambda: False,
        *,
        patient: bool,
        adding: bool = False,
    ) -> "MetadataSource":
        if self._source is not None:
            return self._source
        from platformdirs import user_state_path

        from papertrail.sources.arxiv_api import ArxivSource

        return ArxivSource.from_environment(
            os.environ,
            user_state_path("papertrail"),
            say,
            patience=self.patience(is_cancelled, patient=patient, adding=adding),
            cache_folder=self._trail.home.replies,
        )

    def patience(
        self, is_cancelled: Callable[[], bool], *, patient: bool, adding: bool = False
    ) -> "Patience":
        """Return how long the reader waits for arXiv.

        Args:
            is_cancelled: asked all the while; once it says so waiting ends with `Stopped`.
            patient: whether that is as long as it takes.
            adding: whether papers are to be added: the reader waits for them in the terminal program, too.
        """
        from papertrail.sources.patience import FOREGROUND, PATIENT, Patience

        def pause(seconds: float) -> None:
            end = time.monotonic() + seconds
            while (left := end - time.monotonic()) > 0:
                if is_cancelled():
                    raise Stopped
                time.sleep(min(left, 0.1))

        in_terminal = self._trail.program == TUI  # where nobody waits for other things
        return Patience(
            PATIENT if patient or (in_terminal and not adding) else FOREGROUND,
            stop="esc stops" if in_terminal else "ctrl+c stops",
            more="" if patient or in_terminal else "--patient waits longer",
            pause=pause,
        )

    def fetch(
        self,
        keys: Sequence[str] = (),
        *,
        refresh: bool = False,
        every: bool = False,
        on_progress: Callable[[int, int], None] = ignore,
        is_cancelled: Callable[[], bool] = lambda: False,
        patient: bool = False,
        say: Say = ignore,
    ) -> "FetchReport":
        """Fetch abstracts and dates of all papers that lack them, 100 a request, each batch stored at once.

        Papers that arXiv has left out of a reply are asked for again after a day, then after a week.

        Args:
            keys: ask for these papers instead, whatever is known of them.
            refresh: ask also for those that arXiv was not asked for within a day; replies that were kept
                will not do.
            every: ask so for all papers that have an arXiv id.
            on_progress: called with how many are done and how many there are, first with none done.
            is_cancelled: asked after each batch, and while arXiv has to be waited for.
            patient: whether to wait for arXiv however long it takes.
            say: told what is going on, a line at a time.

        Raises:
            NetworkError: arXiv gave no usable answer; batches answered before are kept.
            OutOfPatience: it would take too long; likewise.
        """
        from papertrail.domain.reports import FetchReport

        wanted = self._wanted(keys, refresh=refresh, every=every)
        on_progress(0, len(wanted))
        fetched, done, missing, odd, changes = 0, 0, list[str](), list[str](), list[str]()
        named: list[str] = []
        if not wanted:
            return FetchReport(0, ())
        try:
            fresh = refresh or every
            for batch in self._answers(wanted, say, is_cancelled, patient=patient, fresh=fresh):
                taken = self._take_over(batch)
                fetched += taken.fetched
                missing.extend(taken.missing)
                changes.extend(taken.changes)
                named.extend(taken.named)
                odd.extend(entry.reason for entry in batch.odd)
                done += len(batch.found) + len(batch.missing) + len(batch.odd)
                on_progress(done, len(wanted))
                if is_cancelled():
                    break
        except Stopped:
            pass  # what has come is kept
        except OutOfPatience as error:
            left = f"{len(wanted) - done} of {len(wanted)} papers are left for later"
            raise OutOfPatience(error.cause, f"{error.remedy}; {left}") from error
        return FetchReport(fetched, tuple(missing), tuple(odd), tuple(changes), self._twins(named))

    def to_fetch(self, keys: Sequence[str] = (), *, refresh: bool = False, every: bool = False) -> int:
        """Return how many papers `fetch` would ask for."""
        return len(self._wanted(keys, refresh=refresh, every=every))

    def _wanted(self, keys: Sequence[str], *, refresh: bool, every: bool) -> list[str]:
        """Return the arXiv ids that `fetch` asks for."""
        connection = self._trail.database.read()
        if keys:
            return list(fetching.arxiv_ids(connection, keys).values())
        if every:
            return fetching.all_arxiv_ids(connection)
        if not refresh:
            return self._lacking()
        before = utc_text(self._trail.now() - timedelta(days=OUTDATED))
        return [*self._lacking(), *fetching.outdated(connection, before)]

    def search(
        self,
        wanted: "ArxivSearch",
        *,
        is_cancelled: Callable[[], bool] = lambda: False,
        patient: bool = False,
        say: Say = ignore,
    ) -> "SearchReport":
        """Search arXiv, and mark what the trail holds; nothing is stored.

        Args:
            wanted: what is looked for.
            is_cancelled: asked while arXiv has to be waited for; nothing is found then.
            patient: whether to wait for arXiv however long it takes.
            say: told what is going on, a line at a time.

        Raises:
            BadInput: it cannot be searched for; nothing was asked.
            NetworkError: arXiv gave no usable answer, or is not to be asked.
            OutOfPatience: it would take too long.
        """
        from papertrail.domain.reports import Found, SearchReport

        query = wanted.query(self._trail.today())
        self.check_online()
        source = self._metadata_source(say, is_cancelled, patient=patient)
        try:
            reply = source.search(query, limit=wanted.limit, newest=wanted.newest)
        except Stopped:
            return SearchReport(query, (), 0)
        connection = self._trail.database.read()
        ids = [paper.arxiv_id for paper in reply.found]
        keys = {id_: key for id_ in ids if (key := papers.key_of_arxiv_id(connection, id_))}
        held = dict(zip(keys, self._summaries_of(keys.values()), strict=True))
        found = tuple(Found(paper, held.get(paper.arxiv_id)) for paper in reply.found)
        return SearchReport(query, found, reply.total, reply.odd)

    def add_found(self, found: "Sequence[Metadata]") -> "AddReport":
        """Add papers that a search has found; arXiv is not asked again."""
        from papertrail.domain.reports import AddReport

        connection = self._trail.database.read()
        known = {
            paper.arxiv_id: key
            for paper in found
            if (key := papers.key_of_arxiv_id(connection, paper.arxiv_id)) is not None
        }
        news = [paper for paper in found if paper.arxiv_id not in known]
        joined = self._known_by_doi(news)
        keys = self._store(news, (), None)[0] if news else []
        added = dict(zip((paper.arxiv_id for paper in news), keys, strict=True))
        known |= {id_: added.pop(id_) for id_ in joined}
        return AddReport(
            added=self._summaries_of(added.values()),
            known=self._summaries_of(known.values()),
            missing=(),
            lineage=None,
            new_lineage=False,
            twins=self._twins(added.values()),
        )

    def lacking(self) -> int:
        """Return how many papers with an arXiv id have no abstract yet."""
        return len(self._lacking())

    def waiting(self) -> list[str]:
        """Return the keys of the papers of which only the arXiv id is known."""
        return fetching.waiting(self._trail.database.read())

    def _lacking(self) -> list[str]:
        now = self._trail.now()
        once, often = (utc_text(now - timedelta(days=days)) for days in (ASKED_AGAIN, THEN_ASKED_AGAIN))
        return fetching.lacking_metadata(self._trail.database.read(), once, often)

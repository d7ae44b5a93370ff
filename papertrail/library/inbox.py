"""The inbox: what arXiv announces of what is watched, the closest to what the reader reads first."""

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from sqlite3 import Connection
from typing import TYPE_CHECKING

from papertrail.domain.errors import BadInput, NetworkError, NotFound, OutOfPatience
from papertrail.domain.inbox import days as feed_days
from papertrail.domain.inbox.announcement import Announcement, FeedBatch, merged
from papertrail.domain.inbox.contents import Contents, Heard, Missed, NewVersion, RefreshReport, Taken
from papertrail.domain.inbox.model import Model, learn
from papertrail.domain.inbox.ranking import Muted, Ranked, rank
from papertrail.domain.inbox.ranking import by_date as sorted_by_date
from papertrail.domain.inbox.watches import Mute, MuteKind, Watch, WatchKind
from papertrail.domain.operations import Verb
from papertrail.domain.paper import Status
from papertrail.domain.settings import INBOX_DAYS
from papertrail.library.intake import Intake, Stopped
from papertrail.library.kept_model import KeptModel
from papertrail.library.open_trail import OpenTrail, Say, ignore
from papertrail.store.connection import raw_connection
from papertrail.store.queries import digests, inbox, operations, papers, progress, reading, settings
from papertrail.store.queries.operations import Operation

if TYPE_CHECKING:
    from papertrail.sources.daily_feeds import DailyFeeds

ASKED = "inbox-asked"
DAYS = "inbox-days-heard"
MOST_DAYS, _A_WEEK = 30, 7
MOST_REQUESTS = 20  # for days gone by, of all categories together
_KNOWN = 2_000  # papers of the trail that tell what the reader reads
_BACKGROUND = 1_500  # announcements they are held against
_SKIPPED = 300
_IDS_KEPT = 60  # days longer than what waits: a feed may hold again what was in it


class Inbox:
    """The use cases of the inbox; no transaction is held while the network is asked."""

    def __init__(self, trail: OpenTrail, intake: Intake) -> None:
        self._trail = trail
        self._intake = intake
        self._learnt: Model | None = None

    def watched(self) -> list[Watch]:
        """Return what is watched, categories first."""
        return inbox.watched(self._trail.database.read())

    def watch(self, watches: Sequence[Watch]) -> list[Watch]:
        """Watch categories or queries; return those that were not watched before."""
        with self._trail.operation(Verb.WATCH) as (connection, operation):
            news = [one for one in watches if inbox.put_watch(connection, one, operation.at)]
            for one in news:
                after = {"kind": one.kind.value, "name": one.name}
                self._trail.journal(connection, operation, "watch", None, None, after)
        return news

    def unwatch(self, watches: Sequence[Watch]) -> None:
        """Watch these no longer; what they told waits no longer either.

        Raises:
            NotFound: one of them is not watched; nothing has been changed.
        """
        with self._trail.operation(Verb.WATCH) as (connection, operation):
            for one in dict.fromkeys(watches):
                if not inbox.drop_watch(connection, one):
                    raise NotFound(f"{one.name} is not watched", "see: papertrail watch --list")
                before = {"kind": one.kind.value, "name": one.name}
                self._trail.journal(connection, operation, "watch", None, before, None)

    def muted(self) -> list[Mute]:
        """Return what is muted."""
        return inbox.muted(self._trail.database.read())

    def mute(self, mutes: Sequence[Mute]) -> list[Mute]:
        """Leave words, authors or categories out; return those that were not muted before."""
        with self._trail.operation(Verb.MUTE) as (connection, operation):
            news = [one for one in mutes if inbox.put_mute(connection, one, operation.at)]
            for one in news:
                after = {"kind": one.kind.value, "name": one.name}
                self._trail.journal(connection, operation, "mute", None, None, after)
        return news

    def unmute(self, mutes: Sequence[Mute]) -> None:
        """Show again what was left out for these.

        Raises:
            NotFound: one of them is not muted; nothing has been changed.
        """
        with self._trail.operation(Verb.MUTE) as (connection, operation):
            for one in dict.fromkeys(mutes):
                if not inbox.drop_mute(connection, one):
                    raise NotFound(f"{one.kind} {one.name} is not muted", "see: papertrail inbox mute")
                before = {"kind": one.kind.value, "name": one.name}
                self._trail.journal(connection, operation, "mute", None, before, None)

    def refresh(
        self,
        *,
        days: int = 0,
        replacements: bool = False,
        patient: bool = False,
        is_cancelled: Callable[[], bool] = lambda: False,
        say: Say = ignore,
    ) -> RefreshReport:
        """Ask arXiv for all that is watched; one feed that cannot be read harms no other.

        Args:
            days: ask for what was submitted in the last days, too, as the feeds hold one day: up to 30, of
                categories only, and 2,000 papers in all.
            replacements: whether to take in new versions of papers that are not in the trail as well.
            patient: whether to wait for arXiv however long it takes.
            is_cancelled: asked while arXiv has to be waited for, and between feeds.
            say: told what is going on, a line at a time.

        Raises:
            NotFound: nothing is watched.
            NetworkError: none of the feeds could be read, or the reader wants to stay offline.
            BadInput: arXiv has none of the feeds.
        """
        watches = self.watched()
        if not watches:
            raise NotFound("nothing is watched yet", "papertrail watch cs.CV")
        self._intake.check_online()
        source = self._source(say, is_cancelled, patient=patient)
        before = len(self._new_versions())
        heard: list[Heard] = []
        errors: list[NetworkError | BadInput] = []
        requests = MOST_REQUESTS if days else 0
        with suppress(Stopped):  # what has come is kept
            for place, watch in enumerate(watches):
                if is_cancelled():
                    break
                say(f"asking arXiv what is new in {watch.name} …")
                try:
                    batch = source.read(watch, self._trail.today())
                    heard.append(self._heard(watch, batch, self._take_in(batch, replacements=replacements)))
                    if requests and watch.kind is WatchKind.CATEGORY:
                        asked = self._fill(source, watch, days, requests, heard, is_cancelled, say)
                        requests -= asked
                except OutOfPatience as error:
                    errors.append(error)
                    _fail(heard, watch, error)
                    heard += [Heard(each, trouble=str(error)) for each in watches[place + 1 :]]
                    break
                except (NetworkError, BadInput) as error:
                    errors.append(error)
                    _fail(heard, watch, error)
        if errors and all(one.trouble and not one.number for one in heard):
            raise errors[0]
        new = sum(one.new for one in heard)
        versions = max(len(self._new_versions()) - before, 0)
        return RefreshReport(tuple(heard), new, versions, self._missed())

    def _heard(self, watch: Watch, batch: FeedBatch, new: int) -> Heard:
        return Heard(watch, batch.announced, len(batch.announcements), new, batch.left_out)

    def _fill(
        self,
        source: "DailyFeeds",
        watch: Watch,
        days: int,
        requests: int,
        heard: list[Heard],
        is_cancelled: Callable[[], bool],
        say: Say,
    ) -> int:
        """Take in what was submitted to a category in the last days; return how many requests that took.

        What came is added to the last one heard, a batch at a time; the days lack no longer once all is here.
        """
        asked = seen = total = 0
        for batch, total in source.read_days(watch, days, self._trail.today(), requests=requests):
            asked += 1
            seen += len(batch.announcements) + len(batch.left_out)
            new = self._take_in(batch, replacements=False, is_feed=False)
            so_far = heard[-1]
            heard[-1] = replace(
                so_far,
                number=so_far.number + len(batch.announcements),
                new=so_far.new + new,
                left_out=(*so_far.left_out, *batch.left_out),
            )
            say(f"{watch.name}: {min(seen, total):,} of {total:,} papers of the last {days} days …")
            if is_cancelled():
                raise Stopped
        heard[-1] = replace(heard[-1], older=max(total - seen, 0))
        with self._trail.operation(Verb.REFRESH) as (connection, _):
            known = feed_days.from_json(settings.get(connection, DAYS))
            one = known.get(watch.name)
            oldest = self._trail.today() - timedelta(days)
            if one is not None and one.since and date.fromisoformat(one.since) >= oldest - timedelta(1):
                known[watch.name] = replace(one, since="", missed=0)
                settings.put(connection, DAYS, feed_days.to_json(known))
        return asked

    def _missed(self) -> Missed | None:
        """Return the days that lack of what is watched, as far as they would wait still."""
        connection = self._trail.database.read()
        known = feed_days.from_json(settings.get(connection, DAYS))
        names = [one.name for one in inbox.watched(connection) if one.kind is WatchKind.CATEGORY]
        lacking = [known[name] for name in names if name in known and known[name].missed > 0]
        lacking = [one for one in lacking if one.since and one.since >= self._since().isoformat()]
        most = max(lacking, key=lambda one: one.missed, default=None)
        if most is None:
            return None
        since = date.fromisoformat(most.since)
        return Missed(most.missed, since, min(max((self._trail.today() - since).days, _A_WEEK), MOST_DAYS))

    def _source(self, say: Say, is_cancelled: Callable[[], bool], *, patient: bool) -> "DailyFeeds":
        from platformdirs import user_state_path

        from papertrail.sources.daily_feeds import DailyFeeds

        return DailyFeeds.from_environment(
            os.environ,
            user_state_path("papertrail"),
            say,
            patience=self._intake.patience(is_cancelled, patient=patient),
            cache_folder=self._trail.home.replies,
            days=self._trail.setting(INBOX_DAYS),
        )

    def _take_in(self, batch: FeedBatch, *, replacements: bool, is_feed: bool = True) -> int:
        """Store what one feed told in one transaction; return how many papers are new.

        Args:
            batch: what it told.
            replacements: whether new versions of papers that are not in the trail are stored.
            is_feed: whether it is today's, by which one sees whether days lack.
        """
        with self._trail.operation(Verb.REFRESH) as (connection, operation):
            inbox.expire(connection, self._since(), self._since() - timedelta(_IDS_KEPT))
            if is_feed:
                self._note_day(connection, batch)
            announcements = batch.announcements if is_feed else _as_told(connection, batch.announcements)
            new = _store(connection, operation, announcements, replacements=replacements)
            digests.keep_announced(connection)
            if new:
                told = {"feed": batch.feed, "new": new}
                self._trail.journal(connection, operation, "refresh", None, None, told)
            settings.put(connection, ASKED, operation.at)
        return new

    def _note_day(self, connection: Connection, batch: FeedBatch) -> None:
        """Remember that the announcements of a day came, before they are stored."""
        if batch.announced is None:  # what a query finds
            return
        firsts = [one.arxiv_id for one in batch.announcements if one.type.is_first]
        told_before = {one.arxiv_id for one in inbox.by_ids(connection, firsts) if batch.feed in one.feeds}
        known = feed_days.from_json(settings.get(connection, DAYS))
        known[batch.feed] = feed_days.came(
            known.get(batch.feed),
            batch.announced,
            self._trail.today(),
            is_unseen=not told_before.issuperset(firsts),
            is_empty=not firsts,
        )
        settings.put(connection, DAYS, feed_days.to_json(known))

    def state(self) -> str:
        """Return a text that is another one after any change that `contents` may show."""
        return f"{self._trail.today()} {operations.state(self._trail.database.read())}"

    def count(self) -> int:
        """Return how many announcements wait that are not muted; nothing is ranked for it."""
        connection = self._trail.database.read()
        if not inbox.watched(connection):
            return 0
        muted = _muted(connection)
        waiting = inbox.waiting(connection, self._since(), replacements=False)
        return sum(not muted.why(one) for one in waiting)

    def contents(
        self, *, by_date: bool = False, replacements: bool = False, as_learnt: bool = False
    ) -> Contents:
        """Return all that waits, the closest to what the reader reads first.

        Args:
            by_date: the newest first instead, as arXiv lists them.
            replacements: new versions of papers not in the trail as well, as far as they were taken in.
            as_learnt: whether what was learnt of the reader before will do, though the trail has changed
                since: taking one announcement back need not put all others into another order.
        """
        connection = self._trail.database.read()
        waiting = inbox.waiting(connection, self._since(), replacements=replacements)
        muted = _muted(connection)
        model = self._learnt if as_learnt else None
        ranked = rank(model or self._model(connection), waiting, muted) if waiting else ()
        if by_date:
            by_id = {one.announcement.arxiv_id: one for one in ranked}
            ranked = tuple(by_id[one.arxiv_id] for one in sorted_by_date(waiting, muted))
        asked = settings.get(connection, ASKED)
        return Contents(
            waiting=ranked,
            new_versions=self._new_versions(),
            muted=len(waiting) - len(ranked),
            watched=inbox.watched(connection),
            asked=(asked and datetime.fromisoformat(asked).astimezone(self._trail.now().tzinfo)) or None,
            missed=self._missed(),
        )

    def get(self, arxiv_id: str) -> Ranked:
        """Return one announcement, with why it is close to what the reader reads.

        Raises:
            NotFound: it is not in the inbox, or no longer.
        """
        connection = self._trail.database.read()
        (one,) = _found(connection, [arxiv_id])
        return rank(self._model(connection), [one])[0]

    def take(
        self, arxiv_ids: Iterable[str], *, lineage: str | None = None, new: bool = False, queue: bool = True
    ) -> list[Taken]:
        """Make papers of the trail of announcements, in one transaction, with what the feed told of them.

        Args:
            arxiv_ids: canonical; also of what was skipped.
            lineage: name of the lineage they join, made when there is none.
            new: whether that may be another spelling, or the beginning, of one there is.
            queue: whether those that are unread go to the end of the queue.

        Raises:
            NotFound: one of them is not in the inbox; nothing has been changed.
            BadInput: the lineage has no name.
        """
        from papertrail.domain.keys import make_key
        from papertrail.domain.lineages.lineage import known_name
        from papertrail.store import catalogue

        def key_for(one: Announcement, is_taken: Callable[[str], bool]) -> str:
            return make_key(
                one.authors,
                one.year,
                one.title,
                one.arxiv_id,
                lambda key: is_taken(key) or self._trail.has_pdf_of(key),
            )

        names = progress.lineage_names(self._trail.database.read())
        name = None if lineage is None else known_name(lineage, names, new=new)
        with self._trail.session_operation(Verb.TAKE) as (session, operation):
            connection = raw_connection(session)
            taken = _found(connection, list(dict.fromkeys(arxiv_ids)))
            ids = [one.arxiv_id for one in taken]
            known = inbox.in_trail(connection, ids)
            states = inbox.states(connection, ids)
            keys = catalogue.add_announced(session, taken, key_for, operation)
            if name is not None:
                catalogue.put_in_lineage(session, name, keys, operation)
            session.flush()
            for one, key in zip(taken, keys, strict=True):
                if queue:
                    self._queue(connection, operation, key)
                if one.arxiv_id in known and states.get(one.arxiv_id) == ("taken", one.version):
                    continue
                inbox.put_state(connection, one, "taken", operation.at)
                told = {"arxiv_id": one.arxiv_id, "title": one.title}
                self._trail.journal(connection, operation, "take", key, None, told)
            found = papers.summaries(connection, [self._trail.paper_id(connection, key) for key in keys])
        return [Taken(paper, one.arxiv_id not in known) for paper, one in zip(found, taken, strict=True)]

    def _queue(self, connection: Connection, operation: Operation, key: str) -> None:
        paper = self._trail.paper_id(connection, key)
        before = reading.status_of(connection, paper)
        if before is not Status.UNREAD:
            return
        with self._trail.counting(connection, operation, paper, key):
            reading.set_status(connection, paper, Status.QUEUED, operation.at, operation.local_date)
        was, now = {"status": before.value}, {"status": Status.QUEUED.value}
        self._trail.journal(connection, operation, "status", key, was, now)

    def skip(self, arxiv_ids: Iterable[str]) -> list[Announcement]:
        """Let announcements wait no longer, in one transaction; they do not come again.

        Of a paper of the trail this is about the version that was announced: the next one is told again.

        Raises:
            NotFound: one of them is not in the inbox; nothing has been changed.
        """
        with self._trail.operation(Verb.SKIP) as (connection, operation):
            skipped = _found(connection, list(dict.fromkeys(arxiv_ids)))
            states = inbox.states(connection, [one.arxiv_id for one in skipped])
            for one in skipped:
                if states.get(one.arxiv_id) != ("skipped", one.version):
                    inbox.put_state(connection, one, "skipped", operation.at)
                    told = {"arxiv_id": one.arxiv_id, "title": one.title}
                    self._trail.journal(connection, operation, "skip", None, None, told)
        return skipped

    def _since(self) -> date:
        """Return the day before which nothing that waits was first seen."""
        return self._trail.today() - timedelta(self._trail.setting(INBOX_DAYS))

    def _new_versions(self) -> list[NewVersion]:
        return [NewVersion(*one) for one in inbox.new_versions(self._trail.database.read(), self._since())]

    def _model(self, connection: Connection) -> Model:
        kept = KeptModel(self._trail.home.private / "inbox-model.json")
        of = operations.state(connection)  # nothing that it is learnt of changes without one
        if (model := kept.find(of)) is not None:
            self._learnt = model
            return model
        model = self._learnt = learn(
            inbox.known_papers(connection, _KNOWN),
            inbox.background(connection, _BACKGROUND),
            inbox.skipped(connection, _SKIPPED),
        )
        kept.keep(of, model)
        return model


def _as_told(connection: Connection, found: Sequence[Announcement]) -> list[Announcement]:
    """Return what the API finds, with the day of the announcement where a feed told that."""
    known = {one.arxiv_id: one.announced for one in inbox.by_ids(connection, [one.arxiv_id for one in found])}
    return [replace(one, announced=known.get(one.arxiv_id, one.announced)) for one in found]


def _fail(heard: list[Heard], watch: Watch, error: NetworkError | BadInput) -> None:
    """Say what went wrong with a feed, beside what had come of it."""
    if heard and heard[-1].watch == watch:
        heard[-1] = replace(heard[-1], trouble=str(error))
    else:
        heard.append(Heard(watch, trouble=str(error)))


def _store(
    connection: Connection, operation: Operation, announcements: Sequence[Announcement], *, replacements: bool
) -> int:
    """Store what is announced beside what was before; return how many papers were not here."""
    ids = [one.arxiv_id for one in announcements]
    here = inbox.in_trail(connection, ids)
    seen = inbox.seen(connection, ids)
    before = {one.arxiv_id: one for one in inbox.by_ids(connection, ids)}
    new = 0
    for one in announcements:
        was = before.get(one.arxiv_id)
        at, on = seen.get(one.arxiv_id, (operation.at, operation.local_date))
        if was is None or not was.title:
            if not (one.type.is_first or replacements or one.arxiv_id in here):
                continue
            if was is not None and one.version <= was.version:
                continue  # it has waited long enough
            new += was is None and one.arxiv_id not in here
            inbox.put(connection, one, operation.at, operation.local_date)
            continue
        (both,) = merged([was, one])
        if both != was:
            is_told_again = one.arxiv_id in here and both.version > was.version
            moment = (operation.at, operation.local_date) if is_told_again else (at, on)
            inbox.put(connection, both, *moment)
    return new


def _found(connection: Connection, arxiv_ids: Sequence[str]) -> list[Announcement]:
    """Return the announcements of these papers.

    Raises:
        NotFound: one of them is not in the inbox, or no longer.
    """
    found = {one.arxiv_id: one for one in inbox.by_ids(connection, arxiv_ids) if one.title}
    for arxiv_id in arxiv_ids:
        if arxiv_id not in found:
            raise NotFound(f"{arxiv_id} is not in the inbox", f"papertrail add {arxiv_id}")
    return [found[arxiv_id] for arxiv_id in arxiv_ids]


def _muted(connection: Connection) -> Muted:
    by_kind: dict[MuteKind, list[str]] = {kind: [] for kind in MuteKind}
    for mute in inbox.muted(connection):
        by_kind[mute.kind].append(mute.name)
    return Muted(by_kind[MuteKind.WORD], by_kind[MuteKind.AUTHOR], by_kind[MuteKind.CATEGORY])

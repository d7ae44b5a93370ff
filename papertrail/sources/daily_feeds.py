"""What arXiv announces, of categories by its daily feeds, of queries and of days gone by by its API."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import quote

from papertrail.domain.arxiv_search import ArxivSearch
from papertrail.domain.errors import NetworkError
from papertrail.domain.inbox.announcement import Announcement, AnnounceType, FeedBatch
from papertrail.domain.inbox.watches import Watch, WatchKind
from papertrail.sources.addresses import named_address
from papertrail.sources.environment import FEEDS, client_from_environment
from papertrail.sources.feed_reply import read_feed
from papertrail.sources.patience import Patience
from papertrail.sources.polite_client import TRY_LATER, PoliteClient
from papertrail.sources.tex_text import readable_announcement

if TYPE_CHECKING:
    from papertrail.domain.metadata import Metadata
    from papertrail.sources.arxiv_api import ArxivSource

MOST_FOUND = 100  # papers of one query
_BEFORE_ANNOUNCED = 5  # days that may lie between submission and announcement, with a weekend among them
_FEEDS = "https://rss.arxiv.org/rss"


class DailyFeeds:
    """Asks arXiv what is new.

    Args:
        url: of the feeds up to the category.
        client: returns what makes the requests, for as long as a `with` block lasts.
        queries: asks for what queries find.
        days: how old a paper may be that a query finds.
    """

    def __init__(
        self,
        url: str,
        client: Callable[[], PoliteClient],
        queries: "Callable[[], ArxivSource]",
        days: int,
    ) -> None:
        self._url = url
        self._client = client
        self._queries = queries
        self._days = days

    @classmethod
    def from_environment(
        cls,
        environ: Mapping[str, str],
        state_dir: Path,
        say: Callable[[str], None],
        *,
        patience: Patience,
        cache_folder: Path,
        days: int,
    ) -> Self:
        """Return a source as the environment wants it.

        Args:
            environ: `PAPERTRAIL_ARXIV_FEEDS` is the feeds' URL up to the category; the others are those of
                `client_from_environment` and of `ArxivSource`.
            state_dir: where the time of the last request is kept.
            say: told what is going on when it takes long, a line at a time.
            patience: how long the reader waits in all.
            cache_folder: where replies are kept.
            days: how old a paper may be that a query finds.

        Raises:
            BadInput: a variable holds nonsense.
        """
        named = named_address(FEEDS, environ.get(FEEDS, ""), _FEEDS)
        client = client_from_environment(
            environ,
            state_dir,
            patience,
            named=[named] if named else [],
            cache_folder=cache_folder,
            say=say,
        )

        def queries() -> "ArxivSource":
            from papertrail.sources.arxiv_api import ArxivSource

            return ArxivSource.from_environment(environ, state_dir, say, patience=patience)

        return cls((named or _FEEDS).rstrip("/"), client, queries, days)

    def read(self, watch: Watch, received: date) -> FeedBatch:
        """Return what one feed or query tells now.

        Args:
            watch: what to ask for.
            received: the reader's date.

        Raises:
            BadInput: arXiv has no such feed.
            NetworkError: no usable answer.
            OutOfPatience: it takes longer than the reader waits.
        """
        if watch.kind is WatchKind.QUERY:
            since = received - timedelta(self._days)
            papers = self._queries().search(watch.name, limit=MOST_FOUND, newest=True).found
            found = tuple(
                _announced(one, watch.name, AnnounceType.NEW)
                for one in papers
                if one.published.date() >= since
            )
            return FeedBatch(watch.name, None, found, ())
        with self._client() as client:
            reply = client.get(f"{self._url}/{quote(watch.name)}", max_age=0)
            if reply.status not in (200, 400):
                raise NetworkError(f"arXiv refused the feed {watch.name} (HTTP {reply.status})", TRY_LATER)
            batch = read_feed(reply.body, watch.name, received)
            if reply.status != 200:
                raise NetworkError(f"arXiv refused the feed {watch.name} (HTTP 400)", TRY_LATER)
            client.keep(reply)
        announced = tuple(readable_announcement(one) for one in batch.announcements)
        return FeedBatch(batch.feed, batch.announced, announced, batch.left_out)

    def read_days(
        self, watch: Watch, days: int, received: date, *, requests: int
    ) -> Iterator[tuple[FeedBatch, int]]:
        """Yield what was submitted to a category in these days, the newest first, 100 papers a request.

        With each batch, how many papers there are in all.

        Args:
            watch: a category.
            days: how many days before the reader's date may have been missed; what was submitted a little
                earlier was announced in them, too.
            received: the reader's date.
            requests: how many at most.

        Raises:
            NetworkError: no usable answer; what was yielded before stays valid.
            OutOfPatience: it takes longer than the reader waits; likewise.
        """
        since = received - timedelta(days + _BEFORE_ANNOUNCED)
        query = ArxivSearch(categories=(watch.name,), since=since.isoformat()).query(received)
        for reply in self._queries().newest(query, pages=requests):
            found = tuple(_announced(one, watch.name, _type(one, watch.name)) for one in reply.found)
            yield FeedBatch(watch.name, None, found, reply.odd), reply.total


def _type(paper: "Metadata", category: str) -> AnnounceType:
    """Return whether a paper was new in a category, or archive, or cross-listed to it."""
    primary = paper.categories[0] if paper.categories else category
    is_here = primary == category or primary.startswith(f"{category}.")
    return AnnounceType.NEW if is_here else AnnounceType.CROSS


def _announced(paper: "Metadata", feed: str, type_: AnnounceType) -> Announcement:
    """Return what the API finds as if a feed announced it, on the day of its submission."""
    return Announcement(
        arxiv_id=paper.arxiv_id,
        version=paper.version,
        title=paper.title,
        authors=paper.authors,
        abstract=paper.abstract,
        categories=paper.categories,
        type=type_,
        announced=paper.published.date(),
        doi=paper.doi,
        journal_ref=paper.journal_ref,
        feeds=(feed,),
    )

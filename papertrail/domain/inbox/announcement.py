"""One paper as arXiv's feeds announce it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class AnnounceType(StrEnum):
    """Why arXiv announces a paper, the strongest reason first."""

    NEW = "new"  # in this category, for the first time anywhere
    CROSS = "cross"  # from another category, shown here for the first time
    REPLACE = "replace"  # another version of what was announced here before
    REPLACE_CROSS = "replace-cross"

    @property
    def is_first(self) -> bool:
        """Whether the paper is told here for the first time."""
        return self in (AnnounceType.NEW, AnnounceType.CROSS)

    @property
    def rank(self) -> int:
        """Its place among the types, 0 the strongest."""
        return list(AnnounceType).index(self)


@dataclass(frozen=True, slots=True)
class Announcement:
    """One paper of a feed; all text is clean.

    Attributes:
        arxiv_id: canonical, without a version.
        version: the version announced, from 1.
        abstract: whole, its line ends as arXiv sent them.
        categories: the primary one first.
        type: the strongest of all feeds that announce it.
        announced: arXiv's own date of the announcement; it can lag behind by a day.
        feeds: names of the feeds that hold it, as they were asked for.
    """

    arxiv_id: str
    version: int
    title: str
    authors: tuple[str, ...]
    abstract: str
    categories: tuple[str, ...]
    type: AnnounceType
    announced: date
    doi: str | None
    journal_ref: str | None
    feeds: tuple[str, ...]

    @property
    def year(self) -> int:
        """The year of its first version, which its id tells."""
        digits = int(self.arxiv_id.rpartition("/")[2][:2])
        return 1900 + digits if digits > 90 else 2000 + digits


@dataclass(frozen=True, slots=True)
class FeedBatch:
    """All that one feed holds at a time; a weekend's is empty.

    Attributes:
        feed: its name, as it was asked for.
        announced: the date the feed itself gives; None where it gives none.
        announcements: each paper once.
        left_out: of each entry that names no paper, what is odd about it.
    """

    feed: str
    announced: date | None
    announcements: tuple[Announcement, ...]
    left_out: tuple[str, ...]


def merged(announcements: Iterable[Announcement]) -> tuple[Announcement, ...]:
    """Return each paper once, in the order in which the papers first came.

    A paper that is announced more than once keeps what its highest version says, its strongest type with the
    first date of that type, and every feed.
    """
    found: dict[str, Announcement] = {}
    for one in announcements:
        before = found.get(one.arxiv_id)
        found[one.arxiv_id] = one if before is None else _both(before, one)
    return tuple(found.values())


def _both(one: Announcement, other: Announcement) -> Announcement:
    newer = other if other.version > one.version else one
    stronger = min(one, other, key=lambda each: (each.type.rank, each.announced))
    return replace(
        newer,
        type=stronger.type,
        announced=stronger.announced,
        doi=newer.doi or one.doi or other.doi,
        journal_ref=newer.journal_ref or one.journal_ref or other.journal_ref,
        feeds=tuple(dict.fromkeys(one.feeds + other.feeds)),
    )

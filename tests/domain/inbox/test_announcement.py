"""A paper in several feeds is one paper, and waits for thirty days."""

from datetime import date, timedelta
from itertools import permutations

from papertrail.domain.inbox.announcement import Announcement, AnnounceType, merged

DAY = date(2026, 4, 27)


def told(
    feed: str, type_: AnnounceType, version: int = 1, day: date = DAY, doi: str | None = None
) -> Announcement:
    return Announcement(
        "2604.00001", version, f"Title {version}", ("Ada Example",), "About.", ("cs.LG",),
        type_, day, doi, None, (feed,),
    )  # fmt: skip


def test_one_paper_in_several_feeds_keeps_the_strongest_type_and_every_feed() -> None:
    feeds = [
        told("cs.CV", AnnounceType.CROSS),
        told("cs.LG", AnnounceType.NEW),
        told("stat.ML", AnnounceType.REPLACE_CROSS, 2, DAY + timedelta(3), "10.1000/x"),
    ]
    for order in permutations(feeds):
        (one,) = merged(order)
        assert (one.type, one.announced, one.version) == (AnnounceType.NEW, DAY, 2)
        assert (one.title, one.doi) == ("Title 2", "10.1000/x")
        assert one.feeds == tuple(each.feeds[0] for each in order)
        assert merged([*order, *order]) == (one,)


def test_types_are_strongest_first() -> None:
    assert [type_.rank for type_ in AnnounceType] == [0, 1, 2, 3]
    assert [type_ for type_ in AnnounceType if type_.is_first] == [AnnounceType.NEW, AnnounceType.CROSS]

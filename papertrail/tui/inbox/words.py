"""An announcement put into words."""

from collections.abc import Iterator, Sequence
from datetime import date

from textual.content import Content

from papertrail.domain.inbox.announcement import AnnounceType
from papertrail.domain.inbox.contents import Contents, Missed, NewVersion, RefreshReport, Taken
from papertrail.domain.inbox.ranking import Ranked
from papertrail.domain.inbox.watches import MuteKind
from papertrail.domain.paper import Status, byline
from papertrail.domain.text import clean_line, shorten
from papertrail.tui.widgets.data_text import line

_TYPES = {
    AnnounceType.NEW: "new",
    AnnounceType.CROSS: "cross-listed",
    AnnounceType.REPLACE: "a new version",
    AnnounceType.REPLACE_CROSS: "a new version",
}

MUTED = {MuteKind.WORD: "words", MuteKind.AUTHOR: "authors", MuteKind.CATEGORY: "categories"}
"""The field of `Muted` for each kind."""
_LONGEST_NAME, _LONGEST_TITLE = 32, 40  # letters, in the line above the keys
_MOST_NAMED = 4


def day_words(day: date) -> str:
    """Return a day as it is said, without the year: `Monday 27 April`."""
    return f"{day:%A} {day.day} {day:%B}"


def first_author(authors: Sequence[str]) -> str:
    """Return the first author, and how many more there are."""
    more = len(authors) - 1
    return f"{authors[0]} +{more:,}" if more > 0 else "".join(authors)


def version_words(item: NewVersion) -> str:
    """Return which version there is now, and which one the trail knows."""
    now = f"v{item.announcement.version}"
    return now if item.known is None else f"v{item.known} → {now}"


def reasons(item: Ranked | NewVersion) -> Sequence[str]:
    """Return why an announcement stands where it does, the most telling reason first."""
    if isinstance(item, NewVersion):
        return (f"you have {item.key}: {version_words(item)}",)
    return tuple(map(str, item.reasons))


def facts(item: Ranked | NewVersion) -> Content:
    """Return id, type, day and categories on one line."""
    told = item.announcement
    parts = [
        f"arXiv:{told.arxiv_id}v{told.version}",
        f"{_TYPES[told.type]} on {day_words(told.announced)}",
        ", ".join(told.categories),
        told.journal_ref or "",
    ]
    return line(" · ".join(filter(None, parts)), "$quiet")


def told_of(item: Ranked | NewVersion, *, spacious: bool) -> Iterator[Content]:
    """Yield all there is to say of an announcement, with air between the parts where there is room."""
    told = item.announcement
    yield line(told.title, "bold")
    if told.authors:
        yield line(byline(told.authors))
    for reason in reasons(item):
        yield line(reason, "$primary")
    yield facts(item)
    if spacious:
        yield Content("")
    yield line(told.abstract)  # feeds break it into lines of their own


def title(contents: Contents, *, marked: int) -> str:
    """Return how many wait, how many of them are muted or marked, and when arXiv was asked."""
    near = sum(one.is_near for one in contents.waiting)
    close = f", {near} close" if near else ""
    parts = [f"{len(contents.waiting):,} waiting{close}" if contents.waiting else "nothing waits"]
    parts += [f"{contents.muted} muted"] if contents.muted else []
    parts += [f"{marked} marked"] if marked else []
    parts += [missed(contents.missed)] if contents.missed else []
    parts += [f"asked on {contents.asked:%d %b at %H:%M}"] if contents.asked else []
    return " · ".join(parts)


def missed(days: Missed) -> str:
    """Say how many days may lack, and what to press."""
    number = f"{days.days} {'day' if days.days == 1 else 'days'}"
    return f"{number} may lack since {days.since:%d %b}: r asks for them"


def why_empty(contents: Contents) -> str:
    """Say why nothing waits, and what to press."""
    if not contents.watched:
        return "Nothing is watched yet: press c to choose arXiv categories, such as cs.CV."
    if contents.asked is None:
        return "arXiv was not asked yet: f asks what is new."
    return "Nothing waits. On weekends and holidays arXiv announces nothing; f asks."


def how_it_works(contents: Contents) -> Content:
    """Return what the inbox is for in three steps, the one that comes next in bold."""
    now = 0 if not contents.watched else 1 if contents.asked is None else 2
    steps = (
        (0, "c", "choose what to watch, such as cs.CV"),
        (1, "f", "ask arXiv what is new there"),
        (2, "w", "queue what you would read"),
        (2, "L", "or put it into a lineage"),
        (2, "d", "or skip it: it does not come again"),
    )
    lines = [line("How the inbox works", "bold $primary")]
    for step, key, words in steps:
        style = "bold" if step == now else "$quiet"
        lines.append(Content.assemble((f" {key} ", "bold $primary"), (words, style)))
    return Content("\n").join(lines)


def taken(papers: Sequence[Taken], where: str) -> str:
    """Say what became of announcements: `where` is the queue or a lineage."""
    into = "queued" if where == "queue" else f"in {shorten(clean_line(where), _LONGEST_NAME)}"
    if len(papers) > 1:
        known = sum(not one.is_new for one in papers)
        return f"{len(papers)} {into}{f', {known} of them here before' if known else ''} · u takes it back"
    (one,) = papers
    if where == "queue" and one.paper.status is not Status.QUEUED:
        return f"{one.paper.key} is {one.paper.status}"
    return (
        f"{into}: {one.paper.key} · {shorten(clean_line(one.paper.title), _LONGEST_TITLE)} · u takes it back"
    )


def refreshed(report: RefreshReport) -> tuple[str, bool]:
    """Say what arXiv told, and whether something went wrong."""
    trouble = [one for one in report.heard if one.trouble]
    fresh = [one for one in report.heard if one.new]
    parts: list[str] = [f"{shorten(one.watch.name, _LONGEST_NAME)}: {one.trouble}" for one in trouble[:2]]
    if report.new:
        named = ", ".join(
            f"{shorten(one.watch.name, _LONGEST_NAME)} {one.new:,}" for one in fresh[:_MOST_NAMED]
        )
        more = f" and {len(fresh) - _MOST_NAMED} more" if len(fresh) > _MOST_NAMED else ""
        parts.append(f"{report.new:,} new: {named}{more}")
    elif any(one.number for one in report.heard):
        parts.append("nothing new: all that is announced was here before")
    elif not trouble:
        parts.append("nothing is announced today, as on weekends and holidays")
    if report.new_versions:
        number = report.new_versions
        parts.append(f"new versions of {number} {'paper' if number == 1 else 'papers'} here")
    if odd := sum(len(one.left_out) for one in report.heard):
        parts.append(f"{odd} odd {'entry' if odd == 1 else 'entries'} left out")
    if older := sum(one.older for one in report.heard):
        parts.append(f"{older:,} older ones not asked for")
    if report.missed:
        parts.append(missed(report.missed))
    return " · ".join(parts), bool(trouble)

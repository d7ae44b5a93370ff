"""Papers tagged and rated."""

from collections.abc import Iterable, Sequence
from sqlite3 import Connection
from typing import Any

from papertrail.domain.errors import BadInput
from papertrail.domain.operations import Verb
from papertrail.domain.paper import PaperSummary
from papertrail.domain.tags import BEST, UNRATED, Marked, TagCount, as_first_written, tags_in
from papertrail.domain.text import fold
from papertrail.library.open_trail import OpenTrail
from papertrail.store.queries import papers, tags

_Change = dict[str, Any]


class Tags:
    """The use cases of tags and ratings."""

    def __init__(self, trail: OpenTrail) -> None:
        self._trail = trail

    def all(self) -> list[TagCount]:
        """Return every tag with how many papers have it, by name."""
        number: dict[str, TagCount] = {}
        for name, count in tags.counts(self._trail.database.read()):
            first, papers_so_far = number.get(fold(name), (name, 0))
            number[fold(name)] = TagCount(first, papers_so_far + count)
        return [number[folded] for folded in sorted(number)]

    def change(
        self,
        keys: Sequence[str],
        *,
        add: Iterable[str] = (),
        remove: Iterable[str] = (),
        rating: int | None = None,
    ) -> list[Marked]:
        """Give all these papers tags, take others off, and rate them, in one transaction.

        A tag that is known in another spelling is taken as it was first written.

        Args:
            keys: of the papers.
            add: tags, one or several in a text, as `domain.tags.tags_in` reads them.
            remove: likewise; those that a paper has not are passed over.
            rating: from 1 to 5; 0 takes it off, None leaves it as it is.

        Raises:
            NotFound: one of the keys is unknown; nothing has been changed.
            BadInput: a tag can be none, or is given and taken, or the rating is none; nothing was changed.
        """
        if rating is not None and not UNRATED <= rating <= BEST:
            raise BadInput(f"{rating} is no rating", f"give 1 to {BEST}")
        gone = {fold(name) for text in remove for name in tags_in(text)}
        wanted = [name for text in add for name in tags_in(text)]
        if both := next((name for name in wanted if fold(name) in gone), None):
            raise BadInput(f"the tag {both} is both given and taken", "say one of the two")
        marked: dict[int, tuple[_Change, _Change]] = {}
        verb = Verb.TAG if wanted or gone else Verb.RATE
        with self._trail.operation(verb) as (connection, operation):
            new = as_first_written(wanted, (name for name, _ in tags.counts(connection)))
            for key in dict.fromkeys(keys):
                paper = self._trail.paper_id(connection, key)
                if paper not in marked:
                    marked[paper] = self._mark(connection, paper, new, gone, rating)
                    before, after = marked[paper]
                    if before or after:
                        self._trail.journal(connection, operation, verb, key, before, after)
            summaries = papers.summaries(connection, marked)
        return [_told(paper, *marked[paper.id]) for paper in summaries]

    def _mark(
        self, connection: Connection, paper: int, new: Iterable[str], gone: set[str], rating: int | None
    ) -> "tuple[_Change, _Change]":
        """Change one paper; return what was and what is of that which is otherwise now."""
        had, was = tags.of(connection, paper), tags.rating(connection, paper)
        folded = {fold(name) for name in had}
        before: _Change = {"tags": [name for name in had if fold(name) in gone]}
        after: _Change = {"tags": [name for name in new if fold(name) not in folded]}
        tags.remove(connection, paper, before["tags"])
        tags.add(connection, paper, after["tags"])
        now = was if rating is None else rating or None
        if now != was:
            tags.rate(connection, paper, now)
            before["rating"], after["rating"] = was, now
        return _without_nothing(before), _without_nothing(after)


def _told(paper: PaperSummary, before: _Change, after: _Change) -> Marked:
    added, removed = (tuple(side.get("tags", ())) for side in (after, before))
    return Marked(paper, added, removed, "rating" in after)


def _without_nothing(change: _Change) -> _Change:
    return {name: value for name, value in change.items() if value != []}

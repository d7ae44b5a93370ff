"""Which announcements are close to what the reader reads, and why."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from papertrail.domain.inbox.announcement import Announcement
from papertrail.domain.inbox.model import (
    Interest,
    Model,
    Name,
    Vector,
    announced_text,
    folded_author,
    vector_of,
)
from papertrail.domain.inbox.terms import terms
from papertrail.domain.text import fold

_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_WORDS, _PAPERS = 3, 2  # that a reason names
_BY_AUTHOR, _MOST_BY_AUTHOR = 0.02, 0.1
_BY_NAME_IN_TITLE, _BY_NAME = 0.1, 0.02
_TOLD_APART = 4  # decimals of a score
_AUTHOR_OF_MANY = 3  # papers here: whatever it is about, one wants to know


@dataclass(frozen=True, slots=True)
class Likeness:
    """Each word stands in the announcement and in one of the papers, each paper holds one of the words.

    Attributes:
        papers: keys, the most alike first.
        words: the most telling first.
        lineage: that the papers are in; empty for none.
    """

    papers: tuple[str, ...]
    words: tuple[str, ...]
    lineage: str

    def __str__(self) -> str:
        return f"like {', '.join(self.papers)}: {', '.join(self.words)}"


@dataclass(frozen=True, slots=True)
class KnownName:
    """The name of a paper of the trail stands in the announcement."""

    name: str
    key: str
    in_title: bool

    def __str__(self) -> str:
        return f"builds on a name you know: {self.name}"


@dataclass(frozen=True, slots=True)
class KnownAuthor:
    """One of the announcement's authors wrote so many papers of the trail, two or more."""

    author: str
    papers: int

    def __str__(self) -> str:
        number = _NUMBERS[self.papers] if self.papers < len(_NUMBERS) else str(self.papers)
        return f"{self.author}: author of {number} papers here"


Reason = Likeness | KnownName | KnownAuthor


@dataclass(frozen=True, slots=True)
class Ranked:
    """One announcement with its place.

    Attributes:
        score: the higher, the closer.
        is_near: whether it is close enough to be shown first; the others are *the rest*.
        reasons: the most telling first; of the rest there may be none.
    """

    announcement: Announcement
    score: float
    is_near: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Muted:
    """What the reader does not want to see.

    Attributes:
        words: words or phrases, in title or abstract, whole and in any case.
        authors: whole names.
        categories: the announcement's primary one, or the archive of it.
    """

    words: Collection[str] = ()
    authors: Collection[str] = ()
    categories: Collection[str] = ()

    def why(self, announcement: Announcement) -> str:
        """Return what of an announcement is muted; empty where nothing is."""
        primary = fold(announcement.categories[0]) if announcement.categories else ""
        for category in self.categories:
            if fold(category) in (primary, primary.partition(".")[0]) and primary:
                return f"category {category}"
        names = {folded_author(name) for name in announcement.authors} if self.authors else ()
        for author in self.authors:
            if folded_author(author) in names:
                return f"author {author}"
        text = fold(f"{announcement.title} {announcement.abstract}") if self.words else ""
        for word in self.words:
            if (wanted := fold(word)) and wanted in text and _stands_whole(wanted, text):
                return f"word {word}"
        return ""


def _stands_whole(wanted: str, text: str) -> bool:
    """Return whether a phrase stands in a text as words of its own; Chinese has no ends of words."""
    if not wanted.isascii():
        return True
    return re.search(rf"(?<![a-z0-9]){re.escape(wanted)}(?![a-z0-9])", text) is not None


def rank(model: Model, announcements: Iterable[Announcement], muted: Muted = Muted()) -> tuple[Ranked, ...]:
    """Return the announcements that are not muted, the closest first, those near before the rest."""
    by_term: dict[str, list[tuple[int, float]]] = {}
    for place, interest in enumerate(model.interests):
        for term, weight in interest.weights.items():
            by_term.setdefault(term, []).append((place, weight))
    ranked = [_ranked(model, by_term, one) for one in announcements if not muted.why(one)]

    def order(one: Ranked) -> tuple[bool, float, int, int, str]:
        # The sums differ in their last digits from one run to the next: that must decide nothing.
        return not one.is_near, -round(one.score, _TOLD_APART), *_newest(one.announcement)

    return tuple(sorted(ranked, key=order))


def by_date(announcements: Iterable[Announcement], muted: Muted = Muted()) -> tuple[Announcement, ...]:
    """Return the announcements that are not muted, the newest first, as arXiv lists them."""
    return tuple(sorted((one for one in announcements if not muted.why(one)), key=_newest))


def _newest(one: Announcement) -> tuple[int, int, str]:
    return -one.announced.toordinal(), one.type.rank, one.arxiv_id


def _ranked(model: Model, by_term: dict[str, list[tuple[int, float]]], announcement: Announcement) -> Ranked:
    counted = terms(announced_text(announcement))
    vector = vector_of(counted, model.rarity, model.rarest)
    close = [0.0] * len(model.interests)
    for term in vector.weights.keys() & by_term.keys():
        heavy = vector.scale * vector.weights[term]
        for place, weight in by_term[term]:
            close[place] += heavy * weight
    reasons: list[Reason] = []
    score = 0.0
    is_near = False
    if close:
        place = max(range(len(close)), key=close.__getitem__)
        score = close[place]
        is_near = any(each >= interest.floor for each, interest in zip(close, model.interests, strict=True))
        likeness = _likeness(model.interests[place], vector) if score > 0 else None
        reasons += [likeness] if likeness else []
        is_near = is_near and likeness is not None
    for author in _known_authors(model, announcement):
        reasons.append(author)
        score += min(_BY_AUTHOR * author.papers, _MOST_BY_AUTHOR)
        is_near = is_near or author.papers >= _AUTHOR_OF_MANY
    for name in _known_names(model, announcement, counted):
        reasons.append(name)
        score += _BY_NAME_IN_TITLE if name.in_title else _BY_NAME
        is_near = is_near or name.in_title
    return Ranked(announcement, score, is_near, tuple(reasons))


def _likeness(interest: Interest, vector: Vector) -> Likeness | None:
    """Return the words that made an announcement close, and the papers they come from."""
    shares = sorted(
        (
            (vector.weights[term] * interest.weights[term], term)
            for term in vector.weights.keys() & interest.papers.keys()
        ),
        reverse=True,
    )[:_WORDS]
    of_paper: dict[str, float] = {}
    for share, term in shares:
        for place, key in enumerate(interest.papers[term]):
            of_paper[key] = of_paper.get(key, 0.0) + share * (1 - place / 10)
    papers = tuple(key for key, _ in sorted(of_paper.items(), key=lambda one: (-one[1], one[0]))[:_PAPERS])
    held = tuple(term for _, term in shares if not {*papers}.isdisjoint(interest.papers[term]))
    return Likeness(papers, held, interest.lineage) if held else None


def _known_authors(model: Model, announcement: Announcement) -> Sequence[KnownAuthor]:
    """Return the author who wrote most papers here, if any wrote several."""
    known = [
        KnownAuthor(name, model.authors[folded])
        for name in announcement.authors
        if (folded := folded_author(name)) in model.authors
    ]
    return sorted(known, key=lambda one: -one.papers)[:1]


def _known_names(model: Model, announcement: Announcement, counted: Counter[str]) -> Sequence[KnownName]:
    """Return a name that stands in the announcement, one in the title before others, the longest first."""
    candidates = [name for word in counted.keys() & model.names.keys() for name in model.names[word]]
    if not candidates:
        return ()
    title, abstract = _spelled(announcement.title), _spelled(announcement.abstract)
    found = [
        (spelled in title, name)
        for name in candidates
        if (spelled := f" {name.spelled} ") in title or spelled in abstract
    ]

    def order(one: tuple[bool, Name]) -> tuple[bool, int, str]:
        return not one[0], -len(one[1].spelled), one[1].key

    return [KnownName(name.shown, name.key, in_title) for in_title, name in sorted(found, key=order)[:1]]


def _spelled(text: str) -> str:
    return " ".join(["", *re.findall(r"[^\W_]+", text.lower()), ""])

"""What a reader watches and mutes."""

import re
from dataclasses import dataclass
from enum import StrEnum

from papertrail.domain.errors import BadInput
from papertrail.domain.text import clean_line, shorten

LONGEST = 300  # letters of a query or of what is muted
_CATEGORY = re.compile(r"([a-z]+(?:-[a-z]+)?)(?:\.([a-z]+(?:-[a-z]+)*))?", re.IGNORECASE)
_SMALL = ("physics", "cond-mat")  # archives whose subjects are written in small letters


class WatchKind(StrEnum):
    """What can be watched."""

    CATEGORY = "category"
    QUERY = "query"


class MuteKind(StrEnum):
    """What can be muted."""

    WORD = "word"
    AUTHOR = "author"
    CATEGORY = "category"


@dataclass(frozen=True, slots=True)
class Watch:
    """One category or archive of arXiv's, or a query to its API."""

    kind: WatchKind
    name: str


@dataclass(frozen=True, slots=True)
class Mute:
    """A word or phrase, an author or a category that is left out of the inbox."""

    kind: MuteKind
    name: str


def category_named(text: str) -> str:
    """Return a category or archive as arXiv spells it.

    Examples:
        >>> category_named("CS.cv"), category_named("physics.ACC-PH"), category_named("hep-th")
        ('cs.CV', 'physics.acc-ph', 'hep-th')

    Raises:
        BadInput: it has not the form of one.
    """
    text = clean_line(text)
    found = _CATEGORY.fullmatch(text)
    if found is None or len(text) > 30:
        cause = f"{shorten(text, 40) or 'nothing'} is no category"
        raise BadInput(cause, "categories look like cs.CV, archives like math")
    archive, subject = found[1].lower(), found[2]
    if subject is None:
        return archive
    is_small = archive in _SMALL or len(subject) > 2
    return f"{archive}.{subject.lower() if is_small else subject.upper()}"


def watch_category(text: str) -> Watch:
    """Return the watch over one category.

    Raises:
        BadInput: it has not the form of one.
    """
    return Watch(WatchKind.CATEGORY, category_named(text))


def watch_query(text: str) -> Watch:
    """Return the watch over what a query finds.

    Raises:
        BadInput: it is empty or far too long.
    """
    return Watch(WatchKind.QUERY, _named(text, "query", 'a query looks like au:He_K AND ti:"residual"'))


def mute_of(kind: MuteKind, text: str) -> Mute:
    """Return what mutes a word, an author or a category.

    Raises:
        BadInput: it is empty, far too long, or no category.
    """
    if kind is MuteKind.CATEGORY:
        return Mute(kind, category_named(text))
    return Mute(kind, _named(text, kind.value, "give a word, a phrase or a whole name"))


def _named(text: str, what: str, remedy: str) -> str:
    text = clean_line(text)
    if not text or len(text) > LONGEST:
        raise BadInput(f"that is no {what}: {shorten(text, 40) or 'empty'}", remedy)
    return text

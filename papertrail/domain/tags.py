"""Tags and ratings: the reader's own marks on papers."""

from collections.abc import Iterable
from typing import NamedTuple

from papertrail.domain.errors import BadInput
from papertrail.domain.paper import PaperSummary
from papertrail.domain.text import clean_line, fold, shorten

MOST_LETTERS = 60
BEST = 5
UNRATED = 0
"""Takes a rating off."""
COMMAS = str.maketrans("，、", ",,")
"""Other commas, made the one that parts tags."""


class TagCount(NamedTuple):
    """A tag, as it was first written, and how many papers have it."""

    name: str
    papers: int


class Marked(NamedTuple):
    """What became of one paper's tags and rating.

    Attributes:
        paper: as it is now.
        added: tags that are new on it.
        removed: tags that it had.
        rated: whether its rating is another one.
    """

    paper: PaperSummary
    added: tuple[str, ...]
    removed: tuple[str, ...]
    rated: bool

    @property
    def is_news(self) -> bool:
        """Whether anything is otherwise than before."""
        return bool(self.added or self.removed or self.rated)


def tags_in(text: str) -> list[str]:
    """Return the tags of a text with commas between them, each once, in their order.

    Raises:
        BadInput: one of them is too long, or has nothing that tells it from others.
    """
    found: dict[str, str] = {}
    for piece in clean_line(text).translate(COMMAS).split(","):
        if name := piece.strip():
            found.setdefault(fold(_checked(name)), name)
    return list(found.values())


def _checked(name: str) -> str:
    if len(name) > MOST_LETTERS:
        raise BadInput(f"{shorten(name, 40)} is too long for a tag", f"give up to {MOST_LETTERS} letters")
    if not fold(name):
        raise BadInput(f"{name} cannot be a tag", "give letters, digits or signs")
    return name


def as_first_written(names: Iterable[str], known: Iterable[str]) -> list[str]:
    """Return tags as those that are known already are spelled, each once."""
    spelled: dict[str, str] = {}
    for name in known:
        spelled.setdefault(fold(name), name)
    return list(dict.fromkeys(spelled.setdefault(fold(name), name) for name in names))


def rating_of(text: str) -> int:
    """Return the rating that a text says; `UNRATED` for `0` and `none`.

    Raises:
        BadInput: it is none.
    """
    said = fold(text)
    if said == "none":
        return UNRATED
    if len(said) == 1 and said in "012345":
        return int(said)
    shown = shorten(clean_line(text), 40) or "nothing"
    raise BadInput(f"{shown} is no rating", f"give 1 to {BEST}; 0 or none takes it off")

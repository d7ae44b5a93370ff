"""What makes a paper one that can be explained, and how it fades."""

from collections.abc import Sequence
from typing import NamedTuple

from papertrail.domain.recall.forgetting import reach

DAYS_LATER = 7
"""Days after a paper counted from which an answer shows that it can be explained."""
STILL_KNOWN = 0.8
"""The chance from which a question is likely remembered."""
REACH = reach(STILL_KNOWN)
"""How many times its stability, in days, a question may be left alone until the chance is less."""


LATELY = 14
"""Days for which Today tells what has faded."""
_MOST_NAMED = 3


class Explaining(NamedTuple):
    """What the reader can explain on a day, and what could be explained before.

    Attributes:
        papers: ids of those that can be explained on that day.
        faded: ids of those that could be, each with the reader's last date of it, ISO; the latest first.
    """

    papers: frozenset[int]
    faded: tuple[tuple[int, str], ...]


def faded_words(keys: Sequence[str]) -> str:
    """Say what has faded: `2 you could explain have faded: rcnn, fast-rcnn`; empty where nothing has."""
    if not keys:
        return ""
    more = f" and {len(keys) - _MOST_NAMED} more" if len(keys) > _MOST_NAMED else ""
    has = "has" if len(keys) == 1 else "have"
    return f"{len(keys)} you could explain {has} faded: {', '.join(keys[:_MOST_NAMED])}{more}"

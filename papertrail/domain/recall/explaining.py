"""What makes a paper one that can be explained, and how it fades."""

from typing import NamedTuple

from papertrail.domain.recall.forgetting import reach

DAYS_LATER = 7
"""Days after a paper counted from which an answer shows that it can be explained."""
STILL_KNOWN = 0.8
"""The chance from which a question is likely remembered."""
REACH = reach(STILL_KNOWN)
"""How many times its stability, in days, a question may be left alone until the chance is less."""


class Explaining(NamedTuple):
    """What the reader can explain on a day, and what could be explained before.

    Attributes:
        papers: ids of those that can be explained on that day.
        faded: ids of those that could be, each with the reader's last date of it, ISO; the latest first.
    """

    papers: frozenset[int]
    faded: tuple[tuple[int, str], ...]

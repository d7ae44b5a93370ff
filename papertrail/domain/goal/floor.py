"""The floor of words: how many each required section of a note must have, and what another number means."""

from collections.abc import Sequence
from typing import NamedTuple

MOST_NAMED = 5


class Floor(NamedTuple):
    """What it means to want so many words of each required section.

    Attributes:
        words: that are wanted; 0 for any.
        was: how many are wanted now.
        owing: keys of read papers whose notes are complete now and would not be.
        counting: keys of read papers whose notes would be complete and are not.
        owed: how many read papers would owe a note in all.
    """

    words: int
    was: int
    owing: tuple[str, ...]
    counting: tuple[str, ...]
    owed: int

    @property
    def consequence(self) -> str:
        """What would come of it, on one line."""
        told = [
            f"{_papers(keys)} would {verb}: {_named(keys)}"
            for keys, verb in ((self.owing, "owe a note again"), (self.counting, "count"))
            if keys
        ]
        return "; ".join((*(told or ["no paper would owe more or less"]), f"{self.owed} would owe in all"))

    @property
    def title(self) -> str:
        """What is wanted."""
        if not self.words:
            return "any words will do"
        return f"at least {self.words} {'word' if self.words == 1 else 'words'} in each needed section"


def _papers(keys: Sequence[str]) -> str:
    return f"{len(keys)} {'paper' if len(keys) == 1 else 'papers'}"


def _named(keys: Sequence[str]) -> str:
    more = len(keys) - MOST_NAMED
    return ", ".join(keys[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")

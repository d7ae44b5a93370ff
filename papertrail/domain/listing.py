"""How lists of papers are shown: their columns and order, as settings hold them, and what these tell."""

from typing import NamedTuple

from papertrail.domain.query.tree import Sort

OWN_ORDER = "none"
"""Stands for the order in which papers are without being sorted."""


class PaperExtras(NamedTuple):
    """What a list of papers shows of one besides its summary; dates are the reader's.

    Attributes:
        added: the date at which it came into the trail.
        read: the date at which it had been read; empty if it has not.
        words: of the reader's own in its note; None without one.
    """

    venue: str
    added: str
    read: str
    words: int | None


def sort_of(setting: str) -> tuple[Sort, ...]:
    """Return the order that a setting names, as `sort:` would."""
    if setting == OWN_ORDER:
        return ()
    return (Sort(setting.lstrip("-"), setting.startswith("-")),)


def setting_of(order: tuple[Sort, ...]) -> str:
    """Return an order as a setting holds it."""
    return f"{'-' * order[0].descending}{order[0].by}" if order else OWN_ORDER

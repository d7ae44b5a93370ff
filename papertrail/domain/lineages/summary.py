"""The earlier texts of a note about a lineage."""

from datetime import datetime
from typing import NamedTuple


class Earlier(NamedTuple):
    """One text that the note about a lineage had.

    Attributes:
        number: 1 for the oldest that is kept.
        at: when it was put into the history, in the reader's zone.
        sha256: hex digest of its bytes.
        is_now: whether it is the note's text now.
    """

    number: int
    at: datetime
    sha256: str
    is_now: bool

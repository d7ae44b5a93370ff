"""What arXiv says of a paper that it did not say before, in a few words."""

import re
from dataclasses import dataclass

from papertrail.domain.text import shorten
from papertrail.domain.withdrawal import notice

_TAKEN = re.compile(r"\b(?:accepted|to appear|published|presented)\b", re.IGNORECASE)
_LONGEST = 80  # letters of what is quoted


@dataclass(frozen=True, slots=True)
class Said:
    """What arXiv says of a paper's state; before it was asked all but the id is None.

    Attributes:
        updated: day of this version, ISO 8601.
    """

    arxiv_id: str
    version: int | None
    updated: str | None
    comment: str | None
    journal_ref: str | None


def changes(before: Said, after: Said) -> str:
    """Return what is new, empty where nothing is; the first time arXiv tells of a paper, only its end is.

    Examples:
        >>> old = Said("1506.01497", 2, "2015-09-13", None, None)
        >>> changes(old, Said("1506.01497", 3, "2016-01-06", "Accepted at NIPS", "NIPS 2015"))
        'v3 of 2016-01-06 (v2 before); now in "NIPS 2015"; says "Accepted at NIPS"'
        >>> changes(old, old)
        ''
    """
    told = []
    end = notice(after.comment, after.arxiv_id)
    if end != notice(before.comment, before.arxiv_id):
        told.append(end or "no longer withdrawn or superseded")
    if before.version is not None:
        if after.version != before.version:
            told.append(f"v{after.version} of {after.updated} (v{before.version} before)")
        if after.journal_ref and after.journal_ref != before.journal_ref:
            told.append(f'now in "{shorten(after.journal_ref, _LONGEST)}"')
        if after.comment != before.comment and _TAKEN.search(after.comment or ""):
            told.append(f'says "{shorten(after.comment or "", _LONGEST)}"')
    return "; ".join(told)

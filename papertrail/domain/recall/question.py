"""Questions: what a note asks, and the question that stays the same while its words change."""

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """Where a question comes from."""

    PAIR = "pair"
    SECTION = "section"
    PARENT = "parent"
    LINEAGE = "lineage"


MOST_QUESTIONS = 200
"""Of one note: more are not asked, so that none takes long to index."""
LONGEST_WORDING = 400
"""Characters of a question that are kept, and of its answer to know it again by."""


class NoteQuestion(NamedTuple):
    """A question as a note asks it.

    Attributes:
        kind: a `Q:` of the reader's, a section of the template, or a heading `from KEY`.
        section: the name of the section it stands in; empty outside of any.
        wording: on one line, clean; Markdown of the reader's for a `Q:`.
        answer: Markdown of its answer, never empty.
    """

    kind: Kind
    section: str
    wording: str
    answer: str


class KnownQuestion(NamedTuple):
    """A question as it was when its note was last looked at.

    Attributes:
        id: the database's.
        kind: as in `NoteQuestion`, and so are `section` and `wording`.
        answer: how its answer began, `LONGEST_WORDING` characters at most.
        place: where it stood among the questions of its note, from 0.
        asleep_since: the reader's date, ISO, since which no note asks it; None while one does.
    """

    id: int
    kind: Kind
    section: str
    wording: str
    answer: str
    place: int
    asleep_since: str | None = None

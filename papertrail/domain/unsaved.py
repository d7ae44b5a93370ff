"""Words that were typed and never saved, by where they were typed."""

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

MOST_NAMED = 3  # in a line


class Unsaved(Enum):
    """Where words were typed; the value is the folder that keeps them, among those of notes."""

    NOTE = ""
    GUESS = "guesses"
    ANSWER = "answers"
    FACTS = "facts"
    NEW_PAPER = "new-papers"


OF_PAPERS = (Unsaved.NOTE, Unsaved.GUESS, Unsaved.FACTS)
"""What goes by the key of a paper, and with it to another one."""
_WORDS = {
    Unsaved.NOTE: "the note of {}",
    Unsaved.GUESS: "a guess about {} (s)",
    Unsaved.ANSWER: "an answer in review",
    Unsaved.FACTS: "what is known of {}",
    Unsaved.NEW_PAPER: "a paper to add by hand",
}


class LeftUnsaved(NamedTuple):
    """Words that wait to be saved.

    Attributes:
        kind: where they were typed.
        name: the key of a paper, or the number of a question.
    """

    kind: Unsaved
    name: str


def unsaved_words(left: Sequence[LeftUnsaved]) -> str:
    """Return the line that tells of words which were never saved; or ""."""
    if not left:
        return ""
    named = list(dict.fromkeys(_WORDS[one.kind].format(one.name) for one in left))
    more = [f"{len(named) - MOST_NAMED} more"] if len(named) > MOST_NAMED else []
    told = [*named[:MOST_NAMED], *more]
    listed = f"{', '.join(told[:-1])} and {told[-1]}" if told[1:] else told[0]
    return f"unsaved words are kept: {listed}; opened again, they are there"

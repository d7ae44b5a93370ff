"""The author's seat: what a paper's parents left open, and what its reader would have built."""

from datetime import date
from typing import NamedTuple

from papertrail.domain.paper import PaperSummary

GUESS = "My guess before reading"
"""The heading below which a guess stands in a note."""
QUESTION = "You are the author: what would you build, and why?"
DIFFERENCE = "What did it do that your guess did not, and why?"


class Guess(NamedTuple):
    """What a reader would have built.

    Attributes:
        words: Markdown.
        on: when it was made, None where the note does not tell.
    """

    words: str
    on: date | None = None


class LeftOpen(NamedTuple):
    """What the note of a paper says under its limits."""

    paper: PaperSummary
    words: str


class Seat(NamedTuple):
    """What a reader sees before a paper is read.

    Attributes:
        paper: that is to be read.
        limits: what the notes of those it builds on say, the oldest first; none that says nothing.
        silent: keys of those it builds on whose notes say nothing there.
        guess: what stands in its note already.
    """

    paper: PaperSummary
    limits: tuple[LeftOpen, ...]
    silent: tuple[str, ...]
    guess: Guess | None

    @property
    def why_empty(self) -> str:
        """Why there are no limits to see; empty where there are."""
        if self.limits:
            return ""
        if not self.silent:
            return "it builds on no paper of your trail: guess from its title, or skip"
        return f"your notes say nothing yet of the limits of {', '.join(self.silent[:5])}"


class Remembered(NamedTuple):
    """A guess of long ago, and what the paper did."""

    key: str
    guess: Guess
    idea: str

    @property
    def line(self) -> str:
        """Both on one line."""
        on = f" on {self.guess.on}" if self.guess.on else ""
        return f"you guessed of {self.key}{on}: {' '.join(self.guess.words.split())} · it did: {self.idea}"

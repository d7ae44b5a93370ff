"""A note as the library knows it: its sections and whether they are filled."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class SectionState(NamedTuple):
    """One level-2 heading of the template, and whether the note says enough under it.

    Attributes:
        words: of the reader's own.
        own_floor: how many words the template wants here; 0 for any.
        wanted: how many are wanted, by the template and the goal.
        begun: whether anything stands there that fills a section without a floor.
        answered: questions there with an answer: `Q:` with `A:`.
        asked: all questions there.
    """

    name: str
    required: bool
    filled: bool
    words: int = 0
    own_floor: int = 0
    wanted: int = 0
    begun: bool = False
    answered: int = 0
    asked: int = 0

    def with_floor(self, floor: int) -> "SectionState":
        """Return the same where the goal wants so many words of each required section."""
        wanted = max(self.own_floor, floor) if self.required else 0
        filled = self.begun and self.words >= wanted
        if (wanted, filled) == (self.wanted, self.filled):
            return self
        return self._replace(wanted=wanted, filled=filled)

    @property
    def tally(self) -> str:
        """Why it is not filled though something stands there: `7 of 20 words`; else empty."""
        if self.filled or not self.begun:
            return ""
        return f"{self.words} of {self.wanted} {'word' if self.wanted == 1 else 'words'}"

    @property
    def open_words(self) -> str:
        """`1 of 3 answered` where a question has no answer yet; else empty. It counts all the same."""
        return f"{self.answered} of {self.asked} answered" if self.answered < self.asked else ""

    @property
    def owed_words(self) -> str:
        """The short name, and how many words there are where these are too few."""
        return f"{self.short} {self.tally}" if self.tally else self.short

    @property
    def short(self) -> str:
        """The name as far as the first colon or `and`, for lists on one line."""
        return short_section(self.name)


class NearMiss(NamedTuple):
    """A heading that names no section and so does not count, and the section it may mean.

    Attributes:
        heading: on one line, with the marks before it: `## Probelm`, `### Problem`, `> ## Problem`; those
            that open its code where this is not closed.
        section: the name of a section that is not filled.
    """

    heading: str
    section: str

    @property
    def words(self) -> str:
        """The hint on one line."""
        marks = self.heading[: len(self.heading) - len(self.heading.lstrip("#"))]
        name = self.heading[len(marks) :]
        short = short_section(self.section)
        if name.startswith(("```", "~~~")):
            return f'code that is not closed hides "## {short}"'
        if marks == "##" and name.startswith(" "):
            return f'"{name.strip()}" may mean {short}'
        return f'"{self.heading}" may mean "## {short}"'


class NoteLink(NamedTuple):
    """What `[[…]]` in a note leads to, a paper's key mostly, and the line of the first one, from 1."""

    target: str
    line: int


class NoteState(NamedTuple):
    """The note of one paper, as last indexed.

    Attributes:
        path: where the file is, or would be.
        exists: whether anything has been written.
        sections: the template's sections in order.
        words: words of the reader's own.
        near_misses: headings that do not count and may be meant to.
        conflicts: numbers of the lines where conflicts begin that a merge has left, from 1.
        links: what it links to as `[[key]]`, whether there is such a paper or not.
    """

    path: Path
    exists: bool
    sections: tuple[SectionState, ...]
    words: int
    near_misses: tuple[NearMiss, ...] = ()
    conflicts: tuple[int, ...] = ()
    links: tuple[NoteLink, ...] = ()

    @property
    def filled(self) -> tuple[str, ...]:
        """Names of the sections that are filled."""
        return tuple(s.name for s in self.sections if s.filled)

    @property
    def begun(self) -> tuple[str, ...]:
        """Names of the sections in which something stands, be it too little."""
        return tuple(s.name for s in self.sections if s.begun)

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the required sections that are not filled yet."""
        return tuple(s.name for s in self.sections if s.required and not s.filled)

    @property
    def owes(self) -> str:
        """The sections of `missing` in short on one line, each with its words where these are too few."""
        return ", ".join(s.owed_words for s in self.sections if s.required and not s.filled)

    @property
    def length(self) -> str:
        """How long it is: `1 word`, `1,200 words`."""
        return f"{self.words:,} {'word' if self.words == 1 else 'words'}"

    @property
    def open_words(self) -> str:
        """The sections in which questions are open, in short on one line: `Questions 1 of 3 answered`."""
        return ", ".join(f"{s.short} {s.open_words}" for s in self.sections if s.open_words)

    def with_floor(self, floor: int) -> "NoteState":
        """Return the same where the goal wants so many words of each required section."""
        return self._replace(sections=tuple(section.with_floor(floor) for section in self.sections))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the reader should look at, a line each."""
        conflicts = [conflict_words(self.conflicts)] if self.conflicts else []
        return (*conflicts, *(near.words for near in self.near_misses))

    @property
    def complete(self) -> bool:
        """Whether the note is enough for its paper to count once read."""
        return self.exists and not self.missing


def conflict_words(lines: Sequence[int]) -> str:
    """Return the line that tells of merge conflicts which begin on these lines."""
    named = ", ".join(map(str, lines[:3])) + (", …" if len(lines) > 3 else "")
    return f"merge conflict (line {named}): both sides count until you settle it"


def gone_words(keys: Sequence[str]) -> str:
    """Return the line that tells of notes whose files are gone."""
    named = ", ".join(keys[:5]) + (", …" if len(keys) > 5 else "")
    gone, them = ("a note is gone", "it") if len(keys) == 1 else (f"{len(keys)} notes are gone", "them")
    return f"{gone}: {named}; papertrail doctor tells how to get {them} back"


def missing_words(key: str) -> str:
    """Return what is said of a read paper whose note was there and is not."""
    return f"notes/{key}.md is missing, its texts are kept: H shows them"


def short_section(name: str) -> str:
    """Return a section's name as far as the first colon or `and`: `Key idea`, `Limits`."""
    short = name
    for end in (":", "：", " and "):
        short = short.partition(end)[0]
    return short.strip() or name

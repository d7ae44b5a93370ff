"""A note as the library knows it: its sections and whether they are filled."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SectionState:
    """One level-2 heading of the template, and whether the note says anything under it."""

    name: str
    required: bool
    filled: bool

    @property
    def short(self) -> str:
        """The name as far as the first colon or `and`, for lists on one line."""
        return short_section(self.name)


@dataclass(frozen=True, slots=True)
class NearMiss:
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


@dataclass(frozen=True, slots=True)
class WritingPlace:
    """Where writing goes on in a section: between two characters of the note.

    Attributes:
        section: name of the template's section, or the reader's own heading.
        heading: how many characters stand before the section's heading.
        at: how many characters stand before the place.
        before: what must come between the text before and the words, so that these are in the section only.
        after: the same for the text after the words.
    """

    section: str
    heading: int
    at: int
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class NoteState:
    """The note of one paper, as last indexed.

    Attributes:
        path: where the file is, or would be.
        exists: whether anything has been written.
        sections: the template's sections in order.
        words: words of the reader's own.
        near_misses: headings that do not count and may be meant to.
        conflicts: numbers of the lines where conflicts begin that a merge has left, from 1.
    """

    path: Path
    exists: bool
    sections: tuple[SectionState, ...]
    words: int
    near_misses: tuple[NearMiss, ...] = ()
    conflicts: tuple[int, ...] = ()

    @property
    def filled(self) -> tuple[str, ...]:
        """Names of the sections that are filled."""
        return tuple(s.name for s in self.sections if s.filled)

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the required sections that are not filled yet."""
        return tuple(s.name for s in self.sections if s.required and not s.filled)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the reader should look at, a line each."""
        conflicts = [conflict_words(self.conflicts)] if self.conflicts else []
        return (*conflicts, *(near.words for near in self.near_misses))

    @property
    def complete(self) -> bool:
        """Whether the note is enough for its paper to count once read."""
        return self.exists and not self.missing


@dataclass(frozen=True, slots=True)
class NoteLook:
    """What a text would be as the note of a paper, and where writing goes on in it, in the text's order."""

    state: NoteState
    places: tuple[WritingPlace, ...]


@dataclass(frozen=True, slots=True)
class NoteText:
    """The text of a note and the version it was read at.

    Attributes:
        text: the file's text, or the template filled in while nothing is written.
        sha256: hex digest of the file's bytes; None while there is no file.
        draft: unsaved text left by an editor that did not end well; None when there is none.
        draft_base: the version the draft was made from, as in `sha256`; if it is another one now, both
            texts have changed.
    """

    key: str
    path: Path
    text: str
    sha256: str | None
    draft: str | None = None
    draft_base: str | None = None


@dataclass(frozen=True, slots=True)
class LentNote:
    """A note's file while another editor has it.

    Attributes:
        path: the file.
        sha256: hex digest of the file's bytes when it was lent.
    """

    key: str
    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class NoteBody:
    """A note as it reads.

    Attributes:
        markdown: without front matter, comments and prompts; with U+FFFD for what is no text.
        trouble: why it is not all that the file holds, on one line; empty mostly.
    """

    markdown: str
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class NoteContent:
    """What a note says, for showing it elsewhere.

    Attributes:
        body: Markdown without front matter and the template's prompts.
        sections: heading and Markdown of each level-2 section, in the note's order; empty ones as "".
        unsorted: Markdown that stands in no section.
    """

    body: str
    sections: tuple[tuple[str, str], ...]
    unsorted: str = ""


# `from fast-rcnn`: the key perhaps as code, bold, a link of Markdown or Obsidian, or with a colon after it.
_FROM = re.compile(
    r"\s*from\s+[`*_]*\[{0,2}[`*_]*(?P<key>[a-z0-9][a-z0-9-]{0,63})"
    r"(?:\|[^\]|]*)?[`*_]*(?:\]\([^)]*\)|\]{0,2})[`*_]*\s*[:：]?[`*_]*\s*",
    re.IGNORECASE,
)


def changed_parent(heading: str) -> str | None:
    """Return the key of the parent that a note tells of below a heading `from KEY`, None of any other."""
    found = _FROM.fullmatch(heading)
    return found["key"].lower() if found else None


def conflict_words(lines: Sequence[int]) -> str:
    """Return the line that tells of merge conflicts which begin on these lines."""
    named = ", ".join(map(str, lines[:3])) + (", …" if len(lines) > 3 else "")
    return f"merge conflict (line {named}): both sides count until you settle it"


def gone_words(keys: Sequence[str]) -> str:
    """Return the line that tells of notes whose files are gone."""
    named = ", ".join(keys[:5]) + (", …" if len(keys) > 5 else "")
    gone, them = ("a note is gone", "it") if len(keys) == 1 else (f"{len(keys)} notes are gone", "them")
    return f"{gone}: {named}; papertrail doctor tells how to get {them} back"


def short_section(name: str) -> str:
    """Return a section's name as far as the first colon or `and`: `Key idea`, `Limits`."""
    short = name
    for end in (":", "：", " and "):
        short = short.partition(end)[0]
    return short.strip() or name

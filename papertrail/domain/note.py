"""A note as the library knows it: its sections and whether they are filled."""

import re
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
class NoteState:
    """The note of one paper, as last indexed.

    Attributes:
        path: where the file is, or would be.
        exists: whether anything has been written.
        sections: the template's sections in order.
        words: words of the reader's own.
    """

    path: Path
    exists: bool
    sections: tuple[SectionState, ...]
    words: int

    @property
    def filled(self) -> tuple[str, ...]:
        """Names of the sections that are filled."""
        return tuple(s.name for s in self.sections if s.filled)

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the required sections that are not filled yet."""
        return tuple(s.name for s in self.sections if s.required and not s.filled)

    @property
    def complete(self) -> bool:
        """Whether the note is enough for its paper to count once read."""
        return self.exists and not self.missing


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


def short_section(name: str) -> str:
    """Return a section's name as far as the first colon or `and`: `Key idea`, `Limits`."""
    short = name
    for end in (":", "：", " and "):
        short = short.partition(end)[0]
    return short.strip() or name

"""The text of a note, and what it says; apart from its state, which every list shows."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from papertrail.domain.note import NoteState


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


class NoteLine(NamedTuple):
    """A line of a paper's note, by its number from 1."""

    key: str
    number: int
    text: str


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
        draft_at: when the draft was put aside, in the reader's zone.
        more_drafts: how many more were left, which are given when this one was saved or let go.
    """

    key: str
    path: Path
    text: str
    sha256: str | None
    draft: str | None = None
    draft_base: str | None = None
    draft_at: datetime | None = None
    more_drafts: int = 0


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

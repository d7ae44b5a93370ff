"""Lists of arXiv ids: several in one text, below each other or in a line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from papertrail.domain.arxiv_id import ArxivId, find_identifiers, lines, refusal
from papertrail.domain.errors import BadInput

# Each may stand between ids; by white space only what is nothing but ids is taken apart.
_SEPARATORS = (r"[;\u3001]+", r",+", r"(?<![:/=])\s+(?:(?:and|&)\s+)?")
_NO_WORDS = r"[^0-9a-z]*(?:(?:1[89]|20)[0-9]{2})?[^0-9a-z]*"  # at most the year of what is cited
_PROSE = 3  # words that make a line one of a sentence, not an id gone wrong


@dataclass(frozen=True, slots=True)
class _Entry:
    """One place of a list, by the number of its line: the id there, or why there is none."""

    line: int
    id: ArxivId | None = None
    problem: BadInput | None = None


@dataclass(frozen=True, slots=True)
class IdList:
    """What a list holds.

    Attributes:
        ids: each paper once, in order, canonical and without version.
        refused: what was written there and is no id, with the number of its line.
    """

    ids: tuple[str, ...]
    refused: tuple[tuple[int, BadInput], ...]


def read_list(text: str, *, comments: bool = False) -> IdList:
    """Read ids that stand below each other, or with `;`, commas or blanks between them.

    Around an id may stand what is usual around one: `He et al., arXiv:1512.03385, 2015` is one paper.

    Args:
        text: its lines without a letter or digit are passed over.
        comments: whether a line that begins with `#` is one.
    """
    entries = [
        entry
        for number, line in lines(text)
        if any(sign.isalnum() for sign in line) and not (comments and line.startswith("#"))
        for entry in _entries(number, line, _SEPARATORS)
    ]
    return IdList(
        tuple(dict.fromkeys(entry.id.id for entry in entries if entry.id)),
        tuple((entry.line, entry.problem) for entry in entries if entry.problem),
    )


def read_pasted(text: str) -> IdList:
    """Read what was pasted: a list, or a text of several lines with one id in it, such as a reference."""
    found = find_identifiers(text)
    if len(found.ids) == 1:
        others = [line for _, line in lines(text) if line and not find_identifiers(line).ids]
        if all(len(line.split()) >= _PROSE for line in others):
            return IdList((found.ids[0].id,), ())
    return read_list(text)


def _entries(number: int, text: str, separators: Sequence[str]) -> list[_Entry]:
    """Return the entries of one line, taken apart as far as needed."""
    found = find_identifiers(text)
    if len(found.ids) == 1:
        return [_Entry(number, found.ids[0])]
    wrong = [_Entry(number, problem=refusal(text, found))]
    if not separators:
        return wrong
    first, *others = separators
    parts = [part for part in re.split(first, text) if not re.fullmatch(_NO_WORDS, part, re.IGNORECASE)]
    if len(parts) < 2:
        return _entries(number, text, others)
    entries = [entry for part in parts for entry in _entries(number, part, others)]
    problems = [entry for entry in entries if entry.problem]
    if len(problems) == len(entries):
        return wrong
    if problems and not others:  # words beside numbers: `1512.03385 metres` is no id
        return wrong if found.ids or found.dois else problems[:1]
    return entries

"""Two texts of one paper made one, section by section, without losing a word that was not thrown away."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_WORDS = re.compile(r"\w+|[^\w\s.,;:!?]")  # what a full stop becomes where a sentence goes on is no loss
_ITEMS = "-*+|>"  # how lines begin that stand below each other


class Take(StrEnum):
    """Whose words of a section are taken."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class MergePart:
    """A section in both texts, with its heading; newlines end lines.

    Attributes:
        name: the section's; empty for what stands before the first heading.
        mine: the note's text; empty where it has no such section.
        theirs: the other text's.
    """

    name: str
    mine: str
    theirs: str

    @property
    def is_same(self) -> bool:
        """Whether there is nothing to choose: they differ in blank lines at the end at most."""
        return self.mine.rstrip() == self.theirs.rstrip()

    def taken(self, take: Take) -> str:
        """Return the section's text as it is wanted."""
        if take is Take.MINE or self.is_same:
            return self.mine
        return self.theirs if take is Take.THEIRS else both(self.mine, self.theirs)


@dataclass(frozen=True, slots=True)
class NoteMerge:
    """A note and a second text of its paper.

    Attributes:
        key: the paper's.
        name: of the file with the second text, within the folder of notes, with `/`; not clean.
        base: sha256 of the note.
        sha256: of the second text.
        theirs: the whole second text.
        parts: the sections in the note's order, the other's own ones where these stand there.
    """

    key: str
    name: str
    base: str
    sha256: str
    theirs: str
    parts: tuple[MergePart, ...]

    @property
    def open_parts(self) -> tuple[int, ...]:
        """Numbers of the parts that differ."""
        return tuple(number for number, part in enumerate(self.parts) if not part.is_same)

    def merged(self, takes: Sequence[Take]) -> str:
        """Return one text.

        Args:
            takes: for each part; those of parts that do not differ do not matter.
        """
        if self.open_parts and all(takes[number] is Take.THEIRS for number in self.open_parts):
            return self.theirs
        text, was_mine = "", True
        for part, take in zip(self.parts, takes, strict=True):
            piece = part.taken(take)
            if not piece:
                continue
            is_mine = piece == part.mine
            if text and not (is_mine and was_mine):
                text = _ended(text)
            text += piece
            was_mine = is_mine
        return text


def both(mine: str, theirs: str) -> str:
    """Return all that two texts say, what they share once; what one only adds to is taken as it has it.

    No word of either is lost: the words of each follow each other in the result as they did.
    """
    first, second = _units(mine), _units(theirs)
    said, others = [unit.strip() for unit in first], [unit.strip() for unit in second]
    pieces: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, said, others).get_opcodes():
        if tag == "equal":  # but for blank lines
            pieces += [max(pair, key=len) for pair in zip(first[a:b], second[c:d], strict=True)]
        else:
            pieces += _union(first[a:b], second[c:d])
    return "".join(_with_ends(pieces))


def _units(text: str) -> list[str]:
    """Return text in paragraphs and items of lists, each with the blank lines behind it."""
    units: list[str] = []
    was_blank = False
    for line in _LINES.findall(text):
        is_blank = not line.strip()
        goes_on = is_blank or (not was_blank and (line[0].isalnum() or line[0].isspace()))
        if units and goes_on:
            units[-1] += line
        else:
            units.append(line)
        was_blank = is_blank
    return units


def _union(mine: list[str], theirs: list[str]) -> list[str]:
    words, others = _WORDS.findall("".join(mine)), _WORDS.findall("".join(theirs))
    if _holds(words, others):
        return mine
    if _holds(others, words):
        return theirs
    last, following = mine[-1], theirs[0]
    is_list = last[0] == following[0] and last[0] in _ITEMS
    return [*mine[:-1], last if is_list else _ended(last), *theirs]


def _holds(words: Sequence[str], wanted: Sequence[str]) -> bool:
    """Tell whether words contain all those wanted, in their order."""
    rest = iter(words)
    return all(word in rest for word in wanted)


def _with_ends(lines: Sequence[str]) -> Iterator[str]:
    """Yield lines, all but the last with an end."""
    for number, line in enumerate(lines):
        yield line if line.endswith("\n") or number + 1 == len(lines) else f"{line}\n"


def _ended(text: str) -> str:
    """Return text with a blank line behind it, for a heading to follow."""
    if text.endswith("\n\n"):
        return text
    return f"{text}\n" if text.endswith("\n") else f"{text}\n\n"

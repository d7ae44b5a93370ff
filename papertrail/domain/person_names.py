"""Names of persons in parts, as bibliographies need them: `Beethoven, Ludwig van`."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from papertrail.domain.authors import is_group

_AND = re.compile(r"\s+and\s+(?![^{}]*\})")  # but for what stands in braces
_SUFFIX = re.compile(r"(?:[JS]r|I{1,3}|IV|VI{0,3}|Ph\.?D|M\.?D)\.?", re.IGNORECASE)


class PersonName(NamedTuple):
    """A name in the four parts of BibTeX, each without the blanks around it; a group is a last name alone.

    Attributes:
        first: all first names.
        von: the small words before the last name.
        last: the last name; never empty.
        suffix: `Jr.`, `III`.
    """

    first: str
    von: str
    last: str
    suffix: str = ""

    @property
    def said(self) -> str:
        """As one says it: `Ludwig van Beethoven`, `Martin Luther King, Jr.`."""
        name = " ".join(part for part in (self.first, self.von, self.last) if part)
        return f"{name}, {self.suffix}" if self.suffix else name

    @property
    def listed(self) -> str:
        """As lists have it: `van Beethoven, Ludwig`, `King, Jr., Martin Luther`, `{The LHC Group}`."""
        if " " in self.last and not (self.first or self.von or self.suffix):
            return f"{{{self.last}}}"
        last = f"{self.von} {self.last}" if self.von else self.last
        return ", ".join(part for part in (last, self.suffix, self.first) if part)


OTHERS = PersonName("", "et", "al.")
"""Behind the names of a list that is not whole: BibTeX's `and others`."""


def parts_of_said(name: str) -> PersonName:
    """Return the parts of a name as one says it, by BibTeX's rule: small words are no last names.

    Examples:
        >>> parts_of_said("Ludwig van Beethoven")
        PersonName(first='Ludwig', von='van', last='Beethoven', suffix='')
    """
    bare, comma, suffix = name.rpartition(",")
    if not (comma and _SUFFIX.fullmatch(suffix.strip())):
        bare, suffix = name, ""
    words = bare.split()
    if not words:
        return PersonName("", "", name.strip(), "")
    small = [at for at, word in enumerate(words[:-1]) if _is_small(word)]
    begin, end = (small[0], small[-1] + 1) if small else (len(words) - 1, len(words) - 1)
    first, von, last = words[:begin], words[begin:end], words[end:]
    return PersonName(" ".join(first), " ".join(von), " ".join(last), suffix.strip())


def parts_of_listed(name: str) -> PersonName:
    """Return the parts of a name as lists have it; one without a comma is taken as one says it.

    What stands between two commas, or behind the second, is a suffix where it looks like one.

    Examples:
        >>> parts_of_listed("King, Martin Luther, Jr.").said
        'Martin Luther King, Jr.'
    """
    whole = " ".join(name.split())
    if whole.startswith("{") and whole.endswith("}"):
        return PersonName("", "", whole[1:-1])
    if "," not in whole and is_group(whole):
        return PersonName("", "", whole)
    parts = [" ".join(part.split()) for part in name.split(",")]
    parts = [part for part in parts if part]
    if len(parts) < 2 or (len(parts) == 2 and _SUFFIX.fullmatch(parts[1])):
        return parts_of_said(name)
    suffix = next((part for part in parts[1:] if _SUFFIX.fullmatch(part)), "") if len(parts) > 2 else ""
    first = " ".join(part for part in parts[1:] if part != suffix)
    words = parts[0].split()
    small = 0
    while small < len(words) - 1 and _is_small(words[small]):
        small += 1
    return PersonName(first, " ".join(words[:small]), " ".join(words[small:]), suffix)


def listed_names(names: Iterable[PersonName]) -> str:
    """Return names as one text, from which `names_listed` reads them again."""
    return " and ".join(name.listed for name in names)


def names_listed(text: str) -> list[PersonName]:
    """Return the names of a list with `and` between them, but for what stands in braces."""
    names = (parts_of_listed(name) for name in _AND.split(text) if name.strip())
    return [name for name in names if name.last]


def _is_small(word: str) -> bool:
    letter = next((sign for sign in word if sign.isalpha()), "")
    return letter.islower()

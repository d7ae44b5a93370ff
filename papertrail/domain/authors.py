"""Authors: which of the names that stand in a list of authors are those of persons."""

import re
from collections.abc import Iterable, Iterator

_GROUP = re.compile(
    r"\b(?:collaborations?|collab|consortium|teams?|groups?|projects?|committee|community|task ?force"
    r"|institute?s?|university|laborator(?:y|ies)|observatory)\b",
    re.IGNORECASE,
)
_NOT_ITS_OWN = re.compile(
    r"\b(?:the|for|of|on|behalf|and|with|collaborations?|collab|consortium|teams?|groups?|projects?)\b",
    re.IGNORECASE,
)
_FOR_A_GROUP = re.compile(
    r"[,(]?\s*\b(?:for|on behalf of|representing|from|with|and)\s+(?=the\b)", re.IGNORECASE
)
_BEFORE_A_GROUP = re.compile(r"^\s*(?:(?:for|and|with|on behalf of)\s+)?(?:the\s+)?", re.IGNORECASE)
_BEHIND_A_GROUP = re.compile(r"\s*:\s*|(?<=collaboration)\s*,\s+", re.IGNORECASE)
_REMARK = re.compile(
    r"\s*[(\[](?:deceased|retired|editors?|eds?\.?|[\W\d]*)[)\]]|,?\s+deceased$", re.IGNORECASE
)
_AND = re.compile(r"\s*;\s*|,?\s+(?:and|&)\s+|^\s*and\s+", re.IGNORECASE)
_AROUND = " ,;:.*†‡"
_SUFFIX = re.compile(r"(?:[JS]r|Ph\.?D|[IVX]+)\.?", re.IGNORECASE)


def is_group(name: str) -> bool:
    """Tell whether a name is that of a collaboration, a team or another group of persons."""
    return _GROUP.search(name) is not None


def sorted_out(names: Iterable[str]) -> tuple[str, ...]:
    """Return the persons among `names` in order, each one a name; the groups if there are no persons.

    What stands between names (`:`), remarks (`(deceased)`) and whom a person speaks for go; two persons in
    one entry become two. A name that comes twice stays: it may be that of two.

    Examples:
        >>> sorted_out(["Gemini Team", ":", "R. Anil (deceased)", "S. Borgeaud and J. Wu"])
        ('R. Anil', 'S. Borgeaud', 'J. Wu')
        >>> sorted_out(["for the ATLAS Collaboration"])
        ('ATLAS Collaboration',)
    """
    persons: list[str] = []
    groups: list[str] = []
    for name in names:
        for part in _parts(name):
            (groups if is_group(part) else persons).append(part)
    return tuple(persons or dict.fromkeys(groups))


def _parts(name: str) -> Iterator[str]:
    """Yield the names in one entry of a list of authors."""
    for entry in _BEHIND_A_GROUP.split(_REMARK.sub("", name)):
        if not is_group(entry):
            yield from _persons(entry)
            continue
        in_brackets = re.fullmatch(r"([^()]*)\(([^()]*)\)\s*", entry)
        spoken = in_brackets.groups() if in_brackets else _FOR_A_GROUP.split(entry, maxsplit=1)
        for part in spoken:
            bare = _BEFORE_A_GROUP.sub("", part)
            yield from _with_letters([bare]) if is_group(bare) else _persons(bare)


def _persons(text: str) -> Iterator[str]:
    """Yield the persons in an entry that names no group: `A. Smith, B. Jones and C. Doe` are three."""
    for part in _AND.split(text):
        several = part.split(", ")
        whole = all(len(one.split()) > 1 and not _SUFFIX.fullmatch(one.split()[0]) for one in several)
        yield from _with_letters(several if len(several) > 1 and whole else [part])


def _with_letters(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        short = name.strip(_AROUND)
        if any(map(str.isalpha, short)):
            yield name.strip(_AROUND.replace(".", ""))


def own_name(group: str) -> str:
    """Return what a group calls itself, without the words that any group has; all of it if nothing is left.

    Examples:
        >>> own_name("The Planck Collaboration")
        'Planck'
    """
    return " ".join(_NOT_ITS_OWN.sub(" ", group).split()) or group

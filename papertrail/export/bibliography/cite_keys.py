"""The keys that papers are cited by in one bibliography: no two are the same."""

from collections.abc import Iterable, Iterator

from papertrail.domain.reference import Reference


def distinct(keys: Iterable[str]) -> Iterator[str]:
    """Yield each key, with a number behind it where an earlier one is the same but for its case.

    Examples:
        >>> list(distinct(["he2016", "He2016", "yolo"]))
        ['he2016', 'He2016-2', 'yolo']
    """
    taken: set[str] = set()
    for stem in keys:
        key, number = stem, 1
        while key.lower() in taken:
            number += 1
            key = f"{stem}-{number}"
        taken.add(key.lower())
        yield key


def distinctly_keyed(references: Iterable[Reference]) -> Iterator[Reference]:
    """Yield references, no two of one key."""
    cited = list(references)
    for key, reference in zip(distinct(one.key for one in cited), cited, strict=True):
        yield reference._replace(key=key)
